"""How alike two texts are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.methods.connecting.phrases import names, without_actors
from verband.methods.connecting.text import (
    likeness,
    near,
    ordinals,
    rare_in_common,
    read,
    telling,
    titles_told,
    words_in_common,
)

ONE, TWO = np.array([0]), np.array([1])


def test_rarity_of_a_word_is_the_log_of_one_over_its_share() -> None:
    texts = read(["\nharbour crane", "\nharbour gate", "\nlighthouse", "\nmeadow"])

    rarity = dict(zip(texts.names, texts.rarity.tolist(), strict=True))

    assert rarity["harbour"] == pytest.approx(np.log10(5 / 2.5))
    assert rarity["crane"] == pytest.approx(np.log10(5 / 1.5))
    assert words_in_common(texts, 0, 1) == [("harbour", pytest.approx(np.log10(5 / 2.5)), 2)]


def test_the_same_text_is_wholly_alike_and_an_empty_one_like_none() -> None:
    texts = read(
        ["Crane fire\nA crane burned in the harbour", "Crane fire\nA crane burned in the harbour", "", "\nmeadow"]
    )

    assert likeness(texts.letters, ONE, TWO)[0] == pytest.approx(1.0)
    assert titles_told(texts, ONE, TWO)[0] == pytest.approx(1.0)
    assert likeness(texts.letters, ONE, np.array([2]))[0] == 0.0
    assert titles_told(texts, np.array([2]), np.array([3]))[0] == 0.0


def test_words_that_are_bent_are_alike_by_their_letters() -> None:
    texts = read(["\ndefaced webpage", "\ndefacing webpages", "\nsubmarine cable", "\nlighthouse"])

    assert likeness(texts.letters, ONE, TWO)[0] > 0.4
    assert likeness(texts.letters, ONE, np.array([2]))[0] == 0.0


def test_a_title_counts_as_told_where_the_other_text_uses_its_words_and_both_titles_count() -> None:
    texts = read(["Crane fire\n", "Blaze\nA crane was on fire near the lock", "\nmeadow", "\nlighthouse"])

    assert titles_told(texts, ONE, TWO)[0] == pytest.approx(0.5)


def test_numbers_are_words_however_their_thousands_are_written() -> None:
    assert telling("15,000 texts and 15.000 more, 3 men") == ("text", "more", "#15000") or "#15000" in telling(
        "15,000 texts"
    )
    assert not any(word == "#3" for word in telling("3 men"))


@pytest.mark.parametrize(
    ("title", "places"),
    [
        ("First explosion in a shop", {1}),
        ("Second explosion in a shop", {2}),
        ("Conflict, part II", {2}),
        ("Tweede explosie", {2}),
        ("Round 3 of the raid", {3}),
        ("Explosion in a shop", set()),
        ("", set()),
    ],
)
def test_places_in_a_row_are_read_from_a_title(title: str, places: set[int]) -> None:
    assert ordinals(title) == places


def test_only_pairs_with_rare_words_in_common_are_looked_at() -> None:
    texts = read(["\nzeppelin common", "\nzeppelin common", *["\ncommon thing" for _ in range(98)]])

    a, b = near(texts, most=10, least=1.0)

    assert list(zip(a.tolist(), b.tolist(), strict=True)) == [(0, 1)]


def test_rare_words_count_over_a_floor_and_up_to_a_ceiling() -> None:
    texts = read(["\nzeppelin", "\nzeppelin", *[f"\nmatter{n}" for n in range(98)]])
    rarity = np.log10(101 / 2.5)

    assert rare_in_common(texts, ONE, TWO, above=1.0, most=9.0)[0] == pytest.approx(rarity - 1.0)
    assert rare_in_common(texts, ONE, TWO, above=1.0, most=0.2)[0] == pytest.approx(0.2)


def test_vectors_that_a_caller_brings_are_made_of_length_one() -> None:
    texts = read(["\na", "\nb"], vectors=lambda said: np.array([[3.0, 4.0], [0.0, 0.0]]))

    assert texts.vectors is not None
    assert texts.vectors.tolist() == [[0.6, 0.8], [0.0, 0.0]]


def test_names_of_actors_are_left_out_and_their_common_words_stay_elsewhere() -> None:
    actors = names(["Ruritania", "Ruritanian", "Fancy Bear", "Ruritanian Cyber Army"])

    assert without_actors("Fancy Bears of Ruritania hit the army's 15,000 tents", actors=actors) == (
        "of hit the army s 15,000 tent"
    )
    assert without_actors("The Ruritanian Cyber Army struck", actors=actors) == "the struck"


def test_another_adjective_in_a_longer_name_leaves_the_same_words() -> None:
    actors = names(["Ruritanian", "Borduria", "Bordurian", "Ruritanian Cyber Army"])

    one = without_actors("Ruritanian Cyber Army struck", actors=actors)
    other = without_actors("Bordurian Cyber Army struck", actors=actors)

    assert one == other == "struck"


@given(st.lists(st.text(max_size=40), min_size=2, max_size=12))
def test_any_text_can_be_read_and_is_between_nothing_and_wholly_alike(said: list[str]) -> None:
    texts = read(said)

    alike = likeness(texts.letters, ONE, TWO)[0]
    told = titles_told(texts, ONE, TWO)[0]

    assert -1e-9 <= alike <= 1 + 1e-9
    assert -1e-9 <= told <= 1 + 1e-9
