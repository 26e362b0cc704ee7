"""Connecting 10,000, 100,000 and a million incidents: time, memory, growth, and an incident that is added."""

from __future__ import annotations

import json
import sys
import time
from math import log

import numpy as np

from benchmarks import contender
from benchmarks.columns import Tables, stream
from verband.methods.connecting import Evidence, Incident, Parameters, Result, connect_table
from verband.methods.connecting.incremental import Postings
from verband.methods.connecting.large import LEAST_BANS, WINDOW

SIZES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
ADDED = 50


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """CPU seconds of the whole child (the making of the stream and all shuffled worlds included) and its peak, for each
    size; `exponent`: slope of log CPU over log size; `add_one_ms`: median for one of the last 50 incidents, added to
    100,000 that are already linked; `found_share`: planted campaigns of which a proposal holds three quarters and at
    most a quarter others.
    """
    out: dict[str, float | int] = {}
    for name, count in SIZES.items():
        if quick and name != "10k":
            continue
        run = contender.run_python(["-m", "benchmarks.connect_scale", "whole", str(count), str(seed)])
        out[f"cpu_s_{name}"] = round(run.cpu_s, 2)
        out[f"peak_mib_{name}"] = round(run.peak_mib, 1)
        out |= {f"{key}_{name}": value for key, value in run.value.items()}
    if not quick:
        sizes = np.log(list(SIZES.values()))
        out["exponent"] = round(float(np.polyfit(sizes, [log(out[f"cpu_s_{name}"]) for name in SIZES], 1)[0]), 3)
        out |= contender.run_python(["-m", "benchmarks.connect_scale", "one", str(SIZES["100k"]), str(seed)]).value
    return out


def whole(tables: Tables, seed: int) -> dict[str, float | int]:
    """Found share, proposals and how many of these are false, of one run over the stream."""
    result = connect_table(tables.evidence, tables.incidents, Parameters(seed=seed))
    return scored(result, tables)


def scored(result: Result, tables: Tables) -> dict[str, float | int]:
    """What a run found of what was planted."""
    groups = [frozenset(campaign.incidents) for campaign in result.campaigns]
    found = sum(
        any(4 * len(group & rows) >= 3 * len(rows) and 4 * len(group - rows) <= len(rows) for group in groups)
        for rows in tables.planted
    )
    false = sum(all(2 * len(group & rows) < len(group) for rows in tables.planted) for group in groups)
    return {"found_share": round(found / max(1, len(tables.planted)), 4), "proposed": len(groups), "false": false}


def one(tables: Tables) -> dict[str, float | int]:
    """Median milliseconds of CPU for the links of one incident more."""
    postings = Postings(Parameters(), least=LEAST_BANS, window=WINDOW)
    incidents = _incidents(tables)
    for incident in incidents[:-ADDED]:
        postings.take(incident)
    took, links = [], 0
    for incident in incidents[-ADDED:]:
        start = time.process_time()
        links += len(postings.add(incident).a)
        took.append(1000 * (time.process_time() - start))
    return {"add_one_ms": round(float(np.median(took)), 3), "add_one_most_ms": round(max(took), 3), "add_links": links}


def _incidents(tables: Tables) -> list[Incident]:
    stated: list[list[Evidence]] = [[] for _ in range(tables.incidents.num_rows)]
    columns = (tables.evidence.column(name).to_pylist() for name in ("incident", "feature", "value", "record"))
    for row, feature, value, record in zip(*columns, strict=True):
        stated[row].append(Evidence(feature, value, record))
    columns = (tables.incidents.column(name).to_pylist() for name in ("domain", "start", "end"))
    return [
        Incident(str(number), domain, start, end, evidence=tuple(stated[number]))
        for number, (domain, start, end) in enumerate(zip(*columns, strict=True))
    ]


if __name__ == "__main__":
    _, what, size, number = sys.argv
    made = stream(int(number), int(size))
    print(json.dumps(whole(made, int(number)) if what == "whole" else one(made)))
