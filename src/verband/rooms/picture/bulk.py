"""Many rows into the picture's tables at once: an object for each row would cost five times as much."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

_IN = 500

_RECORD = (
    "id",
    "source_id",
    "document_id",
    "thing_id",
    "key",
    "kind",
    "version",
    "event",
    "digest",
    "name",
    "summary",
    "about_start",
    "about_end",
    "about_precision",
    "certainty",
    "reliability",
    "credibility",
    "latitude",
    "longitude",
    "live",
    "evidence",
    "disputed",
    "marking_id",
    "line",
    "recorded_at",
    "replaced_at",
    "retain_until",
    "content",
)


@dataclass
class Batch:
    """Rows that wait to be written, by table, and the records that they replace."""

    things: list[tuple[Any, ...]] = field(default_factory=list)
    records: list[tuple[Any, ...]] = field(default_factory=list)
    names: list[tuple[Any, ...]] = field(default_factory=list)
    attributes: list[tuple[Any, ...]] = field(default_factory=list)
    links: list[tuple[Any, ...]] = field(default_factory=list)
    closed: list[tuple[int, int]] = field(default_factory=list)


def write(batch: Batch) -> None:
    """Write the rows; the caller holds the transaction."""
    with connection.cursor() as cursor:
        if batch.closed:
            cursor.executemany("UPDATE picture_record SET replaced_at = %s WHERE id = %s", batch.closed)
        _insert(cursor, "picture_thing", ("id", "stix_id", "kind"), batch.things)
        _insert(cursor, "picture_record", _RECORD, batch.records)
        _insert(cursor, "picture_name", ("record_id", "thing_id", "name", "folded"), batch.names)
        _insert(cursor, "picture_attribute", ("record_id", "name", "value", "stated"), batch.attributes)
        _insert(cursor, "picture_link", ("record_id", "kind", "source_thing_id", "target_thing_id"), batch.links)


def _insert(cursor: Any, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)  # noqa: S608


def select(query: str, values: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Rows of a query that ends in IN, for values in any number."""
    with connection.cursor() as cursor:
        for start in range(0, len(values), _IN):
            part = values[start : start + _IN]
            cursor.execute(f"{query} ({', '.join(['%s'] * len(part))})", part)
            yield from cursor.fetchall()


def highest_id(table: str) -> int:
    """The highest id in the table, 0 where it is empty."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {table}")  # noqa: S608
        return int(cursor.fetchone()[0])
