"""The inoperability input-output model: sectors that draw on each other, after a shock and through time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verband.language.errors import InputError
from verband.methods.depending.supply.equilibrium import Equilibrium, equilibrium

Floats = NDArray[np.float64]
VERSION = "1"


@dataclass(frozen=True)
class SectorLoss:
    """How far one sector does not work, as a share of what was planned.

    `raw` is the model's own answer; `inoperability` is that cut off at 1, and `clipped` says that it was. `overstated`:
    the sector draws, directly or through others, on one that was cut off, so that its own figure is too high.
    """

    sector: str
    inoperability: float
    raw: float
    clipped: bool
    overstated: bool


@dataclass(frozen=True)
class Static:
    """The end state after a lasting shock: sectors in the order given, and how exact their raw figures are."""

    sectors: tuple[SectorLoss, ...]
    how: str
    error: float
    version: str = VERSION

    @property
    def clipped(self) -> tuple[str, ...]:
        """The sectors whose figure was cut off at 1."""
        return tuple(row.sector for row in self.sectors if row.clipped)


@dataclass(frozen=True)
class Dynamic:
    """Inoperability through time: `raw` and `inoperability` (cut off at 1) of shape (steps + 1, sectors).

    `lost` is, for each sector, the sum over the steps after the first of its inoperability: so many steps of its whole
    output.
    """

    sectors: tuple[str, ...]
    raw: Floats
    inoperability: Floats
    lost: tuple[float, ...]
    version: str = VERSION

    @property
    def clipped(self) -> tuple[str, ...]:
        """The sectors that were cut off at 1 in some step."""
        return tuple(name for name, most in zip(self.sectors, self.raw.max(axis=0).tolist(), strict=True) if most > 1.0)


def coefficients(flows: Floats, output: Floats) -> Floats:
    """Technical coefficients: what each column buys of each row for one unit of its own output, A = Z / x_j.

    `flows` (n, n) and `output` (n) in one unit. A column without output has no coefficients: zeros. Raises
    InputError("supply.table_shape"), or ("supply.output") with the place of a sector that has flows and no output,
    or less than none.
    """
    flows, output = np.asarray(flows, dtype=np.float64), np.asarray(output, dtype=np.float64)
    _check_table(flows, output)
    safe = np.where(output > 0, output, 1.0)
    return np.where(output > 0, flows / safe, 0.0)


def interdependency(flows: Floats, output: Floats) -> Floats:
    """A* of the inoperability model, A*_ij = a_ij x_j / x_i: of each row's output the share that each column buys.

    Shapes and errors as `coefficients`. Source: Haimes and Jiang 2001, Journal of Infrastructure Systems 7(1).
    """
    flows, output = np.asarray(flows, dtype=np.float64), np.asarray(output, dtype=np.float64)
    _check_table(flows, output)
    safe = np.where(output > 0, output, 1.0)[:, np.newaxis]
    return np.where(output[:, np.newaxis] > 0, flows / safe, 0.0)


def static(matrix: Floats, sectors: Sequence[str], shock: Mapping[str, float]) -> Static:
    """Where the sectors end when the shock lasts: q = A* q + c.

    `matrix` (n, n): row i, column j is how far i fails for each unit that j fails. `shock`: by sector, the share (0-1)
    of its output that falls away from outside; others have none.
    Raises InputError("supply.sector_twice"), ("supply.sector_unknown"), ("supply.shock"), ("supply.table_shape"),
    ("supply.coefficient"), ("supply.no_equilibrium"). Source: Haimes and Jiang 2001.
    """
    names, direct = _checked(matrix, sectors, shock)
    found = equilibrium(np.asarray(matrix, dtype=np.float64), direct)
    return Static(_rows(names, matrix, found), found.how, found.error)


def dynamic(
    matrix: Floats,
    sectors: Sequence[str],
    shock: Mapping[str, float],
    *,
    recovery: Mapping[str, float],
    steps: int,
    start: Mapping[str, float] | None = None,
) -> Dynamic:
    """How the sectors get there step by step: q(t+1) = q(t) + K (A* q(t) + c - q(t)), K diagonal.

    `recovery`: for every sector its rate k (0-1) for one step; 0 never moves, 1 is at its new level in one step.
    `start`: inoperability (0-1) at step 0, zero where it is left out. Without a shock this is recovery from the start.
    Raises what `static` raises, ("supply.recovery") for a rate that is missing or outside 0-1, ("supply.steps").
    Source: Lian and Haimes 2006; Haimes and others 2005.
    """
    names, direct = _checked(matrix, sectors, shock)
    rates = _by_sector(names, recovery, "supply.recovery", every=names)
    state = _by_sector(names, start or {}, "supply.shock", every=())
    if steps < 1:
        raise InputError("supply.steps", steps=steps)
    table = np.asarray(matrix, dtype=np.float64)
    raw = np.empty((steps + 1, len(names)))
    raw[0] = state
    for at in range(steps):
        raw[at + 1] = raw[at] + rates * (table @ raw[at] + direct - raw[at])
    cut = np.minimum(raw, 1.0)
    return Dynamic(names, raw, cut, tuple(float(value) for value in cut[1:].sum(axis=0)))


def recovery_rate(steps: float, *, left: float, own: float = 0.0) -> float:
    """The rate k with which a sector that nothing else hurts has `left` (above 0, below 1) of its inoperability left
    after so many steps. `own` is its own coefficient a*_ii (0 or more, below 1).

    The step-wise form of Lian and Haimes 2006, k = ln(q(0) / q(T)) / (T (1 - a*_ii)): (1 - k (1 - a*_ii)) ^ T = left.
    Raises InputError("supply.recovery") where no rate of at most 1 does that.
    """
    sound = steps > 0 and 0 < left < 1 and 0 <= own < 1
    rate = (1.0 - left ** (1.0 / steps)) / (1.0 - own) if sound else -1.0
    if not 0 < rate <= 1:
        raise InputError("supply.recovery", sector="", value=rate if sound else left)
    return rate


def _checked(matrix: Floats, sectors: Sequence[str], shock: Mapping[str, float]) -> tuple[tuple[str, ...], Floats]:
    names = tuple(sectors)
    twice = next((name for at, name in enumerate(names) if name in names[:at]), None)
    if twice is not None:
        raise InputError("supply.sector_twice", sector=twice)
    if np.shape(matrix) != (len(names), len(names)) or not names:
        raise InputError("supply.table_shape", shape=" x ".join(map(str, np.shape(matrix))), expected=len(names))
    return names, _by_sector(names, shock, "supply.shock", every=())


def _by_sector(names: Sequence[str], given: Mapping[str, float], code: str, *, every: Sequence[str]) -> Floats:
    place = {name: at for at, name in enumerate(names)}
    values = np.zeros(len(names))
    for name, value in given.items():
        if name not in place:
            raise InputError("supply.sector_unknown", sector=name, known=", ".join(names[:8]))
        if not 0 <= value <= 1:
            raise InputError(code, sector=name, value=value)
        values[place[name]] = value
    for name in every:
        if name not in given:
            raise InputError(code, sector=name, value="-")
    return values


def _rows(names: Sequence[str], matrix: Floats, found: Equilibrium) -> tuple[SectorLoss, ...]:
    cut = found.values > 1.0 + found.error
    reached = _downstream(np.asarray(matrix) > 0, cut)
    return tuple(
        SectorLoss(name, min(1.0, float(raw)), float(raw), bool(over), bool(late))
        for name, raw, over, late in zip(names, found.values, cut, reached & (found.values > 0), strict=True)
    )


def _downstream(draws: NDArray[np.bool_], cut: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The sectors that draw on one of these, directly or through others."""
    reached = np.zeros(len(cut), dtype=bool)
    front = cut
    while front.any():
        front = draws[:, front].any(axis=1) & ~reached
        reached |= front
    return reached


def _check_table(flows: Floats, output: Floats) -> None:
    if flows.ndim != 2 or flows.shape[0] != flows.shape[1] or output.shape != flows.shape[:1]:
        shape = " x ".join(map(str, flows.shape))
        raise InputError("supply.table_shape", shape=shape, expected=len(output))
    idle = (output <= 0) & ((flows.max(axis=0, initial=0.0) > 0) | (flows.max(axis=1, initial=0.0) > 0))
    wrong = idle | ~np.isfinite(output) | (output < 0)
    if wrong.any():
        place = int(np.flatnonzero(wrong)[0])
        raise InputError("supply.output", place=place + 1, value=float(output[place]))
