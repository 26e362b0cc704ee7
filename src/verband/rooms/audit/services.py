"""Append to the log, read it, and check that nobody altered it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from verband.language.records import json_bytes
from verband.rooms.audit.models import Entry, Head

_START = "0" * 64
_LOCK = 7_202_601


@dataclass(frozen=True)
class Verdict:
    """Whether the chain holds, how many entries it has, and where it breaks first."""

    intact: bool
    entries: int
    broken_at: int | None = None
    reason: str = ""


def note(action: str, *, actor: str, object: str = "", detail: Mapping[str, Any] | None = None) -> int:
    """Add an entry inside the caller's transaction, or in one of its own; its number.

    An entry and the write it tells of stand or fall together. Two writers wait for each other.
    """
    with transaction.atomic():
        _lock()
        head = Head.objects.filter(pk=1).first()
        number, previous = (head.number + 1, head.digest) if head else (1, _START)
        entry = Entry(
            number=number,
            at=datetime.now(UTC).replace(microsecond=0),
            actor=actor[:200],
            action=action,
            object=object[:300],
            detail=json_bytes(detail or {}).decode(),
            previous=previous,
        )
        entry.digest = _digest(entry)
        entry.save(force_insert=True)
        Head.objects.update_or_create(pk=1, defaults={"number": number, "digest": entry.digest})
    return number


def verify() -> Verdict:
    """Read the whole log and recompute every digest; the first entry that does not fit breaks the chain.

    Checked are: numbers without a gap, each `previous` equal to the digest before, each digest equal to the fields,
    and the last entry equal to the head.
    """
    previous, expected, count = _START, 1, 0
    try:
        for entry in Entry.objects.order_by("number").iterator(chunk_size=2000):
            if entry.number != expected:
                return Verdict(False, count, expected, "missing")
            if entry.previous != previous or entry.digest != _digest(entry):
                return Verdict(False, count, entry.number, "altered")
            previous, expected, count = entry.digest, expected + 1, count + 1
    except (ValueError, TypeError, AttributeError):
        # What was written over a field cannot even be read as one.
        return Verdict(False, count, expected, "altered")
    head = Head.objects.filter(pk=1).first()
    if head is None:
        return Verdict(count == 0, count, None if count == 0 else 1, "" if count == 0 else "head missing")
    if head.number != count or head.digest != previous:
        return Verdict(False, count, count + 1, "cut")
    return Verdict(True, count)


def entries(*, action: str = "", actor: str = "", newest: int = 200) -> Iterator[Entry]:
    """The newest entries, newest first, of one action or actor where given."""
    found = Entry.objects.order_by("-number")
    if action:
        found = found.filter(action=action)
    if actor:
        found = found.filter(actor=actor)
    yield from found[:newest]


def actions() -> list[str]:
    """Every kind of act in the log, by name."""
    return list(Entry.objects.order_by("action").values_list("action", flat=True).distinct())


def _digest(entry: Entry) -> str:
    moment = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    fields = [entry.number, moment, entry.actor, entry.action, entry.object, entry.detail, entry.previous]
    return hashlib.sha256(json_bytes(fields)).hexdigest()


def _lock() -> None:
    """SQLite's write transactions exclude each other already; PostgreSQL's wait here."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
