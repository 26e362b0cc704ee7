"""Near-duplicate reports of one happening are one report, before anything is counted or tested."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log, log10

import numpy as np

from .model import Evidence, Incident, Parameters
from .reports import readable

Values = dict[str, frozenset[str]]

LN10 = log(10.0)
REACH_DAYS = 21.0
LAG_DAYS = 3.0
COPIED = 0.9
"""Chance that a copy keeps a value of the report it copies."""
CARRIED = 0.55
"""Chance that two incidents of one campaign agree on a feature both state."""
KEPT = 0.85
"""Chance that a copy states what the report it copies states."""
SAME_DOMAIN = 0.95
"""Chance that a copy is filed under the domain of the report it copies."""
OWN_DOMAIN = 0.4
"""Chance that two incidents of one campaign are of one domain."""
APART_DEGREES = 0.1
CAMPAIGN_DAYS = 60.0
RATHER_BANS = -1.5
"""Prior log odds of a copy against a second act of one campaign, held low: to merge two acts is worse than to keep a
copy.
"""
PERHAPS = 0.0
"""Log odds above which two reports in one group speak with one voice when the group is weighed."""
MERGED = 2
"""Features with equal values without which two reports are not merged; one is enough to speak with one voice."""
COPIES_BANS = -4.0
"""Prior log odds that two reports at hand are copies of one."""


def collapse(incidents: Sequence[Incident], order: Sequence[int], parameters: Parameters) -> list[list[int]]:
    """Groups of places that are one report each, in the given order of their first.

    Two reports are one when they are days apart, state the same values, and a copy explains that better than chance
    and better than two acts of one campaign do (log10 odds above 0 against either).
    """
    rows = [by_feature(readable(incidents[place], parameters)) for place in order]
    shares = common(rows)
    odds: dict[tuple[int, int], float] = {}
    near: list[list[int]] = [[] for _ in order]
    for a, b, days, span in _close(incidents, order):
        if _apart(incidents[order[a]], incidents[order[b]]):
            continue
        odds[a, b] = likeness(rows[a], rows[b], shares, least=MERGED).odds(
            days=days, span=span, same_domain=_same(incidents, order[a], order[b])
        )
        if odds[a, b] > 0:
            near[b].append(a)
    head = list(range(len(order)))
    groups: dict[int, list[int]] = {}
    for node in range(len(order)):
        best = 0.0
        for start in dict.fromkeys(head[other] for other in near[node]):
            nearest = max(odds.get((other, node), -2.0) for other in groups[start])
            if nearest > best:
                best, head[node] = nearest, start
        groups.setdefault(head[node], []).append(node)
    return [[order[node] for node in group] for group in groups.values()]


def by_feature(evidence: Sequence[Evidence]) -> Values:
    """The set of values of each feature that is stated."""
    values: dict[str, set[str]] = {}
    for row in evidence:
        values.setdefault(row.feature, set()).add(row.value)
    return {feature: frozenset(found) for feature, found in values.items()}


@dataclass(frozen=True)
class Common:
    """How common things are: log10 share of each value set, and per feature bans of both, one or neither stating it."""

    rarity: dict[tuple[str, frozenset[str]], float]
    stating: dict[str, tuple[float, float, float]]


def common(rows: Sequence[Values]) -> Common:
    """How common the values and the stating of features are among these incidents."""
    counts: dict[tuple[str, frozenset[str]], int] = {}
    stated: dict[str, int] = {}
    for row in rows:
        for item in row.items():
            counts[item] = counts.get(item, 0) + 1
            stated[item[0]] = stated.get(item[0], 0) + 1
    stating = {feature: stating_bans(count / len(rows)) for feature, count in stated.items()}
    return Common({item: log10((count + 0.5) / (len(rows) + 1.0)) for item, count in counts.items()}, stating)


def stating_bans(share: float) -> tuple[float, float, float]:
    """Bans for a copy where both, one or neither of two reports states a feature that this share of reports states."""
    share = min(0.95, max(0.05, share))
    return log10(KEPT / share), log10(min(1.0, (1 - KEPT) / (1 - share))), -log10(1 - share)


def _close(incidents: Sequence[Incident], order: Sequence[int]) -> list[tuple[int, int, float, float]]:
    """Pairs of positions in `order` (ascending start) at most REACH_DAYS apart, with distance and the whole span in
    days.
    """
    dated = [(node, incidents[place].start) for node, place in enumerate(order) if incidents[place].start is not None]
    starts = np.array([start for _, start in dated], dtype=np.float64)
    ends = np.array([_end(incidents[order[node]]) for node, _ in dated], dtype=np.float64)
    if len(starts) < 2:
        return []
    span = max(365.0, float(ends.max() - starts.min()))
    sharp = np.flatnonzero(ends - starts <= REACH_DAYS)
    last = np.searchsorted(starts[sharp], starts[sharp] + REACH_DAYS, side="right")
    return [
        (dated[int(i)][0], dated[int(j)][0], max(0.0, float(starts[j] - ends[i])), span)
        for position, i in enumerate(sharp)
        for j in sharp[position + 1 : last[position]]
    ]


def _same(incidents: Sequence[Incident], a: int, b: int) -> bool:
    return incidents[a].domain == incidents[b].domain


def _apart(a: Incident, b: Incident) -> bool:
    """Whether both have a place on the map and not the same one: two acts in two towns are no copies."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return abs(a.lat - b.lat) > APART_DEGREES or abs(a.lon - b.lon) > APART_DEGREES


def _end(incident: Incident) -> float:
    start = incident.start if incident.start is not None else 0.0
    return start if incident.end is None else max(start, incident.end)


@dataclass(frozen=True)
class Likeness:
    """How far the values of two reports speak for a copy, in bans, against chance and against one campaign."""

    chance: float
    campaign: float

    def odds(self, *, days: float, span: float, same_domain: bool) -> float:
        """log10 odds of a copy against the better of the two, for reports `days` apart in one of `span` days."""
        near = -days / LAG_DAYS / LN10
        near += log10(SAME_DOMAIN / OWN_DOMAIN) if same_domain else log10((1 - SAME_DOMAIN) / (1 - OWN_DOMAIN))
        return min(
            self.chance + near + log10(span / LAG_DAYS) + COPIES_BANS,
            self.campaign + near + log10(CAMPAIGN_DAYS / LAG_DAYS) + RATHER_BANS,
        )


NOT_ALIKE = Likeness(-99.0, -99.0)


def likeness(a: Values, b: Values, common: Common, *, least: int = 1) -> Likeness:
    """Two reports' values side by side; they need `least` features with equal values."""
    equal = [feature for feature in a if feature in b and a[feature] == b[feature]]
    if len(equal) < least:
        return NOT_ALIKE
    other = sum(feature in b for feature in a) - len(equal)
    pattern = 0.0
    for feature, (both, one, neither) in common.stating.items():
        here, there = feature in a, feature in b
        pattern += both if here and there else one if here or there else neither
    chance = sum(log10(COPIED) - common.rarity.get((feature, a[feature]), 0.0) for feature in equal)
    return Likeness(
        chance=chance + other * log10(1 - COPIED) + pattern,
        campaign=len(equal) * log10(COPIED / CARRIED) + other * log10((1 - COPIED) / (1 - CARRIED)) + pattern,
    )
