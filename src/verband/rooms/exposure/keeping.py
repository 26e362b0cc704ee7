"""How the registers are kept: as everything that people keep, with the errors and the words of the log of this room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from verband.language.decimals import whole
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.rooms.exposure.models import Kept
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import keeping

POWER = "assess"
_ERRORS = keeping.Codes(
    none="exposure.none",
    withdrawn="exposure.withdrawn",
    empty="exposure.empty",
    word="exposure.word",
    above_ceiling="exposure.above_ceiling",
    below_base="exposure.below_base",
)
K = TypeVar("K", bound=Kept)

rows = keeping.rows
standing = keeping.standing


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
    given = marking_for(marking, rests_on, who)
    about = f"exposure {register}"
    return keeping.keep(kind, act="dependency kept", about=about, fields=fields, marking=given, who=who, now=now)


def marking_for(word: str, rests_on: Iterable[Marking], who: Reader) -> Marking:
    """The marking that a row gets that rests on those. Raises what `keep` raises."""
    return keeping.marking_for(word, rests_on, who, errors=_ERRORS)


def find(kind: type[K], number: str, who: Reader, *, known_on: int | None = None) -> K:
    """One row, withdrawn or not. Raises NotFoundError("exposure.none") alike where it is not and may not be seen."""
    key = whole(number)
    found = [] if key is None else keeping.rows(kind, who, known_on=known_on, pk=key)
    if not found:
        raise NotFoundError("exposure.none")
    return found[0]


def withdraw(kind: type[K], number: str, *, register: str, reason: str, who: Reader, now: datetime) -> K:
    """Take a row back, with a reason; it stays in the history.

    Raises RefusedError("people.no_power"), NotFoundError("exposure.none") alike where there is none and where it may
    not be seen, InputError("exposure.withdrawn"), ("exposure.empty").
    """
    demand(who, POWER)
    row = keeping.find(kind, number, who, errors=_ERRORS)
    told: dict[str, Any] = {"act": "dependency withdrawn", "about": f"exposure {register}", "reason": reason}
    keeping.take_back(row, **told, who=who, now=now, errors=_ERRORS)
    return row


def filled(field: str, text: str) -> str:
    """The text without spaces around it. Raises InputError("exposure.empty", field=...)."""
    if not text.strip():
        raise InputError("exposure.empty", field=field)
    return text.strip()


def today(now: datetime, known_on: int | None) -> date:
    """The day on which something is asked: of `known_on` where one is given."""
    return keeping.today(now, known_on)
