"""Pages of the strategies: goals with what became of them, and the grid that compares the strategies."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.picture import exports
from verband.rooms.problems import Problem
from verband.rooms.risk.cycle import asking, strategies
from verband.rooms.risk.cycle.strategies import Cell, Goal, Strategy

#: Letters of a goal in a list of choices.
_CUT = 90


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """What do the strategies set themselves, what became of their goals, and how do they compare?"""
    if form := exports.wanted(request):
        rows = _cells_exported(request) if request.GET.get("table") == "grid" else _goals_exported(request)
        return exports.response(reader_of(request), name="strategies", form=form, rows=rows)
    return _page(request)


@require_POST
def goal(request: HttpRequest) -> HttpResponse:
    """Register a goal of a strategy, with where it stands."""
    values = asking.posted(request, "edition", "text", "language", "theme", "marking")
    do = partial(strategies.add_goal, **values, place=asking.place(request))
    return _act(request, "goal", do, _("The goal is registered."))


@require_POST
def fate(request: HttpRequest, number: int) -> HttpResponse:
    """Say which goal came after this one, or that it is not continued."""
    values = asking.posted(request, "successor", "reason", "marking")
    do = partial(strategies.tell_fate, number, **values)
    return _act(request, f"fate-{number}", do, _("Kept with your name; it can be withdrawn."))


@require_POST
def withdraw_fate(request: HttpRequest, number: int) -> HttpResponse:
    """Take back what was said about a goal."""
    reason = request.POST.get("reason", "")
    do = partial(strategies.withdraw_fate, number, reason=reason)
    return _act(request, f"withdraw-fate-{number}", do, _("Withdrawn; it stays in the history."))


@require_POST
def cell(request: HttpRequest) -> HttpResponse:
    """Fill a cell of the comparison; a cell has a source."""
    values = asking.posted(request, "edition", "aspect", "text", "language", "marking")
    do = partial(strategies.write_cell, **values, place=asking.place(request))
    return _act(request, "cell", do, _("The cell is filled, with its source."))


@require_POST
def withdraw_cell(request: HttpRequest, number: int) -> HttpResponse:
    """Take a cell of the comparison back."""
    reason = request.POST.get("reason", "")
    do = partial(strategies.withdraw_cell, number, reason=reason)
    return _act(request, f"withdraw-cell-{number}", do, _("Withdrawn; it stays in the history."))


def _act(request: HttpRequest, form: str, do: Callable[..., object], done: str) -> HttpResponse:
    return asking.act(request, form, do, done=done, page=_page, there=reverse("risk:strategies"))


def _page(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    who, known_on, words = reader_of(request), known_on_of(request), page_language()
    found = strategies.strategies(who, known_on=known_on)
    grid = strategies.cells(who, known_on=known_on)
    asking.note(request, "strategies", strategies.marking_of(found, grid.values()))
    every = [one for item in found for one in item.goals]
    shown = {
        "strategies": [_strategy(item, every) for item in found],
        "goals": len(every),
        "superseded": sum(one.state is not None for one in every),
        "not_stated": sum(one.state == strategies.NOT_STATED for one in every),
        "aspects": [
            {
                "entry": entry,
                "cells": [[_cell(one) for one in grid.get((entry.key, item.edition.key), ())] for item in found],
            }
            for entry in asking.entries("strategy_aspects")
        ],
        "names": [(item.edition.key, item.edition.title(words)) for item in found],
        "all_aspects": asking.entries("strategy_aspects"),
        "themes": asking.entries("themes"),
    }
    return asking.show(request, "strategies", shown, problem, tab="strategies")


def _strategy(item: Strategy, every: list[Goal]) -> dict[str, Any]:
    words = page_language()
    later = {view.key: view.title(words) for view in item.replaced_by}
    return {
        "item": item,
        "title": item.edition.title(words),
        "replaced_by": [{"key": key, "title": title} for key, title in later.items()],
        "goals": [_goal(one) for one in item.goals],
        "successors": [
            (strategies.NOT_CONTINUED, _("not continued")),
            *((str(one.number), one.text[:_CUT]) for one in every if one.edition in later),
        ],
        **asking.cited(item.edition.source),
    }


def _goal(one: Goal) -> dict[str, Any]:
    told = f"withdraw-fate-{one.fate.stamp.number}" if one.fate else ""
    return {"goal": one, "form": f"fate-{one.number}", "fate_form": told, **asking.cited(one.source)}


def _cell(one: Cell) -> dict[str, Any]:
    return {"cell": one, "form": f"withdraw-cell-{one.stamp.number}", **asking.cited(one.source)}


def _goals_exported(request: HttpRequest) -> list[dict[str, Any]]:
    found = strategies.strategies(reader_of(request), known_on=known_on_of(request))
    return [
        {
            "strategy": one.edition,
            "goal": one.key,
            "theme": one.theme,
            "text": one.text,
            "language": one.language,
            "superseded_by": [view.key for view in item.replaced_by],
            "fate": one.state or "",
            "successor": one.fate.successor if one.fate else "",
            "reason": one.fate.reason if one.fate else "",
            "source_nl": one.source.title_nl,
            "section": one.source.section,
            "line": one.source.line,
            "marking": one.stamp.marking.words(),
        }
        for item in found
        for one in item.goals
    ]


def _cells_exported(request: HttpRequest) -> list[dict[str, Any]]:
    grid = strategies.cells(reader_of(request), known_on=known_on_of(request))
    return [
        {
            "aspect": aspect,
            "strategy": edition,
            "text": one.text,
            "language": one.language,
            "source_nl": one.source.title_nl,
            "source_number": one.source.number,
            "section": one.source.section,
            "line": one.source.line,
            "marking": one.stamp.marking.words(),
        }
        for (aspect, edition), cells in sorted(grid.items())
        for one in cells
    ]
