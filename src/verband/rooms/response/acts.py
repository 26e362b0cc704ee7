"""What a person does on the pages of response: one address for each act, the page again with what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from verband.rooms.doing import Act, Given
from verband.rooms.problems import Problem
from verband.rooms.response import instrument_pages, machine, services, views
from verband.rooms.response.doing import do
from verband.rooms.response.models import Case, LegalBasis


def _on_case(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return views.case_page(request, at=given.at, problem=problem, status=status)


def _on_new(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return views.new_case_page(request, at=given.at, problem=problem, status=status)


def _on_option(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return views.option_page(request, at=given.at, number=given.number, problem=problem, status=status)


def _on_replacement(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return views.option_page(request, at=given.at, number=given.number, replaces=True, problem=problem, status=status)


def _on_instruments(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
    return instrument_pages.page(request, problem=problem, status=status)


def _open(g: Given) -> Case:
    values = {**g.values, "origin": g.at}
    return services.open_case(values, aims=g.list("aims"), accents=g.list("accents"), who=g.who, now=g.now)


def _moving(action: str) -> Callable[[Given], object]:
    return lambda g: services.move(g.number, action, g.values, who=g.who, now=g.now)


_KEPT = _("Kept with your name; it can be withdrawn.")
_TAKEN_BACK = _("Withdrawn; it stays in the history.")
_MOVED: Mapping[str, str | Promise] = {
    "advise": _("It lies before the decision maker; it no longer changes."),
    machine.DECIDE: _("The decision is kept with your name and mandate."),
    "rework": _("It is back in preparation."),
    machine.EXECUTE: _("It is kept that it was executed."),
    "follow": _("The judgement of its effects is kept."),
    "close": _("It is closed."),
    "withdraw": _TAKEN_BACK,
}
ACTS: Mapping[str, Act] = {
    "case": Act(_open, _on_new, _("The case is open.")),
    "area": Act(lambda g: services.ask_area(g.at, g.values, who=g.who, now=g.now), _on_case, _KEPT),
    "option": Act(
        lambda g: services.add_option(
            g.at, {**g.values, "instrument": g.number}, goals=g.list("goals"), who=g.who, now=g.now
        ),
        _on_option,
        _KEPT,
    ),
    "replace": Act(
        lambda g: services.replace_option(g.number, g.values, goals=g.list("goals"), who=g.who, now=g.now),
        _on_replacement,
        _("The newer option stands; the older one is in the history."),
    ),
    "indicator": Act(lambda g: services.watch_option(g.number, g.values, who=g.who, now=g.now), _on_case, _KEPT),
    "withdraw-option": Act(
        lambda g: services.withdraw_option(g.number, reason=g.text("reason"), who=g.who, now=g.now),
        _on_case,
        _TAKEN_BACK,
    ),
    "package": Act(
        lambda g: services.make_package(g.at, g.values, option_keys=g.list("options"), who=g.who, now=g.now),
        _on_case,
        _("The package is in preparation."),
    ),
    "include": Act(lambda g: services.include(g.number, g.text("option"), who=g.who, now=g.now), _on_case, _KEPT),
    "leave-out": Act(
        lambda g: services.leave_out(g.number, g.text("option"), reason=g.text("reason"), who=g.who, now=g.now),
        _on_case,
        _TAKEN_BACK,
    ),
    "effect": Act(lambda g: services.observe_effect(g.number, g.values, who=g.who, now=g.now), _on_case, _KEPT),
    "legal-basis": Act(
        lambda g: services.keep_legal_basis(g.number, g.values, who=g.who, now=g.now), _on_instruments, _KEPT
    ),
    "withdraw-legal-basis": Act(
        lambda g: services.withdraw_legal_basis(g.number, reason=g.text("reason"), who=g.who, now=g.now),
        _on_instruments,
        _TAKEN_BACK,
    ),
    "pillar-reason": Act(lambda g: services.explain_pillar(g.at, g.values, who=g.who, now=g.now), _on_case, _KEPT),
    "withdraw-pillar": Act(
        lambda g: services.withdraw_pillar(g.number, reason=g.text("reason"), who=g.who, now=g.now),
        _on_case,
        _TAKEN_BACK,
    ),
    "withdraw-case": Act(
        lambda g: services.withdraw_case(g.at, reason=g.text("reason"), who=g.who, now=g.now), _on_case, _TAKEN_BACK
    ),
    **{action: Act(_moving(action), _on_case, done) for action, done in _MOVED.items()},
}


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Do one act of response and go back to its page, or show that page again with the error beside the field."""
    return do(request, act, ACTS, _back)


def _back(given: Given, made: object) -> HttpResponse:
    if isinstance(made, LegalBasis):
        return redirect("response:instruments")
    return redirect("response:case", _case_of(made).key)


def _case_of(made: Any) -> Case:
    """The case of what was made: of the row itself, whatever page was named in the form."""
    if isinstance(made, Case):
        return made
    above = next(name for name in ("case", "package", "option") if hasattr(made, name))
    return _case_of(getattr(made, above))
