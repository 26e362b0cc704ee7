"""Few shuffled worlds of a large collection: the tail of their groups' strengths as an exponential.

Above a threshold the strengths of all worlds' groups are pooled, and their excess over it is read as exponential. How
many groups at least so strong a world holds by chance then follows for strengths that no world reached. No tail
is read slower than one that falls from each of the strongest groups by a rate that is known to be slow enough (SURE).

Source: Pickands 1975 (excesses over a high threshold); Knijnenburg et al. 2009 (few permutations, modelled tail).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .chance import Spending

Floats = NDArray[np.float64]

COUNTS = (400, 250, 150, 100, 50, 25)
"""How many of the pooled groups, the strongest, may make the tail: the most that an exponential fits."""
LEAST = 25
"""Fewest excesses that a rate is read from."""
CAUTION = 1.645
"""Standard errors by which the rate is read slower: the tail is longer than fitted in one case of twenty."""

SURE = float(np.log(10.0)) / 2.0
"""Rate per ban that no tail is slower than: half of what Markov's inequality allows the likelihood ratio of dates."""


@dataclass(frozen=True)
class Tail:
    """`threshold` in bans; `rate` per ban, already slowed by CAUTION; `per_world`: groups above the threshold.

    `excesses`: how many the rate was read from, 0 where there are too few and no tail is known. `distance`: largest
    distance between their distribution and the fitted one (Kolmogorov-Smirnov); `allowed`: what it would exceed in one
    of twenty truly exponential tails (Lilliefors 1969: 1.06 / sqrt(n)).
    """

    threshold: float
    rate: float
    per_world: float
    excesses: int
    distance: float
    allowed: float
    pooled: Floats
    worlds: int

    def expected(self, strength: Floats) -> Floats:
        """How many groups at least this strong a shuffled world holds on average; infinite where no tail is known."""
        counted = len(self.pooled) - np.searchsorted(self.pooled, strength - 1e-9, side="left")
        if not self.excesses:
            return np.full(len(strength), np.inf)
        modelled = self._envelope(strength)
        if self.distance <= self.allowed:
            fitted = self.per_world * np.exp(-self.rate * np.maximum(strength - self.threshold, 0.0))
            modelled = np.minimum(modelled, fitted)
        seen = counted / max(1, self.worlds)
        return np.where(strength > self.threshold, np.maximum(modelled, np.where(counted > 0, seen, 0.0)), seen)

    def reached(self, expected: float) -> float:
        """The strength at which a shuffled world holds so few groups on average."""
        strongest, often = self._strongest()
        slow = float((strongest + np.log(often / expected) / SURE).max())
        if self.distance > self.allowed:
            return slow
        return min(slow, self.threshold + float(np.log(self.per_world / expected)) / self.rate)

    def _strongest(self) -> tuple[Floats, Floats]:
        """The strongest groups of all worlds, and how many as strong a world holds, one more counted in each."""
        strongest = self.pooled[::-1][: self.excesses]
        return strongest, (np.arange(len(strongest)) + 2.0) / self.worlds

    def _envelope(self, strength: Floats) -> Floats:
        """From each of the strongest groups on a fall by SURE, the highest of these: no shape is taken for granted."""
        strongest, often = self._strongest()
        over = np.maximum(strength[:, None] - strongest[None, :], 0.0)
        below = strength[:, None] < strongest[None, :]
        return np.asarray(np.where(below, 0.0, often[None, :] * np.exp(-SURE * over)).max(axis=1))


def tail(null: Sequence[Floats]) -> Tail:
    """The tail of these worlds' groups."""
    pooled = np.sort(np.concatenate([np.zeros(0), *null]))
    sizes = [many for many in COUNTS if many < len(pooled)]
    fits = [fit for fit in (_fit(pooled, many, len(null)) for many in sizes or [LEAST]) if fit.excesses]
    good = [fit for fit in fits if fit.distance <= fit.allowed]
    return (good or fits[-1:] or [Tail(0.0, 0.0, 0.0, 0, 0.0, 0.0, pooled, len(null))])[0]


def _fit(pooled: Floats, many: int, worlds: int) -> Tail:
    """The exponential of the `many` strongest; without excesses where there are not so many or all are equal."""
    nothing = Tail(0.0, 0.0, 0.0, 0, 0.0, 0.0, pooled, worlds)
    if len(pooled) <= many:
        return nothing
    threshold = float(pooled[-many - 1])
    excess = pooled[-many:] - threshold
    mean = float(excess.mean())
    if mean <= 0.0:
        return nothing
    fitted = -np.expm1(-excess / mean)
    steps = np.arange(many + 1) / many
    distance = float(max(np.abs(fitted - steps[1:]).max(), np.abs(fitted - steps[:-1]).max()))
    rate = float((1.0 - CAUTION / np.sqrt(many)) / mean)
    return Tail(threshold, rate, many / worlds, many, distance, 1.06 / float(np.sqrt(many)), pooled, worlds)


def e_values(stands: Floats, chance: Tail, *, fdr: float, spending: Spending) -> Floats:
    """E-value of each group against the tail: K over the number expected by chance at the bar, 0 below it.

    The bar is the lowest strength of a group at which the expected number is no more than the rate allows.
    """
    bar = bar_of(stands, chance, fdr=fdr, spending=spending)
    if np.isinf(bar):
        return np.zeros(len(stands))
    expected = float(chance.expected(np.array([bar]))[0])
    return np.where(stands >= bar - 1e-9, len(stands) / max(expected, 1e-12), 0.0)


def bar_of(stands: Floats, chance: Tail, *, fdr: float, spending: Spending) -> float:
    """That bar; the strength that a single group would need where no group reaches it, infinite without a tail."""
    ordered = np.sort(stands)[::-1]
    k = np.arange(1.0, len(ordered) + 1)
    passed = np.flatnonzero(chance.expected(ordered) <= spending.of(k) * fdr * spending.counted(k))
    if len(passed) and (not spending.gate or passed[0] == 0):
        return float(ordered[passed[-1]])
    if not chance.excesses:
        return float("inf")
    return chance.reached(spending.few * fdr)
