"""Rates of responses: published intervals, thin cells hidden and not to be worked out, nothing by country."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from verband.language.errors import InputError
from verband.methods.responding import (
    EUREPOC,
    NOTABLE,
    SMALLEST,
    Case,
    RateTable,
    beside_sentence,
    interval,
    rates,
    sentence,
)


def cases(*groups: tuple[str, int, int]) -> list[Case]:
    """For each (domain, cases, how many of them name `summons`) so many cases."""
    return [
        Case(f"{domain}-{n}", {"domain": (domain,)}, frozenset({"summons"} if n < used else ()))
        for domain, size, used in groups
        for n in range(size)
    ]


def table(*groups: tuple[str, int, int]) -> RateTable:
    return rates(cases(*groups), instruments=["summons"])


@pytest.mark.parametrize(
    ("used", "of", "low", "high"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (0, 20, 0.0, 0.1684), (1, 29, 0.0009, 0.1776)],
)
def test_intervals_are_those_published_for_the_exact_method(used: int, of: int, low: float, high: float) -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I, Clopper-Pearson.
    found = interval(used, of, level=0.95)

    assert found == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n))))
def test_at_each_end_of_an_interval_what_was_seen_has_half_the_rest_of_chance(pair: tuple[int, int]) -> None:
    used, of = pair
    low, high = interval(used, of, level=0.95)

    assert binom.sf(used - 1, of, low) == pytest.approx(0.025)
    assert used == of or binom.cdf(used, of, high) == pytest.approx(0.025)


@pytest.mark.parametrize(("used", "of", "level"), [(3, 2, 0.95), (-1, 2, 0.95), (0, 0, 0.95), (1, 2, 1.0)])
def test_a_share_that_is_none_has_no_interval(used: int, of: int, level: float) -> None:
    with pytest.raises(InputError) as refused:
        interval(used, of, level=level)

    assert refused.value.code == "responding.interval"


def test_a_cell_counts_cases_with_a_stated_response_only() -> None:
    unstated = [Case(f"u{n}", {"domain": ("cyber",)}, frozenset(), stated=False) for n in range(7)]

    found = rates([*cases(("cyber", 10, 6)), *unstated], instruments=["summons"])

    cell = found.cell("summons", grouping="domain", group="cyber")
    assert cell is not None
    assert (cell.used, cell.cases, cell.share) == (6, 10, 0.6)
    assert (found.stated, found.unstated) == (10, 7)
    assert [(group.key, group.stated, group.unstated) for group in found.groups] == [("cyber", 10, 7)]


def test_a_cell_under_five_cases_is_not_shown_and_holds_no_figure() -> None:
    found = table(("cyber", 30, 4), ("sabotage", 30, 2), ("airspace", 4, 4))

    hidden = found.suppressed

    assert [cell.group for cell in hidden] == ["cyber", "sabotage", "airspace"]
    assert {(cell.used, cell.share, cell.low, cell.high) for cell in hidden} == {(None, None, None, None)}
    assert [(cell.group, cell.used) for cell in found.shown] == [("", 10)]


def test_five_of_five_is_shown() -> None:
    found = table(("cyber", 5, 5), ("sabotage", 30, 1), ("airspace", 9, 2))

    assert [(cell.group, cell.used) for cell in found.shown] == [("", 8), ("cyber", 5)]


def test_the_figure_for_all_is_withheld_where_one_hidden_count_would_be_the_rest() -> None:
    found = table(("cyber", 30, 9), ("sabotage", 30, 3))

    assert [(cell.group, cell.used) for cell in found.shown] == [("cyber", 9)]


def test_the_figure_for_all_is_withheld_where_all_hidden_counts_would_be_zero() -> None:
    found = table(("cyber", 30, 9), ("sabotage", 30, 0), ("airspace", 20, 0))

    assert [cell.group for cell in found.shown] == ["cyber"]


def test_the_figure_for_all_is_withheld_where_every_hidden_count_would_be_the_highest() -> None:
    found = table(("cyber", 30, 9), ("sabotage", 30, 4), ("airspace", 20, 4))

    assert [cell.group for cell in found.shown] == ["cyber"]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(1, 9).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), min_size=1, max_size=5))
def test_no_hidden_count_follows_from_what_is_shown(sizes: list[tuple[int, int]]) -> None:
    found = table(*((f"d{at}", size, used) for at, (size, used) in enumerate(sizes)))
    whole, *row = found.cells
    if not whole.shown:
        return
    hidden = [cell for cell in row if not cell.shown]
    left = (whole.used or 0) - sum(cell.used or 0 for cell in row if cell.shown)

    # Everything that a reader who knows the method may still think.
    possible = [
        guess for guess in product(*(range(min(cell.cases, SMALLEST - 1) + 1) for cell in hidden)) if sum(guess) == left
    ]

    assert possible
    assert all(len({guess[at] for guess in possible}) > 1 for at in range(len(hidden)))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sets(st.sampled_from("abc"), max_size=3), st.booleans()), min_size=1, max_size=24))
def test_no_hidden_count_follows_where_a_case_is_in_several_groups(drawn: list[tuple[set[str], bool]]) -> None:
    some = [
        Case(str(n), {"means": tuple(sorted(groups))}, frozenset({"summons"} if used else ()))
        for n, (groups, used) in enumerate(drawn)
    ]
    whole, *row = rates(some, instruments=["summons"]).cells
    if not whole.shown:
        return
    hidden = [cell for cell in row if not cell.shown]
    left = (whole.used or 0) - sum(cell.used or 0 for cell in row if cell.shown)

    possible = [
        guess for guess in product(*(range(min(cell.cases, SMALLEST - 1) + 1) for cell in hidden)) if sum(guess) >= left
    ]

    assert all(len({guess[at] for guess in possible}) > 1 for at in range(len(hidden)))


def test_a_case_in_several_groups_counts_in_each_and_one_in_none_is_kept_apart() -> None:
    both = [Case(f"b{n}", {"means": ("x", "y", "x")}, frozenset({"summons"})) for n in range(6)]
    none = [Case(f"n{n}", {"means": ()}, frozenset({"summons"})) for n in range(5)]

    found = rates([*both, *none], instruments=["summons"])

    assert [(cell.group, cell.used) for cell in found.cells] == [("", 11), ("x", 6), ("y", 6), ("none", 5)]


@given(st.permutations(cases(("cyber", 9, 6), ("sabotage", 8, 5), ("airspace", 7, 2), ("maritime", 7, 3))))
def test_order_of_cases_changes_no_figure(mixed: list[Case]) -> None:
    found = rates(mixed, instruments=["summons"])
    straight = table(("cyber", 9, 6), ("sabotage", 8, 5), ("airspace", 7, 2), ("maritime", 7, 3))

    assert set(found.cells) == set(straight.cells)


@pytest.mark.requirement("P1")
@pytest.mark.parametrize("grouping", ["country", "actor", "actor_kind", "attributed_by"])
def test_a_group_by_country_or_actor_is_refused(grouping: str) -> None:
    with pytest.raises(InputError) as refused:
        rates([Case("a", {grouping: ("NL",)}, frozenset())], instruments=["summons"])

    assert refused.value.code == "responding.grouping"
    assert "domain, means" in str(refused.value.params["known"])


def test_a_case_twice_an_unlisted_instrument_an_instrument_of_nothing_stated_and_cells_of_one_are_refused() -> None:
    case = Case("a", {}, frozenset({"summons"}))

    for given_cases, instruments, smallest, code in (
        ([case, case], ["summons"], 5, "responding.twice"),
        ([case], ["dialogue"], 5, "responding.instrument"),
        ([Case("a", {}, frozenset({"summons"}), stated=False)], ["summons"], 5, "responding.unstated"),
        ([case], ["summons"], 1, "responding.smallest"),
    ):
        with pytest.raises(InputError) as refused:
            rates(given_cases, instruments=instruments, smallest=smallest)
        assert refused.value.code == code


def test_no_cases_give_a_table_without_a_shown_cell() -> None:
    found = rates([], instruments=["summons"])

    assert (found.shown, found.stated, found.unstated) == ((), 0, 0)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_cell_says_that_its_rows_were_collected_because_they_were_notable(language: str) -> None:
    found = table(("cyber", 30, 9), ("sabotage", 30, 2), ("airspace", 20, 1))

    said = [sentence(cell, instrument="x", group=cell.group, language=language) for cell in found.cells]

    assert len(said) == 4
    assert all(text.endswith(NOTABLE[language]) for text in said)


def test_a_shown_cell_says_its_counts_and_a_hidden_one_says_none() -> None:
    found = table(("cyber", 30, 9), ("sabotage", 30, 2), ("airspace", 20, 1))
    whole, shown, hidden, _ = found.cells

    assert "12 of 80 incidents with a stated response (15 %" in sentence(whole, instrument="x", group="", language="en")
    assert "9 van 30 incidenten met een vermelde reactie (30 %, interval 15 tot 49 %)" in sentence(
        shown, instrument="x", group="cyber", language="nl"
    )
    assert not any(letter.isdigit() for letter in sentence(hidden, instrument="x", group="sabotage", language="en"))


def test_the_other_collection_says_that_it_cannot_carry_a_rate() -> None:
    assert (EUREPOC.political, EUREPOC.legal, EUREPOC.carries_a_rate) == (6, 8, False)
    assert beside_sentence(EUREPOC, language="en").endswith("That cannot carry a rate.")
    assert beside_sentence(EUREPOC, language="nl").endswith("Dat kan geen verhouding dragen.")
