"""Failure times in plain Python: a heap of what fails next. Quick where few nodes fail; see `wide` for many."""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from heapq import heappop, heappush

from verband.methods.depending.cascades.system import Plain


def fall(
    plain: Plain,
    starts: Sequence[int],
    times: MutableSequence[float],
    left: MutableSequence[int],
    *,
    horizon_h: float,
) -> list[int]:
    """The nodes that fail up to the horizon, in the order of their times; `times` and `left` are filled on the way.

    `times` is infinite and `left` equals `need` before; `undo` makes them so again.
    """
    for place in starts:
        times[place] = 0.0
    heap = [(0.0, place) for place in sorted(starts)]
    fallen: list[int] = []
    spread(plain, heap, times, left, horizon_h=horizon_h, bound_h=horizon_h, fallen=fallen, late=[])
    return fallen


def spread(
    plain: Plain,
    heap: list[tuple[float, int]],
    times: MutableSequence[float],
    left: MutableSequence[int],
    *,
    horizon_h: float,
    bound_h: float,
    fallen: list[int],
    late: list[int],
    turn: int = -1,
) -> None:
    """Let fall what is in the heap and what follows from it, until it is empty or `turn` nodes fell.

    What fails after the bound and not after the horizon has its time and is put in `late`, perhaps more than once.

    A group loses its supply when the last member that it cannot miss fails; its node fails a buffer later, or at the
    least of these times. Times never fall along the way, so each is final when it leaves the heap (Dijkstra 1959,
    generalised by Knuth 1977 to functions that are monotone and not below their arguments).
    """
    first, supplies, node, buffer_h = plain.first, plain.supplies, plain.node, plain.buffer_h
    while heap and turn:
        time, place = heappop(heap)
        if time > times[place]:
            continue
        turn -= 1
        fallen.append(place)
        for group in supplies[first[place] : first[place + 1]]:
            more = left[group] - 1
            left[group] = more
            if not more:
                user = node[group]
                at = time + buffer_h[group]
                if at < times[user] and at <= horizon_h:
                    times[user] = at
                    if at <= bound_h:
                        heappush(heap, (at, user))
                    else:
                        late.append(user)


def undo(plain: Plain, fallen: Sequence[int], times: MutableSequence[float], left: MutableSequence[int]) -> None:
    """Make `times` and `left` as they were before those nodes fell, touching nothing else."""
    first, supplies, need = plain.first, plain.supplies, plain.need
    for place in fallen:
        times[place] = float("inf")
        for group in supplies[first[place] : first[place + 1]]:
            left[group] = need[group]
