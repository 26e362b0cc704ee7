"""What a pair of rows counts for in the benchmark `known_campaigns`."""

from __future__ import annotations

import pytest

from benchmarks.known_groupings import Pairs, Truth, pairs_of, precisions

TRUTH = Truth(
    of={
        "a1": frozenset({"A"}),
        "a2": frozenset({"A"}),
        "b1": frozenset({"B"}),
        "wave1": frozenset({"Wave"}),
        "wave2": frozenset({"Wave"}),
        "crime1": frozenset({"Crime"}),
        "crime2": frozenset({"Crime"}),
        "decoy1": frozenset(),
        "decoy2": frozenset(),
        "free1": frozenset(),
        "free2": frozenset(),
    },
    kinds={"A": "court_or_service", "B": "press", "Wave": "pattern_only", "Crime": "court_or_service"},
    decoys=frozenset({"Crime"}),
    marked=frozenset({"decoy1", "decoy2"}),
    actor={},
    twins=frozenset({frozenset({"a1", "twin"})}),
)


@pytest.mark.parametrize(
    ("pair", "counted"),
    [
        (("a1", "a2"), "right"),
        (("a1", "b1"), "wrong"),
        (("a1", "wave1"), "wrong"),
        (("a1", "crime1"), "wrong"),
        (("a1", "decoy1"), "marked"),
        (("decoy1", "decoy2"), "marked"),
        (("a1", "free1"), "half"),
        (("decoy1", "free1"), "half"),
        (("free1", "free2"), "unknown"),
        (("wave1", "wave2"), "unknown"),
        (("crime1", "crime2"), "unknown"),
    ],
)
def test_a_pair_is_right_or_wrong_only_where_the_tables_speak_of_both(pair: tuple[str, str], counted: str) -> None:
    assert pairs_of([frozenset(pair)], TRUTH) == Pairs(**{counted: 1})


def test_a_pair_in_two_campaigns_counts_once_and_two_rows_of_one_event_are_none() -> None:
    assert pairs_of([frozenset({"a1", "a2"}), frozenset({"a1", "a2", "free1"})], TRUTH) == Pairs(right=1, half=2)
    assert pairs_of([frozenset({"a1", "twin"})], TRUTH) == Pairs()


def test_the_cautious_count_is_the_precision_and_other_readings_stand_beside() -> None:
    assert precisions(Pairs(right=12, wrong=1, marked=2, half=5, unknown=4)) == {
        "pair_precision": 0.6,
        "pair_precision_labelled": 0.8,
        "pair_precision_grouped": round(12 / 13, 4),
        "pair_precision_strict": 0.5,
    }
