"""Pages of what parties hold together and of what is at stake: shared pictures, phenomena, scope tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.markings import highest
from verband.rooms.asking import page_language
from verband.rooms.forms import Form, bound
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports as tables
from verband.rooms.problems import Problem
from verband.rooms.risk import models
from verband.rooms.risk.watch import (
    exported,
    forms,
    keeping,
    phenomena,
    pictures,
    rows,
    scope,
)
from verband.rooms.risk.watch.pages import asking, page, writes


@require_GET
def situations(request: HttpRequest) -> HttpResponse:
    """Which pictures do parties share, which are endorsed, where is dissent, and which are out of date?"""
    who, asked = asking(request)
    if form := tables.wanted(request):
        found = exported.pictures(pictures.pictures(who, **asked))
        return tables.response(who, name="situation-pictures", form=form, rows=found)
    return pictures_page(request)


def pictures_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = asking(request)
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
    if writes(request):
        shown["form"] = bound(forms.situation(who), problem)
    return page(request, "pictures", shown, [view.marking for view in found], problem=problem, status=status)


@require_GET
def situation(request: HttpRequest, number: int) -> HttpResponse:
    """What does this picture say, who stands behind each statement, and who does not?"""
    who, asked = asking(request)
    if form := tables.wanted(request):
        found = exported.picture(pictures.picture(str(number), who, **asked))
        return tables.response(who, name=f"situation-picture-{number}", form=form, rows=found)
    return situation_page(request, at=str(number))


def situation_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = asking(request)
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
    if writes(request) and open_now and view.proposed is None:
        shown["form"] = bound(forms.line(number), problem)
        if view.lines:
            shown["propose_form"] = bound(forms.proposal(number), problem)
    return page(request, "situation", shown, [view.marking], problem=problem, status=status)


@require_GET
def phenomenon_notes(request: HttpRequest) -> HttpResponse:
    """Which phenomena are seen in each theme, what is advised, and which level was published?"""
    who, asked = asking(request)
    if form := tables.wanted(request):
        found = exported.notes(phenomena.notes(who, known_on=asked["known_on"]))
        return tables.response(who, name="phenomena", form=form, rows=found)
    return phenomena_page(request)


def phenomena_page(
    request: HttpRequest, *, at: str = "", problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = asking(request)
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
                "source_title": view.source.title(page_language()),
                "withdraw": bound(forms.withdrawal("level", view.id, view.level), problem),
            }
            for view in levels
        ],
        "withdrawn": keeping.withdrawn(models.PhenomenonNote, who, known_on=asked["known_on"]),
    }
    if writes(request):
        shown["form"] = bound(forms.note(who), problem)
        shown["level_form"] = bound(forms.level(who), problem)
    marked = [*(view.marking for view in found), *(view.marking for view in levels)]
    return page(request, "phenomena", shown, marked, problem=problem, status=status)


@require_GET
def demonstrations(request: HttpRequest) -> HttpResponse:
    """What is a demonstration first: a right, and what may and may not be kept about one here."""
    return page(request, "demonstrations", {"protected": catalogue("lawful_conduct").entries}, [])


@require_GET
def scope_test(request: HttpRequest, subject: str) -> HttpResponse:
    """Is national security at stake here, in what way, and who gave and reviewed the reasons?"""
    return scope_page(request, at=subject)


def scope_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, asked = asking(request)
    about = scope.subject_of(at, who, known_on=asked["known_on"])
    view = scope.scope_of(at, who, known_on=asked["known_on"])
    shown: dict[str, Any] = {
        "subject": about,
        "name": about.name(page_language()),
        "view": view,
        "state": rows.scope_states()[view.state],
        "states": rows.scope_states(),
        "areas": [(key, view.areas.get(key, "")) for key in keeping.keys("domains")],
    }
    if writes(request):
        shown |= _scope_forms(who, about, view, problem)
    return page(request, "scope", shown, [about.marking, view.marking], problem=problem, status=status)


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
