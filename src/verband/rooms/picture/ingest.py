"""A file's records into the picture: in one transaction, once, and with nothing dropped."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec
from django.conf import settings
from django.db import connection, transaction

from verband.formats import printable
from verband.language.errors import InputError
from verband.language.ids import kind_of
from verband.language.markings import TLP, Ceiling
from verband.language.markings import Marking as MarkingValue
from verband.language.records import Link, Reading, Record, Reject, SourceInfo, json_bytes
from verband.language.words import fold
from verband.rooms.audit import services as audit
from verband.rooms.picture import markings
from verband.rooms.picture.bulk import Batch, highest_id, select, write
from verband.rooms.picture.columns import fitting, reject, unfit
from verband.rooms.picture.kinds import EVENTS
from verband.rooms.picture.models import Document, Marking, Source

_CHUNK = 4000
_LOCK = 7_202_602
_DAY_S = 86_400
#: With more of them than this it is no file of the format that it was taken for.
_REJECTS = 250_000
_NAME_BYTES = 180


@dataclass
class Counts:
    """What became of a file's units: in = new + unchanged + rejected."""

    file: str
    format: str
    units: int = 0
    new: int = 0
    unchanged: int = 0
    rejected: int = 0
    stripped: dict[str, int] = field(default_factory=dict)
    rejects_file: str | None = None

    def as_json(self) -> dict[str, object]:
        """The shape that `ingest --json` prints for one file."""
        return {
            "file": self.file,
            "format": self.format,
            "in": self.units,
            "new": self.new,
            "unchanged": self.unchanged,
            "stripped": self.stripped,
            "rejected": self.rejected,
            "rejects_file": self.rejects_file,
        }


@dataclass(frozen=True)
class _Marked:
    """A marking's row, whether this installation may hold it, and its words."""

    pk: int
    admitted: bool
    words: str


class _Known(NamedTuple):
    """A record of this source that is there already."""

    id: int
    version: str
    digest: str
    open: bool


def store(
    reading: Reading,
    *,
    path: Path,
    sha256: str,
    actor: str,
    ceiling: Ceiling,
    now: datetime,
    progress: Callable[[int], None] = lambda done: None,
    check: Callable[[], None] = lambda: None,
    purpose: str = "shared picture of state threats from published sources",
    legal_basis: str = "public sources",
) -> Counts:
    """Store one file whole or not at all, and say what became of each of its units.

    A record that is there with the same version and content is unchanged. The same version with other content is kept
    beside the first and flagged. The same id and version twice in one file with other content is a reject, and so is a
    marking above the ceiling, of which no text is kept, and a text that no column can hold.

    `check` raises where the file is not the one any more that was read. Raises what it raises, what reading the file
    raises, and InputError("ingest.too_many_rejects").
    """
    moment = int(now.timestamp())
    name = printable(path.name)
    counts = Counts(name, reading.format)
    with _no_collector(), _Rejects(name, sha256) as rejects, transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        writer = _Writer(reading.source, moment, ceiling, purpose, legal_basis)
        document = _document(writer.source, name, path.stat().st_size, sha256, reading.format, moment, actor)
        units = iter(reading)
        while chunk := list(islice(units, _CHUNK)):
            writer.take(chunk, document.pk, counts, rejects)
            progress(counts.units)
        counts.stripped = {item.field: item.count for item in reading.stripped}
        _keep_raw(path, sha256, check)
        counts.rejects_file = rejects.keep()
        document.counts = counts.as_json()
        document.save(update_fields=["counts"])
        detail = counts.as_json() | {"sha256": sha256, "source": writer.source.key, "purpose": purpose}
        audit.note("ingested", actor=actor, object=name, detail=detail)
    return counts


