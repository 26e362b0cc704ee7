"""Topologies into the registers: files are uploaded, looked at with what they would become, and then registered.

A topology says what is connected, not what needs what. Whoever brings it in states an assumption, or takes the assets
alone. What an import made can be taken back as a whole.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from verband.formats import Limits
from verband.formats.topology import Point, Refusal, Tie, Topology, form_of, read_topology
from verband.language.errors import InputError, NotFoundError
from verband.language.words import fold
from verband.rooms.audit import services as audit
from verband.rooms.exposure import columns, keeping, models
from verband.rooms.exposure.columns import Column
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture

REGISTER = "imports"
#: `alone`: assets without any requirement. `neighbours`: a point needs 1 of the points it is connected with.
#: `connections`: a point needs 1 of its connections, and a connection needs all the points it joins.
ASSUMPTIONS = ("alone", "neighbours", "connections")
#: A network of more is for the command line: pages draw and rank what people can read.
MOST_ASSETS = 2_000
#: All files together, as they are uploaded.
MOST_BYTES = 8_000_000
_PACKED = 4_000_000
#: A packed file does not become more than memory bears.
_LIMITS = Limits(file_bytes=64 << 20, json_bytes=64 << 20, free_bytes=16 << 20, objects=200_000, rows=200_000)
BEGIN = (
    Column("title", longest=200),
    Column("prefix", "key", longest=40),
    Column("assumption", "choice", words=ASSUMPTIONS),
    Column("buffer_h", "number", required=False),
    Column("countries", required=False, longest=400),
    Column("source", longest=300),
)


@dataclass(frozen=True)
class AssetRow:
    """An asset that an import would make. `key` is its key in the registers, `needs` those of its one requirement."""

    key: str
    name: str
    asset_class: str
    latitude: float | None
    longitude: float | None
    notes: tuple[str, ...]
    needs: tuple[str, ...]
    k: int


@dataclass(frozen=True)
class Preview:
    """What an import would make, what was refused of it, and how much was left out by reason."""

    stated: str
    assets: tuple[AssetRow, ...]
    refused: tuple[Refusal, ...]
    left_out: Mapping[str, int]

    @property
    def requirements(self) -> int:
        """How many requirements would be made."""
        return sum(bool(row.needs) for row in self.assets)

    @property
    def classes(self) -> list[tuple[str, int]]:
        """How many assets of each class, most first."""
        return Counter(row.asset_class for row in self.assets).most_common()

    @property
    def placed(self) -> int:
        """How many have a place."""
        return sum(row.latitude is not None for row in self.assets)


@dataclass(frozen=True)
class IntakeView:
    """An import and, once it was registered, what it made."""

    row: models.Intake
    registered: models.Registered | None


def intakes(who: Reader, *, known_on: int | None = None) -> list[IntakeView]:
    """The imports that the reader may see, newest first, withdrawn ones too."""
    done = {row.intake_id: row for row in keeping.rows(models.Registered, who, known_on=known_on)}
    rows = keeping.rows(models.Intake, who, known_on=known_on)
    return [IntakeView(row, done.get(row.pk)) for row in reversed(rows)]


def intake(key: str, who: Reader, *, known_on: int | None = None) -> IntakeView:
    """One of them by its key, the one that stands before those withdrawn.

    Raises NotFoundError("exposure.none") alike where there is none and where it may not be seen.
    """
    found = [view for view in intakes(who, known_on=known_on) if view.row.key == key]
    if not found:
        raise NotFoundError("exposure.none")
    return next((view for view in found if view.row.withdrawn_at is None), found[0])


def upload(
    files: Sequence[tuple[str, bytes]], cells: Mapping[str, str], *, who: Reader, now: datetime
) -> models.Intake:
    """Keep files to be looked at; nothing comes into the registers yet.

    Raises what reading the cells and the files raises with the field, InputError("exposure.files"),
    ("exposure.nothing_left"), ("exposure.too_many"), RefusedError("people.no_power").
    """
    demand(who, "upload")
    demand(who, keeping.POWER)
    values = _said(cells)
    marking = keeping.marking_for(cells.get("marking", ""), [], who)
    if not files:
        raise InputError("exposure.empty", field="files")
    size = sum(len(content) for _, content in files)
    packed = _packed(files)
    if size > MOST_BYTES or len(packed) > _PACKED:
        raise InputError("exposure.files", field="files", found=size, most=MOST_BYTES)
    fields = {
        **values,
        "key": _key(packed, values),
        "content": packed,
        "sha256": hashlib.sha256(packed).hexdigest(),
        "form": form_of([Path(name).name for name, _ in files]),
    }
    _checked(_preview_of(models.Intake(**fields)))
    if any(view.row.key == fields["key"] and view.row.withdrawn_at is None for view in intakes(who)):
        raise InputError("exposure.uploaded", field="files")
    return keeping.keep(
        models.Intake, register=REGISTER, fields=fields, marking=marking.tlp, rests_on=[], who=who, now=now
    )


def key_of(files: Sequence[tuple[str, bytes]], cells: Mapping[str, str]) -> str:
    """The key that an import of these files with these cells gets. Raises what reading the cells raises."""
    return _key(_packed(files), _said(cells))


def preview(row: models.Intake) -> Preview:
    """What it would make, and every row that was refused, with its place and reason."""
    return _preview_of(row)


def register(number: str, *, who: Reader, now: datetime) -> models.Registered:
    """Make the assets and requirements of an import; what has its key already is left as it is.

    One line in the log for them all. Raises NotFoundError("exposure.none"), InputError("exposure.withdrawn"),
    ("exposure.registered"), ("exposure.nothing_left"), RefusedError("people.no_power").
    """
    demand(who, keeping.POWER)
    row = keeping.find(models.Intake, number, who)
    if row.withdrawn_at is not None:
        raise InputError("exposure.withdrawn", field="number")
    found = _checked(_preview_of(row))
    with transaction.atomic():
        models.Intake.objects.select_for_update().get(pk=row.pk)
        if models.Registered.objects.filter(intake=row, withdrawn_at=None).exists():
            raise InputError("exposure.registered", field="number")
        taken = {
            key
            for kind in (models.Process, models.Supplier)
            for key in kind._default_manager.filter(withdrawn_at=None).values_list("key", flat=True)
        }
        new = [one for one in found.assets if one.key not in taken]
        kept: dict[str, Any] = {
            "marking": picture.marking_row(row.marking.value()),
            "kept_by": who.signature,
            "kept_at": int(now.timestamp()),
            "intake": row.pk,
        }
        models.Process.objects.bulk_create([_asset(one, row, found.stated, kept) for one in new], batch_size=500)
        needs = [_requirement(one, row, found.stated, kept) for one in new if one.needs]
        models.Requirement.objects.bulk_create(needs, batch_size=500)
        unchanged = len(found.assets) - len(new)
        made = {"assets": len(new), "requirements": len(needs), "unchanged": unchanged}
        about = f"exposure {REGISTER}"
        audit.note("topology registered", actor=who.signature, object=about, detail={"number": row.pk, **made})
        return keeping.keep(
            models.Registered,
            register=REGISTER,
            fields={"intake": row, "source": row.source, **made},
            marking="",
            rests_on=[row.marking.value()],
            who=who,
            now=now,
        )


def withdraw(number: str, *, reason: str, who: Reader, now: datetime) -> models.Intake:
    """Take an import back with all that it made, with a reason. Raises what `keeping.withdraw` raises."""
    with transaction.atomic():
        row = keeping.withdraw(models.Intake, number, register=REGISTER, reason=reason, who=who, now=now)
        gone = {
            "withdrawn_by": who.signature,
            "withdrawn_at": row.withdrawn_at,
            "withdrawn_reason": row.withdrawn_reason,
        }
        made = {}
        for kind, name in ((models.Process, "assets"), (models.Requirement, "requirements")):
            made[name] = kind._default_manager.filter(intake=row.pk, withdrawn_at=None).update(**gone)
        models.Registered.objects.filter(intake=row, withdrawn_at=None).update(**gone)
        about = f"exposure {REGISTER}"
        audit.note("topology withdrawn", actor=who.signature, object=about, detail={"number": row.pk, **made})
    return row


def _said(cells: Mapping[str, str]) -> dict[str, Any]:
    values = columns.read(BEGIN, cells)
    values["buffer_h"] = values["buffer_h"] or 0.0
    if not 0 <= values["buffer_h"] <= 8_760:
        raise InputError("exposure.below_zero", field="buffer_h", value=values["buffer_h"])
    values["countries"] = [part.strip() for part in values["countries"].split(";") if part.strip()]
    return values


def _packed(files: Sequence[tuple[str, bytes]]) -> bytes:
    return gzip.compress(msgspec.msgpack.encode([(Path(name).name, content) for name, content in files]), mtime=0)


def _key(packed: bytes, values: Mapping[str, Any]) -> str:
    said = f"{values['assumption']} {values['buffer_h']} {values['countries']}".encode()
    return f"{values['prefix']}-{hashlib.sha256(packed + said).hexdigest()[:12]}"


def _checked(found: Preview) -> Preview:
    if not found.assets:
        raise InputError("exposure.nothing_left", field="files")
    if len(found.assets) > MOST_ASSETS:
        raise InputError("exposure.too_many", field="files", found=len(found.assets), most=MOST_ASSETS)
    return found


def _preview_of(row: models.Intake) -> Preview:
    return _worked_out(bytes(row.content), row.prefix, row.assumption, tuple(row.countries))


@lru_cache(maxsize=4)
def _worked_out(content: bytes, prefix: str, assumption: str, countries: tuple[str, ...]) -> Preview:
    """Kept by the bytes themselves: who sees the import sees all of it."""
    whole = _read(content)
    part = whole.of_countries(countries)
    return Preview(part.stated, _assets(part, prefix, assumption), whole.rejects, part.left_out)


def _read(content: bytes) -> Topology:
    files = msgspec.msgpack.decode(gzip.decompress(content), type=list[tuple[str, bytes]])
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            (Path(folder) / name).write_bytes(text)
        return read_topology(folder, limits=_LIMITS)


def _assets(part: Topology, prefix: str, assumption: str) -> tuple[AssetRow, ...]:
    """Points, and connections but where points lean on points alone."""
    keys = _Keys(prefix)
    points = {point.id: keys.of(point.name, point.id) for point in part.points}
    ties = {tie.id: keys.of(tie.name, tie.id) for tie in part.ties} if assumption != "neighbours" else {}
    beside: dict[str, dict[str, None]] = {point.id: {} for point in part.points}
    for tie in part.ties:
        if assumption == "connections":
            for end in tie.ends:
                beside[end][ties[tie.id]] = None
        elif assumption == "neighbours":
            for one, other in zip(tie.ends, tie.ends[1:], strict=False):
                beside[one][points[other]] = None
                beside[other][points[one]] = None
    rows = [_row(point, points[point.id], () if point.fed else tuple(beside[point.id]), 1) for point in part.points]
    for tie in part.ties if ties else ():
        ends = tuple(points[end] for end in tie.ends) if assumption == "connections" else ()
        rows.append(_row(tie, ties[tie.id], ends, len(ends)))
    return tuple(rows)


def _row(of: Point | Tie, key: str, needs: tuple[str, ...], k: int) -> AssetRow:
    place = (of.latitude, of.longitude) if isinstance(of, Point) else (None, None)
    return AssetRow(key, of.name, of.kind, *place, of.notes, needs, k if needs else 0)


class _Keys:
    """Keys of the registers for names of a file, each given once, the same for the same file in the same order."""

    def __init__(self, prefix: str) -> None:
        self.prefix, self.given = prefix, set[str]()

    def of(self, name: str, id: str) -> str:
        """The key of the name; with a number behind it where another has it."""
        stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or re.sub(r"[^a-z0-9]+", "-", fold(id)).strip("-")
        base = f"{self.prefix}-{stem or 'x'}"[:74].rstrip("-")
        key, at = base, 1
        while key in self.given:
            at += 1
            key = f"{base}-{at}"
        self.given.add(key)
        return key


def _source(row: models.Intake, stated: str) -> str:
    return f"{row.source} ({stated})"[:400] if stated else row.source


def _asset(one: AssetRow, row: models.Intake, stated: str, kept: Mapping[str, Any]) -> models.Process:
    return models.Process(
        **kept,
        kind="asset",
        key=one.key,
        name_nl=one.name[:200],
        name_en=one.name[:200],
        asset_class=one.asset_class,
        latitude=one.latitude,
        longitude=one.longitude,
        source=_source(row, stated),
    )


def _requirement(one: AssetRow, row: models.Intake, stated: str, kept: Mapping[str, Any]) -> models.Requirement:
    said = {
        "neighbours": "Own assumption on import: needs 1 of the points it is connected with.",
        "connections": "Own assumption on import: a point needs 1 of its connections, a connection all its points.",
    }[row.assumption]
    return models.Requirement(
        **kept,
        node=one.key,
        members=list(one.needs),
        k=one.k,
        buffer_h=row.buffer_h,
        source=f"{said} {_source(row, stated)}"[:400],
    )
