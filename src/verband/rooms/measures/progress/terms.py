"""A stated term as days, by a written convention (docs/decisions/stated-terms.md): never an end that nobody stated."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("end", "earliest", "continuous", "unknown")
#: First and last day of each season as (month, day): from the meteorological beginning to the astronomical end, so that
#: nothing counts as late too early. Winter ends in the year after. Our own convention.
SEASONS = {
    "spring": ((3, 1), (6, 20)),
    "summer": ((6, 1), (9, 22)),
    "autumn": ((9, 1), (12, 20)),
    "winter": ((12, 1), (3, 20)),
}
_CONTINUOUS = ("continuous", "yearly")
_NAMES = "|".join(SEASONS)


@dataclass(frozen=True)
class Term:
    """What a stated term says. `kind`: an end is stated; a beginning only; continuous; or no end can be read.

    `first` and `last` are the days that it covers, `last` only where an end is stated; either is None where the text
    does not say. `rule` names the part of the convention that it was read by: day, month, quarter, half, season, year,
    years; none where nothing was stated; text where words were stated that hold no day.
    """

    kind: str
    rule: str
    first: date | None = None
    last: date | None = None

    def past(self, day: date) -> bool:
        """Whether a stated end lies before that day."""
        return self.kind == "end" and self.last is not None and self.last < day


@dataclass(frozen=True)
class Period:
    """The first and the last day that words or a code cover, and the part of the convention that says so."""

    first: date
    last: date
    rule: str


def read(due: str, *, title: str = "") -> Term:
    """The term that the words state; the English title says whether it is a beginning ("from 2022").

    "before" and "until" end on the day before the period begins; before a season on the last day of the one before it.
    """
    text = " ".join(due.casefold().split())
    if not text:
        return Term("unknown", "none")
    if text in _CONTINUOUS:
        return Term("continuous", "text")
    if found := re.fullmatch(r"(?:at the earliest|not before)(?: in| on| from)?(?: the)? ([^:;]+)(?:[:;].*)?", text):
        return _earliest(period(found[1]))
    if found := re.fullmatch(r"from(?: the)? (.+)", text):
        return _earliest(period(found[1]))
    if found := re.fullmatch(r"(?:before|until)(?: the)? (.+)", text):
        return _before(period(found[1]))
    whole = period(text)
    if whole is None:
        return Term("unknown", "text")
    if _begins(title, whole.first.year):
        return _earliest(whole)
    return Term("end", whole.rule, whole.first, whole.last)


def _earliest(period: Period | None) -> Term:
    return Term("earliest", "text") if period is None else Term("earliest", period.rule, period.first)


def _before(period: Period | None) -> Term:
    if period is None:
        return Term("unknown", "text")
    if period.rule == "season":
        before = {"06": (6, 20), "09": (9, 22), "12": (12, 20), "03": (3, 20)}[f"{period.first:%m}"]
        return Term("end", "season", None, date(period.first.year, *before))
    return Term("end", period.rule, None, period.first - timedelta(days=1))


def _begins(title: str, year: int) -> bool:
    """Whether the title says that it holds from that year, or from a day in it, on."""
    return re.search(rf"(?i)\bfrom (?:\d{{1,2}} \w+ )?{year}\b", title) is not None


def period(text: str) -> Period | None:
    """The day, month, quarter, half, season, year or years that the text is and nothing else; None for any other."""
    text = " ".join(text.casefold().split())
    for pattern, made in _FORMS:
        if found := re.fullmatch(pattern, text):
            try:
                return made(*found.groups())
            except ValueError:
                return None
    return None


def _day(year: str, month: str, day: str) -> Period:
    at = date(int(year), int(month), int(day))
    return Period(at, at, "day")


def _months(year: int, first: int, last: int, rule: str) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]), rule)


def _month(year: str, month: str) -> Period:
    number = int(month)
    if not 1 <= number <= 12:
        raise ValueError(month)
    return _months(int(year), number, number, "month")


def _quarter(year: str, number: str) -> Period:
    return _months(int(year), 3 * int(number) - 2, 3 * int(number), "quarter")


def _half(which: str, year: str) -> Period:
    return _months(int(year), 1, 6, "half") if which == "first" else _months(int(year), 7, 12, "half")


def _season(name: str, year: str) -> Period:
    (first, last), at = SEASONS[name], int(year)
    return Period(date(at, *first), date(at + (name == "winter"), *last), "season")


def _years(first: str, last: str) -> Period:
    if int(last) < int(first):
        raise ValueError(last)
    return Period(date(int(first), 1, 1), date(int(last), 12, 31), "years")


_FORMS: tuple[tuple[str, Callable[..., Period]], ...] = (
    (r"(\d{4})-(\d{2})-(\d{2})", _day),
    (r"(\d{4})-(\d{2})", _month),
    (r"(\d{4})-q([1-4])", _quarter),
    (r"(first|second) half of (\d{4})", _half),
    (rf"({_NAMES}) \(?of (\d{{4}})\)?", _season),
    (rf"(\d{{4}})-({_NAMES})", lambda year, name: _season(name, year)),
    (r"(\d{4})-(\d{4})", _years),
    (r"(\d{4})", lambda year: Period(date(int(year), 1, 1), date(int(year), 12, 31), "year")),
)
