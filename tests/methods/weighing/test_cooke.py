"""Cooke's classical model: published calibration scores, and information and weights worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.language.errors import InputError
from verband.methods.weighing import Question, calibration, cooke, information

#: Ten questions with the answers 1 to 10; one expert whose quantiles hold, one who is far too sure.
QUESTIONS = [Question(float(number)) for number in range(1, 11)]
HOLDS = [(number - 3.0, number + (0.5 if number % 2 else -0.5), number + 3.0) for number in range(1, 11)]
TOO_SURE = [(number + 0.1, number + 0.2, number + 0.3) for number in range(1, 11)]


@pytest.mark.parametrize(
    ("counts", "score"), [([1, 9, 9, 1], 1.0), ([0, 5, 5, 0], 0.5505), ([1, 4, 4, 1], 0.8283), ([3, 2, 2, 3], 0.0018)]
)
def test_calibration_has_the_published_values(counts: list[int], score: float) -> None:
    assert round(calibration(counts), 4) == score


def test_information_is_zero_for_a_uniform_guess_and_worked_by_hand_for_a_narrow_one() -> None:
    assert information(np.array([5.0, 50.0, 95.0]), 0, 100) == pytest.approx(0)
    # Outer ranges hold .05 and are .45 wide, inner ones the other way round: .8 ln 9.
    assert information(np.array([45.0, 50.0, 55.0]), 0, 100) == pytest.approx(0.8 * math.log(9))


def test_experts_are_counted_scored_and_weighed() -> None:
    good, sure = cooke({"good": HOLDS, "sure": TOO_SURE}, QUESTIONS)

    assert (good.counts, sure.counts) == ((0, 5, 5, 0), (10, 0, 0, 0))
    assert round(good.calibration, 4) == 0.5505
    assert sure.calibration < 1e-9
    assert sure.information > good.information > 0
    assert (good.weight, sure.weight) == (1.0, 0.0)
    assert (good.equal, sure.equal) == (0.5, 0.5)


def test_above_the_cut_off_weights_are_calibration_times_information() -> None:
    wide = [(low - 2, middle, high + 2) for low, middle, high in HOLDS]

    one, other = cooke({"narrow": HOLDS, "wide": wide}, QUESTIONS)

    assert one.calibration == other.calibration
    assert one.information > other.information
    assert one.weight / other.weight == pytest.approx(one.information / other.information)
    assert one.weight + other.weight == pytest.approx(1)


def test_one_question_worked_by_hand_with_its_range_stretched() -> None:
    (found,) = cooke({"ash": [(2.0, 5.0, 8.0)]}, [Question(12.0)], cut_off=0)

    # Range 2..12 stretched by a tenth to 1..13; widths 1, 3, 3 and 5 of 12.
    right = sum(p * math.log(p * 12 / wide) for p, wide in zip((0.05, 0.45, 0.45, 0.05), (1, 3, 3, 5), strict=True))
    assert found.information == pytest.approx(right)
    assert found.counts == (0, 0, 0, 1)


def test_a_logarithmic_question_is_scored_in_logarithms() -> None:
    plain = cooke({"ash": [(1.0, 2.0, 3.0)]}, [Question(2.5)], cut_off=0)
    log = cooke({"ash": [(math.exp(1), math.exp(2), math.exp(3))]}, [Question(math.exp(2.5), "log")], cut_off=0)

    assert log[0].information == pytest.approx(plain[0].information)
    assert log[0].counts == plain[0].counts


@given(st.permutations(["ash", "elm", "oak"]))
def test_names_and_order_of_experts_change_nothing(names: list[str]) -> None:
    wide = [(low - 2, middle, high + 2) for low, middle, high in HOLDS]
    answers = [HOLDS, wide, TOO_SURE]

    first = {item.expert: item for item in cooke(dict(zip(("ash", "elm", "oak"), answers, strict=True)), QUESTIONS)}
    other = cooke(dict(zip(names, answers, strict=True)), QUESTIONS)

    for name, item in zip(("ash", "elm", "oak"), other, strict=True):
        assert (item.counts, item.weight) == (first[name].counts, pytest.approx(first[name].weight))


def test_nobody_above_the_cut_off_is_said_and_equal_weights_remain() -> None:
    with pytest.raises(InputError) as caught:
        cooke({"sure": TOO_SURE}, QUESTIONS)

    assert caught.value.code == "weighing.nobody_calibrates"
    assert "equal weights" in caught.value.hint("en")


@pytest.mark.parametrize(
    ("answers", "questions", "code"),
    [
        ({"ash": [(1.0, 1.0, 2.0)]}, [Question(1.0)], "weighing.answers"),
        ({"ash": [(1.0, float("nan"), 2.0)]}, [Question(1.0)], "weighing.answers"),
        ({"ash": [(0.0, 1.0, 2.0)]}, [Question(1.0, "log")], "weighing.answers"),
        ({"ash": [(1.0, 2.0, 3.0)]}, [Question(-1.0, "log")], "weighing.answers"),
        ({"ash": [(1.0, 2.0, 3.0)]}, [Question(1.0), Question(2.0)], "weighing.answers"),
        ({"ash": [(1.0, 2.0, 3.0)]}, [Question(1.0, "ordinal")], "weighing.scale"),
        ({}, [Question(1.0)], "weighing.answers"),
        ({"ash": []}, [], "weighing.answers"),
    ],
)
def test_answers_that_cannot_be_scored_are_refused(
    answers: dict[str, list[tuple[float, float, float]]], questions: list[Question], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        cooke(answers, questions)

    assert caught.value.code == code


@pytest.mark.parametrize("counts", [[1, 2, 3], [0, 0, 0, 0], [-1, 2, 2, 1]])
def test_counts_that_cannot_be_are_refused(counts: list[int]) -> None:
    with pytest.raises(InputError):
        calibration(counts)


def test_a_range_needs_an_overshoot_above_zero() -> None:
    with pytest.raises(InputError):
        cooke({"good": HOLDS}, QUESTIONS, overshoot=0)
