"""The whole of a large collection on DuckDB and on Spark: the same links, the same campaigns."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.columns import Tables, stream
from verband.methods.connecting import Campaign, Parameters, Result, connect_table
from verband.methods.connecting.columns import read, reports_of
from verband.methods.connecting.copies import heads
from verband.methods.connecting.large import COPIES, WINDOW, least_bans
from verband.methods.connecting.linking import Links, linked
from verband.methods.connecting.times import clock
from verband.methods.engine import ENGINES, Engine, Spark, engine, spark_is_here

COUNT, QUICK = 50_000, 3_000
PER_CAMPAIGN = 5_000


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """`links` and `groups` (campaigns and coincidences) of DuckDB, and on Spark: `links_apart`, links that only one of
    the two has; `groups_apart`, the same of groups as sets of incidents, in their order; `largest_difference`, of any
    bans, strength, p or e-value of a link or group. Without Java or PySpark the last three are missing.
    """
    made = stream(seed, QUICK if quick else COUNT, per_campaign=PER_CAMPAIGN)
    parameters = Parameters(seed=seed, replicates=2) if quick else Parameters(seed=seed)
    links, results = [], []
    for name in ENGINES if spark_is_here() else ENGINES[:1]:
        asked = engine(name)
        links.append(_links(made, parameters, asked))
        results.append(connect_table(made.evidence, made.incidents, parameters, engine=asked))
        if isinstance(asked, Spark):
            asked.stop()
    out: dict[str, float | int] = {
        "incidents": results[0].incidents,
        "links": len(links[0].a),
        "groups": len(results[0].campaigns) + len(results[0].coincidences),
        "proposed": len(results[0].campaigns),
    }
    if len(results) == len(ENGINES):
        out |= apart(*results)
        ours, theirs = (found.a * made.incidents.num_rows + found.b for found in links)
        out["links_apart"] = len(np.setxor1d(ours, theirs))
        if not out["links_apart"]:
            far = [np.abs(getattr(links[0], name) - getattr(links[1], name)).max() for name in ("bans", "near")]
            out["largest_difference"] = float(max(out["largest_difference"], *far))
    return out


def apart(ours: Result, theirs: Result) -> dict[str, float | int]:
    """Groups that only one of two results has at its place, and the largest difference of a figure of the others."""
    groups = [(*result.campaigns, *result.coincidences) for result in (ours, theirs)]
    same = [
        (a, b) for a, b in zip(*groups, strict=False) if a.incidents == b.incidents and len(a.links) == len(b.links)
    ]
    far = [float(np.abs(_figures(one) - _figures(other)).max()) for one, other in same]
    return {
        "groups_apart": max(len(one) for one in groups) - len(same),
        "largest_difference": max(far, default=0.0),
    }


def _links(made: Tables, parameters: Parameters, asked: Engine) -> Links:
    columns = read(made.evidence, made.incidents, parameters)
    reports = reports_of(columns, heads(columns, most=COPIES))
    least = least_bans(reports.count)
    spans = parameters.spans_days
    return linked(reports, clock(reports), engine=asked, spans_days=spans, least=least, window=WINDOW)


def _figures(group: Campaign) -> Any:
    weights = [link.bans for link in group.links]
    return np.array([group.bans, group.strength, group.p, group.e_value, *weights])
