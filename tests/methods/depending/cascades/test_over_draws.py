"""Hours lost under all draws at a time, and parts of a description, are those of the plain way to the bit."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from tests.methods.depending.cascades.describing import descriptions, needs, random_system
from verband.methods.depending.cascades import Node, Parameters, blast_radius, criticality, over_draws, system_of
from verband.methods.depending.cascades.parts import parts_of


@settings(max_examples=150, deadline=None)
@given(nodes=descriptions(), horizon_h=st.sampled_from([0.5, 24.0, 72.0]), grade=st.sampled_from(["", "A"]))
def test_all_draws_at_a_time_give_what_one_draw_after_the_other_gives(nodes, horizon_h: float, grade: str) -> None:
    parameters = Parameters(horizon_h=horizon_h, draws=25, seed=3)
    system = system_of([*nodes, Node("last", (needs(nodes[0].name, buffer_h=3.0, spread=1.5),), grade)])

    quick, plain = (criticality(system, parameters, engine=engine) for engine in ("auto", "pure"))

    assert quick.standings == plain.standings


def test_a_large_network_with_cycles_gives_the_same_both_ways() -> None:
    system = random_system(400, seed=5)
    parameters = Parameters(draws=30, with_interval=20)

    assert criticality(system, parameters).standings == criticality(system, parameters, engine="pure").standings
    quick, plain = (blast_radius(system, ["3", "7"], parameters, engine=engine) for engine in ("auto", "pure"))
    assert (quick.lost_h, quick.low_h, quick.high_h) == (plain.lost_h, plain.low_h, plain.high_h)


def test_draws_that_are_too_many_to_hold_are_run_one_by_one() -> None:
    assert over_draws.fits(random_system(400, seed=5), Parameters())
    assert not over_draws.fits(random_system(400, seed=5), Parameters(draws=1_000_000))


@pytest.mark.parametrize("seed", range(8))
def test_parts_are_those_that_scipy_finds(seed: int) -> None:
    rng = np.random.default_rng(seed)
    size = 60
    sources, targets = rng.integers(0, size, (2, 70)).astype(np.int32)

    part = parts_of(size, sources, targets)

    links = csr_array((np.ones(70, dtype=np.int8), (sources, targets)), shape=(size, size))
    _, known = connected_components(links, directed=True, connection="strong")
    assert 1 < len(set(part.tolist())) == len(set(known.tolist()))
    assert len({*zip(part.tolist(), known.tolist(), strict=True)}) == len(set(known.tolist()))
