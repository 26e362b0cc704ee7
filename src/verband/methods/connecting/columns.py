"""Incidents as columns, from tables to reports, with no Python object for an incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy import sparse

from .model import Incident, Parameters
from .reports import VAGUE_DAYS, Reports
from .table import TABLE

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]


@dataclass(frozen=True)
class Columns:
    """Incidents in canonical order. `place`: in the input; `row`, `column`: who states which value, each once.

    `feature`, `value`: of a column, columns of one block side by side. `domain`: number of the domain; times in days,
    degrees, NaN where unknown. `documents`: row and number of each document that stands behind more than one incident.
    """

    place: Ints
    row: Ints
    column: Ints
    feature: tuple[str, ...]
    value: tuple[str, ...]
    domain: Ints
    start: Floats
    end: Floats
    lat: Floats
    lon: Floats
    documents: tuple[Ints, Ints]

    @property
    def count(self) -> int:
        """How many incidents there are."""
        return len(self.place)

    @property
    def feature_of(self) -> Ints:
        """Number of the feature of each column, by first appearance."""
        known = {name: number for number, name in enumerate(dict.fromkeys(self.feature))}
        return np.array([known[name] for name in self.feature], dtype=np.int64)


def tables(incidents: Sequence[Incident]) -> tuple[Any, Any]:
    """Evidence and incidents as the Arrow tables that `read` takes, in the order in which they come."""
    rows = [(place, item) for place, incident in enumerate(incidents) for item in incident.evidence]
    evidence = {
        "incident": pa.array([place for place, _ in rows], pa.int64()),
        "feature": pa.array([item.feature for _, item in rows], pa.string()),
        "value": pa.array([item.value for _, item in rows], pa.string()),
        "record": pa.array([item.record for _, item in rows], pa.string()),
    }
    columns: dict[str, Any] = {"domain": pa.array([row.domain for row in incidents], pa.string())}
    for name in ("start", "end", "lat", "lon"):
        columns[name] = pa.array([getattr(row, name) for row in incidents], pa.float64())
    columns["sources"] = pa.array([list(row.sources) for row in incidents], pa.list_(pa.string()))
    return pa.table(evidence), pa.table(columns)


def read(evidence: Any, incidents: Any, parameters: Parameters) -> Columns:
    """The evidence that a run may read.

    `incidents`: an Arrow table with `domain`, `start`, and where known `end`, `lat`, `lon` and `sources` (lists), a row
    for each incident. `evidence`: `incident` (row of that table), `feature`, `value`, `record`. Canonical order is by
    time, place on the map, and how many and how common the values are; ties keep the input's order, no name is read.
    """
    count = incidents.num_rows
    row, feature, value = _readable(evidence, parameters)
    start, end, lat, lon = (_figures(incidents, name) for name in ("start", "end", "lat", "lon"))
    end = np.where(np.isnan(end), start, np.maximum(start, end))
    names, feature_code = _coded(feature)
    values, value_code = _coded(value)
    slot, column = np.unique(feature_code * max(1, len(values)) + value_code, return_inverse=True)
    both = np.unique(row * max(1, len(slot)) + column)
    row, column = np.divmod(both, max(1, len(slot)))
    rank = _order(row, column, len(slot), (start, end, lat, lon))
    left = _kept(incidents, parameters)
    order = rank[left[rank]]
    new = np.full(count, -1, dtype=np.int64)
    new[order] = np.arange(len(order))
    row, column = new[row[new[row] >= 0]], column[new[row] >= 0]
    sort = np.lexsort((column, row))
    row, column = row[sort], column[sort]
    column, chosen = _by_block(column, [names[code] for code in (slot // max(1, len(values))).tolist()])
    _, domain = _coded(incidents.column("domain"))
    return Columns(
        place=order,
        row=row,
        column=column,
        feature=tuple(names[slot[old] // len(values)] for old in chosen.tolist()),
        value=tuple(values[slot[old] % len(values)] for old in chosen.tolist()),
        domain=_renumbered(domain[order]),
        start=start[order],
        end=end[order],
        lat=lat[order],
        lon=lon[order],
        documents=_documents(incidents, new),
    )


def _readable(evidence: Any, parameters: Parameters) -> tuple[Ints, Any, Any]:
    wanted = [
        name
        for name, feature in TABLE.items()
        if feature.carries > 0
        and (parameters.features is None or name in parameters.features)
        and name not in parameters.exclude_features
    ]
    keep = pc.is_in(evidence.column("feature"), value_set=pa.array(wanted, pa.string()))
    if parameters.exclude_sources:
        dropped = pc.is_in(evidence.column("record"), value_set=pa.array(parameters.exclude_sources, pa.string()))
        keep = pc.and_(keep, pc.invert(dropped))
    table = evidence.filter(keep)
    return table.column("incident").to_numpy().astype(np.int64), table.column("feature"), table.column("value")


def _coded(column: Any) -> tuple[list[str], Ints]:
    """The names of a column by first appearance, and the number of each row's."""
    found = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(found, pa.ChunkedArray):
        found = pa.concat_arrays(found.chunks) if found.num_chunks else pa.array([], found.type)
    found = found if pa.types.is_dictionary(found.type) else found.dictionary_encode()
    return found.dictionary.to_pylist(), found.indices.to_numpy(zero_copy_only=False).astype(np.int64)


