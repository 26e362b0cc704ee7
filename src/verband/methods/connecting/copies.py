"""Near-duplicate reports of one happening in a large collection, found by the values they have in common.

The same judgement as `duplicates`, over columns. A copy states two features alike at least, so only reports that do,
within days of each other, are held side by side.
"""

from __future__ import annotations

from itertools import combinations
from math import log10

import numpy as np
from numpy.typing import NDArray

from .columns import Columns, Keys, set_bans, set_keys
from .duplicates import (
    APART_DEGREES,
    CAMPAIGN_DAYS,
    CARRIED,
    COPIED,
    COPIES_BANS,
    LAG_DAYS,
    LN10,
    OWN_DOMAIN,
    RATHER_BANS,
    REACH_DAYS,
    SAME_DOMAIN,
    stating_bans,
)

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

USUAL = 2_000
"""Reports up to which the prior of a copy is as stated; from there on it falls with their number, for a report has no
more copies in a larger collection, and has more strangers.
"""
MIXED = np.uint64(0x9E3779B97F4A7C15)


def heads(columns: Columns, *, most: int | None = None) -> Ints:
    """For each incident, in canonical order, the first of those that are one report with it.

    `most`: two values that more than so many others within REACH_DAYS state as well make no copy; None for no bound.
    """
    keys = set_keys(columns.row, columns.column, columns.feature_of, columns.count)
    a, b = _candidates(columns, keys, most)
    odds = _odds(columns, keys, a, b)
    a, b, odds = a[odds > 0], b[odds > 0], odds[odds > 0]
    head = np.arange(columns.count, dtype=np.int64)
    groups: dict[int, list[int]] = {}
    known = {(x, y): odd for x, y, odd in zip(a.tolist(), b.tolist(), odds.tolist(), strict=True)}
    near: dict[int, list[int]] = {}
    for x, y in known:
        near.setdefault(y, []).append(x)
    for node in sorted(near):
        best = 0.0
        for start in dict.fromkeys(int(head[other]) for other in sorted(near[node])):
            nearest = max(known.get((other, node), -2.0) for other in groups.get(start, [start]))
            if nearest > best:
                best, head[node] = nearest, start
        if head[node] != node:
            groups.setdefault(int(head[node]), [int(head[node])]).append(node)
    return head


def _candidates(columns: Columns, keys: Keys, most: int | None) -> tuple[Ints, Ints]:
    """Pairs with two features alike, at most REACH_DAYS apart, both of a sharp date and not in two places."""
    sharp = columns.end - columns.start <= REACH_DAYS
    found = [np.zeros(0, dtype=np.int64)]
    for f, g in combinations(range(keys.shape[1]), 2):
        rows = np.flatnonzero(sharp & (keys[:, f] != 0) & (keys[:, g] != 0))
        key = keys[rows, f] * MIXED ^ keys[rows, g]
        rows = rows[np.argsort(key, kind="stable")]
        followers = _followers(np.sort(key), columns.start[rows])
        here = np.flatnonzero((followers > 0) & (followers <= (len(rows) if most is None else most)))
        offset = 1
        while len(here):
            found.append(rows[here] * columns.count + rows[here + offset])
            offset += 1
            here = here[followers[here] >= offset]
    every = np.unique(np.concatenate(found))
    a, b = np.divmod(every, max(1, columns.count))
    rise, turn = np.abs(columns.lat[a] - columns.lat[b]), np.abs(columns.lon[a] - columns.lon[b])
    apart = ((rise > APART_DEGREES) | (turn > APART_DEGREES)) & ~np.isnan(rise) & ~np.isnan(turn)
    return a[~apart], b[~apart]


def _followers(key: Keys, start: Floats) -> Ints:
    """How many come after each, at most REACH_DAYS later, with the same key; keys in order, starts within each."""
    if not len(key):
        return np.zeros(0, dtype=np.int64)
    group = np.cumsum(np.concatenate([[0], (key[1:] != key[:-1]).astype(np.int64)]))
    first = float(start.min())
    line = group * (float(start.max()) - first + 2 * REACH_DAYS) + (start - first)
    reach = np.searchsorted(line, line + REACH_DAYS, side="right")
    return np.asarray(reach - np.arange(len(line)) - 1, dtype=np.int64)


def _odds(columns: Columns, keys: Keys, a: Ints, b: Ints) -> Floats:
    """log10 odds of a copy for each pair: `duplicates.likeness` and its odds, over columns."""
    if not len(a):
        return np.zeros(0)
    share = set_bans(keys)
    equal, other, pattern, rare = (np.zeros(len(a)) for _ in range(4))
    for number in range(keys.shape[1]):
        mine, theirs = keys[a, number], keys[b, number]
        here, there = mine != 0, theirs != 0
        alike = here & (mine == theirs)
        equal += alike
        other += here & there & ~alike
        rare += np.where(alike, share[a, number], 0.0)
        both, one, neither = stating_bans(float((keys[:, number] != 0).mean()))
        pattern += np.where(here & there, both, np.where(here | there, one, neither))
    days = np.maximum(0.0, columns.start[b] - columns.end[a])
    same = columns.domain[a] == columns.domain[b]
    near = np.where(same, log10(SAME_DOMAIN / OWN_DOMAIN), log10((1 - SAME_DOMAIN) / (1 - OWN_DOMAIN)))
    near = near - days / LAG_DAYS / LN10
    known = ~np.isnan(columns.start)
    span = max(365.0, float(columns.end[known].max() - columns.start[known].min()))
    prior = COPIES_BANS - log10(max(1.0, columns.count / USUAL))
    chance = equal * log10(COPIED) - rare + other * log10(1 - COPIED) + pattern
    campaign = equal * log10(COPIED / CARRIED) + other * log10((1 - COPIED) / (1 - CARRIED)) + pattern
    return np.minimum(
        chance + near + log10(span / LAG_DAYS) + prior,
        campaign + near + log10(CAMPAIGN_DAYS / LAG_DAYS) + RATHER_BANS,
    )
