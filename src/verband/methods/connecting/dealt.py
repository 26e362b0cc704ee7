"""Worlds in which what goes together is dealt anew: each unit of likeness by itself, among reports of one time.

The null hypothesis is that place, aim, means, traces and words come together as they happen to, though each has its
seasons. Some twenty reports of a domain that follow on each other exchange what they state, unit by unit; dates stay.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from .reports import Reports

Singles = NDArray[np.float32]
Ints = NDArray[np.int64]

TOGETHER = 20
"""Reports of one domain that follow on each other, among which is dealt: at least so many where there are as many."""


def hands(reports: Reports) -> list[Ints]:
    """The reports among which is dealt: of one domain and following on each other, undated ones last."""
    found: list[Ints] = []
    for domain in np.unique(reports.domain):
        rows = np.flatnonzero(reports.domain == domain)
        rows = rows[np.argsort(reports.start[rows], kind="stable")]
        found.extend(np.array_split(rows, max(1, len(rows) // TOGETHER)))
    return found


def dealt(units: Mapping[str, Singles], among: list[Ints], rng: np.random.Generator) -> Singles:
    """Bans of each pair in one such world; n by n."""
    total = np.zeros_like(next(iter(units.values())))
    for bans in units.values():
        giver = np.arange(len(total))
        for rows in among:
            giver[rows] = rng.permutation(rows)
        total += bans.take(giver, axis=0).take(giver, axis=1)
    return total
