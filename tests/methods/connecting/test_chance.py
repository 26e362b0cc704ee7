"""e-values and e-BH on worked examples."""

from __future__ import annotations

import numpy as np
import pytest

from verband.methods.connecting.chance import (
    FIXED,
    LARGE,
    SEARCHED,
    Spending,
    bar_of,
    e_values,
    expected_bar,
    mean_above,
    p_value,
    passing,
)


def test_p_counts_the_real_world_in() -> None:
    assert p_value(3.0, [1.0, 2.0, 3.0, 4.0]) == 3 / 5


def test_a_group_above_all_shuffled_worlds_passes_and_one_within_them_does_not() -> None:
    null = [np.array([1.0])] * 79

    strong = e_values(np.array([9.0, 0.5]), null, fdr=0.05)
    weak = e_values(np.array([1.0, 0.5]), null, fdr=0.05)

    assert passing(strong, fdr=0.05) == 1
    assert passing(weak, fdr=0.05) == 0


def test_too_few_worlds_never_prove_anything() -> None:
    assert passing(e_values(np.array([9.0]), [np.array([1.0])] * 18, fdr=0.05), fdr=0.05) == 0


def test_no_groups_give_no_e_values() -> None:
    assert len(e_values(np.zeros(0), [np.array([1.0])], fdr=0.05)) == 0


def test_ebh_takes_the_largest_k_that_holds() -> None:
    assert passing(np.array([60.0, 41.0, 3.0]), fdr=0.05) == 2


def test_a_search_proposes_nothing_unless_its_strongest_group_passes_by_itself() -> None:
    null = [np.array([6.0]) if number < 6 else np.array([1.0]) for number in range(199)]
    observed = np.array([5.0, 4.9, 4.8, 4.7])

    searched = e_values(observed, null, fdr=0.05, spending=SEARCHED)
    fixed = e_values(observed, null, fdr=0.05, spending=FIXED)

    assert passing(searched, fdr=0.05) == 0
    assert passing(fixed, fdr=0.05) == 4


@pytest.mark.parametrize(("spending", "most"), [(SEARCHED, 5), (LARGE, 2)])
def test_a_search_spends_six_tenths_of_the_rate_and_in_a_large_collection_three(spending: Spending, most: int) -> None:
    def worlds(stronger: int) -> list[np.ndarray]:
        return [np.array([6.0]) if number < stronger else np.array([1.0]) for number in range(199)]

    found = [
        passing(e_values(np.array([5.0]), worlds(n), fdr=0.05, spending=spending), fdr=0.05) for n in (most, most + 1)
    ]

    assert found == [1, 0]


def test_the_bar_of_a_run_that_stopped_early_lies_above_every_world_that_it_saw() -> None:
    best = [0.1 * number for number in range(19)]
    worlds = [np.array([strength]) for strength in best]

    assert bar_of(np.array([0.5]), worlds, fdr=0.05) == float("inf")
    assert 1.8 < expected_bar(best, fdr=0.05) < 6.0
    assert expected_bar([], fdr=0.05) == float("inf")


def test_groups_of_shuffled_worlds_are_counted_on_average() -> None:
    assert mean_above(2.0, [np.array([3.0, 2.0, 1.0]), np.array([1.0])]) == 1.0
    assert mean_above(2.0, []) == 0.0
