"""Ranking known groups: what a score is made of, and when "none of these" comes first."""

from __future__ import annotations

from dataclasses import replace
from math import log10

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.methods.connecting.attribution import Parameters, Profile, Query, profile, rank

PLAIN = Parameters(
    smoothing_technique=2.0,
    smoothing_software=2.0,
    backing_technique=0.01,
    backing_software=0.01,
    through_software=0.0,
    weight_technique=1.0,
    size=0.0,
    none=0.0,
)
KEYS = st.text("abcdef", min_size=1, max_size=2)
ITEMS = st.dictionaries(KEYS, st.integers(1, 4), max_size=6)


@st.composite
def profiles(draw: st.DrawFn) -> list[Profile]:
    rows = draw(st.lists(st.tuples(ITEMS, ITEMS), min_size=1, max_size=6))
    return [
        profile(f"group {n}", techniques=techniques, software=software, known_for={})
        for n, (techniques, software) in enumerate(rows)
    ]


def group(key: str, techniques: str, software: str = "") -> Profile:
    return profile(
        key, techniques=dict.fromkeys(techniques, 1), software=dict.fromkeys(software.split(), 1), known_for={}
    )


def collection() -> list[Profile]:
    """Forty groups with techniques and software of their own and of a common stock."""
    rng = np.random.default_rng(3)
    weights = 1 / np.arange(1, 121)
    found = []
    for number in range(40):
        techniques = rng.choice(120, size=25, replace=False, p=weights / weights.sum())
        software = rng.choice(60, size=5, replace=False, p=weights[:60] / weights[:60].sum())
        found.append(
            profile(
                str(number),
                techniques={f"t{item}": 1 for item in techniques},
                software={f"s{item}": 1 for item in software},
                known_for={},
            )
        )
    return found


def test_score_of_one_shared_technique_is_what_paper_and_pencil_give() -> None:
    known = [group("x", "ab"), group("y", "b")]

    ranking = rank(Query(techniques=("a",)), known, replace(PLAIN, none=-9.0))

    # Background: a 1.5, b 2.5 of 4. The first: (1 / .375 + 2) / (2 + 2); the second: 2 / (1 + 2). Each half beforehand.
    assert [one.key for one in ranking.standings] == ["x", "y", ""]
    assert ranking.standings[0].bans == pytest.approx(log10(0.5) + log10((1 / 0.375 + 2) / 4))
    assert ranking.standings[1].bans == pytest.approx(log10(0.5) + log10(2 / 3))


def test_who_has_the_rare_software_comes_before_who_shares_common_techniques() -> None:
    known = [
        group("common", "abcd", "kit"),
        group("rare", "abcd", "implant"),
        *(group(f"o{n}", "abcd", "kit") for n in range(9)),
    ]

    ranking = rank(Query(techniques=("a", "b"), software=("implant",)), known)

    top = next(one for one in ranking.standings if one.profile is not None)
    assert top.key == "rare"
    assert top.contributions[0].item == "implant"
    assert top.contributions[0].groups == 1


def test_technique_known_only_through_software_is_told_apart_and_weighs_less_than_a_reported_one() -> None:
    known_for = {"tool": ["a"]}
    through = profile("through", techniques={"b": 1}, software={"tool": 1}, known_for=known_for)
    reported = profile("reported", techniques={"a": 1}, software={"other": 1}, known_for=known_for)
    without = profile("without", techniques={"c": 1}, software={"none": 1}, known_for=known_for)

    ranking = rank(Query(techniques=("a",)), [without, through, reported])

    bans = {one.key: one.contributions[0].bans for one in ranking.standings if one.key}
    bases = {one.key: one.contributions[0].basis for one in ranking.standings if one.key}
    assert bans["without"] < bans["through"] < bans["reported"]
    assert bases == {"reported": "reported", "through": "through_software", "without": "absent"}


def test_more_reports_behind_a_technique_weigh_more() -> None:
    once = profile("once", techniques={"a": 1, "b": 4}, software={}, known_for={})
    often = profile("often", techniques={"a": 4, "b": 1}, software={}, known_for={})

    ranking = rank(Query(techniques=("a",)), [once, often])

    assert next(one.key for one in ranking.standings if one.key) == "often"


