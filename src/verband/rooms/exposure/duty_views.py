"""Pages of duties: what is due when after an incident, how far processes are, and what inspections found by sector."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from verband.language.errors import InputError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import asset_figures, duties, inspections, keeping, models, network, words
from verband.rooms.exposure.asking import now, page
from verband.rooms.exposure.forms import problem
from verband.rooms.exposure.scanning import SMALLEST
from verband.rooms.picture import exports
from verband.rooms.problems import Problem


@require_GET
def tracked(request: HttpRequest) -> HttpResponse:
    """Which duties hold, which are coming, how far is each process, and until when must an incident be reported?"""
    who, known_on, language = reader_of(request), known_on_of(request), page_language()
    nodes = network.network(who, known_on=known_on).nodes
    found = duties.duties(who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name="duties", form=form, rows=[_exported(view) for view in found])
    noticed, notified, deadlines, wrong = _clock(request, found)
    shown = {
        "duties": [
            {
                "view": view,
                "row": view.row,
                "text": says(view.row, language),
                "sector": words.sector(view.row.sector),
                "status": words.choice(view.row.status),
                "term": term(view),
                "from": words.choice(view.row.counted_from) if view.row.counted_from else "",
                "states": [(words.choice(state), view.count(state)) for state in ("open", "in_progress", "met")],
                "fulfilments": [
                    {"row": row, "state": words.choice(row.state), "process": nodes[row.process].name(language)}
                    for row in view.fulfilments
                    if row.process in nodes
                ],
            }
            for view in found
        ],
        "in_force": sum(not view.coming for view in found),
        "coming": sum(view.coming for view in found),
        "noticed": noticed,
        "notified": notified,
        "deadlines": [
            {
                "row": one.row,
                "text": says(one.row, language),
                "state": one.state,
                "due": one.due,
                "past": one.due is not None and one.due < now(),
            }
            for one in deadlines
        ],
        "asked": bool(deadlines) or wrong is not None,
        "problem": wrong,
        "may_write": known_on is None and who.may(keeping.POWER),
    }
    marked = [view.row.marking.value() for view in found]
    marked += [row.marking.value() for view in found for row in view.fulfilments]
    return page(request, "duties", shown, marked, status=400 if wrong else 200)


@require_GET
def inspected(request: HttpRequest) -> HttpResponse:
    """What did inspections find, by sector, and how does it move?"""
    who, known_on = reader_of(request), known_on_of(request)
    found = inspections.inspected(who, keeping.today(now(), known_on), known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name="inspections", form=form, rows=_exported_findings(found))
    rows = [
        {
            "one": one,
            "sector": words.sector(one.sector) or "–",
            "found": sum(one.found),
            "short": sum(one.shortcomings),
            "cells": list(zip(one.shortcomings, one.found, strict=True)),
        }
        for one in found.sectors
    ]
    shown = {
        "rows": rows,
        "quarters": found.quarters,
        "suppressed": [words.sector(sector) or "–" for sector in found.suppressed],
        "earlier": found.earlier,
        "smallest": SMALLEST,
        "figure": asset_figures.findings(found),
        "may_write": known_on is None and who.may(keeping.POWER),
    }
    return page(request, "inspections", shown, inspections.markings(who, known_on=known_on))


def says(row: models.Obligation, language: str) -> str:
    """What the duty says; in English where somebody wrote that."""
    return (row.text_en if language == "en" else "") or row.text


def term(view: duties.DutyView) -> str:
    """The term of a duty in words; a dash where it has none."""
    row = view.row
    if row.report_within_h is not None:
        return words.in_hours(row.report_within_h)
    return "–" if row.report_within_months is None else words.in_months(row.report_within_months)


def _clock(
    request: HttpRequest, found: list[duties.DutyView]
) -> tuple[str, str, list[duties.Deadline], Problem | None]:
    """The two moments as they were asked, and the deadlines; nothing where no moment of noticing was given."""
    noticed, notified = (request.GET.get(name, "").strip() for name in ("noticed", "notified"))
    if not noticed and not notified:
        return noticed, notified, [], None
    try:
        since = _moment("noticed", noticed)
        sent = _moment("notified", notified) if notified else None
        rows = [view.row for view in found]
        zone = timezone.get_current_timezone()
        return noticed, notified, duties.clock(rows, since, notified=sent, zone=zone), None
    except InputError as error:
        # A field for moments takes nothing else; the message beside it says what was there.
        wrong = problem(error, "clock", {})
        kept = {"noticed": noticed, "notified": notified}
        if error.code == "exposure.moment":
            kept[wrong.field] = ""
        return kept["noticed"], kept["notified"], [], wrong


def _moment(field: str, text: str) -> datetime:
    """A moment of the clock on the wall. Raises InputError("exposure.moment", field=...)."""
    try:
        found = datetime.fromisoformat(text)
        if not 1970 < found.year < 9000:
            raise ValueError(text)
    except ValueError as error:
        raise InputError("exposure.moment", field=field, text=text) from error
    return timezone.make_aware(found) if found.tzinfo is None else found


def _exported(view: duties.DutyView) -> dict[str, Any]:
    row = view.row
    return {
        "key": row.key,
        "act": row.act,
        "text": row.text,
        "status": row.status,
        "stated_on": row.stated_on.isoformat(),
        "report_within_h": row.report_within_h,
        "report_within_months": row.report_within_months,
        "counted_from": row.counted_from,
        **{state: view.count(state) for state in ("open", "in_progress", "met")},
        "source": row.source,
        "marking": row.marking.value().words(),
    }


def _exported_findings(found: inspections.Inspected) -> list[dict[str, Any]]:
    told = [
        {"sector": one.sector, "quarter": quarter.words, "findings": of, "shortcomings": short}
        for one in found.sectors
        for quarter, of, short in zip(found.quarters, one.found, one.shortcomings, strict=True)
    ]
    hidden = [{"sector": sector, "quarter": "", "findings": None, "shortcomings": None} for sector in found.suppressed]
    return [*told, *hidden]
