"""What a person does on the pages of evaluation: one address for each act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from verband.rooms.doing import Act, Given
from verband.rooms.problems import Problem
from verband.rooms.response.doing import do
from verband.rooms.response.evaluating import evaluations, framework, views
from verband.rooms.response.evaluating.models import Closing, Evaluation, FrameworkStep, LessonStep

_KEPT = _("Kept with your name.")


def _on(kind: Callable[[Given], str]) -> Callable[[HttpRequest, Given, Problem, int], HttpResponse]:
    def page(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
        return views.evaluation_page(request, kind=kind(given), at=given.at, problem=problem, status=status)

    return page


def _on_list(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return views.every_page(request, problem=problem, status=status)


def _step(state: str) -> Act:
    def run(g: Given) -> FrameworkStep:
        version = g.text("version") if state == framework.PILOT else g.number
        return framework.step(version, state, reason=g.text("reason"), who=g.who, now=g.now, marking=g.text("marking"))

    return Act(run, _on_list, _("The step is kept with your name."))


def _of(kind: str) -> dict[str, Act]:
    """The acts about the lessons of one kind of evaluation."""
    on = _on(lambda g: kind)
    marks = {f"{state}-{kind}": Act(_marking(state), on, _KEPT) for state in ("done", "open")}
    return {
        f"lesson-{kind}": Act(lambda g: evaluations.add_lesson(g.number, g.values, who=g.who, now=g.now), on, _KEPT),
        **marks,
    }


def _marking(state: str) -> Callable[[Given], object]:
    return lambda g: evaluations.mark(g.number, state, reason=g.text("reason"), who=g.who, now=g.now)


_CASE = _on(lambda g: evaluations.CASE)
ACTS: Mapping[str, Act] = {
    "write": Act(
        lambda g: evaluations.write(g.number, g.at, g.values, who=g.who, now=g.now), _on(lambda g: g.number), _KEPT
    ),
    **{name: act for kind in evaluations.KINDS for name, act in _of(kind).items()},
    "close": Act(
        lambda g: evaluations.close_case(g.at, reason=g.text("reason"), who=g.who, now=g.now),
        _CASE,
        _("The case is closed."),
    ),
    "reopen": Act(
        lambda g: evaluations.reopen_case(g.at, reason=g.text("reason"), who=g.who, now=g.now),
        _CASE,
        _("The case is open again."),
    ),
    **{state: _step(state) for state in framework.STATES},
}


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Do one act of evaluation and go back to its page, or show that page again with the error beside the field."""
    return do(request, act, ACTS, _back)


def _back(given: Given, made: object) -> HttpResponse:
    if isinstance(made, FrameworkStep):
        return redirect("response:evaluations")
    if isinstance(made, Closing):
        return redirect("response:evaluation", evaluations.CASE, made.case.key)
    found = _evaluation_of(made)
    return redirect("response:evaluation", found.of_kind, found.subject)


def _evaluation_of(made: Any) -> Evaluation:
    """The evaluation of what was made, whatever page was named in the form."""
    if isinstance(made, Evaluation):
        return made
    return _evaluation_of(made.lesson if isinstance(made, LessonStep) else made.evaluation)