def test_random_items_of_the_background_get_none_of_these_first_most_of_the_time() -> None:
    known = collection()
    techniques = [item for one in known for item in one.techniques]
    software = [item for one in known for item in one.software]
    rng = np.random.default_rng(7)
    queries = [
        Query(tuple(rng.choice(techniques, size=12).tolist()), tuple(rng.choice(software, size=2).tolist()))
        for _ in range(200)
    ]

    first = [rank(query, known).standings[0].profile for query in queries]

    assert sum(place is None for place in first) >= 180


def test_items_of_one_group_get_that_group_first() -> None:
    known = collection()
    wanted = known[11]

    ranking = rank(Query(tuple(wanted.techniques), tuple(wanted.software)), known)

    assert ranking.standings[0].profile == 11


def test_background_of_one_draw_makes_no_group_likelier_on_average() -> None:
    known = [group("x", "aab", "p q"), group("y", "bc", "q"), group("z", "d")]
    settings = replace(PLAIN, through_software=0.4, size=1.0)
    share = {"a": 1.5, "b": 2.5, "c": 1.5, "d": 1.5}

    ratios = [
        [10 ** (one.bans - one.prior_bans) for one in _in_order(rank(Query(techniques=(item,)), known, settings))]
        for item in share
    ]

    weights = np.array(list(share.values())) / sum(share.values())
    assert weights @ np.array(ratios) == pytest.approx(np.ones(3))


def _in_order(ranking: object) -> list:  # type: ignore[type-arg]
    return sorted((one for one in ranking.standings if one.profile is not None), key=lambda one: one.profile)  # type: ignore[attr-defined]


def test_nothing_seen_or_nothing_known_leaves_none_of_these_as_an_answer() -> None:
    nothing_known = rank(Query(techniques=("a",)), [])
    nothing_seen = rank(Query(), [group("x", "ab"), group("y", "b")])

    assert [(one.profile, one.chance, one.rank) for one in nothing_known.standings] == [(None, 1.0, 1)]
    assert nothing_known.unknown == ("a",)
    assert nothing_seen.standings[0].profile is None


def test_equal_scores_stay_in_input_order_and_share_the_worst_rank() -> None:
    known = [group("zz", "ab"), group("aa", "ab"), group("mm", "ab")]

    ranking = rank(Query(techniques=("a",)), known, replace(PLAIN, none=-9.0))

    assert [one.key for one in ranking.standings] == ["zz", "aa", "mm", ""]
    assert [one.rank for one in ranking.standings] == [3, 3, 3, 4]


@pytest.mark.requirement("P1")
@given(profiles(), st.lists(KEYS, max_size=5), st.lists(KEYS, max_size=3), st.randoms(use_true_random=False))
def test_swapping_names_changes_nothing_but_names(
    known: list[Profile], techniques: list[str], software: list[str], random: object
) -> None:
    query = Query(tuple(techniques), tuple(software))
    names = [one.key for one in known]
    random.shuffle(names)  # type: ignore[attr-defined]
    swapped = [replace(one, key=name) for one, name in zip(known, names, strict=True)]

    before, after = rank(query, known), rank(query, swapped)

    assert [replace(one, key="") for one in before.standings] == [replace(one, key="") for one in after.standings]


@given(profiles(), st.lists(KEYS, max_size=5), st.lists(KEYS, max_size=3))
def test_score_is_the_sum_of_what_is_shown_and_chances_sum_to_one(
    known: list[Profile], techniques: list[str], software: list[str]
) -> None:
    ranking = rank(Query(tuple(techniques), tuple(software)), known)

    for one in ranking.standings:
        assert one.bans == pytest.approx(one.prior_bans + sum(part.bans for part in one.contributions))
    assert sum(one.chance for one in ranking.standings) == pytest.approx(1.0)
    assert [one.bans for one in ranking.standings] == sorted((one.bans for one in ranking.standings), reverse=True)


@given(profiles(), st.lists(KEYS, max_size=5))
def test_an_item_given_twice_counts_once(known: list[Profile], techniques: list[str]) -> None:
    once, twice = (rank(Query(tuple(items)), known).standings for items in (techniques, techniques * 2))

    assert [one.bans for one in once] == [one.bans for one in twice]
