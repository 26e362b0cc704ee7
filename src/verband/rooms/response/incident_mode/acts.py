"""What a person does in incident mode: one address for each act, the page again with what is wrong in it."""

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
from verband.rooms.response.incident_mode import actions, handing_over, logging_lines, modes, ruling, views
from verband.rooms.response.incident_mode.models import ActionStep, Mode


def _on_mode(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return views.mode_page(request, at=given.at, problem=problem, status=status)


def _on_new(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return views.new_page(request, at=given.at, problem=problem, status=status)


def _moving(name: str) -> Callable[[Given], object]:
    return lambda g: ruling.move(g.number, name, g.values, who=g.who, now=g.now)


_KEPT = _("Kept with your name.")
_TAKEN_BACK = _("Withdrawn; it stays in the history.")
ACTS: Mapping[str, Act] = {
    "open": Act(
        lambda g: modes.open_mode({**g.values, "origin": g.at}, who=g.who, now=g.now),
        _on_new,
        _("The intervention runs; its clock counts from the alert."),
    ),
    "go-on": Act(lambda g: modes.go_on(g.at, g.number, reason=g.text("reason"), who=g.who, now=g.now), _on_mode, _KEPT),
    "role": Act(lambda g: modes.add_role(g.at, g.values, who=g.who, now=g.now), _on_mode, _KEPT),
    "withdraw-role": Act(
        lambda g: modes.withdraw_role(g.at, g.number, reason=g.text("reason"), who=g.who, now=g.now),
        _on_mode,
        _TAKEN_BACK,
    ),
    "line": Act(
        lambda g: logging_lines.append(g.at, g.values, who=g.who, now=g.now),
        _on_mode,
        _("The line is in the log; it is never changed."),
    ),
    "action": Act(lambda g: actions.plan(g.at, g.values, who=g.who, now=g.now), _on_mode, _KEPT),
    "empty-track": Act(
        lambda g: actions.say_why_empty(g.at, {**g.values, "track": g.number}, who=g.who, now=g.now), _on_mode, _KEPT
    ),
    "hand-over": Act(
        lambda g: handing_over.hand_over(g.at, g.values, passed_on=g.list("passed_on"), who=g.who, now=g.now),
        _on_mode,
        _("The hand-over is kept; a newer one replaces it."),
    ),
    "close": Act(
        lambda g: handing_over.close(g.at, reason=g.text("reason"), who=g.who, now=g.now),
        _on_mode,
        _("It is closed."),
    ),
    "withdraw-mode": Act(
        lambda g: modes.withdraw(g.at, reason=g.text("reason"), who=g.who, now=g.now), _on_mode, _TAKEN_BACK
    ),
    "advise": Act(_moving("advise"), _on_mode, _("It lies before the authority that is competent.")),
    "decide": Act(_moving("decide"), _on_mode, _("The decision is kept with your name and mandate.")),
    "rework": Act(_moving("rework"), _on_mode, _("It is back in preparation.")),
    "execute": Act(_moving("execute"), _on_mode, _("It is kept that it was executed.")),
    "withdraw": Act(_moving("withdraw"), _on_mode, _TAKEN_BACK),
}


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Do one act of incident mode and go back to its page, or show that page again with the error beside the field."""
    return do(request, act, ACTS, _back)


def _back(given: Given, made: object) -> HttpResponse:
    return redirect("response:mode", _mode_of(made).key)


def _mode_of(made: Any) -> Mode:
    """The intervention of what was made: of the row itself, whatever page was named in the form."""
    if isinstance(made, Mode):
        return made
    return _mode_of(made.of_action if isinstance(made, ActionStep) else made.mode)
