"""What people say about a campaign: kept with name, reason and marking; withdrawn with a reason, never changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import TLP, Ceiling, Marking, highest
from verband.language.records import json_bytes
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import services
from verband.rooms.campaigns.models import Said
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture

POWER = "judge_campaign"
S = TypeVar("S", bound=Said)


@dataclass(frozen=True)
class Act:
    """What is kept of one act: what it is called in the log, the row's own fields, and what the log says of it.

    `tlp` raises the marking above that of the campaign, where what is said needs more; empty, it is the campaign's.
    """

    name: str
    fields: Mapping[str, Any]
    detail: Mapping[str, Any]
    tlp: str = ""


def said(kind: type[S], uuid: str, who: Reader, *, known_on: int | None = None) -> list[S]:
    """All that was said of that kind about the campaign and that the reader may see, newest first.

    As it stood at the moment `known_on`: what was withdrawn later stands.
    """
    visible = picture.visible_markings(who.ceiling)
    rows = kind._default_manager.filter(uuid=uuid, marking_id__in=visible).select_related("marking")
    if known_on is not None:
        rows = rows.filter(said_at__lte=known_on)
    found = list(rows)
    for row in found:
        if known_on is not None and row.withdrawn_at is not None and row.withdrawn_at > known_on:
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = None, "", ""
    return found


def standing(rows: Sequence[S]) -> list[S]:
    """Those of the rows that nobody withdrew, in the same order."""
    return [row for row in rows if row.withdrawn_at is None]


def say(kind: type[S], view: CampaignView, act: Act, *, reason: str, who: Reader, now: datetime) -> S:
    """Keep what a person says about the campaign, marked as high as all of it that he sees; logged with his name.

    Raises InputError("campaigns.empty") without a reason and RefusedError("people.no_power").
    """
    demand(who, POWER)
    return keep(kind, view, act, reason=reason, who=who, now=now)


def keep(kind: type[S], view: CampaignView, act: Act, *, reason: str, who: Reader, now: datetime) -> S:
    """The same for a power that the caller demanded."""
    filled("reason", reason)
    marking = raised(view, act.tlp, who)
    with transaction.atomic():
        made = kind._default_manager.create(
            uuid=view.row.uuid,
            reason=reason.strip(),
            marking=picture.marking_row(marking),
            evidence_digest=digest(view, under=marking),
            said_by=who.signature,
            said_at=int(now.timestamp()),
            **act.fields,
        )
        detail = {**act.detail, "reason": made.reason, "marking": marking.words()}
        audit.note(act.name, actor=who.signature, object=f"campaign {view.row.uuid}", detail=detail)
    return made


def withdraw(kind: type[S], uuid: str, number: int, *, act: str, reason: str, who: Reader, now: datetime) -> S:
    """Take back what was said, with a reason; it stays in the history.

    Raises NotFoundError("campaigns.no_judgement") alike where there is none and where it may not be seen,
    InputError("campaigns.withdrawn"), ("campaigns.empty") and RefusedError("people.no_power").
    """
    row = find(kind, uuid, number, who)
    demand(who, POWER)
    return take_back(row, act=act, reason=reason, who=who, now=now)


def take_back(row: S, *, act: str, reason: str, who: Reader, now: datetime) -> S:
    """The same for a row and a power that the caller checked."""
    if row.withdrawn_at is not None:
        raise InputError("campaigns.withdrawn")
    filled("reason", reason)
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = who.signature, int(now.timestamp()), reason.strip()
    with transaction.atomic():
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        detail = {"number": row.pk, "reason": row.withdrawn_reason}
        audit.note(act, actor=who.signature, object=f"campaign {row.uuid}", detail=detail)
    return row


def find(kind: type[S], uuid: str, number: int, who: Reader) -> S:
    """One row of a campaign that the reader may see. Raises NotFoundError("campaigns.no_judgement")."""
    services.campaign(uuid, who)
    visible = picture.visible_markings(who.ceiling)
    row = kind._default_manager.filter(uuid=uuid, pk=number, marking_id__in=visible).first()
    if row is None:
        raise NotFoundError("campaigns.no_judgement")
    return row


def marking_of(view: CampaignView) -> Marking:
    """The highest marking of the campaign and of all its records that the reader sees."""
    return highest([view.row.marking, *(record.marking for one in view.incidents for record in one.records)])


def raised(view: CampaignView, tlp: str, who: Reader) -> Marking:
    """The campaign's marking with its TLP raised to that word; never lowered, and never above the reader's own.

    Raises InputError("campaigns.word", field="marking").
    """
    least = marking_of(view)
    known = choices(view, who)
    if tlp and tlp not in known:
        raise InputError("campaigns.word", field="marking", word=tlp, known=", ".join(known))
    return Marking(tlp or least.tlp, least.classification, least.releasable_to)


def choices(view: CampaignView, who: Reader) -> tuple[str, ...]:
    """The words of TLP that a judgement may carry: from that of the campaign up to the reader's own ceiling."""
    return TLP[TLP.index(marking_of(view).tlp) : TLP.index(who.ceiling.tlp) + 1]


def markings(uuid: str, who: Reader, *, known_on: int | None = None) -> list[Marking]:
    """The markings of all that people said about the campaign and that the reader may see."""
    found = [row for kind in Said.__subclasses__() for row in said(kind, uuid, who, known_on=known_on)]
    return [row.marking.value() for row in found]


def digest(view: CampaignView, *, under: Marking) -> str:
    """The digest of the campaign's records that lie at or below the marking; the order of records does not matter."""
    ceiling = Ceiling(under.tlp, under.classification, under.releasable_to or frozenset())
    records = [record for one in view.incidents for record in one.records if ceiling.admits(record.marking)]
    rows = sorted(
        [record.source, record.key, record.certainty, [[value.name, value.value] for value in record.values]]
        for record in records
    )
    return hashlib.sha256(json_bytes(rows)).hexdigest()


def overtaken(rows: Sequence[S], view: CampaignView) -> list[S]:
    """The rows whose evidence is not what it was when they were said."""
    now: dict[Marking, str] = {}
    found = []
    for row in rows:
        marking = row.marking.value()
        if marking not in now:
            now[marking] = digest(view, under=marking)
        if now[marking] != row.evidence_digest:
            found.append(row)
    return found


def filled(field: str, text: str) -> str:
    """The text without spaces around it. Raises InputError("campaigns.empty", field=...)."""
    if not text.strip():
        raise InputError("campaigns.empty", field=field)
    return text.strip()


def chosen(field: str, word: str, catalogue_name: str) -> str:
    """The word, which must be a key of the catalogue. Raises InputError("campaigns.word", field=...)."""
    keys = catalogue(catalogue_name).keys()
    if word not in keys:
        raise InputError("campaigns.word", field=field, word=word, known=", ".join(keys))
    return word


def day(text: str, *, field: str) -> date:
    """The day that an ISO text names. Raises InputError("campaigns.day", field=...)."""
    try:
        return date.fromisoformat(filled(field, text))
    except ValueError as error:
        raise InputError("campaigns.day", field=field, day=text) from error


def today(now: datetime) -> date:
    """The day of the moment, in UTC."""
    return now.astimezone(UTC).date()
