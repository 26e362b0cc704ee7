"""A description as arrays, built once: which groups each node supplies, what each group needs, how long it lasts."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from verband.language.errors import InputError
from verband.language.words import closest
from verband.methods.depending.cascades.checking import checked_arrays, checked_nodes
from verband.methods.depending.cascades.edges import Edges, edges_of
from verband.methods.depending.cascades.model import Node
from verband.methods.depending.cascades.parts import parts_of

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Places: TypeAlias = "array[int] | list[int]"
Hours: TypeAlias = "array[float] | list[float]"
#: Up to this many edges plain lists are kept, which are quicker; above it packed arrays, which are a tenth of the size.
_LISTED = 200_000


@dataclass(frozen=True)
class Plain:
    """The arrays as Python reads them one by one."""

    first: Places
    supplies: Places
    need: Places
    node: Places
    buffer_h: Hours


@dataclass(frozen=True, eq=False)
class System:
    """Nodes and groups by number, in the order of the description. Groups of a node follow each other.

    `supplies[first[v] : first[v + 1]]` are the groups that node v is a member of; `members[start[g] : start[g + 1]]`
    the members of group g; `need[g]` how many of them must fail before it loses its supply (n - k + 1); `node[g]` whose
    it is; `buffer_h[g]` how long it lasts then. `spread` is NaN where none was stated. `grade[v]` is a place in
    `grades`, -1 for no process.
    """

    first: Ints
    supplies: Ints
    start: Ints
    members: Ints
    need: Ints
    node: Ints
    buffer_h: Floats
    spread: Floats
    grade: npt.NDArray[np.int8]
    grades: tuple[str, ...]
    names: Sequence[str]
    owners: Mapping[str, str]

    @property
    def size(self) -> int:
        """How many nodes there are."""
        return len(self.first) - 1

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The number of each node by its name."""
        return {name: place for place, name in enumerate(self.names)}

    @cached_property
    def opens(self) -> Places:
        """The groups of node v are those from `opens[v]` up to `opens[v + 1]`."""
        return array("i", np.searchsorted(self.node, np.arange(self.size + 1)).astype(np.int32).tobytes())

    def numbers(self, names: Iterable[str]) -> list[int]:
        """Their numbers, each once, rising. Raises InputError("depending.node_unknown") with the nearest name."""
        found = set()
        for name in names:
            if name not in self.places:
                raise InputError("depending.node_unknown", node=name, nearest=closest(name, self.names) or "")
            found.add(self.places[name])
        return sorted(found)

    @cached_property
    def plain(self) -> Plain:
        """The same arrays for loops in Python."""
        ints = (self.first, self.supplies, self.need, self.node)
        if len(self.supplies) <= _LISTED:
            first, supplies, need, node = (part.tolist() for part in ints)
            return Plain(first, supplies, need, node, self.buffer_h.tolist())
        packed_first, packed, packed_need, packed_node = (array("i", part.tobytes()) for part in ints)
        return Plain(packed_first, packed, packed_need, packed_node, array("d", self.buffer_h.tobytes()))

    @cached_property
    def edges(self) -> Edges:
        """The same arrays for steps over many nodes at a time."""
        return edges_of(self.first, self.supplies, self.need, self.node, self.buffer_h)

    def with_buffers(self, buffer_h: Floats) -> System:
        """The same with other buffers."""
        return replace(self, buffer_h=buffer_h)

    def with_needs(self, need: Ints) -> System:
        """The same with other numbers of members that must fail before a group loses its supply."""
        return replace(self, need=need)

    @cached_property
    def closed_cycles(self) -> tuple[tuple[str, ...], ...]:
        """Sets of nodes that supply each other and get nothing from outside the set, in the order of the nodes.

        They are taken as running at the start; once all of such a set are down, nothing here starts it again.
        """
        ends = np.repeat(self.node, np.diff(self.start))
        part = parts_of(self.size, self.members, ends)
        crossing = part[self.members] != part[ends]
        closed = np.bincount(part, minlength=self.size) > 1
        closed[part[ends[crossing]]] = False
        inside = np.flatnonzero(closed[part])
        found: dict[int, list[str]] = {}
        for place in inside.tolist():
            found.setdefault(int(part[place]), []).append(self.names[place])
        return tuple(tuple(names) for names in found.values())


