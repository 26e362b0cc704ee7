"""Streams with no campaign in them, of four kinds: how many raise one at FDR .05."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor

from scipy.stats import beta

from benchmarks.streams import KINDS, empty_stream
from verband.methods.connecting import Parameters, connect

STREAMS = 200
QUICK = 8


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """Streams, how many raise any campaign, the share of it with its exact 95 % interval; also per kind.

    Three of the four kinds do not fit the null that shuffled dates stand for: copies, news and habits stay in the real
    world where a shuffle takes them apart.
    """
    count = QUICK if quick else STREAMS
    jobs = [(seed * 1_000_003 + number, KINDS[number % len(KINDS)]) for number in range(count)]
    with ProcessPoolExecutor(max_workers=min(2, os.cpu_count() or 1)) as pool:
        raised = list(pool.map(_raises, jobs))
    total = sum(raised)
    out: dict[str, float | int] = {
        "streams": count,
        "raised": total,
        "raised_share": round(total / count, 4),
        "lower95": round(1.0 - clopper_pearson_upper(count - total, count), 4),
        "upper95": round(clopper_pearson_upper(total, count), 4),
    }
    for place, kind in enumerate(KINDS):
        out[f"raised_{kind}"] = sum(raised[place :: len(KINDS)])
    return out


def clopper_pearson_upper(hits: int, count: int) -> float:
    """Upper end of the two-sided exact 95 % interval of a share. Source: Clopper & Pearson 1934."""
    return 1.0 if hits == count else float(beta.ppf(0.975, hits + 1, count - hits))


def _raises(job: tuple[int, str]) -> int:
    seed, kind = job
    return int(bool(connect(empty_stream(seed, kind).incidents, Parameters(seed=seed)).campaigns))
