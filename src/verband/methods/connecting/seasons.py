"""Busy periods of common values in a large collection: as `times.busy`, in half floats and for values that have any."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .reports import Reports
from .times import CHANCE_REPORTS, Clock, smooth

Ints = NDArray[np.int64]

COMMON = 30
"""A value that fewer reports carry has no season."""
PERIODS = 256
"""Periods at most into which the whole time is cut."""
ROWS = 20_000


def periods(times: Clock) -> Clock:
    """The clock with no more than PERIODS bins that follow each other; bins without a report are passed over."""
    dated = ~np.isnan(times.middle)
    used, place = np.unique(times.bin[dated], return_inverse=True)
    if len(used) <= PERIODS:
        period, bins = place, max(1, len(used))
    else:
        period, bins = place * PERIODS // len(used), PERIODS
    out = np.zeros(len(times.bin), dtype=np.int64)
    out[dated] = period
    return replace(times, bin=out, bins=bins)


def seasons(reports: Reports, times: Clock) -> Any:
    """log of how much busier than usual a report's values are, reports by bins of `times`, as half floats.

    Of several values the one furthest from 0 counts.
    """
    dated = np.flatnonzero(~np.isnan(times.middle))
    out = np.zeros((reports.count, times.bins), dtype=np.float16)
    chosen = np.flatnonzero(reports.df >= COMMON)
    if not len(chosen) or not len(dated):
        return out
    shape = (reports.count, times.bins)
    by_bin = sparse.csr_array((np.ones(len(dated)), (dated, times.bin[dated])), shape=shape)
    carried = reports.by_value[chosen]
    counts = (carried @ by_bin).toarray()
    seen = smooth(counts, 1.0)
    everyone = smooth(np.bincount(times.bin[dated], minlength=times.bins).astype(np.float64)[None, :], 1.0)[0]
    expected = counts.sum(axis=1)[:, None] / len(dated) * everyone[None, :]
    clear = np.where(seen > expected, np.maximum(seen - CHANCE_REPORTS, expected), seen)
    ratio = np.vstack([np.log((clear + 1.0) / (expected + 1.0)), np.zeros(times.bins)]).astype(np.float32)
    place = np.full(len(reports.rarity), len(chosen), dtype=np.int64)
    place[chosen] = np.arange(len(chosen))
    for first in range(0, reports.count, ROWS):
        out[first : first + ROWS] = _furthest(reports.carries[first : first + ROWS], place, ratio)
    return out


def _furthest(carries: Any, place: Ints, ratio: NDArray[np.float32]) -> NDArray[np.float32]:
    """For each row and bin the ratio of its values that is furthest from 0."""
    many = np.diff(carries.indptr)
    highest = np.zeros((len(many), ratio.shape[1]), dtype=np.float32)
    lowest = highest.copy()
    value = place[carries.indices]
    for number in range(int(many.max(initial=0))):
        rows = np.flatnonzero(many > number)
        mine = ratio[value[carries.indptr[rows] + number]]
        highest[rows] = np.maximum(highest[rows], mine)
        lowest[rows] = np.minimum(lowest[rows], mine)
    return np.where(highest > -lowest, highest, lowest)
