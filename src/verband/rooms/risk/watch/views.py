"""Pages of watching: what is due, what nobody looked at, how strong we are, and what parties hold together."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.rooms.asking import page_language
from verband.rooms.forms import Form, bound
from verband.rooms.picture import exports as tables
from verband.rooms.problems import Problem
from verband.rooms.risk import models
from verband.rooms.risk.watch import (
    adequacy,
    exported,
    forms,
    keeping,
    plans,
    profile,
    rows,
    trends,
    warning,
)
from verband.rooms.risk.watch.pages import asking, page, writes


@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    """What is watched in each theme, what did nobody look at in time, and what runs now?"""
    who, asked = asking(request)
    found = rows.overview(who, **asked)
    if form := tables.wanted(request):
        return tables.response(who, name="watch", form=form, rows=exported.overview(found))
    shown = {"found": found, "states": rows.plan_states(), "picture_states": rows.picture_states()}
    return page(request, "watch", shown, found.markings)


@require_GET
def resilience(request: HttpRequest) -> HttpResponse:
    """How strong are government, business and citizens for each interest, how old is the evidence, and who is due?"""
    who, asked = asking(request)
    if form := tables.wanted(request):
        found = exported.profiles(profile.profiles(who, **asked))
        return tables.response(who, name="resilience", form=form, rows=found)
    return resilience_page(request)


def resilience_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = asking(request)
    found, checks = profile.profiles(who, **asked), adequacy.standings(who, **asked)
    day = keeping.today(asked["now"], asked["known_on"])
    shown: dict[str, Any] = {
        "matrix": rows.matrix(found),
        "parties": list(dict.fromkeys(one.party for one in found)),
        "known": sum(one.level != profile.UNKNOWN for one in found),
        "cells": len(found),
        "checks": [_check_row(one, day, problem) for one in checks],
        "overdue": [one.interest for one in checks if one.overdue],
        "balance": adequacy.balance(checks),
        "levels": catalogue("resilience_levels").entries,
    }
    if writes(request):
        shown["form"] = bound(forms.check(who), problem)
    shown["withdrawn"] = keeping.withdrawn(models.AdequacyCheck, who, known_on=asked["known_on"])
    marked = [one.marking for one in found] + [view.marking for one in checks for view in one.history]
    return page(request, "resilience", shown, marked, problem=problem, status=status)


@require_GET
def horizon(request: HttpRequest) -> HttpResponse:
    """Which trends does the horizon scan have for each theme, and which did nobody look at within its period?"""
    who, asked = asking(request)
    if form := tables.wanted(request):
        found = exported.trends(trends.trends(who, **asked))
        return tables.response(who, name="trends", form=form, rows=found)
    return trends_page(request)


def trends_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = asking(request)
    found = trends.by_theme(who, **asked)
    scans = trends.scans(who, known_on=asked["known_on"])
    every = [view for one in found for view in one.trends]
    shown: dict[str, Any] = {
        "themes": found,
        "scans": scans,
        "total": len(every),
        "stale": sum(view.stale for view in every),
        "own_period": trends.PERIOD_DAYS,
        "withdrawn": keeping.withdrawn(models.Trend, who, known_on=asked["known_on"]),
        "trends": [
            {
                "view": view,
                "source_title": view.source.title(page_language()),
                "look": bound(forms.look(view.id, view.title), problem),
                "withdraw": bound(forms.withdrawal("trend", view.id, view.title), problem),
            }
            for view in every
        ],
    }
    if writes(request):
        shown["scan_form"] = bound(forms.scan(who), problem)
        if scans:
            options = tuple((str(scan.pk), scan.title) for scan in scans)
            shown["form"] = bound(forms.trend(who, options), problem)
    return page(request, "trends", shown, [view.marking for view in every], problem=problem, status=status)


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """Which indicators warn, which did nobody look at, and which say nothing?"""
    who, asked = asking(request)
    if form := tables.wanted(request):
        found = exported.indicators(warning.indicators(who, **asked))
        return tables.response(who, name="indicators", form=form, rows=found)
    return indicators_page(request)


def indicators_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = asking(request)
    found = warning.indicators(who, **asked)
    shown: dict[str, Any] = {
        "indicators": [
            {
                "view": view,
                "withdraw": bound(forms.withdrawal("indicator", view.row.pk, view.row.statement), problem),
            }
            for view in found
        ],
        "unlooked": sum(view.unlooked for view in found),
        "waiting": sum(view.proposes != view.level for view in found),
        "withdrawn": keeping.withdrawn(models.WarningIndicator, who, known_on=asked["known_on"]),
    }
    if writes(request):
        shown["form"] = bound(forms.indicator(who), problem)
    return page(request, "indicators", shown, [view.marking for view in found], problem=problem, status=status)


@require_GET
def indicator(request: HttpRequest, number: int) -> HttpResponse:
    """What does this indicator say for each hypothesis, what was seen, and what does its rule propose?"""
    who, asked = asking(request)
    if form := tables.wanted(request):
        found = exported.observations(warning.indicator(str(number), who, **asked))
        return tables.response(who, name=f"indicator-{number}", form=form, rows=found)
    return indicator_page(request, at=str(number))


def indicator_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = asking(request)
    view = warning.indicator(at, who, **asked)
    levels = catalogue("warning_levels").labels(page_language())
    shown: dict[str, Any] = {
        "view": view,
        "expected": [(key, view.row.expected.get(key, "")) for key in keeping.keys("hypotheses")],
        "counts": [(key, view.count(key)) for key in keeping.keys("warning_outcomes")],
        "observations": [
            {
                "row": one,
                "withdraw": bound(forms.withdrawal("observation", one.pk, one.seen, at=at), problem),
            }
            for one in reversed(view.observations)
        ],
    }
    if writes(request):
        shown["outcome_form"] = bound(forms.outcome(view.row.pk, view.day), problem)
        if not view.expired:
            shown["observe_form"] = bound(forms.observation(view.row.pk, view.day), problem)
        if view.proposes != view.level:
            confirm = forms.confirmation(view.row.pk, view.proposes, levels[view.proposes])
            shown["confirm_form"] = bound(confirm, problem)
    return page(request, "indicator", shown, [view.marking], problem=problem, status=status)


@require_GET
def watch_plans(request: HttpRequest) -> HttpResponse:
    """Which attention moments come, which run now, which ended without a review, and do crises coincide?"""
    who, asked = asking(request)
    if form := tables.wanted(request):
        found = exported.plans(plans.plans(who, **asked))
        return tables.response(who, name="watch-plans", form=form, rows=found)
    return plans_page(request)


def plans_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = asking(request)
    found = plans.plans(who, **asked)
    shown: dict[str, Any] = {
        "plans": [{"view": view, "forms": _plan_forms(view, problem)} for view in found],
        "states": rows.plan_states(),
        "active": sum(view.state == "active" for view in found),
        "stacking": plans.stacking(found),
        "due": sum(view.review_due for view in found),
        "withdrawn": keeping.withdrawn(models.WatchPlan, who, known_on=asked["known_on"]),
    }
    if writes(request):
        running = [view for view in warning.indicators(who, **asked) if not view.expired]
        options = tuple((str(view.row.pk), view.row.statement) for view in running)
        shown["form"] = bound(forms.plan(who, options), problem)
    return page(request, "plans", shown, [view.marking for view in found], problem=problem, status=status)


def _plan_forms(view: plans.PlanView, problem: Problem | None) -> list[Form]:
    number, title = view.row.pk, view.row.title
    steps = ["review"] if view.state == "closed" and view.review is None else []
    if view.state != "closed":
        steps = ["extend", "close"]
    found = [forms.plan_step(step, number, title) for step in steps]
    return [bound(form, problem) for form in (*found, forms.withdrawal("plan", number, title))]


def _check_row(one: adequacy.Standing, day: date, problem: Problem | None) -> dict[str, Any]:
    newest = one.newest
    row: dict[str, Any] = {"interest": one.interest, "newest": newest, "overdue": one.overdue, "history": one.history}
    if newest:
        label = catalogue("interests").labels(page_language())[one.interest]
        row["late"] = newest.is_late(day)
        if newest.follow_up and not newest.done:
            row["done"] = bound(forms.follow_up_done(newest.id, label), problem)
        row["withdraw"] = bound(forms.withdrawal("check", newest.id, label), problem)
    return row
