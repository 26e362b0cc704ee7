"""Pages of the room: what depends on what, what fails when this fails, what matters most, and who holds what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, RefusedError, VerbandError
from verband.language.markings import Marking
from verband.rooms.exposure import asset_parts, figures, keeping, models, network, scanning, words
from verband.rooms.exposure.asking import HORIZON_H, hours, known_on_of, now, page, reader_of
from verband.rooms.exposure.network import Network, NodeView
from verband.rooms.picture import exports

_MOST_SHOWN = 100
#: A network that was brought in has more; the file holds them all.
_MOST_LISTED = 300
#: Moments to choose from; those at which something fails are added.
_STEPS_H = (0.0, 1.0, 4.0, 8.0, 24.0, 48.0, 72.0)
_MOST_STEPS = 40


@dataclass(frozen=True)
class Problem:
    """What is wrong, and the field that it stands beside."""

    field: str
    message: str


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Which processes are there, what do they need, and what is not known?"""
    who, language = reader_of(request), words.language()
    found = network.network(who, known_on=known_on_of(request))
    if form := exports.wanted(request):
        return exports.response(who, name="processes", form=form, rows=figures.exported_nodes(found.nodes.values()))
    today = keeping.today(now(), known_on_of(request))
    of = [node for node in found.nodes.values() if node.kind != "supplier"]
    shown = {
        "rows": [_row(node, found, language) | {"overdue": node.overdue(today)} for node in of[:_MOST_LISTED]],
        "listed_of": len(of),
        "processes": sum(node.kind == "process" for node in of),
        "suppliers": len(found.nodes) - len(of),
        "requirements": len(found.requirements),
        "unowned": sum(not node.owner for node in of),
        "overdue": sum(node.overdue(today) for node in of),
        "figure": figures.figure(found, language),
        "singles": [
            {"name": one.node.name(language), "key": one.node.key, "processes": _names(one.processes, language)}
            for one in (network.singles(found) if found.requirements else [])
        ],
        "closed": _closed(found, language),
        "may_write": who.may(keeping.POWER) and known_on_of(request) is None,
    }
    return page(request, "list", shown, found.markings)


@require_GET
def node(request: HttpRequest, key: str) -> HttpResponse:
    """What is this, what does it need, what leans on it, and what lies in stock?"""
    who, language, known_on = reader_of(request), words.language(), known_on_of(request)
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
        "row": _row(view, found, language),
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


@require_GET
def what_if(request: HttpRequest) -> HttpResponse:
    """What fails, and when, if these fail at hour 0? The address holds the picks."""
    who, language = reader_of(request), words.language()
    found = network.network(who, known_on=known_on_of(request))
    picks = list(dict.fromkeys(request.GET.getlist("fail")))
    horizon_h, problem = _hours(request)
    shown: dict[str, Any] = {
        "nodes": [_row(one, found, language) | {"picked": one.key in picks} for one in found.nodes.values()],
        "picks": picks,
        "requirements": len(found.requirements),
        "closed": _closed(found, language),
        **_asked(request, horizon_h, problem),
    }
    if picks and not problem:
        blast = network.cascade(found, picks, horizon_h=horizon_h)
        rows = figures.cascade_rows(blast, found)
        if form := exports.wanted(request):
            told = figures.exported_cascade(rows, language)
            return exports.response(who, name="what-if", form=form, rows=told)
        shown |= _played(request, rows, horizon_h, found, language)
        shown["blast"] = blast
    return page(request, "what_if", shown, found.markings, status=400 if problem else 200)


@require_GET
def ranked(request: HttpRequest) -> HttpResponse:
    """Whose failure alone costs most hours of vital processes, and how sure is that?"""
    who, language = reader_of(request), words.language()
    found = network.network(who, known_on=known_on_of(request))
    horizon_h, problem = _hours(request)
    shown = {**_asked(request, horizon_h, problem), "requirements": len(found.requirements), "total": len(found.nodes)}
    if found.nodes and not problem:
        result = network.ranking(found, horizon_h=horizon_h)
        if form := exports.wanted(request):
            rows = figures.exported_ranking(found, result, language)
            return exports.response(who, name="criticality", form=form, rows=rows)
        shown["rows"] = [
            {**_row(found.nodes[one.name], found, language), "standing": one} for one in result.standings[:_MOST_SHOWN]
        ]
        shown |= {"draws": result.parameters.draws, "spread": result.parameters.spread, "method": result.version}
        shown["closed"] = _closed(found, language)
    return page(request, "ranking", shown, found.markings, status=400 if problem else 200)


