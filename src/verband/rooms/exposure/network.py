"""The network that a reader may see, and what the method says about it: cascades, criticality, single suppliers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import sha256

import msgspec

from verband.language.errors import NotFoundError
from verband.language.markings import Marking
from verband.methods.depending.cascades import (
    Criticality,
    Node,
    Parameters,
    Requirement,
    System,
    criticality,
    propagate,
    system_of,
)
from verband.rooms.exposure import keeping, models
from verband.rooms.people.services import Reader

#: Of so many suppliers and assets it is looked up whether they take several processes along.
_LOOKED_AT = 500
#: Intervals are drawn for so many of a ranking: what a person reads.
_WITH_INTERVAL = 25


@dataclass(frozen=True)
class NodeView:
    """What can fail: a process, an asset or a supplier. `grade` is the class of a vital process, else empty."""

    key: str
    kind: str
    name_nl: str
    name_en: str
    owner: str
    grade: str
    sector: str
    interest: str
    impact: str
    impact_language: str
    review_on: date | None
    country: str
    controlled_from: str
    source: str
    marking: Marking
    asset_class: str = ""
    latitude: float | None = None
    longitude: float | None = None

    def name(self, language: str) -> str:
        """The name in `nl` or `en`."""
        return self.name_nl if language == "nl" else self.name_en

    def overdue(self, today: date) -> bool:
        """Whether its review is past its day (R061)."""
        return self.review_on is not None and self.review_on < today


@dataclass(frozen=True)
class RequirementView:
    """That a node needs k of the members, and how long it lasts without, in hours, with bounds where stated."""

    node: str
    members: tuple[str, ...]
    k: int
    buffer_h: float
    low_h: float | None
    high_h: float | None
    source: str
    marking: Marking

    @property
    def spread(self) -> float | None:
        """The factor of the method: the wider of the two stated bounds; None where none is stated."""
        sides = [self.high_h / self.buffer_h] if self.high_h is not None and self.buffer_h else []
        sides += [self.buffer_h / self.low_h] if self.low_h else []
        return max(sides) if sides else None


@dataclass(frozen=True)
class Network:
    """The nodes and requirements of one reader, as they stood."""

    nodes: Mapping[str, NodeView]
    requirements: tuple[RequirementView, ...]

    @property
    def markings(self) -> list[Marking]:
        """The markings of everything in it."""
        return [*(node.marking for node in self.nodes.values()), *(row.marking for row in self.requirements)]

    @cached_property
    def system(self) -> System:
        """The description as the method takes it. Raises InputError("depending.empty") without nodes."""
        of: dict[str, list[Requirement]] = {}
        for row in self.requirements:
            of.setdefault(row.node, []).append(Requirement(row.members, row.k, row.buffer_h, row.spread))
        return _system(
            tuple(Node(node.key, tuple(of.get(node.key, ())), node.grade, node.owner) for node in self.nodes.values())
        )

    def node(self, key: str) -> NodeView:
        """One node. Raises NotFoundError("exposure.no_node") alike where there is none and where it may not be seen."""
        if key not in self.nodes:
            raise NotFoundError("exposure.no_node", key=key)
        return self.nodes[key]

    def part(self, picks: Sequence[str]) -> Network:
        """What decides over what these can ever bring down, and nothing else: the nodes that can fail with them, and
        every requirement that one of these is a member of. Raises NotFoundError("exposure.no_node").
        """
        cascade = propagate(self.system, [self.node(key).key for key in picks])
        fallen = {step.name for step in cascade.steps()}
        rows = tuple(row for row in self.requirements if not fallen.isdisjoint(row.members))
        keys = fallen.union(*({row.node, *row.members} for row in rows))
        return Network({key: node for key, node in self.nodes.items() if key in keys}, rows)

    @cached_property
    def digest(self) -> str:
        """A name for its nodes, classes, requirements and their numbers; the same in any order."""
        nodes = sorted([node.key, node.grade] for node in self.nodes.values())
        rows = sorted(
            [row.node, sorted(row.members), row.k, row.buffer_h, row.low_h or 0.0, row.high_h or 0.0]
            for row in self.requirements
        )
        return sha256(msgspec.json.encode([nodes, rows])).hexdigest()[:16]

    def needs(self, key: str) -> list[RequirementView]:
        """What this node needs."""
        return [row for row in self.requirements if row.node == key]

    def serves(self, key: str) -> list[RequirementView]:
        """The requirements that this node is a member of."""
        return [row for row in self.requirements if key in row.members]


@dataclass(frozen=True)
class Single:
    """A supplier or asset that takes several processes along when it fails alone (R064), at whatever tier."""

    node: NodeView
    processes: tuple[NodeView, ...]
    #: Processes that no requirement of their own ties to it: they lean on it through others.
    through_others: tuple[NodeView, ...]


def network(who: Reader, *, known_on: int | None = None) -> Network:
    """What the reader may see. A requirement with a node or member that he may not see is left out whole."""
    nodes = {row.key: _process(row) for row in keeping.standing(models.Process, who, known_on=known_on)}
    nodes |= {row.key: _supplier(row) for row in keeping.standing(models.Supplier, who, known_on=known_on)}
    rows = keeping.standing(models.Requirement, who, known_on=known_on)
    told = tuple(_requirement(row) for row in rows if {row.node, *row.members} <= nodes.keys())
    return Network(nodes, told)


def ranking(found: Network, *, horizon_h: float) -> Criticality:
    """Every node by what is lost when it fails alone, most first; intervals for the first 25."""
    return _ranking(found.system, horizon_h)


def singles(found: Network) -> list[Single]:
    """Suppliers and assets whose failure alone in the end takes two processes or more, most first."""
    shown = []
    candidates = [node for node in found.nodes.values() if node.kind != "process" and found.serves(node.key)]
    for node in candidates[:_LOOKED_AT]:
        steps = propagate(found.system, [node.key]).steps()
        fallen = [found.nodes[step.name] for step in steps if found.nodes[step.name].kind == "process"]
        if len(fallen) > 1:
            own = {row.node for row in found.serves(node.key)}
            shown.append(Single(node, tuple(fallen), tuple(one for one in fallen if one.key not in own)))
    return sorted(shown, key=lambda one: -len(one.processes))


@lru_cache(maxsize=16)
def _system(nodes: tuple[Node, ...]) -> System:
    """Kept by the whole description: who sees the same rows gets the same arrays, and nobody else's."""
    return system_of(nodes)


