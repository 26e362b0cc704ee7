"""Campaigns of 3 to 20 incidents over 1 to 5 domains, with jitter, a false flag and a copycat: how many are found."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from benchmarks.connect_plant import exact_match, is_found, origins
from benchmarks.streams import planted_stream
from verband.methods.connecting import Parameters, connect

STREAMS = {3: 20, 4: 100, 6: 20, 8: 60, 12: 20, 20: 20}
"""Streams of each size of campaign: most for the two that have a bar."""
QUICK = {4: 2, 8: 2}
CONTRADICTING = 40
"""Streams of 8 in which members state other values where they do not carry the campaign's: the harder reading."""
DOMAINS = 5


@dataclass(frozen=True)
class _Job:
    seed: int
    size: int
    domains: int
    contradicts: bool = False


@dataclass(frozen=True)
class _Seen:
    """One stream: whether the campaign was found and how much of it; false share of what was proposed."""

    size: int
    found: bool
    recall: float
    false_share: float
    baseline: bool


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """Found per size, recall of the campaigns of 8 that were found, the realised false discovery rate over all streams.

    `fdr_realised` is the mean over streams of the share of proposals of which fewer than half is planted (0 where
    nothing is proposed). `baseline_found_n8`: what the exact-match rule finds.
    """
    wanted = QUICK if quick else STREAMS
    jobs = [
        _Job(seed * 1_000_003 + size * 10_007 + number, size, 1 + number % min(DOMAINS, size))
        for size, count in wanted.items()
        for number in range(count)
    ]
    harder = [
        _Job(seed * 1_000_003 + 500_009 + number, 8, 1 + number % DOMAINS, contradicts=True)
        for number in range(0 if quick else CONTRADICTING)
    ]
    with ProcessPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        every = list(_shown(pool.map(_one, [*jobs, *harder], chunksize=4), of=len(jobs) + len(harder)))
    seen, contradicted = every[: len(jobs)], every[len(jobs) :]
    out: dict[str, float | int] = {"streams": len(seen)}
    for size in wanted:
        out[f"found_n{size}"] = _share(one.found for one in seen if one.size == size)
    recalls = [one.recall for one in seen if one.size == 8 and one.found]
    out["recall_n8"] = round(sum(recalls) / max(1, len(recalls)), 4)
    out["fdr_realised"] = round(sum(one.false_share for one in seen) / len(seen), 4)
    out["baseline_found_n8"] = _share(one.baseline for one in seen if one.size == 8)
    if contradicted:
        out["found_n8_contradicting"] = _share(one.found for one in contradicted)
    return out


def _shown(ended: Iterable[_Seen], *, of: int) -> Iterator[_Seen]:
    """The same, with how far it is on the error stream: the whole takes most of an hour."""
    for number, one in enumerate(ended, 1):
        print(f"\r{number} of {of} streams", end="", file=sys.stderr, flush=True)
        yield one
    print(file=sys.stderr)


def _share(hits: Iterable[bool]) -> float:
    listed: Sequence[bool] = list(hits)
    return round(sum(listed) / max(1, len(listed)), 4)


def _one(job: _Job) -> _Seen:
    seed, size = job.seed, job.size
    stream = planted_stream(seed, size=size, domains=job.domains, decoys=True, contradicts=job.contradicts)
    proposed = [origins(stream, one.incidents) for one in connect(stream.incidents, Parameters(seed=seed)).campaigns]
    planted = stream.planted[0]
    false = sum(2 * len(group & planted) < len(group) for group in proposed)
    return _Seen(
        size=size,
        found=is_found(proposed, planted),
        recall=max((len(group & planted) for group in proposed), default=0) / size,
        false_share=false / max(1, len(proposed)),
        baseline=is_found([origins(stream, group) for group in exact_match(stream)], planted),
    )
