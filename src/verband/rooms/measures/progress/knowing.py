"""What is known later about a commitment, beside its status as stated, which nothing here changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from verband.language.errors import NotFoundError
from verband.language.markings import Marking
from verband.rooms.measures import reading
from verband.rooms.measures.progress import keeping
from verband.rooms.measures.progress.models import KnownLater
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import keeping as kept

#: What may be known later (R103), and `unknown` where nothing is: never read as fulfilled.
STATES = ("fulfilled", "late", "changed", "running", "unknown")


@dataclass(frozen=True)
class Later:
    """One row: what is known, from which source, as of which day, and who kept it; withdrawn ones say so."""

    number: int
    state: str
    text: str
    source: str
    day: date
    by: str
    at: int
    marking: Marking
    withdrawn_by: str
    withdrawn_at: int | None
    withdrawn_reason: str


def known(who: Reader, *, on: date, known_on: int | None = None) -> dict[str, Later]:
    """By commitment the newest standing row about a day up to `on`, of those that the reader may see."""
    rows = kept.standing(KnownLater, who, known_on=known_on)
    return {row.commitment: _later(row) for row in rows if row.day <= on}


def history(commitment: str, who: Reader, *, known_on: int | None = None) -> list[Later]:
    """Every row about a commitment that the reader may see, newest day first, those withdrawn included."""
    rows = kept.rows(KnownLater, who, known_on=known_on, commitment=commitment)
    return [_later(row) for row in reversed(rows)]


def keep(commitment: str, told: Mapping[str, str], *, who: Reader, now: datetime) -> None:
    """Keep what is known later in a person's name: `state`, `text`, `source`, `day` and `marking` (empty: as stated).

    Raises RefusedError("people.no_power"), ("progress.above_ceiling"), NotFoundError("measures.unknown"), InputError
    with `field`: ("progress.word"), ("progress.empty"), ("progress.long"), ("progress.day"), ("progress.future"),
    ("progress.below_base").
    """
    demand(who, keeping.POWER)
    about = _commitment(commitment, who)
    fields = {
        "commitment": commitment,
        "state": keeping.among("state", told.get("state", ""), STATES),
        "text": keeping.filled("text", told.get("text", "")),
        "source": keeping.filled("source", told.get("source", "")),
        "day": keeping.day("day", told.get("day", ""), now=now),
    }
    marking = kept.marking_for(told.get("marking", ""), [about], who, errors=keeping.ERRORS)
    act, about_key = "later knowledge kept", f"commitment {commitment}"
    kept.keep(KnownLater, act=act, about=about_key, fields=fields, marking=marking, who=who, now=now)


def load(rows: Iterable[Mapping[str, str]], *, who: Reader, now: datetime) -> None:
    """Keep rows as `keep` does, each with its `commitment`; one that was kept before, standing or not, is left out."""
    for told in rows:
        same = {name: told[name] for name in ("commitment", "state", "text", "source")}
        if not KnownLater.objects.filter(**same).exists():
            keep(told["commitment"], told, who=who, now=now)


def withdraw(number: str, *, reason: str, who: Reader, now: datetime) -> str:
    """Take a row back with a reason, and say about which commitment it was; it stays in the history.

    Raises RefusedError("people.no_power"), NotFoundError("progress.none"), InputError("progress.withdrawn"),
    ("progress.empty"), ("progress.long").
    """
    demand(who, keeping.POWER)
    row = kept.find(KnownLater, number, who, errors=keeping.ERRORS)
    _commitment(row.commitment, who)
    why = keeping.filled("reason", reason)
    act, about = "later knowledge withdrawn", f"commitment {row.commitment}"
    kept.take_back(row, act=act, about=about, reason=why, who=who, now=now, errors=keeping.ERRORS)
    return row.commitment


def _commitment(key: str, who: Reader) -> Marking:
    found = next((view for view in reading.commitments(who) if view.key == key), None)
    if found is None:
        raise NotFoundError("measures.unknown", key=key)
    return found.marking


def _later(row: KnownLater) -> Later:
    return Later(
        row.pk,
        row.state,
        row.text,
        row.source,
        row.day,
        row.kept_by,
        row.kept_at,
        row.marking.value(),
        row.withdrawn_by,
        row.withdrawn_at,
        row.withdrawn_reason,
    )