@lru_cache(maxsize=16)
def _ranking(system: System, horizon_h: float) -> Criticality:
    return criticality(system, Parameters(horizon_h=horizon_h, with_interval=_WITH_INTERVAL))


def _process(row: models.Process) -> NodeView:
    return NodeView(
        key=row.key,
        kind=row.kind,
        name_nl=row.name_nl,
        name_en=row.name_en,
        owner=row.owner,
        grade=row.grade,
        sector=row.sector,
        interest=row.interest,
        impact=row.impact,
        impact_language=row.impact_language,
        review_on=row.review_on,
        country="",
        controlled_from="",
        source=row.source,
        marking=row.marking.value(),
        asset_class=row.asset_class,
        latitude=row.latitude,
        longitude=row.longitude,
    )


def _supplier(row: models.Supplier) -> NodeView:
    return NodeView(
        key=row.key,
        kind="supplier",
        name_nl=row.name,
        name_en=row.name,
        owner="",
        grade="",
        sector="",
        interest="",
        impact="",
        impact_language="",
        review_on=None,
        country=row.country,
        controlled_from=row.controlled_from,
        source=row.source,
        marking=row.marking.value(),
    )


def _requirement(row: models.Requirement) -> RequirementView:
    return RequirementView(
        node=row.node,
        members=tuple(row.members),
        k=row.k,
        buffer_h=row.buffer_h,
        low_h=row.buffer_low_h,
        high_h=row.buffer_high_h,
        source=row.source,
        marking=row.marking.value(),
    )
