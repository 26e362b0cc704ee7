"""How everything here is kept: as all that people keep, with source and account, and the errors of this room."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import Marking
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import keeping as kept
from verband.rooms.picture import services as picture
from verband.rooms.response.models import Kept

PREPARE, CARRY_OUT, OBSERVE = "prepare_response", "carry_out_response", "observe_response"
#: Most characters of a text and of a title.
TEXT, TITLE = 10_000, 200
_ERRORS = kept.Codes(
    none="response.none",
    withdrawn="response.withdrawn",
    empty="response.empty",
    word="response.word",
    above_ceiling="response.above_ceiling",
    below_base="response.below_base",
)
K = TypeVar("K", bound=Kept)


rows = kept.rows
standing = kept.standing
today = kept.today
marking_row = picture.marking_row


@contextmanager
def refusals_logged(who: Reader, about: str) -> Iterator[None]:
    """What is done within it is done whole or not at all; a refusal is written in the log and goes on."""
    try:
        with transaction.atomic():
            yield
    except RefusedError as error:
        audit.note("refused", actor=who.signature, object=about, detail={"refused": error.code})
        raise


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
    # Before anything is begun, so that the line in the log about a refusal stays.
    kept.refuse_contact_in(fields, who)
    given = marked(marking, rests_on, who)
    with transaction.atomic():
        if "key" in fields and kind._default_manager.filter(key=fields["key"]).exists():
            raise InputError("response.twice", field="marking")
        given_fields = {**fields, "source": source, "person": who.username}
        return kept.keep(kind, act=act, about=about, fields=given_fields, marking=given, who=who, now=now)


def withdraw(row: K, *, act: str, about: str, reason: str, who: Reader, now: datetime) -> K:
    """Take a row back, with a reason; it stays in the history. Raises InputError("response.withdrawn") too."""
    demand(who, PREPARE)
    return take_back(row, act=act, about=about, reason=reason, who=who, now=now)


def take_back(row: K, *, act: str, about: str, reason: str, who: Reader, now: datetime) -> K:
    """The same where the caller looked whether this person may."""
    if row.withdrawn_at is not None:
        raise InputError("response.withdrawn", field="reason")
    kept.take_back(row, act=act, about=about, reason=filled("reason", reason), who=who, now=now, errors=_ERRORS)
    return row


def new_key(*parts: str, who: Reader, now: datetime) -> str:
    """A key made of what it names, by whom and when: it says nothing of rows that a reader may not see."""
    named = chr(31).join((*parts, who.username, str(int(now.timestamp()))))
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def marked(word: str, rests_on: Sequence[Marking], who: Reader) -> Marking:
    """The marking to keep a row under; raises as `keep` does."""
    return kept.marking_for(word, rests_on, who, errors=_ERRORS)


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
    """The word, which must be one of those. Raises InputError("response.choose") for none, ("response.word")."""
    if not word.strip():
        raise InputError("response.choose", field=field)
    if word not in known:
        raise InputError("response.word", field=field, word=word, known=", ".join(known))
    return word


def day(field: str, text: str) -> date:
    """The day that an ISO text names. Raises InputError("response.empty"), ("response.day")."""
    told = filled(field, text, most=TITLE)
    found = kept.day_named(told)
    if found is None:
        raise InputError("response.day", field=field, day=told)
    return found
