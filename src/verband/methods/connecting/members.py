"""What a group says of itself: its incidents, what links them, and what they share; words too where they are read."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TypedDict

from .alike import Alike
from .links import links, shared
from .model import Incident, Link, LinkEvidence, Parameters
from .reports import Reports
from .times import Clock
from .worded import between, in_common


class Members(TypedDict):
    """As in `Campaign`."""

    incidents: tuple[int, ...]
    links: tuple[Link, ...]
    reports: int
    merged: tuple[tuple[int, ...], ...]
    shared: tuple[LinkEvidence, ...]


def members(
    incidents: Sequence[Incident],
    reports: Reports,
    times: Clock,
    rows: Sequence[int],
    parameters: Parameters,
    *,
    likeness: Alike | None,
) -> Members:
    """What a group says of its reports `rows`; `likeness` of a thin collection, in which words are evidence."""
    told = [reports.members[row] for row in rows]
    if likeness is None:
        found = links(incidents, reports, times, rows, parameters)
    else:
        found = links(incidents, reports, times, rows, parameters, words=partial(between, incidents, reports, likeness))
    return {
        "incidents": tuple(sorted(place for row in told for place in row)),
        "links": found,
        "reports": len(told),
        "merged": tuple(row for row in told if len(row) > 1),
        "shared": in_all(incidents, reports, rows, parameters, likeness=likeness),
    }


def in_all(
    incidents: Sequence[Incident],
    reports: Reports,
    rows: Sequence[int],
    parameters: Parameters,
    *,
    likeness: Alike | None,
) -> tuple[LinkEvidence, ...]:
    """What reports `rows` share, the weightiest first."""
    found = shared(incidents, reports, rows, parameters)
    if likeness is None:
        return found
    return tuple(sorted((*found, *in_common(incidents, reports, likeness, rows)), key=lambda item: -item.bans))
