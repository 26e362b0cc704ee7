"""How rows that people keep are read, stored and taken back, whatever the room: one way for all that are marked.

A row that is kept has `marking`, `kept_by`, `kept_at`, `withdrawn_by`, `withdrawn_at` and `withdrawn_reason` (seconds
since 1970). It is withdrawn with a reason, never changed or deleted. Each room says its errors in own words: `Codes`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from django.db import models, transaction

from verband.language.decimals import whole
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.markings import TLP, Marking, highest
from verband.rooms.audit import services as audit
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings


class Marked(models.Model):
    """What every row has that a person keeps: its marking, who and when, and whether it was withdrawn."""

    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")
    kept_by = models.CharField(max_length=200)
    kept_at = models.BigIntegerField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        abstract = True


@dataclass(frozen=True)
class Codes:
    """The codes of a room's own errors about what is kept."""

    none: str
    withdrawn: str
    empty: str
    word: str
    above_ceiling: str
    below_base: str


K = TypeVar("K", bound=Marked)
#: Years of which people keep anything here.
_YEARS = range(1900, 2200)
#: Fields that no person writes: made here, of digits that mean nothing.
_MADE_HERE = frozenset({"key", "content", "sha256", "digest"})


def rows(kind: type[K], who: Reader, *, known_on: int | None = None, **wanted: object) -> list[K]:
    """The rows that the reader may see, in the order of the model, as they stood at `known_on`; withdrawn ones too."""
    found = kind._default_manager.filter(marking_id__in=markings.visible(who.ceiling), **wanted)
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


def find(kind: type[K], number: int | str, who: Reader, *, errors: Codes, known_on: int | None = None) -> K:
    """One standing row. Raises NotFoundError of `none` alike where it is not and where it may not be seen.

    Raises InputError of `withdrawn`.
    """
    key = whole(str(number))
    row = None if key is None else next(iter(rows(kind, who, known_on=known_on, pk=key)), None)
    if row is None:
        raise NotFoundError(errors.none)
    if row.withdrawn_at is not None:
        raise InputError(errors.withdrawn, field="reason")
    return row


def keep(
    kind: type[K],
    *,
    act: str,
    about: str,
    fields: Mapping[str, Any],
    marking: Marking,
    who: Reader,
    now: datetime,
) -> K:
    """Store a row in a person's name, with its line in the log: what was done, about what, its number and marking.

    Raises InputError("people.contact") where a text in it leads to a person.
    """
    refuse_contact_in(fields, who)
    with transaction.atomic():
        made = kind._default_manager.create(
            **fields, marking=markings.row(marking), kept_by=who.signature, kept_at=int(now.timestamp())
        )
        audit.note(act, actor=who.signature, object=about, detail={"number": made.pk, "marking": marking.words()})
    return made


def refuse_contact_in(fields: Mapping[str, Any], who: Reader) -> None:
    """Refuse what leads to a person in the texts that a person wrote; what is made here of digits is left out.

    `keep` does so itself. Whoever keeps several rows at once asks first, so that the line in the log about a refusal is
    not taken back with them.
    """
    refuse_contact(who, **{name: value for name, value in fields.items() if name not in _MADE_HERE})


def take_back(row: Marked, *, act: str, about: str, reason: str, who: Reader, now: datetime, errors: Codes) -> None:
    """Withdraw a standing row, with its line in the log; it stays in the history.

    Raises InputError of `empty`, ("people.contact").
    """
    if not reason.strip():
        raise InputError(errors.empty, field="reason")
    refuse_contact(who, reason=reason)
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = who.signature, int(now.timestamp()), reason.strip()
    with transaction.atomic():
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        detail = {"number": row.pk, "reason": row.withdrawn_reason}
        audit.note(act, actor=who.signature, object=about, detail=detail)


def marking_for(word: str, rests_on: Iterable[Marking], who: Reader, *, errors: Codes) -> Marking:
    """The marking that a row gets: the word of TLP, or the highest of what it rests on where the word is empty.

    Raises InputError of `empty` where there is neither, of `word`, of `below_base` below what it rests on;
    RefusedError of `above_ceiling` above what the writer himself may see.
    """
    base = tuple(rests_on)
    if not base and not word.strip():
        raise InputError(errors.empty, field="marking")
    least = highest(base) if base else Marking()
    tlp = (word.strip() or least.tlp).upper().removeprefix("TLP:")
    if tlp not in TLP:
        raise InputError(errors.word, field="marking", word=word, known=", ".join(TLP))
    given = Marking(tlp, least.classification, least.releasable_to)
    if not who.ceiling.admits(given):
        raise RefusedError(errors.above_ceiling, field="marking", marking=given.words())
    if given.tlp_rank < least.tlp_rank:
        raise InputError(errors.below_base, field="marking", marking=given.words(), least=least.words())
    return given


def day_named(text: str) -> date | None:
    """The day that an ISO text names; None where it names none, or one that only a slip of the pen can mean.

    A form of a browser takes 26 for the year 26.
    """
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def day_of(seconds: int) -> date:
    """The day of a moment in seconds since 1970, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).date()


def today(now: datetime, known_on: int | None = None) -> date:
    """The day on which something is asked: of `known_on` where one is given."""
    return day_of(int(now.timestamp()) if known_on is None else known_on)
