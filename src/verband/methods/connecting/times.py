"""Time as evidence: intervals, the collection's own rhythm, and each value's busy periods.

Times are intervals. A report whose interval is wider than VAGUE_DAYS, or that has no date, never speaks for nearness.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .reports import Reports

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

BIN_DAYS = 15.0
RHYTHM_REPORTS = 15.0
"""The rhythm is smoothed over as long a time as holds this many reports, and over no less than a bin."""
EVEN_SHARE = 0.2
CHANCE_REPORTS = 1.0
"""A value must be this far above its usual number in a bin before the bin counts as busy: a campaign makes no season.
"""


@dataclass(frozen=True)
class Clock:
    """The dates of the collection as places to be filled: which report has which date is what a shuffled world changes.

    `middle`, `width`, `start`, `end`: days. `log_density`: natural log of the collection's own density of reports a
    day at the middle. `bin`: number of the 15-day bin. NaN where undated or vague.
    """

    middle: Floats
    width: Floats
    start: Floats
    end: Floats
    log_density: Floats
    bin: Ints
    bins: int

    def shuffled(self, slot: Ints) -> Clock:
        """The clock in which report i has the date that report slot[i] has here."""
        return Clock(
            self.middle[slot],
            self.width[slot],
            self.start[slot],
            self.end[slot],
            self.log_density[slot],
            self.bin[slot],
            self.bins,
        )


def clock(reports: Reports) -> Clock:
    """The clock of the reports as they are dated."""
    middle = reports.middle
    dated = middle[~np.isnan(middle)]
    if not len(dated):
        nothing = np.zeros(reports.count, dtype=np.int64)
        return Clock(middle, reports.width, reports.start, reports.end, middle.copy(), nothing, 1)
    first = float(dated.min())
    bins = int((float(dated.max()) - first) // BIN_DAYS) + 1
    place = np.where(np.isnan(middle), 0, (middle - first) // BIN_DAYS).astype(np.int64)
    density = rhythm(np.bincount(place[~np.isnan(middle)], minlength=bins).astype(np.float64))
    return Clock(
        middle,
        reports.width,
        reports.start,
        reports.end,
        np.where(np.isnan(middle), np.nan, np.log(density)[place]),
        place,
        bins,
    )


def rhythm(counts: Floats) -> Floats:
    """Density of reports a day in each bin, of the reports that are dated: smoothed, and an even share beside it."""
    bins, dated = len(counts), float(counts.sum())
    density = smooth(counts[None, :], max(1.0, bins * RHYTHM_REPORTS / dated))[0] / (dated * BIN_DAYS)
    return np.asarray((1 - EVEN_SHARE) * density + EVEN_SHARE / (bins * BIN_DAYS), dtype=np.float64)


def smooth(rows: Floats, scale: float) -> Floats:
    """Each row smoothed by a Gaussian of `scale` bins that loses nothing at the ends."""
    reach = int(np.ceil(3 * scale))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / scale) ** 2)
    kernel /= kernel.sum()
    size = rows.shape[1]
    weight = np.convolve(np.ones(size), kernel)[reach : reach + size]
    out = np.empty_like(rows)
    for number, row in enumerate(rows):
        out[number] = np.convolve(row / weight, kernel)[reach : reach + size]
    return out


def busy(reports: Reports, times: Clock) -> Floats:
    """log of how much busier than usual the busiest or quietest of a report's values is in each bin; reports by bins.

    A value that was in the news for some weeks keeps those weeks in every shuffled world, so that the news itself is
    no campaign. Shrunk towards 0 by one pseudo-report. Of several values the one furthest from 0 counts.
    """
    dated = ~np.isnan(times.middle)
    if not reports.carries.shape[1] or not dated.any():
        return np.zeros((reports.count, times.bins))
    by_bin = np.zeros((reports.count, times.bins))
    by_bin[np.flatnonzero(dated), times.bin[dated]] = 1.0
    seen = smooth(np.asarray(reports.by_value @ by_bin), 1.0)
    everyone = smooth(by_bin.sum(axis=0)[None, :], 1.0)[0]
    share = np.asarray(reports.by_value @ dated.astype(np.float64)) / dated.sum()
    expected = share[:, None] * everyone[None, :]
    clear = np.where(seen > expected, np.maximum(seen - CHANCE_REPORTS, expected), seen)
    ratio = np.log((clear + 1.0) / (expected + 1.0))
    highest = np.zeros((reports.count, times.bins))
    lowest = np.zeros((reports.count, times.bins))
    indptr, columns = reports.carries.indptr, reports.carries.indices
    for row in range(reports.count):
        mine = ratio[columns[indptr[row] : indptr[row + 1]]]
        if len(mine):
            highest[row] = np.maximum(mine.max(axis=0), 0.0)
            lowest[row] = np.minimum(mine.min(axis=0), 0.0)
    return np.where(highest > -lowest, highest, lowest)
