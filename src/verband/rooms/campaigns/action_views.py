"""Pages on which an analyst tries a campaign: what if a source or feature falls away, and the evidence as a matrix."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from verband.language.errors import InputError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.campaigns import matrix as matrices
from verband.rooms.campaigns import services, tasks, together, views, what_if, wording
from verband.rooms.campaigns.models import Run
from verband.rooms.people.services import demand, demand_method
from verband.rooms.picture import exports as tables
from verband.rooms.picture import services as picture

#: The address's word for each kind of thing that can be left out.
_PARAMETERS = {"features": "without_feature", "publishers": "without_publisher", "sources": "without_source"}
_COLUMNS = 9
#: Publishers that are shown before the rest is folded.
_PUBLISHERS = 8
_FEW = 3


@dataclass(frozen=True)
class Switch:
    """A feature, publisher or source on the page: its weight, its word, and whether the address leaves it out."""

    weight: what_if.Weight
    name: str
    parameter: str
    off: bool


@require_GET
def what_if_page(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is left of this campaign without a source or a feature?"""
    who, language = reader_of(request), page_language()
    view = services.campaign(str(uuid), who, known_on=known_on_of(request))
    rows = what_if.weights(view)
    if form := tables.wanted(request):
        return tables.response(who, name=f"campaign-{uuid}-rests-on", form=form, rows=_weight_values(rows, language))
    views.note_reading(who, view)
    without = _left_out(request.GET, rows)
    switches = [
        Switch(row, _name(row, language), _PARAMETERS[row.kind], row.key in getattr(without, row.kind)) for row in rows
    ]
    known_on = known_on_of(request)
    kept = what_if.kept_run(view.run, without, known_on=known_on) if without else None
    answer = what_if.answer(view, kept, who=who) if kept else None
    publishers = [switch for switch in switches if switch.weight.kind == "publishers"]
    shown = max(_FEW, min(_PUBLISHERS, sum(switch.weight.share > 0 for switch in publishers)))
    context = views.base_context(who, view, views.Forms.blank(), "what_if", known_on=known_on_of(request)) | {
        "features": [switch for switch in switches if switch.weight.kind == "features"],
        "publishers": publishers[:shown],
        "more_publishers": publishers[shown:],
        "more_open": any(switch.off for switch in publishers[shown:]),
        "sources": [switch for switch in switches if switch.weight.kind == "sources"],
        "asked": [] if without else _asked(view.run, switches, known_on),
        "heaviest": publishers[0] if publishers else None,
        "without": without,
        "off": [switch.name for switch in switches if switch.off],
        "answer": answer,
        "lines": _lines(answer) if answer else [],
        "waiting": bool(without) and not kept and tasks.what_if_waits(view.run.key, without.kept()),
        "may_ask": who.may("connect") and "connect" in who.methods,
        "at_once": what_if.at_once(view.run),
    }
    return render(request, "campaigns/what_if.html", context)


@require_POST
def ask(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Run the method again without what is ticked, at once or by the worker, and go to the address of its answer."""
    who = reader_of(request)
    demand(who, "connect")
    demand_method(who, "connect")
    view = services.campaign(str(uuid), who)
    without = _left_out(request.POST, what_if.weights(view))
    if not without:
        nothing = InputError("campaigns.left_out_nothing")
        messages.warning(request, f"{nothing.message(page_language())} {nothing.hint(page_language())}")
    elif what_if.kept_run(view.run, without) is not None:
        pass
    elif what_if.at_once(view.run):
        what_if.ask(view.run, without, who=who, now=views.now())
    elif not tasks.what_if_waits(view.run.key, without.kept()):
        tasks.what_if.enqueue(who.username, view.run.key, without.kept())
    return redirect(f"{reverse('campaigns:what_if', args=[uuid])}{_query(without)}")


@require_GET
def matrix(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Which incident states which of the shared things, and who says so?"""
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    view = services.campaign(str(uuid), who, known_on=known_on)
    table = matrices.matrix(view, together.reasons(view, language), language)
    if form := tables.wanted(request):
        return tables.response(who, name=f"campaign-{uuid}-matrix", form=form, rows=matrices.as_values(table))
    views.note_reading(who, view)
    every = request.GET.get("columns") == "all"
    shown = len(table.columns) if every else _COLUMNS
    context = views.base_context(who, view, views.Forms.blank(), "matrix", known_on=known_on) | {
        "columns": table.columns[:shown],
        "lines": [{"incident": line.incident, "cells": line.cells[:shown]} for line in table.lines],
        "all_columns": len(table.columns),
        "folded": len(table.columns) > shown,
    }
    return render(request, "campaigns/matrix.html", context)


def _asked(run: Run, switches: list[Switch], known_on: int | None) -> list[dict[str, Any]]:
    """What-ifs that were asked of this run before and that bear on this campaign, with their addresses."""
    names = {(switch.weight.kind, switch.weight.key): switch.name for switch in switches}
    found = []
    for made, without in what_if.asked_before(run, known_on=known_on):
        keys = [(kind, key) for kind in what_if.KINDS for key in getattr(without, kind)]
        if all(key in names for key in keys):
            found.append({"run": made, "names": [names[key] for key in keys], "query": _query(without)})
    return found


def _left_out(query: QueryDict, rows: tuple[what_if.Weight, ...]) -> what_if.LeftOut:
    """What the address or form leaves out; what the campaign does not rest on is passed over."""
    known = {(row.kind, row.key) for row in rows if row.may_go}
    chosen: dict[str, Any] = {
        kind: tuple(sorted({key for key in query.getlist(name) if (kind, key) in known}))
        for kind, name in _PARAMETERS.items()
    }
    return what_if.LeftOut(**chosen)


def _query(without: what_if.LeftOut) -> str:
    pairs = [(name, key) for kind, name in _PARAMETERS.items() for key in getattr(without, kind)]
    return f"?{urlencode(pairs)}" if pairs else ""


def _name(row: what_if.Weight, language: str) -> str:
    return wording.feature_word(row.key, language) if row.kind == "features" else row.name


def _lines(answer: what_if.Answer) -> list[dict[str, Any]]:
    """The campaign's incidents in time order, then those that join, each with what became of it."""

    def in_time(incidents: tuple[picture.IncidentView, ...]) -> list[picture.IncidentView]:
        return sorted(incidents, key=lambda view: view.when.start if view.when else 2**40)

    stays = {view.id for view in answer.stays}
    lines = []
    for incident in in_time((*answer.stays, *answer.falls)):
        out = "unread" if incident.id in answer.unread else "out"
        lines.append({"incident": incident, "state": "stays" if incident.id in stays else out})
    return lines + [{"incident": incident, "state": "joins"} for incident in in_time(answer.joins)]


def _weight_values(rows: tuple[what_if.Weight, ...], language: str) -> list[dict[str, Any]]:
    return [
        {
            "kind": row.kind.removesuffix("s"),
            "key": row.key,
            "name": _name(row, language),
            "share": round(row.share, 4),
            "bans": round(row.bans, 3),
            "incidents": row.incidents,
        }
        for row in rows
    ]
