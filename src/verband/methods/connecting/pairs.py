"""Two reports side by side: what they share, in bans (log10 Bayes factor).

With p_v = (df_v + 1/2) / (n + 1) and m_f the chance that two incidents of one campaign agree on feature f: a shared
value gives log10(m_f / p_v + 1 - m_f), two stated blocks without a shared value log10((1 - m_f) / (1 - sum p_v^2)).
Within a block of correlated features the best shared value counts, not the sum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .reports import Reports
from .times import Clock

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

COMMON = 0.5
"""A value carried by more than this share of all reports joins nobody."""
SAME_SOURCE = 0.5
"""Share of its bans that a value keeps where both reports rest on one document."""
LEAST_APART = 0.05
"""Two reports that state a block differ in it at least this often by chance."""
LEAST_SHARE = 1e-6
"""Two dates make one campaign no less likely than this."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of reports that share at least one value: a < b, and the bans of all their features together."""

    a: Ints
    b: Ints
    bans: Floats


def most_carriers(count: int) -> int:
    """How many of `count` reports may carry a value that still joins reports."""
    return int(max(2.0, COMMON * count))


def match_bans(reports: Reports) -> Floats:
    """Bans of sharing each value."""
    agree = reports.agree**2
    return np.maximum(np.log10(agree / reports.rarity + 1.0 - agree), 0.0)


def mismatch_bans(reports: Reports) -> Floats:
    """Bans, below zero, of stating different values, for each block."""
    out = np.zeros(len(reports.blocks))
    for number, block in enumerate(reports.blocks):
        stated = max(1, int(reports.stated[number].sum()))
        share = reports.df[block] / stated
        out[number] = min(
            0.0, np.log10(1.0 - reports.agree[block].max() ** 2) - np.log10(max(LEAST_APART, 1.0 - (share**2).sum()))
        )
    return out


def sharing(reports: Reports, *, least: float) -> Pairs:
    """Pairs whose features together give `least` bans or more, in ascending order of (a, b)."""
    n = reports.count
    bans = match_bans(reports)
    lost = mismatch_bans(reports)
    keys, values, block_of = [], [], []
    for number, block in enumerate(reports.blocks):
        key, best = _best_of_block(reports, block, bans)
        keys.append(key)
        values.append(best - lost[number])
        block_of.append(number)
    if not keys:
        return Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    every, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    total = np.bincount(inverse, weights=np.concatenate(values), minlength=len(every)).astype(np.float64)
    keep = total >= least
    every, total = every[keep], total[keep]
    a, b = every // n, every % n
    for number in block_of:
        total = total + np.where(reports.stated[number][a] & reports.stated[number][b], lost[number], 0.0)
    return _discounted(reports, Pairs(a, b, total), least=least)


def _best_of_block(reports: Reports, block: slice, bans: Floats) -> tuple[Ints, Floats]:
    """Key a * n + b and the best shared value's bans, per pair that shares one in the block."""
    n = reports.count
    keys, values = [], []
    indptr, indices = reports.by_value.indptr, reports.by_value.indices
    for column in range(block.start, block.stop):
        rows = indices[indptr[column] : indptr[column + 1]].astype(np.int64)
        if 2 <= len(rows) <= most_carriers(n) and bans[column] > 0:
            i, j = np.triu_indices(len(rows), 1)
            low, high = np.minimum(rows[i], rows[j]), np.maximum(rows[i], rows[j])
            keys.append(low * n + high)
            values.append(np.full(len(i), bans[column]))
    if not keys:
        return np.zeros(0, np.int64), np.zeros(0)
    key, value = np.concatenate(keys), np.concatenate(values)
    order = np.lexsort((-value, key))
    key, value = key[order], value[order]
    first = np.concatenate([[True], key[1:] != key[:-1]])
    return key[first], value[first]


def _discounted(reports: Reports, pairs: Pairs, *, least: float) -> Pairs:
    """The pairs with those that rest on one document marked down."""
    many: dict[int, int] = {}
    for documents in reports.sources:
        for document in documents:
            many[document] = many.get(document, 0) + 1
    bans = pairs.bans.copy()
    if any(count > 1 for count in many.values()):
        same = np.array(
            [not reports.sources[a].isdisjoint(reports.sources[b]) for a, b in zip(pairs.a, pairs.b, strict=True)],
            dtype=np.bool_,
        ).reshape(-1)
        bans = np.where(same, bans * SAME_SOURCE, bans)
    keep = bans >= least
    return Pairs(pairs.a[keep], pairs.b[keep], bans[keep])


def time_bans(times: Clock, a: Ints, b: Ints, *, spans_days: tuple[float, ...]) -> Floats:
    """Bans of nearness in time of pairs, averaged over the spans that are looked for; 0 where a time says nothing."""
    near = np.zeros(len(a))
    distance = times.middle[a] - times.middle[b]
    wide = (times.width[a] ** 2 + times.width[b] ** 2) / 12.0
    for span in spans_days:
        variance = 2.0 * span**2 + wide
        near += np.exp(-(distance**2) / (2 * variance)) / np.sqrt(2 * np.pi * variance)
    density = np.exp((times.log_density[a] + times.log_density[b]) / 2)
    known = ~np.isnan(distance)
    out = np.zeros(len(a))
    out[known] = np.log10(np.maximum(near[known] / len(spans_days) / density[known], LEAST_SHARE))
    return out
