"""Links between reports by the engine: the weights of `pairs`, as one query over tables.

Without a window every two reports that share a value are looked at. With one, only those that are at most so many days
apart, and a value that occurs too often within it joins nobody there: so the work grows with the collection and not
with its square.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import log, pi
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from verband.methods.engine import Engine, Question

from .pairs import LEAST_SHARE, SAME_SOURCE, Pairs, match_bans, mismatch_bans, most_carriers
from .reports import Reports
from .times import Clock

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LINKS = Question(__package__, "links")
EVER = 1e9
"""Days within which everything lies."""


@dataclass(frozen=True)
class Window:
    """`days` between two reports at most; a value that more than `most` reports of so many days carry joins nobody."""

    days: float
    most: int


@dataclass(frozen=True)
class Links:
    """Linked reports a < b in ascending order; `bans` of their features, `near` of their dates."""

    a: Ints
    b: Ints
    bans: Floats
    near: Floats

    @property
    def pairs(self) -> Pairs:
        """The links without their dates."""
        return Pairs(self.a, self.b, self.bans)


def linked(
    reports: Reports,
    times: Clock,
    *,
    engine: Engine,
    spans_days: tuple[float, ...],
    least: float,
    window: Window | None = None,
) -> Links:
    """Links whose features together give `least` bans (0 or more), in this world's dates.

    With a window, reports whose date is unknown or vague have no links. Raises ValueError for a negative `least`.
    """
    if least < 0:
        raise ValueError("links are asked for from 0 bans on")
    return answered(fixed(reports, spans_days) | dated(times, stated(reports), window), engine, least, window)


def answered(relations: Mapping[str, Any], engine: Engine, least: float, window: Window | None) -> Links:
    """The links in tables that `fixed` and `dated` made."""
    count = relations["reports"].num_rows
    table = engine.answer(
        LINKS,
        relations=relations,
        parameters={
            "most": window.most if window else most_carriers(count),
            "window": window.days if window else EVER,
            "least": float(least),
            "same_source": SAME_SOURCE,
            "tau": 2 * pi,
            "ln10": log(10.0),
            "floor": LEAST_SHARE,
        },
    )
    a, b, bans, near = (table.column(name).to_numpy() for name in ("a", "b", "bans", "near"))
    return Links(a, b, bans, near)


def fixed(reports: Reports, spans_days: tuple[float, ...]) -> dict[str, Any]:
    """The tables that stay the same in every world: values, what differing costs, documents and spans."""
    rows = np.repeat(np.arange(reports.count), np.diff(reports.carries.indptr))
    columns = reports.carries.indices.astype(np.int64)
    block = np.zeros(len(reports.rarity), dtype=np.int64)
    for number, part in enumerate(reports.blocks):
        block[part] = number
    lost = mismatch_bans(reports)
    masks = np.arange(2 ** len(lost), dtype=np.int64)
    together = ((masks[:, None] >> np.arange(len(lost))) & 1) @ lost if len(lost) else np.zeros(1)
    report, document = _documents(reports)
    return {
        "carries": pa.table(
            {"report": rows, "value": columns, "block": block[columns], "bans": match_bans(reports)[columns]}
        ),
        "lost": pa.table({"block": np.arange(len(lost), dtype=np.int64), "bans": lost}),
        "lost_together": pa.table({"stated": masks, "bans": together}),
        "documents": pa.table({"report": report, "document": document}),
        "spans": pa.table({"days": np.array(spans_days, dtype=np.float64)}),
    }


def stated(reports: Reports) -> Ints:
    """For each report the blocks that it states, as bits."""
    weight = (1 << np.arange(len(reports.blocks))).astype(np.int64)
    return np.asarray(weight @ reports.stated.astype(np.int64), dtype=np.int64).reshape(-1)


def dated(times: Clock, masks: Ints, window: Window | None) -> dict[str, Any]:
    """The tables of one world: when each report is dated, and which buckets of time lie beside each other."""
    bucket = buckets(times, window.days) if window else np.zeros(len(masks), dtype=np.int64)
    unknown = np.isnan(times.middle)
    return {
        "reports": pa.table(
            {
                "report": np.arange(len(masks), dtype=np.int64),
                "bucket": pa.array(bucket, mask=unknown if window else None),
                "middle": pa.array(times.middle, mask=unknown),
                "width": pa.array(times.width, mask=unknown),
                "log_density": pa.array(times.log_density, mask=unknown),
                "stated": masks,
            }
        ),
        "steps": pa.table({"step": np.array([-1, 0, 1] if window else [0], dtype=np.int64)}),
    }


def buckets(times: Clock, days: float) -> Ints:
    """The window in which each report falls; 0 where undated."""
    return np.where(np.isnan(times.middle), 0.0, np.nan_to_num(times.middle) // days).astype(np.int64)


def too_often(reports: Reports, times: Clock, window: Window) -> Ints:
    """Values, by column, that somewhere occur so often within a window that they join nobody there."""
    rows = np.repeat(np.arange(reports.count), np.diff(reports.carries.indptr))
    known = ~np.isnan(times.middle[rows])
    bucket = buckets(times, window.days)
    first = int(bucket.min(initial=0))
    width = int(bucket.max(initial=0)) - first + 1
    slot = reports.carries.indices[known].astype(np.int64) * width + bucket[rows[known]] - first
    found, many = np.unique(slot, return_counts=True)
    return np.unique(found[many > window.most] // width)


def _documents(reports: Reports) -> tuple[Ints, Ints]:
    """Reports and documents, for each document that stands behind more than one."""
    pairs = [(row, document) for row, found in enumerate(reports.sources) for document in sorted(found)]
    where = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    many = np.bincount(where[:, 1]) if len(where) else np.zeros(0, dtype=np.int64)
    where = where[many[where[:, 1]] > 1] if len(where) else where
    return where[:, 0].copy(), where[:, 1].copy()
