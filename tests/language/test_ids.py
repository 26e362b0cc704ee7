"""Ids made from what they name: equal everywhere, in the form of STIX."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.language.ids import group_id, is_stix_id, kind_of, stix_id


def test_the_same_parts_have_the_same_id() -> None:
    assert stix_id("incident", "public-incidents", "CYB-001") == stix_id("incident", "public-incidents", "CYB-001")
    assert uuid.UUID(stix_id("incident", "a").partition("--")[2]).version == 5


@given(st.sampled_from(["incident", "intrusion-set", "location"]), st.lists(st.text(), max_size=3))
def test_every_made_id_has_the_form_of_stix(kind: str, parts: list[str]) -> None:
    made = stix_id(kind, *parts)

    assert is_stix_id(made)
    assert kind_of(made) == kind


@given(st.lists(st.text(max_size=8), min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_group_has_one_id_in_whatever_order(members: list[str], shuffle: object) -> None:
    other = list(members)
    shuffle.shuffle(other)  # type: ignore[attr-defined]

    assert group_id(other) == group_id(members)
    assert uuid.UUID(group_id(members)).version == 5


def test_parts_are_kept_apart() -> None:
    assert stix_id("incident", "ab", "c") != stix_id("incident", "a", "bc")
    assert stix_id("incident", "a") != stix_id("event", "a")
    assert group_id(["a", "b"]) != group_id(["ab"])


@pytest.mark.parametrize("text", ["", "incident", "incident--1", "Incident--6f1d6f6e-57a8-4f25-9d3c-0a8f6a3f9a10"])
def test_other_texts_are_no_ids(text: str) -> None:
    assert not is_stix_id(text)
