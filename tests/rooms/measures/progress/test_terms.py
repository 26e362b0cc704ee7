"""A stated term is read by a written convention; an end that nobody stated is never made up."""

from __future__ import annotations

from datetime import date

import pytest

from verband.demo import rows
from verband.rooms.measures.progress.terms import Term, read

#: Every distinct term in the register, with what it says.
STATED = {
    "": Term("unknown", "none"),
    "continuous": Term("continuous", "text"),
    "yearly": Term("continuous", "text"),
    "coming years": Term("unknown", "text"),
    "as soon as possible": Term("unknown", "text"),
    "next cabinet": Term("unknown", "text"),
    "3 years": Term("unknown", "text"),
    "2019": Term("end", "year", date(2019, 1, 1), date(2019, 12, 31)),
    "2020": Term("end", "year", date(2020, 1, 1), date(2020, 12, 31)),
    "2021": Term("end", "year", date(2021, 1, 1), date(2021, 12, 31)),
    "2022": Term("end", "year", date(2022, 1, 1), date(2022, 12, 31)),
    "2023": Term("end", "year", date(2023, 1, 1), date(2023, 12, 31)),
    "2025": Term("end", "year", date(2025, 1, 1), date(2025, 12, 31)),
    "2030": Term("end", "year", date(2030, 1, 1), date(2030, 12, 31)),
    "2050": Term("end", "year", date(2050, 1, 1), date(2050, 12, 31)),
    "2022-2027": Term("end", "years", date(2022, 1, 1), date(2027, 12, 31)),
    "2023-01": Term("end", "month", date(2023, 1, 1), date(2023, 1, 31)),
    "2023-03": Term("end", "month", date(2023, 3, 1), date(2023, 3, 31)),
    "2024-06": Term("end", "month", date(2024, 6, 1), date(2024, 6, 30)),
    "2023-Q1": Term("end", "quarter", date(2023, 1, 1), date(2023, 3, 31)),
    "2021-spring": Term("end", "season", date(2021, 3, 1), date(2021, 6, 20)),
    "2023-spring": Term("end", "season", date(2023, 3, 1), date(2023, 6, 20)),
    "2024-autumn": Term("end", "season", date(2024, 9, 1), date(2024, 12, 20)),
    "2022-11-28": Term("end", "day", date(2022, 11, 28), date(2022, 11, 28)),
    "2022-12-31": Term("end", "day", date(2022, 12, 31), date(2022, 12, 31)),
    "2023-01-01": Term("end", "day", date(2023, 1, 1), date(2023, 1, 1)),
    "before the summer (of 2019)": Term("end", "season", None, date(2019, 6, 20)),
    "before the summer of 2023": Term("end", "season", None, date(2023, 6, 20)),
    "until the summer of 2023": Term("end", "season", None, date(2023, 6, 20)),
    "from the autumn of 2023": Term("earliest", "season", date(2023, 9, 1)),
    "at the earliest in the first half of 2023: no deadline": Term("earliest", "half", date(2023, 1, 1)),
}


@pytest.mark.requirement("R103")
@pytest.mark.parametrize("due", STATED)
def test_a_term_of_the_register_says_this_and_no_more(due: str) -> None:
    assert read(due) == STATED[due]


def test_every_term_of_the_register_is_among_them() -> None:
    assert {row.due_as_stated for row in rows.commitments()} == set(STATED)


@pytest.mark.requirement("R103")
def test_a_term_at_the_earliest_is_never_past_however_late_the_day() -> None:
    for due in ("at the earliest in the first half of 2023: no deadline", "from the autumn of 2023"):
        assert not read(due).past(date(2999, 1, 1))


def test_what_holds_from_a_year_on_is_a_beginning_where_the_title_says_so() -> None:
    assert read("2022", title="150 million a year from 2022 for research") == Term("earliest", "year", date(2022, 1, 1))
    assert read("2023-01-01", title="From 1 January 2023 a ban") == Term("earliest", "day", date(2023, 1, 1))
    assert read("2022", title="Report from 2019, to follow").kind == "end"


def test_a_stated_end_is_past_from_the_day_after_it() -> None:
    assert not read("2023-Q1").past(date(2023, 3, 31))
    assert read("2023-Q1").past(date(2023, 4, 1))


@pytest.mark.parametrize("due", ["2023-13", "2023-02-30", "2027-2022", "summer", "before the holidays", "2023-Q5"])
def test_words_that_hold_no_day_are_unknown_and_not_guessed(due: str) -> None:
    assert read(due) == Term("unknown", "text")


@pytest.mark.parametrize(
    ("due", "last"),
    [
        ("2024-winter", date(2025, 3, 20)),
        ("2024-summer", date(2024, 9, 22)),
        ("before the winter of 2024", date(2024, 12, 20)),
        ("before the spring of 2024", date(2024, 3, 20)),
        ("before the autumn of 2024", date(2024, 9, 22)),
        ("before 2024", date(2023, 12, 31)),
        ("second half of 2024", date(2024, 12, 31)),
        ("Before  THE summer of 2024", date(2024, 6, 20)),
    ],
)
def test_other_terms_are_read_by_the_same_convention(due: str, last: date) -> None:
    assert read(due).last == last


def test_a_beginning_without_a_day_stays_a_beginning() -> None:
    assert read("at the earliest after the review") == Term("earliest", "text")
