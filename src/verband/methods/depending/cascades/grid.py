"""A transmission grid: which buses are cut off from every generator and import link when buses or lines fail.

Flows, limits, voltage and frequency are not modelled: a bus is up while a path leads to a supply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
import numpy.typing as npt

from verband.language.errors import InputError
from verband.language.words import closest
from verband.methods.depending.cascades.model import Node

Flags = npt.NDArray[np.bool_]


class Connection(Protocol):
    """Whatever has a name and two ends."""

    @property
    def name(self) -> str: ...
    @property
    def one(self) -> str: ...
    @property
    def other(self) -> str: ...


@dataclass(frozen=True)
class Branch:
    """A line, cable or transformer between two buses, by its own name. Parallel ones are branches of their own."""

    name: str
    one: str
    other: str


@dataclass(frozen=True)
class GridFailure:
    """One bus or branch that fails alone, and every bus that is down then, in the order of the grid."""

    name: str
    down: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Grid:
    """Buses, branches, and the buses with a supply of their own (a generator, or an import link). See `grid_of`."""

    buses: tuple[str, ...]
    branches: tuple[Connection, ...]
    supplied: frozenset[str]

    @cached_property
    def dark(self) -> tuple[str, ...]:
        """Buses that no path leads to from a supply even when all is well: gaps in the description, taken as no bus."""
        return tuple(name for name, up in zip(self.buses, self._up(), strict=True) if not up)

    def down(self, *, buses: Iterable[str] = (), branches: Iterable[str] = ()) -> tuple[str, ...]:
        """The buses that are down when these fail together, computed anew; those that were dark before are left out.

        Raises InputError("depending.bus_unknown") or ("depending.branch_unknown") with the nearest name.
        """
        failed = np.zeros(len(self.buses), dtype=bool)
        failed[[_known(self._places, name, "depending.bus_unknown") for name in buses]] = True
        broken = np.zeros(len(self.branches), dtype=bool)
        broken[[_known(self._branch_places, name, "depending.branch_unknown") for name in branches]] = True
        lost = self._up() & ~self._up(failed, broken)
        return tuple(self.buses[place] for place in np.flatnonzero(lost))

    @cached_property
    def bus_failures(self) -> tuple[GridFailure, ...]:
        """Every single bus that is not dark, in the order of the grid: itself, and what it alone connects to supply."""
        tree = self._tree
        own = tree.size - 1
        return tuple(
            GridFailure(name, self._named([place, *tree.cut_by_node(place)]))
            for place, name in enumerate(self.buses)
            if tree.enter[place] >= 0 and place != own
        )

    @cached_property
    def branch_failures(self) -> tuple[GridFailure, ...]:
        """Every bridge, a branch without which some bus is cut off, in the order of the grid; no other cuts off any."""
        tree = self._tree
        return tuple(
            GridFailure(branch.name, self._named(tree.below(tree.bridges[place])))
            for place, branch in enumerate(self.branches)
            if place in tree.bridges
        )

    def nodes(self, buses: Iterable[str], *, prefix: str = "") -> tuple[Node, ...]:
        """These buses as nodes of a cascade, supplied from outside it; they fail as `bus_failures` says.

        Raises InputError("depending.bus_unknown"), ("depending.bus_dark") for one that has no supply in the data.
        """
        names = list(dict.fromkeys(buses))
        for name in names:
            if self._tree.enter[_known(self._places, name, "depending.bus_unknown")] < 0:
                raise InputError("depending.bus_dark", bus=name)
        return tuple(Node(prefix + name) for name in names)

    def candidates(self, buses: Iterable[str], *, prefix: str = "") -> dict[str, list[str]]:
        """For `criticality`: each single bus that takes down some of these, with the nodes that fail with it."""
        used = set(buses)
        found = {failure.name: [prefix + bus for bus in failure.down if bus in used] for failure in self.bus_failures}
        return {prefix + name: nodes for name, nodes in found.items() if nodes}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {name: place for place, name in enumerate(self.buses)}

    @cached_property
    def _branch_places(self) -> Mapping[str, int]:
        return {branch.name: place for place, branch in enumerate(self.branches)}

    @cached_property
    def _ends(self) -> tuple[list[int], list[int]]:
        """The buses of each branch by number, and after them a branch from each supplied bus to the supply itself."""
        places, supply = self._places, len(self.buses)
        fed = [place for place, name in enumerate(self.buses) if name in self.supplied]
        ones = [places[branch.one] for branch in self.branches] + fed
        return ones, [places[branch.other] for branch in self.branches] + [supply] * len(fed)

    def _up(self, failed: Flags | None = None, broken: Flags | None = None) -> Flags:
        from scipy.sparse import csr_array  # slow to import, and no failure time needs it
        from scipy.sparse.csgraph import connected_components

        ones, others = (np.array(part, dtype=np.int64) for part in self._ends)
        kept = np.ones(len(ones), dtype=bool)
        if broken is not None:
            kept[: len(broken)] &= ~broken
        if failed is not None:
            there = np.append(~failed, True)
            kept &= there[ones] & there[others]
        size = len(self.buses) + 1
        links = csr_array((np.ones(int(kept.sum()), dtype=np.int8), (ones[kept], others[kept])), shape=(size, size))
        _, part = connected_components(links, directed=False)
        found: Flags = part[:-1] == part[-1]
        return found

    @cached_property
    def _tree(self) -> _Tree:
        return _Tree.of(len(self.buses) + 1, *self._ends)

    def _named(self, places: Iterable[int]) -> tuple[str, ...]:
        return tuple(self.buses[place] for place in sorted(places))


def grid_of(buses: Sequence[str], branches: Sequence[Connection], *, supplied: Iterable[str]) -> Grid:
    """The grid, checked.

    Raises InputError("depending.empty"), ("depending.bus_twice"), ("depending.branch_twice"), ("depending.bus_unknown")
    for a branch or supply at no known bus, ("depending.no_supply") where nothing supplies the grid.
    """
    supplied = frozenset(supplied)
    if not buses:
        raise InputError("depending.empty")
    known = {name: place for place, name in enumerate(buses)}
    if len(known) < len(buses):
        raise InputError("depending.bus_twice", bus=_twice(buses))
    named = [branch.name for branch in branches]
    if len(set(named)) < len(named):
        raise InputError("depending.branch_twice", branch=_twice(named))
    for name in (*(end for branch in branches for end in (branch.one, branch.other)), *sorted(supplied)):
        _known(known, name, "depending.bus_unknown")
    if not supplied:
        raise InputError("depending.no_supply")
    return Grid(tuple(buses), tuple(branches), supplied)


@dataclass(frozen=True, eq=False)
class _Tree:
    """A depth-first tree from the supply: what hangs on the rest of the grid by one node or one branch alone.

    `enter` is each node's turn (-1 where no path leads), `leave` the last turn below it; `order` the nodes by turn.
    `hung` holds for each node the children that are cut off without it, `bridges` for each bridge its far end.
    Source: Tarjan 1972 (articulation points), 1974 (bridges).
    """

    size: int
    enter: list[int]
    leave: list[int]
    order: list[int]
    hung: dict[int, list[int]]
    bridges: dict[int, int]

    def below(self, node: int) -> list[int]:
        """The node and all that hangs on it in the tree."""
        return self.order[self.enter[node] : self.leave[node] + 1]

    def cut_by_node(self, node: int) -> list[int]:
        """What no path leads to without this node."""
        return [place for child in self.hung.get(node, []) for place in self.below(child)]

    @classmethod
    def of(cls, size: int, ones: Sequence[int], others: Sequence[int]) -> _Tree:
        """The tree of a graph with parallel branches, rooted at its last node."""
        at: list[list[tuple[int, int]]] = [[] for _ in range(size)]
        for edge, (one, other) in enumerate(zip(ones, others, strict=True)):
            at[one].append((other, edge))
            at[other].append((one, edge))
        root = size - 1
        enter, leave, low = [-1] * size, [-1] * size, [0] * size
        order = [root]
        hung: dict[int, list[int]] = {}
        bridges: dict[int, int] = {}
        enter[root] = 0
        stack = [(root, -1, iter(at[root]))]
        while stack:
            node, came_by, around = stack[-1]
            for neighbour, edge in around:
                if enter[neighbour] < 0:
                    enter[neighbour] = low[neighbour] = len(order)
                    order.append(neighbour)
                    stack.append((neighbour, edge, iter(at[neighbour])))
                    break
                if edge != came_by:
                    low[node] = min(low[node], enter[neighbour])
            else:
                stack.pop()
                leave[node] = len(order) - 1
                if stack:
                    above = stack[-1][0]
                    low[above] = min(low[above], low[node])
                    if low[node] >= enter[above]:
                        hung.setdefault(above, []).append(node)
                    if low[node] > enter[above]:
                        bridges[came_by] = node
        return cls(size, enter, leave, order, hung, bridges)


def _known(places: Mapping[str, int], name: str, code: str) -> int:
    if name not in places:
        raise InputError(code, name=name, nearest=closest(name, list(places)) or "")
    return places[name]


def _twice(names: Sequence[str]) -> str:
    seen: set[str] = set()
    return next(name for name in names if name in seen or seen.add(name))  # type: ignore[func-returns-value]
