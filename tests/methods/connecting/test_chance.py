"""e-values and e-BH on worked examples."""

from __future__ import annotations

import numpy as np

from verband.methods.connecting.chance import e_values, p_value, passing


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
