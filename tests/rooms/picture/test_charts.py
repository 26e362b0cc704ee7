"""The map and the timeline: what a row holds, and that one specification serves page and paper."""

from __future__ import annotations

import json

import pytest
import vl_convert

from verband.language.markings import CLEAR
from verband.language.time import parse_time
from verband.rooms.picture import charts
from verband.rooms.picture.reading import IncidentView, RecordView, Value

WORDS = {
    "description": "Incidents",
    "incidents": "incidents",
    "incident": "incident",
    "when": "when",
    "domain": "domain",
    "kingdom": "Caribbean",
}


def view(number: int, *, when: str = "2025-05-03", at: tuple[float, float] | None = (52.1, 4.3)) -> IncidentView:
    record = RecordView(
        id=number,
        source="press",
        source_name="Press",
        key=str(number),
        name=f"Incident {number}",
        summary="",
        certainty="",
        reliability="B",
        credibility="2",
        when=parse_time(when) if when else None,
        marking=CLEAR,
        evidence=True,
        recorded_at=0,
        latitude=at[0] if at else None,
        longitude=at[1] if at else None,
        values=(
            Value("domain", "maritime", "maritime"),
            Value("country", "NL", "NL"),
            Value("place", "delft", "Delft"),
        ),
    )
    return IncidentView(number, f"incident--{number}", (record,), CLEAR)


def test_an_incident_counts_for_one_over_all_its_months() -> None:
    rows = charts.points([view(1, when="2025"), view(2, when="2025-05-03")], language="en")

    assert [len(row["ms"]) for row in rows] == [12, 1]
    assert [row["weight"] * len(row["ms"]) for row in rows] == [pytest.approx(1), 1]


def test_a_month_table_adds_up_to_the_incidents() -> None:
    rows = charts.points([view(1, when="2025-Q2"), view(2, when="2025-05-03")], language="nl")

    table = charts.months_table(rows, language="nl", month_word="Maand", total_word="Alle")

    assert [row[0] for row in table["rows"]] == ["2025-06", "2025-05", "2025-04"]
    assert [row[-1] for row in table["rows"]] == ["0,3", "1,3", "0,3"]


def test_incidents_at_one_place_do_not_hide_each_other() -> None:
    rows = charts.points([view(1), view(2), view(3)], language="en")

    assert (rows[0]["lat"], rows[0]["lon"]) == (52.1, 4.3)
    assert len({(row["lat"], row["lon"]) for row in rows}) == 3


def test_what_is_not_on_the_map_is_counted() -> None:
    rows = charts.points(
        [view(1), view(2, at=None), view(3, at=(-33.9, 151.2)), view(4, at=(12.5, -70.0))], language="en"
    )

    assert charts.off_map(rows) == (1, 1)


def test_an_undated_incident_has_no_month() -> None:
    rows = charts.points([view(1, when="")], language="en")

    assert (rows[0]["m"], rows[0]["ms"], rows[0]["weight"]) == (None, [], 0)


def test_the_table_of_places_says_what_the_map_says() -> None:
    table = charts.places_table(
        [view(1), view(2)], language="nl", place_word="Plaats", country_word="Land", total_word="Incidenten"
    )

    assert table == {"head": ["Plaats", "Land", "Incidenten"], "rows": [["Delft", "Nederland", "2"]]}


def test_the_pages_specification_is_drawn_on_paper_without_a_network() -> None:
    rows = charts.points([view(1), view(2, when="2025")], language="en")
    spec = charts.sized(charts.map_and_timeline(rows, language="en", words=WORDS), 600)

    svg = vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[])

    assert '"container"' not in json.dumps(spec)
    assert svg.count("<path") > 40


@pytest.mark.parametrize("draw", [charts.world_map, charts.timeline])
def test_each_chart_for_paper_is_drawn_alone(draw: object) -> None:
    rows = charts.points([view(1)], language="en")
    words = {name: word for name, word in WORDS.items() if name != "kingdom"}

    spec = charts.sized(draw(rows, words=words), 500)  # type: ignore[operator]

    assert vl_convert.vegalite_to_svg(json.dumps(spec), allowed_base_urls=[]).startswith("<svg")
