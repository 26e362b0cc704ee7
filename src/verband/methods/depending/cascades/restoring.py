"""Restoration: what is down from when to when, if nodes are repaired and buffers drain and refill. No chance in it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

from verband.language.errors import InputError
from verband.methods.depending.cascades.criticality import VERSION
from verband.methods.depending.cascades.model import CLASS_WEIGHTS, MOST_HORIZON_H
from verband.methods.depending.cascades.system import System


@dataclass(frozen=True)
class Outage:
    """One node that is down from `from_h` to `to_h`; infinite where it does not come back before the end."""

    name: str
    from_h: float
    to_h: float


@dataclass(frozen=True)
class Restoration:
    """All outages, earliest first, at the same time in the order of the system; and what they come to.

    `lost_h` are class-weighted process-hours down up to `until_h`. `never` are the nodes still down then that were not
    damaged or were repaired: their supply is not back. `waiting_on_each_other` are closed cycles that are down as a
    whole: nothing here starts them again.
    """

    outages: tuple[Outage, ...]
    lost_h: float
    never: tuple[str, ...]
    waiting_on_each_other: tuple[tuple[str, ...], ...]
    until_h: float
    refill: float
    version: str = VERSION


def restore(
    system: System,
    repaired_h: Mapping[str, float],
    *,
    until_h: float = 720.0,
    refill: float = 1.0,
    weights: Mapping[str, float] = CLASS_WEIGHTS,
) -> Restoration:
    """What is down when, if these nodes fail at hour 0 and each is repaired at its hour (infinite: not at all).

    The rules. A node is up while it is not damaged and all its groups hold. A group holds while k of its members are
    up, or its buffer is not empty. Buffers start full, lose an hour for each hour without supply, and get `refill`
    hours (our own assumption: 1) for each hour with supply, up to what was stated. A node whose groups hold again is up
    at once. At one and the same moment repairs come first: supply that is back when a buffer runs out is in time.
    Without repairs the times are those of `propagate`.

    Raises InputError("depending.node_unknown"), ("depending.nothing_fails"), ("depending.repair") for a time that is
    negative or no number, ("depending.refill"), ("depending.horizon") for an end that is not finite and above zero.
    """
    if not (math.isfinite(until_h) and until_h > 0):
        raise InputError("depending.horizon", hours=until_h, most=f"{MOST_HORIZON_H:g}")
    if not (math.isfinite(refill) and refill >= 0):
        raise InputError("depending.refill", value=refill)
    if not repaired_h:
        raise InputError("depending.nothing_fails")
    for name, hours in repaired_h.items():
        if not hours >= 0:
            raise InputError("depending.repair", node=name, value=hours)
    damaged = {system.numbers([name])[0]: hours for name, hours in repaired_h.items()}
    run = _Run(system, refill)
    run.start(damaged)
    run.until(until_h)
    return _told(system, run, until_h, refill, weights)


@dataclass(eq=False)
class _Run:
    """The state between two moments: who is up, how many members of each group are, and what each buffer holds."""

    system: System
    refill: float
    damaged: set[int] = field(default_factory=set)
    down_since: dict[int, float] = field(default_factory=dict)
    outages: dict[int, list[tuple[float, float]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        system = self.system
        self.plain = system.plain
        self.first_group = [0] * (system.size + 1)
        for place in system.node.tolist():
            self.first_group[place + 1] += 1
        for place in range(system.size):
            self.first_group[place + 1] += self.first_group[place]
        # How many members may still fail before the supply is lost; at 0 it is.
        self.spare = list(self.plain.need)
        self.level_h = list(self.plain.buffer_h)
        self.since_h = [0.0] * len(self.spare)
        #: When the buffer of a group without supply runs out.
        self.empty_h: dict[int, float] = {}
        #: (hour, 0 for a repair and 1 for an empty buffer, node or group)
        self.events: list[tuple[float, int, int]] = []

    def start(self, damaged: Mapping[int, float]) -> None:
        """Hour 0: these fail."""
        self.damaged = set(damaged)
        for place, hours in damaged.items():
            if math.isfinite(hours):
                heappush(self.events, (hours, 0, place))
        self._fall(damaged, 0.0)

    def until(self, end_h: float) -> None:
        """All moments up to and with the end, one after the other."""
        while self.events and self.events[0][0] <= end_h:
            now = self.events[0][0]
            repaired: list[int] = []
            empty: list[int] = []
            while self.events and self.events[0][0] == now:
                _, kind, place = heappop(self.events)
                (empty if kind else repaired).append(place)
            self.damaged.difference_update(repaired)
            self._rise(repaired, now)
            self._fall((self.plain.node[group] for group in empty if self.empty_h.get(group) == now), now)

    def _fall(self, places: Iterable[int], now: float) -> None:
        stack = [place for place in places if place not in self.down_since]
        while stack:
            place = stack.pop()
            if place in self.down_since:
                continue
            self.down_since[place] = self._since(place, now)
            for group in self._supplied_by(place):
                self.spare[group] -= 1
                if self.spare[group] == 0:
                    self._drain(group, now)
                    if self.empty_h[group] == now:
                        stack.append(self.plain.node[group])

    def _rise(self, places: Iterable[int], now: float) -> None:
        stack = list(places)
        while stack:
            place = stack.pop()
            if place not in self.down_since or place in self.damaged or not self._holds(place, now):
                continue
            self.outages.setdefault(place, []).append((self.down_since.pop(place), now))
            for group in self._supplied_by(place):
                self.spare[group] += 1
                if self.spare[group] == 1:
                    self._supply(group, now)
                    stack.append(self.plain.node[group])

    def _since(self, place: int, now: float) -> float:
        """Since when it is down that falls now: back for no time at all is not back."""
        before = self.outages.get(place, [])
        return before.pop()[0] if before and before[-1][1] == now else now

    def _holds(self, place: int, now: float) -> bool:
        groups = range(self.first_group[place], self.first_group[place + 1])
        return all(self.spare[group] > 0 or self.empty_h[group] > now for group in groups)

    def _supplied_by(self, place: int) -> Iterable[int]:
        return self.plain.supplies[self.plain.first[place] : self.plain.first[place + 1]]

    def _drain(self, group: int, now: float) -> None:
        full = self.plain.buffer_h[group]
        level = min(full, self.level_h[group] + self.refill * (now - self.since_h[group]))
        self.level_h[group], self.since_h[group] = level, now
        self.empty_h[group] = now + level
        heappush(self.events, (now + level, 1, group))

    def _supply(self, group: int, now: float) -> None:
        lost_at = self.since_h[group]
        self.level_h[group] = max(0.0, self.level_h[group] - (now - lost_at))
        self.since_h[group] = now
        del self.empty_h[group]


def _told(system: System, run: _Run, until_h: float, refill: float, weights: Mapping[str, float]) -> Restoration:
    still = [(since, place, math.inf) for place, since in run.down_since.items()]
    ended = [(since, place, to) for place, spans in run.outages.items() for since, to in spans]
    spans = sorted([*ended, *still])
    outages = tuple(Outage(system.names[place], since, to) for since, place, to in spans if to > since)
    per_place = [weights.get(system.grades[grade], 0.0) if grade >= 0 else 0.0 for grade in system.grade.tolist()]
    lost_h = math.fsum(per_place[place] * (min(to, until_h) - since) for since, place, to in spans)
    never = tuple(system.names[place] for place in sorted(run.down_since) if place not in run.damaged)
    down = {system.names[place] for place in run.down_since}
    waiting = tuple(cycle for cycle in system.closed_cycles if down.issuperset(cycle))
    return Restoration(outages, lost_h, never, waiting, until_h, refill)
