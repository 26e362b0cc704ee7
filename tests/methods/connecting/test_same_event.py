"""One event told twice."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from verband.methods.connecting import WORDING, Evidence, Incident, same_events
from verband.methods.connecting.phrases import folded_tokens, tokens, values

DATA = Path(os.environ.get("VERBAND_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data")) / "incidents"


def told(key: str, day: float, text: str, *, lat: float | None = None, lon: float | None = None) -> Incident:
    evidence = tuple(Evidence(WORDING, word, key) for word in tokens(text))
    return Incident(key, "violence", day, day, lat, lon, evidence=evidence)


def background() -> list[Incident]:
    return [told(f"b{n}", 100.0 * n, f"matter{n} concern{n} thing{n} item{n} theme{n}") for n in range(400)]


def test_the_same_words_on_the_same_day_and_place_are_proposed_as_one_event() -> None:
    one = told(
        "a",
        50.0,
        "Five coffins with plaster and French flags left beside the Eiffel Tower in Paris by three men in a van",
        lat=48.86,
        lon=2.29,
    )
    two = told(
        "b",
        50.0,
        "Coffins with flags and plaster left at Eiffel Tower, Paris; three men from a van held",
        lat=48.86,
        lon=2.30,
    )

    found = same_events([one, two, *background()])

    assert [(pair.a, pair.b) for pair in found] == [(0, 1)]


def test_like_acts_in_two_towns_are_not_one_event() -> None:
    one = told("a", 50.0, "Parcel burns in warehouse", lat=51.4, lon=12.2)
    two = told("b", 52.0, "Parcel burns in depot", lat=52.5, lon=-1.9)

    assert same_events([one, two, *background()]) == ()


def test_words_of_a_name_never_become_evidence() -> None:
    without = folded_tokens(["Fancy Bears", "Ruritanian"])

    assert tokens("Fancy Bear and the Ruritanians hacked a lock", without=without) == ("hacked", "lock")


def test_a_phrase_is_a_value_as_a_whole_and_by_each_telling_word() -> None:
    assert values("modus", "Anchor dragging by a tanker") == ("anchor dragging tanker", "anchor", "dragging", "tanker")
    assert values("country", "NL") == ("NL",)


def _day(text: str, *, last: bool) -> float:
    parts = [int(part) for part in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    day = parts[2] if len(parts) > 2 else (28 if last else 1)
    return float((date(year, month, day) - date(1970, 1, 1)).days)


def _evidence(row: dict[str, str]) -> Iterator[Evidence]:
    stated = [("country", row["country"]), ("place", row["place"]), ("target", row["target"])]
    stated += [("means", means) for means in row["means"].split(";")]
    stated += [("sector", sector) for sector in row["target_sector"].split(";")]
    for feature, value in stated:
        yield from (Evidence(feature, key, row["id"]) for key in values(feature, value.strip()))
    yield from (Evidence(WORDING, word, row["id"]) for word in tokens(f"{row['title']} {row['summary']}"))


@pytest.mark.shared_data
def test_at_least_ten_of_the_public_rows_that_stand_twice_are_proposed_and_few_near_misses() -> None:
    if not DATA.exists():
        pytest.skip(f"no public data at {DATA}")
    with (DATA / "public_incidents.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with (DATA / "same_event_pairs.csv").open(encoding="utf-8") as file:
        labels = {frozenset((row["id_a"], row["id_b"])): row["same"] for row in csv.DictReader(file)}
    incidents = [
        Incident(
            row["id"],
            row["domain"],
            _day(row["date_start"], last=False),
            _day(row["date_end"] or row["date_start"], last=True),
            float(row["lat"]) if row["lat"] else None,
            float(row["lon"]) if row["lon"] else None,
            evidence=tuple(_evidence(row)),
        )
        for row in rows
    ]

    found = [labels.get(frozenset((rows[pair.a]["id"], rows[pair.b]["id"]))) for pair in same_events(incidents)]

    assert found.count("yes") >= 10
    assert found.count("no") <= 2
