"""The weighted total: worked by hand, against draws, and what a score or a missing criterion can do to it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.weighing.judging import ANV, KEYS, judgements, sure, weights
from verband.language.errors import InputError
from verband.methods.weighing import Judgement, Score, impact, pooled, profile_of, together, total
from verband.methods.weighing.totals import Total

EQUAL = ANV.profile("equal")
N = len(KEYS)


def test_one_expert_has_six_tenths_on_expected_and_two_on_lower_and_upper() -> None:
    judgement = Judgement(
        "ash", (Score("1.1", "A", "C", "D"), Score("2.1", "B", "B", "C"), Score("2.2", "E", "E", "E"))
    )

    found = pooled(ANV, [judgement])

    assert found.masses["1.1"].tolist() == pytest.approx([0, 0.2, 0, 0.6, 0.2, 0])
    assert found.masses["2.1"].tolist() == pytest.approx([0, 0, 0.8, 0.2, 0, 0])
    assert found.masses["2.2"].tolist() == pytest.approx([0, 0, 0, 0, 0, 1])
    assert found.missing == tuple(key for key in KEYS if key not in ("1.1", "2.1", "2.2"))


def test_experts_are_mixed_equally_or_as_weighed_and_one_of_weight_zero_does_not_count() -> None:
    two = [sure("ash", c11="B"), sure("elm", c11="D")]

    equal = pooled(ANV, two)
    weighed = pooled(ANV, two, expert_weights={"ash": 3, "elm": 1})
    alone = pooled(ANV, two, expert_weights={"ash": 0, "elm": 2})

    assert equal.masses["1.1"].tolist() == [0, 0, 0.5, 0, 0.5, 0]
    assert weighed.masses["1.1"].tolist() == [0, 0, 0.75, 0, 0.25, 0]
    assert alone.masses["1.1"].tolist() == [0, 0, 0, 0, 1, 0]
    assert alone.experts["1.1"] == ("elm",)


def test_an_expert_who_left_a_criterion_out_does_not_count_there() -> None:
    found = pooled(ANV, [sure("ash", c11="B"), sure("elm", default=None, c12="D")])

    assert found.experts["1.1"] == ("ash",)
    assert found.masses["1.1"].tolist() == [0, 0, 1, 0, 0, 0]


def test_of_sub_criteria_the_highest_counts_and_one_alone_is_missing() -> None:
    both = Judgement("ash", (Score("4.1a", "A", "B", "C"), Score("4.1b", "B", "B", "B")))
    one = Judgement("elm", (Score("4.1a", "A", "B", "C"),))

    assert pooled(ANV, [both]).masses["4.1"].tolist() == pytest.approx([0, 0, 0.8, 0.2, 0, 0])
    assert "4.1" in pooled(ANV, [one]).missing


@pytest.mark.requirement("R005")
def test_a_known_set_of_scores_gives_the_known_total() -> None:
    judgement = sure(c11="E", c21="C", c31="A")

    three, ten = (impact(pooled(ANV, [judgement]), EQUAL, base=base).total for base in (3, 10))

    assert three.mean() == pytest.approx((81 + 9 + 1) / (81 * N))
    assert ten.mean() == pytest.approx((10_000 + 100 + 1) / (10_000 * N))
    assert three.quantile(0.01) == three.quantile(0.99) == three.mean()


def test_two_uncertain_criteria_worked_by_hand() -> None:
    chosen = profile_of(ANV, {key: {"1.1": 2, "1.2": 1}.get(key, 0) for key in KEYS})
    judgement = Judgement("ash", (Score("1.1", "A", "B", "C"), Score("1.2", "A", "A", "B")))

    found = impact(pooled(ANV, [judgement]), chosen, base=3)

    # 2 x (1, 3, 9) with .2 .6 .2, and 1 x (1, 3) with .8 .2, over 3 x 81.
    assert (found.total.values * 243).round(9).tolist() == [3, 5, 7, 9, 19, 21]
    assert found.total.pmf.tolist() == pytest.approx([0.16, 0.04, 0.48, 0.12, 0.16, 0.04])
    assert found.total.cdf(7 / 243) == pytest.approx(0.68)
    assert found.total.quantile(0.68) == pytest.approx(7 / 243)
    # Together: both low to .2, then 2 x 3 + 1 to .8, then 2 x 9 + 3.
    assert (found.total_together.values * 243).round(9).tolist() == [3, 7, 21]
    assert found.total_together.pmf.tolist() == pytest.approx([0.2, 0.6, 0.2])


def test_parts_say_class_value_weight_and_share() -> None:
    chosen = profile_of(ANV, {key: {"1.1": 2, "2.1": 1, "2.2": 1}.get(key, 0) for key in KEYS})

    found = impact(pooled(ANV, [sure(c11="D", c21="E")]), chosen, base=3)
    first, second, third = found.parts

    assert (first.criterion, first.median, first.classes, first.weight) == ("1.1", "D", {"D": 1.0}, 2)
    assert first.value == pytest.approx(1 / 3)
    assert (first.low, second.low) == pytest.approx((1 / 6, 1 / 4))
    assert (first.share, second.share, third.share) == pytest.approx((0.4, 0.6, 0))
    assert (third.median, third.missing, third.experts) == ("X", False, 1)


@given(judgements(), weights(), st.sampled_from([3, 10]))
@settings(max_examples=30, deadline=None)
def test_parts_add_up_to_the_expected_total(said: list[Judgement], chosen: dict[str, float], base: int) -> None:
    found = impact(pooled(ANV, said), profile_of(ANV, chosen), base=base)

    assert sum(part.low for part in found.parts) == pytest.approx(
        found.total.mean(), rel=max(1e-9, found.total.rounding)
    )
    assert found.total_together.mean() == pytest.approx(found.total.mean(), rel=max(1e-9, found.total.rounding))


@pytest.mark.requirement("R005")
@given(judgements(), st.sets(st.sampled_from(KEYS), min_size=1, max_size=N - 1), weights(), st.sampled_from([3, 10]))
@settings(max_examples=40, deadline=None)
def test_a_missing_criterion_is_never_scored_as_zero(
    said: list[Judgement], gone: set[str], chosen: dict[str, float], base: int
) -> None:
    chosen = {**dict.fromkeys(KEYS, 1.0), **{key: value for key, value in chosen.items() if value}}
    profile = profile_of(ANV, chosen)
    partial = [replace(item, scores=tuple(one for one in item.scores if one.criterion not in gone)) for item in said]

    whole = impact(pooled(ANV, said), profile, base=base)
    open_ = impact(pooled(ANV, partial), profile, base=base)

    assert open_.missing == tuple(key for key in KEYS if key in gone)
    with pytest.raises(InputError) as caught:
        _ = open_.total
    assert caught.value.code == "weighing.missing"
    slack = 1 + 2 * max(1e-9, whole.total.rounding)
    for q in (0.05, 0.5, 0.95):
        assert open_.low.quantile(q) <= whole.total.quantile(q) * slack
        assert whole.total.quantile(q) <= open_.high.quantile(q) * slack
        assert open_.low.quantile(q) < open_.high.quantile(q)
    assert all(part.share is None for part in open_.parts)
    assert {part.criterion for part in open_.parts if part.missing} == gone


@given(judgements(), weights(), st.sampled_from([3, 10]), st.data())
@settings(max_examples=60, deadline=None)
def test_raising_one_score_never_lowers_the_total_at_any_quantile(
    said: list[Judgement], chosen: dict[str, float], base: int, data: st.DataObject
) -> None:
    who, key = data.draw(st.integers(0, len(said) - 1)), data.draw(st.sampled_from(KEYS))
    score = next(one for one in said[who].scores if one.criterion == key)
    raised = Score(key, *("XABCDE"[min(5, "XABCDE".index(name) + 1)] for name in score.keys))
    scores = tuple(raised if one.criterion == key else one for one in said[who].scores)
    higher = [*said[:who], replace(said[who], scores=scores), *said[who + 1 :]]
    profile = profile_of(ANV, chosen)

    before, after = (impact(pooled(ANV, item), profile, base=base) for item in (said, higher))

    for q in np.linspace(0, 1, 41):
        assert before.total.quantile(q) <= after.total.quantile(q)
        assert before.total_together.quantile(q) <= after.total_together.quantile(q) * (1 + 1e-12)


def test_the_order_in_which_shares_were_added_up_moves_no_quantile() -> None:
    rare = 1e-9
    shares = (0.1, 0.2, 0.3, 0.4 - rare)

    found = {Total(np.arange(5.0), np.array([*order, rare])).quantile(1.0) for order in permutations(shares)}

    assert found == {4.0}


@pytest.mark.requirement("P1")
@given(judgements(least=2), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_names_and_order_of_experts_change_nothing_to_the_bit(said: list[Judgement], luck: object) -> None:
    names = [f"name {number}" for number in range(len(said))]
    luck.shuffle(names)  # type: ignore[attr-defined]
    other = [replace(item, expert=name, scores=item.scores[::-1]) for item, name in zip(said, names, strict=True)]
    luck.shuffle(other)  # type: ignore[attr-defined]

    before, after = (impact(pooled(ANV, item), EQUAL, base=3).total for item in (said, other))

    assert before.values.tolist() == after.values.tolist()
    assert before.pmf.tolist() == after.pmf.tolist()


@pytest.mark.parametrize("base", [3, 10])
def test_exact_is_monte_carlo_within_its_error_on_a_hundred_random_sets(base: int) -> None:
    rng = np.random.default_rng(2026)
    draws, farthest = 20_000, []
    for _ in range(100):
        masses = {key: rng.dirichlet(np.full(6, 0.5)) for key in KEYS}
        chosen = dict(zip(KEYS, rng.integers(1, 6, N).astype(float).tolist(), strict=True))
        steps = np.array([0, 1, base, base**2, base**3, base**4])
        drawn = sum(weight * steps[rng.choice(6, draws, p=masses[key])] for key, weight in chosen.items())
        values, times = np.unique(drawn / (sum(chosen.values()) * base**4), return_counts=True)

        found = total(masses, chosen, base=base)

        assert found.rounding == 0
        at = np.searchsorted(found.values, values * (1 + 1e-12), side="right")
        farthest.append(np.abs(np.cumsum(found.pmf)[at - 1] - np.cumsum(times) / draws).max())
    # Dvoretzky-Kiefer-Wolfowitz-Massart: a distance above sqrt(ln(2 / a) / 2n) in one of 100 at a = .01 / 100.
    assert max(farthest) <= np.sqrt(np.log(2 / 1e-4) / (2 * draws))


def test_fractions_are_weighed_without_rounding_and_odd_weights_within_the_stated_bound() -> None:
    rng = np.random.default_rng(5)
    masses = {key: rng.dirichlet(np.full(6, 0.5)) for key in KEYS}
    thirds = {key: (at % 3 + 1) / 3 for at, key in enumerate(KEYS)}
    odd = {key: float(weight) for key, weight in zip(KEYS, rng.random(N), strict=True)}

    exact, whole = total(masses, thirds, base=3), total(masses, {key: 3 * one for key, one in thirds.items()}, base=3)
    rounded = total(masses, odd, base=3)

    assert exact.rounding == 0
    assert exact.values == pytest.approx(whole.values)
    assert exact.pmf == pytest.approx(whole.pmf)
    assert 0 < rounded.rounding < 0.004
    steps = np.array([0, 1, 3, 9, 27, 81]) / 81
    mean = sum(odd[key] * (masses[key] @ steps) for key in KEYS) / sum(odd.values())
    assert rounded.mean() == pytest.approx(mean, rel=rounded.rounding)


def test_rounded_weights_give_the_exact_quantiles_within_the_bound() -> None:
    rng = np.random.default_rng(6)
    masses = {key: rng.dirichlet(np.full(6, 0.5)) for key in KEYS[:5]}
    odd = {
        key: float(weight) for key, weight in zip(KEYS[:5], [0.1234567, 0.7654321, 0.333111, 0.9, 0.45], strict=True)
    }
    steps = np.array([0, 1, 3, 9, 27, 81]) / 81
    grids = np.meshgrid(*[odd[key] * steps for key in odd], indexing="ij")
    chances = np.meshgrid(*[masses[key] for key in odd], indexing="ij")
    values, mass = sum(grids).ravel() / sum(odd.values()), np.prod(chances, axis=0).ravel()
    order = np.argsort(values)
    cdf = np.cumsum(mass[order])

    # As whole numbers these weights would make too many totals, so that sums are rounded.
    found = total(masses, {key: weight * np.pi for key, weight in odd.items()}, base=3)

    for q in (0.05, 0.25, 0.5, 0.75, 0.95):
        low, high = (values[order][np.searchsorted(cdf, near)] for near in (q - 1e-9, q + 1e-9))
        assert low * (1 - found.rounding) <= found.quantile(q) <= high * (1 + found.rounding)
    assert 0 < found.rounding < 0.001


def test_moving_together_has_the_same_mean_and_wider_tails() -> None:
    said = [Judgement("ash", tuple(Score(key, "A", "B", "D") for key in KEYS))]
    masses = pooled(ANV, said).masses

    apart, joined = total(masses, EQUAL.weights, base=3), together(masses, EQUAL.weights, base=3)

    assert joined.mean() == pytest.approx(apart.mean())
    assert joined.quantile(0.05) < apart.quantile(0.05) < apart.quantile(0.95) < joined.quantile(0.95)
    assert joined.quantile(0.95) == pytest.approx(27 / 81)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (Score("1.1", "A", "F", "F"), "weighing.class"),
        (Score("1.1", "C", "B", "D"), "weighing.order"),
        (Score("1.1", "D", "D", "A"), "weighing.order"),
        (Score("1.1", "A", "C", "B"), "weighing.order"),
        (Score("1.1", "X", "A", "B"), "weighing.partly"),
        (Score("7.1", "A", "A", "A"), "weighing.criterion"),
    ],
)
def test_a_score_that_cannot_be_is_refused_with_scenario_expert_and_criterion(bad: Score, code: str) -> None:
    with pytest.raises(InputError) as caught:
        pooled(ANV, [Judgement("ash", (bad,))], scenario="Flood")

    assert caught.value.code == code
    for language in ("nl", "en"):
        assert all(word in caught.value.message(language) for word in ("Flood", "ash", bad.criterion))
        assert caught.value.hint(language)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ([Judgement("ash", ()), Judgement("ash", ())], "weighing.expert_twice"),
        ([Judgement("ash", (Score.sure("1.1", "A"), Score.sure("1.1", "B")))], "weighing.twice"),
        ([Judgement("ash", (Score.sure("4.1", "A"), Score.sure("4.1a", "B")))], "weighing.twice"),
        ([Judgement("ash", (Score.sure("4.1a", "A"), Score.sure("4.1", "B")))], "weighing.twice"),
        ([Judgement("ash", ())], "weighing.nothing_scored"),
        ([], "weighing.nothing_scored"),
    ],
)
def test_judgements_that_cannot_be_weighed_are_refused(said: list[Judgement], code: str) -> None:
    with pytest.raises(InputError) as caught:
        impact(pooled(ANV, said), EQUAL, base=3)

    assert caught.value.code == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"1.1": -1.0}, "weighing.weight"),
        ({"1.1": float("nan")}, "weighing.weight"),
        ({"1.1": float("inf")}, "weighing.weight"),
        (dict.fromkeys(KEYS, 0.0), "weighing.weights_zero"),
        ({"9.9": 1.0}, "weighing.criterion"),
    ],
)
def test_weights_that_cannot_be_are_refused(change: dict[str, float], code: str) -> None:
    with pytest.raises(InputError) as caught:
        profile_of(ANV, {**dict.fromkeys(KEYS, 1.0), **change})

    assert caught.value.code == code


def test_a_criterion_without_a_weight_is_refused_by_name() -> None:
    with pytest.raises(InputError) as caught:
        profile_of(ANV, dict.fromkeys(KEYS[1:], 1.0))

    assert (caught.value.code, caught.value.params) == ("weighing.weights_missing", {"keys": "1.1"})


@pytest.mark.parametrize(
    ("given_", "code"),
    [
        ({"ash": 1.0}, "weighing.expert_weight"),
        ({"ash": 1.0, "elm": -1.0}, "weighing.weight"),
        ({"ash": 0.0, "elm": 0.0}, "weighing.weights_zero"),
        ({"ash": 0.0, "elm": 0.0, "oak": 1.0}, "weighing.weights_zero"),
    ],
)
def test_weights_of_experts_that_cannot_be_are_refused(given_: dict[str, float], code: str) -> None:
    with pytest.raises(InputError) as caught:
        pooled(ANV, [sure("ash"), sure("elm")], expert_weights=given_)

    assert caught.value.code == code


def test_a_criterion_of_weight_zero_may_be_missing() -> None:
    chosen = profile_of(ANV, {key: float(key == "1.1") for key in KEYS})

    found = impact(pooled(ANV, [sure(default=None, c11="E")]), chosen, base=3)

    assert (found.missing, found.total.mean()) == ((), 1.0)
    assert [part.criterion for part in found.parts] == ["1.1"]
