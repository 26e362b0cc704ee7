"""A scenario on the diagram, where its experts differ, and which cells of the method it rests on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.weighing.judging import ANV, KEYS, sure
from verband.language.errors import InputError
from verband.language.risk_methods import risk_method
from verband.methods.weighing import (
    Judgement,
    LikelihoodScore,
    Score,
    consensus,
    disagreements,
    profile_of,
    scenario_risk,
)

EQUAL = ANV.profile("equal")


@pytest.mark.requirement("R005")
def test_a_sure_scenario_is_a_box_of_known_chance_and_impact_under_both_bases() -> None:
    found = scenario_risk(ANV, [sure(default="C", likelihood="B")], EQUAL, scenario="Flood")

    three, ten = found.boxes[3], found.boxes[10]
    assert (three.impact_low, three.impact_median, three.impact_high) == pytest.approx((1 / 9, 1 / 9, 1 / 9))
    assert (ten.impact_low, ten.impact_high) == pytest.approx((0.01, 0.01))
    assert three.chance_low == pytest.approx(0.0005 * 10**0.05)
    assert three.chance_median == pytest.approx(0.0005 * 10**0.5)
    assert three.chance_high == pytest.approx(0.0005 * 10**0.95)
    assert (found.missing, found.experts) == ((), ("ash",))


@pytest.mark.requirement("R005")
def test_swapping_one_score_changes_only_that_part() -> None:
    one, other = (scenario_risk(ANV, [sure(default="B", c21=key)], EQUAL).impacts[3] for key in ("C", "D"))

    changed = [
        before.criterion
        for before, after in zip(one.parts, other.parts, strict=True)
        if (before.classes, before.low) != (after.classes, after.low)
    ]
    assert changed == ["2.1"]


def test_a_missing_criterion_leaves_no_median_but_an_interval_from_mildest_to_worst() -> None:
    judgement = sure(default="A", likelihood=None)
    partial = Judgement("ash", judgement.scores[1:], None)

    found = scenario_risk(ANV, [partial], EQUAL)
    box = found.boxes[3]

    assert found.missing == ("1.1",)
    assert box.impact_median is None
    assert (box.impact_low, box.impact_high) == pytest.approx((17 / (81 * 18), (17 + 81) / (81 * 18)))
    assert (box.chance_low, box.chance_median, box.chance_high) == (None, None, None)


def test_a_chance_is_carried_to_the_years_asked_for() -> None:
    usual, longer = (scenario_risk(ANV, [sure(likelihood="D")], EQUAL, years=years) for years in (5, 10))

    before, after = usual.boxes[3].chance_median, longer.boxes[3].chance_median
    assert before is not None
    assert after == pytest.approx(1 - (1 - before) ** 2)


def test_the_cells_that_nobody_checked_are_listed_and_only_those_used() -> None:
    one = profile_of(ANV, {key: float(key == "2.1") for key in KEYS})

    found = scenario_risk(ANV, [sure(likelihood="B")], one, bases=[3])

    assert [cell.place for cell in found.unverified] == ["criterion.2.1.scale", "horizon.all", "profile.own"]


def test_disagreement_keeps_every_answer_and_gives_no_mean() -> None:
    said = [
        sure("oak", c21="E", likelihood="C-low"),
        Judgement("ash", (Score("2.1", "A", "B", "D"), Score.sure("1.1", "X")), LikelihoodScore("B", "C", "D")),
        sure("elm", default=None, c11="B", likelihood=None),
    ]

    every = {item.criterion: item for item in disagreements(ANV, said)}
    deaths, land, likely = every["2.1"], every["1.1"], every["likelihood"]

    assert list(every) == [*KEYS, "likelihood"]
    assert [(dot.expert, dot.lower, dot.expected, dot.upper) for dot in deaths.dots] == [
        ("ash", "A", "B", "D"),
        ("oak", "E", "E", "E"),
    ]
    assert (deaths.lowest, deaths.highest, deaths.spread) == ("B", "E", 3)
    assert (deaths.missing, deaths.not_applicable, deaths.disputed) == (("elm",), (), False)
    assert dict(deaths.counts) == {"A": 0, "B": 1, "C": 0, "D": 0, "E": 1}
    assert (land.not_applicable, land.disputed, land.consensus) == (("ash", "oak"), True, None)
    assert [dot.expert for dot in likely.dots] == ["oak", "ash"]
    assert (likely.spread, likely.consensus, likely.missing) == (0, 1.0, ("elm",))


def test_consensus_has_the_published_value() -> None:
    # The example of the package agrmt for R, consensus(c(30, 40, 210, 130, 530, 50, 10)).
    assert consensus([30, 40, 210, 130, 530, 50, 10]) == pytest.approx(0.7256876, abs=5e-8)


def test_consensus_is_one_where_all_agree_and_nothing_where_half_are_at_either_end() -> None:
    assert consensus([0, 0, 7, 0, 0]) == 1
    assert consensus([3, 0, 0, 0, 3]) == 0


@given(st.lists(st.integers(0, 9), min_size=5, max_size=5).filter(any))
def test_consensus_does_not_depend_on_which_end_is_called_high(counts: list[int]) -> None:
    assert consensus(counts) == pytest.approx(consensus(counts[::-1]))
    assert 0 <= consensus(counts) <= 1


@pytest.mark.parametrize("counts", [[1], [0, 0, 0], [1, -1, 1]])
def test_counts_without_an_agreement_are_refused(counts: list[int]) -> None:
    with pytest.raises(InputError):
        consensus(counts)


def test_a_profile_of_another_method_and_a_method_without_criteria_are_refused() -> None:
    with pytest.raises(InputError) as other:
        scenario_risk(ANV, [sure()], risk_method("bnra").profile("equal"))
    with pytest.raises(InputError) as none:
        scenario_risk(risk_method("nrr"), [], EQUAL)

    assert (other.value.code, none.value.code) == ("weighing.criterion", "weighing.criterion")


def test_the_belgian_method_weighs_as_well() -> None:
    method = risk_method("bnra")
    said = Judgement("ash", tuple(Score.sure(item.key, "4") for item in method.criteria), LikelihoodScore.sure("3"))

    found = scenario_risk(method, [said], method.profile("equal"))

    assert list(found.boxes) == [10]
    assert found.boxes[10].impact_median == pytest.approx(0.1)


@pytest.mark.requirement("P1")
def test_renaming_the_actor_in_a_scenario_changes_nothing() -> None:
    said = [sure("ash", c11="C"), sure("elm", c11="E", likelihood="D")]

    one, other = (scenario_risk(ANV, said, EQUAL, scenario=f"Sabotage by {actor}") for actor in ("Aland", "Bland"))

    assert one.boxes == other.boxes
    assert one.disagreements == other.disagreements
    assert one.impacts[3].parts == other.impacts[3].parts