def _figures(table: Any, name: str) -> Floats:
    if name not in table.column_names:
        return np.full(table.num_rows, np.nan)
    column = table.column(name).cast(pa.float64())
    return np.asarray(pc.fill_null(column, float("nan")).to_numpy(), dtype=np.float64)


def _order(row: Ints, column: Ints, columns: int, keys: tuple[Floats, ...]) -> Ints:
    count = len(keys[0])
    df = np.bincount(column, minlength=columns)
    many = np.bincount(row, minlength=count)
    common = np.bincount(row, weights=np.log(df[column]), minlength=count) if len(row) else np.zeros(count)
    start, end, lat, lon = (np.nan_to_num(key, nan=blank) for key, blank in zip(keys, _BLANK, strict=True))
    return np.lexsort((np.round(common, 6), many, lon, lat, end, start)).astype(np.int64)


_BLANK = (np.inf, np.inf, -99.0, -999.0)


def _kept(incidents: Any, parameters: Parameters) -> NDArray[np.bool_]:
    """Whether each incident has a source that is not excluded, or none at all."""
    out = np.ones(incidents.num_rows, dtype=np.bool_)
    if parameters.exclude_sources and "sources" in incidents.column_names:
        dropped = set(parameters.exclude_sources)
        rows = incidents.column("sources").to_pylist()
        out[:] = [not row or not set(row) <= dropped for row in rows]
    return out


def _by_block(column: Ints, names: list[str]) -> tuple[Ints, Ints]:
    """Columns numbered by block, then by first appearance; and the old number of each."""
    blocks = list(dict.fromkeys(feature.block for feature in TABLE.values()))
    block = np.array([blocks.index(TABLE[name].block) for name in names], dtype=np.int64)
    used, first = np.unique(column, return_index=True)
    order = np.lexsort((first, block[used]))
    chosen = used[order]
    new = np.full(len(names), -1, dtype=np.int64)
    new[chosen] = np.arange(len(chosen))
    return new[column], chosen


def _renumbered(codes: Ints) -> Ints:
    """The codes numbered by first appearance."""
    found, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
    rank = np.empty(len(found), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(found))
    return rank[inverse]


def _documents(incidents: Any, new: Ints) -> tuple[Ints, Ints]:
    if "sources" not in incidents.column_names:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    lists = incidents.column("sources").combine_chunks()
    row = new[pc.list_parent_indices(lists).to_numpy().astype(np.int64)]
    _, document = _coded(pc.list_flatten(lists))
    many = np.bincount(document)
    keep = (row >= 0) & (many[document] > 1)
    return row[keep], document[keep]


def set_keys(row: Ints, column: Ints, feature_of: Ints, count: int) -> Keys:
    """For each row and feature a key of the set of values it states; 0 where it states none.

    Rows and columns come in ascending order. Two sets share a key once in 10^19 pairs.
    """
    features = int(feature_of.max(initial=-1)) + 1
    token = np.random.default_rng(20_260_101).integers(1, 2**63, len(feature_of), dtype=np.uint64)
    out = np.zeros(count * features, dtype=np.uint64)
    slot = row * features + feature_of[column]
    order = np.argsort(slot, kind="stable")
    slot = slot[order]
    first = np.flatnonzero(np.concatenate([[True], slot[1:] != slot[:-1]])) if len(slot) else np.zeros(0, np.int64)
    if len(first):
        out[slot[first]] = np.add.reduceat(token[column[order]], first)
    return out.reshape(count, features)


