"""The tail of few shuffled worlds: what is read from it, and when nothing is."""

from __future__ import annotations

import numpy as np
import pytest

from verband.methods.connecting.chance import LARGE
from verband.methods.connecting.tail import CAUTION, bar_of, e_values, tail


def worlds(rate: float, *, seed: int = 1) -> list[np.ndarray]:
    rng = np.random.default_rng(seed)
    return [rng.exponential(1 / rate, 60) for _ in range(9)]


def test_the_rate_of_an_exponential_tail_is_found_and_read_with_caution() -> None:
    found = tail(worlds(2.0))

    assert found.excesses == 400
    assert found.rate / (1 - CAUTION / np.sqrt(400)) == pytest.approx(2.0, rel=0.15)
    assert found.rate < 2.0
    assert found.distance <= found.allowed
    assert found.per_world == pytest.approx(400 / 9)


def test_beyond_what_any_world_reached_the_expected_number_falls_and_is_never_none() -> None:
    found = tail(worlds(1.0))

    near, far = found.expected(np.array([8.0, 12.0]))

    assert 0 < far < near < 0.2


def test_a_strength_that_worlds_reached_counts_at_least_as_often_as_it_was_seen() -> None:
    null = [np.array([0.0, 0.1, 0.2, 0.3, 9.0]) for _ in range(9)] + [np.linspace(0, 1, 40)]

    assert tail(null).expected(np.array([9.0]))[0] >= 0.9


@pytest.mark.parametrize("null", [[], [np.zeros(0)] * 9, [np.array([1.0, 2.0])] * 9, [np.ones(50)] * 9])
def test_where_no_tail_can_be_read_nothing_is_proposed(null: list[np.ndarray]) -> None:
    found = tail(null)

    stands = np.array([50.0, 3.0])
    assert found.excesses == 0
    assert e_values(stands, found, fdr=0.05, spending=LARGE).tolist() == [0.0, 0.0]


def test_a_group_far_above_the_tail_passes_and_the_rest_get_no_e_value() -> None:
    found = tail(worlds(1.0))
    stands = np.array([15.0, 2.0, 1.0])

    e = e_values(stands, found, fdr=0.05, spending=LARGE)

    assert e[0] >= 3 / 0.05
    assert e[1:].tolist() == [0.0, 0.0]
    assert bar_of(stands[1:], found, fdr=0.05, spending=LARGE) > 2.0


def test_where_no_exponential_fits_the_tail_falls_slowly_from_the_strongest_seen() -> None:
    heap = [np.full(30, -3.0 + 0.01 * world) for world in range(9)]
    two_heaps = [np.concatenate([row, np.array([2.0, 3.0 + 0.1 * world])]) for world, row in enumerate(heap)]

    found = tail(two_heaps)
    just, far = found.expected(np.array([3.9, 9.0]))

    assert found.distance > found.allowed
    assert just >= 1 / 9
    assert 0 < far < 0.01
    assert found.expected(np.array([found.reached(0.015)]))[0] == pytest.approx(0.015)
