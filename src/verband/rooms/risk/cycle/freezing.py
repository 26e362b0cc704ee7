"""Frozen editions: the content as canonical JSON with its digest, made again from the same records to the bit."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from verband.language.errors import NotFoundError, RefusedError, StateError
from verband.language.markings import Ceiling, Marking, highest
from verband.language.records import json_bytes
from verband.rooms.audit import services as audit
from verband.rooms.measures.services import Citation
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.risk.cycle import guarding, review, saying, strategies
from verband.rooms.risk.cycle.difference import statements_of
from verband.rooms.risk.cycle.editions import EditionView, edition, row_of
from verband.rooms.risk.cycle.saying import Stamp
from verband.rooms.risk.models import CycleEdition, FrozenEdition
from verband.rooms.risk.scenarios import describing, fixing
from verband.rooms.risk.scenarios.fixing import Edition as Fixed
from verband.rooms.risk.texts import StatementView
from verband.rooms.risk.watch.trends import TrendView, trends


@dataclass(frozen=True)
class Frozen:
    """A frozen edition; `standing` in its stamp is False once it was withdrawn, which frees the edition again."""

    edition: str
    number: int
    sha256: str
    size: int
    reason: str
    stamp: Stamp


@dataclass(frozen=True)
class Remade:
    """What making it again gave: the digest of now, and the parts of the content that differ."""

    frozen: Frozen
    sha256: str
    differs: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the digest is that of the frozen content."""
        return self.sha256 == self.frozen.sha256


def content(key: str, who: Reader, *, at: datetime) -> dict[str, Any]:
    """Everything that makes up the edition under the reader's ceiling, with no number of a row, clock or account.

    Its own words, products, statements, texts and lines, and goals; of an analysis also what scenarios were fixed by
    that moment, of a scan the trends that were known; every one with its place and marking.
    """
    view = edition(key, who)
    return {
        "edition": _edition(view),
        "products": [
            {"title_nl": item.title_nl, "title_en": item.title_en, "delivered": item.delivered}
            for item in view.products
        ],
        "statements": [_statement(item) for item in statements_of(view, who)],
        "lines": _lines(key, who) if view.kind == "review" else [],
        "goals": [
            {
                "key": row.key,
                "theme": row.theme,
                "text": row.text,
                "source": [row.source_nl, row.section, row.line],
                "marking": row.marking.value().words(),
            }
            for row in strategies.goals_of(key, who)
        ],
        **_found(view, who, at),
    }


def freeze(key: str, *, reason: str, who: Reader, now: datetime) -> Frozen:
    """Freeze the edition as the reader sees it; a review has to be whole. From then on nothing of it changes.

    What others say about it, such as cells of a comparison or the fate of a goal, still may. Its marking is the
    highest of its content. Raises InputError("cycle.empty"), ("cycle.review_empty"),
    NotFoundError("cycle.unknown_edition"), RefusedError("people.no_power"), ("cycle.frozen") where it is frozen.
    """
    demand(who, saying.POWER)
    why = saying.filled("reason", reason)
    row = row_of(key, who)
    guarding.refuse(row, "frozen a second time", who)
    if row.kind == "review":
        review.build(key, who)
    marking = _marking(key, who, now)
    stored = json_bytes(content(key, _under(marking, who), at=now))
    with transaction.atomic():
        CycleEdition.objects.select_for_update().get(pk=row.pk)
        if FrozenEdition.objects.filter(edition=row, withdrawn_at=None).exists():
            raise RefusedError("cycle.frozen", key=key)
        made = FrozenEdition.objects.create(
            edition=row,
            number=FrozenEdition.objects.filter(edition=row).count() + 1,
            content=stored.decode(),
            sha256=hashlib.sha256(stored).hexdigest(),
            reason=why,
            marking=picture.marking_row(marking),
            said_by=who.signature,
            said_at=int(now.timestamp()),
        )
        detail = {"number": made.number, "sha256": made.sha256, "marking": marking.words(), "reason": why}
        audit.note("edition frozen", actor=who.signature, object=f"edition {key}", detail=detail)
    return _view(made, None)


def frozen(key: str, who: Reader, *, known_on: int | None = None) -> list[Frozen]:
    """The frozen editions that the reader may see, newest first, those withdrawn included."""
    rows = saying.visible(FrozenEdition.objects.filter(edition__key=key).select_related("edition"), who, known_on)
    return [_view(row, known_on) for row in rows]


def read(key: str, number: int, who: Reader) -> bytes:
    """The frozen content, canonical JSON. Raises NotFoundError("cycle.unknown_row"), StateError("cycle.tampered")."""
    return _row(key, number, who).content.encode()


def remake(key: str, number: int, who: Reader) -> Remade:
    """Make the content again from the records of now and compare; logged.

    Raises NotFoundError("cycle.unknown_row"), StateError("cycle.tampered") where the stored content was altered.
    """
    row = _row(key, number, who)
    moment = datetime.fromtimestamp(row.said_at, UTC)
    again = json_bytes(content(key, _under(row.marking.value(), who), at=moment))
    digest = hashlib.sha256(again).hexdigest()
    before, after = json.loads(row.content), json.loads(again)
    differing = tuple(part for part in after if after[part] != before.get(part))
    detail = {"number": number, "same": digest == row.sha256, "sha256": digest}
    audit.note("frozen edition made again", actor=who.signature, object=f"edition {key}", detail=detail)
    return Remade(_view(row, None), digest, differing)


