"""Pages of the room: what depends on what, and one node."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import asset_parts, figures, keeping, models, network, scanning, words
from verband.rooms.exposure.asking import now, page
from verband.rooms.exposure.shown import closed, names, node_row
from verband.rooms.picture import exports

#: A network that was brought in has more; the file holds them all.
_MOST_LISTED = 300


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Which processes are there, what do they need, and what is not known?"""
    who, language = reader_of(request), page_language()
    found = network.network(who, known_on=known_on_of(request))
    if form := exports.wanted(request):
        return exports.response(who, name="processes", form=form, rows=figures.exported_nodes(found.nodes.values()))
    today = keeping.today(now(), known_on_of(request))
    of = [node for node in found.nodes.values() if node.kind != "supplier"]
    shown = {
        "rows": [node_row(node, found, language) | {"overdue": node.overdue(today)} for node in of[:_MOST_LISTED]],
        "listed_of": len(of),
        "processes": sum(node.kind == "process" for node in of),
        "suppliers": len(found.nodes) - len(of),
        "requirements": len(found.requirements),
        "unowned": sum(not node.owner for node in of),
        "overdue": sum(node.overdue(today) for node in of),
        "figure": figures.figure(found, language),
        "singles": [
            {"name": one.node.name(language), "key": one.node.key, "processes": names(one.processes, language)}
            for one in (network.singles(found) if found.requirements else [])
        ],
        "closed": closed(found, language),
        "may_write": who.may(keeping.POWER) and known_on_of(request) is None,
    }
    return page(request, "list", shown, found.markings)


@require_GET
def node(request: HttpRequest, key: str) -> HttpResponse:
    """What is this, what does it need, what leans on it, and what lies in stock?"""
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    found = network.network(who, known_on=known_on)
    view = found.node(key)
    supplies = [
        row
        for row in keeping.standing(models.Supply, who, known_on=known_on)
        if key in (row.supplier, row.process) and {row.supplier, row.process} <= found.nodes.keys()
    ]
    today = keeping.today(now(), known_on)
    stocks = [row for row in keeping.standing(models.Stock, who, known_on=known_on) if row.process == key]
    findings = [row for row in keeping.standing(models.Finding, who, known_on=known_on) if row.process == key]
    if form := exports.wanted(request):
        rows = figures.requirements([*found.needs(key), *found.serves(key)], found, language)
        return exports.response(who, name=f"dependencies-{key}", form=form, rows=rows)
    parts = asset_parts.of_asset(key, found, who, known_on=known_on)
    shown = {
        "view": view,
        "row": node_row(view, found, language),
        "overdue": view.overdue(today),
        "needs": figures.requirements(found.needs(key), found, language),
        "serves": figures.requirements(found.serves(key), found, language),
        "supplies": [
            {
                "row": row,
                "kind": words.choice(row.kind),
                "supplier": found.nodes[row.supplier],
                "process": found.nodes[row.process],
                "process_name": found.nodes[row.process].name(language),
            }
            for row in supplies
        ],
        "stocks": [{"row": row, "days": words.hours(row.days), "old": scanning.is_old(row, today)} for row in stocks],
        **parts.shown,
        "findings": [{"row": row, "outcome": words.choice(row.outcome)} for row in findings],
    }
    marked = [view.marking, *parts.markings, *(row.marking.value() for row in (*supplies, *stocks, *findings))]
    marked += [row.marking for row in (*found.needs(key), *found.serves(key))]
    return page(request, "node", shown, marked)
