"""How close the dates of a group lie, against what shuffled dates make of the same group."""

from __future__ import annotations

from math import log10

import numpy as np
from numpy.typing import NDArray

from .model import Parameters
from .pairs import time_bans
from .reports import Reports
from .times import Clock, busy
from .worlds import Shuffler

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

APART_DAYS = 10.0
"""Distances in time are read as log(days + APART_DAYS): a day more or less is nothing, a year is."""
WORLDS = 999
CLOSEST = log10(WORLDS + 1.0)
"""The most that a group can reach: closer than in every shuffled world."""


class Dates:
    """The dates of the reports, as they are and in WORLDS shuffled worlds, and what they say of a group."""

    def __init__(self, reports: Reports, times: Clock, parameters: Parameters) -> None:
        shuffler = Shuffler(reports, times, busy(reports, times))
        shuffled = (shuffler.slots(np.random.default_rng([parameters.seed, number])) for number in range(WORLDS))
        self._slots: Ints = np.stack([np.arange(reports.count), *shuffled])
        self._times, self._spans = times, parameters.spans_days

    def closeness(self, rows: Ints) -> Floats:
        """For each world, the real one first: -log10 of the share of worlds in which these reports lie at least as
        close as in it.
        """
        near = distance(self._times.middle[self._slots[:, rows]])
        rank = np.searchsorted(np.sort(near), near + 1e-9, side="right")
        return np.asarray(-np.log10(rank / len(near)), dtype=np.float64)

    def closest(self, rows: Ints) -> float:
        """The same for the real world alone."""
        near = distance(self._times.middle[self._slots[:, rows]])
        return -log10(float((near <= near[0] + 1e-9).mean()))

    def bans(self, rows: Ints, *, worlds: int = WORLDS + 1) -> Floats:
        """What the dates of these reports weigh in each of the first worlds: as many links as hold the group together,
        each with the mean nearness of its pairs.
        """
        left, right = np.triu_indices(len(rows), 1)
        slots = self._slots[:worlds]
        a, b = slots[:, rows[left]].ravel(), slots[:, rows[right]].ravel()
        near = time_bans(self._times, a, b, spans_days=self._spans).reshape(len(slots), len(left))
        return np.asarray(near.mean(axis=1) * (len(rows) - 1), dtype=np.float64)


def distance(dates: Floats) -> Floats:
    """For each row the mean distance in time of two of its dates, as log(days + APART_DAYS).

    Undated reports have no say; who is undated is so in every world. Fewer than two dates are equally far.
    """
    dates = dates[:, ~np.isnan(dates[0])]
    if dates.shape[1] < 2:
        return np.zeros(len(dates))
    left, right = np.triu_indices(dates.shape[1], 1)
    return np.asarray(np.log(np.abs(dates[:, left] - dates[:, right]) + APART_DAYS).mean(axis=1), dtype=np.float64)
