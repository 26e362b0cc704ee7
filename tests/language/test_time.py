"""Times are intervals that say no more than their source said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.language.errors import InputError
from verband.language.time import Interval, months_later, parse_time, span

DAY_S = 86_400


def at(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, tzinfo=UTC).timestamp())


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2021", at(2021, 1, 1), at(2022, 1, 1), "year"),
        ("2021-05", at(2021, 5, 1), at(2021, 6, 1), "month"),
        ("2021-12", at(2021, 12, 1), at(2022, 1, 1), "month"),
        ("2021-Q2", at(2021, 4, 1), at(2021, 7, 1), "quarter"),
        ("2021K4", at(2021, 10, 1), at(2022, 1, 1), "quarter"),
        ("2021-05-03", at(2021, 5, 3), at(2021, 5, 4), "day"),
        ("20210503", at(2021, 5, 3), at(2021, 5, 4), "day"),
        ("3 mei 2021", at(2021, 5, 3), at(2021, 5, 4), "day"),
        ("May 2021", at(2021, 5, 1), at(2021, 6, 1), "month"),
        ("2021-05-03/2021-05-09", at(2021, 5, 3), at(2021, 5, 10), "range"),
        ("2021-05-03 - 2021-05-03", at(2021, 5, 3), at(2021, 5, 4), "day"),
        ("2020-02-29", at(2020, 2, 29), at(2020, 3, 1), "day"),
        ("2021-05-03T12:00:00+02:00", at(2021, 5, 3) + 10 * 3600, at(2021, 5, 3) + 10 * 3600 + 1, "second"),
    ],
)
def test_a_written_time_is_the_interval_it_means(text: str, start: int, end: int, precision: str) -> None:
    assert parse_time(text) == Interval(start, end, precision)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2021-02-29", "time.impossible"),
        ("2021-13", "time.impossible"),
        ("1066", "time.impossible"),
        ("3/4/2021", "time.ambiguous"),
        ("last spring", "time.unreadable"),
        ("3 prairial 2021", "time.unreadable"),
        ("", "time.unreadable"),
        ("2021-05-09/2021-05-03", "time.reversed"),
    ],
)
def test_what_is_no_time_or_means_two_is_an_error_that_names_it(text: str, code: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_time(text)

    assert caught.value.code == code
    assert text in caught.value.message("nl")


def test_a_day_with_slashes_is_read_in_the_order_that_is_said() -> None:
    dutch, american = parse_time("3/4/2021", order="dmy"), parse_time("3/4/2021", order="mdy")

    assert dutch.words() == "2021-04-03"
    assert american.words() == "2021-03-04"


@given(st.dates(datetime(1800, 1, 1).date(), datetime(2199, 12, 31).date()))
def test_the_words_of_a_day_mean_that_day(day: object) -> None:
    found = parse_time(str(day))

    assert found.words() == str(day)
    assert found.end - found.start == DAY_S
    assert parse_time(found.words()) == found


@given(st.integers(1800, 2199), st.integers(1, 12), st.sampled_from(["year", "month", "quarter"]))
def test_the_words_of_a_wide_interval_mean_that_interval(year: int, month: int, precision: str) -> None:
    text = {"year": f"{year}", "month": f"{year}-{month:02d}", "quarter": f"{year}-Q{(month + 2) // 3}"}[precision]

    found = parse_time(text)

    assert found.precision == precision
    assert found.words() == text
    assert found.days == (found.start / DAY_S, found.end / DAY_S)


def test_a_span_runs_from_the_first_start_to_the_last_end() -> None:
    found = span(parse_time("2021-05"), parse_time("2021-07-03"))

    assert (found.start, found.end, found.precision) == (at(2021, 5, 1), at(2021, 7, 4), "range")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 5, 31), 6, date(2026, 11, 30)),
        (date(2026, 5, 31), 7, date(2026, 12, 31)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 1), 14, date(2028, 1, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_months_later_a_moment_keeps_its_hour() -> None:
    assert months_later(datetime(2026, 1, 31, 14, 30, tzinfo=UTC), 1) == datetime(2026, 2, 28, 14, 30, tzinfo=UTC)
