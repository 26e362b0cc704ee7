"""The inoperability model against its published cases, and by hand."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.formats.sector_tables import read_sector_case
from verband.language.errors import InputError
from verband.methods.depending.supply import coefficients, dynamic, interdependency, recovery_rate, static
from verband.methods.depending.supply.equilibrium import SERIES, SOLVE, equilibrium

#: Matrix, shock, printed answers, decimals printed.
PUBLISHED = {
    "Haimes and Jiang 2001, two sectors": ([[0, 0.8], [0.2, 0]], {1: 0.6}, [0.571, 0.714], 3),
    "Haimes and Jiang 2001, four sectors": (
        [[0, 0.9, 0, 0], [0.4, 0, 0, 0], [1, 0.8, 0, 0], [1, 0.9, 0, 0]],
        {1: 0.5},
        [0.70, 0.78, 1, 1],
        2,
    ),
    "three sectors": ([[0, 0, 0.3], [0.4, 0, 0], [0.2, 0.6, 0]], {2: 0.12}, [0.04, 0.02, 0.14], 2),
    "Lian and Haimes 2006": ([[0.15, 0.5], [0.1, 0.05]], {1: 0.1}, [0.066, 0.112], 3),
}
#: Xu 2011: flows, output and the coefficients as printed.
XU_Z = [[175, 280, 280, 140], [140, 315, 350, 280], [245, 140, 280, 140], [175, 280, 105, 280]]
XU_X = [1225, 1610, 1085, 1015]
XU_A = [[0.14, 0.17, 0.26, 0.14], [0.11, 0.20, 0.32, 0.28], [0.20, 0.10, 0.26, 0.14], [0.14, 0.17, 0.10, 0.28]]


def named(count: int) -> list[str]:
    return [f"sector {at}" for at in range(count)]


@pytest.mark.requirement("R062")
@pytest.mark.parametrize("case", PUBLISHED)
def test_published_cases_come_out_to_their_printed_digits(case: str) -> None:
    matrix, shock, printed, digits = PUBLISHED[case]

    found = static(np.array(matrix), named(len(matrix)), {f"sector {at}": share for at, share in shock.items()})

    assert [round(row.inoperability, digits) for row in found.sectors] == printed
    assert found.error < 1e-9


def test_what_is_cut_off_at_one_is_said_with_the_raw_figure_beside_it() -> None:
    matrix, _, _, _ = PUBLISHED["Haimes and Jiang 2001, four sectors"]

    found = static(np.array(matrix), named(4), {"sector 1": 0.5})

    assert found.clipped == ("sector 2", "sector 3")
    assert [round(row.raw, 3) for row in found.sectors] == [0.703, 0.781, 1.328, 1.406]
    assert not any(row.overstated for row in found.sectors)


def test_who_draws_on_a_sector_that_was_cut_off_is_named() -> None:
    # b fails 2 x .9 = 1.8, cut off; c draws on b: 1.8 x .5 = .9 where .5 would be the most; d on c; e on nobody.
    matrix = np.zeros((5, 5))
    matrix[1, 0], matrix[2, 1], matrix[3, 2] = 2.0, 0.5, 0.1

    found = static(matrix, list("abcde"), {"a": 0.9, "e": 0.1})

    assert found.clipped == ("b",)
    assert [row.sector for row in found.sectors if row.overstated] == ["c", "d"]


def test_coefficients_of_xu_are_flows_over_the_output_of_the_buyer() -> None:
    found = coefficients(np.array(XU_Z, dtype=float), np.array(XU_X, dtype=float))

    # 140 / 1610 is .087; the .10 that is printed there is what neither rounding nor another divisor gives.
    apart = [(i, j) for i in range(4) for j in range(4) if round(float(found[i, j]), 2) != XU_A[i][j]]
    assert apart == [(2, 1)]
    assert found[2, 1] == pytest.approx(140 / 1610)


def test_interdependency_divides_by_the_output_of_the_seller() -> None:
    found = interdependency(np.array([[0.0, 30.0], [10.0, 0.0]]), np.array([60.0, 40.0]))

    # a_01 = 30 / 40, times 40 / 60: .5.
    assert found.tolist() == [[0.0, 0.5], [0.25, 0.0]]


@pytest.mark.shared_data
@pytest.mark.parametrize(("number", "same_as"), [(1, 0), (2, 0), (3, 1), (4, 2)])
def test_files_of_the_reference_cases_give_the_published_answers(number: int, same_as: int, shared_data: Path) -> None:
    case = read_sector_case(shared_data / "iim" / f"test_case{number}.json")
    _, _, printed, digits = list(PUBLISHED.values())[same_as]

    found = static(case.matrix, case.sectors, case.shock)

    assert [round(row.inoperability, digits) for row in found.sectors] == printed


def test_steps_by_hand_and_their_end_is_the_static_answer() -> None:
    matrix, names = np.array([[0.15, 0.5], [0.1, 0.05]]), ["a", "b"]
    shock, rates = {"b": 0.1}, {"a": 0.5, "b": 1.0}

    found = dynamic(matrix, names, shock, recovery=rates, steps=200)

    # Step 1: b takes all of .1 at once. Step 2: a takes half of .5 x .1; b is .05 x .1 + .1.
    assert found.raw[:3].round(6).tolist() == [[0, 0], [0, 0.1], [0.025, 0.105]]
    assert found.raw[-1] == pytest.approx([row.raw for row in static(matrix, names, shock).sectors])
    assert found.lost[1] == pytest.approx(found.inoperability[1:, 1].sum())


def test_recovery_leaves_what_its_rate_says_and_lost_is_counted_in_whole_steps() -> None:
    rate = recovery_rate(10, left=0.01)

    found = dynamic(np.zeros((1, 1)), ["a"], {}, recovery={"a": rate}, steps=10, start={"a": 0.8})

    assert found.raw[-1, 0] == pytest.approx(0.008)
    assert rate == pytest.approx(1 - 0.01**0.1)
    # .8 (1 - k) + .8 (1 - k)^2 + ... ten terms.
    assert found.lost[0] == pytest.approx(0.8 * (1 - rate) * (1 - (1 - rate) ** 10) / rate)


def test_a_step_above_one_is_cut_off_and_named() -> None:
    found = dynamic(np.array([[0.0, 3.0], [0.0, 0.0]]), ["a", "b"], {"b": 0.5}, recovery={"a": 1, "b": 1}, steps=3)

    assert found.clipped == ("a",)
    assert found.raw[-1].tolist() == [1.5, 0.5]
    assert found.inoperability[-1].tolist() == [1.0, 0.5]


@given(st.integers(1, 8), st.integers(0, 10_000), st.floats(0.05, 3.0))
def test_series_and_solving_agree_within_the_stated_error(size: int, seed: int, scale: float) -> None:
    rng = np.random.default_rng(seed)
    matrix = rng.random((size, size)) * scale / size
    direct = rng.random(size)
    grows = max(abs(np.linalg.eigvals(matrix)))

    if grows >= 1:
        with pytest.raises(InputError) as caught:
            equilibrium(matrix, direct)
        assert caught.value.code == "supply.no_equilibrium"
        return
    found = equilibrium(matrix, direct)

    exact = np.linalg.solve(np.eye(size) - matrix, direct)
    assert np.abs(found.values - exact).max() <= found.error + 1e-12 * exact.max() / (1 - grows)
    assert found.how in (SERIES, SOLVE)


def test_both_ways_are_used() -> None:
    assert equilibrium(np.array([[0.5]]), np.array([1.0])).how == SERIES
    assert equilibrium(np.array([[0.0, 3.0], [0.1, 0.0]]), np.array([1.0, 0.0])).how == SOLVE


@pytest.mark.parametrize(
    ("code", "matrix", "names", "shock"),
    [
        ("supply.sector_twice", [[0, 0], [0, 0]], ["a", "a"], {}),
        ("supply.table_shape", [[0, 0], [0, 0]], ["a"], {}),
        ("supply.sector_unknown", [[0]], ["a"], {"b": 0.1}),
        ("supply.shock", [[0]], ["a"], {"a": 1.1}),
        ("supply.shock", [[0]], ["a"], {"a": math.nan}),
        ("supply.coefficient", [[-0.1]], ["a"], {"a": 0.1}),
        ("supply.coefficient", [[math.inf]], ["a"], {"a": 0.1}),
        ("supply.no_equilibrium", [[1.0]], ["a"], {"a": 0.1}),
        ("supply.no_equilibrium", [[0, 2], [2, 0]], ["a", "b"], {"a": 0.1}),
    ],
)
def test_what_cannot_be_is_refused(code: str, matrix: list[list[float]], names: list[str], shock: dict) -> None:
    with pytest.raises(InputError) as caught:
        static(np.array(matrix, dtype=float), names, shock)

    assert caught.value.code == code
    assert caught.value.hint("nl")


def test_a_rate_that_is_missing_or_impossible_is_refused() -> None:
    with pytest.raises(InputError, match="'b'"):
        dynamic(np.zeros((2, 2)), ["a", "b"], {}, recovery={"a": 0.5}, steps=2)
    with pytest.raises(InputError, match="rate of recovery"):
        recovery_rate(1, left=0.01, own=0.5)
    with pytest.raises(InputError, match="0 steps"):
        dynamic(np.zeros((1, 1)), ["a"], {}, recovery={"a": 0.5}, steps=0)
    with pytest.raises(InputError, match="Sector 2"):
        coefficients(np.array([[0.0, 1.0], [0.0, 0.0]]), np.array([5.0, 0.0]))
