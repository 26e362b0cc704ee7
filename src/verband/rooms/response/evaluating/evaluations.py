"""Evaluations after a template, the actions that lessons become, and the closing of a case on its evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping, machine, moving
from verband.rooms.response.attributing.reviewed import demand_reviewed
from verband.rooms.response.evaluating.models import Closing, Evaluation, FrameworkStep, Lesson, LessonStep
from verband.rooms.response.incident_mode import modes
from verband.rooms.response.incident_mode.models import Mode
from verband.rooms.response.models import Case

CASE, MODE, FRAMEWORK = "case", "mode", "framework"
KINDS = (CASE, MODE, FRAMEWORK)
TEMPLATE = "evaluation_questions"


@dataclass(frozen=True)
class About:
    """What is evaluated: a case, an intervention or a version of the framework; its title and what its rows rest on."""

    kind: str
    subject: str
    title: str
    rests_on: tuple[Marking, ...]
    row: Case | Mode | None = None


@dataclass(frozen=True)
class LessonView:
    """An action from a lesson: `open` or `done`, and whether its day has passed while it is open."""

    row: Lesson
    steps: tuple[LessonStep, ...]
    overdue: bool

    @property
    def done(self) -> bool:
        """Whether its newest step says so."""
        return bool(self.steps) and self.steps[0].done


@dataclass(frozen=True)
class EvaluationView:
    """The newest standing evaluation of something, with its questions, actions and older ones."""

    about: About
    row: Evaluation | None
    lessons: tuple[LessonView, ...]
    older: tuple[Evaluation, ...]

    @property
    def complete(self) -> bool:
        """Whether there is one, and its lessons have an action or a reason why none."""
        return self.row is not None and bool(self.lessons or self.row.why_no_action)


def questions(kind: str) -> tuple[Entry, ...]:
    """The template for a case, an intervention or a version of the framework."""
    return tuple(one for one in catalogue(TEMPLATE).entries if kind in one.strings("about"))


def about(kind: str, subject: str, who: Reader, *, known_on: int | None = None) -> About:
    """What is to be evaluated. Raises NotFoundError("evaluation.no_subject") alike where the reader may not see it."""
    try:
        if kind == CASE:
            case = keeping.find(Case, subject, who, known_on=known_on)
            return About(kind, subject, case.title, (case.marking.value(),), case)
        if kind == MODE:
            row = keeping.find(Mode, subject, who, known_on=known_on)
            return About(kind, subject, row.title, (row.marking.value(),), row)
    except NotFoundError as error:
        raise NotFoundError("evaluation.no_subject") from error
    steps = keeping.standing(FrameworkStep, who, known_on=known_on, version=subject)
    if kind != FRAMEWORK or not steps:
        raise NotFoundError("evaluation.no_subject")
    return About(kind, subject, subject, tuple(step.marking.value() for step in steps))


def write(kind: str, subject: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> Evaluation:
    """Write an evaluation after the template: every question, `why_no_action` or empty, `source`, `marking`.

    It replaces an older one, and takes its actions along. Raises InputError("evaluation.too_early") while something
    still runs, ("evaluation.closed") for a closed case, NotFoundError("evaluation.no_subject"), and `keeping`'s.
    """
    demand(who, keeping.OBSERVE)
    found = about(kind, subject, who)
    _demand_over(found)
    answers = {one.key: keeping.filled(one.key, values.get(one.key, "")) for one in questions(kind)}
    refuse_contact(who, **answers)
    older = keeping.standing(Evaluation, who, of_kind=kind, subject=subject)
    fields = {
        "key": keeping.new_key("evaluation", kind, subject, who=who, now=now),
        "of_kind": kind,
        "subject": subject,
        "template_version": catalogue(TEMPLATE).version,
        "answers": answers,
        "why_no_action": keeping.short("why_no_action", values.get("why_no_action", "")),
    }
    with transaction.atomic():
        made = keeping.keep(
            Evaluation,
            act="evaluation written",
            about=named(found),
            fields=fields,
            source=keeping.filled("source", values.get("source", "")),
            who=who,
            now=now,
            marking=values.get("marking", ""),
            rests_on=(*found.rests_on, *(one.marking.value() for one in older)),
            power=keeping.OBSERVE,
        )
        for one in older:
            reason = f"replaced by {made.key}"
            keeping.withdraw(one, act="evaluation replaced", about=named(found), reason=reason, who=who, now=now)
    return made


def add_lesson(evaluation_key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> Lesson:
    """Make an action of a lesson: `lesson`, `what`, `owner` (an organisation's key) and `due_on`.

    Raises InputError("mode.no_owner"), ("response.day"), ("response.withdrawn") and `keeping`'s.
    """
    demand(who, keeping.OBSERVE)
    row = keeping.find_standing(Evaluation, evaluation_key, who)
    what = keeping.filled("what", values.get("what", ""))
    fields = {
        "evaluation": row,
        "key": keeping.new_key("lesson", evaluation_key, what, who=who, now=now),
        "lesson": keeping.filled("lesson", values.get("lesson", "")),
        "what": what,
        "owner": modes.organisation("owner", values.get("owner", "")),
        "due_on": keeping.day("due_on", values.get("due_on", "")),
    }
    return keeping.keep(
        Lesson,
        act="action of a lesson kept",
        about=f"evaluation {row.of_kind} {row.subject}",
        fields=fields,
        source=f"evaluation {row.key}",
        who=who,
        now=now,
        rests_on=(row.marking.value(),),
        power=keeping.OBSERVE,
    )


def mark(lesson_key: str, state: str, *, reason: str, who: Reader, now: datetime) -> LessonStep:
    """Note that an action is `done`, or `open` again, with what says so.

    Raises InputError("evaluation.done"), ("evaluation.open"), ("response.word") and `keeping`'s.
    """
    demand(who, keeping.CARRY_OUT)
    row = keeping.find_standing(Lesson, lesson_key, who)
    done = keeping.among("state", state, ("done", "open")) == "done"
    with transaction.atomic():
        held = Lesson.objects.select_for_update().get(pk=row.pk)
        newest = held.steps.filter(withdrawn_at=None).first()
        if bool(newest and newest.done) == done:
            raise InputError("evaluation.done" if done else "evaluation.open", field="reason")
        return keeping.keep(
            LessonStep,
            act="action of a lesson done" if done else "action of a lesson opened again",
            about=f"evaluation {row.evaluation.of_kind} {row.evaluation.subject}",
            fields={"lesson": row, "done": done, "reason": keeping.filled("reason", reason)},
            source=f"account {who.username}",
            who=who,
            now=now,
            rests_on=(row.marking.value(),),
            power=keeping.CARRY_OUT,
        )


def close_case(key: str, *, reason: str, who: Reader, now: datetime) -> Closing:
    """Close a case, with a reason: only when its packages ended, and on an evaluation whose lessons became actions.

    Raises InputError("evaluation.closed"), ("evaluation.too_early"), ("evaluation.missing"), ("evaluation.no_action"),
    ("threshold.waits").
    """
    demand(who, keeping.OBSERVE)
    row = keeping.find_standing(Case, key, who)
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=row.pk)
        found = about(CASE, key, who)
        _demand_over(found)
        demand_reviewed(row)
        seen = view(CASE, key, who, now=now)
        if seen.row is None:
            raise InputError("evaluation.missing", field="reason")
        if not seen.complete:
            raise InputError("evaluation.no_action", field="reason")
        return keeping.keep(
            Closing,
            act="response case closed",
            about=f"response {key}",
            fields={"case": row, "evaluation": seen.row, "reason": keeping.filled("reason", reason)},
            source=f"evaluation {seen.row.key}",
            who=who,
            now=now,
            rests_on=(row.marking.value(), seen.row.marking.value()),
            power=keeping.OBSERVE,
        )


def reopen_case(key: str, *, reason: str, who: Reader, now: datetime) -> Closing:
    """Open a closed case again, with a reason. Raises NotFoundError("response.none") for one that is not closed."""
    row = keeping.find_standing(Case, key, who)
    found = next(iter(keeping.standing(Closing, who, case=row)), None)
    if found is None:
        raise NotFoundError("response.none")
    act = "response case opened again"
    return keeping.withdraw(found, act=act, about=f"response {key}", reason=reason, who=who, now=now)


def view(kind: str, subject: str, who: Reader, *, now: datetime, known_on: int | None = None) -> EvaluationView:
    """The evaluation of something, or None in its place, with its actions. Raises as `about`."""
    found = about(kind, subject, who, known_on=known_on)
    rows = keeping.rows(Evaluation, who, known_on=known_on, of_kind=kind, subject=subject)
    standing = next((one for one in rows if one.withdrawn_at is None), None)
    held = [one.pk for one in rows]
    lessons = keeping.standing(Lesson, who, known_on=known_on, evaluation_id__in=held) if standing else []
    day = keeping.today(now, known_on)
    shown = tuple(_lesson(one, who, day, known_on) for one in reversed(lessons))
    return EvaluationView(found, standing, shown, tuple(one for one in rows if one is not standing))


def lessons(who: Reader, *, now: datetime, known_on: int | None = None) -> tuple[LessonView, ...]:
    """Every action from a lesson that the reader may see: open ones first, by their day."""
    day = keeping.today(now, known_on)
    found = [_lesson(one, who, day, known_on) for one in keeping.standing(Lesson, who, known_on=known_on)]
    return tuple(sorted(found, key=lambda one: (one.done, one.row.due_on, one.row.kept_at)))


def closing_of(row: Case, who: Reader, *, known_on: int | None = None) -> Closing | None:
    """The closing of a case that stands, as far as the reader may see it."""
    return next(iter(keeping.standing(Closing, who, known_on=known_on, case=row)), None)


def named(found: About) -> str:
    """How the log names what is evaluated."""
    return f"evaluation {found.kind} {found.subject}"


def _demand_over(found: About) -> None:
    """Raise unless nothing runs any more, whoever may see it."""
    if isinstance(found.row, Case):
        if found.row.closings.filter(withdrawn_at=None).exists():
            raise InputError("evaluation.closed", field="reason")
        if any(moving.state_of(one) not in machine.ENDED for one in found.row.packages.all()):
            raise InputError("evaluation.too_early", field="reason")
    if isinstance(found.row, Mode) and modes.state_of(found.row) != modes.CLOSED:
        raise InputError("evaluation.too_early", field="reason")


def _lesson(row: Lesson, who: Reader, day: date, known_on: int | None) -> LessonView:
    steps = tuple(keeping.standing(LessonStep, who, known_on=known_on, lesson=row))
    done = bool(steps) and steps[0].done
    return LessonView(row, steps, overdue=not done and row.due_on < day)
