"""Streams of made-up incidents as tables, for the benchmark of scale: those of `streams`, larger and in columns.

Sector, country and means keep their 12, 60 and 40 values; how many values of infrastructure, malware and device there
are grows with the collection (300, 150 and 200 for each 2,000 incidents), as new names come up in a larger one. Five
years, 40 % missing, 13 domains, Zipf(1.1). One campaign of 8 incidents in 3 domains and 60 days is planted for each
10,000 incidents, from the same frequencies as the background.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.streams import DAYS, DOMAINS, MISSING, NAMES, SIZES, START, zipf

Ints = NDArray[np.int64]
GROWING = 3
"""Features, from the fourth on, whose number of values grows with the collection."""
USUAL = 2_000
PER_CAMPAIGN = 10_000
SIZE = 8
SPREAD_DAYS = 60.0


@dataclass(frozen=True)
class Tables:
    """Evidence and incidents as `connect_table` takes them, and the rows of each planted campaign."""

    evidence: Any
    incidents: Any
    planted: tuple[frozenset[int], ...]


def sizes(count: int) -> tuple[int, ...]:
    """How many values each feature has in a stream of so many incidents."""
    grown = max(1.0, count / USUAL)
    return tuple(size if place < GROWING else round(size * grown) for place, size in enumerate(SIZES))


def stream(seed: int, count: int, *, per_campaign: int = PER_CAMPAIGN) -> Tables:
    """A stream of `count` incidents, in an order that says nothing, with a campaign for each `per_campaign` of them."""
    rng = np.random.default_rng([seed, count])
    values = np.stack([rng.choice(size, count, p=zipf(size)) for size in sizes(count)], axis=1)
    values[rng.random(values.shape) < MISSING] = -1
    domain = rng.choice(DOMAINS, count, p=zipf(DOMAINS))
    time = rng.random(count) * DAYS
    members = rng.permutation(count)[: count // per_campaign * SIZE].reshape(-1, SIZE)
    for rows in members:
        profile = np.array([rng.choice(size, p=zipf(size)) for size in sizes(count)])
        values[rows] = np.where(rng.random((SIZE, len(SIZES))) < 0.6, profile, values[rows])
        domain[rows] = rng.choice(DOMAINS, 3, replace=False, p=zipf(DOMAINS))[np.arange(SIZE) % 3]
        time[rows] = rng.random() * (DAYS - SPREAD_DAYS) + rng.random(SIZE) * SPREAD_DAYS
    return Tables(_evidence(values), _incidents(domain, time), tuple(frozenset(rows.tolist()) for rows in members))


def _evidence(values: Ints) -> Any:
    row, feature = np.nonzero(values >= 0)
    highest = int(values.max(initial=0)) + 1
    slot, code = np.unique(feature * highest + values[row, feature], return_inverse=True)
    names = [f"{NAMES[number // highest]}-{number % highest}" for number in slot.tolist()]
    return pa.table(
        {
            "incident": row,
            "feature": pa.DictionaryArray.from_arrays(feature.astype(np.int32), list(NAMES)).cast(pa.string()),
            "value": pa.DictionaryArray.from_arrays(code.astype(np.int32), names).cast(pa.string()),
            "record": pa.array(row).cast(pa.string()),
        }
    )


def _incidents(domain: Ints, time: NDArray[np.float64]) -> Any:
    names = [f"domain-{number}" for number in range(DOMAINS)]
    return pa.table(
        {
            "domain": pa.DictionaryArray.from_arrays(domain.astype(np.int32), names).cast(pa.string()),
            "start": START + time,
            "end": START + time,
        }
    )
