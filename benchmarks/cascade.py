"""Cascades: failure times of a million nodes, every single failure of ten thousand, and networkx on what it can do.

The made-up graph follows the definitions: 1-3 groups for each node, of 1-2 members, buffers lognormal with median 4 h,
5 % of the edges forward so that there are cycles, 1 % of the nodes fail at hour 0. Members are any earlier node (any
later one for a forward edge); the first thousandth of the nodes need nothing, since every network begins somewhere. k
is uniform in two ways, and both are measured: the same (one) in every group, which carries the bars, and drawn
uniformly from 1 to n for each group (`drawn_k_...`), in which nearly everything fails and a single failure takes
thousands along.

networkx has no groups: it is compared on the graph in which every member is needed, where the failure time is a
shortest path. Both start from the same arrays in a file, and their times are compared first. `python -m
benchmarks.cascading WHAT FILE` is a child; times named `_s` are CPU seconds of the computation in it, arrays built and
machine code made before; `speedup_networkx_1e5` is of all CPU of the two children, from the start of Python to the end,
the least of five runs of each.
"""

from __future__ import annotations

import tempfile
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.contender import Outcome, run_python

SIZES = {"1e5": 100_000, "1e6": 1_000_000}
SINGLES, SPREAD, MEDIAN_H, FORWARD, FAILING = 10_000, 1.0, 4.0, 0.05, 0.01
#: One in so many nodes needs nothing, and these come first.
ROOTS = 1_000
Arrays = dict[str, npt.NDArray[np.float64] | npt.NDArray[np.int32]]


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """The keys of the bars, the same for a drawn k, how many nodes failed, memory, and how long compiling took.

    Quick leaves out the million and the drawn k of single failures. Figures of a package that is not installed are
    missing.
    """
    out: dict[str, float | int] = {}
    fast = find_spec("numba") is not None
    with tempfile.TemporaryDirectory() as folder:
        files = Path(folder)
        out |= _against_networkx(files, seed, times=1 if quick else 5)
        out |= _against_the_definition(files, seed, fast=fast)
        if not quick:
            for prefix, drawn in (("", False), ("drawn_k_", True)):
                out |= _millions(files, seed, prefix=prefix, drawn=drawn, fast=fast)
        out |= _singles(files, seed, prefix="", drawn=False, fast=fast)
        if not quick:
            out |= _singles(files, seed, prefix="drawn_k_", drawn=True, fast=fast)
    return out


