"""e-values against two null hypotheses at once: a group is proposed only where neither explains it.

With each null come its own shuffled worlds. The e-value of a group against "one of the two holds" is the smaller of its
two e-values, which is K over the larger of the two numbers of groups that a world holds above the bar.

Source: compound e-values as in `chance`; the least of e-values that each hold for one hypothesis holds for their union.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .chance import Spending

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Null:
    """The groups of all worlds of one null hypothesis: their strengths in ascending order, and how many worlds."""

    strengths: Floats
    worlds: int

    def mean_above(self, strength: float) -> float:
        """How many groups at least this strong a shuffled world holds on average; 0 without worlds."""
        return self._above(strength) / max(1, self.worlds)

    def held(self, strength: float, k: int) -> float:
        """The same with the real world counted in, which holds `k`."""
        return (self._above(strength) + k) / (self.worlds + 1)

    def _above(self, strength: float) -> int:
        return len(self.strengths) - int(np.searchsorted(self.strengths, strength - 1e-9, side="left"))


def null_of(worlds: Sequence[Floats]) -> Null:
    """The null hypothesis whose shuffled worlds hold groups of these strengths."""
    return Null(np.sort(np.concatenate([np.zeros(0), *worlds])), len(worlds))


def e_values_of_both(observed: Floats, nulls: Sequence[Null], *, fdr: float, spending: Spending) -> Floats:
    """Compound e-values of the observed groups; 0 below the bar."""
    bar = bar_of_both(observed, nulls, fdr=fdr, spending=spending)
    above = observed >= bar - 1e-9
    k = int(above.sum())
    return np.where(above, len(observed) / max(null.held(bar, k) for null in nulls) if k else 0.0, 0.0)


def bar_of_both(observed: Floats, nulls: Sequence[Null], *, fdr: float, spending: Spending) -> float:
    """The lowest strength of a real group at which no null has more groups than the false discovery rate allows.

    Where no group is that strong: the least strength that a single group would need, infinite where none would do.
    """
    ordered = np.sort(observed)[::-1]
    share = spending.of(np.arange(1.0, len(ordered) + 1))
    for k in range(len(ordered), 0, -1):
        if max(null.held(float(ordered[k - 1]), k) for null in nulls) <= share[k - 1] * fdr * k + 1e-9:
            return float(ordered[k - 1])
    return max(_alone(null, spending.few * fdr) for null in nulls)


def _alone(null: Null, allowed: float) -> float:
    """Just above the strength at which a world would hold too many groups for one real group to pass."""
    spare = int(allowed * (null.worlds + 1) + 1e-9) - 1
    if spare < 0:
        return float("inf")
    return float(null.strengths[::-1][spare]) + 1e-6 if spare < len(null.strengths) else 0.0


def expected_of_both(strength: float, nulls: Sequence[Null]) -> float:
    """How many groups at least this strong a shuffled world holds on average, of the kind that holds more."""
    return max(null.mean_above(strength) for null in nulls)
