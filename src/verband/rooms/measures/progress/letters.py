"""The progress letter: opened by a person, filled with a contribution of each owner, agreed, and sent.

A letter holds what lies at or below its own marking, so that everybody who may see it sees the same letter.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from verband.language.errors import InputError, NotFoundError, RefusedError, StateError
from verband.language.markings import Ceiling, Marking, highest
from verband.rooms.measures import reading
from verband.rooms.measures.progress import content as said
from verband.rooms.measures.progress import keeping, tracker
from verband.rooms.measures.progress.content import Content, Said
from verband.rooms.measures.progress.models import Contribution, LetterStep, ProgressLetter
from verband.rooms.measures.progress.tracker import Tracked
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import keeping as kept

#: The states of a letter (R104), and from which state each step may be taken; `draft` is also how it begins.
STATES = ("draft", "agreed", "sent")
STEPS: Mapping[str, tuple[str, str]] = {
    "agree": ("draft", "agreed"),
    "reopen": ("agreed", "draft"),
    "send": ("agreed", "sent"),
}


@dataclass(frozen=True)
class Step:
    """A step by a person: to which state, why, when."""

    state: str
    reason: str
    by: str
    at: int
    sha256: str


@dataclass(frozen=True)
class LetterView:
    """A letter with its steps, its content, and its marking, above which nothing in it lies.

    `above` is how many commitments the reader sees that lie above it and are left out. Until it is sent, its content is
    that of now; from then on it is what was fixed, under `sha256`.
    """

    key: str
    title: str
    day: date
    state: str
    steps: tuple[Step, ...]
    content: Content
    contributions: tuple[Contribution, ...]
    owners: tuple[str, ...]
    marking: Marking
    sha256: str
    above: int
    withdrawn_reason: str
    withdrawn_by: str

    @property
    def missing(self) -> tuple[str, ...]:
        """The owners of what is owed to parliament that gave no contribution."""
        return self.content.missing

    @property
    def withdrawn(self) -> bool:
        """Whether somebody took it back."""
        return bool(self.withdrawn_by)


def letters(who: Reader, *, known_on: int | None = None) -> list[LetterView]:
    """Letters that the reader may see, newest first, those withdrawn included.

    Raises StateError("progress.tampered") where the fixed content of one was altered.
    """
    rows = kept.rows(ProgressLetter, who, known_on=known_on)
    return [_view(row, who, known_on) for row in reversed(rows)]


def letter(key: str, who: Reader, *, known_on: int | None = None) -> LetterView:
    """One letter. Raises NotFoundError("progress.none") alike where there is none and where it may not be seen."""
    return _view(_row(key, who, known_on), who, known_on)


def current(who: Reader, *, known_on: int | None = None) -> LetterView | None:
    """The newest letter that nobody withdrew; None where there is none."""
    return next((view for view in letters(who, known_on=known_on) if not view.withdrawn), None)


def unwritten(who: Reader, *, title: str, on: date, known_on: int | None = None) -> tuple[Content, Marking]:
    """What a letter would say on that day though nobody opened one, with its marking: every contribution is missing."""
    rows = tracker.tracked(who, on=on, known_on=known_on)
    made = _content(title, on, rows, (), _last(who, None, known_on))
    return made, highest([Marking(), *(marking for row in rows for marking in row.markings)])


def open_letter(told: Mapping[str, str], *, who: Reader, now: datetime) -> str:
    """Open a draft: `title`, `day` (whose state it tells), `reason`, `marking`; its key comes back.

    Raises RefusedError("people.no_power"), ("progress.above_ceiling"), InputError with `field`: ("progress.empty"),
    ("progress.long"), ("progress.day"), ("progress.future"), ("progress.word"), ("progress.twice").
    """
    demand(who, keeping.POWER)
    title = keeping.filled("title", told.get("title", ""), most=keeping.TITLE)
    on = keeping.day("day", told.get("day", ""), now=now)
    reason = keeping.filled("reason", told.get("reason", ""))
    named = chr(31).join((title, on.isoformat(), who.username, str(int(now.timestamp()))))
    key = hashlib.sha256(named.encode()).hexdigest()[:16]
    if ProgressLetter.objects.filter(key=key).exists():
        raise InputError("progress.twice", field="title")
    marking = kept.marking_for(told.get("marking", ""), [Marking()], who, errors=keeping.ERRORS)
    fields = {"key": key, "title": title, "day": on, "reason": reason}
    act, about = "progress letter opened", f"letter {key}"
    kept.keep(ProgressLetter, act=act, about=about, fields=fields, marking=marking, who=who, now=now)
    return key


def contribute(key: str, told: Mapping[str, str], *, who: Reader, now: datetime) -> None:
    """Keep what an owner says in a draft: `owner` (of something owed to parliament), `text`, `source` and `day`.

    It is marked as the letter is. Raises RefusedError("people.no_power"), ("progress.fixed") where it is no draft,
    NotFoundError("progress.none"), InputError with `field` as `open_letter`.
    """
    demand(who, keeping.POWER)
    row = _draft(key, who)
    view = _view(row, who, None)
    fields = {
        "letter": row,
        "owner": keeping.among("owner", told.get("owner", ""), view.owners),
        "text": keeping.filled("text", told.get("text", "")),
        "source": keeping.filled("source", told.get("source", "")),
        "day": keeping.day("day", told.get("day", ""), now=now),
    }
    act, marking = "contribution to a letter kept", row.marking.value()
    kept.keep(Contribution, act=act, about=f"letter {key}", fields=fields, marking=marking, who=who, now=now)


def take_back(key: str, number: str, *, reason: str, who: Reader, now: datetime) -> None:
    """Withdraw a contribution from a draft, with a reason. Raises as `contribute`, and ("progress.withdrawn")."""
    demand(who, keeping.POWER)
    letter_row = _draft(key, who)
    row = kept.find(Contribution, number, who, errors=keeping.ERRORS)
    if row.letter_id != letter_row.pk:
        raise NotFoundError(keeping.ERRORS.none)
    why = keeping.filled("reason", reason)
    act = "contribution to a letter withdrawn"
    kept.take_back(row, act=act, about=f"letter {key}", reason=why, who=who, now=now, errors=keeping.ERRORS)


def move(key: str, step: str, *, reason: str, who: Reader, now: datetime) -> None:
    """Take a step of `STEPS` in a person's name: nobody agrees while a contribution is missing; sending fixes all.

    Raises RefusedError("people.no_power"), ("progress.not_now"),
    ("progress.missing"), NotFoundError("progress.none"), InputError("progress.empty"), ("progress.long"),
    ("progress.withdrawn").
    """
    demand(who, keeping.POWER)
    if step not in STEPS:
        raise NotFoundError(keeping.ERRORS.none)
    why = keeping.filled("reason", reason)
    refuse_contact(who, reason=why)
    before, after = STEPS[step]
    with transaction.atomic():
        ProgressLetter.objects.select_for_update().filter(key=key).first()
        view = _view(_standing(key, who), who, None)
        if view.state != before:
            raise RefusedError("progress.not_now", field="reason", state=view.state)
        if after != "draft" and view.missing:
            raise RefusedError("progress.missing", field="reason", owners=", ".join(view.missing))
        fixed = said.stored(view.content) if after == "sent" else b""
        fields = {
            "letter": _standing(key, who),
            "state": after,
            "reason": why,
            "content": fixed.decode(),
            "sha256": said.digest(fixed) if fixed else "",
        }
        act, about = f"progress letter {after}", f"letter {key}"
        kept.keep(LetterStep, act=act, about=about, fields=fields, marking=view.marking, who=who, now=now)


def withdraw(key: str, *, reason: str, who: Reader, now: datetime) -> None:
    """Take a letter back that was not sent, with a reason. Raises as `move`, and RefusedError("progress.fixed")."""
    demand(who, keeping.POWER)
    row = _standing(key, who)
    if _state(row, None) == "sent":
        raise RefusedError("progress.fixed", field="reason", state="sent")
    why = keeping.filled("reason", reason)
    act, about = "progress letter withdrawn", f"letter {key}"
    kept.take_back(row, act=act, about=about, reason=why, who=who, now=now, errors=keeping.ERRORS)


def _row(key: str, who: Reader, known_on: int | None) -> ProgressLetter:
    row = next(iter(kept.rows(ProgressLetter, who, known_on=known_on, key=key)), None)
    if row is None:
        raise NotFoundError(keeping.ERRORS.none)
    return row


def _standing(key: str, who: Reader) -> ProgressLetter:
    row = _row(key, who, None)
    if row.withdrawn_at is not None:
        raise InputError(keeping.ERRORS.withdrawn, field="reason")
    return row


def _draft(key: str, who: Reader) -> ProgressLetter:
    row = _standing(key, who)
    if (state := _state(row, None)) != "draft":
        raise RefusedError("progress.fixed", field="text", state=state)
    return row


def _state(row: ProgressLetter, known_on: int | None) -> str:
    found = row.steps.order_by("pk")
    newest = (found if known_on is None else found.filter(kept_at__lte=known_on)).last()
    return newest.state if newest is not None else "draft"


def _view(row: ProgressLetter, who: Reader, known_on: int | None) -> LetterView:
    under = _under(row.marking.value(), who)
    steps = kept.rows(LetterStep, who, known_on=known_on, letter=row)
    given = kept.standing(Contribution, who, known_on=known_on, letter=row)
    sent = next((step for step in steps if step.state == "sent"), None)
    if sent is not None:
        if said.digest(sent.content.encode()) != sent.sha256:
            raise StateError("progress.tampered", letter=row.title)
        content = said.opened(sent.content)
    else:
        rows = tracker.tracked(under, on=row.day, known_on=known_on)
        content = _content(row.title, row.day, rows, given, _last(under, row, known_on))
    seen = {view.key for view in reading.commitments(who, known_on=known_on)}
    return LetterView(
        key=row.key,
        title=row.title,
        day=row.day,
        state=_state(row, known_on),
        steps=tuple(Step(one.state, one.reason, one.kept_by, one.kept_at, one.sha256) for one in steps),
        content=content,
        contributions=tuple(given),
        owners=tuple(sorted({entry.owner for entry in content.owed})),
        marking=row.marking.value(),
        sha256=sent.sha256 if sent is not None else "",
        above=0 if sent is not None else len(seen - {entry.key for entry in content.entries}),
        withdrawn_reason=row.withdrawn_reason,
        withdrawn_by=row.withdrawn_by,
    )


def _content(title: str, on: date, rows: list[Tracked], given: Iterable[Contribution], last: Content | None) -> Content:
    entries = tuple(said.entry_of(row) for row in rows)
    gave = tuple(Said(one.owner, one.text, one.source, one.day, one.kept_by) for one in given)
    return Content(
        title=title,
        day=on,
        entries=entries,
        contributions=gave,
        missing=tuple(owner for owner in tracker.owners(rows) if owner not in {one.owner for one in gave}),
        since=last.day if last else None,
        changes=said.changes(last, entries) if last else (),
    )


def _last(who: Reader, before: ProgressLetter | None, known_on: int | None) -> Content | None:
    """The content of the letter sent last, of those that the reader may see, other than this one."""
    found = [
        step
        for step in kept.rows(LetterStep, who, known_on=known_on, state="sent")
        if before is None or step.letter_id != before.pk
    ]
    return said.opened(found[-1].content) if found else None


def _under(marking: Marking, who: Reader) -> Reader:
    """The reader as if his ceiling were the letter's marking: its content then depends on nothing above it."""
    ceiling = Ceiling(marking.tlp, marking.classification, marking.releasable_to or frozenset())
    return replace(who, ceiling=ceiling)
