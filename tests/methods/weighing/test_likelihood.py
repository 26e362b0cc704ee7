"""Chances: log-uniform in a class, mixed over experts, carried to other horizons; worked by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.weighing.judging import ANV, sure
from verband.language.errors import InputError
from verband.language.risk_methods import risk_method
from verband.methods.weighing import (
    Chance,
    Judgement,
    LikelihoodScore,
    annual_chance,
    chance,
    over_horizon,
    return_period,
)


def pooled_chance(*said: Judgement, **more: float) -> Chance:
    found = chance(ANV, said, expert_weights=more or None)
    assert found is not None
    return found


def test_a_chance_is_log_uniform_in_its_class() -> None:
    found = pooled_chance(sure(likelihood="C"))

    assert found.quantile(0.5) == pytest.approx(math.sqrt(0.005 * 0.05))
    assert (found.quantile(0), found.quantile(1)) == pytest.approx((0.005, 0.05))
    assert found.cdf(0.005 * 10**0.25) == pytest.approx(0.25)
    # The mean of a log-uniform is (b - a) / ln(b / a).
    assert found.mean() == pytest.approx(0.045 / math.log(10))


def test_a_part_of_a_class_is_its_third() -> None:
    found = pooled_chance(sure(likelihood="C-high"))

    assert found.quantile(0.5) == pytest.approx(0.005 * 10 ** (5 / 6))


def test_lower_expected_and_upper_have_two_six_and_two_tenths() -> None:
    found = pooled_chance(Judgement("ash", (), LikelihoodScore("B", "C", "D")))

    assert [found.cdf(at) for at in (0.0005, 0.005, 0.05, 0.5)] == pytest.approx([0, 0.2, 0.8, 1])
    assert found.quantile(0.05) == pytest.approx(0.0005 * 10**0.25)
    assert found.quantile(0.95) == pytest.approx(0.05 * 10**0.75)


def test_experts_are_mixed_and_the_chance_between_them_is_left_empty() -> None:
    found = pooled_chance(sure("ash", likelihood="A"), sure("elm", likelihood="E"), ash=1, elm=3)

    assert [found.cdf(at) for at in (0.0005, 0.01, 0.5, 1)] == pytest.approx([0.25, 0.25, 0.25, 1])
    assert found.quantile(0.2) < 0.0005
    assert found.quantile(0.3) > 0.5


def test_no_judgement_of_likelihood_is_unknown() -> None:
    assert chance(ANV, [sure(likelihood=None)]) is None
    assert chance(ANV, []) is None


def test_names_and_order_of_experts_change_nothing_to_the_bit() -> None:
    keys = ["A", "E", "C-low", "B", "D"]

    one = pooled_chance(*(sure(f"a{at}", likelihood=key) for at, key in enumerate(keys)))
    other = pooled_chance(*(sure(f"z{at}", likelihood=key) for at, key in enumerate(reversed(keys))))

    assert one.quantiles(np.linspace(0, 1, 99)).tolist() == other.quantiles(np.linspace(0, 1, 99)).tolist()


def test_a_higher_class_never_lowers_the_chance_at_any_quantile() -> None:
    rising = ["A", "B-low", "B", "B-high", "C-mid", "D", "E-high"]

    medians = [pooled_chance(sure(likelihood=key)).quantiles(np.linspace(0, 1, 21)) for key in rising]

    assert np.all(np.diff(np.array(medians)[[0, 2, 5, 6]], axis=0) >= 0)
    assert np.all(np.diff(np.array(medians)[:, 10]) > 0)


@pytest.mark.parametrize(
    ("stated", "years", "to", "carried"),
    [
        (0.5, 5, 5, 0.5),
        (0.5, 5, 10, 0.75),
        (0.36, 2, 1, 0.2),
        (0.05, 5, 1, 0.010206),
        (0.0, 5, 1, 0.0),
        (1.0, 5, 1, 1.0),
    ],
)
def test_a_chance_over_another_horizon_worked_by_hand(stated: float, years: float, to: float, carried: float) -> None:
    assert over_horizon(stated, from_years=years, to_years=to) == pytest.approx(carried, abs=5e-7)


@given(st.floats(0, 0.999), st.floats(0.1, 50), st.floats(0.1, 50))
def test_a_chance_carried_there_and_back_is_the_same(stated: float, years: float, to: float) -> None:
    there = over_horizon(stated, from_years=years, to_years=to)
    back = over_horizon(there, from_years=to, to_years=years) if there < 0.9999 else stated

    assert 0 <= there <= 1
    assert back == pytest.approx(stated, rel=1e-6, abs=1e-12)


def test_a_distribution_is_carried_chance_by_chance() -> None:
    found = pooled_chance(sure(likelihood="D"))

    in_ten = found.over(10)

    assert in_ten.quantile(0.5) == pytest.approx(1 - (1 - found.quantile(0.5)) ** 2)
    assert in_ten.cdf(in_ten.quantile(0.3)) == pytest.approx(0.3)
    assert in_ten.over(5).quantile(0.5) == pytest.approx(found.quantile(0.5))
    logs = np.log(0.05) + np.linspace(0, 1, 200_001) * np.log(10)
    assert in_ten.mean() == pytest.approx(float(np.mean(1 - (1 - np.exp(logs)) ** 2)), rel=1e-5)


def test_a_malicious_risk_of_the_british_register_is_meant_in_two_years() -> None:
    found = chance(risk_method("nrr"), [sure(likelihood="4", default=None)], horizon="malicious")

    assert found is not None
    assert (found.years, found.quantile(0)) == pytest.approx((2, 0.05))
    assert found.over(4).quantile(0) == pytest.approx(1 - 0.95**2)


def test_a_return_period_and_a_chance_in_a_year_are_two_sides() -> None:
    assert annual_chance(300) == pytest.approx(1 - math.exp(-1 / 300))
    assert return_period(annual_chance(300), years=1) == pytest.approx(300)
    assert return_period(1 - math.exp(-5 / 30), years=5) == pytest.approx(30)
    assert return_period(0, years=5) == math.inf


def test_a_belgian_class_holds_the_return_periods_half_a_class_to_either_side() -> None:
    found = chance(risk_method("bnra"), [sure(likelihood="2", default=None)])

    assert found is not None
    ends = [return_period(found.quantile(q), years=1) for q in (0, 1)]
    assert ends == pytest.approx([3_000, 300])


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (LikelihoodScore("A", "B", "F"), "weighing.class"),
        (LikelihoodScore("C", "B", "D"), "weighing.order"),
        (LikelihoodScore("C-high", "C", "D"), "weighing.order"),
        (LikelihoodScore("A", "C", "C-low"), "weighing.order"),
    ],
)
def test_a_likelihood_that_cannot_be_is_refused_by_name(said: LikelihoodScore, code: str) -> None:
    with pytest.raises(InputError) as caught:
        chance(ANV, [Judgement("ash", (), said)], scenario="Flood")

    assert caught.value.code == code
    assert all(word in caught.value.message("en") for word in ("Flood", "ash", "likelihood"))


@pytest.mark.parametrize(
    ("value", "years", "code"),
    [
        (1.1, 1, "weighing.chance"),
        (-0.1, 1, "weighing.chance"),
        (float("nan"), 1, "weighing.chance"),
        (0.1, 0, "weighing.horizon"),
        (0.1, float("inf"), "weighing.horizon"),
    ],
)
def test_a_chance_or_horizon_that_cannot_be_is_refused(value: float, years: float, code: str) -> None:
    with pytest.raises(InputError) as caught:
        over_horizon(value, from_years=5, to_years=years)

    assert caught.value.code == code


def test_a_certain_event_has_no_return_period() -> None:
    with pytest.raises(InputError):
        return_period(1, years=5)
    with pytest.raises(InputError):
        annual_chance(0)
    with pytest.raises(InputError):
        pooled_chance(sure()).over(-1)
