"""What speaks for and against two records telling one event, feature by feature, for many pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .model import Incident
from .table import TABLE
from .text import Texts, contained, likeness, rare_in_common

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LAGS_DAYS: Final = ((1.0, 0.5), (60.0, 0.3), (400.0, 0.2))
"""How far two reports of one event lie apart in time: a day or two, the weeks or the year in which it came out."""
LEAST_SPAN_DAYS: Final = 3650.0
WIDE_DAYS: Final = 92.0
NEAR_KM: Final = 25.0
FAR_BANS: Final = -2.0
AGREE: Final = 0.6
RARE_BANS: Final = 1.3


@dataclass(frozen=True)
class Pairs:
    """Pairs of places in the input, and for each pair what was compared (see `compare`)."""

    a: Ints
    b: Ints
    time: Floats
    days: Floats
    place: Floats
    km: Floats
    value: Floats
    country: Floats
    order: Floats
    kind: Floats
    cosine: Floats
    share: Floats
    rare: Floats
    letters: Floats
    title: Floats
    vector: Floats


def compare(incidents: Sequence[Incident], texts: Texts, a: Ints, b: Ints) -> Pairs:
    """Pair by pair: `time`, `place`, `value` in bans (values of one block count once, the best); `country`, `order` and
    `kind` 1 where what both state differs; the likenesses of text 0 to 1, and `rare` in bans. `km` is nan where a place
    is unknown, `days` where a date is.
    """
    days, width, span = _apart(incidents, a, b)
    km = _kilometres(incidents, a, b)
    value, country = _values(incidents, a, b)
    return Pairs(
        a=a,
        b=b,
        time=_time_bans(days, width, span),
        days=days,
        place=np.where(np.isnan(km), 0.0, np.maximum(FAR_BANS, np.log10(15 * np.exp(-np.nan_to_num(km) / NEAR_KM) + 0.001))),
        km=km,
        value=value,
        country=country,
        order=_order(texts, a, b),
        kind=_kinds(incidents, a, b),
        cosine=likeness(texts.words, a, b),
        share=contained(texts, a, b),
        rare=rare_in_common(texts, a, b, above=RARE_BANS),
        letters=likeness(texts.letters, a, b),
        title=likeness(texts.titles, a, b),
        vector=np.zeros(len(a)) if texts.vectors is None else np.einsum("ij,ij->i", texts.vectors[a], texts.vectors[b]),
    )


def _apart(incidents: Sequence[Incident], a: Ints, b: Ints) -> tuple[Floats, Floats, float]:
    """Days between the intervals (nan where unknown), the sum of their widths, and the span of the collection."""
    start = np.array([np.nan if row.start is None else row.start for row in incidents], dtype=np.float64)
    end = np.array(
        [np.nan if row.start is None else max(row.start, row.start if row.end is None else row.end) for row in incidents],
        dtype=np.float64,
    )
    known = start[~np.isnan(start)]
    span = max(LEAST_SPAN_DAYS, float(np.ptp(known)) if len(known) else 0.0)
    gap = np.maximum(0.0, np.maximum(start[a] - end[b], start[b] - end[a]))
    return gap, (end - start)[a] + (end - start)[b], span


def _time_bans(days: Floats, width: Floats, span: float) -> Floats:
    """Nearness in time against dates that have nothing to do with each other.

    Intervals are taken as wide as they are: a year says little for, and far apart speaks against whatever the width.
    """
    gap, wide = np.nan_to_num(days), np.nan_to_num(width)
    odds = sum(share * span / (wide + 2 * lag) * np.exp(-gap / lag) for lag, share in LAGS_DAYS)
    bans = np.maximum(-2.0, np.log10(odds + 1e-9))
    bans = np.where(wide > WIDE_DAYS, np.minimum(bans, 0.5), bans)
    return np.asarray(np.where(np.isnan(days), 0.0, bans), dtype=np.float64)


def _kilometres(incidents: Sequence[Incident], a: Ints, b: Ints) -> Floats:
    """Great-circle distance; nan where a place is unknown."""
    lat = np.radians([np.nan if row.lat is None or row.lon is None else row.lat for row in incidents])
    lon = np.radians([np.nan if row.lat is None or row.lon is None else row.lon for row in incidents])
    chord = np.sin((lat[b] - lat[a]) / 2) ** 2 + np.cos(lat[a]) * np.cos(lat[b]) * np.sin((lon[b] - lon[a]) / 2) ** 2
    return np.asarray(2 * 6371.0 * np.arcsin(np.sqrt(np.minimum(1.0, chord))), dtype=np.float64)


def values_of(incident: Incident) -> dict[tuple[str, str], str]:
    """The coded values of an incident, each with the record that states it."""
    return {
        (row.feature, row.value): row.record
        for row in incident.evidence
        if row.feature in TABLE and TABLE[row.feature].carries > 0
    }


def bans_of(count: int, n: int) -> float:
    """Bans of a value that both state and `count` of `n` state."""
    return float(np.log10(AGREE * (n + 1.0) / (count + 0.5) + 1 - AGREE))


def counts(incidents: Sequence[Incident]) -> dict[tuple[str, str], int]:
    """How many incidents state each value."""
    out: dict[tuple[str, str], int] = {}
    for row in incidents:
        for key in values_of(row):
            out[key] = out.get(key, 0) + 1
    return out


def _values(incidents: Sequence[Incident], a: Ints, b: Ints) -> tuple[Floats, Floats]:
    stated = [values_of(row) for row in incidents]
    countries = [frozenset(value for feature, value in row if feature == "country") for row in stated]
    count, n = counts(incidents), len(incidents)
    bans = np.zeros(len(a))
    apart = np.zeros(len(a))
    for place, (first, second) in enumerate(zip(a.tolist(), b.tolist(), strict=True)):
        best: dict[str, float] = {}
        for key in stated[first].keys() & stated[second].keys():
            block = TABLE[key[0]].block
            best[block] = max(best.get(block, 0.0), bans_of(count[key], n))
        bans[place] = sum(sorted(best.values()))
        one, two = countries[first], countries[second]
        apart[place] = bool(one) and bool(two) and one.isdisjoint(two)
    return bans, apart


def _order(texts: Texts, a: Ints, b: Ints) -> Floats:
    """1 where both titles name a place in a row, and not the same."""
    pairs = zip(a.tolist(), b.tolist(), strict=True)
    return np.array([float(bool(texts.order[x] and texts.order[y]) and texts.order[x].isdisjoint(texts.order[y])) for x, y in pairs])


def _kinds(incidents: Sequence[Incident], a: Ints, b: Ints) -> Floats:
    """1 where one is what happened and the other what somebody did about it."""
    acts = np.array([row.kind == "incident" for row in incidents], dtype=np.bool_)
    answers = np.array([row.kind == "response" for row in incidents], dtype=np.bool_)
    return np.asarray((acts[a] & answers[b]) | (acts[b] & answers[a]), dtype=np.float64)
