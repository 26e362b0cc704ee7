"""Strategies: their goals, what became of a goal when another strategy came, and a grid that compares them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking, highest
from verband.rooms.audit import services as audit
from verband.rooms.measures.services import Citation
from verband.rooms.people.services import Reader, demand
from verband.rooms.risk import storing
from verband.rooms.risk.cycle import guarding, saying
from verband.rooms.risk.cycle.editions import EditionView, editions, row_of
from verband.rooms.risk.cycle.saying import Place, Stamp
from verband.rooms.risk.models import CycleEdition, GoalFate, StrategyCell, StrategyGoal
from verband.rooms.risk.texts import Place as Published

SUCCEEDED, NOT_CONTINUED, NOT_STATED = "succeeded", "not_continued", "not_stated"


class GoalRow(msgspec.Struct, frozen=True, kw_only=True):
    """A goal as a table has it."""

    edition: str
    key: str
    text: str
    place: Published
    theme: str = ""
    language: str = "en"
    marking: str = "CLEAR"


class CellRow(msgspec.Struct, frozen=True, kw_only=True):
    """A cell of the comparison as a table has it."""

    edition: str
    aspect: str
    text: str
    place: Published
    language: str = "en"
    marking: str = "CLEAR"


@dataclass(frozen=True)
class Fate:
    """What a person says became of a goal; `successor` is empty where it is not continued."""

    successor: str
    successor_number: int | None
    reason: str
    stamp: Stamp


@dataclass(frozen=True)
class Goal:
    """A goal. `state` is None while its strategy is not superseded, else `succeeded`, `not_continued`, `not_stated`."""

    number: int
    edition: str
    key: str
    theme: str
    text: str
    language: str
    source: Citation
    stamp: Stamp
    state: str | None
    fate: Fate | None


@dataclass(frozen=True)
class Strategy:
    """A strategy with its goals, and the strategies that a text or person names as taking its place."""

    edition: EditionView
    goals: tuple[Goal, ...]
    replaced_by: tuple[EditionView, ...]

    @property
    def superseded(self) -> bool:
        """Whether one that takes its place is there; one that is only announced supersedes nothing yet."""
        return any(view.is_there for view in self.replaced_by)


@dataclass(frozen=True)
class Cell:
    """What a source says about one aspect of one strategy."""

    edition: str
    aspect: str
    text: str
    language: str
    source: Citation
    stamp: Stamp


def load_goals(rows: Iterable[GoalRow], *, who: Reader, now: datetime) -> int:
    """Store goals, each once by its strategy and key; how many are new. Raises as `review.load_lines`."""
    return _load(StrategyGoal, rows, ("edition", "key"), "goals loaded", who=who, now=now)


def load_cells(rows: Iterable[CellRow], *, who: Reader, now: datetime) -> int:
    """Store cells of the comparison, each once; how many are new. Raises as `review.load_lines`."""
    listed = list(rows)
    for row in listed:
        saying.chosen("aspect", row.aspect, "strategy_aspects")
    return _load(StrategyCell, listed, ("edition", "aspect", "text"), "cells loaded", who=who, now=now)


def strategies(who: Reader, *, known_on: int | None = None) -> list[Strategy]:
    """The strategies with their goals, oldest first; one without a day of appearance stands last."""
    every = [view for view in editions(who, known_on=known_on) if view.kind == "strategy"]
    every.sort(key=lambda view: view.appeared_on or "9999")
    rows = list(_standing(saying.visible(StrategyGoal.objects.select_related("edition"), who, known_on), known_on))
    fates = _fates(rows, who, known_on)
    return [
        Strategy(view, tuple(_goal(row, after, fates, known_on) for row in rows if row.edition.key == view.key), after)
        for view in every
        for after in [tuple(other for other in every if view.key in other.replaces)]
    ]


def add_goal(
    edition: str, *, text: str, language: str, theme: str, place: Place, marking: str, who: Reader, now: datetime
) -> None:
    """Register a goal of a strategy, with where it stands.

    Raises InputError("cycle.empty"), ("cycle.word"), ("cycle.no_source"), ("cycle.taken"),
    NotFoundError("cycle.unknown_edition"), RefusedError("people.no_power"), ("cycle.frozen").
    """
    row = _strategy(edition, who)
    fields = {
        "edition": row,
        "key": _short_name(text, who, now),
        "text": saying.filled("text", text),
        "language": saying.one_of("language", language, saying.LANGUAGES),
        "theme": saying.one_of("theme", theme, ("", *catalogue("themes").keys())),
        **saying.cited(place),
        "recorded_at": int(now.timestamp()),
    }
    if any(goal.key == fields["key"] for goal in goals_of(edition, who)):
        raise InputError("cycle.taken", field="text", key=text.strip())
    marked = saying.raised(row.marking.value(), marking, who)
    guarding.refuse(row, "goal", who)
    saying.keep(StrategyGoal, fields, act="goal registered", on=f"edition {edition}", marking=marked, who=who, now=now)


def tell_fate(number: int, *, successor: str, reason: str, marking: str, who: Reader, now: datetime) -> None:
    """Say what became of a goal: the number of its successor in a later strategy, or `not_continued`.

    Raises NotFoundError("cycle.unknown_row"), InputError("cycle.word"), ("cycle.empty"),
    RefusedError("people.no_power").
    """
    goal = saying.find(StrategyGoal, number, who)
    least, following = [goal.marking.value()], None
    if successor != NOT_CONTINUED:
        others = [one for one in _goals(who) if one.edition_id != goal.edition_id]
        known = (NOT_CONTINUED, *(str(one.pk) for one in others))
        chosen = saying.one_of("successor", successor, known)
        following = next(one for one in others if str(one.pk) == chosen)
        least.append(following.marking.value())
    fields = {"goal": goal, "successor": following, "reason": saying.filled("reason", reason)}
    marked = saying.raised(highest(least), marking, who)
    on = f"edition {goal.edition.key}"
    saying.keep(GoalFate, fields, act="fate of a goal told", on=on, marking=marked, who=who, now=now)


def withdraw_fate(number: int, *, reason: str, who: Reader, now: datetime) -> None:
    """Take back what was said about a goal. Raises as `saying.take_back`, NotFoundError("cycle.unknown_row")."""
    row = saying.find(GoalFate, number, who)
    on = f"edition {row.goal.edition.key}"
    saying.take_back(row, act="fate of a goal withdrawn", on=on, reason=reason, who=who, now=now)


def cells(who: Reader, *, known_on: int | None = None) -> dict[tuple[str, str], tuple[Cell, ...]]:
    """What sources say, by (aspect, strategy); several cells where several sources speak."""
    found: dict[tuple[str, str], tuple[Cell, ...]] = {}
    rows = saying.visible(StrategyCell.objects.select_related("edition"), who, known_on)
    for row in _standing(rows, known_on):
        cell = Cell(
            row.edition.key, row.aspect, row.text, row.language, storing.citation(row), saying.stamp(row, known_on)
        )
        found[row.aspect, row.edition.key] = (*found.get((row.aspect, row.edition.key), ()), cell)
    return found


def write_cell(
    edition: str, *, aspect: str, text: str, language: str, place: Place, marking: str, who: Reader, now: datetime
) -> None:
    """Fill a cell of the comparison; without a source it is refused.

    Raises InputError("cycle.no_source"), ("cycle.empty"), ("cycle.word"), NotFoundError("cycle.unknown_edition"),
    RefusedError("people.no_power").
    """
    row = _strategy(edition, who)
    fields = {
        "edition": row,
        "aspect": saying.chosen("aspect", aspect, "strategy_aspects"),
        "text": saying.filled("text", text),
        "language": saying.one_of("language", language, saying.LANGUAGES),
        **saying.cited(place),
        "recorded_at": int(now.timestamp()),
    }
    marked = saying.raised(row.marking.value(), marking, who)
    saying.keep(StrategyCell, fields, act="cell written", on=f"edition {edition}", marking=marked, who=who, now=now)


def withdraw_cell(number: int, *, reason: str, who: Reader, now: datetime) -> None:
    """Take a cell back. Raises as `saying.take_back`, NotFoundError("cycle.unknown_row")."""
    row = saying.find(StrategyCell, number, who)
    on = f"edition {row.edition.key}"
    saying.take_back(row, act="cell withdrawn", on=on, reason=reason, who=who, now=now)


def goals_of(edition: str, under: Reader) -> list[StrategyGoal]:
    """The stored goals of one edition that stand and that the reader may see."""
    return [row for row in _goals(under) if row.edition.key == edition]


def marking_of(found: Iterable[Strategy], grid: Iterable[tuple[Cell, ...]]) -> Marking:
    """The highest marking of strategies, goals, what became of them, and cells."""
    every = list(found)
    goals = [goal for item in every for goal in item.goals]
    fates = [goal.fate.stamp.marking for goal in goals if goal.fate]
    cell_markings = [cell.stamp.marking for row in grid for cell in row]
    editions_ = [item.edition.marking for item in every]
    return highest([*editions_, *(goal.stamp.marking for goal in goals), *fates, *cell_markings])


def _short_name(text: str, who: Reader, now: datetime) -> str:
    """A key that says nothing about how many other goals there are."""
    said = f"{text.strip()}\n{who.signature}\n{int(now.timestamp())}"
    return f"goal-{hashlib.sha256(said.encode()).hexdigest()[:8]}"


def _goals(who: Reader) -> list[StrategyGoal]:
    return list(_standing(saying.visible(StrategyGoal.objects.select_related("edition"), who), None))


def _standing(rows: QuerySet[Any], known_on: int | None) -> Iterable[Any]:
    return (row for row in rows if saying.stamp(row, known_on).standing)


def _strategy(key: str, who: Reader) -> CycleEdition:
    row = row_of(key, who)
    if row.kind != "strategy":
        raise NotFoundError("cycle.unknown_edition", key=key)
    return row


def _fates(rows: list[StrategyGoal], who: Reader, known_on: int | None) -> dict[int, Fate]:
    """The newest word about each goal that stands; a successor that the reader may not see is no word for him."""
    seen = {row.pk: row for row in rows}
    found: dict[int, Fate] = {}
    for row in _standing(saying.visible(GoalFate.objects.all(), who, known_on), known_on):
        if row.successor_id is not None and row.successor_id not in seen:
            continue
        after = seen.get(row.successor_id)
        text = after.text if after else ""
        found.setdefault(row.goal_id, Fate(text, row.successor_id, row.reason, saying.stamp(row, known_on)))
    return found


def _goal(row: StrategyGoal, after: tuple[EditionView, ...], fates: dict[int, Fate], known_on: int | None) -> Goal:
    fate = fates.get(row.pk)
    state: str | None = NOT_STATED if any(view.is_there for view in after) else None
    if fate is not None:
        state = SUCCEEDED if fate.successor_number is not None else NOT_CONTINUED
    return Goal(
        number=row.pk,
        edition=row.edition.key,
        key=row.key,
        theme=row.theme,
        text=row.text,
        language=row.language,
        source=storing.citation(row),
        stamp=saying.stamp(row, known_on),
        state=state,
        fate=fate,
    )


def _load(
    model: Any, rows: Iterable[GoalRow | CellRow], key: tuple[str, ...], act: str, *, who: Reader, now: datetime
) -> int:
    demand(who, "upload")
    prepared = []
    for row in rows:
        found = CycleEdition.objects.filter(key=row.edition).first()
        if found is None:
            raise NotFoundError("cycle.unknown_edition", key=row.edition)
        fields: dict[str, Any] = msgspec.to_builtins(row)
        del fields["place"]
        fields |= {"edition": found, "marking": storing.marking_row(row.marking, row.edition)}
        fields |= msgspec.to_builtins(row.place)
        if not model.objects.filter(**{name: fields[name] for name in key}, withdrawn_at=None).exists():
            if model is StrategyGoal:
                guarding.refuse(found, f"goal {fields['key']}", who)
            prepared.append(fields)
    moment = int(now.timestamp())
    with transaction.atomic():
        for fields in prepared:
            model.objects.create(**fields, recorded_at=moment, said_by=who.signature, said_at=moment)
        if prepared:
            audit.note(act, actor=who.signature, detail={"rows": len(prepared)})
    return len(prepared)
