"""Processes that a sector repeats to stay resilient: their rounds, their steps, and beginning one for another sector.

The template is the catalogue `sector_steps`; a process that begins from another takes over all of its steps (R051).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.language.time import months_later
from verband.language.words import fold
from verband.rooms.exposure import columns, keeping, models
from verband.rooms.exposure.columns import Column
from verband.rooms.people.services import Reader, demand

REGISTER, STEP_REGISTER = "sector-processes", "sector-steps"
_MOST_MONTHS = 120
BEGIN = (
    Column("sector", longest=60),
    Column("title_nl", longest=200),
    Column("title_en", longest=200),
    Column("parties", "text", required=False),
    Column("every_months", "whole", required=False),
    Column("source", longest=400),
)
STEP = (
    Column("step", longest=40),
    Column("done_on", "day"),
    Column("outcome", "text"),
    Column("decided_by", longest=200),
    Column("source", longest=400),
)


@dataclass(frozen=True)
class Round:
    """One round: each step in order with its newest standing row, None for a step that was not taken yet."""

    number: int
    steps: tuple[tuple[str, models.SectorStep | None], ...]

    @property
    def next_step(self) -> str:
        """The step that comes now; empty where the round is done."""
        return next((step for step, row in self.steps if row is None), "")


@dataclass(frozen=True)
class SectorView:
    """A sector's process with its rounds, oldest first; the last of them is the one that runs."""

    row: models.SectorProcess
    rounds: tuple[Round, ...]

    @property
    def running(self) -> Round:
        """The round that is not done."""
        return self.rounds[-1]

    @property
    def markings(self) -> list[Marking]:
        """The markings of all that is shown of it."""
        steps = (row for one in self.rounds for _, row in one.steps if row is not None)
        return [self.row.marking.value(), *(row.marking.value() for row in steps)]

    def due_on(self) -> date | None:
        """When the running round should be done: so many months after the last step of the one before."""
        before = self.rounds[-2].steps if len(self.rounds) > 1 else ()
        days = [row.done_on for _, row in before if row is not None]
        if not days or self.row.every_months is None:
            return None
        return months_later(max(days), self.row.every_months)


def template() -> tuple[str, ...]:
    """The steps of a round, in order."""
    return catalogue("sector_steps").keys()


def processes(who: Reader, *, known_on: int | None = None) -> list[SectorView]:
    """The processes that the reader may see, oldest first, with their rounds."""
    taken: dict[int, list[models.SectorStep]] = {}
    for step in keeping.standing(models.SectorStep, who, known_on=known_on):
        taken.setdefault(step.process_id, []).append(step)
    return [
        SectorView(row, _rounds(row.steps, taken.get(row.pk, ())))
        for row in keeping.standing(models.SectorProcess, who, known_on=known_on)
    ]


def process(key: str, who: Reader, *, known_on: int | None = None) -> SectorView:
    """One of them. Raises NotFoundError("exposure.none") alike where there is none and where it may not be seen."""
    found = next((view for view in processes(who, known_on=known_on) if view.row.key == key), None)
    if found is None:
        raise NotFoundError("exposure.none")
    return found


def begin(cells: Mapping[str, str], *, from_key: str, who: Reader, now: datetime) -> models.SectorProcess:
    """Begin a process for a sector: with the steps of the template, or with those of the process `from_key`.

    Raises what reading the cells raises, InputError("exposure.months"), ("exposure.taken") where the sector has one,
    NotFoundError("exposure.none") where there is no process to take the steps from.
    """
    demand(who, keeping.POWER)
    values = columns.read(BEGIN, cells)
    if values["every_months"] is not None and not 1 <= values["every_months"] <= _MOST_MONTHS:
        raise InputError("exposure.months", field="every_months", value=values["every_months"])
    before = process(from_key, who) if from_key else None
    key = re.sub(r"[^a-z0-9]+", "-", fold(values["sector"])).strip("-")[:80]
    if not key:
        raise InputError("exposure.key", field="sector", key=values["sector"])
    if models.SectorProcess._default_manager.filter(key=key, withdrawn_at=None).exists():
        raise InputError("exposure.taken", field="sector", key=key)
    steps = before.row.steps if before else list(template())
    fields = {**values, "key": key, "steps": list(steps), "begun_from": from_key}
    rests_on = [before.row.marking.value()] if before else []
    marking = cells.get("marking", "")
    return keeping.keep(
        models.SectorProcess, register=REGISTER, fields=fields, marking=marking, rests_on=rests_on, who=who, now=now
    )


def take(key: str, cells: Mapping[str, str], *, who: Reader, now: datetime) -> models.SectorStep:
    """Keep that the next step of the running round was taken.

    Raises what reading the cells raises, InputError("exposure.word") for a step that this process has not,
    ("exposure.round_order") for one before its turn, ("exposure.not_yet") for a day that has not come.
    """
    demand(who, keeping.POWER)
    view = process(key, who)
    values = columns.read(STEP, cells)
    if values["step"] not in view.row.steps:
        raise InputError("exposure.word", field="step", word=values["step"], known=", ".join(view.row.steps))
    if values["step"] != view.running.next_step:
        raise InputError("exposure.round_order", field="step", step=view.running.next_step)
    if values["done_on"] > keeping.today(now, None):
        raise InputError("exposure.not_yet", field="done_on", day=values["done_on"])
    fields = {**values, "process": view.row, "round": view.running.number}
    rests_on = [view.row.marking.value()]
    marking = cells.get("marking", "")
    return keeping.keep(
        models.SectorStep, register=STEP_REGISTER, fields=fields, marking=marking, rests_on=rests_on, who=who, now=now
    )


def withdraw_step(number: str, *, reason: str, who: Reader, now: datetime) -> models.SectorStep:
    """Take back the step that was taken last. Raises InputError("exposure.later_step") for one before it."""
    demand(who, keeping.POWER)
    row = keeping.find(models.SectorStep, number, who)
    if row.withdrawn_at is None:
        taken = [step for one in process(row.process.key, who).rounds for _, step in one.steps if step is not None]
        if taken and taken[-1].pk != row.pk:
            raise InputError("exposure.later_step", field="reason", step=taken[-1].step)
    return keeping.withdraw(models.SectorStep, number, register=STEP_REGISTER, reason=reason, who=who, now=now)


def withdraw(number: str, *, reason: str, who: Reader, now: datetime) -> models.SectorProcess:
    """Take a whole process back, with a reason. Raises what `keeping.withdraw` raises."""
    return keeping.withdraw(models.SectorProcess, number, register=REGISTER, reason=reason, who=who, now=now)


def _rounds(steps: Sequence[str], taken: Sequence[models.SectorStep]) -> tuple[Round, ...]:
    of = {(row.round, row.step): row for row in taken}
    last = max((row.round for row in taken), default=1)
    if all((last, step) in of for step in steps):
        last += 1
    return tuple(Round(at, tuple((step, of.get((at, step))) for step in steps)) for at in range(1, last + 1))
