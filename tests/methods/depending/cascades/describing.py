"""Descriptions made by hand and at random, and the definition itself as a slow loop to hold every engine against."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from verband.methods.depending.cascades import Node, Requirement, System, system_of_arrays

INF = math.inf
#: Few values, so that ties and zeros are common, beside any other.
BUFFERS = st.one_of(st.sampled_from([0.0, 0.5, 1.0, 2.0, 24.0]), st.floats(0, 100, allow_subnormal=False))


def needs(*members: str, k: int | None = None, buffer_h: float = 0.0, spread: float | None = None) -> Requirement:
    """All of the members, or k of them."""
    return Requirement(members, len(members) if k is None else k, buffer_h, spread)


@st.composite
def descriptions(draw: st.DrawFn, *, most: int = 10) -> tuple[Node, ...]:
    """Up to so many nodes that need each other at random: cycles, roots and nodes nobody needs included."""
    size = draw(st.integers(2, most))
    names = [f"n{place}" for place in range(size)]
    nodes = []
    for name in names:
        others = [other for other in names if other != name]
        groups = []
        for _ in range(draw(st.integers(0, 3))):
            members = draw(st.lists(st.sampled_from(others), min_size=1, max_size=4, unique=True))
            groups.append(Requirement(tuple(members), draw(st.integers(1, len(members))), draw(BUFFERS)))
        nodes.append(Node(name, tuple(groups), draw(st.sampled_from(["", "A", "B"]))))
    return tuple(nodes)


@st.composite
def failing(draw: st.DrawFn) -> tuple[tuple[Node, ...], list[str]]:
    """A description and some of its nodes."""
    nodes = draw(descriptions())
    return nodes, draw(st.lists(st.sampled_from([node.name for node in nodes]), min_size=1, max_size=4, unique=True))


def fixed_point(nodes: Sequence[Node], starts: Sequence[str]) -> dict[str, float]:
    """T(v) = min over groups of [(n - k + 1)-th smallest T(member) + buffer], from above until nothing changes."""
    times = {node.name: 0.0 if node.name in starts else INF for node in nodes}
    while True:
        after = {
            node.name: min(
                [times[node.name]]
                + [
                    sorted(times[member] for member in group.members)[len(group.members) - group.k] + group.buffer_h
                    for group in node.requirements
                ]
            )
            for node in nodes
        }
        if after == times:
            return times
        times = after


def random_system(size: int, *, seed: int, k_is_one: bool = False) -> System:
    """A network of 0 to 3 groups of 1 to 3 members for each node, cycles included."""
    rng = np.random.default_rng(seed)
    node = np.repeat(np.arange(size), rng.integers(0, 4, size))
    count = rng.integers(1, 4, len(node))
    k = np.ones_like(count) if k_is_one else rng.integers(1, count + 1)
    ends = np.repeat(node, count)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    turn = np.arange(len(ends)) - np.repeat(first, count)
    members = (ends + np.repeat(rng.integers(1, size // 3, len(node)), count) + turn * (size // 3)) % size
    members[members == ends] = (members[members == ends] + 1) % size
    return system_of_arrays(
        size, node=node, count=count, members=members, k=k, buffer_h=rng.lognormal(np.log(4), 1, len(node))
    )
