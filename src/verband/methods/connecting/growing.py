"""The search of one world of a large collection: seeds from its links, groups grown among their neighbours."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .groups import search
from .linking import Links
from .model import Parameters
from .pairs import Pairs
from .parts import Whole, part
from .times import Clock

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SEEDS_PER_HUNDRED = 3.0
SEEDS_LEAST = 200
TOGETHER = 40
"""Seeds whose neighbourhoods are searched in one part."""
BESIDE = 30
"""Neighbours of a report that are looked at, the strongest."""
CLOSED = 0.15
"""Seeds that are chosen for the links that close a triangle with them, as a share of those chosen for their weight."""
CLOSING = 40
"""Links for each seed, the strongest, among which triangles are looked for."""


@dataclass(frozen=True)
class Found:
    """Groups of one world, the strongest first: reports (ascending), what each weighs and what stands, in bans."""

    rows: tuple[Ints, ...]
    bans: Floats
    stands: Floats


def grown(collection: Whole, times: Clock, links: Links, parameters: Parameters) -> Found:
    """Groups grown from the strongest links of this world among the reports linked with them; none shares a report
    with one that stands stronger.
    """
    rows: list[Ints] = []
    bans: list[float] = []
    stands: list[float] = []
    for places, pairs in _parts(collection, times, links):
        room = part(collection, places, pairs)
        wide = replace(parameters, seeds_per_hundred=100.0 * len(pairs.a) / len(places) + 1.0)
        found = search(room, times.shuffled(places), wide, against=-np.inf)
        rows += [places[np.flatnonzero(column)] for column in found.members.T]
        bans += found.bans.tolist()
        stands += found.stands.tolist()
    chosen: list[int] = []
    taken = np.zeros(collection.room.reports.count, dtype=np.bool_)
    for number in np.argsort(-np.round(np.array(stands), 9), kind="stable").tolist():
        if not taken[rows[number]].any():
            chosen.append(number)
            taken[rows[number]] = True
    return Found(tuple(rows[n] for n in chosen), np.array(bans)[chosen], np.array(stands)[chosen])


def touching(links: Links, groups: Sequence[Ints], count: int) -> Links:
    """The links of which an end is in one of these groups."""
    mark = np.zeros(count, dtype=np.bool_)
    for rows in groups:
        mark[rows] = True
    kept = mark[links.a] | mark[links.b]
    return Links(links.a[kept], links.b[kept], links.bans[kept], links.near[kept])


def beside(links: Links, wanted: Ints, count: int) -> dict[int, Ints]:
    """For each of the wanted reports its BESIDE strongest neighbours."""
    mark = np.zeros(count, dtype=np.bool_)
    mark[wanted] = True
    left, right = np.flatnonzero(mark[links.a]), np.flatnonzero(mark[links.b])
    here = np.concatenate([links.a[left], links.b[right]])
    there = np.concatenate([links.b[left], links.a[right]])
    weight = (links.bans + links.near)[np.concatenate([left, right])]
    order = np.lexsort((there, -np.round(weight, 9), here))
    here, there = here[order], there[order]
    names, first, many = np.unique(here, return_index=True, return_counts=True)
    return {
        int(name): there[start : start + min(BESIDE, int(size))]
        for name, start, size in zip(names, first, many, strict=True)
    }


def _seeds(links: Links, count: int) -> Ints:
    """Numbers of the links to grow from, of which no two share a report: the strongest, then those that are closed by
    the strongest links to others: a campaign of common values has many alike links and no strong one.
    """
    wanted = max(SEEDS_LEAST, round(SEEDS_PER_HUNDRED * count / 100))
    weight = np.round(links.bans + links.near, 9)
    taken: set[int] = set()
    strong = _strongest(weight, 8 * wanted)
    chosen = _disjoint(links, strong, wanted, taken)
    some = np.sort(_strongest(weight, CLOSING * wanted))
    closed = np.round(_closed(links, some, weight, count), 9)
    best = some[np.argsort(-closed, kind="stable")][: 8 * wanted]
    chosen += _disjoint(links, best, round(CLOSED * wanted), taken)
    return np.array(chosen, dtype=np.int64)


def _strongest(weight: Floats, many: int) -> Ints:
    """Numbers of the strongest links, ties at the edge included, the strongest first."""
    strong = np.arange(len(weight))
    if many < len(weight):
        edge = np.partition(weight, len(weight) - many)[len(weight) - many]
        strong = np.flatnonzero(weight >= edge)
    return strong[np.argsort(-weight[strong], kind="stable")]


def _disjoint(links: Links, order: Ints, most: int, taken: set[int]) -> list[int]:
    """The first so many of these links that share no report with one before it, nor with `taken`, which grows."""
    chosen: list[int] = []
    for number, a, b in zip(order.tolist(), links.a[order].tolist(), links.b[order].tolist(), strict=True):
        if len(chosen) >= most:
            break
        if a not in taken and b not in taken:
            chosen.append(number)
            taken |= {a, b}
    return chosen


def _closed(links: Links, some: Ints, weight: Floats, count: int) -> Floats:
    """For each of these links the sum, over the reports that both its ends are linked with, of both links' weights
    multiplied, times its own.
    """
    a, b, own = links.a[some], links.b[some], np.maximum(weight[some], 0.0)
    if not len(some):
        return np.zeros(0)
    one = sparse.csr_array((own, (a, b)), shape=(count, count))
    both = (one + one.T).tocsr()
    return np.asarray((both @ both).multiply(one).tocsr()[a, b], dtype=np.float64).ravel()


def _parts(collection: Whole, times: Clock, links: Links) -> Iterator[tuple[Ints, Pairs]]:
    """Reports of a part, ascending, and its seeds by place in them; seeds that are near in time go together."""
    count = collection.room.reports.count
    seeds = _seeds(links, count)
    middle = (times.middle[links.a[seeds]] + times.middle[links.b[seeds]]) / 2
    seeds = seeds[np.argsort(np.nan_to_num(middle), kind="stable")]
    near = beside(links, np.unique(np.concatenate([links.a[seeds], links.b[seeds]])), count)
    for first in range(0, len(seeds), TOGETHER):
        mine = np.sort(seeds[first : first + TOGETHER])
        ends = np.unique(np.concatenate([links.a[mine], links.b[mine]]))
        places = np.unique(np.concatenate([ends, *(near[end] for end in ends.tolist())]))
        a, b = np.searchsorted(places, links.a[mine]), np.searchsorted(places, links.b[mine])
        yield places, Pairs(a, b, links.bans[mine])
