"""Which nodes reach each other along the lines: the strongly connected parts of a description."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
#: Up to so many nodes and lines Python is done before scipy is loaded.
_SMALL = 20_000


def parts_of(size: int, sources: Ints, targets: Ints) -> Ints:
    """For each node the number of its part, below `size`; nodes of one part reach each other."""
    if size + len(sources) <= _SMALL:
        return _plain(size, sources.tolist(), targets.tolist())
    from scipy.sparse import csr_array  # slow to import, and few descriptions need it
    from scipy.sparse.csgraph import connected_components

    links = csr_array((np.ones(len(targets), dtype=np.int8), (sources, targets)), shape=(size, size))
    found: Ints = connected_components(links, directed=True, connection="strong")[1]
    return found


def _plain(size: int, sources: list[int], targets: list[int]) -> Ints:
    """Tarjan 1972, without recursion."""
    after: list[list[int]] = [[] for _ in range(size)]
    for source, target in zip(sources, targets, strict=True):
        after[source].append(target)
    index, low, part = [-1] * size, [0] * size, [-1] * size
    stack: list[int] = []
    count = parts = 0
    for root in range(size):
        if index[root] >= 0:
            continue
        way = [(root, 0)]
        while way:
            place, turn = way.pop()
            if not turn:
                index[place] = low[place] = count
                count += 1
                stack.append(place)
            else:
                low[place] = min(low[place], low[after[place][turn - 1]])
            while turn < len(after[place]):
                other = after[place][turn]
                turn += 1
                if index[other] < 0:
                    way += [(place, turn), (other, 0)]
                    break
                if part[other] < 0:
                    low[place] = min(low[place], index[other])
            else:
                if low[place] == index[place]:
                    while part[place] < 0:
                        part[stack.pop()] = parts
                    parts += 1
    return np.array(part, dtype=np.int32)
