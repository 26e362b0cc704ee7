"""The hybrid test: element by element, never by one means, and unknown until a person states it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.methods.connecting.hybrid import ELEMENTS, OPTIONAL, PHASES, Act, Finding, classify

pytestmark = pytest.mark.requirement("R012")
STATES = ("met", "not_met", "unknown")
NEEDED = [key for key in ELEMENTS if key not in OPTIONAL]
BROAD = (Act(("sabotage",), ("maritime",), start=200), Act(("disinformation",), ("information",), start=300))
NARROW = (Act(("sabotage",), ("maritime",)), Act(("sabotage",), ("cyber",)))


def met(*keys: str) -> list[Finding]:
    return [Finding(key, "met") for key in keys]


def test_every_needed_element_met_gives_the_name() -> None:
    result = classify(BROAD, met("national_security", "below_armed_conflict", "state_actor", "covert", "strategic_aim"))

    assert result.label == "hybrid"
    assert result.missing == ()


def test_data_alone_never_give_the_name() -> None:
    result = classify(BROAD, chance=0.001)

    assert result.label == "open"
    assert result.missing == ("national_security", "below_armed_conflict", "state_actor", "covert", "strategic_aim")
    assert [element.says for element in result.elements].count("data") == 1


def test_one_means_is_at_most_a_state_threat() -> None:
    result = classify(NARROW, met(*ELEMENTS))

    assert result.label == "state_threat"
    assert next(element.state for element in result.elements if element.key == "several_means") == "not_met"


@given(st.lists(st.builds(Finding, st.sampled_from(ELEMENTS), st.sampled_from(STATES))), st.integers(1, 6))
def test_one_means_is_never_hybrid_whatever_is_stated(findings: list[Finding], n: int) -> None:
    result = classify([Act(("sabotage",), ("maritime", "cyber"))] * n, findings)

    assert result.label != "hybrid"


@given(st.sampled_from(NEEDED), st.sampled_from(["unknown", "not_met"]))
def test_one_needed_element_that_is_not_met_takes_the_name_away(key: str, state: str) -> None:
    result = classify(BROAD, [*met(*NEEDED), Finding(key, state)])

    assert result.label != "hybrid"
    assert (key in result.missing) == (state == "unknown")


def test_person_may_say_that_two_means_are_one_after_all() -> None:
    result = classify(BROAD, [*met(*NEEDED), Finding("several_means", "not_met")])

    assert result.label == "state_threat"


def test_optional_element_is_shown_and_not_needed() -> None:
    result = classify(BROAD, met(*NEEDED), chance=0.04)

    assert result.label == "hybrid"
    assert result.elements[-1].state == "unknown"
    assert result.elements[-1].facts == {"chance": ("0.04",)}


def test_no_known_means_leaves_the_element_unknown() -> None:
    element = classify([Act()]).elements[ELEMENTS.index("several_means")]

    assert (element.state, element.says) == ("unknown", "nobody")


def test_phases_that_begin_in_the_order_of_the_model_are_said_to_rise() -> None:
    acts = (Act(phases=("priming",), start=1), Act(phases=("destabilisation",), start=5), Act(phases=("priming",)))

    result = classify(acts)

    assert [(step.phase, step.incidents, step.first) for step in result.phases] == [
        ("priming", 2, 1),
        ("destabilisation", 1, 5),
        ("coercion", 0, None),
    ]
    assert result.rising
    assert not classify(acts[:1]).rising
    assert [step.phase for step in result.phases] == list(PHASES)


def test_unknown_element_or_state_is_an_error() -> None:
    with pytest.raises(ValueError, match="colour"):
        classify(BROAD, [Finding("colour", "met")])
