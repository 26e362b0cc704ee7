"""Proposed campaigns that look alike: perhaps waves of one.

Waves of one campaign lie far apart in time and differ in what they aim at, so that no test of dates joins them. What is
shown is how much their reports are alike across, dates left out: a hint for a person who may merge them. A lasting
habit is as much alike, so nothing here is proposed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import log10

import numpy as np
from numpy.typing import NDArray

from .alike import Alike
from .members import in_all
from .model import Incident, Kin, LinkEvidence, Parameters
from .pairs import SAME_SOURCE, match_bans, mismatch_bans
from .reports import Reports

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

LEAST_BANS = log10(2.0)
"""Campaigns whose mean pair is less than twice as likely in one campaign are not named."""
SHOWN = 12
"""Pairs of campaigns that are named."""


def kin(
    incidents: Sequence[Incident],
    reports: Reports,
    campaigns: Flags,
    parameters: Parameters,
    *,
    likeness: Alike | None,
) -> tuple[Kin, ...]:
    """Pairs of campaigns whose reports speak for one on average, by LEAST_BANS, most alike first, at most SHOWN.

    `campaigns`: campaigns by reports. `likeness`: of a thin collection; without it values weigh as in `pairs`.
    """
    rows = [np.flatnonzero(one) for one in campaigns]
    if len(rows) < 2:
        return ()
    every = np.unique(np.concatenate(rows))
    weight = across(reports, every) if likeness is None else likeness.bans[np.ix_(every, every)]
    own = [np.searchsorted(every, one) for one in rows]
    found = [
        (round(float(weight[np.ix_(own[a], own[b])].mean()), 9), a, b) for a, b in combinations(range(len(own)), 2)
    ]
    first = sorted((pair for pair in found if pair[0] >= LEAST_BANS), key=lambda pair: (-pair[0], pair[1], pair[2]))[
        :SHOWN
    ]
    return tuple(
        Kin(a, b, bans, _in_both(incidents, reports, rows[a], rows[b], parameters, likeness=likeness))
        for bans, a, b in first
    )


def across(reports: Reports, rows: Ints) -> Floats:
    """Bans of each pair of these reports for what they state, no date read; of a block the best shared value counts."""
    match, lost = match_bans(reports), mismatch_bans(reports)
    carries = reports.carries[rows].tocsc()
    total = np.zeros((len(rows), len(rows)))
    for number, block in enumerate(reports.blocks):
        best = np.zeros_like(total)
        for column in range(block.start, block.stop):
            own = carries.indices[carries.indptr[column] : carries.indptr[column + 1]]
            if len(own) > 1:
                best[np.ix_(own, own)] = np.maximum(best[np.ix_(own, own)], match[column])
        stated = reports.stated[number][rows]
        total += np.where(best > 0, best, np.where(stated[:, None] & stated[None, :], lost[number], 0.0))
    same = [[not reports.sources[a].isdisjoint(reports.sources[b]) for b in rows.tolist()] for a in rows.tolist()]
    return np.where(same, total * SAME_SOURCE, total)


def _in_both(
    incidents: Sequence[Incident],
    reports: Reports,
    first: Ints,
    second: Ints,
    parameters: Parameters,
    *,
    likeness: Alike | None,
) -> tuple[LinkEvidence, ...]:
    """What reports of both campaigns have, the weightiest first."""
    mine, other = (
        {item.record for row in rows.tolist() for place in reports.members[row] for item in incidents[place].evidence}
        for rows in (first, second)
    )
    both = sorted([*first.tolist(), *second.tolist()])
    found = in_all(incidents, reports, both, parameters, likeness=likeness)
    return tuple(item for item in found if not mine.isdisjoint(item.records) and not other.isdisjoint(item.records))
