"""Which reports of a thin collection are one, and who of a group repeats another: by texts where there are texts.

Values alone cannot tell a second act from a second report of the first one; what was written about them can.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from .model import Incident
from .reports import Reports
from .times import Clock
from .voices import Voices

Ints = NDArray[np.int64]
Twins = Collection[tuple[int, int]]
"""Pairs of places in the input that are proposed as one event."""

COPIES_ABOVE = -2.0
"""Log odds above which two members without a text count once: closeness in time is what is tested, and copies are
close."""


def apart(groups: Sequence[Sequence[int]], incidents: Sequence[Incident], twins: Twins) -> list[list[int]]:
    """Groups of places that are one report each, without those that have texts of their own and are no twins.

    Each goes with the first of its group that it repeats.
    """
    same = {frozenset(pair) for pair in twins}
    said = [bool(row.text.strip()) for row in incidents]
    found: list[list[int]] = []
    for group in groups:
        heads: list[list[int]] = []
        for place in group:
            repeated = (
                head
                for head in heads
                if any(frozenset((place, other)) in same or not (said[place] and said[other]) for other in head)
            )
            head = next(repeated, None)
            if head is None:
                heads.append([place])
            else:
                head.append(place)
        found.extend(heads)
    return found


def texts_of(reports: Reports, incidents: Sequence[Incident]) -> list[str]:
    """The text of each report: the titles of its incidents, a line break, what else they say."""
    found = []
    for places in reports.members:
        told = [incidents[place].text.partition("\n") for place in places]
        found.append("\n".join(" ".join(part[number] for part in told) for number in (0, 2)).strip())
    return found


class Speaking:
    """The members of a group that have a say: without those that repeat another of them."""

    def __init__(self, reports: Reports, times: Clock, texts: Sequence[str], twins: Twins) -> None:
        self._count, self._times = reports.count, times
        self._told = np.array([bool(text) for text in texts], dtype=np.bool_)
        self._voices = Voices(reports, above=COPIES_ABOVE)
        self._silent = _second_of(reports, twins)

    def __call__(self, rows: Ints) -> Ints:
        """Those of `rows` that have a say; ascending."""
        flags = np.zeros((self._count, 1), dtype=np.bool_)
        flags[rows, 0] = True
        heard = self._told if self._told[rows].all() else self._told | self._voices.of(flags, self._times)[:, 0]
        group = rows.tolist()
        own = [row for row in group if heard[row] and self._silent.get(row, frozenset()).isdisjoint(group)]
        return np.array(own, dtype=np.int64)


def _second_of(reports: Reports, twins: Twins) -> Mapping[int, frozenset[int]]:
    """For each report the earlier reports that tell the same event."""
    report = {place: row for row, places in enumerate(reports.members) for place in places}
    found: dict[int, set[int]] = {}
    for a, b in twins:
        if a in report and b in report and report[a] != report[b]:
            first, second = sorted((report[a], report[b]))
            found.setdefault(second, set()).add(first)
    return {row: frozenset(firsts) for row, firsts in found.items()}
