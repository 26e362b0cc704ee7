"""What a quick clustering without any control of error makes of the public incidents, and how its pairs count.

The bar of `known_campaigns` rests on such a trial: words, fields and nearness in time, 48 groups, pair precision .88.
Which count of pairs that was is not stated. Here a clustering of the same make is counted in every way.
`python -m benchmarks.known_trial` prints the figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from benchmarks.known_groupings import (
    LEAST,
    Truth,
    holder_of,
    linked_rows,
    official_of,
    pairs_of,
    precisions,
    read_truth,
)
from verband.methods.connecting import Incident
from verband.methods.connecting.text import read

Floats = NDArray[np.float64]

GROUPS = 48
FIELDS, NEARNESS = 0.5, 0.25
"""Weights beside the cosine of words, which counts whole."""
SCALE_DAYS = 60.0


def clustered(
    incidents: Sequence[Incident], *, fields: float = FIELDS, nearness: float = NEARNESS
) -> list[frozenset[str]]:
    """The groups of three or more, by key, at the first cut from below that leaves GROUPS of them or most."""
    alike = _words(incidents) + fields * _fields(incidents) + nearness * _nearness(incidents)
    distance = float(alike.max()) - alike
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), "average")
    heights = np.unique(tree[:, 2])
    cuts = [_cut(tree, (low + high) / 2) for low, high in pairwise(heights.tolist())]
    many = [len(cut) for cut in cuts]
    first = many.index(GROUPS) if GROUPS in many else many.index(max(many))
    return [frozenset(incidents[place].key for place in group) for group in cuts[first]]


def figures(incidents: Sequence[Incident], truth: Truth, groups: Sequence[frozenset[str]]) -> dict[str, float | int]:
    """How many official groupings come back, and pair precision by every count."""
    official = official_of([row.key for row in incidents], truth)
    recovered = sum(holder_of(rows, groups) is not None for rows in official.values())
    return {"groups": len(groups), "recovered": recovered, **precisions(pairs_of(groups, truth))}


def _cut(tree: Any, height: float) -> list[list[int]]:
    named = fcluster(tree, height, "distance").tolist()
    large = {name for name, many in Counter(named).items() if many >= LEAST}
    return [[place for place, own in enumerate(named) if own == name] for name in sorted(large)]


def _words(incidents: Sequence[Incident]) -> Floats:
    weights = read([row.text for row in incidents]).weights
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    unit = weights.multiply(np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)[:, None]).tocsr()
    return np.asarray((unit @ unit.T).toarray(), dtype=np.float64)


def _fields(incidents: Sequence[Incident]) -> Floats:
    """Values in common as a share of all that either states."""
    wanted = ("country", "place", "means", "target", "sector")
    held = [
        {("domain", row.domain), *((item.feature, item.value) for item in row.evidence if item.feature in wanted)}
        for row in incidents
    ]
    return np.array([[len(one & other) / len(one | other) for other in held] for one in held])


def _nearness(incidents: Sequence[Incident]) -> Floats:
    middle = np.array(
        [np.nan if row.start is None or row.end is None else (row.start + row.end) / 2 for row in incidents]
    )
    return np.asarray(np.nan_to_num(np.exp(-np.abs(middle[:, None] - middle[None, :]) / SCALE_DAYS)))


if __name__ == "__main__":
    known, rows = read_truth(), linked_rows()
    for fields, nearness in ((FIELDS, NEARNESS), (2 * FIELDS, 2 * NEARNESS)):
        print(f"fields {fields}, nearness {nearness}:")
        for name, value in figures(rows, known, clustered(rows, fields=fields, nearness=nearness)).items():
            print(f"  {name} {value}")
