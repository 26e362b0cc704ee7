"""The midterm review: introduction, eleven themes of four parts with a verdict, two instruments, conclusion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking, highest
from verband.rooms.audit import services as audit
from verband.rooms.measures.services import Citation
from verband.rooms.people.services import Reader, demand
from verband.rooms.risk import storing, texts
from verband.rooms.risk.cycle import guarding, saying
from verband.rooms.risk.cycle.editions import EditionView, edition, editions, row_of
from verband.rooms.risk.cycle.saying import Place, Stamp
from verband.rooms.risk.models import CycleEdition, ReviewLine
from verband.rooms.risk.texts import Place as Published

VERDICT = "verdict"


class LineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a review as a table has it; a verdict has its key in `verdict`, `as_read` marks a reading."""

    edition: str
    part: str
    text: str
    place: Published
    theme: str = ""
    language: str = "en"
    verdict: str = ""
    as_read: bool = False
    marking: str = "CLEAR"


@dataclass(frozen=True)
class Line:
    """One line. `stamp` is None for what came with the published text of a theme."""

    part: str
    theme: str
    text: str
    language: str
    verdict: str
    as_read: bool
    source: Citation
    marking: Marking
    stamp: Stamp | None

    @property
    def standing(self) -> bool:
        """Whether nobody withdrew it."""
        return self.stamp is None or self.stamp.standing


@dataclass(frozen=True)
class Slot:
    """A place of the review that has to be filled: the part, and the theme of a part of a theme."""

    part: str
    theme: str = ""


@dataclass(frozen=True)
class Review:
    """A review as far as it is filled. `history` holds the lines that were withdrawn."""

    edition: EditionView
    lines: tuple[Line, ...]
    history: tuple[Line, ...]

    def at(self, slot: Slot) -> tuple[Line, ...]:
        """The lines of one place, in the order in which they came; of verdicts the newest alone."""
        found = tuple(line for line in self.lines if (line.part, line.theme) == (slot.part, slot.theme))
        return found[-1:] if slot.part == VERDICT else found

    @property
    def empty(self) -> tuple[Slot, ...]:
        """The places that nothing stands in, in the order of the review."""
        return tuple(slot for slot in slots() if not self.at(slot))

    @property
    def marking(self) -> Marking:
        """The highest marking of everything in it."""
        return highest([self.edition.marking, *(line.marking for line in self.lines)])


def slots() -> tuple[Slot, ...]:
    """Every place of a review in its order: introduction, themes by number with parts and verdict, the rest."""
    parts = catalogue("review_parts").entries
    themed = [entry.key for entry in parts if entry.fields.get("of_theme")]
    before = [entry.key for entry in parts[:1]]
    after = [entry.key for entry in parts if entry.key not in (*themed, *before)]
    themes = [Slot(part, theme.key) for theme in catalogue("themes").entries for part in themed]
    return (*map(Slot, before), *themes, *map(Slot, after))


def load_lines(rows: Iterable[LineRow], *, who: Reader, now: datetime) -> int:
    """Store lines of reviews, each once; how many are new.

    Raises InputError("cycle.word"), NotFoundError("cycle.unknown_edition"), RefusedError("people.no_power"),
    ("cycle.frozen").
    """
    demand(who, "upload")
    prepared = []
    for row in rows:
        fields = _row_fields(row)
        if not ReviewLine.objects.filter(**fields).exists():
            guarding.refuse(fields["edition"], f"{row.part} {row.theme}".strip(), who)
            prepared.append(fields)
    moment = int(now.timestamp())
    with transaction.atomic():
        for fields in prepared:
            ReviewLine.objects.create(**fields, recorded_at=moment, said_by=who.signature, said_at=moment)
        if prepared:
            audit.note("review lines loaded", actor=who.signature, detail={"rows": len(prepared)})
    return len(prepared)


def reviews(who: Reader, *, known_on: int | None = None) -> list[EditionView]:
    """The editions that are a review."""
    return [view for view in editions(who, known_on=known_on) if view.kind == "review"]


def review(key: str, who: Reader, *, known_on: int | None = None) -> Review:
    """A review with its lines. Raises NotFoundError("cycle.unknown_edition") also for an edition of another kind."""
    view = edition(key, who, known_on=known_on)
    if view.kind != "review":
        raise NotFoundError("cycle.unknown_edition", key=key)
    said = saying.visible(ReviewLine.objects.filter(edition__key=key), who, known_on)
    published = [item for item in texts.theme_texts(who, known_on=known_on) if item.edition == key]
    lines = [_published(item) for item in published if item.part in _parts_of_theme() and item.part != VERDICT]
    lines += [_line(row, known_on) for row in said]
    return Review(
        edition=view,
        lines=tuple(line for line in lines if line.standing),
        history=tuple(line for line in lines if not line.standing),
    )