class _Rejects:
    """What could not be read, a line of JSON each, written as it comes: a file may hold more than memory does.

    Nothing stays behind where the file is not stored.
    """

    def __init__(self, name: str, sha256: str) -> None:
        self._file = name
        # The names of files have 255 bytes at most.
        short = name if len(name.encode()) <= _NAME_BYTES else name.encode()[:_NAME_BYTES].decode("utf-8", "ignore")
        self._target = Path(settings.VERBAND_REJECTS) / f"{short}.{sha256[:8]}.rejects.jsonl"
        self._part = self._target.with_name(f"{sha256[:8]}.{os.getpid()}.part")
        self._stream: BinaryIO | None = None
        self._first: list[Reject] = []
        self._count = 0

    def __enter__(self) -> _Rejects:
        return self

    def add(self, reject: Reject) -> None:
        """Write it down. Raises InputError("ingest.too_many_rejects")."""
        if self._stream is None:
            self._part.parent.mkdir(parents=True, exist_ok=True)
            self._stream = self._part.open("wb")
        self._count += 1
        self._first += [reject] if self._count <= 3 else []
        if self._count > _REJECTS:
            first = " ".join(f"({reject.line}) {reject.reason}" for reject in self._first)
            raise InputError("ingest.too_many_rejects", limit=_REJECTS, file=self._file, first=first)
        self._stream.write(msgspec.json.encode(reject) + b"\n")

    def keep(self) -> str | None:
        """The file's name within the workspace; None where nothing was rejected."""
        if self._stream is None:
            return None
        self._stream.close()
        self._part.replace(self._target)
        return f"rejects/{self._target.name}"

    def __exit__(self, *_: object) -> None:
        if self._stream is not None:
            with suppress(OSError):
                self._stream.close()
            self._part.unlink(missing_ok=True)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Rows in the ten thousands hold no cycles; looking for some in them took a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _Writer:
    """Gives out ids and turns records into rows; lives as long as one file's transaction."""

    def __init__(self, info: SourceInfo, moment: int, ceiling: Ceiling, purpose: str, legal_basis: str) -> None:
        self._moment = moment
        self._ceiling = ceiling
        self._default = markings.row(MarkingValue(info.marking))
        self._markings: dict[str | None, _Marked] = {}
        self.source, self._fresh = _source(info, self._default, purpose, legal_basis)
        self._retain = moment + self.source.retention_days * _DAY_S
        self._next_record = highest_id("picture_record") + 1
        self._next_thing = highest_id("picture_thing") + 1
        self._no_things = self._next_thing == 1
        self._things: dict[str, int] = {}
        self._known: dict[str, list[_Known]] = {}
        self._in_file: set[tuple[str, str]] = set()

    def take(self, chunk: Sequence[Record | Reject], document: int, counts: Counts, rejects: _Rejects) -> None:
        records = [unit for unit in chunk if isinstance(unit, Record)]
        self._find_things(records)
        self._find_known(records)
        batch = Batch()
        for unit in chunk:
            counts.units += 1
            refused = unit if isinstance(unit, Reject) else self._one(unit, document, batch, counts)
            if refused is not None:
                counts.rejected += 1
                rejects.add(refused)
        write(batch)

    def _one(self, record: Record, document: int, batch: Batch, counts: Counts) -> Reject | None:
        marking = self._markings.get(record.marking) or self._marking(record.marking)
        if not marking.admitted:
            return reject(record, "marking", "ingest.above_ceiling", marking=marking.words)
        if (misfit := unfit(record)) is not None:
            return misfit
        digest = blake2b(record.content, digest_size=16).hexdigest()
        before = self._known.get(record.key)
        if before is None:
            self._add(record, digest, marking, (), document, batch, counts)
            return None
        same_version = [old for old in before if old.version == record.version]
        if same_version and _is_among(same_version, record.content, digest, batch):
            counts.unchanged += 1
            return None
        if same_version and (record.key, record.version) in self._in_file:
            return reject(record, "id", "ingest.twice", keep=True, id=record.key)
        self._add(record, digest, marking, before, document, batch, counts)
        return None

    def _add(
        self,
        record: Record,
        digest: str,
        marking: _Marked,
        before: Sequence[_Known],
        document: int,
        batch: Batch,
        counts: Counts,
    ) -> None:
        """Write the record; an older version of it is closed, an even newer one stays the current one."""
        self._in_file.add((record.key, record.version))
        newest = True
        if before:
            newest = all(old.version <= record.version for old in before)
            if newest:
                batch.closed += [(self._moment, old.id) for old in before if old.open]
                before = [_Known(old.id, old.version, old.digest, False) for old in before]
        number = self._next_record
        self._next_record += 1
        self._known[record.key] = [*before, _Known(number, record.version, digest, newest)]
        disputed = any(old.version == record.version for old in before)
        self._rows(record, number, document, digest, marking.pk, batch, disputed=disputed, newest=newest)
        counts.new += 1

    def _rows(
        self,
        record: Record,
        number: int,
        document: int,
        digest: str,
        marking: int,
        batch: Batch,
        *,
        disputed: bool,
        newest: bool,
    ) -> None:
        thing = None if record.thing is None else self._thing(record.thing, record.kind, batch)
        when = record.when
        batch.records.append(
            (
                number,
                self.source.pk,
                document,
                thing,
                record.key,
                record.kind,
                record.version,
                record.kind if record.kind in EVENTS else None,
                digest,
                record.name[:500],
                record.summary,
                when.start if when else None,
                when.end if when else None,
                when.precision if when else "",
                record.certainty,
                record.reliability,
                record.credibility,
                record.latitude,
                record.longitude,
                record.live,
                record.evidence,
                disputed,
                marking,
                record.line,
                self._moment,
                None if newest else self._moment,
                self._retain,
                record.content,
            )
        )
        if thing is not None:
            for name in dict.fromkeys((record.name, *record.names)):
                if name:
                    batch.names.append((number, thing, name[:500], fold(name)[:500]))
        for attribute in record.attributes:
            batch.attributes.append((number, attribute.name, attribute.value[:300], attribute.stated[:500]))
        for link in record.links:
            self._link(link, number, batch)

    def _link(self, link: Link, number: int, batch: Batch) -> None:
        source = self._thing(link.source, kind_of(link.source), batch)
        target = self._thing(link.target, kind_of(link.target), batch)
        batch.links.append((number, link.kind, source, target))
        if link.target_name:
            batch.names.append((number, target, link.target_name[:500], fold(link.target_name)[:500]))

    def _thing(self, stix_id: str, kind: str, batch: Batch) -> int:
        number = self._things.get(stix_id)
        if number is None:
            number = self._next_thing
            self._next_thing += 1
            self._things[stix_id] = number
            batch.things.append((number, stix_id, kind))
        return number

    def _find_things(self, records: Sequence[Record]) -> None:
        if self._no_things:
            return
        wanted = {record.thing for record in records if record.thing}
        for record in records:
            for link in record.links:
                wanted.add(link.source)
                wanted.add(link.target)
        wanted -= self._things.keys()
        self._things.update(select("SELECT stix_id, id FROM picture_thing WHERE stix_id IN", sorted(wanted)))

    def _find_known(self, records: Sequence[Record]) -> None:
        if self._fresh:
            return
        keys = sorted({record.key for record in records} - self._known.keys())
        query = (
            "SELECT key, id, version, digest, replaced_at FROM picture_record "  # noqa: S608 - a number of our own
            f"WHERE source_id = {self.source.pk:d} AND key IN"
        )
        for key, number, version, digest, replaced in select(query, keys):
            self._known.setdefault(key, []).append(_Known(number, version, digest, replaced is None))

    def _marking(self, word: str | None) -> _Marked:
        """The marking a record states, the source's own where it states none; an unknown word counts as AMBER."""
        row = self._default
        if word:
            tlp = word.upper().removeprefix("TLP:")
            row = markings.row(MarkingValue(tlp if tlp in TLP else "AMBER"))
        value = row.value()
        found = self._markings[word] = _Marked(row.pk, self._ceiling.admits(value), value.words())
        return found


