"""What a progress letter says, as one frozen value: the same for a draft, and for what was fixed when it was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from verband.language.records import json_bytes
from verband.rooms.measures.progress.terms import Term
from verband.rooms.measures.progress.tracker import Tracked
from verband.rooms.measures.reading import Citation

#: What may have changed since the last letter, in the order in which it is told.
CHANGES = ("new", "gone", "due", "status", "later", "overdue")


class LaterSaid(msgspec.Struct, frozen=True):
    """What is known later about an entry, with its source and the day that it is of."""

    state: str
    text: str
    source: str
    day: date


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment as the letter has it: as stated with its place, its term as read, and what is known later."""

    key: str
    title_nl: str
    title_en: str
    kind: str
    accent: str
    owner: str
    owner_inferred: bool
    owed: str
    papers: tuple[str, ...]
    stated_on: str
    due: str
    term_kind: str
    term_rule: str
    first: date | None
    last: date | None
    status: str
    source_nl: str
    source_en: str
    source_number: str
    section: str
    line: int | None
    anchor_nl: str
    later: LaterSaid | None
    overdue: bool

    def title(self, language: str) -> str:
        """The title in `nl` or `en`."""
        return self.title_nl if language == "nl" else self.title_en

    @property
    def source(self) -> Citation:
        """Where it says so."""
        return Citation(self.source_nl, self.source_en, self.source_number, self.section, self.line, self.anchor_nl)

    @property
    def term(self) -> Term:
        """Its term as read."""
        return Term(self.term_kind, self.term_rule, self.first, self.last)

    @property
    def state(self) -> str:
        """What is known later; `unknown` where nothing is."""
        return self.later.state if self.later is not None else "unknown"

    @property
    def is_owed(self) -> bool:
        """Whether it is owed to parliament."""
        return self.owed != "none"


class Said(msgspec.Struct, frozen=True):
    """What an owner says in the letter: text, the source that it names, the day, and who kept it."""

    owner: str
    text: str
    source: str
    day: date
    by: str


class Change(msgspec.Struct, frozen=True):
    """What is other than in the last letter: of which entry, what (`CHANGES`), before and after (words or keys)."""

    key: str
    what: str
    before: str = ""
    after: str = ""


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a letter says. `since` is the day of the letter before it; None where there is none."""

    title: str
    day: date
    entries: tuple[Entry, ...]
    contributions: tuple[Said, ...] = ()
    missing: tuple[str, ...] = ()
    since: date | None = None
    changes: tuple[Change, ...] = ()

    @property
    def owed(self) -> tuple[Entry, ...]:
        """What is owed to parliament."""
        return tuple(entry for entry in self.entries if entry.is_owed)


def entry_of(row: Tracked) -> Entry:
    """The commitment as a letter has it."""
    view, later = row.view, row.later
    return Entry(
        key=view.key,
        title_nl=view.title_nl,
        title_en=view.title_en,
        kind=view.kind,
        accent=view.accent,
        owner=view.owner,
        owner_inferred=view.owner_inferred,
        owed=view.owed_to_parliament,
        papers=view.papers,
        stated_on=view.stated_on,
        due=view.due_as_stated,
        term_kind=row.term.kind,
        term_rule=row.term.rule,
        first=row.term.first,
        last=row.term.last,
        status=view.status_as_stated,
        source_nl=view.source.title_nl,
        source_en=view.source.title_en,
        source_number=view.source.number,
        section=view.source.section,
        line=view.source.line,
        anchor_nl=view.source.anchor_nl,
        later=LaterSaid(later.state, later.text, later.source, later.day) if later else None,
        overdue=row.overdue,
    )


def changes(before: Content, after: Sequence[Entry]) -> tuple[Change, ...]:
    """What is other than in the letter before, by entry in order of key and, of each, in the order of `CHANGES`."""
    old = {entry.key: entry for entry in before.entries}
    new = {entry.key: entry for entry in after}
    found: list[Change] = []
    for key in sorted(old.keys() | new.keys()):
        if key not in old:
            found.append(Change(key, "new"))
        elif key not in new:
            found.append(Change(key, "gone"))
        else:
            found += _changed(old[key], new[key])
    return tuple(found)


def _changed(old: Entry, new: Entry) -> list[Change]:
    pairs: Mapping[str, tuple[str, str]] = {
        "due": (old.due, new.due),
        "status": (old.status, new.status),
        "later": (old.state, new.state),
        "overdue": (_word(old.overdue), _word(new.overdue)),
    }
    changed = [Change(new.key, what, *pair) for what, pair in pairs.items() if pair[0] != pair[1]]
    same_state = old.state == new.state and old.later != new.later
    return [*changed, Change(new.key, "later", old.state, new.state)] if same_state else changed


def stored(content: Content) -> bytes:
    """The content as canonical JSON: the same content gives the same bytes."""
    return json_bytes(msgspec.to_builtins(content))


def digest(content: bytes) -> str:
    """The SHA-256 of stored content."""
    return hashlib.sha256(content).hexdigest()


def opened(text: str) -> Content:
    """The content that was stored."""
    return msgspec.json.decode(text, type=Content)


def _word(value: bool) -> str:
    return "yes" if value else "no"
