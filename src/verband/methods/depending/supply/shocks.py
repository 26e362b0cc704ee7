"""A shock to one sector of one country, run through a world input-output table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from verband.language.errors import InputError
from verband.language.words import closest
from verband.methods.depending.supply.equilibrium import equilibrium
from verband.methods.depending.supply.inoperability import VERSION, coefficients

Floats = NDArray[np.float64]
Side = Literal["demand", "supply"]
SIDES: tuple[Side, ...] = ("demand", "supply")


@dataclass(frozen=True)
class WorldTable:
    """A world input-output table: `flows` (n, n) from row to column, `output` (n), n = countries x industries.

    Sectors stand by country and within it by industry, both in the order given; all money in one unit.
    """

    flows: Floats
    output: Floats
    countries: tuple[str, ...]
    industries: tuple[str, ...]

    def place(self, country: str, industry: str) -> int:
        """The row of a sector. Raises InputError("supply.country") or ("supply.industry") with the nearest name."""
        if country not in self.countries:
            raise InputError("supply.country", country=country, nearest=_near(country, self.countries))
        if industry not in self.industries:
            raise InputError("supply.industry", industry=industry, nearest=_near(industry, self.industries))
        return self.countries.index(country) * len(self.industries) + self.industries.index(industry)


@dataclass(frozen=True)
class Shock:
    """What happens: `share` (above 0, at most 1) of a sector's output falls away from outside the table.

    `side` "demand": buyers stop buying it, and its suppliers sell less. `side` "supply": it cannot make it, and those
    who use it make less.
    """

    country: str
    industry: str
    share: float
    side: Side = "demand"


@dataclass(frozen=True)
class SectorShockRow:
    """What one sector loses: money in the unit of the table, and as a share of its output (cut off at 1).

    `raw_share` is the model's own figure; `first` is what the shock itself takes, the rest comes through the chain.
    """

    country: str
    industry: str
    lost: float
    share: float
    raw_share: float
    clipped: bool
    first: float


@dataclass(frozen=True)
class SectorShock:
    """Every sector that loses more than the error of the answer, the largest loss in money first.

    `error`: no `lost` is further off than this. `by_country`: country, loss, and share of its output, largest first.
    """

    shock: Shock
    rows: tuple[SectorShockRow, ...]
    by_country: tuple[tuple[str, float, float], ...]
    lost: float
    how: str
    terms: int
    error: float
    version: str = VERSION


def sector_shock(table: WorldTable, shock: Shock) -> SectorShock:
    """The loss of every sector after the shock, by rounds or by solving, never by the inverse.

    Demand: lost = A lost + c with A = Z / x_j. Supply: with B_ij = Z_ij / x_i, lost = B' lost + c, which takes buyers
    to use what is left in the same proportions: an upper estimate where another supplier can step in. Ties in money
    keep the order of the table. Raises what `WorldTable.place` raises, InputError("supply.shock") for a share outside
    0-1, ("supply.side"), ("supply.idle") for a sector without output, and what `coefficients` and `equilibrium` raise.
    Source: Leontief 1936, Review of Economics and Statistics 18(3), for demand; Ghosh 1958, Economica 25(97), for
    supply.
    """
    _check(table, shock)
    place = table.place(shock.country, shock.industry)
    output = np.asarray(table.output, dtype=np.float64)
    if not output[place] > 0:
        raise InputError("supply.idle", country=shock.country, industry=shock.industry)
    direct = np.zeros(len(output))
    direct[place] = shock.share * output[place]
    if shock.side == "demand":
        found = equilibrium(coefficients(table.flows, output), direct)
        lost = found.values
        error = found.error
    else:
        # The same in shares of output, which is what the rows of A' keep below 1: q = A' q + c / x.
        relative = np.where(output > 0, direct / np.where(output > 0, output, 1.0), 0.0)
        found = equilibrium(np.ascontiguousarray(coefficients(table.flows, output).T), relative)
        lost = found.values * output
        error = found.error * float(output.max())
    rows = _rows(table, lost, direct, output, error)
    return SectorShock(shock, rows, _by_country(table, lost, output), float(lost.sum()), found.how, found.terms, error)


def _check(table: WorldTable, shock: Shock) -> None:
    size = len(table.countries) * len(table.industries)
    if np.shape(table.flows) != (size, size) or np.shape(table.output) != (size,):
        shape = " x ".join(map(str, np.shape(table.flows)))
        raise InputError("supply.table_shape", shape=shape, expected=size)
    if shock.side not in SIDES:
        raise InputError("supply.side", side=shock.side, known=", ".join(SIDES))
    if not 0 < shock.share <= 1:
        raise InputError("supply.shock", sector=f"{shock.country} {shock.industry}", value=shock.share)


def _rows(table: WorldTable, lost: Floats, direct: Floats, output: Floats, error: float) -> tuple[SectorShockRow, ...]:
    rows = []
    for at in np.argsort(-lost, kind="stable").tolist():
        if lost[at] <= error:
            break
        country, industry = divmod(at, len(table.industries))
        raw = float(lost[at] / output[at])
        names = table.countries[country], table.industries[industry]
        # A share of 1 that rounding lifts above it was not cut off.
        over = raw > 1.0 + error / float(output[at])
        rows.append(SectorShockRow(*names, float(lost[at]), min(1.0, raw), raw, over, float(direct[at])))
    return tuple(rows)


def _by_country(table: WorldTable, lost: Floats, output: Floats) -> tuple[tuple[str, float, float], ...]:
    shape = len(table.countries), len(table.industries)
    losses, outputs = lost.reshape(shape).sum(axis=1), output.reshape(shape).sum(axis=1)
    order = np.argsort(-losses, kind="stable").tolist()
    return tuple(
        (table.countries[at], float(losses[at]), float(losses[at] / outputs[at]) if outputs[at] > 0 else 0.0)
        for at in order
    )


def _near(name: str, known: Sequence[str]) -> str:
    return closest(name, known) or ", ".join(known[:8])
