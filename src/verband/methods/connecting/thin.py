"""Collections with few reports for their length: groups are made without dates, and the dates are their test.

Few reports cannot carry a search over stretches of time. So reports are grouped by how alike they are, words included,
never looking at a date, and each group is then asked how close the dates of its reports lie. Two kinds of shuffled
worlds answer how often groups are as close by chance: in one the groups stay and dates are shuffled, so that a habit of
the collection proves nothing; in the other what goes together is dealt anew within a time, so that a season proves
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

import numpy as np
from numpy.typing import NDArray

from .alike import Alike, alike
from .branches import Branch, branches, everyone
from .branches import Floats as Weights
from .branches import Speaking as Heard
from .closeness import Dates
from .dealt import dealt, hands
from .model import Incident, Parameters, SameEvent
from .reports import Reports, build, reads
from .speaking import Speaking, Twins, apart, texts_of
from .table import WORDING
from .times import Clock, clock

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

WINDOW_DAYS = 60.0
ENOUGH = 1.0
"""Reports of one domain in a window of time, from which a search over stretches of time has something to hold on to."""
COMPANIONS = 16.0
"""Prior odds of a pair are COMPANIONS / n: a small collection was chosen, and much in it belongs together."""
PROPOSED_BANS = 1.0
"""What is no ten times likelier to be one campaign than not is not proposed, however close its dates lie."""
NOT_ENOUGH = -99.0


def is_thin(reports: Reports, times: Clock) -> bool:
    """Whether a domain has fewer than ENOUGH reports in sixty days, on average over domains and the whole time."""
    dated = times.middle[~np.isnan(times.middle)]
    if len(dated) < 2:
        return True
    windows = max(1.0, float(np.ptp(dated)) / WINDOW_DAYS)
    return bool(len(dated) / len(np.unique(reports.domain)) / windows < ENOUGH)


class Thin:
    """A thin collection, ready to be grouped and tested. `texts`: of each report; None where words are not read."""

    def __init__(
        self, reports: Reports, times: Clock, texts: Sequence[str], parameters: Parameters, *, twins: Twins, words: bool
    ) -> None:
        self.reports, self.times, self.parameters = reports, times, parameters
        self.likeness: Alike = alike(reports, texts if words else None)
        self.prior = log10(max(reports.count, COMPANIONS) / COMPANIONS)
        self.speaking = Speaking(reports, times, texts, twins)
        self.dates = Dates(reports, times, parameters)

    def alike(self, rows: Ints) -> float:
        """Bans of the mean pair of these reports beyond the prior; below 0 they are rather not one group."""
        if len(rows) < 2 or not self.likeness.units:
            return 0.0
        pairs = self.likeness.bans[np.ix_(rows, rows)][np.triu_indices(len(rows), 1)]
        return float(pairs.mean()) - self.prior

    def weight(self, rows: Ints) -> float:
        """Bans of these reports as one group, with their dates; each of them speaks."""
        return self.alike(rows) * (len(rows) - 1) + self.dates.here(rows)

    def grouped(self, weight: Weights, *, speaking: Heard = everyone) -> list[Branch]:
        """The groups of a world, of which `weight` are the bans of each pair; n by n."""
        least, most = self.parameters.smallest, self.parameters.largest
        return branches(weight, prior=self.prior, least=least, most=most, speaking=speaking)


def thin_of(
    incidents: Sequence[Incident], groups: Sequence[Sequence[int]], twice: Sequence[SameEvent], parameters: Parameters
) -> Thin:
    """The incidents as a thin collection; `groups`: places that their values make one report, `twice`: told twice."""
    twins = [(pair.a, pair.b) for pair in twice]
    reports = build(incidents, parameters, apart(groups, incidents, twins))
    words = reads(parameters, WORDING)
    return Thin(reports, clock(reports), texts_of(reports, incidents), parameters, twins=twins, words=words)


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


def tested(thin: Thin) -> Tested:
    """The groups of the collection with the test of their dates; members that repeat another have no say in it."""
    count = thin.reports.count
    found = thin.grouped(thin.likeness.bans, speaking=thin.speaking) if thin.likeness.units else []
    if not found:
        return Tested(np.zeros((count, 0), dtype=np.bool_), np.zeros(0), np.zeros(0), [], [])
    bans = np.stack([branch.bans + thin.dates.bans(branch.speaking) for branch in found])
    stands = _kept(np.stack([thin.dates.closeness(branch.speaking) for branch in found]), bans)
    order = np.argsort(-np.round(stands[:, 0], 9), kind="stable")
    members = np.zeros((count, len(found)), dtype=np.bool_)
    for place, number in enumerate(order.tolist()):
        members[found[number].rows, place] = True
    return Tested(members, stands[order, 0], bans[order, 0], list(stands[order, 1:].T), _worlds(thin))


def _worlds(thin: Thin) -> list[Floats]:
    """The strengths of the groups of each world in which what goes together is dealt anew; dates stay."""
    units = {name: bans.astype(np.float32) for name, bans in thin.likeness.units.items()}
    among, worlds = hands(thin.reports), []
    for number in range(thin.parameters.replicates):
        found = thin.grouped(dealt(units, among, np.random.default_rng([thin.parameters.seed, 1, number])))
        heavy = [branch.rows for branch in found if branch.bans + thin.dates.here(branch.rows) >= PROPOSED_BANS]
        worlds.append(np.array([thin.dates.closest(rows) for rows in heavy]))
    return worlds


def _kept(strength: Floats, bans: Floats) -> Floats:
    """The strengths, without those of groups that weigh too little to be proposed: here and in every world."""
    return np.where(bans >= PROPOSED_BANS, strength, NOT_ENOUGH)
