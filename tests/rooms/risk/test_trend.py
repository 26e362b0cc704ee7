"""The trend: an exact interval, and words that never stand without the caveat."""

from __future__ import annotations

from math import isinf, isnan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from verband.rooms.risk.services import trend
from verband.rooms.risk.trend import clopper_pearson


def test_the_interval_is_the_published_one() -> None:
    # Clopper and Pearson 1934 for 10 of 15; the same figures in R's binom.test(10, 15).
    low, high = clopper_pearson(10, 15)

    assert (round(low, 4), round(high, 4)) == (0.3838, 0.8818)


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_interval_is_scipy_s(recent: int, before: int) -> None:
    if recent + before == 0:
        return

    expected = binomtest(recent, recent + before).proportion_ci(method="exact")

    assert clopper_pearson(recent, recent + before) == pytest.approx((expected.low, expected.high), abs=1e-9)


@pytest.mark.parametrize(
    ("recent", "before", "word"),
    [
        (0, 0, "too_few"),
        (5, 0, "too_few"),
        (6, 0, "rising"),
        (0, 6, "falling"),
        (12, 10, "no_clear_change"),
        (30, 10, "rising"),
        (10, 30, "falling"),
        (4000, 3000, "rising"),
    ],
)
def test_the_word_follows_from_the_interval(recent: int, before: int, word: str) -> None:
    assert trend(recent, before).word == word


@given(st.integers(0, 60), st.integers(0, 60))
def test_two_spans_swapped_give_the_mirrored_word(recent: int, before: int) -> None:
    mirrored = {"rising": "falling", "falling": "rising"}

    assert trend(before, recent).word == mirrored.get(trend(recent, before).word, trend(recent, before).word)


@pytest.mark.requirement("P18")
@given(st.integers(0, 60), st.integers(0, 60))
def test_no_sentence_stands_without_the_caveat_about_reporting(recent: int, before: int) -> None:
    found = trend(recent, before)

    assert found.sentence("en").endswith("Reporting may have changed.")
    assert found.sentence("nl").endswith("De wijze van melden kan veranderd zijn.")


def test_counts_of_nought_give_no_number_that_is_not_there() -> None:
    assert isinf(trend(7, 0).ratio)
    assert isnan(trend(0, 0).ratio)
    assert "nan" not in trend(0, 0).sentence("en")
    assert "∞" in trend(7, 0).sentence("en")


def test_a_fall_in_a_collection_that_ended_is_called_no_fall_and_a_rise_stays_one() -> None:
    fewer = trend(10, 30, silent_months=5)

    assert fewer.word == "ends_early"
    assert "5 months the collection holds nothing" in fewer.sentence("en")
    assert trend(30, 10, silent_months=5).word == "rising"
    assert trend(10, 30, silent_months=1).word == "falling"
