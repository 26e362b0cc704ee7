"""Who feels a failure at once, and who counts it: the edges of a system as `wide` goes through them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from verband.methods.depending.cascades.system import Floats, Ints


@dataclass(frozen=True, eq=False)
class Edges:
    """For each node v: whom it takes along alone, `user[direct[v] : direct[v + 1]]` after `after_h`; and the groups
    that can miss some of their members, `group[counted[v] : counted[v + 1]]`.

    Where one failure is enough the first is the cause and later ones change nothing, so nothing is counted there.
    """

    direct: Ints
    user: Ints
    after_h: Floats
    counted: Ints
    group: Ints
    #: For each node the shortest time in which it may take another along; infinite where it takes none.
    least_h: Floats


def edges_of(first: Ints, supplies: Ints, need: Ints, node: Ints, buffer_h: Floats) -> Edges:
    """The edges of the arrays of a `System`."""
    alone = need[supplies] == 1
    before = np.concatenate([[0], np.cumsum(alone, dtype=np.int32)])
    direct = before[first].astype(np.int32)
    at_once = supplies[alone]
    size = len(first) - 1
    least_h = np.full(size, np.inf)
    some = np.flatnonzero(np.diff(first))
    if len(some):
        least_h[some] = np.minimum.reduceat(buffer_h[supplies], first[some])
    return Edges(direct, node[at_once], buffer_h[at_once], first - direct, supplies[~alone], least_h)
