"""The distribution of a weighted total of classes: exact by convolution, and with all criteria moving together."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np

from verband.methods.weighing.masses import Floats

#: Weights that are fractions with denominators up to this are scaled to whole numbers, without rounding.
_DENOMINATOR = 10_000
#: Up to this many units the lattice is held whole; above it only the points that can occur.
_DENSE = 1 << 20
#: Up to this many points that can occur the total is exact; above it sums are rounded to a grid.
_POINTS = 1 << 16
#: Points of the grid, equally far apart in powers of ten.
_GRID = 1 << 15
#: What a probability may be off by adding up. It is no sum of tenths, hundredths and so on: shares are given in these,
#: and one that lies just at the limit would be over or under it by the order of adding up alone.
_SLACK = math.pi * 1e-10


@dataclass(frozen=True, eq=False)
class Total:
    """The distribution of a weighted total, on 0 (nothing applies) to 1 (the gravest class everywhere).

    `values` rise and `pmf` sums to 1. `rounding` is the most that any value can be off, as a share of itself: 0 where
    the distribution is exact.
    """

    values: Floats
    pmf: Floats
    rounding: float = 0.0

    @cached_property
    def _cdf(self) -> Floats:
        return np.cumsum(self.pmf)

    def mean(self) -> float:
        """The expected total."""
        return float(self.values @ self.pmf)

    def quantile(self, q: float) -> float:
        """The smallest value that holds at least a share `q` (0-1) at or below it."""
        at = int(np.searchsorted(self._cdf, q - _SLACK))
        return float(self.values[min(at, len(self.values) - 1)])

    def cdf(self, value: float) -> float:
        """The share at or below a value."""
        at = int(np.searchsorted(self.values, value * (1 + 1e-12), side="right"))
        return float(min(1.0, self._cdf[at - 1])) if at else 0.0


def total(masses: Mapping[str, Floats], weights: Mapping[str, float], *, base: int) -> Total:
    """The exact distribution of the weighted total, the criteria taken as independent given the masses.

    `masses` by rank (0 = not applicable) and `weights` have the same keys. Whole and rational weights put the total on
    a lattice of whole numbers, and the distribution follows by convolution over it without rounding. Where the lattice
    is longer than 1,048,576 and more than 65,536 different totals can occur, or the weights are no handy fractions,
    partial sums are rounded to a grid of 32,768 points, equally far apart in powers of ten, and `rounding` states the
    bound. The grid depends on weights and base alone and rounding keeps order: a higher score never lowers the total.
    """
    keys = sorted(key for key, weight in weights.items() if weight > 0)
    size = len(next(iter(masses.values())))
    steps = class_values(size, base)
    whole = _whole(tuple(weights[key] for key in keys))
    parts = [masses[key] for key in keys]
    if whole and sum(whole) * int(steps[-1]) <= _DENSE:
        values, pmf = _dense(parts, whole, steps)
        return Total(values / (sum(whole) * float(steps[-1])), pmf)
    if whole and _few(whole, base, size):
        values, pmf = _sparse(parts, whole, steps)
        return Total(values / (sum(whole) * float(steps[-1])), pmf)
    return _on_a_grid(parts, [weights[key] for key in keys], steps)


def together(masses: Mapping[str, Floats], weights: Mapping[str, float], *, base: int) -> Total:
    """The same margins with all criteria moving together: the widest that dependence can make the total (comonotone).

    Its quantile is the weighted sum of the criteria's quantiles. The mean is that of `total`; the tails are bounds.
    Source: Dhaene et al. 2002, The concept of comonotonicity in actuarial science and finance: theory.
    """
    keys = sorted(key for key, weight in weights.items() if weight > 0)
    steps = class_values(len(next(iter(masses.values()))), base)
    cdfs = [np.cumsum(masses[key]) for key in keys]
    knots = np.unique(np.round(np.concatenate([[0.0, 1.0], *cdfs]), 12))
    knots = knots[knots <= 1.0]
    middles, widths = (knots[1:] + knots[:-1]) / 2, np.diff(knots)
    sums = np.zeros(len(middles))
    for key, cdf in zip(keys, cdfs, strict=True):
        ranks = np.minimum(np.searchsorted(cdf, middles), len(steps) - 1)
        sums += weights[key] * steps[ranks]
    values, places = np.unique(sums, return_inverse=True)
    scale = math.fsum(weights[key] for key in keys) * float(steps[-1])
    return Total(values / scale, np.bincount(places, widths) / widths.sum())


def class_values(size: int, base: int) -> Floats:
    """What each rank counts: 0, 1, base, base squared ..., `size` of them."""
    return np.array([0.0, *(float(base**rank) for rank in range(size - 1))])


@lru_cache(maxsize=64)
def _whole(weights: tuple[float, ...]) -> tuple[int, ...]:
    """Whole numbers in the same proportions; empty where there are none of a handy size."""
    fractions = [Fraction(weight).limit_denominator(_DENOMINATOR) for weight in weights]
    exact = all(abs(float(part) - weight) <= 1e-12 * weight for part, weight in zip(fractions, weights, strict=True))
    common = math.lcm(*(part.denominator for part in fractions))
    if not exact or common > _DENOMINATOR**2:
        return ()
    scaled = [int(part * common) for part in fractions]
    divisor = math.gcd(*scaled)
    return tuple(part // divisor for part in scaled)


def _dense(parts: Sequence[Floats], weights: Sequence[int], steps: Floats) -> tuple[Floats, Floats]:
    pmf, top = np.ones(1), 0
    for mass, weight in zip(parts, weights, strict=True):
        last = weight * int(steps[-1])
        wider = np.zeros(top + last + 1)
        for share, step in zip(mass, steps, strict=True):
            if share:
                at = weight * int(step)
                wider[at : at + top + 1] += share * pmf
        pmf, top = wider, top + last
    found = np.flatnonzero(pmf)
    return found.astype(np.float64), pmf[found]


def _sparse(parts: Sequence[Floats], weights: Sequence[int], steps: Floats) -> tuple[Floats, Floats]:
    points: Floats = np.zeros(1)
    pmf: Floats = np.ones(1)
    for mass, weight in zip(parts, weights, strict=True):
        there = np.flatnonzero(mass)
        sums = np.add.outer(points, weight * steps[there]).ravel()
        points, places = np.unique(sums, return_inverse=True)
        shares = np.multiply.outer(pmf, mass[there]).ravel()
        pmf = np.asarray(np.bincount(places, shares, minlength=len(points)), dtype=np.float64)
    return points, pmf


@lru_cache(maxsize=64)
def _few(weights: tuple[int, ...], base: int, size: int) -> bool:
    """Whether few enough different totals can occur, whatever the scores are. (Whole numbers up to 2**53 are exact.)"""
    steps = class_values(size, base)
    if sum(weights) * steps[-1] >= 2.0**53:
        return False
    points = np.zeros(1)
    for weight in weights:
        points = np.unique(np.add.outer(points, weight * steps).ravel())
        if len(points) > _POINTS:
            return False
    return True


def _on_a_grid(parts: Sequence[Floats], weights: Sequence[float], steps: Floats) -> Total:
    shares = np.asarray(weights, dtype=np.float64) / math.fsum(weights)
    least = float(shares.min() / steps[-1])
    step = -math.log(least) / (_GRID - 1)
    grid = np.concatenate([[0.0], np.exp(math.log(least) + step * np.arange(_GRID))])
    pmf = np.zeros(_GRID + 1)
    pmf[0] = 1.0
    for mass, share in zip(parts, shares, strict=True):
        wider = np.zeros(_GRID + 1)
        there = np.flatnonzero(pmf)
        for part, value in zip(mass, share * steps / steps[-1], strict=True):
            if part:
                places = _nearest(grid[there] + value, least, step)
                wider += part * np.bincount(places, pmf[there], minlength=_GRID + 1)
        pmf = wider
    found = np.flatnonzero(pmf)
    return Total(grid[found], pmf[found], rounding=math.expm1(len(parts) * step / 2))


def _nearest(values: Floats, least: float, step: float) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    with np.errstate(divide="ignore"):
        places = np.rint((np.log(values) - math.log(least)) / step) + 1
    return np.where(values > 0, np.clip(places, 1, _GRID), 0).astype(np.int64)
