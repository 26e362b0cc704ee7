"""The rule of a level: thresholds, observations in a row, and the margin that keeps it from flapping."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.rooms.risk.watch.rule import LEVELS, Rule, proposed

RULE = Rule(thresholds=(10.0, 20.0), margin=2.0, in_a_row=2)
NUMBERS = st.floats(-100, 100, allow_nan=False).map(lambda value: round(value, 3))
RULES = st.builds(
    lambda first, gap, margin, row: Rule((first, first + gap), margin, row),
    NUMBERS,
    st.floats(0.5, 20),
    st.floats(0, 10),
    st.integers(1, 4),
)


@pytest.mark.parametrize(
    ("level", "values", "asked"),
    [
        ("normal", [], "normal"),
        ("normal", [30.0], "normal"),
        ("normal", [9.0, 11.0], "normal"),
        ("normal", [11.0, 12.0], "raised"),
        ("normal", [25.0, 21.0], "high"),
        ("raised", [9.0, 8.5], "raised"),
        ("raised", [7.9, 8.5], "raised"),
        ("raised", [7.9, 7.0], "normal"),
        ("high", [17.0, 16.0], "raised"),
        ("high", [7.0, 6.0], "normal"),
        ("high", [19.0, 18.5], "high"),
    ],
)
def test_a_level_goes_up_at_its_threshold_and_down_only_behind_the_margin(
    level: str, values: list[float], asked: str
) -> None:
    assert proposed(level, values, RULE) == asked


@given(RULES, st.lists(st.floats(0.01, 0.9), min_size=1, max_size=20), st.sampled_from(["normal", "raised"]))
def test_values_between_the_margin_and_the_threshold_never_change_a_level(
    rule: Rule, places: list[float], level: str
) -> None:
    wide = Rule(rule.thresholds, rule.margin + 0.1, rule.in_a_row)
    values = [wide.thresholds[0] - wide.margin * place for place in places]

    assert proposed(level, values, wide) == level


@given(RULES, st.lists(NUMBERS, max_size=8), st.sampled_from(LEVELS))
def test_less_is_worse_is_the_mirror_of_more_is_worse(rule: Rule, values: list[float], level: str) -> None:
    mirrored = Rule(tuple(-at for at in rule.thresholds), rule.margin, rule.in_a_row, rising=False)

    assert proposed(level, [-value for value in values], mirrored) == proposed(level, values, rule)


@given(RULES, st.lists(NUMBERS, min_size=4, max_size=8), st.sampled_from(LEVELS))
def test_the_answer_asks_for_nothing_more_on_the_same_values(rule: Rule, values: list[float], level: str) -> None:
    once = proposed(level, values, rule)

    assert proposed(once, values, rule) == once


@given(RULES, st.lists(NUMBERS, min_size=4, max_size=8), st.sampled_from(LEVELS), st.floats(0, 50))
def test_worse_values_never_lower_the_level(rule: Rule, values: list[float], level: str, worse: float) -> None:
    before = LEVELS.index(proposed(level, values, rule))

    assert LEVELS.index(proposed(level, [value + worse for value in values], rule)) >= before