def system_of(nodes: Iterable[Node]) -> System:
    """The arrays of a description, checked first.

    Raises InputError: ("depending.empty") without nodes; ("depending.owner_differs") for one name with two owners and
    ("depending.node_twice") for one described twice; with node and group (from 1): ("depending.group_empty"),
    ("depending.member_unknown") with the nearest name, ("depending.member_twice"), ("depending.supplies_itself"),
    ("depending.k") where k is below 1 or above the number of members, ("depending.buffer") for a negative buffer or
    one that is no number, ("depending.spread") for a factor below 1.
    A cycle that nothing supplies from outside is accepted; `System.closed_cycles` names it.
    """
    listed = checked_nodes(nodes)
    places = {node.name: place for place, node in enumerate(listed)}
    groups = [(places[node.name], group) for node in listed for group in node.requirements]
    grades = tuple(sorted({node.grade for node in listed if node.grade}))
    return _arranged(
        size=len(listed),
        node=np.array([place for place, _ in groups], dtype=np.int32),
        count=np.array([len(group.members) for _, group in groups], dtype=np.int32),
        members=np.array([places[name] for _, group in groups for name in group.members], dtype=np.int32),
        k=np.array([group.k for _, group in groups], dtype=np.int32),
        buffer_h=np.array([group.buffer_h for _, group in groups], dtype=np.float64),
        spread=np.array([group.spread or np.nan for _, group in groups], dtype=np.float64),
        grade=np.array([grades.index(node.grade) if node.grade else -1 for node in listed], dtype=np.int8),
        grades=grades,
        names=tuple(node.name for node in listed),
        owners={node.name: node.owner for node in listed},
    )


def system_of_arrays(
    size: int,
    *,
    node: npt.ArrayLike,
    count: npt.ArrayLike,
    members: npt.ArrayLike,
    k: npt.ArrayLike,
    buffer_h: npt.ArrayLike,
    grade: npt.ArrayLike | None = None,
    grades: tuple[str, ...] = ("A", "B"),
) -> System:
    """The same from arrays, for networks of a size that nobody describes by hand. Names are the numbers of the nodes.

    Per group: `node` whose it is (rising), `count` of members, `k`, `buffer_h`; `members` of all groups after each
    other. `grade` per node is a place in `grades` or -1 (left out: all the last grade).

    Raises what `system_of` raises, with numbers for names; ("depending.arrays") where lengths or order do not fit.
    """
    node, count, members = (np.asarray(part, dtype=np.int32) for part in (node, count, members))
    k, buffer_h = np.asarray(k, dtype=np.int32), np.asarray(buffer_h, dtype=np.float64)
    graded = np.full(size, len(grades) - 1, dtype=np.int8) if grade is None else np.asarray(grade, dtype=np.int8)
    checked_arrays(size, node, count, members, k, buffer_h)
    if len(graded) != size or (size and not -1 <= int(graded.min()) <= int(graded.max()) < len(grades)):
        raise InputError("depending.arrays", reason="grade")
    return _arranged(
        size=size,
        node=node,
        count=count,
        members=members,
        k=k,
        buffer_h=buffer_h,
        spread=np.full(len(node), np.nan),
        grade=graded,
        grades=grades,
        names=_Numbers(size),
        owners={},
    )


class _Numbers(Sequence[str]):
    """The numbers of nodes as names, made when they are asked for."""

    def __init__(self, size: int) -> None:
        self._range = range(size)

    def __len__(self) -> int:
        return len(self._range)

    def __getitem__(self, place):  # type: ignore[no-untyped-def]
        found = self._range[place]
        return str(found) if isinstance(found, int) else [str(number) for number in found]


def _arranged(
    *,
    size: int,
    node: Ints,
    count: Ints,
    members: Ints,
    k: Ints,
    buffer_h: Floats,
    spread: Floats,
    grade: npt.NDArray[np.int8],
    grades: tuple[str, ...],
    names: Sequence[str],
    owners: Mapping[str, str],
) -> System:
    start = np.zeros(len(node) + 1, dtype=np.int32)
    np.cumsum(count, out=start[1:])
    first = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(members, minlength=size), out=first[1:])
    groups = np.repeat(np.arange(len(node), dtype=np.int32), count)
    # One sort of whole numbers is several times quicker than a stable sort of places.
    edges = np.int64(max(1, len(members)))
    supplies = groups[np.sort(members * edges + np.arange(len(members))) % edges]
    need = (count - k + 1).astype(np.int32)
    return System(first, supplies, start, members, need, node, buffer_h, spread, grade, grades, names, owners)
