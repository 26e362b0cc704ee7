"""How often a group this strong arises by chance: shuffled worlds, e-values, e-BH.

Every world goes through the whole search. A bar is found from all R + 1 worlds, the real one among them. With A
the number of groups of all worlds at or above the bar, a real group above it has the e-value K (R + 1) / A, one below
it 0, for K groups in the real world. Where real and shuffled worlds are exchangeable the mean of their sum is K, so
these are compound e-values and e-BH holds the false discovery rate.

Source: Wang & Ramdas 2022 (e-BH); Ignatiadis, Wang & Ramdas 2024 (compound e-values).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

BAR_SHARE = 0.55
"""Share of the false discovery rate that is spent where fewer than FIRM groups are proposed."""
FIRM = 3


def p_value(strength: float, null_best: Sequence[float]) -> float:
    """Share of worlds, the real one included, whose best group is at least this strong."""
    return (1 + sum(best >= strength - 1e-9 for best in null_best)) / (len(null_best) + 1)


def e_values(observed: Floats, null: Sequence[Floats], *, fdr: float) -> Floats:
    """Compound e-values of the observed groups (mean 1 over all groups of a stream without campaigns)."""
    if not len(observed):
        return np.zeros(0)
    worlds = [observed, *null]
    bar = bar_of(observed, null, fdr=fdr)
    above = sum(int((world >= bar - 1e-9).sum()) for world in worlds)
    return np.where(observed >= bar - 1e-9, len(observed) * len(worlds) / max(1, above), 0.0)


def bar_of(observed: Floats, null: Sequence[Floats], *, fdr: float) -> float:
    """The lowest strength of a real group at which A is no more than the false discovery rate allows k proposals.

    Where no group is that strong: the strength that a single group would need.
    """
    worlds = len(null) + 1
    chance = np.sort(np.concatenate([np.zeros(0), *null]))
    ordered = np.sort(observed)[::-1]
    above = len(chance) - np.searchsorted(chance, ordered - 1e-9, side="left")
    k = np.arange(1, len(ordered) + 1)
    share = np.where(k < FIRM, BAR_SHARE, 1.0)
    passed = np.flatnonzero(k + above <= share * fdr * k * worlds)
    if len(passed):
        return float(ordered[passed[-1]])
    spare = int(BAR_SHARE * fdr * worlds) - 1
    return float(chance[::-1][spare]) + 1e-6 if 0 <= spare < len(chance) else float("inf")


def passing(e: Floats, *, fdr: float) -> int:
    """How many of the groups, strongest first, e-BH proposes: the largest k with e_(k) >= K / (fdr k)."""
    count = len(e)
    ordered = np.sort(e)[::-1]
    passed = [k for k in range(1, count + 1) if ordered[k - 1] >= count / (fdr * k)]
    return max(passed, default=0)
