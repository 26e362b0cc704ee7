"""What speaks for and against two records telling one event, feature by feature, for many pairs at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence, Set
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .model import Incident
from .phrases import every_word
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
ELSEWHERE_KM: Final = 50.0


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
    elsewhere: Floats
    country: Floats
    same_country: Floats
    target: Floats
    order: Floats
    kind: Floats
    report: Floats
    across: Floats
    desk: Floats
    rare: Floats
    letters: Floats
    title: Floats
    vector: Floats


def compare(incidents: Sequence[Incident], texts: Texts, a: Ints, b: Ints) -> Pairs:
    """Pair by pair: `time` and `place` in bans; `sharp`, `elsewhere`, `country`, `target`, `order` and `kind` 1 where
    what both state differs, else 0; likenesses of text 0 to 1, `rare` and `same_country` in bans.

    `across` is 1 where the two come from two collections, `desk` where from one collection and one domain, `report`
    where they rest on one report without being of one desk. `km` is nan where a place is unknown, `days` where a date
    is. `letters` is 1, the most it can be, until `with_letters` works it out.
    """
    start, end = _intervals(incidents)
    days = np.maximum(0.0, np.maximum(start[a] - end[b], start[b] - end[a]))
    known = start[~np.isnan(start)]
    span = max(LEAST_SPAN_DAYS, float(np.ptp(known)) if len(known) else 0.0)
    width = end - start
    km = _kilometres(incidents, a, b)
    near = np.log10(15 * np.exp(-np.nan_to_num(km) / NEAR_KM) + 0.001)
    desk = _desk(incidents, a, b)
    exact = (width[a] <= SHARP_DAYS) & (width[b] <= SHARP_DAYS)
    return Pairs(
        a=a,
        b=b,
        time=_time_bans(days, width[a] + width[b], span),
        days=days,
        place=np.where(np.isnan(km), 0.0, np.maximum(FAR_BANS, near)),
        km=km,
        sharp=np.asarray(exact & (np.abs(start[a] - start[b]) >= 1.0), dtype=np.float64),
        elsewhere=_elsewhere(incidents, km, a, b),
        country=_differs(_stated(incidents, "country"), a, b),
        same_country=_rarity_of_shared(_stated(incidents, "country"), a, b),
        target=_differs(_stated(incidents, "target"), a, b),
        order=_order(texts, a, b),
        kind=_differs([frozenset((row.kind,)) if row.kind else frozenset() for row in incidents], a, b),
        report=(_common([frozenset(row.sources) for row in incidents], a, b) > 0) * (1.0 - desk),
        across=_across(incidents, a, b),
        desk=desk,
        rare=rare_in_common(texts, a, b, above=RARE_BANS, most=MOST_RARE_BANS),
        letters=np.ones(len(a)),
        title=titles_told(texts, a, b),
        vector=np.zeros(len(a)) if texts.vectors is None else _cosine(texts.vectors, a, b),
    )


def with_letters(pairs: Pairs, texts: Texts, *, where: NDArray[np.bool_]) -> Pairs:
    """The pairs with likeness by letters worked out where it can matter; 0 elsewhere."""
    return replace(pairs, letters=likeness(texts.letters, pairs.a, pairs.b, where=where))


def on_one_report(incidents: Sequence[Incident], *, most: int) -> tuple[Ints, Ints]:
    """Pairs of records with text that rest on one report, which at most `most` records cite; the lower place first."""
    citing: dict[str, list[int]] = {}
    for place, row in enumerate(incidents):
        for report in dict.fromkeys(row.sources if row.text.strip() else ()):
            citing.setdefault(report, []).append(place)
    found = sorted({pair for rows in citing.values() if len(rows) <= most for pair in combinations(rows, 2)})
    out = np.array(found, dtype=np.int64).reshape(-1, 2)
    return out[:, 0], out[:, 1]


def _intervals(incidents: Sequence[Incident]) -> tuple[Floats, Floats]:
    """Start and end in days, nan where undated; no interval ends before it starts."""
    start = np.array([np.nan if row.start is None else row.start for row in incidents], dtype=np.float64)
    end = np.array([np.nan if row.end is None else row.end for row in incidents], dtype=np.float64)
    return start, np.fmax(start, np.where(np.isnan(start), np.nan, end))


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


def _stated(incidents: Sequence[Incident], feature: str) -> list[frozenset[str]]:
    return [frozenset(row.value for row in item.evidence if row.feature == feature) for item in incidents]


def _elsewhere(incidents: Sequence[Incident], km: Floats, a: Ints, b: Ints) -> Floats:
    """1 where both name places and share no word of them; where they do not name them, where they lie far apart."""
    words = [frozenset(word for place in row for word in every_word(place)) for row in _stated(incidents, "place")]
    named = np.array([bool(row) for row in words], dtype=np.bool_)
    far = np.nan_to_num(km) > ELSEWHERE_KM
    return np.asarray(np.where(named[a] & named[b], _differs(words, a, b), far), dtype=np.float64)


def _across(incidents: Sequence[Incident], a: Ints, b: Ints) -> Floats:
    number = _numbers(row.collection for row in incidents)
    said = np.array([bool(row.collection) for row in incidents], dtype=np.bool_)
    return np.asarray(said[a] & said[b] & (number[a] != number[b]), dtype=np.float64)


def _desk(incidents: Sequence[Incident], a: Ints, b: Ints) -> Floats:
    """1 where one collection tells both in one domain: whoever keeps a list seldom tells an event twice in it."""
    said = np.array([bool(row.collection) for row in incidents], dtype=np.bool_)
    number = _numbers((row.collection, row.domain) for row in incidents)
    return np.asarray(said[a] & said[b] & (number[a] == number[b]), dtype=np.float64)


def _numbers(values: Iterable[Hashable]) -> Ints:
    """Equal values have equal numbers, in the order in which they first come."""
    place: dict[Hashable, int] = {}
    return np.array([place.setdefault(value, len(place)) for value in values], dtype=np.int64)


def _rarity_of_shared(stated: Sequence[Set[str]], a: Ints, b: Ints) -> Floats:
    """log10 of how rare the rarest value is that both state, less where both state many; 0 where none is shared."""
    count = Counter(value for row in stated for value in row)
    total = sum(1 for row in stated if row)
    out = np.zeros(len(a))
    for place in np.flatnonzero(_common(stated, a, b)).tolist():
        one, two = stated[int(a[place])], stated[int(b[place])]
        rarest = min(count[value] for value in one & two)
        out[place] = np.log10(total / rarest) / np.log2(min(len(one), len(two)) + 1)
    return out


def _common(stated: Sequence[Set[Hashable]], a: Ints, b: Ints) -> Floats:
    """How many values both state."""
    place: dict[Hashable, int] = {}
    columns = [sorted(place.setdefault(value, len(place)) for value in row) for row in stated]
    flat = np.array([column for row in columns for column in row], dtype=np.int64)
    starts = np.cumsum([0, *(len(row) for row in columns)])
    holds = csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(stated), max(1, len(place))))
    return np.asarray(holds[a].multiply(holds[b]).sum(axis=1), dtype=np.float64).ravel()


def _differs(stated: Sequence[Set[Hashable]], a: Ints, b: Ints) -> Floats:
    """1 where both state values and none in common."""
    said = np.array([bool(row) for row in stated], dtype=np.bool_)
    return np.asarray(said[a] & said[b] & (_common(stated, a, b) == 0), dtype=np.float64)


def _order(texts: Texts, a: Ints, b: Ints) -> Floats:
    """1 where both titles name a place in a row, and not the same."""
    return _differs(texts.order, a, b)
