"""Groupings that a court, a service or an official statement made of the public incidents: which of them come back.

The method never sees the groupings. It reads date, place, country, domain, means, target, sector, words of texts but
none of actors, and of `shared_features` seven keys; `_plain` figures do without those. Empty streams hold the same rows
with what goes together in them dealt anew (`thin_streams`).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.known_groupings import linked_rows, read_truth, scores
from benchmarks.known_power import counts, power
from benchmarks.thin_streams import KINDS, stream
from verband.methods.connecting import Incident, Parameters, Result, connect

FDR = 0.10
STREAMS, QUICK_STREAMS = 100, 2
SHARED = ("malware", "vulnerability", "vessel", "infrastructure", "technique", "device", "modus")


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """Figures with and (`_plain`) without shared_features at FDR .10; recovered groupings of the press and patterns.

    `showable`: official groupings that could have stood, and why the others could not; `provable`: those that a test of
    dates could prove to somebody who knew them (`known_power`). `raised_KIND`: share of thin streams without a campaign
    in which one is proposed.
    """
    incidents, truth = linked_rows(), read_truth()
    out: dict[str, float | int] = {}
    for name, without in (("", ()), ("_plain", SHARED)):
        result = proposed(incidents, seed, without=without)
        found = scores(incidents, result, truth) | counts(power(incidents, result, truth))
        out.update({f"{key}{name}": value for key, value in found.items()})
    out["streams"] = QUICK_STREAMS if quick else STREAMS
    for number, kind in enumerate(KINDS):
        raised = [_raised(incidents, seed, number, place, kind) for place in range(int(out["streams"]))]
        out[f"raised_{kind}"] = round(sum(raised) / len(raised), 4)
    return out


def _raised(incidents: Sequence[Incident], seed: int, number: int, place: int, kind: str) -> bool:
    empty = stream(incidents, kind=kind, rng=np.random.default_rng([seed, number, place]))
    return bool(proposed(empty, seed).campaigns)


def proposed(incidents: Sequence[Incident], seed: int, *, without: tuple[str, ...] = ()) -> Result:
    """The run at the rate of the benchmark, without the features `without`."""
    return connect(incidents, Parameters(seed=seed, fdr=FDR, exclude_features=without))
