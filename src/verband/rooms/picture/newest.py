"""How old a collection is: its newest incident, the day that it ends with, and for how long it has been silent since.

Every page and report that says so asks here, so that all give one answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from verband.language.time import Interval
from verband.rooms.picture.kinds import HAPPENED
from verband.rooms.picture.reading import IncidentView

_DAY_S = 86_400
_MONTH_S = 365 * _DAY_S // 12
#: Precisions that name a day; the end of such a time is a day as well, unless it spans more than a month.
_OF_DAYS = frozenset({"second", "day", "range"})
#: Precisions too wide to say how new a collection is, where anything in it is dated better.
_WIDE = frozenset({"quarter", "year"})
_LONGEST_S = 31 * _DAY_S


def newest(incidents: Iterable[IncidentView], *, until: int) -> IncidentView | None:
    """The incident or disclosure with the latest last day of those begun by `until`; None where none is dated.

    Responses and context are no incidents: they do not make a collection newer.
    """
    begun = [view for view in incidents if view.when and view.when.start <= until and _counts(view)]
    sharp = [view for view in begun if view.when and view.when.precision not in _WIDE]
    return max(sharp or begun, key=lambda view: last_day(view.when) if view.when else 0, default=None)


def ends(incidents: Iterable[IncidentView], *, until: int) -> int | None:
    """When the collection ends: the end of the day (seconds since 1970) of its newest incident, at most `until`'s."""
    found = newest(incidents, until=until)
    if found is None or found.when is None:
        return None
    return min(last_day(found.when), (until // _DAY_S + 1) * _DAY_S)


def last_day(when: Interval) -> int:
    """The end (exclusive) of the last day that a time names.

    That is its end where it is dated to days; a month, a year or a span of months counts by its first day, because
    nobody says that anything happened on its last.
    """
    named = when.precision in _OF_DAYS and when.end - when.start <= _LONGEST_S
    moment = max(when.start, when.end - 1) if named else when.start
    return (moment // _DAY_S + 1) * _DAY_S


def silent_months(end: int | None, *, until: int) -> int:
    """Whole months from the end of the collection to `until`; 0 where nothing is dated."""
    return 0 if end is None else max(0, until - end) // _MONTH_S


def _counts(view: IncidentView) -> bool:
    kinds = view.values("event_type")
    return not kinds or not set(kinds).isdisjoint(HAPPENED)
