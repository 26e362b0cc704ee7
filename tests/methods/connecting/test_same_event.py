"""One event told twice."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import same_incident
from verband.methods.connecting import WORDING, Evidence, Incident, same_events
from verband.methods.connecting.phrases import folded_tokens, names, tokens, values, without_actors

DATA = Path(os.environ.get("VERBAND_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data"))


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


def row(key: str, start: float | None, text: str, **more: Any) -> Incident:
    return Incident(key, "violence", start, None if start is None else start + 1.0, text=text, **more)


def matter() -> list[Incident]:
    return [row(f"b{n}", 100.0 * n, f"Matter{n}\nconcern{n} thing{n} item{n} theme{n}") for n in range(400)]


def pairs(*incidents: Incident) -> list[tuple[int, int]]:
    return [(pair.a, pair.b) for pair in same_events([*incidents, *matter()])]


FIRE = "Fire at grain terminal\nA fire destroyed two silos of the grain terminal in Delfzijl"


def test_a_first_and_a_second_explosion_are_two_events() -> None:
    one = row(
        "a",
        18605.0,
        "First explosion at supermarket in Beverwijk\nA supermarket being built was hit",
        lat=52.5,
        lon=4.6,
    )
    two = row(
        "b",
        18608.0,
        "Second explosion at supermarket in Beverwijk\nThree days later the shop was hit",
        lat=52.5,
        lon=4.6,
    )

    assert pairs(one, two) == []


def test_two_exact_days_that_differ_speak_against_one_event() -> None:
    same = same_events([row("a", 50.0, FIRE), row("b", 50.0, FIRE)])[0].bans
    other = same_events([row("a", 50.0, FIRE), row("b", 53.0, FIRE)])

    assert not other or other[0].bans < same - 1.0


def test_a_year_says_less_than_a_day() -> None:
    day = same_events([row("a", 50.0, FIRE), row("b", 50.0, FIRE)])[0]
    wide = Incident("b", "violence", 0.0, 365.0, text=FIRE)
    year = same_events([row("a", 50.0, FIRE), wide])[0]

    assert year.bans < day.bans
    assert next(item.bans for item in year.evidence if item.feature == "time") <= 0.5


def test_years_alone_make_no_two_records_one_event() -> None:
    one = Incident("a", "cyber", 0.0, 365.0, text="Hacker defaces port website\nA port authority page was changed")
    two = Incident("b", "cyber", 0.0, 365.0, text="Ministry mail stolen\nMail of a ministry was copied")

    assert pairs(one, two) == []


def test_other_countries_speak_against_one_event() -> None:
    def at(key: str, country: str) -> Incident:
        return row(key, 50.0, FIRE, evidence=(Evidence("country", country, key),))

    alike = same_events([at("a", "NL"), at("b", "NL")])[0].bans
    found = same_events([at("a", "NL"), at("b", "SE")])

    assert not found or found[0].bans == pytest.approx(alike - 1.05)


def test_a_country_that_both_state_speaks_for_more_the_rarer_it_is() -> None:
    def at(key: str, country: str) -> Incident:
        return row(key, 50.0, FIRE, evidence=(Evidence("country", country, key),))

    others = [
        row(f"c{n}", 9.0 * n, f"concern{n}\nitem{n}", evidence=(Evidence("country", "NL", "x"),)) for n in range(90)
    ]
    rare = same_events([at("a", "EE"), at("b", "EE"), *others])[0].bans
    common = same_events([at("a", "NL"), at("b", "NL"), *others])[0].bans

    assert rare > common + 0.3


def test_two_lists_that_tell_one_event_are_a_likelier_pair_than_two_rows_of_one_list() -> None:
    def of(*collections: str) -> float:
        rows = [row(key, 50.0, FIRE, collection=name) for key, name in zip("ab", collections, strict=True)]
        return same_events(rows, least_bans=-9.0)[0].bans

    assert of("one", "other") > of("one", "one") + 1.0


def test_a_record_of_one_list_is_paired_with_the_best_of_another_list_alone() -> None:
    near = "Grain silos burn\nTwo silos of the grain terminal in Delfzijl were destroyed by a fire"
    like = "Grain silos burn\nA silo in Delfzijl was destroyed"
    one = row("a", 50.0, FIRE, collection="one")
    found = pairs(one, row("b", 50.0, near, collection="other"), row("c", 50.0, like, collection="other"))

    assert (0, 1) in found
    assert (0, 2) not in found


def test_one_report_behind_two_lists_speaks_for_and_behind_rows_of_one_list_does_not() -> None:
    def resting(*collections: str) -> list[str]:
        rows = [
            row(key, 50.0, FIRE, collection=name, sources=("paper.example/fire",))
            for key, name in zip("ab", collections, strict=True)
        ]
        return [item.feature for item in same_events(rows, least_bans=-9.0)[0].evidence]

    assert "report" in resting("one", "other")
    assert "report" not in resting("one", "one")


def test_records_on_one_report_are_looked_at_though_they_share_no_words() -> None:
    one = row("a", 50.0, "Grain terminal burns\nSilos lost", collection="one", sources=("paper.example/fire",))
    two = row("b", 50.0, "Granary ablaze\nStorage destroyed", collection="other", sources=("paper.example/fire",))

    assert pairs(one, two) == [(0, 1)]


def test_other_targets_and_other_places_speak_against_one_event() -> None:
    def at(key: str, feature: str, value: str) -> Incident:
        return row(key, 50.0, FIRE, evidence=(Evidence(feature, value, key),))

    for feature in ("target", "place"):
        alike = same_events([at("a", feature, "delfzijl"), at("b", feature, "delfzijl")], least_bans=-9.0)[0].bans
        other = same_events([at("a", feature, "delfzijl"), at("b", feature, "harlingen")], least_bans=-9.0)[0].bans
        assert other < alike - 0.5


def test_an_act_and_the_answer_to_it_are_two_events() -> None:
    act = row("a", 50.0, FIRE, kind="incident")
    answer = row("b", 300.0, "Court sentences three\nThree men got four years for the fire", kind="response")

    assert pairs(act, answer) == []


def test_the_same_text_without_dates_or_places_is_proposed() -> None:
    assert pairs(row("a", None, FIRE), row("b", None, FIRE)) == [(0, 1)]


def test_records_without_text_are_in_no_pair() -> None:
    assert pairs(row("a", 50.0, ""), row("b", 50.0, "")) == []
    assert same_events([]) == ()
    assert same_events([row("a", 50.0, FIRE)]) == ()


def test_dates_of_1970_and_2200_are_read_as_any() -> None:
    assert pairs(row("a", 0.0, FIRE), row("b", 0.0, FIRE)) == [(0, 1)]
    assert pairs(row("a", 84006.0, FIRE), row("b", 84006.0, FIRE)) == [(0, 1)]


def test_an_end_before_its_start_is_read_as_the_start() -> None:
    backwards = Incident("b", "violence", 50.0, 20.0, text=FIRE)

    assert pairs(row("a", 50.0, FIRE), backwards) == [(0, 1)]


def test_the_order_of_the_input_changes_no_proposal() -> None:
    rows = [
        row("a", 50.0, FIRE),
        row("b", 50.0, "Grain silos burn\nTwo silos of a grain terminal burned in Delfzijl"),
        *matter(),
    ]

    def proposed(incidents: list[Incident]) -> list[tuple[frozenset[str], float]]:
        return [(frozenset((incidents[p.a].key, incidents[p.b].key)), p.bans) for p in same_events(incidents)]

    assert proposed(rows) == proposed(rows[::-1])
    assert proposed(rows)


def test_who_is_blamed_is_not_read() -> None:
    actors = names(["Ruritania", "Ruritanian", "Borduria", "Bordurian"])

    def told_of(who: str) -> list[Incident]:
        text = f"{who} fire at grain terminal\n{who} agents burned two silos in Delfzijl"
        blamed = (Evidence("actor", who, "r"),)
        return [row(key, 50.0, without_actors(text, actors=actors), evidence=blamed) for key in ("a", "b")]

    assert same_events(told_of("Ruritanian")) == same_events(told_of("Bordurian"))


def test_vectors_that_find_texts_more_alike_count_in_place_of_letters() -> None:
    rows = [row("a", 50.0, "Grain terminal burns\nSilos lost"), row("b", 50.0, "Granary ablaze\nStorage destroyed")]

    plain = same_events(rows, least_bans=-9.0)[0].bans
    brought = same_events(rows, least_bans=-9.0, vectors=lambda said: np.ones((len(said), 2)))[0].bans

    assert brought > plain


def test_words_of_a_name_never_become_evidence() -> None:
    without = folded_tokens(["Fancy Bears", "Ruritanian"])

    assert tokens("Fancy Bear and the Ruritanians hacked a lock", without=without) == ("hacked", "lock")


def test_a_phrase_is_a_value_as_a_whole_and_by_each_telling_word() -> None:
    assert values("modus", "Anchor dragging by a tanker") == ("anchor dragging tanker", "anchor", "dragging", "tanker")
    assert values("country", "NL") == ("NL",)


@pytest.mark.shared_data
def test_most_public_rows_that_stand_twice_are_proposed_and_few_others() -> None:
    if not DATA.exists():
        pytest.skip(f"no public data at {DATA}")

    found = same_incident.proposed(same_incident.public_incidents())
    labels = same_incident.public_labels()
    right = sum(labels.get(pair, False) for pair in found)

    assert right >= 20
    assert len(found) - right <= 12
