"""Times as intervals with a precision. A date says no more than its source said."""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import msgspec

from verband.language.errors import InputError

PRECISIONS = ("second", "day", "range", "month", "quarter", "year")
Day = TypeVar("Day", bound=date)
_DAY_S = 86_400
_EARLIEST, _LATEST = 1800, 2200

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january januari jan",
            "february februari feb",
            "march maart mar mrt",
            "april apr",
            "may mei",
            "june juni jun",
            "july juli jul",
            "august augustus aug",
            "september sep sept",
            "october oktober oct okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for word in words.split()
}
_YEAR = re.compile(r"^(\d{4})$")
_MONTH = re.compile(r"^(\d{4})-(\d{1,2})$")
_QUARTER = re.compile(r"^(\d{4})-?[qQkK]([1-4])$")
_DAY = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_SLASHED = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_WORDED = re.compile(r"^(?:(\d{1,2})\s+)?([A-Za-z]+)\.?\s+(\d{4})$")
_STAMP = re.compile(r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


class Interval(msgspec.Struct, frozen=True, order=True):
    """From `start` up to but not including `end`, in whole seconds since 1970 UTC, with the precision as stated."""

    start: int
    end: int
    precision: str

    @property
    def days(self) -> tuple[float, float]:
        """Start and end in days since 1970."""
        return self.start / _DAY_S, self.end / _DAY_S

    def words(self) -> str:
        """The interval as short as its precision allows: `2021`, `2021-05`, `2021-05-03` or `2021-05-03/2021-05-09`."""
        first = _moment(self.start)
        last = _moment(max(self.start, self.end - 1))
        match self.precision:
            case "year":
                return f"{first:%Y}"
            case "quarter":
                return f"{first:%Y}-Q{(first.month + 2) // 3}"
            case "month":
                return f"{first:%Y-%m}"
            case "day":
                return f"{first:%Y-%m-%d}"
            case "second":
                return f"{first:%Y-%m-%dT%H:%M:%SZ}"
            case _:
                return f"{first:%Y-%m-%d}/{last:%Y-%m-%d}"


def parse_time(text: str, *, order: str = "ymd") -> Interval:
    """The interval that a written time means.

    Read are a year, a month, a quarter, a day (2021-05-03 or 20210503), a moment with its zone, a day in words (Dutch
    or English) and a range of two of them with `/` or ` - ` between. A day with slashes is read only where `order`
    says `dmy` or `mdy`, because 3/4/2021 means two days.

    Raises InputError("time.unreadable"), ("time.impossible") or ("time.ambiguous").
    """
    text = text.strip()
    for mark in ("/", " - ", "..", " – "):
        first, found, second = text.partition(mark)
        if found and len(first.strip()) >= 4 and len(second.strip()) >= 4 and not _SLASHED.match(text):
            return span(parse_time(first, order=order), parse_time(second, order=order), text=text)
    if _STAMP.match(text):
        return _stamp(text)
    if match := _YEAR.match(text):
        return _year(int(match[1]), text)
    if match := _QUARTER.match(text):
        month = 3 * int(match[2])
        first_month, last_month = _month(int(match[1]), month - 2, text), _month(int(match[1]), month, text)
        return Interval(first_month.start, last_month.end, "quarter")
    if match := _MONTH.match(text):
        return _month(int(match[1]), int(match[2]), text)
    if match := _DAY.match(text) or _COMPACT.match(text):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if match := _WORDED.match(text):
        return _worded(match, text)
    if match := _SLASHED.match(text):
        if order not in ("dmy", "mdy"):
            raise InputError("time.ambiguous", text=text)
        day, month = (1, 2) if order == "dmy" else (2, 1)
        return _day(int(match[3]), int(match[month]), int(match[day]), text)
    raise InputError("time.unreadable", text=text)


def span(first: Interval, last: Interval, *, text: str = "") -> Interval:
    """From the start of the first to the end of the last; a single day stays a day.

    Raises InputError("time.reversed") where the last ends before the first starts.
    """
    if last.end <= first.start:
        raise InputError("time.reversed", text=text or f"{first.words()} - {last.words()}")
    if first == last:
        return first
    return Interval(first.start, last.end, "range")


def _worded(match: re.Match[str], text: str) -> Interval:
    month = _MONTHS.get(match[2].lower())
    if month is None:
        raise InputError("time.unreadable", text=text)
    if match[1] is None:
        return _month(int(match[3]), month, text)
    return _day(int(match[3]), month, int(match[1]), text)


def _stamp(text: str) -> Interval:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise InputError("time.impossible", text=text) from error
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    _check_year(moment.year, text)
    start = int(moment.timestamp())
    return Interval(start, start + 1, "second")


def _year(year: int, text: str) -> Interval:
    _check_year(year, text)
    return Interval(_seconds(date(year, 1, 1)), _seconds(date(year + 1, 1, 1)), "year")


def _month(year: int, month: int, text: str) -> Interval:
    _check_year(year, text)
    if not 1 <= month <= 12:
        raise InputError("time.impossible", text=text)
    start = _seconds(date(year, month, 1))
    return Interval(start, start + calendar.monthrange(year, month)[1] * _DAY_S, "month")


def _day(year: int, month: int, day: int, text: str) -> Interval:
    _check_year(year, text)
    try:
        start = _seconds(date(year, month, day))
    except ValueError as error:
        raise InputError("time.impossible", text=text) from error
    return Interval(start, start + _DAY_S, "day")


def months_later(day: Day, months: int) -> Day:
    """The same day so many months later, on the last day of a month that is too short; a moment keeps its hour."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1]))


def _check_year(year: int, text: str) -> None:
    if not _EARLIEST <= year < _LATEST:
        raise InputError("time.impossible", text=text)


def _seconds(day: date) -> int:
    return calendar.timegm(day.timetuple())


def _moment(seconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
