"""The loops of `narrow` compiled by numba (extra `fast`): the same to the bit. Import it only where numba is."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from numba import njit

from verband.methods.depending.cascades.system import Floats, Ints

Counts = npt.NDArray[np.int64]


@njit(cache=True, nogil=True)
def failure_times(
    first: Ints, supplies: Ints, need: Ints, node: Ints, buffer_h: Floats, starts: Ints, horizon_h: float
) -> Floats:
    """As `wide.failure_times`."""
    times = np.full(len(first) - 1, np.inf)
    fallen = np.empty(len(first) - 1, np.int32)
    heap_h = np.empty(len(node) + len(starts))
    heap = np.empty(len(node) + len(starts), np.int32)
    _spread(first, supplies, node, buffer_h, starts, times, need.copy(), heap_h, heap, fallen, horizon_h)
    return times


@njit(cache=True, nogil=True)
def hours_lost(
    first: Ints,
    supplies: Ints,
    need: Ints,
    node: Ints,
    buffer_h: Floats,
    grade: npt.NDArray[np.int8],
    grades: int,
    opens: Counts,
    starts: Ints,
    horizon_h: float,
    ticks: int,
) -> tuple[Counts, Counts]:
    """As `losses.hours_lost`: for each set its lost hours by grade, in ticks, and how many nodes fail."""
    sets = len(opens) - 1
    lost = np.zeros((sets, grades), np.int64)
    many = np.zeros(sets, np.int64)
    times = np.full(len(first) - 1, np.inf)
    fallen = np.empty(len(first) - 1, np.int32)
    left = need.copy()
    heap_h = np.empty(len(node) + len(starts))
    heap = np.empty(len(node) + len(starts), np.int32)
    for at in range(sets):
        these = starts[opens[at] : opens[at + 1]]
        many[at] = _spread(first, supplies, node, buffer_h, these, times, left, heap_h, heap, fallen, horizon_h)
        for turn in range(many[at]):
            place = fallen[turn]
            if grade[place] >= 0:
                lost[at, grade[place]] += np.int64(np.rint((horizon_h - times[place]) * ticks))
            times[place] = np.inf
            for edge in range(first[place], first[place + 1]):
                left[supplies[edge]] = need[supplies[edge]]
    return lost, many


@njit(cache=True, nogil=True)
def _spread(
    first: Ints,
    supplies: Ints,
    node: Ints,
    buffer_h: Floats,
    starts: Ints,
    times: Floats,
    left: Ints,
    heap_h: Floats,
    heap: Ints,
    fallen: Ints,
    horizon_h: float,
) -> int:
    """As `narrow.spread`; how many fell. Each group loses its supply once, so the heap has room for all."""
    held = len(starts)
    for at in range(held):
        times[starts[at]] = 0.0
        heap_h[at] = 0.0
        heap[at] = starts[at]
    count = 0
    while held:
        time, place = heap_h[0], heap[0]
        held -= 1
        _sink(heap_h, heap, held)
        if time > times[place]:
            continue
        fallen[count] = place
        count += 1
        for edge in range(first[place], first[place + 1]):
            group = supplies[edge]
            left[group] -= 1
            if left[group] == 0:
                at_h = time + buffer_h[group]
                if at_h < times[node[group]] and at_h <= horizon_h:
                    times[node[group]] = at_h
                    _rise(heap_h, heap, held, at_h, node[group])
                    held += 1
    return count


@njit(cache=True, nogil=True)
def _sink(heap_h: Floats, heap: Ints, held: int) -> None:
    """Put the last of the heap where the first was taken, and below what is earlier."""
    moved_h, moved, at = heap_h[held], heap[held], 0
    while True:
        below = 2 * at + 1
        if below >= held:
            break
        if below + 1 < held and heap_h[below + 1] < heap_h[below]:
            below += 1
        if heap_h[below] >= moved_h:
            break
        heap_h[at], heap[at], at = heap_h[below], heap[below], below
    heap_h[at], heap[at] = moved_h, moved


@njit(cache=True, nogil=True)
def _rise(heap_h: Floats, heap: Ints, at: int, new_h: float, new: int) -> None:
    """Put a new one in the heap, above what is later."""
    while at > 0:
        above = (at - 1) >> 1
        if heap_h[above] <= new_h:
            break
        heap_h[at], heap[at], at = heap_h[above], heap[above], above
    heap_h[at], heap[at] = new_h, new
