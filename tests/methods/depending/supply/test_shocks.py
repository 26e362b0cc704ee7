"""A shock through a world table, by hand on two countries with two industries, and on the table of 2011."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from verband.formats.sector_tables import read_world_table
from verband.language.errors import InputError
from verband.methods.depending.supply import SectorShock, Shock, WorldTable, sector_shock

#: Farms of A sell 50 to mills of B; farms of B sell 20 to mills of B. Nobody else buys of anybody.
FLOWS = np.zeros((4, 4))
FLOWS[0, 3], FLOWS[2, 3] = 50.0, 20.0
SMALL = WorldTable(FLOWS, np.array([100.0, 10.0, 40.0, 200.0]), ("A", "B"), ("farms", "mills"))


def told(found: SectorShock) -> list[tuple[str, str, float, float]]:
    return [(row.country, row.industry, round(row.lost, 6), round(row.share, 6)) for row in found.rows]


def test_suppliers_lose_what_the_shocked_sector_no_longer_buys() -> None:
    found = sector_shock(SMALL, Shock("B", "mills", 0.1))

    # Mills of B lose 20 of 200; they buy 50 / 200 of A's farms and 20 / 200 of B's for each unit.
    assert told(found) == [("B", "mills", 20, 0.1), ("A", "farms", 5, 0.05), ("B", "farms", 2, 0.05)]
    assert found.by_country == (("B", 22.0, 22 / 240), ("A", 5.0, 5 / 110))
    assert found.lost == pytest.approx(27)
    assert [row.first for row in found.rows] == pytest.approx([20, 0, 0])


def test_users_lose_what_the_shocked_sector_cannot_deliver() -> None:
    found = sector_shock(SMALL, Shock("A", "farms", 0.1, "supply"))

    # Farms of A lose 10 of 100, of which mills of B bought half.
    assert told(found) == [("A", "farms", 10, 0.1), ("B", "mills", 5, 0.025)]


def test_other_names_change_nothing_but_names() -> None:
    other = replace(SMALL, countries=("Z", "Y"), industries=("q", "p"))
    back = {"Z": "A", "Y": "B", "q": "farms", "p": "mills"}

    one, two = sector_shock(SMALL, Shock("B", "mills", 0.3)), sector_shock(other, Shock("Y", "p", 0.3))

    assert [(back[a], back[b], *rest) for a, b, *rest in told(two)] == told(one)
    assert [(back[name], *rest) for name, *rest in two.by_country] == list(one.by_country)


@pytest.mark.requirement("R048")
@pytest.mark.shared_data
@pytest.mark.parametrize("side", ["demand", "supply"])
def test_the_world_table_of_2011_is_run_through_without_an_inverse(side: str, shared_data: Path) -> None:
    read = read_world_table(shared_data / "wiod" / "wiot_2011.npz")
    table = WorldTable(read.flows, read.output, read.countries, read.industries)

    found = sector_shock(table, Shock("CHN", "c14", 0.1, side))  # type: ignore[arg-type]

    place = table.place("CHN", "c14")
    over = table.output if side == "demand" else table.output[:, np.newaxis]
    rounds = np.where(over > 0, read.flows / np.where(over > 0, over, 1), 0)
    direct = np.zeros(len(table.output))
    direct[place] = 0.1 * table.output[place]
    exact = np.linalg.solve(np.eye(len(direct)) - (rounds if side == "demand" else rounds.T), direct)
    lost = np.zeros(len(direct))
    for row in found.rows:
        lost[table.place(row.country, row.industry)] = row.lost
    assert found.how == "series"
    assert np.abs(lost - exact).max() <= found.error < 1e-3
    assert (found.rows[0].country, found.rows[0].industry) == ("CHN", "c14")
    assert not any(row.clipped for row in found.rows)


@pytest.mark.parametrize(
    ("code", "shock"),
    [
        ("supply.country", Shock("C", "farms", 0.1)),
        ("supply.industry", Shock("A", "farm", 0.1)),
        ("supply.shock", Shock("A", "farms", 0.0)),
        ("supply.shock", Shock("A", "farms", 1.5)),
        ("supply.side", Shock("A", "farms", 0.1, "both")),  # type: ignore[arg-type]
    ],
)
def test_a_shock_that_cannot_be_is_refused(code: str, shock: Shock) -> None:
    with pytest.raises(InputError) as caught:
        sector_shock(SMALL, shock)

    assert caught.value.code == code


def test_a_sector_that_makes_nothing_and_a_table_that_does_not_fit_are_refused() -> None:
    with pytest.raises(InputError, match="makes nothing"):
        sector_shock(replace(SMALL, output=np.array([100.0, 0.0, 40.0, 200.0])), Shock("A", "mills", 0.1))
    with pytest.raises(InputError, match="4 x 4 does not fit 6"):
        sector_shock(replace(SMALL, countries=("A", "B", "C")), Shock("A", "mills", 0.1))