def _is_among(same_version: Sequence[_Known], content: bytes, digest: str, batch: Batch) -> bool:
    """Whether one of these records has the same content, whatever the order of its keys and its spaces."""
    if any(old.digest == digest for old in same_version):
        return True
    canonical = _canonical(content)
    return any(_canonical(_content_of(old.id, batch)) == canonical for old in same_version)


def _content_of(number: int, batch: Batch) -> bytes:
    for row in batch.records:
        if row[0] == number:
            return bytes(row[-1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM picture_record WHERE id = %s", [number])
        return bytes(cursor.fetchone()[0])


def _canonical(content: bytes) -> bytes:
    return json_bytes(msgspec.json.decode(content))


def _source(info: SourceInfo, marking: Marking, purpose: str, legal_basis: str) -> tuple[Source, bool]:
    return Source.objects.get_or_create(
        key=fitting(info.key, 200),
        defaults={
            "name": fitting(info.name, 300),
            "publisher": fitting(info.publisher, 300),
            "address": fitting(info.address, 500),
            "licence": fitting(info.licence, 300),
            "reliability": info.reliability,
            "marking": marking,
            "purpose": purpose,
            "legal_basis": legal_basis,
        },
    )


def _document(source: Source, name: str, size: int, sha256: str, form: str, moment: int, actor: str) -> Document:
    document, _ = Document.objects.get_or_create(
        source=source,
        sha256=sha256,
        defaults={
            "name": name[-300:],
            "format": form,
            "size": size,
            "received_at": moment,
            "received_by": actor,
        },
    )
    return document


def _keep_raw(path: Path, sha256: str, check: Callable[[], None]) -> None:
    """The bytes as they arrived, under their hash; written beside and renamed, so that no half file is found."""
    target = Path(settings.VERBAND_DOCUMENTS) / sha256[:2] / sha256
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        check()
        shutil.copyfile(path, part)
        check()
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
