"""Pages of watching: what is due, what nobody looked at, how strong we are, and what parties hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.markings import Marking, highest
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports as tables
from verband.rooms.picture import services as picture
from verband.rooms.risk import models
from verband.rooms.risk.watch import (
    adequacy,
    exported,
    forms,
    keeping,
    phenomena,
    pictures,
    plans,
    profile,
    rows,
    scope,
    trends,
    warning,
)
from verband.rooms.risk.watch.forms import Form, Problem, bound


@require_GET
def watch(request: HttpRequest) -> HttpResponse:
    """What is watched in each theme, what did nobody look at in time, and what runs now?"""
    who, asked = _asked(request)
    found = rows.overview(who, **asked)
    if form := tables.wanted(request):
        return tables.response(who, name="watch", form=form, rows=exported.overview(found))
    shown = {"found": found, "states": rows.plan_states(), "picture_states": rows.picture_states()}
    return _page(request, "watch", shown, found.markings)


@require_GET
def resilience(request: HttpRequest) -> HttpResponse:
    """How strong are government, business and citizens for each interest, how old is the evidence, and who is due?"""
    who, asked = _asked(request)
    if form := tables.wanted(request):
        found = exported.profiles(profile.profiles(who, **asked))
        return tables.response(who, name="resilience", form=form, rows=found)
    return resilience_page(request)


def resilience_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = _asked(request)
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
    if _writes(request):
        shown["form"] = bound(forms.check(who), problem)
    shown["withdrawn"] = keeping.withdrawn(models.AdequacyCheck, who, known_on=asked["known_on"])
    marked = [one.marking for one in found] + [view.marking for one in checks for view in one.history]
    return _page(request, "resilience", shown, marked, problem=problem, status=status)


@require_GET
def horizon(request: HttpRequest) -> HttpResponse:
    """Which trends does the horizon scan have for each theme, and which did nobody look at within its period?"""
    who, asked = _asked(request)
    if form := tables.wanted(request):
        found = exported.trends(trends.trends(who, **asked))
        return tables.response(who, name="trends", form=form, rows=found)
    return trends_page(request)


def trends_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = _asked(request)
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
                "source_title": view.source.title(forms.language()),
                "look": bound(forms.look(view.id, view.title), problem),
                "withdraw": bound(forms.withdrawal("trend", view.id, view.title), problem),
            }
            for view in every
        ],
    }
    if _writes(request):
        shown["scan_form"] = bound(forms.scan(who), problem)
        if scans:
            options = tuple((str(scan.pk), scan.title) for scan in scans)
            shown["form"] = bound(forms.trend(who, options), problem)
    return _page(request, "trends", shown, [view.marking for view in every], problem=problem, status=status)


@require_GET
def indicators(request: HttpRequest) -> HttpResponse:
    """Which indicators warn, which did nobody look at, and which say nothing?"""
    who, asked = _asked(request)
    if form := tables.wanted(request):
        found = exported.indicators(warning.indicators(who, **asked))
        return tables.response(who, name="indicators", form=form, rows=found)
    return indicators_page(request)


def indicators_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = _asked(request)
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
    if _writes(request):
        shown["form"] = bound(forms.indicator(who), problem)
    return _page(request, "indicators", shown, [view.marking for view in found], problem=problem, status=status)


@require_GET
def indicator(request: HttpRequest, number: int) -> HttpResponse:
    """What does this indicator say for each hypothesis, what was seen, and what does its rule propose?"""
    who, asked = _asked(request)
    if form := tables.wanted(request):
        found = exported.observations(warning.indicator(str(number), who, **asked))
        return tables.response(who, name=f"indicator-{number}", form=form, rows=found)
    return indicator_page(request, at=str(number))


def indicator_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = _asked(request)
    view = warning.indicator(at, who, **asked)
    levels = catalogue("warning_levels").labels(forms.language())
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
    if _writes(request):
        shown["outcome_form"] = bound(forms.outcome(view.row.pk, view.day), problem)
        if not view.expired:
            shown["observe_form"] = bound(forms.observation(view.row.pk, view.day), problem)
        if view.proposes != view.level:
            confirm = forms.confirmation(view.row.pk, view.proposes, levels[view.proposes])
            shown["confirm_form"] = bound(confirm, problem)
    return _page(request, "indicator", shown, [view.marking], problem=problem, status=status)


@require_GET
def watch_plans(request: HttpRequest) -> HttpResponse:
    """Which attention moments come, which run now, which ended without a review, and do crises coincide?"""
    who, asked = _asked(request)
    if form := tables.wanted(request):
        found = exported.plans(plans.plans(who, **asked))
        return tables.response(who, name="watch-plans", form=form, rows=found)
    return plans_page(request)


def plans_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = _asked(request)
    found = plans.plans(who, **asked)
    shown: dict[str, Any] = {
        "plans": [{"view": view, "forms": _plan_forms(view, problem)} for view in found],
        "states": rows.plan_states(),
        "active": sum(view.state == "active" for view in found),
        "stacking": plans.stacking(found),
        "due": sum(view.review_due for view in found),
        "withdrawn": keeping.withdrawn(models.WatchPlan, who, known_on=asked["known_on"]),
    }
    if _writes(request):
        running = [view for view in warning.indicators(who, **asked) if not view.expired]
        options = tuple((str(view.row.pk), view.row.statement) for view in running)
        shown["form"] = bound(forms.plan(who, options), problem)
    return _page(request, "plans", shown, [view.marking for view in found], problem=problem, status=status)


@require_GET
def situations(request: HttpRequest) -> HttpResponse:
    """Which pictures do parties share, which are endorsed, where is dissent, and which are out of date?"""
    who, asked = _asked(request)
    if form := tables.wanted(request):
        found = exported.pictures(pictures.pictures(who, **asked))
        return tables.response(who, name="situation-pictures", form=form, rows=found)
    return pictures_page(request)


def pictures_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = _asked(request)
    found = pictures.pictures(who, **asked)
    shown: dict[str, Any] = {
        "pictures": [
            {"view": view, "withdraw": bound(forms.withdrawal("picture", view.row.pk, view.row.title), problem)}
            for view in found
        ],
        "states": rows.picture_states(),
        "outdated": sum(view.outdated for view in found),
        "withdrawn": keeping.withdrawn(models.SituationPicture, who, known_on=asked["known_on"]),
    }
    if _writes(request):
        shown["form"] = bound(forms.situation(who), problem)
    return _page(request, "pictures", shown, [view.marking for view in found], problem=problem, status=status)


@require_GET
def situation(request: HttpRequest, number: int) -> HttpResponse:
    """What does this picture say, who stands behind each statement, and who does not?"""
    who, asked = _asked(request)
    if form := tables.wanted(request):
        found = exported.picture(pictures.picture(str(number), who, **asked))
        return tables.response(who, name=f"situation-picture-{number}", form=form, rows=found)
    return situation_page(request, at=str(number))


def situation_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = _asked(request)
    view = pictures.picture(at, who, **asked)
    number, open_now = view.row.pk, not view.outdated and asked["known_on"] is None
    speaks = open_now and view.proposed is not None and (who.may(keeping.POWER) or who.may("decide"))
    shown: dict[str, Any] = {
        "view": view,
        "state": rows.picture_states()[view.state],
        "may_speak": speaks,
        "lines": [
            {"line": line, "speak": bound(forms.voice(line.row.pk, number, line.row.text), problem)}
            for line in view.lines
        ],
    }
    if _writes(request) and open_now and view.proposed is None:
        shown["form"] = bound(forms.line(number), problem)
        if view.lines:
            shown["propose_form"] = bound(forms.proposal(number), problem)
    return _page(request, "situation", shown, [view.marking], problem=problem, status=status)


@require_GET
def phenomenon_notes(request: HttpRequest) -> HttpResponse:
    """Which phenomena are seen in each theme, what is advised, and which level was published?"""
    who, asked = _asked(request)
    if form := tables.wanted(request):
        found = exported.notes(phenomena.notes(who, known_on=asked["known_on"]))
        return tables.response(who, name="phenomena", form=form, rows=found)
    return phenomena_page(request)


def phenomena_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = _asked(request)
    found = phenomena.notes(who, known_on=asked["known_on"])
    levels = phenomena.levels(who, known_on=asked["known_on"])
    shown: dict[str, Any] = {
        "notes": [
            {
                "view": view,
                "proxy": bound(
                    forms.proxy(view.row.pk, view.row.title, phenomena.PRINCIPALS, phenomena.AGENTS), problem
                ),
                "withdraw": bound(forms.withdrawal("note", view.row.pk, view.row.title), problem),
            }
            for view in found
        ],
        "levels": [
            {
                "view": view,
                "source_title": view.source.title(forms.language()),
                "withdraw": bound(forms.withdrawal("level", view.id, view.level), problem),
            }
            for view in levels
        ],
        "withdrawn": keeping.withdrawn(models.PhenomenonNote, who, known_on=asked["known_on"]),
    }
    if _writes(request):
        shown["form"] = bound(forms.note(who), problem)
        shown["level_form"] = bound(forms.level(who), problem)
    marked = [*(view.marking for view in found), *(view.marking for view in levels)]
    return _page(request, "phenomena", shown, marked, problem=problem, status=status)


@require_GET
def demonstrations(request: HttpRequest) -> HttpResponse:
    """What is a demonstration first: a right, and what may and may not be kept about one here."""
    return _page(request, "demonstrations", {"protected": catalogue("lawful_conduct").entries}, [])


@require_GET
def scope_test(request: HttpRequest, subject: str) -> HttpResponse:
    """Is national security at stake here, in what way, and who gave and reviewed the reasons?"""
    return scope_page(request, at=subject)


def scope_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = _asked(request)
    about = scope.subject_of(at, who, known_on=asked["known_on"])
    view = scope.scope_of(at, who, known_on=asked["known_on"])
    shown: dict[str, Any] = {
        "subject": about,
        "name": about.name(forms.language()),
        "view": view,
        "state": rows.scope_states()[view.state],
        "states": rows.scope_states(),
        "areas": [(key, view.areas.get(key, "")) for key in keeping.keys("domains")],
    }
    if _writes(request):
        shown |= _scope_forms(who, about, view, problem)
    return _page(request, "scope", shown, [about.marking, view.marking], problem=problem, status=status)


def _scope_forms(
    who: Reader, about: scope.Subject, view: scope.ScopeView, problem: Problem | None
) -> Mapping[str, Form]:
    least = highest([about.marking, view.marking]).tlp
    values = {name: getattr(view, name) for name in ("outcome", "route", "reasons", "owner")}
    found = {}
    if view.state in (scope.EMPTY, "draft", "reopened"):
        found["form"] = forms.scope(who, least, values, view.areas)
    if view.state == "reasoned" and view.steps[0].kept_by != who.signature:
        found["review_form"] = forms.scope_step("scope-review")
    if view.state in ("reasoned", "reviewed"):
        found["reopen_form"] = forms.scope_step("scope-reopen")
    return {name: bound(replace(form, at=about.key), problem) for name, form in found.items()}


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
        label = catalogue("interests").labels(forms.language())[one.interest]
        row["late"] = newest.is_late(day)
        if newest.follow_up and not newest.done:
            row["done"] = bound(forms.follow_up_done(newest.id, label), problem)
        row["withdraw"] = bound(forms.withdrawal("check", newest.id, label), problem)
    return row


def _page(
    request: HttpRequest,
    name: str,
    shown: Mapping[str, Any],
    marked: Iterable[Marking],
    *,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    who, _ = _asked(request)
    every = list(marked)
    picture.note_reading(who, name.replace("_", " "), every)
    context = {
        **shown,
        "tab": name,
        "writes": _writes(request),
        "problem": problem,
        "marking_of_all": highest(every),
    }
    return render(request, f"risk/watch/{name}.html", context, status=status)


def _writes(request: HttpRequest) -> bool:
    who, asked = _asked(request)
    return who.may(keeping.POWER) and asked["known_on"] is None


def _asked(request: HttpRequest) -> tuple[Reader, dict[str, Any]]:
    """Who asks, and the moment that is asked for."""
    who: Reader = request.reader  # type: ignore[attr-defined]
    return who, {"now": timezone.now(), "known_on": request.known_on}  # type: ignore[attr-defined]
