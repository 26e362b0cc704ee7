"""The board of open strategic autonomy: each measure under one pillar, to protect, promote or partner, by a person."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

import msgspec
from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.rooms.audit import services as audit
from verband.rooms.measures import reading
from verband.rooms.measures.models import AutonomyTag
from verband.rooms.measures.reading import MeasureView
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture

POWER = "assess"
PILLARS = "autonomy_pillars"
DIRECTIONS = "functions_protect_promote_partner"
#: Most characters of a reason.
TEXT = 10_000


class _Rule(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    pillar: str
    direction: str


@dataclass(frozen=True)
class Proposal:
    """What the rule proposes for a measure, and the word of its title that it rests on."""

    pillar: str
    direction: str
    word: str


@dataclass(frozen=True)
class Tag:
    """Where a person put a measure, and why."""

    number: int
    pillar: str
    direction: str
    reason: str
    by: str
    at: int
    marking: Marking


@dataclass(frozen=True)
class Placed:
    """A measure with its tag, or with what the rule proposes; neither where the rule says nothing."""

    measure: MeasureView
    tag: Tag | None
    proposal: Proposal | None


@dataclass(frozen=True)
class Board:
    """Every measure that the reader may see, by key."""

    placed: tuple[Placed, ...]

    def under(self, pillar: str) -> tuple[Placed, ...]:
        """The measures that people put under that pillar."""
        return tuple(one for one in self.placed if one.tag is not None and one.tag.pillar == pillar)

    @property
    def untagged(self) -> tuple[Placed, ...]:
        """The measures that nobody put anywhere yet."""
        return tuple(one for one in self.placed if one.tag is None)

    @property
    def empty(self) -> tuple[str, ...]:
        """The pillars without a measure."""
        return tuple(key for key in choices(PILLARS) if not self.under(key))

    @property
    def counts(self) -> Mapping[tuple[str, str], int]:
        """How many measures stand under each pillar and direction."""
        return Counter((one.tag.pillar, one.tag.direction) for one in self.placed if one.tag is not None)

    @property
    def markings(self) -> list[Marking]:
        """Those of measures and tags."""
        tags = [one.tag.marking for one in self.placed if one.tag is not None]
        return [*(one.measure.marking for one in self.placed), *tags]


def choices(name: str) -> tuple[str, ...]:
    """The keys of a catalogue, in its order."""
    return tuple(catalogue(name).keys())


def board(who: Reader, *, known_on: int | None = None) -> Board:
    """The board as the reader may see it. Where two tags of one measure stand, the newest counts."""
    tags = {row.measure: _tag(row) for row in _standing(who, known_on)}
    return Board(
        tuple(
            Placed(view, tags.get(view.key), None if view.key in tags else proposal(view))
            for view in reading.measures(who, known_on=known_on)
        )
    )


def proposal(view: MeasureView) -> Proposal | None:
    """What the rule says of the English title: the first rule of which a word stands in it."""
    title = f"{view.title_en.lower()} "
    for rule in _rules():
        word = next((word for word in rule.words if word in title), None)
        if word is not None:
            return Proposal(rule.pillar, rule.direction, word.strip())
    return None


def place(measure: str, *, pillar: str, direction: str, reason: str, who: Reader, now: datetime) -> None:
    """Put a measure under a pillar, in a person's name. The tag is marked as the measure is.

    Raises RefusedError("people.no_power"), NotFoundError("measures.unknown"), InputError with `field`:
    ("autonomy.word"), ("autonomy.empty"), ("autonomy.long"), ("people.contact"), ("autonomy.tagged") while a tag
    stands.
    """
    demand(who, POWER)
    found = next((view for view in reading.measures(who) if view.key == measure), None)
    if found is None:
        raise NotFoundError("measures.unknown", key=measure)
    for field, word, name in (("pillar", pillar, PILLARS), ("direction", direction, DIRECTIONS)):
        if word not in choices(name):
            raise InputError("autonomy.word", field=field, word=word, known=", ".join(choices(name)))
    _demand_reason(reason)
    refuse_contact(who, reason=reason)
    if any(row.measure == measure for row in _standing(who, None)):
        raise InputError("autonomy.tagged", field="measure", measure=measure)
    with transaction.atomic():
        AutonomyTag.objects.create(
            measure=measure,
            pillar=pillar,
            direction=direction,
            reason=reason.strip(),
            marking=picture.marking_row(found.marking),
            kept_by=who.signature,
            kept_at=int(now.timestamp()),
        )
        detail = {"reason": reason.strip(), "marking": found.marking.words()}
        audit.note("measure put under a pillar", actor=who.signature, object=f"measure {measure}", detail=detail)


def withdraw(number: str, *, reason: str, who: Reader, now: datetime) -> None:
    """Take a tag back, with a reason; it stays in the history.

    Raises RefusedError("people.no_power"), NotFoundError("autonomy.none"), InputError("autonomy.withdrawn"),
    ("autonomy.empty"), ("autonomy.long"), ("people.contact").
    """
    demand(who, POWER)
    row = next((one for one in _visible(who, None) if str(one.pk) == number), None)
    if row is None:
        raise NotFoundError("autonomy.none")
    if row.withdrawn_at is not None:
        raise InputError("autonomy.withdrawn", field="reason")
    _demand_reason(reason)
    refuse_contact(who, reason=reason)
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = who.signature, int(now.timestamp()), reason.strip()
    with transaction.atomic():
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        detail = {"number": row.pk, "reason": row.withdrawn_reason}
        about = f"measure {row.measure}"
        audit.note("measure taken from a pillar", actor=who.signature, object=about, detail=detail)


def exported(found: Board) -> list[dict[str, str]]:
    """The board as rows of a file; a proposal is no tag and stands apart."""
    return [
        {
            "measure": one.measure.key,
            "title_nl": one.measure.title_nl,
            "title_en": one.measure.title_en,
            "pillar": one.tag.pillar if one.tag else "",
            "direction": one.tag.direction if one.tag else "",
            "reason": one.tag.reason if one.tag else "",
            "tagged_by": one.tag.by if one.tag else "",
            "proposed_pillar": one.proposal.pillar if one.proposal else "",
            "proposed_direction": one.proposal.direction if one.proposal else "",
            "proposed_by_word": one.proposal.word if one.proposal else "",
            "marking": one.measure.marking.words(),
        }
        for one in found.placed
    ]


def _demand_reason(text: str) -> None:
    if not text.strip():
        raise InputError("autonomy.empty", field="reason")
    if len(text) > TEXT:
        raise InputError("autonomy.long", field="reason", most=TEXT)


def _standing(who: Reader, known_on: int | None) -> list[AutonomyTag]:
    """The tags that stood at the moment, oldest first."""
    return [
        row
        for row in _visible(who, known_on)
        if row.withdrawn_at is None or (known_on is not None and row.withdrawn_at > known_on)
    ]


def _visible(who: Reader, known_on: int | None) -> Sequence[AutonomyTag]:
    found = AutonomyTag.objects.filter(marking_id__in=picture.visible_markings(who.ceiling)).select_related("marking")
    return list(found if known_on is None else found.filter(kept_at__lte=known_on))


def _tag(row: AutonomyTag) -> Tag:
    return Tag(row.pk, row.pillar, row.direction, row.reason, row.kept_by, row.kept_at, row.marking.value())


@cache
def _rules() -> tuple[_Rule, ...]:
    text = files(__package__).joinpath("data", "autonomy_rule.2026.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["rule"], tuple[_Rule, ...])
