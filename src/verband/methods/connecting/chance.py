"""How often a group this strong arises by chance: shuffled worlds, e-values, e-BH.

Every world goes through the whole search. A bar is found from all R + 1 worlds, the real one among them. With A
the number of groups of all worlds at or above the bar, a real group above it has the e-value K (R + 1) / A, one below
it 0, for K groups in the real world. Where real and shuffled worlds are exchangeable the mean of their sum is K, so
these are compound e-values and e-BH holds the false discovery rate.

Source: Wang & Ramdas 2022 (e-BH); Ignatiadis, Wang & Ramdas 2024 (compound e-values).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SEARCHED_SHARE = 0.6
"""Share of the false discovery rate that a search may spend: shuffled worlds are like the real one, not equal to it."""
ALLOWANCE_BANS = 0.25
"""What a searched group must be stronger by than the shuffled worlds: they keep less of what copies and news do."""
LARGE_SHARE = 0.3
LARGE_ALLOWANCE = 0.5
"""The same in a large collection, whose shuffled worlds keep less: copies there keep no distance."""
FIXED_SHARE = 0.3
"""The same for groups that are fixed before a date is read, where fewer than FIRM are proposed; from FIRM on all."""
FIRM = 3
EULER = 0.5772156649015329


@dataclass(frozen=True)
class Spending:
    """Share of the false discovery rate that may be spent on `k` proposals: `few` under FIRM of them, else `many`.

    `gate`: nothing passes unless the strongest group passes by itself. `allowance`: taken off each real group's
    strength before it is compared with the shuffled worlds. `apart`: so many proposals count as one. `before`:
    proposals of earlier nights, which count whole.
    """

    few: float
    many: float
    gate: bool
    allowance: float
    apart: float
    before: float = 0.0

    def of(self, k: Floats) -> Floats:
        """The share for each number of proposals."""
        return np.where(k < FIRM, self.few, self.many)

    def counted(self, k: Floats) -> Floats:
        """For how many groups `k` proposals count: weak ones may not come in behind a few strong ones."""
        return self.before + np.maximum(1.0, k / self.apart)


SEARCHED = Spending(few=SEARCHED_SHARE, many=SEARCHED_SHARE, gate=True, allowance=ALLOWANCE_BANS, apart=5.0)
LARGE = Spending(few=LARGE_SHARE, many=LARGE_SHARE, gate=True, allowance=LARGE_ALLOWANCE, apart=5.0)
FIXED = Spending(few=FIXED_SHARE, many=1.0, gate=False, allowance=0.0, apart=1.0)


def p_value(strength: float, null_best: Sequence[float]) -> float:
    """Share of worlds, the real one included, whose best group is at least this strong."""
    return (1 + sum(best >= strength - 1e-9 for best in null_best)) / (len(null_best) + 1)


def e_values(observed: Floats, null: Sequence[Floats], *, fdr: float, spending: Spending = SEARCHED) -> Floats:
    """Compound e-values of the observed groups (mean 1 over all groups of a stream without campaigns)."""
    if not len(observed):
        return np.zeros(0)
    worlds = [observed, *null]
    bar = bar_of(observed, null, fdr=fdr, spending=spending)
    above = sum(int((world >= bar - 1e-9).sum()) for world in worlds)
    return np.where(observed >= bar - 1e-9, len(observed) * len(worlds) / max(1, above), 0.0)


def bar_of(observed: Floats, null: Sequence[Floats], *, fdr: float, spending: Spending = SEARCHED) -> float:
    """The lowest strength of a real group at which A is no more than the false discovery rate allows k proposals.

    Where no group is that strong: the strength that a single group would need.
    """
    worlds = len(null) + 1
    chance = np.sort(np.concatenate([np.zeros(0), *null]))
    ordered = np.sort(observed)[::-1]
    above = len(chance) - np.searchsorted(chance, ordered - 1e-9, side="left")
    k = np.arange(1.0, len(ordered) + 1)
    counted = spending.counted(k)
    passed = np.flatnonzero(counted + above <= spending.of(k) * fdr * counted * worlds + 1e-9)
    if len(passed) and (not spending.gate or passed[0] == 0):
        return float(ordered[passed[-1]])
    spare = int(spending.few * fdr * worlds + 1e-9) - 1
    return float(chance[::-1][spare]) + 1e-6 if 0 <= spare < len(chance) else float("inf")


def expected_bar(null_best: Sequence[float], *, fdr: float, spending: Spending = SEARCHED) -> float:
    """The strength that a single group would have needed, read from too few worlds: a Gumbel tail by moments.

    No less than the best of these worlds; infinite for no world at all.
    """
    if not null_best:
        return float("inf")
    best = np.asarray(null_best, dtype=np.float64)
    scale = float(best.std()) * np.sqrt(6.0) / np.pi
    tail = best.mean() - EULER * scale - scale * np.log(-np.log1p(-spending.few * fdr))
    return float(max(best.max(), tail))


def mean_above(strength: float, null: Sequence[Floats]) -> float:
    """How many groups at least this strong a shuffled world holds on average; 0 without worlds."""
    return sum(int((world >= strength - 1e-9).sum()) for world in null) / max(1, len(null))


def passing(e: Floats, *, fdr: float) -> int:
    """How many of the groups, strongest first, e-BH proposes: the largest k with e_(k) >= K / (fdr k)."""
    count = len(e)
    ordered = np.sort(e)[::-1]
    passed = [k for k in range(1, count + 1) if ordered[k - 1] >= count / (fdr * k)]
    return max(passed, default=0)
