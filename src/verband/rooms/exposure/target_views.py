"""The blast radius of a campaign or an incident: which of our nodes did it name, and what fails if they fail?"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from verband.language.markings import Marking
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import analysing, figures, targets, words
from verband.rooms.exposure.asking import page
from verband.rooms.exposure.shown import asked, closed, hours_of
from verband.rooms.exposure.targets import Targets
from verband.rooms.picture import exports


@require_GET
def campaign(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Which nodes do the named targets of this campaign correspond to, and what fails if they fail?"""
    view, hit = targets.of_campaign(str(uuid), reader_of(request), known_on=known_on_of(request))
    row = view.row
    title = row.title_nl if page_language() == "nl" else row.title_en
    shown = {"title": title, "campaign": row.uuid, "incidents": len(view.incidents)}
    return _page(request, hit, shown, [row.marking], name=f"campaign-{uuid}")


@require_GET
def incident(request: HttpRequest, stix_id: str) -> HttpResponse:
    """Which nodes do the named targets of this incident correspond to, and what fails if they fail?"""
    view, hit = targets.of_incident(stix_id, reader_of(request), known_on=known_on_of(request))
    shown = {"title": view.name, "incident": stix_id, "incidents": 1}
    return _page(request, hit, shown, [view.marking], name="incident")


def _page(
    request: HttpRequest, hit: Targets, shown: dict[str, Any], marked: list[Marking], *, name: str
) -> HttpResponse:
    language, found = page_language(), hit.found
    horizon_h, problem = hours_of(request)
    rows: list[dict[str, Any]] = []
    if hit.picks and not problem:
        blast = analysing.cascade(found, hit.picks, horizon_h=horizon_h)
        rows = figures.cascade_rows(blast, found.part(hit.picks))
        shown |= {
            "blast": blast,
            "figure": figures.figure(found, language, {row["node"].key: row["time_h"] for row in rows}),
        }
        marked = [*marked, *found.part(hit.picks).markings]
    if form := exports.wanted(request):
        told = figures.exported_cascade(rows, language)
        return exports.response(reader_of(request), name=f"blast-{name}", form=form, rows=told)
    shown |= {
        **asked(request, horizon_h, problem),
        "targets": [
            {
                "target": one,
                "nodes": [
                    {"key": each.node.key, "name": each.node.name(language), "row": each.row} for each in one.nodes
                ],
            }
            for one in hit.targets
        ],
        "picks": hit.picks,
        "linked": sum(bool(one.nodes) for one in hit.targets),
        "rows": [
            {
                **row,
                "name": row["node"].name(language),
                "time": words.hours(row["time_h"]),
                "missing": ", ".join(node.name(language) for node in row["missing"]),
            }
            for row in rows
        ],
        "requirements": len(found.requirements),
        "closed": closed(found, language),
    }
    return page(request, "targets", shown, [*marked, *hit.marked], status=400 if problem else 200)
