"""Learn from incidents whose initiators are known, score pairs of others; who the initiator is, is never read.

Names of initiators serve as labels alone: two incidents have one in common or not. Pairs of an actor with many
incidents weigh less, and an actor behind more than half of all same pairs teaches nothing, so that the score learns
what two incidents of one actor have in common, and not what one busy actor looks like. Pairs far apart in time teach
nothing either: they would teach the era.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from verband.language.errors import InputError

from .features import pair_features
from .shapes import Shapes, Steps, contributions, learn
from .table import Flags, Floats, Incidents, Ints, Pairs, all_pairs

VERSION = "3"
_EVIDENCE = 1000.0
"""The weight of all same pairs together, and of all others: the score is for even odds beforehand."""


@dataclass(frozen=True)
class Parameters:
    """`others`: how many pairs of different actors are drawn at most. `busy`: the power of an actor's number of pairs
    by which each of them weighs less, from 0 (every pair counts alike) to 1 (every actor counts alike). `crowd`: a name
    with more than this share of the same pairs is left out of learning, its incidents with it. `apart`: pairs with
    starts more days apart teach nothing.
    """

    seed: int = 0
    others: int = 40_000
    busy: float = 0.5
    crowd: float = 0.5
    apart: float = 730.0
    steps: Steps = field(default_factory=Steps)


@dataclass(frozen=True)
class Model:
    """What was learned: the features in order and their shapes; and from how many pairs."""

    features: tuple[str, ...]
    shapes: Shapes
    parameters: Parameters
    version: str
    same_pairs: int
    other_pairs: int


@dataclass(frozen=True)
class Scores:
    """`bans`: for each pair, log10 of the odds that one initiator stands behind both, were they even beforehand.

    `contributions`: pairs by features, in bans; the sum over the features is the score.
    """

    bans: Floats
    features: tuple[str, ...]
    contributions: Floats

    def explained(self, place: int) -> tuple[tuple[str, float], ...]:
        """What each feature adds to one pair's score, the largest first whether for or against; those of 0 left out."""
        adds = self.contributions[place]
        order = np.argsort(-np.abs(adds), kind="stable").tolist()
        return tuple((self.features[column], float(adds[column])) for column in order if adds[column])


def fit(
    incidents: Incidents, initiators: Sequence[frozenset[str]], places: Ints, *, parameters: Parameters | None = None
) -> Model:
    """What pairs of the incidents at these places teach. Of the others the values and words count, never a label.

    `initiators`: of each incident, names under which its initiator is known; incidents with none are left out. What
    the names are makes no difference.

    Raises InputError("same_actor.no_pairs") for fewer than two incidents with a name, and
    InputError("same_actor.one_class") where all pairs that may teach, or none, have one in common.
    """
    chosen = parameters or Parameters()
    named = np.array([place for place in places.tolist() if initiators[place]], dtype=np.int64)
    if len(named) < 2:
        raise InputError("same_actor.no_pairs", count=len(named))
    named = _without_crowd(initiators, named, chosen.crowd)
    pairs = all_pairs(named)
    near = ~(np.abs(incidents.start[pairs.first] - incidents.start[pairs.second]) > chosen.apart)
    same, weight = _labels(initiators, named, near, chosen.busy)
    pairs = Pairs(pairs.first[near], pairs.second[near])
    if same.all() or not same.any():
        raise InputError("same_actor.one_class", count=pairs.count)
    kept = _drawn(same, chosen)
    pairs, same, weight = Pairs(pairs.first[kept], pairs.second[kept]), same[kept], weight[kept]
    for side in (same, ~same):
        weight[side] *= _EVIDENCE / weight[side].sum()
    seen = pair_features(incidents, pairs)
    shapes = learn(seen.values, same, weight, chosen.steps, rises=seen.rises)
    return Model(seen.names, shapes, chosen, VERSION, int(same.sum()), int((~same).sum()))


def score(model: Model, incidents: Incidents, pairs: Pairs) -> Scores:
    """The score of each pair, in the order of the pairs, with what each feature adds to it.

    Raises InputError("same_actor.no_pairs") where there is none, and InputError("same_actor.columns") where the table
    has other columns than the one that was learned from.
    """
    if not pairs.count:
        raise InputError("same_actor.no_pairs", count=0)
    seen = pair_features(incidents, pairs)
    if seen.names != model.features:
        other = sorted(set(seen.names) ^ set(model.features))
        raise InputError("same_actor.columns", names=", ".join(other))
    adds = contributions(model.shapes, seen.values) / np.log(10)
    return Scores(adds.sum(axis=1), seen.names, adds)


def _without_crowd(initiators: Sequence[frozenset[str]], named: Ints, crowd: float) -> Ints:
    """These places without those of a name that has more than this share of the same pairs; all of them where no same
    pair would be left.
    """
    carried = _carried(initiators, named)
    together = np.zeros((len(named), len(named)), dtype=bool)
    for rows in carried.values():
        together[np.ix_(rows, rows)] = True
    most = crowd * np.triu(together, k=1).sum()
    busy = {row for rows in carried.values() if len(rows) * (len(rows) - 1) / 2 > most for row in rows}
    rest = np.array([row for row in range(len(named)) if row not in busy], dtype=np.int64)
    return named[rest] if np.triu(together[np.ix_(rest, rest)], k=1).any() else named


def _labels(initiators: Sequence[frozenset[str]], named: Ints, near: Flags, busy: float) -> tuple[Flags, Floats]:
    """For each near pair whether a name is shared, and its weight: by how many near pairs the busiest of the names has
    that they share.
    """
    upper = np.triu_indices(len(named), k=1)
    allowed = np.zeros((len(named), len(named)), dtype=bool)
    allowed[upper] = near
    together = np.zeros(allowed.shape)
    for rows in _carried(initiators, named).values():
        block = np.ix_(rows, rows)
        together[block] = np.maximum(together[block], allowed[block].sum())
    shared = together[upper][near]
    return shared > 0, np.where(shared > 0, np.maximum(shared, 1.0) ** -busy, 1.0)


def _carried(initiators: Sequence[frozenset[str]], named: Ints) -> dict[str, list[int]]:
    """For each name its rows in `named`."""
    carried: dict[str, list[int]] = {}
    for row, place in enumerate(named.tolist()):
        for name in initiators[place]:
            carried.setdefault(name, []).append(row)
    return carried


def _drawn(same: Flags, parameters: Parameters) -> Ints:
    """Places of all same pairs and of a seeded draw of the others, in the order of the pairs."""
    others = np.flatnonzero(~same)
    if len(others) > parameters.others:
        others = np.random.default_rng(parameters.seed).choice(others, parameters.others, replace=False)
    return np.sort(np.concatenate([np.flatnonzero(same), others]))
