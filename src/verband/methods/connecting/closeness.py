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
WORLDS = 4_999
"""So many that a group near the bar does not come and go with the seed."""
CLOSEST = log10(WORLDS + 1.0)
"""The most that a group can reach: closer than in every shuffled world."""


class Dates:
    """The dates of the reports, as they are and in WORLDS shuffled worlds, and what they say of a group."""

    def __init__(self, reports: Reports, times: Clock, parameters: Parameters) -> None:
        shuffler = Shuffler(reports, times, busy(reports, times))
        shuffled = (shuffler.slots(np.random.default_rng([parameters.seed, number])) for number in range(WORLDS))
        self._slots: Ints = np.stack([np.arange(reports.count), *shuffled])
        self._when = np.ascontiguousarray(times.middle[self._slots].T)
        left, right = np.triu_indices(reports.count, 1)
        self._near = np.zeros((reports.count, reports.count))
        self._near[left, right] = time_bans(times, left, right, spans_days=parameters.spans_days)
        self._near += self._near.T

    def closeness(self, rows: Ints) -> Floats:
        """For each world, the real one first: -log10 of the share of worlds in which these reports lie at least as
        close as in it.
        """
        near = distance(self._when[rows])
        rank = np.searchsorted(np.sort(near), near + 1e-9, side="right")
        return np.asarray(-np.log10(rank / len(near)), dtype=np.float64)

    def closest(self, rows: Ints) -> float:
        """The same for the real world alone."""
        near = distance(self._when[rows])
        return -log10(float((near <= near[0] + 1e-9).mean()))

    def here(self, rows: Ints) -> float:
        """What the dates of these reports weigh in the real world: as many links as hold the group together, each with
        the mean nearness of its pairs.
        """
        return float(self._near[np.ix_(rows, rows)].sum()) / len(rows)

    def bans(self, rows: Ints) -> Floats:
        """The same in each world, the real one first."""
        left, right = np.triu_indices(len(rows), 1)
        near = self._near[self._slots[:, rows[left]], self._slots[:, rows[right]]]
        return np.asarray(near.mean(axis=1) * (len(rows) - 1), dtype=np.float64)


def distance(dates: Floats) -> Floats:
    """For each world the mean distance in time of two of these reports, as log(days + APART_DAYS).

    `dates`: reports by worlds. Undated reports have no say; who is undated is so in every world. Fewer than two dated
    ones are equally far.
    """
    dates = dates[~np.isnan(dates[:, 0])]
    if len(dates) < 2:
        return np.zeros(dates.shape[1])
    left, right = np.triu_indices(len(dates), 1)
    return np.asarray(np.log(np.abs(dates[left] - dates[right]) + APART_DAYS).mean(axis=0), dtype=np.float64)
