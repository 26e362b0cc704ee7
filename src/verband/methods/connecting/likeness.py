"""What speaks for and against two records telling one event, feature by feature, for many pairs at once."""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .model import Incident
from .text import Texts, likeness, rare_in_common, titles_told

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LAGS_DAYS: Final = ((1.0, 0.5), (60.0, 0.3), (400.0, 0.2))
"""How far two reports of one event lie apart in time: a day or two, the weeks or the year in which it came out."""
LEAST_SPAN_DAYS: Final = 3650.0
WIDE_DAYS: Final = 92.0
NEAR_KM: Final = 25.0
FAR_BANS: Final = -2.0
SHARP_DAYS: Final = 3.0
RARE_BANS: Final = 1.3
MOST_RARE_BANS: Final = 6.0
YEAR_DAYS: Final = 365.5


@dataclass(frozen=True)
class Pairs:
    """Pairs of places in the input, and for each pair what was compared (see `compare`)."""

    a: Ints
    b: Ints
    time: Floats
    days: Floats
    place: Floats
    km: Floats
    sharp: Floats
    stretch: Floats
    country: Floats
    order: Floats
    kind: Floats
    rare: Floats
    letters: Floats
    title: Floats
    vector: Floats


def compare(incidents: Sequence[Incident], texts: Texts, a: Ints, b: Ints) -> Pairs:
    """Pair by pair: `time`, `place` and `stretch` in bans; `sharp`, `country`, `order` and `kind` 1 where what both
    state differs, else 0; likenesses of text 0 to 1 and `rare` in bans. `km` is nan where a
    place is unknown, `days` where a date is. `letters` is 1, the most it can be, until `with_letters` works it out.
    """
    start, end = _intervals(incidents)
    days = np.maximum(0.0, np.maximum(start[a] - end[b], start[b] - end[a]))
    known = start[~np.isnan(start)]
    span = max(LEAST_SPAN_DAYS, float(np.ptp(known)) if len(known) else 0.0)
    width = end - start
    km = _kilometres(incidents, a, b)
    near = np.log10(15 * np.exp(-np.nan_to_num(km) / NEAR_KM) + 0.001)
    exact = (width[a] <= SHARP_DAYS) & (width[b] <= SHARP_DAYS)
    return Pairs(
        a=a,
        b=b,
        time=_time_bans(days, width[a] + width[b], span),
        days=days,
        place=np.where(np.isnan(km), 0.0, np.maximum(FAR_BANS, near)),
        km=km,
        sharp=np.asarray(exact & (np.abs(start[a] - start[b]) >= 1.0), dtype=np.float64),
        stretch=_stretch(start, end, a, b),
        country=_countries(incidents, a, b),
        order=_order(texts, a, b),
        kind=_kinds(incidents, a, b),
        rare=rare_in_common(texts, a, b, above=RARE_BANS, most=MOST_RARE_BANS),
        letters=np.ones(len(a)),
        title=titles_told(texts, a, b),
        vector=np.zeros(len(a)) if texts.vectors is None else _cosine(texts.vectors, a, b),
    )


def with_letters(pairs: Pairs, texts: Texts, *, where: NDArray[np.bool_]) -> Pairs:
    """The pairs with likeness by letters worked out where it can matter; 0 elsewhere."""
    return replace(pairs, letters=likeness(texts.letters, pairs.a, pairs.b, where=where))


def _intervals(incidents: Sequence[Incident]) -> tuple[Floats, Floats]:
    """Start and end in days, nan where undated; no interval ends before it starts."""
    start = np.array([np.nan if row.start is None else row.start for row in incidents], dtype=np.float64)
    end = np.array([np.nan if row.end is None else row.end for row in incidents], dtype=np.float64)
    return start, np.fmax(start, np.where(np.isnan(start), np.nan, end))


def _stretch(start: Floats, end: Floats, a: Ints, b: Ints) -> Floats:
    """Bans of two long stretches of time that begin and end about alike; a whole year is only a date not known."""
    width = np.nan_to_num(end - start)
    own = (width > WIDE_DAYS) & (np.abs(width - YEAR_DAYS) >= 2)
    apart = np.nan_to_num(np.abs(start[a] - start[b]) + np.abs(end[a] - end[b]))
    return np.asarray(np.where(own[a] & own[b], np.maximum(0.0, np.log10(LEAST_SPAN_DAYS / (apart + 30.0))), 0.0))


def _cosine(vectors: Floats, a: Ints, b: Ints) -> Floats:
    return np.asarray(np.maximum(0.0, np.einsum("ij,ij->i", vectors[a], vectors[b])), dtype=np.float64)


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


def _countries(incidents: Sequence[Incident], a: Ints, b: Ints) -> Floats:
    """1 where both state countries and none in common. Where it happened, or who was hit: never who is blamed."""
    stated = [frozenset(row.value for row in item.evidence if row.feature == "country") for item in incidents]
    return _differs(stated, a, b)


def _differs(stated: Sequence[Set[Hashable]], a: Ints, b: Ints) -> Floats:
    place: dict[Hashable, int] = {}
    columns = [[place.setdefault(value, len(place)) for value in row] for row in stated]
    flat = np.array([column for row in columns for column in row], dtype=np.int64)
    starts = np.cumsum([0, *(len(row) for row in columns)])
    holds = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(stated), max(1, len(place))))
    said = np.diff(starts) > 0
    out = np.zeros(len(a))
    both = np.flatnonzero(said[a] & said[b])
    out[both] = np.asarray(holds[a[both]].multiply(holds[b[both]]).sum(axis=1)).ravel() == 0
    return out


def _order(texts: Texts, a: Ints, b: Ints) -> Floats:
    """1 where both titles name a place in a row, and not the same."""
    return _differs(texts.order, a, b)


def _kinds(incidents: Sequence[Incident], a: Ints, b: Ints) -> Floats:
    """1 where one is what happened and the other what somebody did about it."""
    acts = np.array([row.kind == "incident" for row in incidents], dtype=np.bool_)
    answers = np.array([row.kind == "response" for row in incidents], dtype=np.bool_)
    return np.asarray((acts[a] & answers[b]) | (acts[b] & answers[a]), dtype=np.float64)
