"""Rank acceptability: certain orders are certain, ties are shared, what is missing is left out, the seed decides."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings

from tests.methods.weighing.judging import ANV, KEYS, judgements, sure
from verband.language.errors import InputError
from verband.methods.weighing import Judgement, Score, profile_of, ranks

EQUAL = ANV.profile("equal")


def test_a_scenario_that_is_graver_everywhere_is_first_in_every_draw_under_both_bases() -> None:
    scenarios = {"mild": [sure(default="A")], "grave": [sure(default="E")], "middle": [sure(default="C")]}

    three, ten = ranks(ANV, scenarios, EQUAL, seed=1, draws=200)

    assert (three.base, ten.base) == (3, 10)
    for found in (three, ten):
        assert found.scenarios == ("mild", "grave", "middle")
        assert found.acceptability == ((0, 0, 1), (1, 0, 0), (0, 1, 0))
        assert found.low == found.median == found.high == (3, 1, 2)


def test_scenarios_that_tie_share_their_ranks() -> None:
    scenarios = {"one": [sure(c11="C")], "two": [sure(c11="C")], "three": [sure(c11="A")]}

    (found,) = ranks(ANV, scenarios, EQUAL, seed=1, draws=50, bases=[3])

    assert np.allclose(found.acceptability, [[0.5, 0.5, 0], [0.5, 0.5, 0], [0, 0, 1]])
    assert (found.low, found.high) == ((1, 1, 3), (2, 2, 3))


def test_two_scenarios_in_one_criterion_each_are_decided_by_the_drawn_weights() -> None:
    chosen = profile_of(ANV, {key: {"1.1": 1.0, "1.2": 1.0}.get(key, 0.0) for key in KEYS})
    scenarios = {"one": [sure(c11="E")], "two": [sure(c12="E")]}

    (found,) = ranks(ANV, scenarios, chosen, seed=3, draws=4_000, bases=[3])
    (fixed,) = ranks(ANV, scenarios, chosen, seed=3, draws=50, bases=[3], concentration=math.inf)

    # Weights are Dirichlet (25, 25): one is first as often as not; without that doubt they tie.
    assert found.acceptability[0][0] == pytest.approx(0.5, abs=4 * 0.5 / math.sqrt(4_000))
    assert found.acceptability[0][0] + found.acceptability[1][0] == pytest.approx(1)
    assert fixed.acceptability == ((0.5, 0.5), (0.5, 0.5))


def test_a_chance_of_being_first_follows_the_experts() -> None:
    chosen = profile_of(ANV, {key: float(key == "1.1") for key in KEYS})
    unsure = Judgement("ash", (Score("1.1", "A", "C", "E"), *(Score.sure(key, "X") for key in KEYS[1:])))

    (found,) = ranks(ANV, {"unsure": [unsure], "sure": [sure(c11="B")]}, chosen, seed=5, draws=10_000, bases=[3])

    # C or E, .8 of the mass, stand above B.
    assert found.acceptability[0][0] == pytest.approx(0.8, abs=4 * 0.4 / math.sqrt(10_000))
    assert (found.low[0], found.median[0], found.high[0]) == (1, 1, 2)


def test_by_risk_the_chance_counts_too() -> None:
    scenarios = {"grave but rare": [sure(c11="E", likelihood="A")], "mild but likely": [sure(c11="D", likelihood="E")]}

    (impact,) = ranks(ANV, scenarios, EQUAL, seed=1, draws=100, bases=[3])
    (risk,) = ranks(ANV, scenarios, EQUAL, seed=1, draws=100, bases=[3], by="risk")

    assert impact.median == (1, 2)
    assert risk.median == (2, 1)


@pytest.mark.requirement("R005")
def test_a_scenario_with_a_missing_criterion_is_left_out_and_says_why() -> None:
    scenarios = {
        "whole": [sure(c11="B")],
        "gap": [sure(default=None, c11="E", likelihood=None)],
        "no chance": [sure(c11="E", likelihood=None)],
    }

    (impact,) = ranks(ANV, scenarios, EQUAL, seed=1, draws=10, bases=[3])
    (risk,) = ranks(ANV, scenarios, EQUAL, seed=1, draws=10, bases=[3], by="risk")

    assert impact.scenarios == ("whole", "no chance")
    assert impact.left_out == {"gap": tuple(KEYS[1:])}
    assert risk.scenarios == ("whole",)
    assert risk.left_out == {"gap": (*KEYS[1:], "likelihood"), "no chance": ("likelihood",)}


@pytest.mark.requirement("P1")
@given(judgements(least=3, most=3), judgements(least=2, most=2), judgements(least=1, most=1))
@settings(max_examples=15, deadline=None)
def test_names_and_order_of_scenarios_change_nothing_and_the_seed_decides(
    one: list[Judgement], two: list[Judgement], three: list[Judgement]
) -> None:
    first = ranks(ANV, {"a": one, "b": two, "c": three, "d": one}, EQUAL, seed=7, draws=60)
    again = ranks(ANV, {"a": one, "b": two, "c": three, "d": one}, EQUAL, seed=7, draws=60)
    other = ranks(ANV, {"z": three, "y": one, "x": two, "w": one}, EQUAL, seed=7, draws=60)

    for found, same, renamed in zip(first, again, other, strict=True):
        assert found.acceptability == same.acceptability
        assert [found.acceptability[at] for at in (2, 0, 1, 3)] == list(renamed.acceptability)


@given(judgements(), judgements())
@settings(max_examples=15, deadline=None)
def test_rows_and_columns_of_the_matrix_add_up_to_one(one: list[Judgement], two: list[Judgement]) -> None:
    for found in ranks(ANV, {"a": one, "b": two, "c": one, "d": [sure()]}, EQUAL, seed=2, draws=40, by="risk"):
        table = np.array(found.acceptability)

        assert np.allclose(table.sum(axis=0), 1)
        assert np.allclose(table.sum(axis=1), 1)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"draws": 0}, "weighing.draws"),
        ({"concentration": 0.0}, "weighing.draws"),
        ({"concentration": float("nan")}, "weighing.draws"),
        ({"by": "fear"}, "weighing.ranked_by"),
        ({"bases": [2]}, "risk_method.unknown_base"),
    ],
)
def test_what_cannot_be_drawn_is_refused(more: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as caught:
        ranks(ANV, {"a": [sure()]}, EQUAL, seed=1, **more)  # type: ignore[arg-type]

    assert caught.value.code == code


def test_nothing_to_rank_is_refused() -> None:
    with pytest.raises(InputError) as caught:
        ranks(ANV, {"a": [sure(default=None)]}, EQUAL, seed=1)

    assert caught.value.code == "weighing.nothing_to_rank"