def newest(who: Reader, *, known_on: int | None = None) -> str:
    """The key of the newest review that appeared, else of the newest. Raises NotFoundError("cycle.no_edition")."""
    found = reviews(who, known_on=known_on)
    if not found:
        raise NotFoundError("cycle.no_edition")
    return max(found, key=lambda view: view.appeared_on).key


def build(key: str, who: Reader, *, known_on: int | None = None) -> Review:
    """A review that is whole. Raises InputError("cycle.review_empty") with the places in which nothing stands."""
    found = review(key, who, known_on=known_on)
    if found.empty:
        places = "; ".join(f"{_words(slot, 'nl')} / {_words(slot, 'en')}" for slot in found.empty)
        raise InputError("cycle.review_empty", n=len(found.empty), places=places)
    return found


def write(
    key: str,
    slot: Slot,
    *,
    text: str,
    language: str,
    verdict: str,
    place: Place,
    marking: str,
    who: Reader,
    now: datetime,
) -> None:
    """Add a line to a place of the review, with where it stands; a verdict takes the place of the one before.

    Raises InputError("cycle.empty"), ("cycle.word"), ("cycle.no_source"), ("cycle.line"),
    NotFoundError("cycle.unknown_edition"), RefusedError("people.no_power"), ("cycle.frozen").
    """
    row = row_of(review(key, who).edition.key, who)
    if slot not in slots():
        known = ", ".join(" ".join(filter(None, (one.theme, one.part))) for one in slots()[:8])
        raise InputError("cycle.word", field="part", word=f"{slot.theme} {slot.part}".strip(), known=known)
    fields: dict[str, Any] = {
        "edition": row,
        "part": slot.part,
        "theme": slot.theme,
        "verdict": saying.chosen("verdict", verdict, "verdicts") if slot.part == VERDICT else "",
        "text": saying.filled("text", text),
        "language": saying.one_of("language", language, saying.LANGUAGES),
        **saying.cited(place),
        "recorded_at": int(now.timestamp()),
    }
    marked = saying.raised(row.marking.value(), marking, who)
    guarding.refuse(row, f"{slot.theme} {slot.part}".strip(), who)
    saying.keep(ReviewLine, fields, act="review line written", on=f"edition {key}", marking=marked, who=who, now=now)


def withdraw(number: int, *, reason: str, who: Reader, now: datetime, of: str = "") -> str:
    """Take a line back, with a reason; the key of its edition. `of`: the edition that it must be a line of.

    Raises NotFoundError("cycle.unknown_row"), InputError("cycle.withdrawn"), ("cycle.empty"),
    RefusedError("cycle.frozen").
    """
    row = saying.find(ReviewLine, number, who)
    if of and row.edition.key != of:
        raise NotFoundError("cycle.unknown_row")
    guarding.refuse(row.edition, f"line {number}", who)
    saying.take_back(row, act="review line withdrawn", on=f"edition {row.edition.key}", reason=reason, who=who, now=now)
    return row.edition.key


def _parts_of_theme() -> tuple[str, ...]:
    return tuple(entry.key for entry in catalogue("review_parts").entries if entry.fields.get("of_theme"))


def _row_fields(row: LineRow) -> dict[str, Any]:
    if Slot(row.part, row.theme) not in slots():
        raise InputError("cycle.word", field="part", word=f"{row.theme} {row.part}".strip(), known=", ".join(_keys()))
    found = CycleEdition.objects.filter(key=row.edition).first()
    if found is None:
        raise NotFoundError("cycle.unknown_edition", key=row.edition)
    return {
        "edition": found,
        "part": row.part,
        "theme": row.theme,
        "text": row.text,
        "language": row.language,
        "verdict": saying.chosen("verdict", row.verdict, "verdicts") if row.part == VERDICT else "",
        "as_read": row.as_read,
        "marking": storing.marking_row(row.marking, row.edition),
        **msgspec.to_builtins(row.place),
    }


def _keys() -> tuple[str, ...]:
    return catalogue("review_parts").keys()


def _published(item: texts.TextView) -> Line:
    return Line(item.part, item.theme, item.text, item.language, "", item.as_read, item.source, item.marking, None)


def _line(row: ReviewLine, known_on: int | None) -> Line:
    where = storing.citation(row)
    made = saying.stamp(row, known_on)
    return Line(row.part, row.theme, row.text, row.language, row.verdict, row.as_read, where, made.marking, made)


def _words(slot: Slot, language: str) -> str:
    part = catalogue("review_parts").get(slot.part).label(language)
    return f"{catalogue('themes').get(slot.theme).label(language)}: {part}" if slot.theme else part
