"""What is lost when one fails: every single node or named set, ranked, with intervals over drawn buffers; and pairs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from verband.language.errors import InputError
from verband.methods.depending.cascades import over_draws
from verband.methods.depending.cascades.drawing import drawn_buffers
from verband.methods.depending.cascades.engines import Engine
from verband.methods.depending.cascades.losses import hours_lost
from verband.methods.depending.cascades.model import Parameters
from verband.methods.depending.cascades.propagate import Cascade, propagate
from verband.methods.depending.cascades.system import Floats, System

#: The version of the method, on every result.
VERSION = "1"


@dataclass(frozen=True)
class Standing:
    """One candidate: class-weighted process-hours lost in the horizon by the stated buffers, and 5-95 % of the draws.

    `low_h` and `high_h` are None where no interval was drawn. `fallen` counts all nodes that fail, the start included.
    """

    name: str
    lost_h: float
    fallen: int
    low_h: float | None = None
    high_h: float | None = None


@dataclass(frozen=True)
class Pair:
    """Two candidates that fail together. `beyond_h` is what that loses more than the two alone, added; below 0 too."""

    one: str
    other: str
    lost_h: float
    beyond_h: float


@dataclass(frozen=True)
class Criticality:
    """Candidates, most lost first, and equal ones in the order given; with all that is needed to make it again."""

    standings: tuple[Standing, ...]
    parameters: Parameters
    closed_cycles: tuple[tuple[str, ...], ...]
    version: str = VERSION


@dataclass(frozen=True, eq=False)
class Blast:
    """The blast radius of a set of nodes: its cascade, how many nodes of each grade fail, what is lost, with 5-95 %."""

    cascade: Cascade
    by_grade: Mapping[str, int]
    lost_h: float
    low_h: float
    high_h: float
    parameters: Parameters
    version: str = VERSION


Candidates = Mapping[str, Sequence[str]]


def criticality(
    system: System,
    parameters: Parameters | None = None,
    *,
    candidates: Candidates | None = None,
    engine: Engine = "auto",
) -> Criticality:
    """What is lost when each candidate fails: the sum over processes of weight times hours down within the horizon.

    A candidate is a name with the nodes that fail with it (a bus with all that it cuts off); left out, every single
    node. Intervals are the 5 and 95 % of `parameters.draws` seeded draws of the buffers, for the `with_interval`
    highest; every candidate meets the same draws.

    Raises InputError("depending.node_unknown"), ("depending.nothing_fails") for a candidate without nodes.
    """
    parameters = parameters or Parameters()
    names, sets = _sets(system, candidates)
    found = hours_lost(system, sets, horizon_h=parameters.horizon_h, engine=engine)
    lost_h = found.weighted_h(parameters.weights)
    order = np.argsort(-lost_h, kind="stable")
    drawn = order[: parameters.with_interval].tolist()
    low, high = _intervals(system, parameters, [_set_at(sets, at) for at in drawn], engine)
    standings = [
        Standing(
            names[at],
            float(lost_h[at]),
            int(found.fallen[at]),
            float(low[rank]) if rank < len(low) else None,
            float(high[rank]) if rank < len(high) else None,
        )
        for rank, at in enumerate(order.tolist())
    ]
    return Criticality(tuple(standings), parameters, system.closed_cycles)


def pairs(
    system: System,
    parameters: Parameters | None = None,
    *,
    candidates: Candidates | None = None,
    engine: Engine = "auto",
) -> tuple[Pair, ...]:
    """What is lost when two candidates fail together, most beyond the two alone first.

    Looked at are, and nothing else: pairs among the `pairs_from` highest candidates; and pairs that back each other up,
    so that a group loses its supply by exactly these two, up to `pairs_most` of them, those of the nodes whose own
    failure costs most first. Equal ones stay in the order in which candidates were given.
    """
    parameters = parameters or Parameters()
    names, sets = _sets(system, candidates)
    horizon_h, weights = parameters.horizon_h, parameters.weights
    alone_h = hours_lost(system, sets, horizon_h=horizon_h, engine=engine).weighted_h(weights)
    highest = sorted(np.argsort(-alone_h, kind="stable")[: parameters.pairs_from].tolist())
    chosen = dict.fromkeys(combinations(highest, 2))
    chosen |= dict.fromkeys(_backing_up(system, parameters, sets, engine))
    looked = sorted(chosen)
    together = [sorted({*_set_at(sets, one), *_set_at(sets, other)}) for one, other in looked]
    lost_h = hours_lost(system, together, horizon_h=horizon_h, engine=engine).weighted_h(weights)
    found = [
        Pair(names[one], names[other], float(lost), float(lost - alone_h[one] - alone_h[other]))
        for (one, other), lost in zip(looked, lost_h, strict=True)
    ]
    return tuple(sorted(found, key=lambda pair: (-pair.beyond_h, -pair.lost_h)))


def blast_radius(
    system: System, failed: Iterable[str], parameters: Parameters | None = None, *, engine: Engine = "auto"
) -> Blast:
    """What fails and what is lost within the horizon if these nodes fail together. Raises what `propagate` raises."""
    parameters = parameters or Parameters()
    cascade = propagate(system, failed, horizon_h=parameters.horizon_h, engine=engine)
    numbers = system.numbers(cascade.starts)
    lost = hours_lost(system, [numbers], horizon_h=parameters.horizon_h, engine=engine)
    low, high = _intervals(system, parameters, [numbers], engine)
    fallen = system.grade[np.isfinite(cascade.times_h)]
    by_grade = {grade: int((fallen == place).sum()) for place, grade in enumerate(system.grades)}
    lost_h = float(lost.weighted_h(parameters.weights)[0])
    return Blast(cascade, by_grade, lost_h, float(low[0]), float(high[0]), parameters)


Sets = list[list[int]] | None


def _sets(system: System, candidates: Candidates | None) -> tuple[Sequence[str], Sets]:
    if candidates is None:
        return system.names, None
    sets = [system.numbers(nodes) for nodes in candidates.values()]
    if not all(sets):
        raise InputError("depending.nothing_fails")
    return tuple(candidates), sets


def _set_at(sets: Sets, at: int) -> list[int]:
    return [at] if sets is None else sets[at]


def _intervals(system: System, parameters: Parameters, sets: list[list[int]], engine: Engine) -> tuple[Floats, Floats]:
    if not sets:
        return np.zeros(0), np.zeros(0)
    if engine == "auto" and over_draws.fits(system, parameters):
        drawn = over_draws.weighted_h(system, sets, parameters)
    else:
        drawn = _one_by_one(system, parameters, sets, engine)
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
    return low, high


def _one_by_one(system: System, parameters: Parameters, sets: list[list[int]], engine: Engine) -> Floats:
    horizon_h, weights = parameters.horizon_h, parameters.weights
    return np.array(
        [
            hours_lost(system.with_buffers(buffer_h), sets, horizon_h=horizon_h, engine=engine).weighted_h(weights)
            for buffer_h in drawn_buffers(system, parameters)
        ]
    )


def _backing_up(system: System, parameters: Parameters, sets: Sets, engine: Engine) -> Iterable[tuple[int, int]]:
    groups = np.flatnonzero((system.need == 2) & (np.diff(system.start) >= 2))
    users = [[int(place)] for place in system.node[groups]]
    costs = hours_lost(system, users, horizon_h=parameters.horizon_h, engine=engine).weighted_h(parameters.weights)
    of: dict[int, list[int]] = {}
    if sets is not None:
        for at, these in enumerate(sets):
            for place in these:
                of.setdefault(place, []).append(at)
    found: dict[tuple[int, int], None] = {}
    for group in groups[np.argsort(-costs, kind="stable")]:
        members = system.members[system.start[group] : system.start[group + 1]].tolist()
        for one, other in combinations(members, 2):
            for first in of.get(one, []) if sets is not None else [one]:
                for second in of.get(other, []) if sets is not None else [other]:
                    if len(found) >= parameters.pairs_most:
                        return found
                    if first != second:
                        found[min(first, second), max(first, second)] = None
    return found
