"""Pages of attribution and of the threshold: who says who is behind it, under which mandate, with whom?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.campaigns import saying
from verband.rooms.forms import bound
from verband.rooms.picture import exports as tables
from verband.rooms.problems import Problem
from verband.rooms.response import cases as casebook
from verband.rooms.response import keeping
from verband.rooms.response.attributing import deciding, exported, forms, threshold
from verband.rooms.response.attributing.deciding import LadderView
from verband.rooms.response.attributing.models import AttributionDecision
from verband.rooms.response.attributing.reviewed import LEGAL, POLITICAL, NoteView
from verband.rooms.response.pages import Pages
from verband.rooms.response.telling import told

_page = Pages(
    "response/attribution",
    "response attribution",
    {"post_to": "response:attribution_act", "tab": "attribution"},
    unmarked=None,
).show


@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """Of which campaigns does somebody say who is behind it, and up to which level?"""
    who, known_on = reader_of(request), known_on_of(request)
    found = deciding.every(who, known_on=known_on)
    if form := tables.wanted(request):
        return tables.response(who, name="attributions", form=form, rows=exported.ladders(found))
    rows = [
        {"view": view, "name": _name(view), "taken": sum(bool(one.standing) for one in view.steps)} for view in found
    ]
    return _page(request, "list", {"rows": rows}, [mark for view in found for mark in view.markings])


@require_GET
def attribution(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far does the attribution of this campaign go, who may decide further, and what is said, with whom?"""
    if form := tables.wanted(request):
        who = reader_of(request)
        rows = exported.ladders([deciding.view(str(uuid), who, known_on=known_on_of(request))])
        return tables.response(who, name=f"attribution-{uuid}", form=form, rows=rows)
    return attribution_page(request, at=str(uuid))


def attribution_page(
    request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, known_on, now = reader_of(request), known_on_of(request), timezone.now()
    view = deciding.view(at, who, known_on=known_on)
    rows = []
    for step in view.steps:
        made = view.decision(step.level.key)
        row: dict[str, Any] = {"step": step, "decision": _decision(made) if made else None, "why_not": ""}
        if known_on is None and step.level.key in deciding.LEVELS:
            error = deciding.why_not(step.level.key, who, now)
            row["why_not"] = told(error).message(page_language()) if error and not step.standing else ""
            if not error and not step.standing:
                least = saying.marking_of(view.campaign).tlp
                form = forms.decision(who, at, step.level.key, least, keeping.today(now))
                row["form"] = bound(form, problem)
            if not error and made:
                row["withdraw"] = bound(forms.withdrawal("withdraw", at, made.key, step.level.key), problem)
        rows.append(row)
    withdrawn = [_decision(one) for one in view.decisions if one.withdrawn_at is not None]
    shown = {"ladder": view, "name": _name(view), "rows": rows, "withdrawn": withdrawn}
    return _page(request, "attribution", shown, view.markings, problem=problem, status=status)


@require_GET
def notes(request: HttpRequest, key: str) -> HttpResponse:
    """Does a person hold this case for below, near or at the level of an armed attack, and who reviewed that?"""
    if form := tables.wanted(request):
        who, known_on = reader_of(request), known_on_of(request)
        row = casebook.case(key, who, known_on=known_on).row
        rows = exported.notes(key, threshold.notes(row, who, known_on=known_on))
        return tables.response(who, name=f"threshold-{key}", form=form, rows=rows)
    return notes_page(request, at=key)


def notes_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, known_on = reader_of(request), known_on_of(request)
    view = casebook.case(at, who, known_on=known_on)
    found = threshold.notes(view.row, who, known_on=known_on)
    now_only = known_on is None and view.row.withdrawn_at is None and not view.closed
    standing = next((one for one in found if one.row.withdrawn_at is None), None)
    shown: dict[str, Any] = {
        "view": view,
        "standing": standing,
        "older": [one for one in found if one is not standing],
        "reviews": _reviews(request, at, standing, problem) if standing and now_only else [],
    }
    if now_only and who.may(keeping.PREPARE):
        shown["note_form"] = bound(forms.note(who, at, view.marking.tlp), problem)
        if standing:
            form = forms.withdrawal("withdraw-note", at, standing.row.key, standing.row.level)
            shown["withdraw_form"] = bound(form, problem)
    marked = [*view.markings, *(mark for one in found for mark in one.markings)]
    return _page(request, "threshold", shown, marked, problem=problem, status=status)


def _reviews(request: HttpRequest, at: str, standing: NoteView, problem: Problem | None) -> list[Any]:
    """The forms for the reviews that the note waits for and this reader may give."""
    who = reader_of(request)
    found = []
    for kind in standing.waits_for:
        power = {LEGAL: "advise_response", POLITICAL: "decide"}[kind]
        if who.may(power) and standing.row.person != who.username:
            found.append(bound(forms.review(at, kind, standing), problem))
    return found


def _decision(row: AttributionDecision) -> dict[str, Any]:
    partners = deciding.partner_names(row, page_language())
    return {"row": row, "below": deciding.below_floor(row), "partners": partners}


def _name(view: LadderView) -> str:
    row = view.campaign.row
    return row.title_nl if page_language() == "nl" else row.title_en
