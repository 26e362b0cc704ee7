"""What is lost under each draw of the buffers, all draws of a cascade at a time. For what few nodes can bring down."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

import numpy as np

from verband.methods.depending.cascades import narrow
from verband.methods.depending.cascades.drawing import drawn_buffers
from verband.methods.depending.cascades.losses import TICKS, Counts, Lost
from verband.methods.depending.cascades.model import Parameters
from verband.methods.depending.cascades.system import Floats, System

#: So many numbers (8 bytes each) are held at once; where the draws of all buffers are more, they are run one by one.
MOST_HELD = 5_000_000
#: The hours of so many nodes are counted at once.
_COUNTED = 1_000


@dataclass(frozen=True)
class _Reach:
    """What a set can ever bring down: its starts first, then one node after the other, with the groups that can lose
    their supply, each as (its number, places in `nodes` of the members that can fail, how many of them must).
    `settled` says that in this order each node comes after all that it waits for.
    """

    nodes: list[int]
    starts: int
    groups: list[list[tuple[int, list[int], int]]]
    settled: bool


def fits(system: System, parameters: Parameters) -> bool:
    """Whether the draws of one cascade and of all buffers may be held at once."""
    return parameters.draws * (len(system.node) + system.size) <= MOST_HELD


def weighted_h(system: System, sets: Sequence[Sequence[int]], parameters: Parameters) -> Floats:
    """Class-weighted process-hours, a row for each draw and a column for each set: to the bit those of `hours_lost`.

    Times are taken down from infinity until none changes, which gives the largest solution, as the heap does. Which
    nodes a set can bring down does not depend on how long buffers last; only these are looked at.
    """
    reached = list(_reached(system, sets))
    drawn: Floats | None = None
    ticks = np.zeros((parameters.draws, len(sets), len(system.grades)), dtype=np.int64)
    for at, reach in enumerate(reached):
        used = [group for groups in reach.groups for group, _, _ in groups]
        if not np.any(system.buffer_h[used]):
            ticks[:, at] = _ticks(system, reach, system.buffer_h[None], parameters.horizon_h)
            continue
        if drawn is None:
            drawn = np.array(list(drawn_buffers(system, parameters)))
        ticks[:, at] = _ticks(system, reach, drawn, parameters.horizon_h)
    none = np.zeros(len(sets), dtype=np.int64)
    return np.array([Lost(one, none, system.grades).weighted_h(parameters.weights) for one in ticks])


def _reached(system: System, sets: Sequence[Sequence[int]]) -> Iterator[_Reach]:
    plain = system.plain
    times, left = [math.inf] * system.size, list(plain.need)
    opens = system.opens
    start, members = system.start.tolist(), system.members.tolist()
    for starts in sets:
        fell = narrow.fall(plain, starts, times, left, horizon_h=math.inf)
        began, there = sorted(set(starts)), set(fell)
        later = [place for place in fell if place not in set(began)]
        groups = {
            place: {
                group: [one for one in members[start[group] : start[group + 1]] if one in there]
                for group in range(opens[place], opens[place + 1])
                if left[group] <= 0
            }
            for place in later
        }
        waits = {place: {one for these in of.values() for one in these} - set(began) for place, of in groups.items()}
        try:
            order, settled = list(TopologicalSorter(waits).static_order()), True
        except CycleError:
            order, settled = later, False
        nodes = [*began, *order]
        number = {place: at for at, place in enumerate(nodes)}
        told = [
            [(group, [number[one] for one in these], plain.need[group]) for group, these in groups[place].items()]
            for place in order
        ]
        yield _Reach(nodes, len(began), told, settled)
        narrow.undo(plain, fell, times, left)


def _ticks(system: System, reach: _Reach, buffer_h: Floats, horizon_h: float) -> Counts:
    """Lost hours in ticks, one row for each row of buffers, by grade."""
    times = np.full((len(reach.nodes), len(buffer_h)), np.inf)
    times[: reach.starts] = 0.0
    while _sweep(reach, times, buffer_h) and not reach.settled:
        pass
    grades = system.grade[reach.nodes]
    ticks = np.zeros((len(buffer_h), len(system.grades)), dtype=np.int64)
    for grade in range(len(system.grades)):
        of_grade = np.flatnonzero(grades == grade)
        for at in range(0, len(of_grade), _COUNTED):
            lost_h = horizon_h - np.minimum(times[of_grade[at : at + _COUNTED]], horizon_h)
            ticks[:, grade] += np.rint(lost_h * TICKS).astype(np.int64).sum(axis=0)
    return ticks


def _sweep(reach: _Reach, times: Floats, buffer_h: Floats) -> bool:
    """Bring forward every time once; whether any changed."""
    changed = False
    for at, groups in enumerate(reach.groups, start=reach.starts):
        found = np.full(len(buffer_h), np.inf)
        for group, members, need in groups:
            these = times[members]
            if need == 1:
                lost = these.min(axis=0)
            elif need == len(members):
                lost = these.max(axis=0)
            else:
                lost = np.partition(these, need - 1, axis=0)[need - 1]
            np.minimum(found, lost + buffer_h[:, group], out=found)
        if np.any(found < times[at]):
            np.minimum(times[at], found, out=times[at])
            changed = True
    return changed
