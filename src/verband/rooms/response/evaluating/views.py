"""Pages of evaluation: what was expected, what happened, what was learned, and who does something about it by when?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.markings import Marking, highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.forms import bound
from verband.rooms.picture import exports as tables
from verband.rooms.problems import Problem
from verband.rooms.response import keeping
from verband.rooms.response.evaluating import evaluations, exported, forms, framework
from verband.rooms.response.evaluating.evaluations import EvaluationView, LessonView
from verband.rooms.response.evaluating.models import Evaluation
from verband.rooms.response.incident_mode.views import parties
from verband.rooms.response.models import Case
from verband.rooms.response.pages import Pages

_page = Pages(
    "response/evaluation",
    "response evaluation",
    {"post_to": "response:evaluation_act", "tab": "evaluation"},
    unmarked=None,
).show


@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """How does the framework stand, what was evaluated, and which lessons became actions that are open or overdue?"""
    if form := tables.wanted(request):
        who = reader_of(request)
        found = evaluations.lessons(who, now=timezone.now(), known_on=known_on_of(request))
        return tables.response(who, name="lessons", form=form, rows=exported.lessons(found))
    return every_page(request)


def every_page(request: HttpRequest, *, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, known_on = reader_of(request), known_on_of(request)
    found = evaluations.lessons(who, now=timezone.now(), known_on=known_on)
    versions = framework.versions(who, known_on=known_on)
    rows = keeping.standing(Evaluation, who, known_on=known_on)
    writes = known_on is None and who.may(keeping.PREPARE)
    shown: dict[str, Any] = {
        "lessons": found,
        "open": sum(not one.done for one in found),
        "overdue": sum(one.overdue for one in found),
        "facts": catalogue("framework_facts"),
        "states": framework.STATES,
        "versions": [{"view": one, "form": _step_form(one, writes, problem)} for one in versions],
        "evaluations": [(row, _title(row, request)) for row in rows],
        "parties": dict(parties()),
    }
    if writes:
        shown["version_form"] = bound(forms.version(who), problem)
    marked = [step.marking.value() for one in versions for step in one.steps]
    marked += [mark for one in found for mark in _marks(one)] + [row.marking.value() for row in rows]
    return _page(request, "list", shown, marked, problem=problem, status=status)


@require_GET
def evaluation(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """What was expected of this, what happened, what are the lessons, and what is done with them?"""
    if form := tables.wanted(request):
        who = reader_of(request)
        view = evaluations.view(kind, subject, who, now=timezone.now(), known_on=known_on_of(request))
        return tables.response(who, name=f"evaluation-{kind}", form=form, rows=exported.evaluation(view))
    return evaluation_page(request, kind=kind, at=subject)


def evaluation_page(
    request: HttpRequest, *, kind: str, at: str, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, known_on = reader_of(request), known_on_of(request)
    view = evaluations.view(kind, at, who, now=timezone.now(), known_on=known_on)
    case = view.about.row if isinstance(view.about.row, Case) else None
    closing = evaluations.closing_of(case, who, known_on=known_on) if case else None
    writes = known_on is None and who.may(keeping.OBSERVE)
    marks_done = known_on is None and who.may(keeping.CARRY_OUT)
    shown: dict[str, Any] = {
        "view_of": view,
        "questions": _answered(view),
        "lessons": [_lesson(one, view, marks_done, problem) for one in view.lessons],
        "closing": closing,
        "case_of": case,
        "parties": dict(parties()),
        "complete": view.complete,
    }
    if writes:
        shown |= _forms(request, view, case, closing=closing is not None, problem=problem)
    marked = [*view.about.rests_on, *(mark for one in view.lessons for mark in _marks(one))]
    marked += [one.marking.value() for one in (view.row, closing, *view.older) if one is not None]
    return _page(request, "evaluation", shown, marked, problem=problem, status=status)


def _forms(
    request: HttpRequest, view: EvaluationView, case: Case | None, *, closing: bool, problem: Problem | None
) -> dict[str, Any]:
    who, found = reader_of(request), view.about
    shown: dict[str, Any] = {}
    least = highest([*found.rests_on, *((view.row.marking.value(),) if view.row else ())]).tlp
    if not closing:
        shown["write_form"] = bound(forms.evaluation(who, view, least), problem)
    if view.row:
        form = forms.lesson(found.subject, found.kind, view.row.key, parties())
        shown["lesson_form"] = bound(form, problem)
    if case and closing and who.may(keeping.PREPARE):
        shown["reopen_form"] = bound(forms.reopen(found.subject), problem)
    elif case and not closing and case.withdrawn_at is None:
        shown["close_form"] = bound(forms.close(found.subject), problem)
    return shown


def _answered(view: EvaluationView) -> list[tuple[str, str]]:
    """Each question of the template with its answer, empty where there is none."""
    answers = view.row.answers if view.row else {}
    asked = evaluations.questions(view.about.kind)
    return [(one.label(page_language()), answers.get(one.key, "")) for one in asked]


def _lesson(one: LessonView, view: EvaluationView, writes: bool, problem: Problem | None) -> dict[str, Any]:
    row: dict[str, Any] = {"view": one}
    if writes:
        row["form"] = bound(forms.mark(view.about.subject, view.about.kind, one), problem)
    return row


def _step_form(one: framework.VersionView, writes: bool, problem: Problem | None) -> Any:
    form = forms.step(one) if writes else None
    return bound(form, problem) if form else None


def _title(row: Evaluation, request: HttpRequest) -> str:
    who, known_on = reader_of(request), known_on_of(request)
    return evaluations.about(row.of_kind, row.subject, who, known_on=known_on).title


def _marks(one: LessonView) -> list[Marking]:
    return [one.row.marking.value(), *(step.marking.value() for step in one.steps)]
