"""Rows of commitments into the room: each once, changed ones as a new version beside the old one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, VerbandError
from verband.language.markings import Marking
from verband.language.records import json_bytes
from verband.rooms.audit import services as audit
from verband.rooms.measures.kinds import covered, kind, kinds
from verband.rooms.measures.models import Commitment, Coverage, Measure
from verband.rooms.people.services import Reader, demand, installation
from verband.rooms.picture import services as picture

_OWNER_BASES = ("stated", "inferred")


class CommitmentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment as its source states it. `line` counts in the source's text; `anchor_nl` helps to find it there.

    `interests` is what the row itself names; where it names none, accent and theme say it (a reading).
    `*_verified` is False where accent or theme are our own reading.
    """

    key: str
    kind: str
    title_nl: str
    title_en: str
    owner: str
    owner_basis: str
    accent: str
    source_nl: str
    source_en: str
    co_owners: tuple[str, ...] = ()
    owed_to_parliament: str = "none"
    papers: tuple[str, ...] = ()
    stated_on: str = ""
    due_as_stated: str = ""
    status_as_stated: str = ""
    theme: str = ""
    theme_verified: bool = False
    accent_verified: bool = False
    interests: tuple[str, ...] = ()
    marking: str = "CLEAR"
    source_number: str = ""
    section: str = ""
    line: int | None = None
    anchor_nl: str = ""
    note: str = ""


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that did not come in: its key and the sentence that says why."""

    key: str
    reason: str


class Loaded(msgspec.Struct, frozen=True):
    """What became of the rows: in = new + changed + unchanged + refused. `measures` = how many are measures as well."""

    new: int
    changed: int
    unchanged: int
    measures: int
    refused: tuple[RefusedRow, ...]


def measure_key(commitment: str) -> str:
    """The key of the measure that a commitment is as well: COM-001 -> MEA-001."""
    _, found, number = commitment.partition("-")
    return f"MEA-{number if found else commitment}"


def load(rows: Iterable[CommitmentRow], *, who: Reader, now: datetime) -> Loaded:
    """Store commitments, and beside them the measures that they are as well, in one transaction.

    A row that is there with the same content is unchanged; one with other content closes the version before. A row with
    an unknown word or a marking above the installation's ceiling is refused, with the reason, and the others come in.

    Raises RefusedError("people.no_power").
    """
    demand(who, "upload")
    counts = {"new": 0, "changed": 0, "unchanged": 0}
    refused: list[RefusedRow] = []
    measures = 0
    with transaction.atomic():
        for row in rows:
            try:
                clean = _checked(row)
            except VerbandError as error:
                refused.append(RefusedRow(row.key, str(error)))
                continue
            counts[_store(clean, int(now.timestamp()))] += 1
            measures += kinds()[clean.kind].measure
        if counts["new"] or counts["changed"] or refused:
            detail = {**counts, "refused": [row.key for row in refused]}
            audit.note("commitments loaded", actor=who.signature, detail=detail)
    return Loaded(**counts, measures=measures, refused=tuple(refused))


def _checked(row: CommitmentRow) -> CommitmentRow:
    """The row with its words resolved. Each measure has one accent, or `generic` (R107)."""
    for field in ("key", "title_nl", "title_en", "owner", "source_en"):
        if not getattr(row, field).strip():
            raise InputError("measures.empty", field=field, key=row.key)
    if row.owner_basis not in _OWNER_BASES:
        raise InputError("measures.owner_basis", word=row.owner_basis, key=row.key)
    marking = Marking(row.marking.upper().removeprefix("TLP:"))
    if not installation().admits(marking):
        raise InputError("ingest.above_ceiling", marking=marking.words())
    return msgspec.structs.replace(
        row,
        kind=kind(row.kind),
        accent=catalogue("accents").resolve(row.accent).key,
        theme=catalogue("themes").resolve(row.theme).key if row.theme else "",
        interests=tuple(catalogue("interests").resolve(word).key for word in row.interests),
        marking=marking.tlp,
    )


def _store(row: CommitmentRow, moment: int) -> str:
    digest = hashlib.sha256(json_bytes(msgspec.to_builtins(row))).hexdigest()
    before = Commitment.objects.filter(key=row.key, replaced_at=None).first()
    if before is not None and before.digest == digest:
        return "unchanged"
    if before is not None:
        Commitment.objects.filter(pk=before.pk).update(replaced_at=moment)
        Measure.objects.filter(key=before.measure_key, replaced_at=None).update(replaced_at=moment)
    is_measure = kinds()[row.kind].measure
    shared = _shared(row, digest, moment)
    if is_measure:
        _store_measure(row, shared)
    Commitment.objects.create(
        **shared,
        key=row.key,
        owed_to_parliament=row.owed_to_parliament,
        papers=list(row.papers),
        theme=row.theme,
        theme_verified=row.theme_verified,
        measure_key=measure_key(row.key) if is_measure else "",
    )
    return "new" if before is None else "changed"


def _store_measure(row: CommitmentRow, shared: dict[str, Any]) -> None:
    made = Measure.objects.create(**shared, key=measure_key(row.key))
    interests = row.interests or covered(row.accent, row.theme)
    verified = bool(row.interests) and row.theme_verified
    Coverage.objects.bulk_create(
        Coverage(measure=made, interest=interest, theme=row.theme, verified=verified) for interest in interests or ("",)
    )


def _shared(row: CommitmentRow, digest: str, moment: int) -> dict[str, Any]:
    same = (
        "title_nl", "title_en", "kind", "accent", "accent_verified", "owner", "owner_basis", "stated_on",
        "due_as_stated", "status_as_stated", "source_nl", "source_en", "source_number", "section",
        "line", "anchor_nl", "note",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in same},
        "co_owners": list(row.co_owners),
        "marking": picture.marking_row(Marking(row.marking)),
        "digest": digest,
        "recorded_at": moment,
    }
