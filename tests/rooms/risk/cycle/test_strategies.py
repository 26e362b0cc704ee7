"""Goals and what became of them; the comparison of strategies, a source in every cell; functions of measures."""

from __future__ import annotations

from typing import Any

import pytest

from tests.rooms.risk.conftest import reader
from tests.rooms.risk.cycle.conftest import LATER, NOW, commitment, edition, place
from verband.language.errors import InputError, NotFoundError
from verband.rooms.measures import services as measures
from verband.rooms.people.services import Reader
from verband.rooms.risk.cycle import functions, strategies
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.cycle.saying import Place

OLD, NEW = "plan-2019", "plan-2023"


@pytest.fixture
def plans(analyst: Reader) -> Reader:
    """A strategy of 2019 with two goals, and one that takes its place with one."""
    rows = [
        edition(OLD, "strategy", appeared=True, appeared_on="2019"),
        edition(NEW, "strategy", replaces=(OLD,)),
    ]
    cycle.load_editions(rows, who=analyst, now=NOW)
    goals = [(OLD, "g1", "Keep the knowledge"), (OLD, "g2", "Open the doors"), (NEW, "g3", "Guard the knowledge")]
    cycle.load_goals(
        [cycle.GoalRow(edition=where, key=key, text=text, place=place()) for where, key, text in goals],
        who=analyst,
        now=NOW,
    )
    return analyst


def states(who: Reader) -> dict[str, str | None]:
    return {goal.key: goal.state for item in cycle.strategies(who) for goal in item.goals}


def number(who: Reader, key: str) -> int:
    return next(goal.number for item in cycle.strategies(who) for goal in item.goals if goal.key == key)


def supersede(who: Reader) -> None:
    cycle.deliver(cycle.edition(NEW, who).products[0].id, evidence="Published", who=who, now=NOW)


@pytest.mark.requirement("R014")
def test_a_goal_of_a_superseded_strategy_shows_its_successor_or_not_continued_else_not_stated(plans: Reader) -> None:
    announced = states(plans)
    supersede(plans)
    unknown = states(plans)
    strategies.tell_fate(
        number(plans, "g1"), successor=str(number(plans, "g3")), reason="Same aim", marking="", who=plans, now=NOW
    )
    strategies.tell_fate(
        number(plans, "g2"), successor="not_continued", reason="Dropped", marking="", who=plans, now=NOW
    )

    goals = {goal.key: goal for item in cycle.strategies(plans) for goal in item.goals}

    assert announced == {"g1": None, "g2": None, "g3": None}
    assert unknown == {"g1": "not_stated", "g2": "not_stated", "g3": None}
    assert states(plans) == {"g1": "succeeded", "g2": "not_continued", "g3": None}
    assert goals["g1"].fate is not None
    assert goals["g1"].fate.successor == "Guard the knowledge"


def test_what_was_said_about_a_goal_can_be_taken_back(plans: Reader) -> None:
    supersede(plans)
    strategies.tell_fate(
        number(plans, "g2"), successor="not_continued", reason="Dropped", marking="", who=plans, now=NOW
    )
    told = next(goal.fate for item in cycle.strategies(plans) for goal in item.goals if goal.key == "g2")
    assert told is not None

    strategies.withdraw_fate(told.stamp.number, reason="It was kept", who=plans, now=LATER)

    assert states(plans)["g2"] == "not_stated"


@pytest.mark.parametrize(("successor", "code"), [("", "cycle.word"), ("999999", "cycle.word"), ("g3", "cycle.word")])
def test_a_successor_that_is_no_goal_of_another_strategy_is_refused(successor: str, code: str, plans: Reader) -> None:
    with pytest.raises(InputError) as refused:
        strategies.tell_fate(number(plans, "g1"), successor=successor, reason="x", marking="", who=plans, now=NOW)

    assert refused.value.code == code


def cell(who: Reader, **fields: Any) -> None:
    base = {
        "aspect": "term",
        "text": "Six years",
        "language": "en",
        "place": Place("Brief", "Slot", "240"),
        "marking": "",
    }
    strategies.write_cell(NEW, **(base | fields), who=who, now=NOW)


@pytest.mark.requirement("R099")
def test_every_cell_of_the_comparison_has_its_source_and_one_without_is_refused(plans: Reader) -> None:
    cell(plans)
    with pytest.raises(InputError) as refused:
        cell(plans, place=Place("", "", ""))

    grid = cycle.cells(plans)

    assert refused.value.code == "cycle.no_source"
    assert [(one.text, one.source.title_nl, one.source.line) for one in grid["term", NEW]] == [
        ("Six years", "Brief", 240)
    ]
    assert ("term", OLD) not in grid


def test_a_cell_above_the_ceiling_is_not_in_the_grid_and_one_withdrawn_is_gone(plans: Reader) -> None:
    cell(plans, marking="AMBER")
    hidden = cycle.cells(reader(tlp="CLEAR"))

    strategies.withdraw_cell(cycle.cells(plans)["term", NEW][0].stamp.number, reason="Wrong", who=plans, now=LATER)

    assert hidden == {}
    assert cycle.cells(plans) == {}


def test_a_cell_of_an_edition_that_is_no_strategy_is_refused(plans: Reader) -> None:
    cycle.load_editions([edition("scan", "scan")], who=plans, now=NOW)

    with pytest.raises(NotFoundError):
        strategies.write_cell(
            "scan", aspect="term", text="x", language="en", place=Place("B"), marking="", who=plans, now=NOW
        )


@pytest.mark.requirement("R122")
def test_a_filter_by_function_gives_the_measures_with_that_tag_in_each_of_the_three_schemes(analyst: Reader) -> None:
    measures.load([commitment("COM-1"), commitment("COM-2")], who=analyst, now=NOW)
    chosen = dict(zip(functions.SCHEMES, ("defend", "mitigate", "partner"), strict=True))
    for scheme, function in chosen.items():
        functions.tag("MEA-1", scheme=scheme, function=function, reason="It guards", marking="", who=analyst, now=NOW)

    found = functions.tagged(analyst)

    for scheme, function in chosen.items():
        assert [item.measure.key for item in functions.with_function(found, scheme, function)] == ["MEA-1"]
        assert functions.counts(found)[scheme][function] == 1
        assert functions.counts(found)[scheme][""] == 1


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"scheme": "no_scheme"}, "cycle.word"),
        ({"function": "partner"}, "cycle.word"),
        ({"reason": ""}, "cycle.empty"),
        ({"measure": "MEA-none"}, "measures.unknown"),
    ],
)
def test_a_tag_of_another_scheme_or_without_reason_is_refused(
    fields: dict[str, str], code: str, analyst: Reader
) -> None:
    measures.load([commitment("COM-1")], who=analyst, now=NOW)
    values = {"measure": "MEA-1", "scheme": functions.SCHEMES[0], "function": "defend", "reason": "r"} | fields

    with pytest.raises((InputError, NotFoundError)) as refused:
        functions.tag(**values, marking="", who=analyst, now=NOW)

    assert getattr(refused.value, "code", "") == code


def test_a_tag_is_withdrawn_with_a_reason(analyst: Reader) -> None:
    measures.load([commitment("COM-1")], who=analyst, now=NOW)
    functions.tag("MEA-1", scheme=functions.SCHEMES[0], function="defend", reason="r", marking="", who=analyst, now=NOW)
    number = functions.tagged(analyst)[0].tags[0].stamp.number

    functions.withdraw(number, reason="Not so", who=analyst, now=LATER)

    assert functions.tagged(analyst)[0].tags == ()
