"""Does one initiator stand behind two incidents? Scored without reading who is blamed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verband.language.errors import InputError
from verband.methods.connecting.same_actor import (
    Incidents,
    Pairs,
    Parameters,
    Steps,
    all_pairs,
    fit,
    pair_features,
    score,
)
from verband.methods.connecting.same_actor.likeness import latent, rarest
from verband.methods.connecting.same_actor.shapes import contributions, learn

ROOT = Path(__file__).resolve().parents[4]
STEPS = Parameters(steps=Steps(rounds=5, least=1.0))
WORDS = ("breach", "deface", "ransom", "leak", "phish", "wiper", "botnet", "outage", "spray", "forum", "mail", "grid")


def made(seed: int = 3, count: int = 40) -> tuple[Incidents, list[frozenset[str]]]:
    """Made incidents of eight initiators, each with a habit of its own in kind, country and words."""
    random = np.random.default_rng(seed)
    actor = random.integers(8, size=count)
    habit = random.integers(2, size=count) > 0
    kind = np.where(habit, actor % 4, random.integers(4, size=count))
    country = np.where(habit, actor % 5, random.integers(5, size=count))
    words = tuple(tuple(WORDS[(int(a) + int(n)) % 12] for n in random.integers(3, size=4)) for a in actor)
    start = np.floor(random.uniform(0, 3000, size=count))
    table = Incidents(
        {
            "kind": tuple(frozenset({f"k{k}"}) for k in kind),
            "country": tuple(frozenset({f"c{c}"}) if c else frozenset() for c in country),
        },
        words,
        start,
        start + random.integers(30, size=count),
    )
    return table, [frozenset({f"actor{a}"}) for a in actor]


def renamed(value: str) -> str:
    """Another name, in another order of the alphabet."""
    return value.translate(
        str.maketrans("abcdefghijklmnopqrstuvwxyz0123456789", "zyxwvutsrqponmlkjihgfedcba9876543210")
    )


def three() -> Incidents:
    return Incidents(
        {"country": (frozenset({"a"}), frozenset({"a"}), frozenset())},
        (("leak", "mail"), ("leak", "mail"), ("wiper",)),
        np.array([0.0, 9.0, 99.0]),
        np.array([0.0, 9.0, 99.0]),
    )


def test_features_of_three_incidents_are_those_worked_by_hand() -> None:
    seen = pair_features(three(), Pairs(np.array([0, 0]), np.array([1, 2])))

    row = dict(zip(seen.names, seen.values.T.tolist(), strict=True))
    # Two of two state the value: log10((2 + 1) / (2 + 1/2)); the third states nothing.
    assert row["shared country"] == pytest.approx([0.0791812, np.nan], nan_ok=True)
    assert row["days apart"] == pytest.approx([1.0, 2.0])
    assert row["alike words"] == pytest.approx([1.0, 0.0])


def test_one_step_on_four_pairs_is_the_one_worked_by_hand() -> None:
    steps = Steps(rounds=1, rate=1.0, bins=4, least=0.0, shrinkage=0.0)

    shapes = learn(
        np.array([[0.0], [0.0], [1.0], [1.0]]),
        np.array([False, False, True, True]),
        np.ones(4),
        steps,
        rises=np.array([1]),
    )

    # Each side: slope 2 * (1/2), bend 2 * (1/4); Newton's step is 2 natural log odds.
    assert contributions(shapes, np.array([[0.0], [1.0]])).ravel().tolist() == [-2.0, 2.0]


def test_a_feature_that_cannot_be_cut_adds_nothing() -> None:
    shapes = learn(np.array([[7.0], [7.0]]), np.array([False, True]), np.ones(2), Steps(), rises=np.array([1]))

    assert contributions(shapes, np.array([[7.0], [9.0]])).ravel().tolist() == [0.0, 0.0]


@given(seed=st.integers(0, 50), way=st.sampled_from([1, -1]))
@settings(max_examples=10)
def test_a_shape_never_turns_back_and_what_is_missing_adds_nothing(seed: int, way: int) -> None:
    random = np.random.default_rng(seed)
    values = random.normal(size=(200, 1))
    values[::5] = np.nan

    shapes = learn(values, random.random(200) < 0.5, np.ones(200), Steps(least=1.0), rises=np.array([way]))

    assert (np.diff(shapes.adds[0][:-1]) * way >= 0).all()
    assert (contributions(shapes, values)[::5] == 0).all()


def test_what_two_rows_share_is_as_rare_as_its_rarest_term() -> None:
    found = rarest([{"leak", "mail"}, {"leak", "mail"}, {"leak"}, {"wiper"}])

    # Two of four rows say mail, three say leak: log10(5 / 2.5) and log10(5 / 3.5).
    assert found[0, [1, 2, 3]] == pytest.approx([0.30103, 0.1549020, 0.0])


def test_a_name_with_more_than_half_of_the_same_pairs_teaches_nothing() -> None:
    table, initiators = made(count=60)
    crowded = [*(frozenset({"everyone"}) for _ in range(30)), *initiators[30:]]

    one, two = (fit(table, crowded, places, parameters=STEPS) for places in (np.arange(60), np.arange(30, 60)))

    assert [add.tobytes() for add in one.shapes.adds] == [add.tobytes() for add in two.shapes.adds]


def test_pairs_far_apart_in_time_teach_nothing() -> None:
    table, initiators = made()

    near, wide = (
        fit(table, initiators, np.arange(40), parameters=Parameters(steps=STEPS.steps, apart=days))
        for days in (500.0, 5000.0)
    )

    assert near.same_pairs + near.other_pairs < wide.same_pairs + wide.other_pairs == 780


@given(seed=st.integers(0, 50))
@settings(max_examples=10)
def test_what_the_features_add_sums_to_the_score(seed: int) -> None:
    table, initiators = made(seed)

    found = score(fit(table, initiators, np.arange(40), parameters=STEPS), table, all_pairs(np.arange(40)))

    assert np.allclose(found.contributions.sum(axis=1), found.bans, atol=1e-12)
    assert sum(adds for _, adds in found.explained(0)) == pytest.approx(found.bans[0])


def test_the_likeliest_pairs_of_made_habits_share_an_initiator_more_often_than_the_least_likely() -> None:
    table, initiators = made(count=120)
    pairs = all_pairs(np.arange(80, 120))

    found = score(fit(table, initiators, np.arange(80), parameters=STEPS), table, pairs)

    order = np.argsort(-found.bans, kind="stable")
    same = np.array([initiators[a] == initiators[b] for a, b in zip(pairs.first, pairs.second, strict=True)])
    assert same[order[:100]].sum() > 3 * same[order[-100:]].sum()


@pytest.mark.requirement("P1")
@given(seed=st.integers(0, 50))
@settings(max_examples=10)
def test_other_names_of_initiators_countries_and_words_change_no_score(seed: int) -> None:
    table, initiators = made(seed)
    pairs = all_pairs(np.arange(40))
    other = Incidents(
        {name: tuple(frozenset(map(renamed, cell)) for cell in cells) for name, cells in table.columns.items()},
        table.words,
        table.start,
        table.end,
    )
    swapped = [frozenset(map(renamed, names)) for names in initiators]

    one = score(fit(table, initiators, np.arange(40), parameters=STEPS), table, pairs)
    two = score(fit(other, swapped, np.arange(40), parameters=STEPS), other, pairs)

    assert one.contributions.tobytes() == two.contributions.tobytes()


def test_the_order_within_a_pair_has_no_meaning() -> None:
    table, initiators = made()
    model = fit(table, initiators, np.arange(40), parameters=STEPS)
    pairs = all_pairs(np.arange(40))

    turned = score(model, table, Pairs(pairs.second, pairs.first))

    assert turned.bans.tobytes() == score(model, table, pairs).bans.tobytes()


def test_learning_twice_gives_the_same_bits_also_where_pairs_are_drawn() -> None:
    table, initiators = made()
    drawn = Parameters(seed=7, others=100, steps=STEPS.steps)

    one, two = (fit(table, initiators, np.arange(40), parameters=drawn) for _ in range(2))

    assert one.other_pairs == 100
    assert [add.tobytes() for add in one.shapes.adds] == [add.tobytes() for add in two.shapes.adds]


def test_learning_cannot_see_the_labels_of_the_later_part() -> None:
    table, initiators = made()
    early = np.arange(25)
    other = [*initiators[:25], *(frozenset({"actor0"}) for _ in range(15))]

    one, two = (fit(table, labels, early, parameters=STEPS) for labels in (initiators, other))

    assert [add.tobytes() for add in one.shapes.adds] == [add.tobytes() for add in two.shapes.adds]


def test_an_incident_without_a_named_initiator_teaches_nothing() -> None:
    table, initiators = made()
    unnamed = [*initiators[:30], *(frozenset[str]() for _ in range(10))]

    assert fit(table, unnamed, np.arange(40), parameters=STEPS).shapes.adds[0].tobytes() == (
        fit(table, unnamed, np.arange(30), parameters=STEPS).shapes.adds[0].tobytes()
    )


@pytest.mark.parametrize(
    ("labels", "code"),
    [
        ([frozenset({"x"}), frozenset(), frozenset()], "same_actor.no_pairs"),
        ([frozenset({"x"}), frozenset({"x"}), frozenset({"x"})], "same_actor.one_class"),
        ([frozenset({"x"}), frozenset({"y"}), frozenset({"z"})], "same_actor.one_class"),
    ],
)
def test_labels_that_teach_nothing_are_refused(labels: list[frozenset[str]], code: str) -> None:
    with pytest.raises(InputError) as caught:
        fit(three(), labels, np.arange(3))

    assert caught.value.code == code
    assert caught.value.hint("nl")


def test_no_pairs_and_other_columns_are_refused() -> None:
    table, initiators = made()
    model = fit(table, initiators, np.arange(40), parameters=STEPS)

    with pytest.raises(InputError, match="at least one pair"):
        score(model, table, Pairs(np.array([], dtype=np.int64), np.array([], dtype=np.int64)))
    with pytest.raises(InputError, match="shared kind"):
        score(model, three(), all_pairs(np.arange(3)))


def test_columns_of_unequal_length_are_refused() -> None:
    with pytest.raises(InputError, match="differ in length: 1, 2"):
        Incidents({"kind": (frozenset(),)}, ((), ()), np.zeros(2), np.zeros(2))


def said(count: int = 60) -> list[list[str]]:
    """Texts of six words; every sixth says nothing."""
    random = np.random.default_rng(5)
    return [[f"w{n}" for n in random.integers(30, size=6).tolist()] if place % 6 else [] for place in range(count)]


def test_a_text_of_nothing_is_like_nothing() -> None:
    assert not latent(said(), rank=8)[::6].any()


def on(processor: str) -> str:
    """The scores of made incidents, some without words, with the sums of another processor; a digest."""
    code = f"""
import hashlib
from dataclasses import replace
from {__name__} import STEPS, all_pairs, fit, made, np, said, score
table, names = made(count=60)
table = replace(table, words=tuple(map(tuple, said())))
model = fit(table, names, np.arange(60), parameters=STEPS)
print(hashlib.sha256(score(model, table, all_pairs(np.arange(60))).bans.tobytes()).hexdigest())
"""
    environment = os.environ | {"OPENBLAS_CORETYPE": processor, "OPENBLAS_NUM_THREADS": "1"}
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True, capture_output=True)
    return ran.stdout.decode()


def test_another_processor_gives_the_same_bits() -> None:
    """Sums of products end in other bits there; on machines with one kind of sums alone the two runs are alike."""
    assert on("Haswell") == on("Nehalem")