def set_bans(keys: Keys) -> Floats:
    """log10 share of the rows that state the same set, for each row and feature; 0 where nothing is stated."""
    out = np.zeros(keys.shape)
    for number in range(keys.shape[1]):
        _, inverse, many = np.unique(keys[:, number], return_inverse=True, return_counts=True)
        out[:, number] = np.log10((many[inverse] + 0.5) / (len(keys) + 1.0))
    return np.where(keys == 0, 0.0, out)


def reports_of(columns: Columns, head: Ints) -> Reports:
    """Reports from incidents: those with one `head` (the first of them) are one report, in the order of their heads."""
    heads, report = np.unique(head, return_inverse=True)
    order = np.argsort(report, kind="stable")
    edges = np.searchsorted(report[order], np.arange(len(heads) + 1))
    places = columns.place[order].tolist()
    members = tuple(tuple(sorted(places[a:b])) for a, b in pairwise(edges.tolist()))
    carries, used = _agreed(columns, report, len(heads))
    feature = tuple(columns.feature[number] for number in used.tolist())
    names = list(dict.fromkeys(TABLE[name].block for name in feature))
    many = np.array([sum(TABLE[name].block == block for name in feature) for block in names], dtype=np.int64)
    bounds = np.concatenate([[0], np.cumsum(many)]).tolist()
    blocks = tuple(slice(int(a), int(b)) for a, b in pairwise(bounds))
    stated = np.zeros((len(blocks), len(heads)), dtype=np.bool_)
    for number, block in enumerate(blocks):
        stated[number] = np.diff(carries[:, block].tocsr().indptr) > 0
    start, end = _sharpest(columns, report, len(heads))
    middle = np.where(end - start <= VAGUE_DAYS, (start + end) / 2, np.nan)
    domain = _renumbered(columns.domain[heads])
    df = np.bincount(carries.indices, minlength=len(used)).astype(np.int64)
    return Reports(
        members=members,
        carries=carries,
        by_value=carries.T.tocsr(),
        feature=feature,
        value=tuple(columns.value[number] for number in used.tolist()),
        blocks=blocks,
        block_names=tuple(names),
        df=df,
        rarity=np.asarray((df + 0.5) / (len(heads) + 1.0), dtype=np.float64),
        agree=np.array([TABLE[name].carries for name in feature], dtype=np.float64),
        stated=stated,
        start=start,
        end=end,
        middle=middle,
        width=end - start,
        stratum=np.where(np.isnan(middle), -1, 2 * domain + (end - start > 7.0)),
        domain=domain,
        sources=_behind(columns, report, len(heads)),
        lat=columns.lat[heads],
        lon=columns.lon[heads],
    )


def _agreed(columns: Columns, report: Ints, count: int) -> tuple[Any, Ints]:
    """Who carries what: values that at least half of the incidents of a report that state the feature agree on."""
    width = max(1, len(columns.feature))
    feature_of = columns.feature_of
    slot, said = np.unique(report[columns.row] * width + columns.column, return_counts=True)
    row, column = np.divmod(slot, width)
    features = int(feature_of.max(initial=0)) + 1
    once = np.unique(columns.row * features + feature_of[columns.column])
    stating = np.bincount(report[once // features] * features + once % features, minlength=count * features)
    keep = 2 * said >= stating[row * features + feature_of[column]]
    row, column = row[keep], column[keep]
    used, column = np.unique(column, return_inverse=True)
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape=(count, len(used))), used


def _sharpest(columns: Columns, report: Ints, count: int) -> tuple[Floats, Floats]:
    """Interval per report: that of its most precise incident, the earliest of these."""
    bounds = np.full((2, count), np.nan)
    known = np.flatnonzero(~np.isnan(columns.start))
    start, width = columns.start[known], columns.end[known] - columns.start[known]
    order = known[np.lexsort((start, width, report[known]))]
    first = order[np.unique(report[order], return_index=True)[1]]
    bounds[:, report[first]] = columns.start[first], columns.end[first]
    return bounds[0], bounds[1]


def _behind(columns: Columns, report: Ints, count: int) -> tuple[frozenset[int], ...]:
    """The documents behind each report, of those that stand behind more than one incident."""
    nothing: frozenset[int] = frozenset()
    found: dict[int, set[int]] = {}
    for row, document in zip(report[columns.documents[0]].tolist(), columns.documents[1].tolist(), strict=True):
        found.setdefault(row, set()).add(document)
    return tuple(frozenset(found[row]) if row in found else nothing for row in range(count))
