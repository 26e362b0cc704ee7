"""Times in the words of the page's language, with no more precision than the source gave."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext

from verband.language.time import Interval
from verband.rooms.asking import page_language

_MONTHS = {
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
    "nl": ["jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
}


def when_words(interval: Interval) -> str:
    """An interval as short as its precision allows: `2021`, `May 2021`, `3 May 2021`, `3 – 9 May 2021`."""
    first = _utc(interval.start)
    last = _utc(max(interval.start, interval.end - 1))
    match interval.precision:
        case "year":
            return f"{first:%Y}"
        case "quarter":
            return gettext("Q%(quarter)s %(year)s") % {"quarter": (first.month + 2) // 3, "year": first.year}
        case "month":
            return f"{_month(first)} {first:%Y}"
        case "day":
            return _day(first)
        case "second":
            return f"{_day(first)} {first:%H:%M} UTC"
        case _:
            return _range(first, last)


def span_words(start: int, end: int) -> str:
    """A span of time by its months: `May 2025` or `Oct 2023 – Jan 2025`; a span of many incidents has no days."""
    first, last = _utc(start), _utc(max(start, end - 1))
    if (first.year, first.month) == (last.year, last.month):
        return f"{_month(first)} {first:%Y}"
    return f"{_month(first)} {first:%Y} – {_month(last)} {last:%Y}"


def moment_words(seconds: int) -> str:
    """A moment as day and time in the installation's zone, which it names: `3 May 2021 09:17 CEST`."""
    moment = datetime.fromtimestamp(seconds, ZoneInfo(settings.TIME_ZONE))
    return f"{_day(moment)} {moment:%H:%M %Z}"


def _range(first: datetime, last: datetime) -> str:
    whole_months = first.day == 1 and (last + timedelta(seconds=1)).day == 1
    if whole_months:
        start = _month(first) if first.year == last.year else f"{_month(first)} {first:%Y}"
        return f"{start} – {_month(last)} {last:%Y}"
    if first.year != last.year:
        return f"{_day(first)} – {_day(last)}"
    if first.month != last.month:
        return f"{first.day} {_month(first)} – {_day(last)}"
    return _day(last) if first.day == last.day else f"{first.day} – {_day(last)}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {_month(moment)} {moment:%Y}"


def _month(moment: datetime) -> str:
    return _MONTHS[page_language()][moment.month - 1]


def _utc(seconds: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
