"""How everything here is kept: marked, with name and moment, in the log; withdrawn with a reason, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from math import isfinite
from typing import Any, TypeVar

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import TLP, Marking, highest
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.risk.models import Kept

POWER = "assess"
DAY_S = 86_400
K = TypeVar("K", bound=Kept)


def rows(kind: type[K], who: Reader, *, known_on: int | None = None, **wanted: object) -> list[K]:
    """The rows of that kind which the reader may see, newest first, as they stood at the moment `known_on`."""
    found = kind._default_manager.filter(marking_id__in=picture.visible_markings(who.ceiling), **wanted)
    if known_on is not None:
        found = found.filter(kept_at__lte=known_on)
    shown = list(found.select_related("marking"))
    for row in shown:
        if known_on is not None and row.withdrawn_at is not None and row.withdrawn_at > known_on:
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = None, "", ""
    return shown


def standing(kind: type[K], who: Reader, *, known_on: int | None = None, **wanted: object) -> list[K]:
    """Those that nobody withdrew."""
    return [row for row in rows(kind, who, known_on=known_on, **wanted) if row.withdrawn_at is None]


def withdrawn(kind: type[K], who: Reader, *, known_on: int | None = None) -> list[K]:
    """Those that somebody withdrew."""
    return [row for row in rows(kind, who, known_on=known_on) if row.withdrawn_at is not None]


def find(kind: type[K], number: int | str, who: Reader, *, known_on: int | None = None) -> K:
    """One standing row. Raises NotFoundError("watch.none") alike where it is not and where it may not be seen.

    Raises InputError("watch.withdrawn").
    """
    if not str(number).isdecimal():
        raise NotFoundError("watch.none")
    row = next(iter(rows(kind, who, known_on=known_on, pk=int(number))), None)
    if row is None:
        raise NotFoundError("watch.none")
    if row.withdrawn_at is not None:
        raise InputError("watch.withdrawn", field="reason")
    return row


def keep(
    kind: type[K],
    *,
    act: str,
    about: str,
    fields: Mapping[str, Any],
    who: Reader,
    now: datetime,
    marking: str = "",
    rests_on: tuple[Marking, ...] = (),
    power: str = POWER,
) -> K:
    """Store a row in a person's name, with its line in the log.

    `marking` is a word of TLP; empty, it is the highest of `rests_on`, and never below it. What rests on nothing else
    needs the word. Raises RefusedError("people.no_power"), ("watch.above_ceiling"), InputError("watch.below_base").
    """
    demand(who, power)
    given = _marking(marking, rests_on, who)
    with transaction.atomic():
        made = kind._default_manager.create(
            marking=picture.marking_row(given), kept_by=who.signature, kept_at=int(now.timestamp()), **fields
        )
        detail = {"number": made.pk, "marking": given.words()}
        audit.note(act, actor=who.signature, object=about, detail=detail)
    return made


def withdraw(kind: type[K], number: int | str, *, act: str, reason: str, who: Reader, now: datetime) -> K:
    """Take a row back, with a reason; it stays in the history. Raises what `find` and `filled` raise."""
    demand(who, POWER)
    row = find(kind, number, who)
    row.withdrawn_reason = filled("reason", reason)
    row.withdrawn_by, row.withdrawn_at = who.signature, int(now.timestamp())
    with transaction.atomic():
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        detail = {"number": row.pk, "reason": row.withdrawn_reason}
        audit.note(act, actor=who.signature, object=kind._meta.model_name or "", detail=detail)
    return row


def filled(field: str, text: str) -> str:
    """The text without spaces around it. Raises InputError("watch.empty", field=...)."""
    if not text.strip():
        raise InputError("watch.empty", field=field)
    return text.strip()


def chosen(field: str, word: str, catalogue_name: str) -> str:
    """The word, which must be a key of the catalogue. Raises InputError("watch.word", field=...)."""
    return among(field, word, catalogue(catalogue_name).keys())


def among(field: str, word: str, known: tuple[str, ...]) -> str:
    """The word, which must be one of those. Raises InputError("watch.word", field=...)."""
    if word not in known:
        raise InputError("watch.word", field=field, word=word, known=", ".join(known))
    return word


def keys(name: str) -> tuple[str, ...]:
    """The keys of a catalogue in their order."""
    return catalogue(name).keys()


def day(field: str, text: str) -> date:
    """The day that an ISO text names. Raises InputError("watch.day", field=...)."""
    try:
        return date.fromisoformat(filled(field, text))
    except ValueError as error:
        raise InputError("watch.day", field=field, day=text) from error


def number(field: str, text: str, *, least: float | None = None) -> float:
    """The number of a text with point or comma. Raises InputError("watch.number", field=...)."""
    try:
        value = float(filled(field, text).replace(",", "."))
    except ValueError as error:
        raise InputError("watch.number", field=field, value=text, least=least) from error
    if not isfinite(value) or (least is not None and value < least):
        raise InputError("watch.number", field=field, value=text, least=least)
    return value


def whole(field: str, text: str, *, least: int) -> int:
    """A whole number from `least` to 3650. Raises InputError("watch.number", field=...)."""
    if not text.strip().isdecimal() or not least <= int(text) <= 3650:
        raise InputError("watch.number", field=field, value=text, least=least)
    return int(text)


def day_of(seconds: int) -> date:
    """The day of a moment in seconds since 1970, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).date()


def today(now: datetime, known_on: int | None = None) -> date:
    """The day on which something is asked: of `known_on` where one is given."""
    return day_of(int(now.timestamp()) if known_on is None else known_on)


def _marking(word: str, rests_on: tuple[Marking, ...], who: Reader) -> Marking:
    if not rests_on:
        filled("marking", word)
    least = highest(rests_on)
    if word:
        among("marking", word, TLP)
    given = Marking(word or least.tlp, least.classification, least.releasable_to)
    if not who.ceiling.admits(given):
        raise RefusedError("watch.above_ceiling", field="marking", marking=given.words())
    if given.tlp_rank < least.tlp_rank:
        raise InputError("watch.below_base", field="marking", marking=given.words(), least=least.words())
    return given
