"""What a given group reaches in a thin collection, and how many reports like its own could have stood.

The test is that of `thin`, asked of a group that somebody names: nothing is searched, so what a group reaches here is
the most that the method can see in it. It answers why a group was not proposed: too few separate reports, too unlike,
or dates no closer than chance has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

import numpy as np
from numpy.typing import NDArray

from .closeness import distance
from .duplicates import collapse
from .model import Incident, Parameters
from .reports import Reports, canonical_order
from .same_event import same_events
from .thin import Thin, thin_of

Ints = NDArray[np.int64]

DRAWS = 999


@dataclass(frozen=True)
class Reached:
    """What a group reaches.

    `reports`: separate ones, of these `dated` within three months. `alike`: bans of the mean pair beyond the prior;
    below 0 the reports are rather not one group. `bans`: with its dates. `strength`: how close its dates lie, -log10 of
    the share of shuffled worlds. `needed`: the fewest reports, as alike and as far apart in time, that reach the bar;
    None where up to `largest` do not, and where they are not alike.
    """

    reports: int
    dated: int
    alike: float
    bans: float
    strength: float
    needed: int | None


def reached(
    incidents: Sequence[Incident], parameters: Parameters, groups: Sequence[Sequence[int]], *, bar: float
) -> tuple[Reached, ...]:
    """What each of the groups (places in the input) reaches; `bar`: the strength that a run asks for (its notes)."""
    order = canonical_order(incidents, parameters)
    thin = thin_of(incidents, collapse(incidents, order, parameters), same_events(incidents), parameters)
    reports = thin.reports
    row_of = {place: row for row, places in enumerate(reports.members) for place in places}
    rows = [sorted({row_of[place] for place in group if place in row_of}) for group in groups]
    return tuple(_reached(thin, np.array(own, dtype=np.int64), bar) for own in rows)


def _reached(thin: Thin, rows: Ints, bar: float) -> Reached:
    own = thin.speaking(rows)
    dated = own[~np.isnan(thin.times.middle[own])]
    if len(own) < 2 or not thin.likeness.units:
        return Reached(len(own), len(dated), 0.0, 0.0, 0.0, None)
    alike, bans = thin.alike(own), thin.weight(own)
    strength = thin.dates.closest(own)
    needed = _needed(thin.reports, dated, bar, thin.parameters) if alike > 0 else None
    return Reached(len(own), len(dated), round(alike, 3), round(bans, 3), round(strength, 3), needed)


def _needed(reports: Reports, dated: Ints, bar: float, parameters: Parameters) -> int | None:
    """The fewest reports of which dates as far apart as these are as rare as the bar asks.

    As many dates are drawn from the strata of the group, in its own proportions; the seed is that of the run.
    """
    if len(dated) < 2:
        return None
    rng = np.random.default_rng([parameters.seed, 2])
    aim = float(distance(reports.middle[dated][:, None])[0])
    pools = [reports.middle[reports.stratum == reports.stratum[row]] for row in dated.tolist()]
    for size in range(parameters.smallest, parameters.largest + 1):
        which = rng.integers(0, len(pools), (size, DRAWS))
        drawn = np.zeros((size, DRAWS))
        for number, pool in enumerate(pools):
            here = which == number
            drawn[here] = rng.choice(pool, int(here.sum()))
        share = (1 + int((distance(drawn) <= aim + 1e-9).sum())) / (DRAWS + 1)
        if -log10(share) >= bar:
            return size
    return None
