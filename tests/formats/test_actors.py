"""Names of actors: which mean the same, and which mean nobody for sure."""

from __future__ import annotations

import pytest

from verband.formats.actors import Actor, Actors, actor_tokens, known_actors, resolve

BEAR = Actor("intrusion-set--1", "Bear", ("APT 1", "Shared"), "intrusion-set")
PANDA = Actor("intrusion-set--2", "Panda", ("APT-2", "Shared", "Bear"), "intrusion-set")
LAND = Actor("location--1", "Landia", ("Republic of Landia",), "country", ("Landian",), ("Landians",))


def test_case_spaces_and_dashes_do_not_matter() -> None:
    actors = Actors([BEAR, PANDA], [LAND])

    assert actors.resolve("apt1") is BEAR
    assert actors.resolve("APT 2") is PANDA
    assert actors.resolve("republic OF landia") is LAND


def test_an_ambiguous_alias_means_nobody_and_says_whom_it_could_mean() -> None:
    actors = Actors([BEAR, PANDA], [LAND])

    assert actors.resolve("Shared") is None
    assert actors.meanings("Shared") == (BEAR, PANDA)
    assert actors.resolve("Bear") is BEAR


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Bear; Landia (according to a court)", ["Bear", "Landia"]),
        ("Believed to be the work of APT 1", ["Bear"]),
        ("Landian military intelligence service GRU", ["Landia"]),
        ("Landian Ministry of Foreign Affairs", ["Landia"]),
        ("Landian state hackers", ["Landia"]),
        ("pro-Landian hackers", []),
        ("Landian citizen working for a Landian intelligence service", []),
        ("Landian intelligence linked the act to others", []),
        ("Landian state-owned company", []),
        ("Landian company", []),
        ("unknown", []),
        ("company (part of a group, Landia)", []),
    ],
)
def test_a_state_acts_only_where_the_words_say_so(text: str, names: list[str]) -> None:
    actors = Actors([BEAR, PANDA], [LAND])

    found = actors.named_in(text)

    assert [actor.name for actor in found] == names


def test_the_galaxy_and_the_countries_are_known() -> None:
    fancy, state = resolve("Fancy Bear"), resolve("Russian Federation")

    assert fancy is not None
    assert (fancy.name, fancy.kind) == ("APT28", "intrusion-set")
    assert state is not None
    assert (state.name, state.kind) == ("Russia", "country")
    assert resolve("Russian") is None
    assert known_actors() is known_actors()


@pytest.mark.requirement("P1")
def test_every_word_that_points_at_an_actor_is_a_token() -> None:
    tokens = actor_tokens()

    assert {"apt28", "russia", "russian", "moscow", "rusland", "fancy", "bear"} <= tokens
    assert "cable" not in tokens
