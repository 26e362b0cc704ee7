"""Concentration and its table, by hand; what covers too little or too much."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.formats.raw_materials import printed_share, read_supply_shares
from verband.language.errors import InputError
from verband.language.materials import SupplyShare
from verband.language.rounded import Rounded
from verband.methods.depending.supply import NOT_SUPPLY_RISK, concentration, dependency_table


def share(country: str, printed: str, t: float = 1.0, *, material: str = "tin", stage: str = "E") -> SupplyShare:
    return SupplyShare(material, stage, country, printed_share(printed), t)


@pytest.mark.requirement("R049")
def test_index_equals_the_sum_of_squares_worked_by_hand() -> None:
    found = concentration([Rounded.exact(0.5), Rounded.exact(0.3), Rounded.exact(0.2)], weights=[1.0, 0.8, 1.1])

    # .25 + .8 x .09 + 1.1 x .04
    assert found.value == pytest.approx(0.366)
    assert found.width == 0


def test_interval_is_that_of_the_printed_digits() -> None:
    found = concentration([printed_share("60%"), printed_share("40%")])

    assert (found.low, found.value, found.high) == pytest.approx((0.595**2 + 0.395**2, 0.52, 0.605**2 + 0.405**2))


def test_table_ranks_by_index_and_names_the_largest_supplier() -> None:
    found = dependency_table(
        [
            share("A", "50%"), share("B", "50%"), share("A", "90%", 1.1, material="zinc"),
            share("B", "10%", 0.8, material="zinc"),
        ]
    )  # fmt: skip

    assert [(row.material, row.top, row.rank) for row in found.rows] == [("zinc", ("A",), 1), ("tin", ("A", "B"), 2)]
    assert found.rows[0].hhi_t.value == pytest.approx(0.81 * 1.1 + 0.01 * 0.8)
    assert found.sentence is NOT_SUPPLY_RISK
    assert "not supply risk" in found.sentence["en"]


def test_shares_that_sum_to_nine_per_cent_get_a_warning_and_no_rank() -> None:
    found = dependency_table([share("A", "7%"), share("B", "2%"), share("C", "80%", material="zinc")])

    assert [(row.material, row.low_coverage, row.rank) for row in found.rows] == [
        ("zinc", False, 1),
        ("tin", True, None),
    ]
    assert found.rows[1].coverage.value == pytest.approx(0.09)


def test_shares_that_sum_to_a_hundred_and_forty_per_cent_are_refused_with_the_material() -> None:
    with pytest.raises(InputError, match=r"The shares of tin \(E\) sum to 140.0 %"):
        dependency_table([share("A", "70%"), share("B", "70%")])


def test_a_country_that_is_there_twice_is_refused() -> None:
    with pytest.raises(InputError, match="'A' stands twice with tin"):
        dependency_table([share("A", "40%"), share("A", "30%")])


def test_shares_and_weights_that_cannot_be_are_refused() -> None:
    with pytest.raises(InputError, match="no share"):
        concentration([Rounded.exact(1.2)])
    with pytest.raises(InputError, match="weighed by -1"):
        concentration([Rounded.exact(0.2)], weights=[-1.0])


countries = st.lists(st.integers(1, 30), min_size=1, max_size=3).map(lambda parts: [f"{part}%" for part in parts])


@pytest.mark.requirement("P1")
@given(st.lists(countries, min_size=1, max_size=5), st.permutations(["A", "B", "C"]))
def test_other_names_for_countries_change_nothing_but_names(materials: list[list[str]], names: list[str]) -> None:
    swap = dict(zip("ABC", names, strict=True))
    shares = [
        share("ABC"[at], printed, material=f"material {number}")
        for number, one in enumerate(materials)
        for at, printed in enumerate(one)
    ]
    renamed = [SupplyShare(one.material, one.stage, swap[one.country], one.share, one.t) for one in shares]

    ours, theirs = dependency_table(shares).rows, dependency_table(renamed).rows

    assert [(row.material, tuple(swap[name] for name in row.top), row.hhi_t, row.rank) for row in ours] == [
        (row.material, row.top, row.hhi_t, row.rank) for row in theirs
    ]


@pytest.mark.requirement("R049")
@pytest.mark.shared_data
def test_table_of_the_report_of_2023_warns_of_what_it_covers_too_little(shared_data: Path) -> None:
    read = read_supply_shares(shared_data / "critical_materials" / "eu_supply_shares.csv")

    found = dependency_table(read.rows)

    warned = {(row.material, row.stage): row for row in found.rows if row.low_coverage}
    assert round(warned["Chromium", "E"].coverage.value, 2) == 0.09
    assert set(warned) == {("Chromium", "E"), ("Roundwood", "E"), ("Sapele wood", "E"), ("Tungsten", "E")}
    assert [(reject.line, reject.code) for reject in read.rejects] == [(712, "supply.share_unit")]
