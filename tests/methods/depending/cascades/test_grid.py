"""Which buses are cut off: by hand, against a search anew for each failure, and on the real grid."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.methods.depending.cascades.describing import needs
from verband.formats.grid import read_grid
from verband.language.errors import InputError
from verband.methods.depending.cascades import Branch, Grid, Node, Parameters, criticality, grid_of, system_of

#: A plant, a ring of three, and a spur of two buses; one bus that nothing leads to.
RING = grid_of(
    ["plant", "a", "b", "c", "spur", "end", "island"],
    [
        Branch("plant-a", "plant", "a"),
        Branch("a-b", "a", "b"),
        Branch("b-c", "b", "c"),
        Branch("c-a", "c", "a"),
        Branch("c-spur 1", "c", "spur"),
        Branch("c-spur 2", "c", "spur"),
        Branch("spur-end", "spur", "end"),
    ],
    supplied=["plant"],
)


def told(failures) -> dict[str, tuple[str, ...]]:
    return {failure.name: failure.down for failure in failures}


def test_a_ring_holds_and_what_hangs_on_one_bus_or_line_goes_with_it() -> None:
    assert told(RING.bus_failures) == {
        "plant": ("plant", "a", "b", "c", "spur", "end"),
        "a": ("a", "b", "c", "spur", "end"),
        "b": ("b",),
        "c": ("c", "spur", "end"),
        "spur": ("spur", "end"),
        "end": ("end",),
    }
    # Two lines side by side are no bridge.
    assert told(RING.branch_failures) == {"plant-a": ("a", "b", "c", "spur", "end"), "spur-end": ("end",)}
    assert RING.dark == ("island",)


def test_several_failures_are_computed_anew() -> None:
    assert RING.down(branches=["c-spur 1"]) == ()
    assert RING.down(branches=["c-spur 1", "c-spur 2"]) == ("spur", "end")
    assert RING.down(buses=["b"], branches=["c-a"]) == ("b", "c", "spur", "end")


def test_a_second_supply_keeps_its_side_up() -> None:
    grid = grid_of(RING.buses, RING.branches, supplied=["plant", "end"])

    assert told(grid.bus_failures)["a"] == ("a",)
    assert told(grid.bus_failures)["plant"] == ("plant",)
    assert told(grid.branch_failures) == {}


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    size = draw(st.integers(1, 12))
    place = st.integers(0, size - 1)
    ends = (
        draw(st.lists(st.tuples(place, place).filter(lambda pair: pair[0] != pair[1]), max_size=18)) if size > 1 else []
    )
    supplied = draw(st.lists(place, min_size=1, max_size=3))
    branches = [Branch(f"line {at}", f"b{one}", f"b{other}") for at, (one, other) in enumerate(ends)]
    return grid_of([f"b{at}" for at in range(size)], branches, supplied=[f"b{at}" for at in supplied])


@settings(max_examples=400)
@given(grids())
def test_each_single_failure_is_what_a_search_anew_finds(grid: Grid) -> None:
    buses, branches = told(grid.bus_failures), told(grid.branch_failures)

    for name in grid.buses:
        assert buses.get(name, ()) == grid.down(buses=[name])
    for branch in grid.branches:
        assert branches.get(branch.name, ()) == grid.down(branches=[branch.name])
    assert set(grid.buses) - set(buses) == set(grid.dark)


def test_processes_stand_on_buses_and_a_bus_takes_with_it_what_it_cuts_off() -> None:
    used = ["end", "b"]
    water = Node("water", (needs("bus end", "bus b", k=1, buffer_h=12.0),), "A")
    system = system_of([*RING.nodes(used, prefix="bus "), water])

    found = criticality(system, Parameters(draws=5), candidates=RING.candidates(used, prefix="bus "))

    # Only the plant and a take both buses; water falls after 12 hours: 3 * 60.
    assert [(item.name, item.lost_h) for item in found.standings if item.lost_h] == [("bus plant", 180), ("bus a", 180)]
    assert {item.name for item in found.standings} == {"bus plant", "bus a", "bus b", "bus c", "bus spur", "bus end"}


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("depending.empty", lambda: grid_of([], [], supplied=[])),
        ("depending.bus_twice", lambda: grid_of(["a", "a"], [], supplied=["a"])),
        ("depending.branch_twice", lambda: grid_of(["a", "b"], [Branch("l", "a", "b")] * 2, supplied=["a"])),
        ("depending.bus_unknown", lambda: grid_of(["a"], [Branch("l", "a", "b")], supplied=["a"])),
        ("depending.bus_unknown", lambda: grid_of(["a"], [], supplied=["b"])),
        ("depending.no_supply", lambda: grid_of(["a"], [], supplied=[])),
        ("depending.bus_unknown", lambda: RING.down(buses=["ende"])),
        ("depending.branch_unknown", lambda: RING.down(branches=["a-c"])),
        ("depending.bus_dark", lambda: RING.nodes(["island"])),
    ],
)
def test_a_grid_or_a_question_that_cannot_be_is_refused(code: str, call) -> None:
    with pytest.raises(InputError) as refused:
        call()

    assert refused.value.code == code
    assert str(refused.value)


@pytest.mark.shared_data
def test_on_the_real_grid_each_single_failure_is_what_a_search_anew_finds(shared_data: Path) -> None:
    data = read_grid(shared_data / "grid")
    grid = grid_of(data.names, data.branches, supplied=data.supplied)

    assert len(grid.dark) == 19
    assert sum(len(failure.down) > 1 for failure in grid.bus_failures) == 284
    for failure in grid.bus_failures[::25]:
        assert failure.down == grid.down(buses=[failure.name])
    for failure in grid.branch_failures[::10]:
        assert failure.down == grid.down(branches=[failure.name])
