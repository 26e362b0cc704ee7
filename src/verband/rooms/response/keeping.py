"""How everything here is kept: marked, with source, name and moment, in the log; withdrawn with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import TLP, Marking, highest
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.response.models import Kept
from verband.rooms.risk import services as risk

PREPARE, CARRY_OUT, OBSERVE = "prepare_response", "carry_out_response", "observe_response"
#: Most characters of a text and of a title.
TEXT, TITLE = 10_000, 200
K = TypeVar("K", bound=Kept)


def rows(kind: type[K], who: Reader, *, known_on: int | None = None, **wanted: object) -> list[K]:
    """The rows of that kind which the reader may see, newest first, as they stood at the moment `known_on`."""
    found = kind._default_manager.filter(marking_id__in=picture.visible_markings(who.ceiling), **wanted)
    if known_on is not None:
        found = found.filter(kept_at__lte=known_on)
    shown = list(found.select_related("marking").order_by("-kept_at", "-pk"))
    for row in shown:
        if known_on is not None and row.withdrawn_at is not None and row.withdrawn_at > known_on:
            row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = None, "", ""
    return shown


def standing(kind: type[K], who: Reader, *, known_on: int | None = None, **wanted: object) -> list[K]:
    """Those that nobody withdrew."""
    return [row for row in rows(kind, who, known_on=known_on, **wanted) if row.withdrawn_at is None]


def find(kind: type[K], key: str, who: Reader, *, known_on: int | None = None) -> K:
    """The row of that key, withdrawn or not.

    Raises NotFoundError("response.none") alike where it is not and where it may not be seen.
    """
    row = next(iter(rows(kind, who, known_on=known_on, key=key)), None)
    if row is None:
        raise NotFoundError("response.none")
    return row


def find_standing(kind: type[K], key: str, who: Reader) -> K:
    """The same where nobody withdrew it. Raises InputError("response.withdrawn") besides."""
    row = find(kind, key, who)
    if row.withdrawn_at is not None:
        raise InputError("response.withdrawn", field="reason")
    return row


def keep(
    kind: type[K],
    *,
    act: str,
    about: str,
    fields: Mapping[str, Any],
    source: str,
    who: Reader,
    now: datetime,
    marking: str = "",
    rests_on: Sequence[Marking] = (),
    power: str = PREPARE,
) -> K:
    """Store a row in a person's name, with its line in the log.

    `marking` is a word of TLP; empty, it is the highest of `rests_on`, and never below it. Raises
    RefusedError("people.no_power"), ("response.above_ceiling"), InputError("response.below_base"), ("response.twice").
    """
    demand(who, power)
    risk.refuse_contact(who, **_texts(fields))
    given = marked(marking, rests_on, who)
    with transaction.atomic():
        if "key" in fields and kind._default_manager.filter(key=fields["key"]).exists():
            raise InputError("response.twice", field="marking")
        made = kind._default_manager.create(
            marking=picture.marking_row(given),
            source=source,
            person=who.username,
            kept_by=who.signature,
            kept_at=int(now.timestamp()),
            **fields,
        )
        detail = {"marking": given.words()} | ({"key": fields["key"]} if "key" in fields else {})
        audit.note(act, actor=who.signature, object=about, detail=detail)
    return made


def withdraw(row: K, *, act: str, about: str, reason: str, who: Reader, now: datetime) -> K:
    """Take a row back, with a reason; it stays in the history. Raises InputError("response.withdrawn") too."""
    demand(who, PREPARE)
    if row.withdrawn_at is not None:
        raise InputError("response.withdrawn", field="reason")
    row.withdrawn_reason = filled("reason", reason)
    row.withdrawn_by, row.withdrawn_at = who.signature, int(now.timestamp())
    with transaction.atomic():
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        audit.note(act, actor=who.signature, object=about, detail={"reason": row.withdrawn_reason})
    return row


def new_key(*parts: str, who: Reader, now: datetime) -> str:
    """A key made of what it names, by whom and when: it says nothing of rows that a reader may not see."""
    named = chr(31).join((*parts, who.username, str(int(now.timestamp()))))
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def marked(word: str, rests_on: Sequence[Marking], who: Reader) -> Marking:
    """The marking to keep a row under; raises as `keep` does."""
    least = highest(rests_on)
    if word:
        among("marking", word, TLP)
    given = Marking(word or least.tlp, least.classification, least.releasable_to)
    if not who.ceiling.admits(given):
        raise RefusedError("response.above_ceiling", field="marking", marking=given.words())
    if given.tlp_rank < least.tlp_rank:
        raise InputError("response.below_base", field="marking", marking=given.words(), least=least.words())
    return given


def filled(field: str, text: str, *, most: int = TEXT) -> str:
    """The text without spaces around it. Raises InputError("response.empty"), ("response.long")."""
    told = text.strip()
    if not told:
        raise InputError("response.empty", field=field)
    return short(field, told, most=most)


def short(field: str, text: str, *, most: int = TEXT) -> str:
    """The text, which may be empty, without spaces around it. Raises InputError("response.long")."""
    told = text.replace("\x00", "").strip()
    if len(told) > most:
        raise InputError("response.long", field=field, most=most)
    return told


def chosen(field: str, word: str, name: str) -> str:
    """The word, which must be a key of the catalogue. Raises InputError("response.word")."""
    return among(field, word, catalogue(name).keys())


def several(field: str, words: Sequence[str], name: str) -> list[str]:
    """One or more keys of a catalogue, in its order. Raises InputError("response.empty"), ("response.word")."""
    if not words:
        raise InputError("response.empty", field=field)
    given = {chosen(field, word, name) for word in words}
    known = catalogue(name).keys()
    return [key for key in known if key in given]


def among(field: str, word: str, known: Sequence[str]) -> str:
    """The word, which must be one of those. Raises InputError("response.word")."""
    if word not in known:
        raise InputError("response.word", field=field, word=word, known=", ".join(known))
    return word


def day(field: str, text: str) -> date:
    """The day that an ISO text names. Raises InputError("response.empty"), ("response.day")."""
    told = filled(field, text)
    try:
        return date.fromisoformat(told)
    except ValueError as error:
        raise InputError("response.day", field=field, day=told) from error


def today(now: datetime, known_on: int | None = None) -> date:
    """The day on which something is asked, in UTC: of `known_on` where one is given."""
    return now.astimezone(UTC).date() if known_on is None else datetime.fromtimestamp(known_on, UTC).date()


def _texts(fields: Mapping[str, Any]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if isinstance(value, str) and name not in ("key", "content")}