def graph(size: int, seed: int, *, drawn: bool = False, everyone: bool = False) -> Arrays:
    """The arrays of `system_of_arrays`, and which nodes fail at hour 0. `everyone`: all of a group are needed."""
    rng = np.random.default_rng([seed, size])
    groups = rng.integers(1, 4, size)
    groups[: max(3, size // ROOTS)] = 0
    node = np.repeat(np.arange(size), groups)
    count = rng.integers(1, 3, len(node))
    uniform = rng.integers(1, count + 1)
    k = count if everyone else uniform if drawn else np.ones_like(count)
    buffer_h = rng.lognormal(np.log(MEDIAN_H), SPREAD, len(node))
    ends = np.repeat(node, count)
    forward = (rng.random(len(ends)) < FORWARD) & (ends < size - 3)
    low, wide = np.where(forward, ends + 1, 0), np.where(forward, size - 1 - ends, ends)
    members = low + (rng.random(len(ends)) * wide).astype(np.int64)
    second = (
        np.flatnonzero(np.repeat(np.arange(len(node)), count)[1:] == np.repeat(np.arange(len(node)), count)[:-1]) + 1
    )
    same = second[members[second] == members[second - 1]]
    members[same] = low[same] + (members[same] - low[same] + 1) % wide[same]
    starts = np.flatnonzero(rng.random(size) < FAILING)
    whole = {"size": np.array([size]), "node": node, "count": count, "members": members, "k": k, "starts": starts}
    return {**{name: part.astype(np.int32) for name, part in whole.items()}, "buffer_h": buffer_h}


def _against_networkx(files: Path, seed: int, *, times: int) -> dict[str, float | int]:
    if find_spec("networkx") is None:
        return {}
    made = _written(files / "all_needed.npz", graph(SIZES["1e5"], seed, everyone=True))
    runs = {name: [_child(name, made) for _ in range(times)] for name in ("pure", "networkx")}
    # The least disturbed of each: the start of a process is the larger part of ours.
    ours, theirs = (min(found, key=lambda one: one.cpu_s) for found in runs.values())
    assert np.array_equal(_times(made, "pure"), _times(made, "networkx")), "networkx gives other failure times"
    return {
        "speedup_networkx_1e5": round(theirs.cpu_s / ours.cpu_s, 2),
        "end_to_end_s_1e5": round(ours.cpu_s, 3),
        "networkx_end_to_end_s_1e5": round(theirs.cpu_s, 3),
        "networkx_build_s_1e5": theirs.value["build_s"],
        "networkx_run_s_1e5": theirs.value["run_s"],
        "all_needed_failed_1e5": ours.value["failed"],
    }


def _against_the_definition(files: Path, seed: int, *, fast: bool) -> dict[str, float | int]:
    """Groups of k of n, which networkx lacks: our engines against the definition repeated until nothing changes."""
    out: dict[str, float | int] = {}
    for prefix, drawn in (("", False), ("drawn_k_", True)):
        made = _written(files / f"{prefix}groups.npz", graph(SIZES["1e5"], seed, drawn=drawn))
        for engine in ("pure", "numba", "fixed_point") if fast else ("pure", "fixed_point"):
            ended = _child(engine, made)
            assert np.array_equal(_times(made, engine), _times(made, "pure")), f"{engine} gives other failure times"
            out[f"{prefix}{engine}_s_1e5"] = ended.value["run_s"]
        out[f"{prefix}failed_1e5"] = ended.value["failed"]
    return out


def _millions(files: Path, seed: int, *, prefix: str, drawn: bool, fast: bool) -> dict[str, float | int]:
    made = _written(files / f"{prefix}million.npz", graph(SIZES["1e6"], seed, drawn=drawn))
    out: dict[str, float | int] = {}
    peak_mib = 0.0
    for engine in ("pure", "numba") if fast else ("pure",):
        ended = _child(engine, made)
        out[f"{prefix}{engine}_s_1e6"] = ended.value["run_s"]
        out[f"{prefix}{engine}_build_s_1e6"] = ended.value["build_s"]
        peak_mib = max(peak_mib, ended.peak_mib)
        out[f"{prefix}failed_1e6"] = ended.value["failed"]
        assert np.array_equal(_times(made, engine), _times(made, "pure"))
    made.unlink()
    return out | {f"{prefix}peak_mib_1e6": round(peak_mib, 1)}


def _singles(files: Path, seed: int, *, prefix: str, drawn: bool, fast: bool) -> dict[str, float | int]:
    """Every single failure without a horizon, so that every cascade runs to its end; of a drawn k within 72 hours."""
    made = _written(files / f"{prefix}single.npz", graph(SINGLES, seed, drawn=drawn))
    out: dict[str, float | int] = {}
    answers = []
    for engine in ("pure", "numba") if fast else ("pure",):
        ended = _child("singles_" + engine, made, "72" if drawn else "100000")
        out[f"{prefix}all_single_{engine}_s"] = ended.value["run_s"]
        out[f"{prefix}all_single_failed"] = ended.value["failed"]
        answers.append((ended.value["failed"], ended.value["ticks"]))
    assert len(set(answers)) == 1, "pure and numba lose other hours"
    return out


def _written(file: Path, arrays: Arrays) -> Path:
    np.savez(file, allow_pickle=False, **arrays)
    return file


def _child(what: str, made: Path, *arguments: str) -> Outcome:
    return run_python(["-m", "benchmarks.cascading", what, str(made), *arguments], environment={"OMP_NUM_THREADS": "1"})


def _times(made: Path, what: str) -> npt.NDArray[np.float64]:
    return np.load(made.with_suffix(f".{what}.npy"))
