"""e-values against two null hypotheses at once: a group is proposed only where neither explains it.

With each null come its own shuffled worlds. The e-value of a group against "one of the two holds" is the smaller of its
two e-values, which is K over the larger of the two numbers of groups that a world holds above the bar.

Source: compound e-values as in `chance`; the least of e-values that each hold for one hypothesis holds for their union.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .chance import Spending, mean_above

Floats = NDArray[np.float64]
Nulls = Sequence[Sequence[Floats]]


def e_values_of_both(observed: Floats, nulls: Nulls, *, fdr: float, spending: Spending) -> Floats:
    """Compound e-values of the observed groups, strongest first; 0 below the bar."""
    bar = bar_of_both(observed, nulls, fdr=fdr, spending=spending)
    above = observed >= bar - 1e-9
    return np.where(above, len(observed) / max(1e-12, _held(bar, int(above.sum()), nulls)), 0.0)


def bar_of_both(observed: Floats, nulls: Nulls, *, fdr: float, spending: Spending) -> float:
    """The lowest strength of a real group at which no null has more groups than the false discovery rate allows.

    Where no group is that strong: the least strength that a single group would need, infinite where none would do.
    """
    ordered = np.sort(observed)[::-1]
    share = spending.of(np.arange(1.0, len(ordered) + 1))
    for k in range(len(ordered), 0, -1):
        if _held(float(ordered[k - 1]), k, nulls) <= share[k - 1] * fdr * k + 1e-9:
            return float(ordered[k - 1])
    strengths = np.unique(np.concatenate([np.zeros(0), *(world for null in nulls for world in null)]))
    enough = [value + 1e-6 for value in strengths.tolist() if _held(value + 1e-6, 1, nulls) <= spending.few * fdr]
    return min(enough, default=float("inf"))


def expected_of_both(strength: float, nulls: Nulls) -> float:
    """How many groups at least this strong a shuffled world holds on average, of the kind that holds more."""
    return max(mean_above(strength, null) for null in nulls)


def _held(bar: float, k: int, nulls: Nulls) -> float:
    """Groups at or above the bar in a world on average, the real world with its `k` counted in, of the fuller null."""
    return max((mean_above(bar, null) * len(null) + k) / (len(null) + 1) for null in nulls)
