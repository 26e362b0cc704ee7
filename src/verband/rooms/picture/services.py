"""The front door of the picture: what may be read, brought in, searched and held the same."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, OperationalError
from django.db.models import Count

from verband.formats import open_reading
from verband.language.errors import StateError
from verband.language.markings import Ceiling
from verband.language.markings import Marking as MarkingValue
from verband.language.words import fold
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand, installation
from verband.rooms.picture import ingest as _ingest
from verband.rooms.picture import known, markings, reading, sameness, things
from verband.rooms.picture.ingest import Counts
from verband.rooms.picture.known import Known, KnownGroup, KnownItem
from verband.rooms.picture.models import Document, Name, Record, Source, Thing
from verband.rooms.picture.reading import FILTERS, Filter, IncidentView, RecordView, Value
from verband.rooms.picture.sameness import Proposal
from verband.rooms.picture.things import Neighbour, ThingView

__all__ = [
    "FILTERS",
    "Counts",
    "Filter",
    "Hit",
    "IncidentView",
    "Known",
    "KnownGroup",
    "KnownItem",
    "Neighbour",
    "Proposal",
    "RecordView",
    "ThingView",
    "Value",
    "database_errors",
    "decide_sameness",
    "documents",
    "incidents",
    "ingest_file",
    "known_groups",
    "marking_row",
    "newest_decision",
    "note_reading",
    "propose_same",
    "records_of",
    "same_proposals",
    "sameness_groups",
    "search",
    "sources",
    "techniques_of",
    "thing",
    "things_of",
    "visible_markings",
]

incidents = reading.incidents
known_groups = known.known
thing = things.view
propose_same = sameness.propose
same_proposals = sameness.proposals
sameness_groups = sameness.groups
decide_sameness = sameness.decide
newest_decision = sameness.newest_decision
visible_markings = markings.visible
marking_row = markings.row


@dataclass(frozen=True)
class Hit:
    """One thing that a search found, under the name that matched."""

    stix_id: str
    kind: str
    name: str


def ingest_file(
    path: Path,
    *,
    who: Reader,
    now: datetime,
    format: str | None = None,
    mapping: Path | None = None,
    encoding: str = "",
    progress: Callable[[int, int | None], None] = lambda done, total: None,
) -> Counts:
    """Read one file and store it whole or not at all; what became of each of its units.

    `encoding` is for text that is not UTF-8. Raises InputError for a file that cannot be read,
    StateError("database.locked") or ("database.full"), RefusedError("people.no_power").
    """
    demand(who, "upload")
    source = open_reading(path, format=format, mapping=mapping, encoding=encoding)
    with database_errors():
        return _ingest.store(
            source,
            path=path,
            sha256=source.sha256,
            actor=who.signature,
            ceiling=installation(),
            now=now,
            progress=lambda done: progress(done, source.total),
            check=source.check_unchanged,
        )


@contextmanager
def database_errors() -> Iterator[None]:
    """What the database or the disk refuses, as an error that says what to do. Nothing was stored then."""
    try:
        yield
    except OperationalError as error:
        text = str(error).lower()
        if "locked" in text or "timeout" in text:
            raise StateError("database.locked", seconds=settings.VERBAND_LOCK_WAIT_S) from error
        if "full" in text or "no space" in text:
            raise StateError("database.full") from error
        if "readonly" in text:
            raise StateError("workspace.read_only", folder=settings.VERBAND_WORKSPACE) from error
        raise StateError("database.unusable", reason=str(error).strip()) from error
    except DatabaseError as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise StateError("database.unusable", reason=str(error)) from error
        raise
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise StateError("database.full") from error
        where = error.filename or settings.VERBAND_WORKSPACE
        raise StateError("workspace.unwritable", folder=where, reason=error.strerror or str(error)) from error


def techniques_of(name: str, *, ceiling: Ceiling) -> list[Neighbour]:
    """The live techniques that a group of that name or alias is said to use."""
    return things.related(name, "uses", "attack-pattern", ceiling)


def search(text: str, *, ceiling: Ceiling, known_on: int | None = None, limit: int = 100) -> list[Hit]:
    """Things with a name that holds every word, names that start with the text first. Names alone are searched."""
    words = fold(text).split()
    if not words:
        return []
    visible = reading.records(ceiling, known_on=known_on).values("pk")
    names = Name.objects.filter(record__in=visible)
    for word in words:
        names = names.filter(folded__contains=word)
    found: dict[str, Hit] = {}
    rows = names.order_by("pk").values_list("thing__stix_id", "thing__kind", "name", "folded")[: limit * 20]
    for stix_id, kind, name, _ in sorted(rows, key=lambda row: not row[3].startswith(" ".join(words))):
        found.setdefault(stix_id, Hit(stix_id, kind, name))
    return list(found.values())[:limit]


def things_of(kind: str, *, ceiling: Ceiling, limit: int = 500) -> list[Hit]:
    """Things of one kind with a visible name, by name."""
    visible = reading.records(ceiling).values("pk")
    names = Name.objects.filter(record__in=visible, thing__kind=kind).order_by("pk")
    found: dict[str, Hit] = {}
    for stix_id, name in names.values_list("thing__stix_id", "name"):
        found.setdefault(stix_id, Hit(stix_id, kind, name))
    return sorted(found.values(), key=lambda hit: fold(hit.name))[:limit]


def sources(ceiling: Ceiling) -> list[tuple[Source, int]]:
    """Sources of which the reader may see at least one record, with how many he may see, by name."""
    counts = dict(
        reading.records(ceiling)
        .order_by()
        .values_list("source_id")
        .annotate(Count("pk"))
        .values_list("source_id", "pk__count")
    )
    return [(source, counts[source.pk]) for source in Source.objects.filter(pk__in=list(counts)).order_by("name")]


def documents(who: Reader) -> list[Document]:
    """Raw documents, newest first; they are AMBER, so a lower ceiling sees none.

    One that holds a record above the ceiling, or comes from a source above it, is left out:
    its name and size tell of it.
    """
    if not who.ceiling.admits(MarkingValue("AMBER")):
        return []
    visible = markings.visible(who.ceiling)
    above = Record.objects.exclude(marking_id__in=visible).values("document_id")
    found = Document.objects.filter(source__marking_id__in=visible).exclude(pk__in=above)
    return list(found.select_related("source").order_by("-received_at", "-pk"))


def records_of(keys: list[int], ceiling: Ceiling) -> dict[int, Record]:
    """Visible records by id, with their source."""
    found: dict[int, Record] = {}
    for start in range(0, len(keys), 500):
        part = reading.records(ceiling).filter(pk__in=keys[start : start + 500]).select_related("source")
        found.update({record.pk: record for record in part})
    return found


def thing_ids(numbers: list[int]) -> dict[int, str]:
    """The STIX ids of things by number."""
    found: dict[int, str] = {}
    for start in range(0, len(numbers), 500):
        found.update(Thing.objects.filter(pk__in=numbers[start : start + 500]).values_list("pk", "stix_id"))
    return found


def note_reading(who: Reader, page: str, marked: list[MarkingValue]) -> None:
    """Log that a reader saw marked records: one entry for a page, none where everything on it is clear."""
    above = sorted({marking.words() for marking in marked if marking != MarkingValue()})
    if above:
        audit.note("read", actor=who.signature, object=page, detail={"markings": above, "records": len(marked)})