@require_GET
def scan(request: HttpRequest) -> HttpResponse:
    """Which processes hold something of this supplier, or of suppliers from a state for which a rule stands?"""
    who, language, known_on = reader_of(request), words.language(), known_on_of(request)
    supplier, country = request.GET.get("supplier", "").strip(), request.GET.get("country", "").strip()
    found, problem, status = None, None, 200
    try:
        if country:
            found = scanning.by_country(country, who, now=now(), known_on=known_on)
        elif supplier:
            found = scanning.by_supplier(supplier, who, known_on=known_on)
    except (InputError, RefusedError) as error:
        problem, status = _problem(error), error.status
    names_shown = who.may(keeping.POWER)
    if found and names_shown and (form := exports.wanted(request)):
        return exports.response(who, name="scan", form=form, rows=figures.exported_hits(found.hits))
    marked: list[Marking] = [hit.marking for hit in found.hits] if found else []
    rules = scanning.standing_rules(who, now=now(), known_on=known_on)
    shown = {
        "found": found,
        "hits": [
            {
                "hit": hit,
                "process": hit.process.name(language),
                "sector": words.sector(hit.process.sector),
                "kind": words.choice(hit.kind),
            }
            for hit in (found.hits if found and names_shown else ())
        ],
        "sectors": [(words.sector(one.sector) or "–", one.processes) for one in (found.sectors if found else ())],
        "names_shown": names_shown,
        "smallest": scanning.SMALLEST,
        "suppliers": keeping.standing(models.Supplier, who, known_on=known_on),
        "supplier": supplier,
        "country": country,
        "rules": [{"row": row, "country": catalogue("countries").get(row.country).label(language)} for row in rules],
        "problem": problem,
    }
    return page(request, "scan", shown, [*marked, *(row.marking.value() for row in rules)], status=status)


def _row(view: NodeView, found: Network, language: str) -> dict[str, Any]:
    return {
        "view": view,
        "name": view.name(language),
        "kind": words.choice(view.kind),
        "sector": words.sector(view.sector),
        "needs_count": len(found.needs(view.key)),
    }


def _names(views: tuple[NodeView, ...], language: str) -> str:
    return ", ".join(view.name(language) for view in views)


def _closed(found: Network, language: str) -> list[str]:
    cycles = found.system.closed_cycles if found.requirements else ()
    return [", ".join(found.nodes[key].name(language) for key in cycle) for cycle in cycles]


def _hours(request: HttpRequest) -> tuple[float, Problem | None]:
    try:
        return hours(request.GET.get("hours", "")), None
    except InputError as error:
        return HORIZON_H, _problem(error)


def _asked(request: HttpRequest, horizon_h: float, problem: Problem | None) -> dict[str, Any]:
    text = request.GET.get("hours", "") or words.hours(horizon_h)
    return {"horizon_h": horizon_h, "hours_text": text, "problem": problem}


def _played(
    request: HttpRequest, rows: list[dict[str, Any]], horizon_h: float, found: Network, language: str
) -> dict[str, Any]:
    """The moments to choose from, and what is down at the one that is chosen (the horizon, where none is)."""
    times = {row["time_h"] for row in rows}
    steps = sorted({*times, *(step for step in _STEPS_H if step < horizon_h), horizon_h})[:_MOST_STEPS]
    try:
        at = min(hours(request.GET.get("at", ""), field="at", otherwise=horizon_h), horizon_h)
    except InputError:
        at = 0.0
    down = {row["node"].key: row["time_h"] for row in rows if row["time_h"] <= at}
    told = [
        {
            **row,
            "name": row["node"].name(language),
            "time": words.hours(row["time_h"]),
            "lost": words.hours(row["supply_lost_h"]),
            "missing": ", ".join(node.name(language) for node in row["missing"]),
            "down": row["time_h"] <= at,
        }
        for row in rows
    ]
    return {
        "rows": told,
        "steps": [{"at": f"{step:g}", "text": words.hours(step), "here": step == at} for step in steps],
        "at": words.hours(at),
        "down": len(down),
        "figure": figures.figure(found, language, down),
    }


def _problem(error: VerbandError) -> Problem:
    language = words.language()
    return Problem(str(error.params.get("field", "")), f"{error.message(language)} {error.hint(language)}")
