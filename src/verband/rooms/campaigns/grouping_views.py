"""Pages on which a person merges campaigns or splits one, and the page of what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verband.language.errors import InputError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.campaigns import charts, grouping, lengths, lookalikes, services, views, wording
from verband.rooms.campaigns.forms import ReasonForm
from verband.rooms.people.services import demand
from verband.rooms.picture import exports as tables
from verband.rooms.picture import services as picture

_SHARED = 12


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest) -> HttpResponse:
    """Which campaigns are one, and why? The address may name one to begin with: `?with=UUID`."""
    who, language = reader_of(request), page_language()
    demand(who, "judge_campaign")
    chosen = request.POST.getlist("campaign") if request.method == "POST" else request.GET.getlist("with")
    form, choice_error = ReasonForm(request.POST or None, auto_id="merge-%s"), ""
    if request.method == "POST" and form.is_valid():
        try:
            made = grouping.merge(chosen, reason=form.cleaned_data["reason"], who=who, now=views.now())
        except InputError as error:
            choice_error = f"{error.message(language)} {error.hint(language)}"
        else:
            messages.success(request, _("The campaigns are merged. You can undo it, with a reason."))
            return redirect("campaigns:grouping", uuid=made.uuid)
    rows = services.overview(who)
    picture.note_reading(who, "campaigns", [row.marking for row in rows])
    lines = [
        views.Line(row, row.title_nl if language == "nl" else row.title_en, lengths.span(row.start, row.end, language))
        for row in rows
    ]
    run = services.newest_run(who.ceiling)
    context = {
        "lines": lines,
        "alike": lookalikes.of_run(run, who, language) if run else (),
        "chosen": chosen,
        "form": form,
        "choice_error": choice_error,
    }
    wrong = bool(choice_error or form.errors)
    return render(request, "campaigns/merge.html", context | {"wrong": wrong}, status=400 if wrong else 200)


@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Which incidents of this campaign belong apart, and why?"""
    who, language = reader_of(request), page_language()
    view = services.campaign(str(uuid), who)
    demand(who, "judge_campaign")
    chosen = request.POST.getlist("incident")
    form, choice_error = ReasonForm(request.POST or None, auto_id="split-%s"), ""
    if request.method == "POST" and form.is_valid():
        try:
            made = grouping.split(str(uuid), apart=chosen, reason=form.cleaned_data["reason"], who=who, now=views.now())
        except InputError as error:
            choice_error = f"{error.message(language)} {error.hint(language)}"
        else:
            messages.success(request, _("The campaign is split. You can undo it, with a reason."))
            return redirect("campaigns:grouping", uuid=made.uuid)
    views.note_reading(who, view)
    in_time = sorted(view.incidents, key=lambda incident: incident.when.start if incident.when else 2**40)
    wrong = bool(choice_error or form.errors)
    context = {
        "row": view.row,
        "title": view.row.title_nl if language == "nl" else view.row.title_en,
        "incidents": in_time,
        "chosen": chosen,
        "form": form,
        "choice_error": choice_error,
        "wrong": wrong,
    }
    return render(request, "campaigns/split.html", context, status=400 if wrong else 200)


@require_GET
def grouping_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What did a person make of these campaigns, from what, and why?"""
    who = reader_of(request)
    found = grouping.view(str(uuid), who, known_on=known_on_of(request))
    if form := tables.wanted(request):
        return tables.response(who, name=f"grouping-{uuid}", form=form, rows=_values(found, page_language()))
    return _page(request, found, ReasonForm(auto_id="undo-%s"))


@require_POST
def undo(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take the grouping back, with a reason."""
    who = reader_of(request)
    form = ReasonForm(request.POST, auto_id="undo-%s")
    demand(who, "judge_campaign")
    if form.is_valid():
        try:
            grouping.undo(str(uuid), reason=form.cleaned_data["reason"], who=who, now=views.now())
        except InputError as error:
            form.add_error("reason", error.message(page_language()))
        else:
            messages.success(request, _("The grouping is undone; it stays in the history."))
            return redirect("campaigns:grouping", uuid=uuid)
    return _page(request, grouping.view(str(uuid), who), form, status=400)


def _page(request: HttpRequest, found: grouping.GroupingView, form: ReasonForm, *, status: int = 200) -> HttpResponse:
    who, language = reader_of(request), page_language()
    marked = [record.marking for part in found.parts for view in part.incidents for record in view.records]
    picture.note_reading(who, f"grouping {found.grouping.uuid}", [found.marking, *marked])
    origins = [{"uuid": origin["uuid"], "title": origin[f"title_{language}"]} for origin in found.grouping.origins]
    parts = [
        {
            "part": part.part,
            "title": part.title(language),
            "incidents": part.incidents,
            "when": charts.swim_lanes(part.incidents, language),
            "shared": _shared(part.part.shared, language),
            "proposed": [(row, row.title_nl if language == "nl" else row.title_en) for row in part.proposed],
        }
        for part in found.parts
    ]
    context = {
        "found": found,
        "made": found.grouping,
        "origins": origins,
        "parts": parts,
        "form": form,
        "erring": bool(form.errors),
        "may_judge": who.may("judge_campaign"),
        "may_export": who.may("export"),
    }
    return render(request, "campaigns/grouping.html", context, status=status)


def _shared(rows: Sequence[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """What the group shares, in words; nearness without a value."""
    found = []
    for row in rows[:_SHARED]:
        near = row["feature"] in wording.CLOSENESS
        word = "" if near else wording.value_word(row["feature"], row["value"], _stated(row), language)
        found.append({**row, "feature": wording.feature_word(row["feature"], language), "word": word})
    return found


def _stated(row: dict[str, Any]) -> dict[tuple[str, str], str]:
    return {(row["feature"], row["value"]): row["stated"]}


def _values(found: grouping.GroupingView, language: str) -> list[dict[str, Any]]:
    return [
        {
            "part": part.part.place + 1,
            "part_title": part.title(language),
            "incident": incident.stix_id,
            "title": incident.name,
            "when": incident.when.words() if incident.when else "",
            "marking": incident.marking.words(),
            "made_by": found.grouping.made_by,
            "undone": found.undone,
        }
        for part in found.parts
        for incident in part.incidents
    ]
