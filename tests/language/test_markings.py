"""Markings: who may see what, and what something made of several carries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.language.errors import InputError
from verband.language.markings import CLASSIFICATION, CLEAR, TLP, Ceiling, Marking, highest

_communities = st.frozensets(st.sampled_from(["ring", "ports", "energy"]))
_markings = st.builds(Marking, st.sampled_from(TLP), st.sampled_from(CLASSIFICATION), st.none() | _communities)
_ceilings = st.builds(Ceiling, st.sampled_from(TLP), st.sampled_from(CLASSIFICATION), _communities)


@given(_ceilings, st.lists(_markings, max_size=4))
def test_who_may_see_what_is_made_of_all_may_see_each(ceiling: Ceiling, markings: list[Marking]) -> None:
    made = highest(markings)

    if ceiling.admits(made):
        assert all(ceiling.admits(marking) for marking in markings)


@given(_markings, _markings)
def test_the_highest_has_no_order_and_nothing_lowers_it(one: Marking, other: Marking) -> None:
    made = highest([one, other])

    assert made == highest([other, one])
    assert highest([made, one]) == made
    assert made.tlp_rank >= max(one.tlp_rank, other.tlp_rank)
    assert made.classification_rank == max(one.classification_rank, other.classification_rank)


@given(_ceilings, _ceilings, _markings)
def test_a_ceiling_within_another_sees_nothing_more(low: Ceiling, high: Ceiling, marking: Marking) -> None:
    if low.within(high) and low.admits(marking):
        assert high.admits(marking)


def test_nothing_at_all_is_clear() -> None:
    assert highest([]) == CLEAR


def test_released_to_nobody_is_seen_by_nobody() -> None:
    top = Ceiling("RED", "stg_zeer_geheim", frozenset({"ring"}))

    assert not top.admits(Marking("CLEAR", releasable_to=frozenset()))
    assert top.admits(Marking("CLEAR", releasable_to=frozenset({"ring", "ports"})))
    assert not Ceiling("RED").admits(Marking("CLEAR", releasable_to=frozenset({"ring"})))


def test_the_words_name_all_three_scales() -> None:
    marking = Marking("GREEN", "stg_geheim", frozenset({"NL", "EU"}))

    assert marking.words() == "TLP:GREEN · stg geheim · EU, NL"
    assert CLEAR.words() == "TLP:CLEAR"


@pytest.mark.parametrize(("tlp", "classification"), [("WHITE", "ongerubriceerd"), ("CLEAR", "secret")])
def test_a_word_of_no_scale_is_an_error_that_lists_the_scale(tlp: str, classification: str) -> None:
    with pytest.raises(InputError) as caught:
        Marking(tlp, classification)

    assert caught.value.code == "marking.unknown"
    assert caught.value.params["known"]
