"""What fails when these fail, when, and by the loss of which supply."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from verband.language.errors import InputError
from verband.methods.depending.cascades import wide
from verband.methods.depending.cascades.engines import Engine, runs_fast
from verband.methods.depending.cascades.model import MOST_HORIZON_H
from verband.methods.depending.cascades.system import Floats, System


@dataclass(frozen=True)
class Step:
    """One node that fails. `group` is its requirement that gave way (from 1; 0 for one that fails at the start).

    `missing` are the members of that group that were down when it lost its supply at `supply_lost_h`; the buffer
    lasted from then to `time_h`.
    """

    name: str
    time_h: float
    group: int = 0
    missing: tuple[str, ...] = ()
    supply_lost_h: float = 0.0
    grade: str = ""
    owner: str = ""


@dataclass(frozen=True, eq=False)
class Cascade:
    """When each node fails, in hours, in the order of the system; infinite for what stays up or fails later.

    `closed_cycles` names the sets that nothing supplies from outside: they stand on an assumption (`System`).
    """

    system: System
    starts: tuple[str, ...]
    horizon_h: float
    times_h: Floats
    closed_cycles: tuple[tuple[str, ...], ...]

    @property
    def fallen(self) -> int:
        """How many nodes fail, those at the start with them."""
        return int(np.isfinite(self.times_h).sum())

    def time_of(self, name: str) -> float:
        """When a node fails. Raises InputError("depending.node_unknown")."""
        return float(self.times_h[self.system.numbers([name])[0]])

    def steps(self) -> tuple[Step, ...]:
        """Every node that fails with its reason, earliest first; at the same time in the order of the system."""
        return self._told

    @cached_property
    def _told(self) -> tuple[Step, ...]:
        places = np.flatnonzero(np.isfinite(self.times_h))
        order = np.argsort(self.times_h[places], kind="stable")
        starts = frozenset(self.system.numbers(self.starts))
        return tuple(self._step(int(place), int(place) in starts) for place in places[order])

    def _step(self, place: int, start: bool) -> Step:
        system = self.system
        name, time = system.names[place], float(self.times_h[place])
        grade = system.grades[system.grade[place]] if system.grade[place] >= 0 else ""
        owner = system.owners.get(name, "")
        if start:
            return Step(name, time, grade=grade, owner=owner)
        opens, closes = system.opens[place], system.opens[place + 1]
        for group in range(opens, closes):
            lost_h = supply_lost_h(system, group, self.times_h)
            if lost_h + system.buffer_h[group] == time:
                members = system.members[system.start[group] : system.start[group + 1]]
                missing = tuple(system.names[member] for member in members if self.times_h[member] <= lost_h)
                return Step(name, time, group - opens + 1, missing, lost_h, grade, owner)
        raise AssertionError(f"{name} fails and no requirement says why")


def propagate(
    system: System, failed: Iterable[str], *, horizon_h: float = math.inf, engine: Engine = "auto"
) -> Cascade:
    """What fails, and when, if these nodes fail at hour 0 and nothing is mended.

    T(v) = min over groups of [(n - k + 1)-th smallest T(member) + buffer], exact, cycles included: the largest
    solution, in which nothing fails without a cause outside itself. Nothing is computed beyond the horizon.

    Raises InputError("depending.node_unknown") with the nearest name, ("depending.nothing_fails") for no node,
    ("depending.horizon") for a horizon that is negative or no number; what `runs_fast` raises.
    """
    numbers = system.numbers(failed)
    if not numbers:
        raise InputError("depending.nothing_fails")
    if not horizon_h >= 0:
        raise InputError("depending.horizon", hours=horizon_h, most=f"{MOST_HORIZON_H:g}")
    times = failure_times(system, numbers, horizon_h=horizon_h, engine=engine)
    return Cascade(system, tuple(system.names[number] for number in numbers), horizon_h, times, system.closed_cycles)


def failure_times(system: System, starts: Sequence[int], *, horizon_h: float, engine: Engine) -> Floats:
    """The times alone, for nodes by number."""
    if not runs_fast(engine, work=len(system.members)):
        return wide.failure_times(system, starts, horizon_h=horizon_h)
    from verband.methods.depending.cascades import compiled

    arrays = (system.first, system.supplies, system.need, system.node, system.buffer_h)
    times: Floats = compiled.failure_times(*arrays, np.array(starts, dtype=np.int32), horizon_h)
    return times


def supply_lost_h(system: System, group: int, times_h: Floats) -> float:
    """When a group loses its supply: the time at which the member fails that leaves fewer than k."""
    members = system.members[system.start[group] : system.start[group + 1]]
    last = int(system.need[group]) - 1
    return float(np.partition(times_h[members], last)[last])
