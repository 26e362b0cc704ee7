"""Incidents as the arrays the method counts in: one row per report, one column per value, in an order that names cannot
move.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .model import Evidence, Incident, Parameters
from .table import TABLE, WORDING

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

CELL_DEGREES = 1.0
NEAR = "near"
VAGUE_DAYS = 92.0
"""An interval wider than this says nothing in favour of nearness in time."""


@dataclass(frozen=True)
class Reports:
    """`carries[i, v]` is 1 where report i carries value v; columns of one block lie side by side.

    `members[i]`: places in the input of the incidents read as report i. `feature`, `value`: the column's feature and
    key. `df`: reports carrying a column. `rarity`: (df + 1/2) / (n + 1). `stated[b]`: reports that state anything in
    block b. `middle`, `width`: time in days; NaN where undated or vague. `stratum`: reports whose times may be
    swapped. `domain[i]`: number of the domain. `sources[i]`: numbers of
    the documents behind report i.
    """

    members: tuple[tuple[int, ...], ...]
    carries: Any
    by_value: Any
    feature: tuple[str, ...]
    value: tuple[str, ...]
    blocks: tuple[slice, ...]
    block_names: tuple[str, ...]
    df: Ints
    rarity: Floats
    agree: Floats
    stated: Flags
    start: Floats
    end: Floats
    middle: Floats
    width: Floats
    stratum: Ints
    domain: Ints
    sources: tuple[frozenset[int], ...]
    lat: Floats
    lon: Floats

    @property
    def count(self) -> int:
        """How many reports there are."""
        return len(self.members)


def reads(parameters: Parameters, feature: str) -> bool:
    """Whether this run reads the feature."""
    return (parameters.features is None or feature in parameters.features) and (
        feature not in parameters.exclude_features
    )


def readable(incident: Incident, parameters: Parameters) -> tuple[Evidence, ...]:
    """The incident's evidence that this run may read, each (feature, value) once, cells of the map added."""
    seen: dict[tuple[str, str], Evidence] = {}
    for row in incident.evidence:
        if row.feature == WORDING or row.feature not in TABLE or TABLE[row.feature].carries <= 0:
            continue
        if not reads(parameters, row.feature) or row.record in parameters.exclude_sources:
            continue
        seen.setdefault((row.feature, row.value), row)
    return tuple(seen.values())


def kept(incidents: Sequence[Incident], parameters: Parameters) -> list[int]:
    """Places of the incidents that are left when the excluded sources are dropped: those with another source remain."""
    dropped = set(parameters.exclude_sources)
    return [place for place, row in enumerate(incidents) if not row.sources or not set(row.sources) <= dropped]


def canonical_order(incidents: Sequence[Incident], parameters: Parameters) -> list[int]:
    """Places in the input, sorted by time and by how common the values are; ties keep the input's order. No name is
    read.
    """
    places = kept(incidents, parameters)
    df: dict[tuple[str, str], int] = {}
    rows = {place: readable(incidents[place], parameters) for place in places}
    for evidence in rows.values():
        for row in evidence:
            df[row.feature, row.value] = df.get((row.feature, row.value), 0) + 1

    def pattern(place: int) -> tuple[object, ...]:
        incident = incidents[place]
        start = np.inf if incident.start is None else incident.start
        end = start if incident.end is None else incident.end
        lat = -99.0 if incident.lat is None else incident.lat
        lon = -999.0 if incident.lon is None else incident.lon
        return (start, end, lat, lon, sorted((row.feature, df[row.feature, row.value]) for row in rows[place]))

    return sorted(places, key=pattern)


