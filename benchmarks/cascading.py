"""The contenders of the benchmark `cascade`: `python -m benchmarks.cascading WHAT FILE [HORIZON]`.

They import nothing that they do not need, since the start of each is measured with it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np


@contextmanager
def _clocked(said: dict[str, float | int], name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    said[name] = round(time.process_time() - start, 4)


def _propagated(made: Path, engine: str) -> dict[str, float | int]:
    from verband.methods.depending.cascades.propagate import failure_times
    from verband.methods.depending.cascades.system import system_of_arrays

    said: dict[str, float | int] = {}
    with np.load(made) as kept, _clocked(said, "build_s"):
        parts = {name: kept[name] for name in ("node", "count", "members", "k", "buffer_h")}
        system = system_of_arrays(int(kept["size"][0]), **parts)
        starts = kept["starts"].tolist()
        del parts
        _ = system.edges
    if engine == "fast":
        with _clocked(said, "compiling_s"):
            failure_times(_tiny(), [0], horizon_h=np.inf, engine=engine)
    with _clocked(said, "run_s"):
        times = failure_times(system, starts, horizon_h=np.inf, engine=engine)
    np.save(made.with_suffix(".pure.npy" if engine == "pure" else ".numba.npy"), times)
    return said | {"failed": int(np.isfinite(times).sum())}


def _all_single(made: Path, engine: str, horizon_h: float) -> dict[str, float | int]:
    from verband.methods.depending.cascades.losses import hours_lost
    from verband.methods.depending.cascades.system import system_of_arrays

    said: dict[str, float | int] = {}
    with np.load(made) as kept:
        parts = {name: kept[name] for name in ("node", "count", "members", "k", "buffer_h")}
        system = system_of_arrays(int(kept["size"][0]), **parts)
    _ = system.plain
    hours_lost(_tiny(), horizon_h=horizon_h, engine=engine)
    with _clocked(said, "run_s"):
        found = hours_lost(system, horizon_h=horizon_h, engine=engine)
    return said | {"failed": int(found.fallen.sum()), "ticks": int(found.ticks.sum())}


def _tiny():  # type: ignore[no-untyped-def]
    """Two nodes, so that machine code is made before the clock runs."""
    from verband.methods.depending.cascades.system import system_of_arrays

    return system_of_arrays(2, node=[1], count=[1], members=[0], k=[1], buffer_h=[1.0])


def _by_networkx(made: Path) -> dict[str, float | int]:
    import networkx

    said: dict[str, float | int] = {}
    with np.load(made) as kept, _clocked(said, "build_s"):
        size, groups = int(kept["size"][0]), np.repeat(np.arange(len(kept["node"])), kept["count"])
        members, ends, buffer_h = kept["members"], kept["node"][groups], kept["buffer_h"][groups]
        # Of two edges between the same nodes a DiGraph keeps the last: the shortest must come last.
        order = np.argsort(-buffer_h, kind="stable")
        made_of = networkx.DiGraph()
        made_of.add_nodes_from(range(size))
        columns = (members[order].tolist(), ends[order].tolist(), buffer_h[order].tolist())
        made_of.add_weighted_edges_from(zip(*columns, strict=True))
        starts = kept["starts"].tolist()
    with _clocked(said, "run_s"):
        found = networkx.multi_source_dijkstra_path_length(made_of, starts)
    times = np.full(size, np.inf)
    times[list(found)] = list(found.values())
    np.save(made.with_suffix(".networkx.npy"), times)
    return said | {"failed": len(found)}


def _by_fixed_point(made: Path) -> dict[str, float | int]:
    said: dict[str, float | int] = {}
    with np.load(made) as kept:
        size, node, count, members = int(kept["size"][0]), kept["node"], kept["count"], kept["members"]
        need, buffer_h, starts = count - kept["k"], kept["buffer_h"], kept["starts"]
    opens = np.concatenate([[0], np.cumsum(count)[:-1]])
    first, last = members[opens], members[opens + count - 1]
    times = np.full(size, np.inf)
    times[starts] = 0.0
    with _clocked(said, "run_s"):
        while True:
            one, other = times[first], times[last]
            lost = np.where(need == 0, np.minimum(one, other), np.maximum(one, other)) + buffer_h
            after = times.copy()
            np.minimum.at(after, node, lost)
            if np.array_equal(after, times):
                break
            times = after
    np.save(made.with_suffix(".fixed_point.npy"), times)
    return said | {"failed": int(np.isfinite(times).sum())}


CHILDREN: dict[str, Callable[..., dict[str, float | int]]] = {
    "pure": lambda made: _propagated(made, "pure"),
    "numba": lambda made: _propagated(made, "fast"),
    "singles_pure": lambda made, horizon_h: _all_single(made, "pure", float(horizon_h)),
    "singles_numba": lambda made, horizon_h: _all_single(made, "fast", float(horizon_h)),
    "networkx": _by_networkx,
    "fixed_point": _by_fixed_point,
}

if __name__ == "__main__":
    print(json.dumps(CHILDREN[sys.argv[1]](Path(sys.argv[2]), *sys.argv[3:])))
