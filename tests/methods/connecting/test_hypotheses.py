"""Competing hypotheses: tables worked by hand, what the ranking hangs on, and what the tool may not say."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.methods.connecting.hypotheses import (
    HYPOTHESES,
    NOT_DECIDED,
    STATE,
    Cell,
    Item,
    Statement,
    Told,
    fill,
    first_hypothesis,
    level,
    rank,
)

pytestmark = pytest.mark.requirement("R016")


def item(key: str, words: str, weight: float = 1.0) -> Item:
    """An item of six cells in the fixed order; `-` is not judged."""
    pairs = zip(HYPOTHESES, words.split(), strict=True)
    return Item(key, weight, {name: Cell(word) for name, word in pairs if word != "-"})


def told(kind: str, certainty: str = "firm", *, domain: str = "cyber", means: str = "cyber_attack") -> Told:
    return Told((domain,), (means,), False, (Statement(kind, certainty, "1", domain == "economic"),), ("1",))


#: Against coincidence 1 + 2, criminal 1, activist 1, one state 0, another state 1, several 0.
WORKED = (
    item("timing", "I N I C I N"),
    item("tools", "II I N CC N N"),
    item("gain", "N C N N N N"),
)


def test_table_worked_by_hand_counts_what_speaks_against_and_nothing_that_fits() -> None:
    result = rank(WORKED)

    assert {score.hypothesis: score.against for score in result.scores} == {
        "coincidence": 3.0,
        "criminal": 1.0,
        "activist": 1.0,
        "one_state": 0.0,
        "another_state": 1.0,
        "several": 0.0,
    }
    assert result.tied == ("one_state", "several")
    assert result.first == NOT_DECIDED


def test_weight_halves_what_an_item_counts_against() -> None:
    result = rank([item("timing", "II N N N N N", 0.5), item("tools", "I I I I I N")])

    assert result.scores[0].hypothesis == "several"
    assert next(score.against for score in result.scores if score.hypothesis == "coincidence") == 2.0
    assert result.first == "several"


def test_item_that_fits_all_alike_tells_nothing_apart() -> None:
    result = rank([item("alike", "C C C C C C"), item("sharp", "II N N CC N N")])

    assert result.diagnosticity == {"alike": 0.0, "sharp": 1.0}


def test_item_without_which_another_comes_first_is_named_with_what_comes_then() -> None:
    result = rank([item("pay", "II II II N II II"), item("claim", "I N I I I I")])

    assert result.first == "one_state"
    assert result.hinges == (("pay", "criminal"),)


def test_cell_that_nobody_judged_is_listed_and_is_no_zero() -> None:
    result = rank([item("half", "I - N - I -")])

    assert result.unjudged == (("half", "criminal"), ("half", "one_state"), ("half", "several"))
    assert [score.hypothesis for score in result.scores if score.judged] == ["activist", "coincidence", "another_state"]
    assert result.diagnosticity["half"] == 0.25
    assert result.first == "activist"
    assert "one_state" not in result.tied


def test_table_without_a_judgement_decides_nothing() -> None:
    result = rank([Item("bare", 1.0, {})])

    assert result.first == NOT_DECIDED
    assert result.tied == ()
    assert result.diagnosticity == {"bare": None}


def test_stated_likelihoods_give_bans_against_coincidence() -> None:
    cells = {"coincidence": Cell("I", 0.01), "one_state": Cell("C", 0.5), "criminal": Cell("C")}

    scores = {score.hypothesis: score.bans for score in rank([Item("tools", 1.0, cells)]).scores}

    assert scores["one_state"] == pytest.approx(math.log10(50))
    assert scores["coincidence"] == 0.0
    assert scores["criminal"] is None


@pytest.mark.parametrize("value", [0.0, 1.0, -0.5, 2.0])
def test_likelihood_outside_nought_and_one_is_refused(value: float) -> None:
    with pytest.raises(InputError, match="between 0 and 1"):
        rank([Item("tools", 1.0, {"coincidence": Cell("I", value)})])


@given(st.permutations(list(WORKED)))
def test_order_of_the_evidence_changes_no_ranking(table: list[Item]) -> None:
    assert rank(table).scores == rank(WORKED).scores
    assert rank(table).first == rank(WORKED).first


def test_firm_statements_about_most_of_a_group_put_one_state_first() -> None:
    group = [told("state"), told("state"), told("state_linked"), told("unknown", "silent")]

    assert first_hypothesis(group, chance=0.01) == "one_state"


def test_cautious_statements_never_put_a_state_first() -> None:
    assert first_hypothesis([told("state", "cautious")] * 5, chance=0.01) == NOT_DECIDED


def test_statements_about_a_minority_of_a_group_put_no_state_first() -> None:
    group = [told("state")] * 2 + [told("unknown", "silent")] * 3

    assert first_hypothesis(group, chance=0.01) == NOT_DECIDED


def test_group_that_chance_often_makes_is_no_state_s_though_a_state_is_named() -> None:
    result = rank(fill([told("state")] * 4, chance=0.4))

    assert result.first == NOT_DECIDED
    assert result.tied == ("coincidence", "one_state")


def test_group_that_chance_often_makes_and_nobody_is_blamed_for_is_led_by_coincidence() -> None:
    assert first_hypothesis([told("unknown", "silent")] * 4, chance=0.4) == "coincidence"
    assert first_hypothesis([told("unknown", "silent")] * 4, chance=0.1) == NOT_DECIDED


def test_firm_crime_is_led_by_crime() -> None:
    assert first_hypothesis([told("criminal")] * 4, chance=0.01) == "criminal"


def test_refuted_suspicion_is_led_by_coincidence_or_nothing() -> None:
    first = first_hypothesis([told("state", "refuted")] * 4, chance=0.03)

    assert first not in STATE


def test_state_as_owner_is_no_blame() -> None:
    assert first_hypothesis([told("state", domain="economic")] * 4, chance=0.01) == NOT_DECIDED


def test_item_of_which_nothing_is_known_is_left_out() -> None:
    assert [one.key for one in fill([Told()], chance=None)] == []
    assert first_hypothesis([], chance=0.01) == NOT_DECIDED


KINDS = [entry.key for entry in catalogue("actor_kinds").entries]
GROUPS = st.lists(
    st.builds(told, st.sampled_from(KINDS), st.sampled_from(["firm", "cautious", "refuted", "silent"])), min_size=1
)


@given(GROUPS, st.floats(0.0, 1.0))
def test_state_is_first_only_where_more_than_half_of_the_group_is_firmly_laid_at_its_door(
    group: list[Told], chance: float
) -> None:
    firm = sum(
        statement.kind in ("state", "state_linked") and statement.certainty == "firm"
        for one in group
        for statement in one.statements
    )

    if first_hypothesis(group, chance=chance) in STATE:
        assert firm > len(group) / 2


@pytest.mark.requirement("P1")
@given(GROUPS, st.randoms(use_true_random=False))
def test_order_of_the_incidents_changes_no_cell_and_no_rank(group: list[Told], order: object) -> None:
    shuffled = list(group)
    order.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = fill(group, chance=0.02), fill(shuffled, chance=0.02)

    assert [(item.key, item.cells) for item in one] == [(item.key, item.cells) for item in other]
    assert [item.weight for item in one] == pytest.approx([item.weight for item in other])
    assert rank(one).first == rank(other).first


@pytest.mark.requirement("P18")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("stated as fact; denied by the accused", "firm"),
        ("court verdict", "firm"),
        ("almost certain", "firm"),
        ("suspected; under investigation", "cautious"),
        ("criminal charges, not tried", "cautious"),
        ("likely", "cautious"),
        ("words that no list knows", "cautious"),
        ("later attributed to accident", "refuted"),
        ("suspicion unfounded", "refuted"),
        ("cleared", "refuted"),
        ("no attribution", "silent"),
        ("", "silent"),
    ],
)
def test_certainty_as_stated_is_sorted_into_four_steps(words: str, found: str) -> None:
    assert level(words) == found


@pytest.mark.requirement("P1")
@given(st.sampled_from(["stated as fact by {}", "likely {}", "suspected; {} denies"]))
def test_name_in_the_certainty_changes_no_step(words: str) -> None:
    assert level(words.format("Ruritania")) == level(words.format("Freedonia"))


@pytest.mark.shared_data
def test_no_known_decoy_group_has_a_state_first(shared_data: Path) -> None:
    folder = shared_data / "incidents"
    with (folder / "groupings.csv").open(encoding="utf-8", newline="") as stream:
        decoys = {row["campaign"] for row in csv.DictReader(stream) if row["is_decoy"] == "yes"}
    groups: dict[str, list[Told]] = defaultdict(list)
    with (folder / "public_incidents.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            kind = catalogue("actor_kinds").find(row["actor_kind"])
            statement = Statement(kind.key if kind else "unknown", level(row["certainty_as_stated"]), row["id"])
            groups[row["campaign"]].append(Told((row["domain"],), (), False, (statement,), (row["id"],)))

    first = {name: first_hypothesis(groups[name], chance=0.01) for name in decoys}

    assert len(first) == 3
    assert not STATE & set(first.values())
