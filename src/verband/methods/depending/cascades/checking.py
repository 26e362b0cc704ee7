"""What a description must be before anything is computed from it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable

import numpy as np
import numpy.typing as npt

from verband.language.errors import InputError
from verband.language.words import closest
from verband.methods.depending.cascades.model import Node, Requirement, checked_spread


def checked_nodes(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """The nodes as they were given. Raises what `system_of` raises."""
    listed = tuple(nodes)
    if not listed:
        raise InputError("depending.empty")
    known: dict[str, Node] = {}
    for node in listed:
        other = known.setdefault(node.name, node)
        if other is not node:
            if other.owner != node.owner:
                raise InputError("depending.owner_differs", node=node.name, one=other.owner, other=node.owner)
            raise InputError("depending.node_twice", node=node.name)
    for node in listed:
        for number, group in enumerate(node.requirements, start=1):
            _check_group(node.name, number, group, known)
    return listed


def _check_group(node: str, number: int, group: Requirement, known: Collection[str]) -> None:
    where = {"node": node, "group": number}
    if not group.members:
        raise InputError("depending.group_empty", **where)
    seen: set[str] = set()
    for name in group.members:
        if name not in known:
            nearest = closest(name, list(known)) or ""
            raise InputError("depending.member_unknown", member=name, nearest=nearest, **where)
        if name == node:
            raise InputError("depending.supplies_itself", **where)
        if name in seen:
            raise InputError("depending.member_twice", member=name, **where)
        seen.add(name)
    if isinstance(group.k, bool) or not isinstance(group.k, int) or not 1 <= group.k <= len(group.members):
        raise InputError("depending.k", k=group.k, n=len(group.members), **where)
    if not (math.isfinite(group.buffer_h) and group.buffer_h >= 0):
        raise InputError("depending.buffer", value=group.buffer_h, **where)
    if group.spread is not None:
        checked_spread(group.spread, node=node, group=number)


def checked_arrays(
    size: int,
    node: npt.NDArray[np.int32],
    count: npt.NDArray[np.int32],
    members: npt.NDArray[np.int32],
    k: npt.NDArray[np.int32],
    buffer_h: npt.NDArray[np.float64],
) -> None:
    """Nothing, where the arrays are a description. Raises what `system_of_arrays` raises."""
    if size < 1:
        raise InputError("depending.empty")
    if not len(node) == len(count) == len(k) == len(buffer_h) or int(count.sum()) != len(members):
        raise InputError("depending.arrays", reason="length")
    if len(node) and (np.any(np.diff(node) < 0) or node[0] < 0 or node[-1] >= size):
        raise InputError("depending.arrays", reason="node")
    ends, groups = np.repeat(node, count), np.repeat(np.arange(len(node), dtype=np.int32), count)
    _first("depending.group_empty", count < 1, node)
    _first("depending.member_unknown", (members < 0) | (members >= size), ends, member=members, nearest="")
    _first("depending.supplies_itself", members == ends, ends)
    _first("depending.k", (k < 1) | (k > count), node, k=k, n=count)
    _first("depending.buffer", ~(np.isfinite(buffer_h) & (buffer_h >= 0)), node, value=buffer_h)
    key = groups.astype(np.int64) * size + members
    if np.any(np.diff(np.sort(key)) == 0):
        again = np.ones(len(key), dtype=bool)
        again[np.unique(key, return_index=True)[1]] = False
        _first("depending.member_twice", again, ends, member=members)


def _first(code: str, wrong: npt.NDArray[np.bool_], nodes: npt.NDArray[np.int32], **params: object) -> None:
    """Raise for the first that is wrong, with its node, its place in the arrays and its own values."""
    found = np.flatnonzero(wrong)
    if len(found):
        at = int(found[0])
        own = {name: part[at] if isinstance(part, np.ndarray) else part for name, part in params.items()}
        raise InputError(code, node=int(nodes[at]), group=at, **own)
