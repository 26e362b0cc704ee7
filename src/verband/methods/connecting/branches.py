"""Groups as branches of a tree: reports joined by average linkage, and of the tree the branches that weigh most.

A branch of m reports weighs (m - 1) times what its pairs weigh on average beyond the prior: as many links as it takes
to hold it together. Branches are chosen so that together they weigh most and none lies within another, so each group
has the width that suits it and no one cut serves all. What average linkage took along, though the rest of the branch
speaks against it, leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.spatial.distance import squareform

Floats = NDArray[np.float64] | NDArray[np.float32]
Ints = NDArray[np.int64]
Speaking = Callable[[Ints], Ints]


@dataclass(frozen=True)
class Branch:
    """`rows`: reports, ascending. `speaking`: those that repeat no other. `bans`: what it weighs beyond the prior."""

    rows: Ints
    speaking: Ints
    bans: float


def everyone(rows: Ints) -> Ints:
    """All of them speak."""
    return rows


def branches(weight: Floats, *, prior: float, least: int, most: int, speaking: Speaking = everyone) -> list[Branch]:
    """The heaviest disjoint branches of `least` speaking to `most` reports.

    `weight`: bans of each pair, n by n, symmetric; `prior`: bans that a pair needs to be rather of one campaign than
    not. Two branches of which the pairs speak against each other on average are never joined, and a report whose mean
    pair in a branch is no better than the prior leaves it, the worst first, as long as `least` stay.
    """
    n = len(weight)
    if n < least:
        return []
    top = float(max(weight.max(), 0.0)) + 1.0
    distance = top - weight
    np.fill_diagonal(distance, 0.0)
    rows: list[list[int]] = [[row] for row in range(n)]
    total, best = [0.0] * n, [0.0] * n
    chosen: list[list[Branch]] = [[] for _ in range(n)]
    roots = set(range(n))
    for left, right, height, _ in linkage(squareform(distance, checks=False), "average").tolist():
        between = top - height
        if between < 0.0:
            break
        a, b = int(left), int(right)
        roots -= {a, b}
        roots.add(len(rows))
        joined = rows[a] + rows[b]
        total.append(total[a] + total[b] + between * len(rows[a]) * len(rows[b]))
        rows.append(joined)
        apart = best[a] + best[b]
        own = _weighed(joined, total[-1], prior, least, speaking) if least <= len(joined) <= most else None
        whole = own is not None and own.bans > apart + 1e-9
        best.append(own.bans if own is not None and whole else apart)
        chosen.append([own] if own is not None and whole else chosen[a] + chosen[b])
    found = (branch for root in sorted(roots) for branch in chosen[root])
    return [_fitting(branch, weight, prior, least, speaking) for branch in found]


def _weighed(rows: list[int], total: float, prior: float, least: int, speaking: Speaking) -> Branch | None:
    mean = total / (len(rows) * (len(rows) - 1) / 2)
    if mean <= prior:
        return None
    own = np.array(sorted(rows), dtype=np.int64)
    voices = speaking(own)
    return Branch(own, voices, (len(voices) - 1) * (mean - prior)) if len(voices) >= least else None


def _fitting(branch: Branch, weight: Floats, prior: float, least: int, speaking: Speaking) -> Branch:
    """The branch without those reports that the rest of it speaks against."""
    fit = branch
    while len(fit.rows) > least:
        own = weight[np.ix_(fit.rows, fit.rows)].astype(np.float64)
        np.fill_diagonal(own, 0.0)
        means = own.sum(axis=1) / (len(fit.rows) - 1)
        worst = int(means.argmin())
        if means[worst] > prior:
            break
        stay = np.arange(len(fit.rows)) != worst
        less = _weighed(fit.rows[stay].tolist(), float(own[np.ix_(stay, stay)].sum()) / 2, prior, least, speaking)
        if less is None:
            break
        fit = less
    return fit
