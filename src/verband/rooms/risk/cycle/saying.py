"""What people say in the cycle: kept with name, day and marking; withdrawn with a reason, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import TLP, Marking
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.risk.models import Said

POWER = "assess"
LANGUAGES = ("nl", "en")
S = TypeVar("S", bound=Said)


@dataclass(frozen=True)
class Stamp:
    """Who said it, when, under which marking; `standing` is False once it is withdrawn. Seconds since 1970."""

    number: int
    marking: Marking
    said_by: str
    said_at: int
    standing: bool
    withdrawn_by: str
    withdrawn_at: int | None
    withdrawn_reason: str


@dataclass(frozen=True)
class Place:
    """Where a person says that something stands: the title of the text, its section and line."""

    source: str = ""
    section: str = ""
    line: str = ""


def stamp(row: Said, known_on: int | None = None) -> Stamp:
    """The stamp of a row as it stood at the moment: what was withdrawn later stands."""
    gone = row.withdrawn_at is not None and (known_on is None or row.withdrawn_at <= known_on)
    return Stamp(
        number=row.pk,
        marking=row.marking.value(),
        said_by=row.said_by,
        said_at=row.said_at,
        standing=not gone,
        withdrawn_by=row.withdrawn_by if gone else "",
        withdrawn_at=row.withdrawn_at if gone else None,
        withdrawn_reason=row.withdrawn_reason if gone else "",
    )


def visible(rows: QuerySet[S], who: Reader, known_on: int | None = None) -> QuerySet[S]:
    """The rows under the reader's ceiling, those said by the moment where one is given."""
    found = rows.filter(marking_id__in=picture.visible_markings(who.ceiling)).select_related("marking")
    return found if known_on is None else found.filter(said_at__lte=known_on)


def keep(
    kind: type[S], fields: Mapping[str, Any], *, act: str, on: str, marking: Marking, who: Reader, now: datetime
) -> S:
    """Keep what a person says, and log it with what it is about. Raises RefusedError("people.no_power")."""
    demand(who, POWER)
    with transaction.atomic():
        made = kind._default_manager.create(
            **fields, marking=picture.marking_row(marking), said_by=who.signature, said_at=int(now.timestamp())
        )
        audit.note(act, actor=who.signature, object=on, detail={"number": made.pk, "marking": marking.words()})
    return made


def find(kind: type[S], number: int, who: Reader) -> S:
    """One row that the reader may see. Raises NotFoundError("cycle.unknown_row") alike where there is none."""
    row = visible(kind._default_manager.all(), who).filter(pk=number).first()
    if row is None:
        raise NotFoundError("cycle.unknown_row")
    return row


def take_back(row: S, *, act: str, on: str, reason: str, who: Reader, now: datetime) -> S:
    """Withdraw a row, with a reason; it stays in the history.

    Raises InputError("cycle.withdrawn"), ("cycle.empty") and RefusedError("people.no_power").
    """
    demand(who, POWER)
    if row.withdrawn_at is not None:
        raise InputError("cycle.withdrawn", field="reason")
    row.withdrawn_by, row.withdrawn_at = who.signature, int(now.timestamp())
    row.withdrawn_reason = filled("reason", reason)
    with transaction.atomic():
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        audit.note(act, actor=who.signature, object=on, detail={"number": row.pk, "reason": row.withdrawn_reason})
    return row


def raised(least: Marking, tlp: str, who: Reader) -> Marking:
    """The marking with its TLP raised to the word; never below, never above the reader's own ceiling.

    Raises InputError("cycle.word", field="marking"), RefusedError("risk.above_ceiling").
    """
    known = choices(least, who)
    if tlp and tlp not in known:
        raise InputError("cycle.word", field="marking", word=tlp, known=", ".join(known))
    found = Marking(tlp or least.tlp, least.classification, least.releasable_to)
    if not who.ceiling.admits(found):
        raise RefusedError("risk.above_ceiling", marking=found.words())
    return found


def choices(least: Marking, who: Reader) -> tuple[str, ...]:
    """The words of TLP from that of the marking up to the reader's own ceiling."""
    return TLP[TLP.index(least.tlp) : TLP.index(who.ceiling.tlp) + 1]


def filled(field: str, text: str) -> str:
    """The text without spaces around it. Raises InputError("cycle.empty", field=...)."""
    if not text.strip():
        raise InputError("cycle.empty", field=field)
    return text.strip()


def chosen(field: str, word: str, catalogue_name: str) -> str:
    """The word, which must be a key of the catalogue. Raises InputError("cycle.word", field=...)."""
    return one_of(field, word, catalogue(catalogue_name).keys())


def one_of(field: str, word: str, known: tuple[str, ...]) -> str:
    """The word, which must be one of those known. Raises InputError("cycle.word", field=...)."""
    if word not in known:
        raise InputError("cycle.word", field=field, word=word, known=", ".join(known))
    return word


def cited(place: Place) -> dict[str, Any]:
    """The place as fields of a published row. Raises InputError("cycle.no_source"), ("cycle.line")."""
    if not place.source.strip():
        raise InputError("cycle.no_source", field="source")
    line = place.line.strip()
    if line and (not (line.isascii() and line.isdecimal() and len(line) < 8) or not int(line)):
        raise InputError("cycle.line", field="line", word=line)
    title = place.source.strip()
    return {
        "source_nl": title,
        "source_en": title,
        "section": place.section.strip(),
        "line": int(line) if line else None,
    }