def build(incidents: Sequence[Incident], parameters: Parameters, groups: Sequence[Sequence[int]]) -> Reports:
    """Reports for `groups`, each a list of places in the input that are one report; group order is kept."""
    rows = [_values(incidents, parameters, group) for group in groups]
    columns = _columns(rows)
    index = {column: number for number, column in enumerate(columns)}
    pairs = [(number, index[column]) for number, row in enumerate(rows) for column in row]
    shape = (len(groups), len(columns))
    where = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    carries = sparse.csr_array((np.ones(len(where)), (where[:, 0], where[:, 1])), shape=shape)
    df = np.asarray(carries.sum(axis=0), dtype=np.int64).reshape(-1)
    feature = tuple(name for name, _ in columns)
    names = list(dict.fromkeys(TABLE[name].block for name in feature))
    edges = np.cumsum([0] + [sum(TABLE[name].block == block for name in feature) for block in names])
    blocks = tuple(slice(int(a), int(b)) for a, b in pairwise(edges))
    stated = np.zeros((len(blocks), len(groups)), dtype=np.bool_)
    for number, block in enumerate(blocks):
        stated[number] = np.diff(carries[:, block].tocsr().indptr) > 0
    start, end = _times(incidents, groups)
    width = end - start
    middle = np.where(width <= VAGUE_DAYS, (start + end) / 2, np.nan)
    domain = _numbered([incidents[group[0]].domain for group in groups])
    document: dict[str, int] = {}
    sources = tuple(
        frozenset(document.setdefault(key, len(document)) for place in group for key in incidents[place].sources)
        for group in groups
    )
    return Reports(
        members=tuple(tuple(sorted(group)) for group in groups),
        carries=carries,
        by_value=carries.T.tocsr(),
        feature=feature,
        value=tuple(value for _, value in columns),
        blocks=blocks,
        block_names=tuple(names),
        df=df,
        rarity=np.asarray((df + 0.5) / (len(groups) + 1.0), dtype=np.float64),
        agree=np.array([TABLE[name].carries for name in feature], dtype=np.float64),
        stated=stated,
        start=start,
        end=end,
        middle=middle,
        width=width,
        stratum=np.where(np.isnan(middle), -1, 2 * domain + (width > 7.0)),
        domain=domain,
        sources=sources,
        lat=_degrees([incidents[group[0]].lat for group in groups]),
        lon=_degrees([incidents[group[0]].lon for group in groups]),
    )


def _values(incidents: Sequence[Incident], parameters: Parameters, group: Sequence[int]) -> dict[tuple[str, str], None]:
    """Values of one report: those that at least half of the incidents in it that state the feature agree on."""
    counts: dict[tuple[str, str], int] = {}
    stating: dict[str, int] = {}
    for place in group:
        evidence = readable(incidents[place], parameters)
        for row in evidence:
            counts[row.feature, row.value] = counts.get((row.feature, row.value), 0) + 1
        for name in {row.feature: None for row in evidence}:
            stating[name] = stating.get(name, 0) + 1
    return {key: None for key, count in counts.items() if 2 * count >= stating[key[0]]}


def _columns(rows: Sequence[dict[tuple[str, str], None]]) -> list[tuple[str, str]]:
    """Columns by block, then by first appearance."""
    first = list(dict.fromkeys(column for row in rows for column in row))
    order = list(dict.fromkeys(feature.block for feature in TABLE.values()))
    return sorted(first, key=lambda column: order.index(TABLE[column[0]].block))


def _times(incidents: Sequence[Incident], groups: Sequence[Sequence[int]]) -> tuple[Floats, Floats]:
    """Interval per report: that of its most precise incident, the earliest of these."""
    bounds = np.full((2, len(groups)), np.nan)
    for number, group in enumerate(groups):
        dated = []
        for place in group:
            start, end = incidents[place].start, incidents[place].end
            if start is not None:
                dated.append((max(0.0, (start if end is None else end) - start), start))
        if dated:
            width, start = min(dated)
            bounds[:, number] = start, start + width
    return bounds[0], bounds[1]


def _numbered(names: Sequence[str]) -> Ints:
    """A number for each name, by first appearance."""
    known = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([known[name] for name in names], dtype=np.int64).reshape(-1)


def _degrees(values: Sequence[float | None]) -> Floats:
    """The values, NaN where there is none."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64).reshape(-1)
