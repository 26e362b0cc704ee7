"""Process-hours lost for many sets of starting failures, touching only what each one touches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verband.methods.depending.cascades import narrow
from verband.methods.depending.cascades.engines import Engine, runs_fast
from verband.methods.depending.cascades.system import Floats, System

#: Hours are added as whole ticks of 2**-20 hour (3 ms), so that no order of adding changes a sum.
TICKS = 1 << 20
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Lost:
    """For each set, in the order given: hours lost by grade in `ticks`, and how many nodes fail in the horizon."""

    ticks: Counts
    fallen: Counts
    grades: tuple[str, ...]

    def weighted_h(self, weights: Mapping[str, float]) -> Floats:
        """Class-weighted process-hours; a grade without a weight counts nothing."""
        per_grade = np.array([weights.get(grade, 0.0) for grade in self.grades])
        hours: Floats = (self.ticks / TICKS) @ per_grade
        return hours


def hours_lost(
    system: System,
    sets: Sequence[Sequence[int]] | None = None,
    *,
    horizon_h: float,
    engine: Engine = "auto",
) -> Lost:
    """What is lost from each set (nodes by number) failing at hour 0; left out, every single node.

    "auto" takes the work to be one run over the system for each thousand sets.
    """
    if sets is None:
        opens = np.arange(system.size + 1, dtype=np.int64)
        starts = np.arange(system.size, dtype=np.int32)
    else:
        opens = np.concatenate([[0], np.cumsum([len(these) for these in sets])]).astype(np.int64)
        starts = np.array([place for these in sets for place in these], dtype=np.int32)
    if runs_fast(engine, work=len(system.members) * max(1, (len(opens) - 1) // 1_000)):
        from verband.methods.depending.cascades import compiled

        arrays = (system.first, system.supplies, system.need, system.node, system.buffer_h, system.grade)
        ticks, fallen = compiled.hours_lost(*arrays, len(system.grades), opens, starts, horizon_h, TICKS)
        return Lost(ticks, fallen, system.grades)
    return _pure(system, opens.tolist(), starts.tolist(), horizon_h)


def _pure(system: System, opens: list[int], starts: list[int], horizon_h: float) -> Lost:
    plain = system.plain
    grade = system.grade.tolist()
    times, left = [float("inf")] * system.size, list(plain.need)
    sets = len(opens) - 1
    ticks = np.zeros((sets, len(system.grades)), dtype=np.int64)
    fallen = np.zeros(sets, dtype=np.int64)
    for at in range(sets):
        fell = narrow.fall(plain, starts[opens[at] : opens[at + 1]], times, left, horizon_h=horizon_h)
        sums = [0] * len(system.grades)
        for place in fell:
            if grade[place] >= 0:
                sums[grade[place]] += round((horizon_h - times[place]) * TICKS)
        ticks[at], fallen[at] = sums, len(fell)
        narrow.undo(plain, fell, times, left)
    return Lost(ticks, fallen, system.grades)
