"""Restoration by hand, and against the failure times where nothing is repaired."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.depending.cascades.describing import INF, descriptions, failing, needs
from verband.language.errors import InputError
from verband.methods.depending.cascades import Node, Outage, propagate, restore, system_of

BUS_AND_WATER = system_of([Node("bus"), Node("water", (needs("bus", buffer_h=4.0),), "A")])


def spans(found) -> list[tuple[str, float, float]]:
    return [(outage.name, outage.from_h, outage.to_h) for outage in found.outages]


@pytest.mark.requirement("R048")
def test_what_falls_comes_back_with_its_supply() -> None:
    found = restore(BUS_AND_WATER, {"bus": 10.0})

    assert spans(found) == [("bus", 0, 10), ("water", 4, 10)]
    assert found.lost_h == 3 * 6


def test_a_repair_within_the_buffer_leaves_the_process_up_and_one_at_its_end_is_in_time() -> None:
    within, at_the_end = restore(BUS_AND_WATER, {"bus": 3.0}), restore(BUS_AND_WATER, {"bus": 4.0})

    assert spans(within) == [("bus", 0, 3)]
    assert spans(at_the_end) == [("bus", 0, 4)]


def test_what_is_damaged_itself_waits_for_its_own_repair() -> None:
    found = restore(BUS_AND_WATER, {"bus": 5.0, "water": 9.0})

    assert spans(found) == [("bus", 0, 5), ("water", 0, 9)]


def test_a_second_failure_finds_the_buffer_as_full_as_it_got() -> None:
    # One of two feeders is needed. The first is back at 6; the second falls when its own buffer of 7 hours is gone.
    system = system_of(
        [
            Node("a"),
            Node("source"),
            Node("b", (needs("source", buffer_h=0.0),)),
            Node("station", (needs("a"), needs("b", buffer_h=7.0))),
            Node("water", (needs("station", buffer_h=4.0),), "A"),
        ]
    )

    slow = restore(system, {"a": 6.0, "source": 20.0}, refill=1.0)
    quick = restore(system, {"a": 6.0, "source": 20.0}, refill=10.0)

    # The station is down from 0 to 6 (a) and from 7 (b's buffer). Water falls at 4 and is back at 6; of its 4 hours it
    # has 1 back at 7, or all of them when buffers refill ten hours in an hour.
    assert ("water", 4, 6) in spans(slow)
    assert ("water", 8, 20) in spans(slow)
    assert ("water", 11, 20) in spans(quick)


def test_a_closed_cycle_that_is_down_does_not_start_itself_and_is_named() -> None:
    system = system_of([Node("power", (needs("gas"),), "A"), Node("gas", (needs("power"),), "A")])

    found = restore(system, {"power": 5.0}, until_h=100.0)

    assert spans(found) == [("power", 0, INF), ("gas", 0, INF)]
    assert found.waiting_on_each_other == (("power", "gas"),)
    assert found.never == ("power", "gas")
    assert found.lost_h == 2 * 3 * 100


def test_a_cycle_with_a_buffer_left_starts_again() -> None:
    system = system_of([Node("power", (needs("gas", buffer_h=3.0),), "A"), Node("gas", (needs("power"),), "A")])

    in_time, too_late = restore(system, {"power": 2.0}), restore(system, {"power": 5.0})

    assert spans(in_time) == [("power", 0, 2), ("gas", 0, 2)]
    assert too_late.never == ("power", "gas")


@settings(max_examples=300)
@given(failing())
def test_without_repairs_the_times_are_those_of_the_cascade_to_the_bit(case) -> None:
    nodes, starts = case
    system = system_of(nodes)
    times = propagate(system, starts, horizon_h=720.0).times_h

    found = restore(system, dict.fromkeys(starts, INF))

    assert {outage.name: outage.from_h for outage in found.outages} == {
        name: time for name, time in zip(system.names, times.tolist(), strict=True) if math.isfinite(time)
    }
    assert all(outage.to_h == INF for outage in found.outages)


@settings(max_examples=300)
@given(failing(), st.lists(st.one_of(st.sampled_from([0.5, 1.0, 2.0]), st.floats(0.1, 60)), min_size=4, max_size=4))
def test_outages_of_a_node_do_not_touch_and_an_earlier_repair_of_all_never_loses_more(case, hours) -> None:
    nodes, starts = case
    system = system_of(nodes)
    repaired = dict(zip(starts, hours, strict=False))

    found = restore(system, repaired)
    never = restore(system, dict.fromkeys(starts, INF))

    for name in system.names:
        own = [(outage.from_h, outage.to_h) for outage in found.outages if outage.name == name]
        assert all(end < begin for (_, end), (begin, _) in pairwise(own))
    assert found.lost_h <= never.lost_h + 1e-6


@given(failing(), st.randoms(use_true_random=False))
def test_order_of_the_description_changes_no_outage(case, rng) -> None:
    nodes, starts = case
    repaired = {name: 1.0 + place for place, name in enumerate(starts)}

    one = restore(system_of(nodes), repaired)
    other = restore(system_of(rng.sample(nodes, len(nodes))), repaired)

    def key(outage: Outage) -> tuple[float, str]:
        return outage.from_h, outage.name

    assert sorted(one.outages, key=key) == sorted(other.outages, key=key)


@given(descriptions())
def test_without_cycles_everything_is_back_with_the_last_repair(nodes) -> None:
    order = {node.name: place for place, node in enumerate(nodes)}
    downhill = [
        Node(node.name, tuple(g for g in node.requirements if all(order[m] < order[node.name] for m in g.members)))
        for node in nodes
    ]
    system = system_of(downhill)

    found = restore(system, dict.fromkeys(system.names, 5.0))

    assert spans(found) == [(name, 0, 5) for name in system.names]
    assert found.never == ()


def test_nodes_that_need_each_other_and_a_source_do_not_start_each_other_and_are_told() -> None:
    system = system_of([Node("source"), Node("a", (needs("b", "source"),)), Node("b", (needs("a"),))])

    found = restore(system, {"a": 5.0})

    assert (found.never, found.waiting_on_each_other) == (("a", "b"), ())


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("depending.horizon", lambda: restore(BUS_AND_WATER, {"bus": 1.0}, until_h=INF)),
        ("depending.refill", lambda: restore(BUS_AND_WATER, {"bus": 1.0}, refill=-1.0)),
        ("depending.nothing_fails", lambda: restore(BUS_AND_WATER, {})),
        ("depending.repair", lambda: restore(BUS_AND_WATER, {"bus": -1.0})),
        ("depending.repair", lambda: restore(BUS_AND_WATER, {"bus": math.nan})),
        ("depending.node_unknown", lambda: restore(BUS_AND_WATER, {"buss": 1.0})),
    ],
)
def test_what_cannot_be_run_is_refused(code: str, call) -> None:
    with pytest.raises(InputError) as refused:
        call()

    assert refused.value.code == code
