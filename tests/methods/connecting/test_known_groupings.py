"""What a pair of rows counts for in the benchmark `known_campaigns`."""

from __future__ import annotations

import pytest

from benchmarks.known_groupings import Truth, pairs_of

RIGHT, WRONG, HALF, UNKNOWN = range(4)
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
        (("a1", "a2"), RIGHT),
        (("a1", "b1"), WRONG),
        (("a1", "wave1"), WRONG),
        (("a1", "crime1"), WRONG),
        (("a1", "decoy1"), WRONG),
        (("decoy1", "decoy2"), WRONG),
        (("a1", "free1"), HALF),
        (("decoy1", "free1"), HALF),
        (("free1", "free2"), UNKNOWN),
        (("wave1", "wave2"), UNKNOWN),
        (("crime1", "crime2"), UNKNOWN),
    ],
)
def test_a_pair_is_right_or_wrong_only_where_the_tables_speak_of_both(pair: tuple[str, str], counted: int) -> None:
    found = [0, 0, 0, 0]
    found[counted] = 1
    assert pairs_of([frozenset(pair)], TRUTH) == tuple(found)


def test_a_pair_in_two_campaigns_counts_once_and_two_rows_of_one_event_are_none() -> None:
    assert pairs_of([frozenset({"a1", "a2"}), frozenset({"a1", "a2", "free1"})], TRUTH) == (1, 0, 2, 0)
    assert pairs_of([frozenset({"a1", "twin"})], TRUTH) == (0, 0, 0, 0)
