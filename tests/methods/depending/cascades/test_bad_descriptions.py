"""What is no description is refused with its place, by name and by array alike."""

from __future__ import annotations

import math

import pytest

from tests.methods.depending.cascades.describing import needs
from verband.language.errors import InputError
from verband.methods.depending.cascades import Effort, Node, Parameters, Requirement, system_of, system_of_arrays

A, B = Node("a"), Node("b")


@pytest.mark.parametrize(
    ("code", "nodes"),
    [
        ("depending.empty", []),
        ("depending.owner_differs", [Node("a", owner="one"), Node("a", owner="two")]),
        ("depending.node_twice", [Node("a", owner="one"), Node("a", owner="one")]),
        ("depending.group_empty", [A, Node("c", (Requirement(()),))]),
        ("depending.member_unknown", [A, Node("c", (needs("aa"),))]),
        ("depending.member_twice", [A, Node("c", (needs("a", "a"),))]),
        ("depending.supplies_itself", [A, Node("c", (needs("a", "c"),))]),
        ("depending.k", [A, B, Node("c", (needs("a", "b", k=3),))]),
        ("depending.k", [A, B, Node("c", (needs("a", "b", k=0),))]),
        ("depending.k", [A, B, Node("c", (needs("a", "b", k=1.5),))]),
        ("depending.buffer", [A, Node("c", (needs("a", buffer_h=-1.0),))]),
        ("depending.buffer", [A, Node("c", (needs("a", buffer_h=math.nan),))]),
        ("depending.buffer", [A, Node("c", (needs("a", buffer_h=math.inf),))]),
        ("depending.spread", [A, Node("c", (needs("a", buffer_h=1.0, spread=0.5),))]),
        ("depending.spread", [A, Node("c", (needs("a", buffer_h=1.0, spread=math.nan),))]),
    ],
)
def test_a_description_that_cannot_be_is_refused(code: str, nodes: list[Node]) -> None:
    with pytest.raises(InputError) as refused:
        system_of(nodes)

    assert refused.value.code == code


def test_the_refusal_names_node_requirement_and_what_is_meant() -> None:
    nodes = [Node("pumping station"), Node("water", (needs("pumping station"), needs("pumpingstation")))]

    with pytest.raises(InputError) as refused:
        system_of(nodes)

    assert str(refused.value) == (
        "Requirement 2 of 'water' names 'pumpingstation', which is not described. "
        "Describe it, or correct its name; the nearest is 'pumping station'."
    )


GOOD = {"node": [1, 2], "count": [1, 2], "members": [0, 0, 1], "k": [1, 2], "buffer_h": [1.0, 2.0]}


@pytest.mark.parametrize(
    ("code", "size", "changed"),
    [
        ("depending.empty", 0, {"node": [], "count": [], "members": [], "k": [], "buffer_h": []}),
        ("depending.arrays", 3, {"k": [1]}),
        ("depending.arrays", 3, {"count": [1, 1]}),
        ("depending.arrays", 3, {"node": [2, 1]}),
        ("depending.arrays", 2, {}),
        ("depending.arrays", 3, {"grade": [0, 0, 2]}),
        ("depending.group_empty", 3, {"count": [0, 3]}),
        ("depending.member_unknown", 3, {"members": [0, 0, 3]}),
        ("depending.member_twice", 3, {"members": [0, 1, 1]}),
        ("depending.supplies_itself", 3, {"members": [1, 0, 1]}),
        ("depending.k", 3, {"k": [1, 3]}),
        ("depending.k", 3, {"k": [0, 2]}),
        ("depending.buffer", 3, {"buffer_h": [1.0, -2.0]}),
        ("depending.buffer", 3, {"buffer_h": [math.nan, 2.0]}),
    ],
)
def test_arrays_that_are_no_description_are_refused(code: str, size: int, changed: dict) -> None:
    assert system_of_arrays(3, **GOOD).size == 3

    with pytest.raises(InputError) as refused:
        system_of_arrays(size, **GOOD | changed)

    assert refused.value.code == code
    assert str(refused.value)


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("depending.horizon", lambda: Parameters(horizon_h=0)),
        ("depending.horizon", lambda: Parameters(horizon_h=math.inf)),
        ("depending.counts", lambda: Parameters(draws=0)),
        ("depending.spread", lambda: Parameters(spread=0.9)),
        ("depending.weight", lambda: Parameters(weights={"A": -1.0})),
        ("depending.weight", lambda: Parameters(weights={"A": math.nan})),
        ("depending.effort", lambda: Effort(more_buffer_h=0.0)),
        ("depending.effort", lambda: Effort(supplier_effort=math.nan)),
    ],
)
def test_parameters_that_cannot_be_are_refused(code: str, made) -> None:
    with pytest.raises(InputError) as refused:
        made()

    assert refused.value.code == code
