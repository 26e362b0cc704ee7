"""What the published assessments say: findings about actors, and the parts of each theme, with their line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.markings import Marking
from verband.rooms.audit import services as audit
from verband.rooms.measures.services import Citation
from verband.rooms.people.services import Reader, demand
from verband.rooms.risk import storing, themes
from verband.rooms.risk.cycle import guarding
from verband.rooms.risk.models import Statement, ThemeText

#: The parts of a theme in the midterm review, in its order; then the two that are our own reading of it.
PARTS = ("summary", "threat", "resilience", "approach", "trend", "verdict")


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where it stands: title in both languages, parliamentary number, section, line, and words to find it by."""

    source_nl: str
    source_en: str
    source_number: str = ""
    section: str = ""
    line: int | None = None
    anchor_nl: str = ""


class StatementRow(msgspec.Struct, frozen=True, kw_only=True):
    """A finding as its source states it; `theme` where it stands under the heading of one. `*_as_read` are readings."""

    key: str
    actor_en: str
    actor_kind: str
    interests: tuple[str, ...]
    instrument_en: str
    domain: str
    certainty_as_stated: str
    place: Place
    actor_nl: str = ""
    sub_interest: str = ""
    instrument_nl: str = ""
    theme: str = ""
    target: str = ""
    intent_as_read: str = ""
    effect_as_read: str = ""
    horizon: str = ""
    marking: str = "CLEAR"


class ThemeTextRow(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a theme in one edition; `as_read` marks our own reading."""

    theme: str
    edition: str
    part: str
    text: str
    place: Place
    language: str = "en"
    as_read: bool = False
    marking: str = "CLEAR"


@dataclass(frozen=True)
class StatementView:
    """One finding. `theme` is as the source has it where `theme_verified`, else read from its domain."""

    key: str
    actor_en: str
    actor_nl: str
    actor_kind: str
    interests: tuple[str, ...]
    sub_interest: str
    instrument_en: str
    instrument_nl: str
    domain: str
    theme: str
    theme_verified: bool
    target: str
    intent_as_read: str
    effect_as_read: str
    certainty_as_stated: str
    horizon: str
    source: Citation
    marking: Marking

    def actor(self, language: str) -> str:
        """The actor in `nl` (the source's own word, where we have it) or `en`."""
        return self.actor_nl or self.actor_en if language == "nl" else self.actor_en

    def instrument(self, language: str) -> str:
        """The means in `nl` or `en`."""
        return self.instrument_nl or self.instrument_en if language == "nl" else self.instrument_en


@dataclass(frozen=True)
class TextView:
    """One part of a theme, in the language that it is stored in."""

    theme: str
    edition: str
    part: str
    text: str
    language: str
    as_read: bool
    source: Citation
    marking: Marking


def load_statements(rows: Iterable[StatementRow], *, who: Reader, now: datetime) -> int:
    """Store findings, each once by its key; how many are new or say something else than before.

    Raises InputError("catalogue.unknown_word"), ("ingest.above_ceiling"), RefusedError("people.no_power") and
    ("cycle.frozen") where one of them would change a frozen edition; then none is stored.
    """
    demand(who, "upload")
    prepared = [({"key": row.key}, _statement_fields(row)) for row in rows]
    guarding.statements(prepared, who)
    return _load(Statement, prepared, "statements loaded", who=who, now=now)


def load_theme_texts(rows: Iterable[ThemeTextRow], *, who: Reader, now: datetime) -> int:
    """Store parts of themes, each once; how many are new or say something else than before. Raises as above."""
    demand(who, "upload")
    prepared = []
    for row in rows:
        key = {"theme": catalogue("themes").resolve(row.theme).key, "edition": row.edition, "part": row.part}
        fields = {"text": row.text, "language": row.language, "as_read": row.as_read}
        fields["marking"] = storing.marking_row(row.marking, row.theme)
        prepared.append((key, fields | msgspec.to_builtins(row.place)))
    guarding.theme_texts(prepared, who)
    return _load(ThemeText, prepared, "theme texts loaded", who=who, now=now)


def _load(
    model: Any, prepared: list[tuple[dict[str, Any], dict[str, Any]]], act: str, *, who: Reader, now: datetime
) -> int:
    with transaction.atomic():
        changed = sum(storing.store(model, key, fields, now) for key, fields in prepared)
        if changed:
            audit.note(act, actor=who.signature, detail={"rows": changed})
    return changed


def statements(who: Reader, *, theme: str = "", interest: str = "", known_on: int | None = None) -> list[StatementView]:
    """Findings that the reader may see, of one theme or interest where given, by key."""
    rows = storing.visible(Statement.objects.all(), who, known_on)
    found = (_statement(row) for row in (rows.filter(theme=theme) if theme else rows))
    return [view for view in found if not interest or interest in view.interests]


def theme_texts(who: Reader, *, theme: str = "", known_on: int | None = None) -> list[TextView]:
    """Parts of themes that the reader may see, in the order of the review: what it says, then our readings."""
    rows = storing.visible(ThemeText.objects.all(), who, known_on)
    found = [_text(row) for row in (rows.filter(theme=theme) if theme else rows)]
    order = catalogue("themes").keys()
    return sorted(found, key=lambda view: (order.index(view.theme), view.edition, PARTS.index(view.part)))


def _statement_fields(row: StatementRow) -> dict[str, Any]:
    theme, verified = _theme(row)
    fields: dict[str, Any] = msgspec.to_builtins(row)
    del fields["place"], fields["key"]
    fields["interests"] = [catalogue("interests").resolve(word).key for word in row.interests]
    fields |= {"theme": theme, "theme_verified": verified, "marking": storing.marking_row(row.marking, row.key)}
    fields |= msgspec.to_builtins(row.place)
    return fields


def _theme(row: StatementRow) -> tuple[str, bool]:
    if row.theme:
        return catalogue("themes").resolve(row.theme).key, True
    entry = themes.of_word(row.domain)
    return (entry.keys[0] if entry.keys else ""), False


def _statement(row: Statement) -> StatementView:
    same = (
        "key", "actor_en", "actor_nl", "actor_kind", "sub_interest", "instrument_en", "instrument_nl", "domain",
        "theme", "theme_verified", "target", "intent_as_read", "effect_as_read", "certainty_as_stated", "horizon",
    )  # fmt: skip
    fields: dict[str, Any] = {name: getattr(row, name) for name in same}
    return StatementView(
        **fields, interests=tuple(row.interests), source=storing.citation(row), marking=row.marking.value()
    )


def _text(row: ThemeText) -> TextView:
    same = ("theme", "edition", "part", "text", "language", "as_read")
    fields: dict[str, Any] = {name: getattr(row, name) for name in same}
    return TextView(**fields, source=storing.citation(row), marking=row.marking.value())
