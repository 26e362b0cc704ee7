"""Failure times with numpy: many nodes at a time where many fail at once, the heap of `narrow` where few do."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from verband.methods.depending.cascades import narrow
from verband.methods.depending.cascades.system import Floats, Ints, System

#: Where fewer nodes than this fail at once, the heap is quicker.
_NARROW = 32
#: So many nodes fall by the heap before a wide step is tried again.
_TURN = 2_048
#: The near ones are this share of all that wait, and at least so many.
_SHARE, _LEAST = 4, 2_048


def failure_times(system: System, starts: Sequence[int], *, horizon_h: float) -> Floats:
    """When each node fails, in hours; infinite for what stays up, or fails after the horizon."""
    front = _Front(system, horizon_h)
    front.times[list(starts)] = 0.0
    front.far = np.array(sorted(starts), dtype=np.int32)
    while front.waiting:
        if front.step() < _NARROW and front.waiting:
            front.by_heap()
    return front.times


@dataclass(eq=False)
class _Front:
    """What fell and what waits: `near` up to `bound`, `far` beyond it, which may name one twice or one that fell."""

    system: System
    horizon_h: float
    near: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    far: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int32))
    bound: float = -1.0

    def __post_init__(self) -> None:
        # One memory, read as an array by numpy and as single numbers by the heap.
        self._times = array("d", bytes(8 * self.system.size))
        self._left = array("i", self.system.need.tobytes())
        self.times: Floats = np.frombuffer(self._times, dtype=np.float64)
        self.left: Ints = np.frombuffer(self._left, dtype=np.int32)
        self.times[:] = np.inf
        self._mark = np.zeros(self.system.size, dtype=np.int32)
        self._edges = self.system.edges
        self._after_horizon = np.nextafter(self.horizon_h, np.inf)

    @property
    def waiting(self) -> bool:
        """Whether anything may still fall."""
        if len(self.near) > 2 * self._handful or (not len(self.near) and len(self.far)):
            self._refill()
        return len(self.near) > 0

    def step(self) -> int:
        """Let fall all that nothing waiting can bring forward; how many these were.

        No waiting node causes a failure before its own time plus its shortest buffer; what is not later than the least
        of these is final. Source: Crauser, Mehlhorn, Meyer and Sanders 1998, criterion OUT.
        """
        times = self.times[self.near]
        sure = min(float((times + self._edges.least_h[self.near]).min()), self.bound)
        now = times <= sure
        falling, at = self.near[now], times[now]
        self.near = self.near[~now]
        self._relax(falling, at)
        return len(falling)

    def by_heap(self) -> None:
        """Let a number of the near nodes fall one by one."""
        times = self.times[self.near]
        order = np.lexsort((self.near, times))
        heap = list(zip(times[order].tolist(), self.near[order].tolist(), strict=True))
        late: list[int] = []
        narrow.spread(
            self.system.plain,
            heap,
            self._times,
            self._left,
            horizon_h=self.horizon_h,
            bound_h=self.bound,
            fallen=[],
            late=late,
            turn=max(_TURN, len(heap)),
        )
        kept = [place for time, place in heap if time <= self._times[place]]
        self.near = np.array(kept, dtype=np.int32)
        self.far = np.concatenate([self.far, np.array(late, dtype=np.int32)])

    @property
    def _handful(self) -> int:
        return max(_LEAST, len(self.far) // _SHARE)

    def _refill(self) -> None:
        """Divide all that waits anew into near and far."""
        far = np.concatenate([self.near, self.far[self.times[self.far] > self.bound]])
        times = self.times[far]
        many = self._handful
        self.bound = float(np.partition(times, many)[many]) if many < len(far) else np.inf
        close = times <= self.bound
        soon = np.sort(far[close])
        self.near, self.far = soon[np.append(True, soon[1:] != soon[:-1])], far[~close]

    def _relax(self, falling: Ints, at: Floats) -> None:
        edges = self._edges
        direct, came = _all_of(edges.direct, falling, at)
        users, reached = edges.user[direct], came + edges.after_h[direct]
        if len(edges.group):
            groups, lost_h = self._count(falling, at)
            users = np.concatenate([users, self.system.node[groups]])
            reached = np.concatenate([reached, lost_h + self.system.buffer_h[groups]])
        self._reach(users, reached)

    def _count(self, falling: Ints, at: Floats) -> tuple[Ints, Floats]:
        """The groups that lose their supply by these failures together with earlier ones, and when."""
        counted, came = _all_of(self._edges.counted, falling, at)
        groups = self._edges.group[counted]
        before = self.left[groups]
        np.subtract.at(self.left, groups, 1)
        lost = np.flatnonzero((before > 0) & (self.left[groups] <= 0))
        groups, came, before = groups[lost], came[lost], before[lost]
        last = _last_to_miss(groups, came, before)
        return groups[last], came[last]

    def _reach(self, users: Ints, at: Floats) -> None:
        """Bring forward the times of these nodes where they fail earlier now."""
        was = self.times[users]
        better = np.flatnonzero(at < np.minimum(was, self._after_horizon))
        users, at, was = users[better], at[better], was[better]
        np.minimum.at(self.times, users, at)
        once = np.arange(len(users), dtype=np.int32)
        self._mark[users] = once
        kept = np.flatnonzero(self._mark[users] == once)
        users, was = users[kept], was[kept]
        close = self.times[users] <= self.bound
        fresh = np.isinf(was)
        self.near = np.concatenate([self.near, users[close & (fresh | (was > self.bound))]])
        self.far = np.concatenate([self.far, users[fresh & ~close]])


def _all_of(first: Ints, nodes: Ints, at: Floats) -> tuple[npt.NDArray[np.int64], Floats]:
    """The places of all edges of these nodes, and with each the time of its node."""
    opens = first[nodes]
    many = first[nodes + 1] - opens
    ends = np.cumsum(many, dtype=np.int64)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total) + np.repeat(opens - ends + many, many), np.repeat(at, many)


def _last_to_miss(groups: Ints, at: Floats, before: Ints) -> npt.NDArray[np.int64]:
    """For each group the place of the member by which it loses its supply: of those falling now, the `before`-th."""
    if not len(groups):
        return np.zeros(0, dtype=np.int64)
    order = np.lexsort((at, groups))
    ordered = groups[order]
    opens = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))
    found: npt.NDArray[np.int64] = order[opens + before[order[opens]] - 1]
    return found
