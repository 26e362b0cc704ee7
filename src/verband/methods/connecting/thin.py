"""Collections with few reports for their length: groups are made without dates, and the dates are their test.

Few reports cannot carry a search over stretches of time. So reports are grouped by what they share, never looking at a
date, and each group is then asked whether its reports came together in time more than shuffled dates have it. However
strongly values go together in the collection, a group made of them passes no more often than its dates do by chance.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import log10

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from .groups import Groups
from .model import Parameters
from .pairs import sharing
from .reports import Reports
from .times import Clock, busy
from .voices import Voices
from .worlds import Shuffler

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WINDOW_DAYS = 60.0
ENOUGH = 1.0
"""Reports of one domain in a window of time, from which a search over stretches of time has something to hold on to."""
COMPANIONS = 16.0
"""Prior odds of a pair are COMPANIONS / n: a small collection was chosen, and much in it belongs together."""
FAR_BANS = -2.0
"""Bans of two reports that share nothing."""
APART_DAYS = 10.0
"""Distances in time are read as log(days + APART_DAYS): a day more or less is nothing, a year is."""
WORLDS = 999
COPIES_ABOVE = -2.0
"""Log odds above which two members count once: closeness in time is all that is tested here, and copies are close."""


@dataclass(frozen=True)
class Tested:
    """Groups, strongest first, and the strengths of the same groups in each shuffled world.

    Strength: -log10 of the share of worlds in which a group's own dates lie at least this close.
    """

    groups: Groups
    null: list[Floats]


def is_thin(reports: Reports, times: Clock) -> bool:
    """Whether a domain has fewer than ENOUGH reports in sixty days, on average over domains and the whole time."""
    dated = times.middle[~np.isnan(times.middle)]
    if len(dated) < 2:
        return True
    windows = max(1.0, float(np.ptp(dated)) / WINDOW_DAYS)
    return bool(len(dated) / len(np.unique(reports.domain)) / windows < ENOUGH)


def families(reports: Reports, parameters: Parameters) -> list[Ints]:
    """Groups by average linkage, which merge while their pairs are on average rather one campaign; no date is read."""
    n = reports.count
    if n < parameters.smallest:
        return []
    pairs = sharing(reports, least=0.0)
    weight = np.full((n, n), FAR_BANS)
    weight[pairs.a, pairs.b] = weight[pairs.b, pairs.a] = pairs.bans
    weight += log10(COMPANIONS / max(n, COMPANIONS))
    top = float(max(weight.max(), 0.0)) + 1.0
    distance = top - weight
    np.fill_diagonal(distance, 0.0)
    label = fcluster(linkage(squareform(distance, checks=False), "average"), top, "distance")
    members = [np.flatnonzero(label == name) for name in np.unique(label)]
    return [rows for rows in members if parameters.smallest <= len(rows) <= parameters.largest]


def tested(
    reports: Reports, times: Clock, parameters: Parameters, *, twins: Collection[tuple[int, int]] = ()
) -> Tested:
    """The families of the collection with the test of their dates; members that repeat another have no say in it.

    `twins`: pairs of places in the input that are proposed as one event; the second of a pair has no say.
    """
    silent = _second_of(reports, twins)
    found, speaking = [], []
    voices = Voices(reports, above=COPIES_ABOVE)
    for rows in families(reports, parameters):
        flags = np.zeros((reports.count, 1), dtype=np.bool_)
        flags[rows, 0] = True
        own = np.flatnonzero(voices.of(flags, times)[:, 0] & ~np.isnan(times.middle))
        own = np.array(
            [row for row in own if silent.get(int(row), frozenset()).isdisjoint(rows.tolist())], dtype=np.int64
        )
        if len(own) >= parameters.smallest:
            found.append(rows)
            speaking.append(own)
    if not found:
        return Tested(Groups(np.zeros((reports.count, 0), dtype=np.bool_), np.zeros(0), np.zeros(0)), [])
    worlds = _worlds(reports, times, parameters)
    strength = np.stack([_closeness(worlds[:, rows]) for rows in speaking])
    order = np.argsort(-np.round(strength[:, 0], 9), kind="stable")
    members = np.zeros((reports.count, len(found)), dtype=np.bool_)
    for place, number in enumerate(order):
        members[found[number], place] = True
    return Tested(Groups(members, strength[order, 0], strength[order, 0]), list(strength[:, 1:].T))


def _second_of(reports: Reports, twins: Collection[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """For each report the earlier reports that tell the same event."""
    report = {place: row for row, places in enumerate(reports.members) for place in places}
    found: dict[int, set[int]] = {}
    for a, b in twins:
        if a in report and b in report and report[a] != report[b]:
            first, second = sorted((report[a], report[b]))
            found.setdefault(second, set()).add(first)
    return {row: frozenset(firsts) for row, firsts in found.items()}


def _worlds(reports: Reports, times: Clock, parameters: Parameters) -> Floats:
    """The dates of the reports in the real world, first, and in each shuffled one."""
    shuffler = Shuffler(reports, times, busy(reports, times))
    shuffled = (shuffler.slots(np.random.default_rng([parameters.seed, number])) for number in range(WORLDS))
    return np.stack([times.middle, *(times.middle[slot] for slot in shuffled)])


def _closeness(dates: Floats) -> Floats:
    """For each world (row): -log10 of the share of worlds in which these reports lie at least as close as in it."""
    left, right = np.triu_indices(dates.shape[1], 1)
    apart = np.log(np.abs(dates[:, left] - dates[:, right]) + APART_DAYS).mean(axis=1)
    rank = np.searchsorted(np.sort(apart), apart + 1e-9, side="right")
    return np.asarray(-np.log10(rank / len(apart)), dtype=np.float64)
