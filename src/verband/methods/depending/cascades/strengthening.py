"""Where more buffer or one more supplier saves most per unit of effort."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from verband.language.errors import InputError
from verband.methods.depending.cascades import narrow
from verband.methods.depending.cascades.criticality import VERSION, Candidates, _set_at, _sets
from verband.methods.depending.cascades.engines import Engine
from verband.methods.depending.cascades.losses import hours_lost
from verband.methods.depending.cascades.model import Parameters
from verband.methods.depending.cascades.system import System

Change: TypeAlias = Literal["buffer", "supplier"]


@dataclass(frozen=True)
class Effort:
    """What is tried at each group and what it takes: `more_buffer_h` hours on top, or one supplier more, which does not
    fail itself. What a unit of effort is (money, people, months) is the user's; the ones here are places to fill in.
    """

    more_buffer_h: float = 24.0
    buffer_effort: float = 1.0
    supplier_effort: float = 1.0

    def __post_init__(self) -> None:
        for value in (self.more_buffer_h, self.buffer_effort, self.supplier_effort):
            if not (math.isfinite(value) and value > 0):
                raise InputError("depending.effort", value=value)


@dataclass(frozen=True)
class Gain:
    """One way to strengthen: group (from 1) of a node, what is tried, hours saved over all scenarios, per effort."""

    node: str
    group: int
    what: Change
    saved_h: float
    effort: float
    per_effort: float
    version: str = VERSION


def strengthen(
    system: System,
    parameters: Parameters | None = None,
    *,
    candidates: Candidates | None = None,
    effort: Effort | None = None,
    most: int = 50,
    engine: Engine = "auto",
) -> tuple[Gain, ...]:
    """What each change alone saves in class-weighted process-hours, summed over scenarios; most per effort first.

    A scenario is one candidate that fails (left out, every single node), each counted once. Only a group by which a
    node falls in some scenario can save anything. Of these the `most` behind which most is lost are tried; equal gains
    stay in the order of the description. Gains of two changes do not add up.
    """
    parameters, effort = parameters or Parameters(), effort or Effort()
    _, sets = _sets(system, candidates)
    scenarios = [_set_at(sets, at) for at in range(system.size if sets is None else len(sets))]
    horizon_h, weights = parameters.horizon_h, parameters.weights
    lost_h = hours_lost(system, sets, horizon_h=horizon_h, engine=engine).weighted_h(weights)
    behind: dict[int, list[int]] = {}
    for at, groups in enumerate(_giving_way(system, scenarios, horizon_h)):
        for group in groups:
            behind.setdefault(group, []).append(at)
    tried = sorted(behind, key=lambda group: (-math.fsum(lost_h[behind[group]]), group))[:most]
    gains = []
    for group in sorted(tried):
        hit = [scenarios[at] for at in behind[group]]
        before = math.fsum(lost_h[behind[group]])
        buffer_h, need = system.buffer_h.copy(), system.need.copy()
        buffer_h[group] += effort.more_buffer_h
        need[group] += 1
        longer, backed = (
            hours_lost(changed, hit, horizon_h=horizon_h, engine=engine).weighted_h(weights)
            for changed in (system.with_buffers(buffer_h), system.with_needs(need))
        )
        gains.append(_gain(system, group, "buffer", before - math.fsum(longer), effort.buffer_effort))
        gains.append(_gain(system, group, "supplier", before - math.fsum(backed), effort.supplier_effort))
    return tuple(sorted(gains, key=lambda gain: -gain.per_effort))


def _gain(system: System, group: int, what: Change, saved_h: float, effort: float) -> Gain:
    node = int(system.node[group])
    number = group - system.opens[node] + 1
    return Gain(system.names[node], number, what, saved_h, effort, saved_h / effort)


def _giving_way(system: System, scenarios: Sequence[Sequence[int]], horizon_h: float) -> Iterator[list[int]]:
    """For each scenario the groups by which a node falls."""
    plain = system.plain
    times, left = [math.inf] * system.size, list(plain.need)
    opens = system.opens
    start, members = system.start.tolist(), system.members.tolist()
    for starts in scenarios:
        fell = narrow.fall(plain, starts, times, left, horizon_h=horizon_h)
        found = []
        for place in fell:
            if times[place] or place not in starts:
                for group in range(opens[place], opens[place + 1]):
                    if left[group] <= 0:
                        ordered = sorted(times[member] for member in members[start[group] : start[group + 1]])
                        if ordered[plain.need[group] - 1] + plain.buffer_h[group] == times[place]:
                            found.append(group)
        yield found
        narrow.undo(plain, fell, times, left)