def withdraw(key: str, number: int, *, reason: str, who: Reader, now: datetime) -> None:
    """Withdraw a frozen edition, so that a mistake can be mended; its content and digest stay readable.

    Raises NotFoundError("cycle.unknown_row"), InputError("cycle.withdrawn"), ("cycle.empty"),
    RefusedError("people.no_power").
    """
    row = _row(key, number, who)
    on = f"edition {key}"
    saying.take_back(row, act="frozen edition withdrawn", on=on, reason=reason, who=who, now=now)


def _row(key: str, number: int, who: Reader) -> FrozenEdition:
    rows = saying.visible(FrozenEdition.objects.filter(edition__key=key, number=number), who)
    row = rows.select_related("edition", "marking").first()
    if row is None:
        raise NotFoundError("cycle.unknown_row")
    if hashlib.sha256(row.content.encode()).hexdigest() != row.sha256:
        raise StateError("cycle.tampered", key=key, number=number)
    return row


def _under(marking: Marking, who: Reader) -> Reader:
    """The reader as if his ceiling were the marking: the content then depends on nothing that lies above it."""
    ceiling = Ceiling(marking.tlp, marking.classification, marking.releasable_to or frozenset())
    return replace(who, ceiling=ceiling)


def _marking(key: str, who: Reader, at: datetime) -> Marking:
    view = edition(key, who)
    found = [view.marking, *(item.marking for item in statements_of(view, who))]
    found += [row.marking.value() for row in strategies.goals_of(key, who)]
    if view.kind == "review":
        found.append(review.review(key, who).marking)
    found += [one.marking for one in _scenarios(who, at)] if view.kind == "analysis" else []
    found += [one.marking for one in trends(who, now=at, known_on=int(at.timestamp()))] if view.kind == "scan" else []
    return highest(found)


def _found(view: EditionView, who: Reader, at: datetime) -> dict[str, Any]:
    """What an analysis or a scan found; nothing for the other kinds."""
    if view.kind == "analysis":
        return {
            "scenarios": [{"edition": one.number, "sha256": one.sha256, **one.content} for one in _scenarios(who, at)]
        }
    if view.kind == "scan":
        return {"trends": [_trend(one) for one in trends(who, now=at, known_on=int(at.timestamp()))]}
    return {}


def _scenarios(who: Reader, at: datetime) -> list[Fixed]:
    """The newest fixed edition of each scenario, by key."""
    known_on = int(at.timestamp())
    every = (
        fixing.editions(view, who, known_on=known_on) for view in describing.scenarios(who, now=at, known_on=known_on)
    )
    return sorted((found[0] for found in every if found), key=lambda one: str(one.content["scenario"]))


def _trend(one: TrendView) -> dict[str, Any]:
    same = ("scan", "theme", "title", "text", "language", "horizon", "as_read")
    fields = {name: getattr(one, name) for name in same}
    when = [one.observed.start, one.observed.end, one.observed.precision]
    return {**fields, "observed": when, "source": _place(one.source), "marking": one.marking.words()}


def _view(row: FrozenEdition, known_on: int | None) -> Frozen:
    size = len(row.content.encode())
    return Frozen(row.edition.key, row.number, row.sha256, size, row.reason, saying.stamp(row, known_on))


def _edition(view: EditionView) -> dict[str, Any]:
    same = (
        "key", "kind", "title_nl", "title_en", "appeared", "appeared_on", "due_as_stated", "period_as_stated",
        "follows", "replaces", "replaces_as_stated", "own_text_nl", "own_text_number",
    )  # fmt: skip
    fields = {name: getattr(view, name) for name in same}
    return {**fields, "source": _place(view.source), "marking": view.marking.words()}


def _statement(view: StatementView) -> dict[str, Any]:
    same = (
        "key", "actor_en", "actor_nl", "actor_kind", "interests", "sub_interest", "instrument_en", "instrument_nl",
        "domain", "theme", "theme_verified", "target", "intent_as_read", "effect_as_read", "certainty_as_stated",
        "horizon",
    )  # fmt: skip
    fields = {name: getattr(view, name) for name in same}
    return {**fields, "source": _place(view.source), "marking": view.marking.words()}


def _lines(key: str, who: Reader) -> list[dict[str, Any]]:
    found = review.review(key, who)
    return [
        {
            "part": slot.part,
            "theme": slot.theme,
            "text": line.text,
            "language": line.language,
            "verdict": line.verdict,
            "as_read": line.as_read,
            "source": _place(line.source),
            "marking": line.marking.words(),
        }
        for slot in review.slots()
        for line in found.at(slot)
    ]


def _place(source: Citation) -> list[Any]:
    return [source.title_nl, source.title_en, source.number, source.section, source.line, source.anchor_nl]
