"""A part of a large collection as a space of its own: few reports, weighed by how rare things are in the whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .columns import Keys, set_bans, set_keys
from .duplicates import Common, stating_bans
from .pairs import Pairs
from .reports import Reports
from .space import Space
from .voices import Voices

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Whole:
    """The collection that parts are taken of. `room`: its space, without pairs. `share`: bans of each report's sets of
    values, by feature; `stating`: how common it is to state each.
    """

    room: Space
    share: Floats
    feature_of: Ints
    stating: Common


def whole(room: Space) -> Whole:
    """The collection with what its parts ask for."""
    reports = room.reports
    names = {name: number for number, name in enumerate(dict.fromkeys(reports.feature))}
    feature_of = np.array([names[name] for name in reports.feature], dtype=np.int64)
    row = np.repeat(np.arange(reports.count), np.diff(reports.carries.indptr))
    keys: Keys = set_keys(row, reports.carries.indices.astype(np.int64), feature_of, reports.count)
    share = (keys != 0).mean(axis=0).tolist()
    stating = Common({}, {name: stating_bans(mean) for name, mean in zip(names, share, strict=True)})
    return Whole(room, set_bans(keys).astype(np.float32), feature_of, stating)


def part(collection: Whole, rows: Ints, pairs: Pairs) -> Space:
    """The reports `rows` (ascending) as a space; `pairs` by place in `rows`. Weights are those of the whole."""
    room = collection.room
    carries = room.reports.carries[rows]
    columns, inverse = np.unique(carries.indices, return_inverse=True)
    carries = sparse.csr_array((carries.data, inverse, carries.indptr), shape=(len(rows), len(columns)))
    reports = _reports(room.reports, rows, columns.astype(np.int64), carries)
    voices = Voices(reports, common=_common(collection, rows, reports, columns.astype(np.int64)))
    first = _space(room, reports, rows, columns.astype(np.int64), (pairs, voices))
    if room.firm is None:
        return first
    return replace(first, firm=_space(room.firm, reports, rows, columns.astype(np.int64), (pairs, voices)))


def _reports(whole: Reports, rows: Ints, columns: Ints, carries: Any) -> Reports:
    bounds = np.searchsorted(columns, [block.start for block in whole.blocks] + [len(whole.rarity)])
    return replace(
        whole,
        members=tuple(whole.members[row] for row in rows.tolist()),
        carries=carries,
        by_value=carries.T.tocsr(),
        feature=tuple(whole.feature[column] for column in columns.tolist()),
        value=tuple(whole.value[column] for column in columns.tolist()),
        blocks=tuple(slice(int(a), int(b)) for a, b in pairwise(bounds.tolist())),
        df=whole.df[columns],
        rarity=whole.rarity[columns],
        agree=whole.agree[columns],
        stated=whole.stated[:, rows],
        start=whole.start[rows],
        end=whole.end[rows],
        middle=whole.middle[rows],
        width=whole.width[rows],
        stratum=whole.stratum[rows],
        domain=whole.domain[rows],
        sources=tuple(whole.sources[row] for row in rows.tolist()),
        lat=whole.lat[rows],
        lon=whole.lon[rows],
    )


def _space(room: Space, reports: Reports, rows: Ints, columns: Ints, given: tuple[Pairs, Voices]) -> Space:
    values = len(room.rarity)
    reads = room.reads[rows]
    wanted = np.concatenate([columns, np.arange(values, room.reads.shape[1])])
    reads = sparse.csr_array(
        (reads.data, np.searchsorted(wanted, reads.indices), reads.indptr), shape=(len(rows), len(wanted))
    )
    return replace(
        room,
        reports=reports,
        pairs=given[0],
        voices=given[1],
        rarity=room.rarity[columns],
        level=room.level[:, columns],
        gain=room.gain[:, columns],
        loss=room.loss[:, columns],
        prior=room.prior[columns],
        block_of=room.block_of[columns],
        feature_of=room.feature_of[columns],
        alone=room.alone[columns],
        within=tuple(
            None if one else reports.carries[:, block].tocsr().astype(np.float32)
            for one, block in zip(room.single, reports.blocks, strict=True)
        ),
        reads=reads,
        firm=None,
    )


def _common(collection: Whole, rows: Ints, reports: Reports, columns: Ints) -> Common:
    """How common the sets of values of these reports are in the whole."""
    rarity: dict[tuple[str, frozenset[str]], float] = {}
    indptr, indices = reports.carries.indptr.tolist(), reports.carries.indices.tolist()
    number = collection.feature_of[columns].tolist()
    share = collection.share[rows].tolist()
    for row in range(len(rows)):
        values: dict[int, list[int]] = {}
        for column in indices[indptr[row] : indptr[row + 1]]:
            values.setdefault(number[column], []).append(column)
        for feature, mine in values.items():
            key = (reports.feature[mine[0]], frozenset(reports.value[column] for column in mine))
            rarity[key] = share[row][feature]
    return replace(collection.stating, rarity=rarity)
