"""Hours lost, intervals, pairs, blast radius and what helps most, by hand and in general."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.depending.cascades.describing import descriptions, needs, random_system
from verband.language.errors import InputError
from verband.methods.depending.cascades import (
    Effort,
    Node,
    Parameters,
    blast_radius,
    criticality,
    fast_is_here,
    pairs,
    propagate,
    strengthen,
    system_of,
)
from verband.methods.depending.cascades.losses import TICKS, hours_lost
from verband.methods.depending.cascades.model import sigma_of

FEW = Parameters(draws=20)

#: One process of class A on a bus with a buffer of 12 hours, one of class B on that process or a spare.
SMALL = system_of(
    [
        Node("bus"),
        Node("spare"),
        Node("water", (needs("bus", buffer_h=12.0),), "A"),
        Node("care", (needs("water", "spare", k=1, buffer_h=2.0),), "B"),
    ]
)


@pytest.mark.requirement("R048")
def test_an_hour_of_class_a_counts_three_and_of_b_one_up_to_seventy_two() -> None:
    found = criticality(SMALL, FEW)

    # bus: water falls at 12, 3 * 60; water: 3 * 72; care: 72; spare alone: nothing.
    assert [(item.name, item.lost_h, item.fallen) for item in found.standings] == [
        ("water", 216, 1),
        ("bus", 180, 2),
        ("care", 72, 1),
        ("spare", 0, 1),
    ]


def test_two_that_back_each_other_up_are_worst_beyond_the_two_alone() -> None:
    found = pairs(SMALL, FEW)

    # bus and spare: water at 12 and care at 14: 3 * 60 + 58, beyond 180 + 0: 58. water and spare: care at 2: 216 + 70.
    best = {(pair.one, pair.other): (pair.lost_h, pair.beyond_h) for pair in found[:2]}
    assert best == {("spare", "water"): (286, 70), ("bus", "spare"): (238, 58)}
    assert len(found) == 6


def test_pairs_that_back_each_other_up_are_looked_at_beyond_the_highest() -> None:
    found = pairs(SMALL, Parameters(pairs_from=0))

    assert [(pair.one, pair.other) for pair in found] == [("spare", "water")]
    assert pairs(SMALL, Parameters(pairs_from=0, pairs_most=0)) == ()


def test_blast_radius_counts_by_class_and_gives_an_interval_around_the_stated_buffers() -> None:
    found = blast_radius(SMALL, ["bus", "spare"], Parameters(draws=400))

    assert (found.by_grade, found.lost_h) == ({"A": 1, "B": 1}, 238)
    # The buffer of 12 hours lies between 6 and 24 in nine of ten draws, that of 2 adds little.
    assert found.low_h == pytest.approx(238 - 4 * 12, abs=12)
    assert found.high_h == pytest.approx(238 + 4 * 6, abs=6)


def test_a_spread_that_is_stated_is_used_and_one_of_one_leaves_no_doubt() -> None:
    sure = system_of([Node("bus"), Node("water", (needs("bus", buffer_h=12.0, spread=1.0),), "A")])

    found = criticality(sure, FEW, candidates={"bus": ["bus"]}).standings[0]

    assert (found.low_h, found.lost_h, found.high_h) == (180, 180, 180)


def test_a_spread_of_two_puts_nine_of_ten_draws_between_half_and_double() -> None:
    draws = np.exp(sigma_of(2.0) * np.random.default_rng(5).standard_normal(200_000))

    assert np.quantile(draws, [0.05, 0.5, 0.95]) == pytest.approx([0.5, 1, 2], rel=0.01)


def test_only_the_highest_get_an_interval() -> None:
    found = criticality(SMALL, Parameters(draws=5, with_interval=1)).standings

    assert found[0].low_h is not None
    assert [item.low_h for item in found[1:]] == [None, None, None]


def test_a_candidate_may_be_a_set_and_one_without_nodes_is_refused() -> None:
    found = criticality(SMALL, FEW, candidates={"both": ["bus", "spare"], "one": ["spare"]})

    assert [(item.name, item.lost_h) for item in found.standings] == [("both", 238), ("one", 0)]
    with pytest.raises(InputError, match="No node is named"):
        criticality(SMALL, FEW, candidates={"none": []})


def test_what_helps_most_is_the_supplier_that_saves_all_behind_it_and_then_the_buffer() -> None:
    found = strengthen(SMALL, FEW, candidates={"bus": ["bus"]}, effort=Effort(buffer_effort=1.0, supplier_effort=2.0))

    # Another supplier of water saves 180 hours for 2; 24 hours more buffer 3 * 24 for 1.
    assert [(gain.node, gain.group, gain.what, gain.saved_h, gain.per_effort) for gain in found] == [
        ("water", 1, "supplier", 180, 90),
        ("water", 1, "buffer", 72, 72),
    ]


def test_a_requirement_by_which_nothing_falls_is_not_proposed() -> None:
    twice = system_of([Node("bus"), Node("water", (needs("bus", buffer_h=1.0), needs("bus", buffer_h=50.0)), "A")])

    found = strengthen(twice, FEW, candidates={"bus": ["bus"]})

    # With a day more on the first requirement it gives way at 25, with another supplier the second does at 50.
    assert [(gain.group, gain.what, gain.saved_h) for gain in found] == [(1, "supplier", 147), (1, "buffer", 72)]


@given(descriptions(), st.data())
def test_what_a_change_saves_is_what_the_changed_description_loses_less(nodes, data: st.DataObject) -> None:
    system = system_of(nodes)
    gains = strengthen(system, Parameters(draws=1))
    if not gains:
        return
    gain = data.draw(st.sampled_from(gains))
    changed = system_of([stronger(node, gain) for node in (*nodes, Node("extra"))])

    before = hours_lost(system, horizon_h=72.0).weighted_h(Parameters().weights)
    after = hours_lost(changed, horizon_h=72.0).weighted_h(Parameters().weights)[:-1]

    assert gain.saved_h == pytest.approx(math.fsum(before) - math.fsum(after), abs=1e-9)
    assert gain.saved_h >= 0


def stronger(node: Node, gain) -> Node:
    if node.name != gain.node:
        return node
    groups = list(node.requirements)
    was = groups[gain.group - 1]
    members = (*was.members, "extra") if gain.what == "supplier" else was.members
    buffer_h = was.buffer_h + (24.0 if gain.what == "buffer" else 0.0)
    groups[gain.group - 1] = needs(*members, k=was.k, buffer_h=buffer_h)
    return Node(node.name, tuple(groups), node.grade)


@settings(max_examples=200)
@given(descriptions())
def test_every_single_failure_is_that_of_its_own_cascade_and_leaves_no_trace(nodes) -> None:
    system = system_of(nodes)

    found = hours_lost(system, horizon_h=72.0, engine="pure")

    for place, name in enumerate(system.names):
        times = propagate(system, [name], horizon_h=72.0).times_h
        expected = [
            sum(round((72 - time) * TICKS) for time in times[system.grade == grade] if math.isfinite(time))
            for grade in range(len(system.grades))
        ]
        assert found.ticks[place].tolist() == expected
        assert found.fallen[place] == np.isfinite(times).sum()


@pytest.mark.skipif(not fast_is_here(), reason="numba is not installed")
@pytest.mark.parametrize("k_is_one", [False, True])
def test_pure_and_compiled_lose_the_same_hours_to_the_bit(k_is_one: bool) -> None:
    system = random_system(400, seed=3, k_is_one=k_is_one)
    other = system.buffer_h * 1.7
    need = system.need + (np.arange(len(system.need)) % 5 == 0)

    for changed in (system, system.with_buffers(other), system.with_needs(need.astype(np.int32))):
        pure = hours_lost(changed, horizon_h=72.0, engine="pure")
        fast = hours_lost(changed, horizon_h=72.0, engine="fast")
        assert pure.ticks.tolist() == fast.ticks.tolist()
        assert pure.fallen.tolist() == fast.fallen.tolist()
    sets = [[3, 9, 27], [], [5]]
    assert (
        hours_lost(system, sets, horizon_h=24.0, engine="pure").ticks.tolist()
        == hours_lost(system, sets, horizon_h=24.0, engine="fast").ticks.tolist()
    )


@given(descriptions(), st.randoms(use_true_random=False))
def test_order_of_the_description_changes_no_hour_and_no_interval(nodes, rng) -> None:
    parameters = Parameters(draws=3, seed=8)

    one = criticality(system_of(nodes), parameters)
    other = criticality(system_of(rng.sample(nodes, len(nodes))), parameters)

    def told(found):
        return {item.name: (item.lost_h, item.low_h, item.high_h, item.fallen) for item in found.standings}

    assert told(one) == told(other)


def test_the_same_seed_gives_the_same_interval_and_another_another() -> None:
    first, again = criticality(SMALL, FEW), criticality(SMALL, FEW)
    other = criticality(SMALL, Parameters(draws=20, seed=1))

    assert first == again
    assert first.standings[1].low_h != other.standings[1].low_h


def test_nothing_has_a_weight_that_is_no_process() -> None:
    parts = system_of([Node("bus"), Node("line", (needs("bus"),))])

    assert [item.lost_h for item in criticality(parts, FEW).standings] == [0, 0]
    assert pairs(parts, FEW)[0].lost_h == 0
