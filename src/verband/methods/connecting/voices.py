"""Which members of a group speak for themselves: of reports that may be copies of each other, only the first has a
voice.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from .duplicates import (
    APART_DEGREES,
    NOT_ALIKE,
    PERHAPS,
    RATHER_BANS,
    REACH_DAYS,
    Common,
    Likeness,
    Values,
    common,
    likeness,
)
from .reports import Reports
from .times import Clock

Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

AGAIN_BANS = 0.4
"""What reports that each may copy another must add up to, above one such pair, to speak with one voice all together."""
CLUMP = -0.5
"""Log odds above which a report keeps, in shuffled worlds, its distance in time to one of which it may be a copy."""


class Voices:
    """Likeness of pairs of reports, worked out when first asked for: values do not change between worlds, dates do.

    Two reports whose log odds of being a copy are `above` that speak with one voice; and so do several of which each
    may well copy another, where that adds up: what is told again is often told more than once. `common`: how common
    values are in the collection of which these reports are a part; of these reports alone where it is not given.
    """

    def __init__(self, reports: Reports, *, above: float = PERHAPS, common: Common | None = None) -> None:
        self._above, self._reports, self._given = above, reports, common
        self._dated = reports.middle.tolist()
        self._domain = reports.domain.tolist()
        self._lat, self._lon = reports.lat.tolist(), reports.lon.tolist()
        self._known: dict[tuple[int, int], Likeness] = {}

    @cached_property
    def _rows(self) -> list[Values]:
        return [_row(self._reports, number) for number in range(self._reports.count)]

    @cached_property
    def _common(self) -> Common:
        return self._given or common(self._rows)

    def _likeness(self, a: int, b: int) -> Likeness:
        key = (a, b) if a < b else (b, a)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = likeness(self._rows[key[0]], self._rows[key[1]], self._common)
        return found

    def _odds(self, a: int, b: int, *, days: float, span: float) -> float:
        same = self._domain[a] == self._domain[b]
        return self._likeness(a, b).odds(days=days, span=span, same_domain=same)

    def _late(self, row: int, leader: int, *, when: float) -> float:
        """Days after the first report that a repeat of it came: in this world or the real one, where it is less."""
        return float(min(when, abs(self._dated[row] - self._dated[leader])))

    def _apart(self, a: int, b: int) -> bool:
        return bool(
            abs(self._lat[a] - self._lat[b]) > APART_DEGREES or abs(self._lon[a] - self._lon[b]) > APART_DEGREES
        )

    def follows(self, *, above: float = CLUMP) -> Ints:
        """For each report the earlier one that it may be a copy of (log odds above that), itself where there is none.

        Nobody follows a follower: a row of acts, each like the one before, does not move as one.
        """
        leader = np.arange(self._reports.count)
        dated = np.flatnonzero(~np.isnan(self._reports.middle))
        order = dated[np.argsort(self._reports.middle[dated], kind="stable")].tolist()
        if not order:
            return leader
        span = max(365.0, self._dated[order[-1]] - self._dated[order[0]])
        leading: list[int] = []
        first = 0
        for row in order:
            while first < len(leading) and self._dated[row] - self._dated[leading[first]] > REACH_DAYS:
                first += 1
            best = above
            for other in leading[first:]:
                if self._apart(row, other):
                    continue
                odds = self._odds(row, other, days=self._dated[row] - self._dated[other], span=span)
                if odds > best:
                    best, leader[row] = odds, other
            if leader[row] == row:
                leading.append(row)
        return leader

    def of(self, members: Flags, times: Clock) -> Flags:
        """The members of each group (reports by groups) that have a voice of their own in this world.

        What is a copy on the real dates stays one in every shuffled world.
        """
        voices = members.copy()
        dated = times.middle[~np.isnan(times.middle)]
        span = max(365.0, float(np.ptp(dated))) if len(dated) else 365.0
        for number in range(members.shape[1]):
            rows = np.flatnonzero(members[:, number])
            rows = rows[np.argsort(times.middle[rows], kind="stable")]
            days = times.middle[rows].tolist()
            at = dict(zip(rows.tolist(), days, strict=True))
            first: dict[int, int] = {}
            told: dict[int, float] = {}
            for place, row in enumerate(rows.tolist()):
                likest = again = NOT_ALIKE.chance
                beside = row
                for other, when in zip(rows[:place].tolist(), days[:place], strict=True):
                    gap = min(days[place] - when, abs(self._dated[row] - self._dated[other]))
                    if gap > REACH_DAYS or self._apart(row, other):
                        continue
                    likest = max(likest, self._odds(row, other, days=gap, span=span))
                    late = self._late(row, first[other], when=days[place] - at[first[other]])
                    odds = self._odds(row, other, days=max(gap, late), span=span)
                    if odds > again:
                        again, beside = odds, first[other]
                if likest > self._above:
                    voices[row, number] = False
                first[row] = beside if again > RATHER_BANS else row
                told[first[row]] = told.get(first[row], RATHER_BANS) + max(0.0, again - RATHER_BANS)
            for row, leader in first.items():
                if row != leader and told[leader] > self._above + AGAIN_BANS:
                    voices[row, number] = False
        return voices


def _row(reports: Reports, number: int) -> Values:
    indptr, indices = reports.carries.indptr, reports.carries.indices
    values: dict[str, set[str]] = {}
    for column in indices[indptr[number] : indptr[number + 1]].tolist():
        values.setdefault(reports.feature[column], set()).add(reports.value[column])
    return {feature: frozenset(found) for feature, found in values.items()}
