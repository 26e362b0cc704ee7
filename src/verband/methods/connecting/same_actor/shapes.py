"""Additive boosting: a score that is a sum of one shape function per feature.

Each round gives every feature in turn one small step: its best single cut by Newton's gain on the logistic loss, of
those that step in the feature's own direction. So every score falls apart exactly into its features, no shape turns
back, what is missing adds nothing, and learning the same twice gives the same bits.
Source: Lou, Caruana and Gehrke 2012 (boosted shape functions, features in turn); gain of a cut: Chen and Guestrin 2016.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .table import Flags, Floats, Ints


@dataclass(frozen=True)
class Shapes:
    """For each feature the inner edges of its bins, and what each bin adds in natural log odds; the last bin is for
    pairs of which the feature says nothing, and adds 0.
    """

    cuts: tuple[Floats, ...]
    adds: tuple[Floats, ...]


@dataclass(frozen=True)
class Steps:
    """How shapes are learned.

    `rounds`: steps per feature. `rate`: the share of each step that is taken. `bins`: at most so many per feature.
    `least`: the curvature of the loss that each side of a cut must hold. `shrinkage`: what is added to it in a step.
    """

    rounds: int = 20
    rate: float = 0.1
    bins: int = 24
    least: float = 5.0
    shrinkage: float = 5.0


def learn(values: Floats, same: Flags, weight: Floats, steps: Steps, *, rises: Ints) -> Shapes:
    """The shapes of the features (columns of `values`) for pairs with these labels and weights; odds start even.

    `rises`: for each feature 1 for a shape that never falls, -1 for one that never rises.
    """
    cuts = tuple(_cuts(column, bins=steps.bins) for column in values.T)
    bins = _binned(values, cuts)
    adds = tuple(np.zeros(len(cut) + 2) for cut in cuts)
    target = same.astype(np.float64)
    odds = np.zeros(len(target))
    for _ in range(steps.rounds):
        for add, place, way in zip(adds, bins, rises.tolist(), strict=True):
            chance = 1 / (1 + np.exp(-odds))
            slope: Floats = np.bincount(place, weight * (target - chance), minlength=len(add)).astype(np.float64)
            bend: Floats = np.bincount(place, weight * chance * (1 - chance), minlength=len(add)).astype(np.float64)
            step = np.append(_step(slope[:-1], bend[:-1], steps, way), 0.0)
            add += step
            odds += step[place]
    return Shapes(cuts, adds)


def contributions(shapes: Shapes, values: Floats) -> Floats:
    """What each feature adds to each pair, pairs by features, in natural log odds."""
    bins = _binned(values, shapes.cuts)
    return np.column_stack([add[place] for add, place in zip(shapes.adds, bins, strict=True)])


def _cuts(values: Floats, *, bins: int) -> Floats:
    """Inner edges: between all values where there are few, else of bins that hold about equally many."""
    values = values[~np.isnan(values)]
    different = np.unique(values)
    if len(different) <= bins:
        return different[1:]
    return np.unique(np.quantile(values, np.linspace(0, 1, bins + 1)[1:-1], method="lower"))


def _binned(values: Floats, cuts: tuple[Floats, ...]) -> tuple[Ints, ...]:
    columns = zip(values.T, cuts, strict=True)
    return tuple(
        np.where(np.isnan(column), len(cut) + 1, np.searchsorted(cut, column, side="right")).astype(np.int64)
        for column, cut in columns
    )


def _step(slope: Floats, bend: Floats, steps: Steps, way: int) -> Floats:
    """What the best cut that steps this way adds to each bin, the first of equally good ones; zeros where no cut does
    and leaves enough on both sides.
    """
    low, low_bend = np.cumsum(slope)[:-1], np.cumsum(bend)[:-1]
    high, high_bend = slope.sum() - low, bend.sum() - low_bend
    below, above = low / (low_bend + steps.shrinkage), high / (high_bend + steps.shrinkage)
    allowed = (np.minimum(low_bend, high_bend) >= steps.least) & ((above - below) * way >= 0)
    if not allowed.any():
        return np.zeros(len(slope))
    best = int(np.argmax(np.where(allowed, low * below + high * above, -1.0)))
    step = np.full(len(slope), above[best])
    step[: best + 1] = below[best]
    return np.asarray(steps.rate * step)
