"""How old a collection is: one answer for every page and report."""

from __future__ import annotations

import pytest

from tests.rooms.picture.test_charts import view
from verband.language.time import parse_time
from verband.rooms.picture import newest

UNTIL = parse_time("2026-11-24").start


@pytest.mark.parametrize(
    ("when", "last"),
    [
        ("2026-06-18", "2026-06-18"),
        ("2026-06-18/2026-06-22", "2026-06-22"),
        ("2026-06", "2026-06-01"),
        ("2022-12-24/2023-12-31", "2022-12-24"),
    ],
)
def test_a_time_dated_to_days_counts_by_its_last_and_a_wider_one_by_its_first(when: str, last: str) -> None:
    assert newest.last_day(parse_time(when)) == parse_time(last).end


def test_the_newest_incident_is_the_one_that_ended_last_and_had_begun() -> None:
    incidents = [
        view(1, when="2026-06-20"),
        view(2, when="2026-06-18/2026-06-22"),
        view(3, when="2026-12-01"),
        view(4, when=""),
    ]

    found = newest.newest(incidents, until=UNTIL)

    assert found is not None
    assert found.id == 2
    assert newest.ends(incidents, until=UNTIL) == parse_time("2026-06-22").end


def test_a_year_says_how_new_a_collection_is_only_where_nothing_is_dated_better() -> None:
    assert newest.ends([view(1, when="2026"), view(2, when="2025-12-20")], until=UNTIL) == parse_time("2025-12-20").end
    assert newest.ends([view(1, when="2026")], until=UNTIL) == parse_time("2026-01-01").end


def test_silence_is_counted_in_whole_months_and_an_undated_collection_has_none() -> None:
    end = newest.ends([view(1, when="2026-06-22")], until=UNTIL)

    assert newest.silent_months(end, until=UNTIL) == 5
    assert newest.ends([view(1, when="")], until=UNTIL) is None
    assert newest.silent_months(None, until=UNTIL) == 0
