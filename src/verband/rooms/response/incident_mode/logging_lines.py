"""The log of an intervention: append-only. Each line has a digest over itself and the line before it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from verband.language.records import json_bytes
from verband.rooms.audit import services as audit
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping
from verband.rooms.response.incident_mode import modes
from verband.rooms.response.incident_mode.models import LogLine, Mode

_START = "0" * 64


def append(key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> LogLine:
    """Add a line: `kind`, `text`, `happened_at` (empty for now), `source`, `marking`.

    What was wrong gets a line of the kind `correction`; no line is changed. Raises InputError("mode.closed"),
    ("mode.moment"), ("mode.future") and `keeping`'s.
    """
    demand(who, keeping.CARRY_OUT)
    kind = keeping.chosen("kind", values.get("kind", ""), "incident_log_kinds")
    text = keeping.filled("text", values.get("text", ""))
    source = keeping.filled("source", values.get("source", ""))
    refuse_contact(who, text=text, source=source)
    happened_at = modes.moment("happened_at", values.get("happened_at", ""), now)
    with transaction.atomic():
        row = modes.locked(key, who)
        marking = keeping.marked(values.get("marking", ""), (row.marking.value(),), who)
        last = row.lines.order_by("-number").first()
        line = LogLine(
            mode=row,
            number=last.number + 1 if last else 1,
            kind=kind,
            text=text,
            happened_at=happened_at,
            previous=last.digest if last else _START,
            source=source,
            person=who.username,
            marking=keeping.marking_row(marking),
            kept_by=who.signature,
            kept_at=int(now.timestamp()),
        )
        line.digest = digest_of(line)
        line.save()
        detail = {"kind": kind, "sha256": line.digest, "marking": marking.words()}
        audit.note("line of an intervention kept", actor=who.signature, object=modes.about(row), detail=detail)
    return line


def intact(row: Mode) -> bool:
    """Whether no line was changed, taken out or put in between, whoever may see them."""
    previous = _START
    for at, line in enumerate(row.lines.order_by("number"), start=1):
        if line.number != at or line.previous != previous or line.digest != digest_of(line):
            return False
        previous = line.digest
    return True


def digest_of(line: LogLine) -> str:
    """The digest of a line: over its number, words, moments, source and author, and the digest before it."""
    fields = [line.number, line.kind, line.text, line.happened_at, line.source, line.kept_by, line.kept_at]
    return hashlib.sha256(json_bytes([*fields, line.previous])).hexdigest()
