"""Additive boosting: a score that is a sum of one shape function per feature and per named pair of features.

Each round gives every term one small step: the best single cut of its feature (of two features: the best crossing of
two cuts) by Newton's gain on the logistic loss. So every score falls apart exactly into its terms.
Source: Lou, Caruana, Gehrke and Hooker 2013 (generalised additive models with pairwise interactions); gain of a cut:
Chen and Guestrin 2016.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .table import Floats, Ints


@dataclass(frozen=True)
class Shapes:
    """`cuts`: the inner edges of each feature's bins. `terms`: the features of each term, one or two. `tables`: what
    each bin, or crossing of two bins, adds, in natural log odds and with a mean of 0 over what was learned from.
    `base`: the log odds to start from.
    """

    cuts: tuple[Floats, ...]
    terms: tuple[tuple[int, ...], ...]
    tables: tuple[Floats, ...]
    base: float


@dataclass(frozen=True)
class Steps:
    """How to learn: rounds, the share of each step that is taken, bins per feature, the least weight of a side of a
    cut, and the shrinkage of steps.
    """

    rounds: int
    rate: float
    bins: int
    least: float
    shrinkage: float


def cut_points(values: Floats, *, bins: int) -> Floats:
    """Inner edges of at most so many bins that hold about equally many values."""
    edges = np.quantile(values, np.linspace(0, 1, bins + 1)[1:-1], method="lower")
    return np.unique(np.concatenate([edges, np.unique(values)[1:] if len(np.unique(values)) <= bins else []]))


def binned(values: Floats, cuts: tuple[Floats, ...]) -> tuple[Ints, ...]:
    """The bin of every value, one array per feature."""
    return tuple(np.searchsorted(cut, values[:, f], side="right").astype(np.int64) for f, cut in enumerate(cuts))


def learn(
    values: Floats, same: NDArray[np.bool_], weight: Floats, *, crossed: tuple[tuple[int, int], ...], steps: Steps
) -> Shapes:
    """The shapes learned from pairs with these feature values, labels and weights."""
    cuts = tuple(cut_points(values[:, f], bins=steps.bins) for f in range(values.shape[1]))
    terms: tuple[tuple[int, ...], ...] = (*((f,) for f in range(values.shape[1])), *crossed)
    cells = _cells(binned(values, cuts), cuts, terms)
    tables = [np.zeros([len(cuts[f]) + 1 for f in term]) for term in terms]
    target = same.astype(np.float64)
    base = float(np.log((weight @ target) / (weight @ (1 - target))))
    odds = np.full(len(target), base)
    for _ in range(steps.rounds):
        for number, cell in enumerate(cells):
            chance = 1 / (1 + np.exp(-odds))
            size = tables[number].size
            slope = np.bincount(cell, weight * (target - chance), minlength=size).reshape(tables[number].shape)
            bend = np.bincount(cell, weight * chance * (1 - chance), minlength=size).reshape(tables[number].shape)
            step = steps.rate * _step(slope, bend, steps)
            tables[number] += step
            odds += step.ravel()[cell]
    means = [
        float(weight @ table.ravel()[cell] / weight.sum()) for table, cell in zip(tables, cells, strict=True)
    ]
    centred = tuple(table - mean for table, mean in zip(tables, means, strict=True))
    return Shapes(cuts, terms, centred, base + sum(means))


def contributions(shapes: Shapes, values: Floats) -> Floats:
    """What each term adds to each pair, pairs by terms, in natural log odds."""
    cells = _cells(binned(values, shapes.cuts), shapes.cuts, shapes.terms)
    return np.column_stack([table.ravel()[cell] for table, cell in zip(shapes.tables, cells, strict=True)])


def _cells(bins: tuple[Ints, ...], cuts: tuple[Floats, ...], terms: tuple[tuple[int, ...], ...]) -> list[Ints]:
    return [bins[t[0]] if len(t) == 1 else bins[t[0]] * (len(cuts[t[1]]) + 1) + bins[t[1]] for t in terms]


def _step(slope: Floats, bend: Floats, steps: Steps) -> Floats:
    """The step of the best cut, or of the best crossing of two cuts; zeros where no side may be so light."""
    if slope.ndim == 1:
        slope, bend = slope[:, None], bend[:, None]
        return _best(slope, bend, steps)[:, 0]
    return _best(slope, bend, steps)


def _best(slope: Floats, bend: Floats, steps: Steps) -> Floats:
    g, h = (np.cumsum(np.cumsum(part, axis=0), axis=1) for part in (slope, bend))
    rows = slice(0, -1)
    columns = slice(0, -1) if slope.shape[1] > 1 else slice(0, 1)
    sides = []
    for whole in (g, h):
        corner = whole[rows, columns]
        above, left, total = whole[rows, -1:], whole[-1:, columns], whole[-1, -1]
        sides.append((corner, above - corner, left - corner, total - above - left + corner))
    quarters = [(a, b) for a, b in zip(*sides, strict=True)]
    if slope.shape[1] == 1:
        quarters = [quarters[0], quarters[2]]
    gain = sum(a * a / (b + steps.shrinkage) for a, b in quarters)
    allowed = np.min([b for _, b in quarters], axis=0) >= steps.least
    if not gain.size or not allowed.any():
        return np.zeros_like(slope)
    row, column = np.unravel_index(int(np.argmax(np.where(allowed, gain, -1.0))), gain.shape)
    moves = [float(a[row, column] / (b[row, column] + steps.shrinkage)) for a, b in quarters]
    out = np.empty_like(slope)
    if slope.shape[1] == 1:
        out[: row + 1], out[row + 1 :] = moves[0], moves[1]
        return out
    out[: row + 1, : column + 1], out[: row + 1, column + 1 :] = moves[0], moves[1]
    out[row + 1 :, : column + 1], out[row + 1 :, column + 1 :] = moves[2], moves[3]
    return out
