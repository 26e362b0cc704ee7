"""Failure times against hand-worked cases, the definition, and each other's engines."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.depending.cascades.describing import (
    INF,
    descriptions,
    failing,
    fixed_point,
    needs,
    random_system,
)
from verband.language.errors import InputError
from verband.methods.depending.cascades import Node, Requirement, fast_is_here, propagate, system_of
from verband.methods.depending.cascades.wide import _Front, failure_times

ENGINES = ["pure", pytest.param("fast", marks=pytest.mark.skipif(not fast_is_here(), reason="numba is not installed"))]

#: A hospital with a generator for 48 hours, two water sources of which one is enough, and telecom on batteries.
HOSPITAL = (
    Node("grid", owner="operator"),
    Node("well"),
    Node("river"),
    Node("water", (needs("well", "river", k=1, buffer_h=6.0), needs("grid", buffer_h=12.0)), "A"),
    Node("telecom", (needs("grid", buffer_h=4.0),), "B"),
    Node("hospital", (needs("grid", buffer_h=48.0), needs("water", buffer_h=2.0), needs("telecom", buffer_h=8.0)), "A"),
)


@pytest.mark.requirement("R048")
@pytest.mark.parametrize("engine", ENGINES)
def test_the_first_requirement_to_give_way_sets_the_time(engine: str) -> None:
    cascade = propagate(system_of(HOSPITAL), ["grid"], engine=engine)

    # telecom 0 + 4, water 0 + 12; hospital min(0 + 48, 12 + 2, 4 + 8) = 12.
    times = {name: cascade.time_of(name) for name in ("grid", "telecom", "water", "hospital", "well", "river")}
    assert times == {"grid": 0, "telecom": 4, "water": 12, "hospital": 12, "well": INF, "river": INF}


@pytest.mark.parametrize("engine", ENGINES)
def test_one_of_two_holds_until_both_are_gone(engine: str) -> None:
    system = system_of(HOSPITAL)

    alone = propagate(system, ["well"], engine=engine)
    both = propagate(system, ["well", "river"], engine=engine)

    assert alone.fallen == 1
    assert {step.name: step.time_h for step in both.steps()} == {"river": 0, "well": 0, "water": 6, "hospital": 8}


@pytest.mark.parametrize("engine", ENGINES)
def test_two_of_three_fall_with_the_second_failure(engine: str) -> None:
    nodes = [
        Node("a"),
        Node("b", (needs("a", buffer_h=3.0),)),
        Node("c", (needs("a", buffer_h=7.0),)),
        Node("d"),
        Node("e", (needs("b", "c", "d", k=2, buffer_h=1.0),)),
    ]

    cascade = propagate(system_of(nodes), ["a"], engine=engine)

    # b at 3, c at 7: the (3 - 2 + 1)-th smallest is 7, and one hour more.
    assert cascade.time_of("e") == 8


@pytest.mark.parametrize("engine", ENGINES)
def test_a_cycle_falls_from_outside_and_never_by_itself(engine: str) -> None:
    nodes = [
        Node("spark"),
        Node("power", (needs("gas", buffer_h=2.0), needs("spark", buffer_h=5.0))),
        Node("gas", (needs("power", buffer_h=1.0),)),
        Node("other"),
    ]
    system = system_of(nodes)

    hit, missed = propagate(system, ["spark"], engine=engine), propagate(system, ["other"], engine=engine)

    assert (hit.time_of("power"), hit.time_of("gas")) == (5, 6)
    assert missed.fallen == 1


def test_each_step_says_which_requirement_gave_way_and_who_was_missing() -> None:
    steps = propagate(system_of(HOSPITAL), ["grid"]).steps()

    told = [(step.name, step.time_h, step.group, step.missing, step.supply_lost_h) for step in steps]
    assert told == [
        ("grid", 0, 0, (), 0),
        ("telecom", 4, 1, ("grid",), 0),
        ("water", 12, 2, ("grid",), 0),
        ("hospital", 12, 3, ("telecom",), 4),
    ]
    assert (steps[0].owner, steps[1].grade) == ("operator", "B")


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_after_the_horizon_is_told_and_what_is_at_it_is(engine: str) -> None:
    cascade = propagate(system_of(HOSPITAL), ["grid"], horizon_h=4.0, engine=engine)

    assert [step.name for step in cascade.steps()] == ["grid", "telecom"]


def test_a_cycle_that_nothing_supplies_from_outside_is_accepted_and_named() -> None:
    nodes = [
        Node("a", (needs("b"),)),
        Node("b", (needs("a"),)),
        Node("c", (needs("d", "x", k=1),)),
        Node("d", (needs("c"),)),
        Node("x"),
        Node("y", (needs("a"),)),
    ]

    cascade = propagate(system_of(nodes), ["x"])

    assert cascade.closed_cycles == (("a", "b"),)
    assert cascade.fallen == 1


@settings(max_examples=1_000)
@given(failing())
def test_pure_compiled_wide_and_the_definition_give_the_same_times_to_the_bit(case) -> None:
    nodes, starts = case
    system = system_of(nodes)
    expected = list(fixed_point(nodes, starts).values())

    found = [propagate(system, starts, engine="pure").times_h.tolist(), wide_alone(system, starts)]
    if fast_is_here():
        found.append(propagate(system, starts, engine="fast").times_h.tolist())

    assert all(times == expected for times in found)


def wide_alone(system, starts) -> list[float]:
    """The numpy steps with no help of the heap."""
    front = _Front(system, INF)
    numbers = system.numbers(starts)
    front.times[numbers] = 0.0
    front.far = np.array(numbers, dtype=np.int32)
    while front.waiting:
        front.step()
    return front.times.tolist()


@pytest.mark.parametrize("k_is_one", [False, True])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_wide_narrow_and_compiled_agree_where_many_wait_at_once(seed: int, k_is_one: bool) -> None:
    system = random_system(40_000, seed=seed, k_is_one=k_is_one)
    starts = list(range(0, system.size, 7))

    mixed = failure_times(system, starts, horizon_h=INF)

    assert np.isfinite(mixed).sum() > 1.5 * len(starts)
    assert mixed.tolist() == by_heap_alone(system, starts)
    if fast_is_here():
        from verband.methods.depending.cascades.propagate import failure_times as chosen

        assert mixed.tolist() == chosen(system, starts, horizon_h=INF, engine="fast").tolist()


def by_heap_alone(system, starts) -> list[float]:
    """The heap with no help of numpy."""
    from verband.methods.depending.cascades import narrow

    times, left = [INF] * system.size, list(system.plain.need)
    narrow.fall(system.plain, starts, times, left, horizon_h=INF)
    return times


@given(failing(), st.floats(0, 50))
def test_the_horizon_cuts_and_changes_nothing_before_it(case, horizon_h: float) -> None:
    nodes, starts = case
    system = system_of(nodes)

    whole = propagate(system, starts).times_h
    cut = propagate(system, starts, horizon_h=horizon_h).times_h

    assert cut.tolist() == np.where(whole <= horizon_h, whole, np.inf).tolist()


@given(failing(), st.data())
def test_more_failures_a_shorter_buffer_or_a_higher_k_never_put_a_failure_off(case, data: st.DataObject) -> None:
    nodes, starts = case
    before = propagate(system_of(nodes), starts).times_h
    place = data.draw(st.integers(0, len(nodes) - 1))
    more = sorted({*starts, nodes[place].name})
    worse = tuple(
        Node(node.name, tuple(worsened(group) for group in node.requirements)) if node is nodes[place] else node
        for node in nodes
    )

    assert (propagate(system_of(nodes), more).times_h <= before).all()
    assert (propagate(system_of(worse), starts).times_h <= before).all()


def worsened(group: Requirement) -> Requirement:
    return Requirement(group.members, min(group.k + 1, len(group.members)), group.buffer_h / 2)


@given(failing(), st.randoms(use_true_random=False))
def test_order_of_nodes_groups_and_members_changes_no_time(case, rng) -> None:
    nodes, starts = case
    before = propagate(system_of(nodes), starts)
    turned = []
    for node in rng.sample(nodes, len(nodes)):
        groups = [
            Requirement(tuple(rng.sample(group.members, len(group.members))), group.k, group.buffer_h)
            for group in rng.sample(node.requirements, len(node.requirements))
        ]
        turned.append(Node(node.name, tuple(groups)))

    after = propagate(system_of(turned), rng.sample(starts, len(starts)))

    assert all(after.time_of(node.name) == before.time_of(node.name) for node in nodes)


@given(failing())
def test_every_failure_has_its_reason(case) -> None:
    nodes, starts = case
    cascade = propagate(system_of(nodes), starts)

    steps = cascade.steps()

    assert len(steps) == cascade.fallen
    assert [step.time_h for step in steps] == sorted(step.time_h for step in steps)
    requirements = {node.name: node.requirements for node in nodes}
    for step in steps:
        if step.group:
            group = requirements[step.name][step.group - 1]
            assert len(step.missing) >= len(group.members) - group.k + 1
            assert step.supply_lost_h + group.buffer_h == step.time_h


@given(descriptions())
def test_what_was_described_is_what_the_arrays_hold(nodes) -> None:
    system = system_of(nodes)

    held = []
    for group, place in enumerate(system.node):
        members = system.members[system.start[group] : system.start[group + 1]]
        names = tuple(system.names[member] for member in members)
        held.append((system.names[place], names, len(names) - int(system.need[group]) + 1, system.buffer_h[group]))
        assert all(
            group in system.supplies[system.first[member] : system.first[member + 1]].tolist() for member in members
        )
    assert held == [
        (node.name, group.members, group.k, group.buffer_h) for node in nodes for group in node.requirements
    ]


def test_asking_for_nothing_or_for_an_unknown_node_or_a_horizon_that_cannot_be_is_refused() -> None:
    system = system_of(HOSPITAL)

    with pytest.raises(InputError, match="No node is named"):
        propagate(system, [])
    with pytest.raises(InputError, match="nearest name is 'hospital'"):
        propagate(system, ["hospitaal"])
    with pytest.raises(InputError, match="horizon of nan"):
        propagate(system, ["grid"], horizon_h=math.nan)
    with pytest.raises(InputError, match="no way of computing named 'quick'"):
        propagate(system, ["grid"], engine="quick")
