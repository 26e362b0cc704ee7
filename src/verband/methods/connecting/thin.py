"""Collections with few reports for their length: groups are made without dates, and the dates are their test.

Few reports cannot carry a search over stretches of time. So reports are grouped by how alike they are, words included,
never looking at a date, and each group is then asked how close the dates of its reports lie. Two kinds of shuffled
worlds answer how often groups are as close by chance: in one the groups stay and dates are shuffled, so that a habit of
the collection proves nothing; in the other what goes together is dealt anew within a time, so that a season proves
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log10

import numpy as np
from numpy.typing import NDArray

from .alike import Alike, alike
from .branches import Branch, branches
from .dealt import dealt, hands
from .model import Incident, Parameters
from .pairs import time_bans
from .reports import Flags, Reports
from .times import Clock, busy
from .voices import Voices
from .worlds import Shuffler

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Twins = Collection[tuple[int, int]]

WINDOW_DAYS = 60.0
ENOUGH = 1.0
"""Reports of one domain in a window of time, from which a search over stretches of time has something to hold on to."""
COMPANIONS = 16.0
"""Prior odds of a pair are COMPANIONS / n: a small collection was chosen, and much in it belongs together."""
APART_DAYS = 10.0
"""Distances in time are read as log(days + APART_DAYS): a day more or less is nothing, a year is."""
WORLDS = 999
CLOSEST = log10(WORLDS + 1.0)
"""The most that a group can reach: closer than in every shuffled world."""
PROPOSED_BANS = 1.0
"""What is no ten times likelier to be one campaign than not is not proposed, however close its dates lie."""
NOT_ENOUGH = -99.0
COPIES_ABOVE = -2.0
"""Log odds above which two members without a text count once: closeness in time is what is tested, and copies are
close."""


@dataclass(frozen=True)
class Tested:
    """Groups, closest first. `strength`: -log10 of the share of shuffled worlds in which a group's own dates lie at
    least this close. `bans`: what it weighs, values, words and dates. `dates`, `dealt`: strengths of the groups of each
    world of either kind.
    """

    members: Flags
    strength: Floats
    bans: Floats
    dates: list[Floats]
    dealt: list[Floats]
    likeness: Alike


def is_thin(reports: Reports, times: Clock) -> bool:
    """Whether a domain has fewer than ENOUGH reports in sixty days, on average over domains and the whole time."""
    dated = times.middle[~np.isnan(times.middle)]
    if len(dated) < 2:
        return True
    windows = max(1.0, float(np.ptp(dated)) / WINDOW_DAYS)
    return bool(len(dated) / len(np.unique(reports.domain)) / windows < ENOUGH)


def apart(groups: Sequence[Sequence[int]], incidents: Sequence[Incident], twins: Twins) -> list[list[int]]:
    """Groups of places that are one report each, without those that have texts of their own and are not `twins`.

    Values alone cannot tell a second act from a second report of the first; texts can. Each goes with the first of its
    group that it repeats. The order of the first of each is kept as far as the groups' is.
    """
    same = {frozenset(pair) for pair in twins}
    found = []
    for group in groups:
        heads: list[list[int]] = []
        for place in group:
            told = (
                head
                for head in heads
                if any(
                    frozenset((place, other)) in same
                    or not (incidents[place].text.strip() and incidents[other].text.strip())
                    for other in head
                )
            )
            head = next(told, None)
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


def tested(
    reports: Reports, times: Clock, texts: Sequence[str], parameters: Parameters, *, twins: Twins, reads_words: bool
) -> Tested:
    """The groups of the collection with the test of their dates; members that repeat another have no say in it.

    `twins`: pairs of places in the input that are proposed as one event; the second of a pair has no say.
    """
    likeness = alike(reports, texts if reads_words else None)
    if not likeness.units:
        none = np.zeros(0)
        return Tested(np.zeros((reports.count, 0), dtype=np.bool_), none, none, [], [], likeness)
    prior = log10(max(reports.count, COMPANIONS) / COMPANIONS)
    sizes = {"prior": prior, "least": parameters.smallest, "most": parameters.largest}
    voices = _Speaking(reports, times, texts, twins)
    weight = likeness.bans
    found = branches(weight, **sizes, speaking=voices)  # type: ignore[arg-type]
    slots = _slots(reports, times, parameters)
    weighed = [_bans(branch, branch.speaking, times, slots, parameters) for branch in found]
    stands = [
        _kept(_closeness(times.middle[slots[:, branch.speaking]]), bans)
        for branch, bans in zip(found, weighed, strict=True)
    ]
    order = np.argsort(-np.round([own[0] for own in stands], 9), kind="stable").tolist()
    members = np.zeros((reports.count, len(found)), dtype=np.bool_)
    for place, number in enumerate(order):
        members[found[number].rows, place] = True
    among, units = hands(reports), {name: bans.astype(np.float32) for name, bans in likeness.units.items()}
    worlds = []
    for number in range(parameters.replicates if found else 0):
        world = dealt(units, among, np.random.default_rng([parameters.seed, 1, number]))
        groups = branches(world, **sizes)  # type: ignore[arg-type]
        close = np.array([_closest(times.middle[slots[:, branch.rows]]) for branch in groups])
        weights = [_bans(branch, branch.rows, times, slots[:1], parameters)[0] for branch in groups]
        worlds.append(_kept(close, np.array(weights)))
    every = np.stack(stands)[order] if found else np.zeros((0, len(slots)))
    own = np.array([weighed[number][0] for number in order])
    return Tested(members, every[:, 0], own, list(every[:, 1:].T), worlds, likeness)


class _Speaking:
    """Who of a group repeats no other: by texts where there are texts, by values and days where there are none."""

    def __init__(self, reports: Reports, times: Clock, texts: Sequence[str], twins: Twins) -> None:
        self._count, self._times = reports.count, times
        self._told = np.array([bool(text) for text in texts], dtype=np.bool_)
        self._voices = Voices(reports, above=COPIES_ABOVE)
        self._silent = _second_of(reports, twins)

    def __call__(self, rows: Ints) -> Ints:
        flags = np.zeros((self._count, 1), dtype=np.bool_)
        flags[rows, 0] = True
        heard = self._told if self._told[rows].all() else self._told | self._voices.of(flags, self._times)[:, 0]
        own = [row for row in rows.tolist() if heard[row] and self._silent.get(row, frozenset()).isdisjoint(rows)]
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


def _slots(reports: Reports, times: Clock, parameters: Parameters) -> Ints:
    """Whose date each report has, in the real world, first, and in each shuffled one; worlds by reports."""
    shuffler = Shuffler(reports, times, busy(reports, times))
    shuffled = (shuffler.slots(np.random.default_rng([parameters.seed, number])) for number in range(WORLDS))
    return np.stack([np.arange(reports.count), *shuffled])


def _closeness(dates: Floats) -> Floats:
    """For each world (row): -log10 of the share of worlds in which these reports lie at least as close as in it."""
    near = _near(dates)
    rank = np.searchsorted(np.sort(near), near + 1e-9, side="right")
    return np.asarray(-np.log10(rank / len(near)), dtype=np.float64)


def _closest(dates: Floats) -> float:
    """`_closeness` in the first world."""
    near = _near(dates)
    return -log10(float((near <= near[0] + 1e-9).mean()))


def _near(dates: Floats) -> Floats:
    """For each world the mean distance in time of two of these reports, as log(days + APART_DAYS).

    Undated reports have no say; who is undated is so in every world. Fewer than two dated ones are equally far.
    """
    dates = dates[:, ~np.isnan(dates[0])]
    if dates.shape[1] < 2:
        return np.zeros(len(dates))
    left, right = np.triu_indices(dates.shape[1], 1)
    return np.asarray(np.log(np.abs(dates[:, left] - dates[:, right]) + APART_DAYS).mean(axis=1), dtype=np.float64)


def _bans(branch: Branch, rows: Ints, times: Clock, slots: Ints, parameters: Parameters) -> Floats:
    """What the group weighs with the dates it has in each world: as many links as hold it together, each of the mean of
    its pairs. `rows`: who has a say.
    """
    left, right = np.triu_indices(len(rows), 1)
    a, b = slots[:, rows[left]].ravel(), slots[:, rows[right]].ravel()
    near = time_bans(times, a, b, spans_days=parameters.spans_days).reshape(len(slots), len(left))
    return np.asarray(branch.bans + near.mean(axis=1) * (len(rows) - 1), dtype=np.float64)


def _kept(strength: Floats, bans: Floats) -> Floats:
    """The strengths, without those of groups that weigh too little to be proposed: here and in every world."""
    return np.where(bans >= PROPOSED_BANS, strength, NOT_ENOUGH)
