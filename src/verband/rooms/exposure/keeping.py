"""How the registers are kept: marked, with name and moment, in the log; withdrawn with a reason, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db import transaction

from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import TLP, Marking, highest
from verband.rooms.audit import services as audit
from verband.rooms.exposure.models import Kept
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture

POWER = "assess"
K = TypeVar("K", bound=Kept)


def rows(kind: type[K], who: Reader, *, known_on: int | None = None) -> list[K]:
    """The rows that the reader may see, oldest first, as they stood at the moment `known_on`; withdrawn ones too."""
    found = kind._default_manager.filter(marking_id__in=picture.visible_markings(who.ceiling))
    if known_on is not None:
        found = found.filter(kept_at__lte=known_on)
    shown = list(found.select_related("marking"))
    for row in shown:
        if known_on is not None and row.withdrawn_at is not None and row.withdrawn_at > known_on:
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = None, "", ""
    return shown


def standing(kind: type[K], who: Reader, *, known_on: int | None = None) -> list[K]:
    """Those that nobody withdrew."""
    return [row for row in rows(kind, who, known_on=known_on) if row.withdrawn_at is None]


def keep(
    kind: type[K],
    *,
    register: str,
    fields: Mapping[str, Any],
    marking: str,
    rests_on: Iterable[Marking],
    who: Reader,
    now: datetime,
) -> K:
    """Store a row in a person's name, with its line in the log; its marking is at least that of what it names.

    Raises InputError("exposure.word"), ("exposure.below_base"), RefusedError("exposure.above_ceiling").
    """
    given = _marking(marking, tuple(rests_on), who)
    with transaction.atomic():
        made = kind._default_manager.create(
            **fields, marking=picture.marking_row(given), kept_by=who.signature, kept_at=int(now.timestamp())
        )
        detail = {"number": made.pk, "marking": given.words()}
        audit.note("dependency kept", actor=who.signature, object=f"exposure {register}", detail=detail)
    return made


def withdraw(kind: type[K], number: str, *, register: str, reason: str, who: Reader, now: datetime) -> K:
    """Take a row back, with a reason; it stays in the history.

    Raises RefusedError("people.no_power"), NotFoundError("exposure.none") alike where there is none and where it may
    not be seen, InputError("exposure.withdrawn"), ("exposure.empty").
    """
    demand(who, POWER)
    row = next((one for one in rows(kind, who) if str(one.pk) == number), None)
    if row is None:
        raise NotFoundError("exposure.none")
    if row.withdrawn_at is not None:
        raise InputError("exposure.withdrawn", field="reason")
    if not reason.strip():
        raise InputError("exposure.empty", field="reason")
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = who.signature, int(now.timestamp()), reason.strip()
    with transaction.atomic():
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        detail = {"number": row.pk, "reason": row.withdrawn_reason}
        audit.note("dependency withdrawn", actor=who.signature, object=f"exposure {register}", detail=detail)
    return row


def today(now: datetime, known_on: int | None) -> date:
    """The day on which something is asked: of `known_on` where one is given."""
    return now.astimezone(UTC).date() if known_on is None else datetime.fromtimestamp(known_on, UTC).date()


def _marking(word: str, rests_on: tuple[Marking, ...], who: Reader) -> Marking:
    least = highest(rests_on) if rests_on else Marking()
    tlp = (word or least.tlp).upper().removeprefix("TLP:")
    if tlp not in TLP:
        raise InputError("exposure.word", field="marking", word=word, known=", ".join(TLP))
    given = Marking(tlp, least.classification, least.releasable_to)
    if not who.ceiling.admits(given):
        raise RefusedError("exposure.above_ceiling", field="marking", marking=given.words())
    if given.tlp_rank < least.tlp_rank:
        raise InputError("exposure.below_base", field="marking", marking=given.words(), least=least.words())
    return given
