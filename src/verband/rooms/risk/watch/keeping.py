"""How everything here is kept: marked, with name and moment, in the log; withdrawn with a reason, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any, TypeVar

from verband.language import decimals
from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import keeping
from verband.rooms.risk.models import Kept

POWER = "assess"
DAY_S = 86_400
_ERRORS = keeping.Codes(
    none="watch.none",
    withdrawn="watch.withdrawn",
    empty="watch.empty",
    word="watch.word",
    above_ceiling="watch.above_ceiling",
    below_base="watch.below_base",
)
K = TypeVar("K", bound=Kept)


rows = keeping.rows
standing = keeping.standing
today = keeping.today
day_of = keeping.day_of


def withdrawn(kind: type[K], who: Reader, *, known_on: int | None = None) -> list[K]:
    """Those that somebody withdrew."""
    return [row for row in rows(kind, who, known_on=known_on) if row.withdrawn_at is not None]


def find(kind: type[K], number: int | str, who: Reader, *, known_on: int | None = None) -> K:
    """One standing row. Raises NotFoundError("watch.none") alike where it is not and where it may not be seen.

    Raises InputError("watch.withdrawn").
    """
    return keeping.find(kind, number, who, errors=_ERRORS, known_on=known_on)


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
    given = keeping.marking_for(marking, rests_on, who, errors=_ERRORS)
    return keeping.keep(kind, act=act, about=about, fields=fields, marking=given, who=who, now=now)


def withdraw(kind: type[K], number: int | str, *, act: str, reason: str, who: Reader, now: datetime) -> K:
    """Take a row back, with a reason; it stays in the history. Raises what `find` and `filled` raise."""
    demand(who, POWER)
    row = find(kind, number, who)
    about = kind._meta.model_name or ""
    keeping.take_back(row, act=act, about=about, reason=reason, who=who, now=now, errors=_ERRORS)
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
    found = decimals.whole(text)
    if found is None or not least <= found <= 3650:
        raise InputError("watch.number", field=field, value=text, least=least)
    return found
