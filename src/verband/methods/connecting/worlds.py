"""Shuffled worlds: the same reports with the same values, in which who happened when is chance.

Only dates are exchanged, only between reports of one domain and like precision, and a value keeps its busy periods.
So a habit of the collection (values that always go together), the rhythm of the domain, the weeks in which something
was in the news: all stay as they are, and none of them can look like a campaign. What is lost is exactly what makes a
campaign: that these alike reports came together in time.

Source: conditional permutation test, Berrett, Wang, Barber & Samworth 2020, with swaps of pairs by Metropolis.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .reports import Reports
from .times import Clock

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SWEEPS = 20


class Shuffler:
    """Draws shuffled worlds of one collection."""

    def __init__(self, reports: Reports, times: Clock, busy: Floats, *, follows: Ints | None = None) -> None:
        self._times, self._busy, self._count = times, busy, reports.count
        alone = np.arange(reports.count) if follows is None else follows
        self._followers = np.flatnonzero(alone != np.arange(reports.count))
        self._led = alone[self._followers]
        self._offset = times.middle[self._followers] - times.middle[self._led]
        sharp = np.flatnonzero(~np.isnan(times.middle))
        self._by_date = sharp[np.argsort(times.middle[sharp], kind="stable")]
        dated = np.flatnonzero((reports.stratum >= 0) & (alone == np.arange(reports.count)))
        self._rows = dated[np.argsort(reports.stratum[dated], kind="stable")]
        self._stratum = reports.stratum[self._rows].astype(np.float64)
        _, begin, size = np.unique(self._stratum, return_index=True, return_counts=True)
        couples = [start + 2 * np.arange(many // 2) for start, many in zip(begin, size, strict=True)]
        self._left = np.concatenate([np.zeros(0, dtype=np.int64), *couples])

    def slots(self, rng: np.random.Generator) -> Ints:
        """slot[i]: the report whose date report i gets. Starts at a free permutation within strata, then SWEEPS of
        swaps.
        """
        slot = np.arange(self._count, dtype=np.int64)
        if not len(self._left):
            return slot
        slot[self._rows] = self._mixed(rng)
        place, busy = self._times.bin, self._busy
        for _ in range(SWEEPS):
            mixed = self._mixed(rng)
            a, b = mixed[self._left], mixed[self._left + 1]
            here, there = place[slot[a]], place[slot[b]]
            gain = busy[a, there] + busy[b, here] - busy[a, here] - busy[b, there]
            swap = np.log(rng.random(len(a))) < gain
            a, b = a[swap], b[swap]
            slot[a], slot[b] = slot[b], slot[a]
        self._follow(slot)
        return slot

    def _follow(self, slot: Ints) -> None:
        """Give each follower the date nearest to the one that lies as far from its leader's as its own does."""
        if not len(self._followers):
            return
        dates = self._times.middle[self._by_date]
        wanted = self._times.middle[slot[self._led]] + self._offset
        after = np.clip(np.searchsorted(dates, wanted), 1, len(dates) - 1)
        nearer = wanted - dates[after - 1] < dates[after] - wanted
        slot[self._followers] = self._by_date[np.where(nearer, after - 1, after)]

    def _mixed(self, rng: np.random.Generator) -> Ints:
        """The dated reports, stratum after stratum, mixed within each."""
        return self._rows[np.argsort(self._stratum + rng.random(len(self._rows)))]
