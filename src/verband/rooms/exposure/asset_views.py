"""Pages of assets: undersea infrastructure, ports and stocks on a map, and claims of armed forces on assets."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import asset_figures, asset_parts, claims, keeping, models, network, scanning, stocks, words
from verband.rooms.exposure.asking import now, page
from verband.rooms.exposure.network import NodeView
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture

#: Incidents of the sea and of ports: the domain, or the sector of what was hit.
_SEA: tuple[dict[str, tuple[str, ...]], ...] = ({"domain": ("maritime",)}, {"sector": ("port", "maritime")})
_INCIDENTS_SHOWN = 12
#: The groups of which the page tells unless others are asked for.
_FIRST = ("undersea", "port", "stock", "corridor", "other")
_MOST_ROWS = 100
#: Undated incidents come last, in seconds since 1970.
_EARLIEST = -(10**12)


@require_GET
def assets(request: HttpRequest) -> HttpResponse:
    """Which undersea works, ports, stocks and corridors are there, whose, where, and what happened beside them?"""
    who, known_on, language = reader_of(request), known_on_of(request), page_language()
    named = asset_figures.groups()
    every = [node for node in network.network(who, known_on=known_on).nodes.values() if node.kind == "asset"]
    picked = [group for group in request.GET.getlist("group") if group in named] or list(_FIRST)
    shown_nodes = [node for node in every if asset_figures.group_of(node.asset_class) in picked]
    if form := exports.wanted(request):
        return exports.response(who, name="assets", form=form, rows=[_exported(node) for node in shown_nodes])
    today = keeping.today(now(), known_on)
    kept = [
        row
        for row in keeping.standing(models.Stock, who, known_on=known_on)
        if row.process in network.network(who, known_on=known_on).nodes
    ]
    incidents = _incidents(request)
    shown = {
        "groups": [
            {
                "key": key,
                "word": word,
                "picked": key in picked,
                "count": sum(asset_figures.group_of(node.asset_class) == key for node in every),
            }
            for key, word in named.items()
        ],
        "rows": [_row(node, language) for node in shown_nodes[:_MOST_ROWS]],
        "total": len(shown_nodes),
        "all": len(every),
        "unowned": sum(not node.owner for node in shown_nodes),
        "unplaced": sum(node.latitude is None for node in shown_nodes),
        "figure": asset_figures.asset_map(shown_nodes, language),
        "goods": [_good(good) for good in stocks.goods(kept, today)],
        "old_stocks": sum(scanning.is_old(row, today) for row in kept),
        "incidents": incidents[:_INCIDENTS_SHOWN],
        "incidents_total": len(incidents),
        "may_write": known_on is None and who.may(keeping.POWER),
    }
    marked = [node.marking for node in shown_nodes] + [row.marking.value() for row in kept]
    marked += [view.marking for view in incidents[:_INCIDENTS_SHOWN]]
    return page(request, "assets", shown, marked)


@require_GET
def claimed(request: HttpRequest) -> HttpResponse:
    """What do armed forces and allies ask of which asset, and which claims cover the same days?"""
    who, known_on, language = reader_of(request), known_on_of(request), page_language()
    nodes = network.network(who, known_on=known_on).nodes
    found = [view for view in claims.standing(who, known_on=known_on) if view.row.asset in nodes]
    clashes = claims.conflicts(found)
    in_conflict = {view.row.pk for one in clashes for view in (one.first, one.second)}
    if form := exports.wanted(request):
        rows = [_exported_claim(view, view.row.pk in in_conflict) for view in found]
        return exports.response(who, name="claims", form=form, rows=rows)
    names = {key: node.name(language) for key, node in nodes.items()}
    shown = {
        "claims": [asset_parts.claim_row(view, names) | {"conflict": view.row.pk in in_conflict} for view in found],
        "conflicts": asset_parts.conflict_rows(clashes, names),
        "waiting": sum(view.state == claims.REQUESTED for view in found),
        "figure": asset_figures.calendar(found, clashes, names),
        "may_write": known_on is None and who.may(keeping.POWER),
    }
    marked = [marking for view in found for marking in view.markings]
    return page(request, "claims", shown, [*marked, *(nodes[view.row.asset].marking for view in found)])


def _incidents(request: HttpRequest) -> list[picture.IncidentView]:
    """Incidents of the sea and of ports that the reader may see, newest first, each once."""
    who, known_on = reader_of(request), known_on_of(request)
    if "picture" not in who.rooms:
        return []
    found: dict[int, picture.IncidentView] = {}
    for values in _SEA:
        for view in picture.incidents(who.ceiling, picture.Filter(values=values), known_on=known_on):
            found.setdefault(view.id, view)
    return sorted(
        found.values(), key=lambda view: (view.when is not None, view.when.start if view.when else 0), reverse=True
    )


def _row(node: NodeView, language: str) -> dict[str, Any]:
    return {
        "view": node,
        "name": node.name(language),
        "class": asset_figures.class_word(node.asset_class, language),
        "place": "–" if node.latitude is None else f"{node.latitude:.3f}, {node.longitude or 0:.3f}",
    }


def _good(good: stocks.Good) -> dict[str, Any]:
    return {
        "good": good,
        "days": None if good.days is None else words.hours(good.days),
        "least": None if good.least is None else words.hours(good.least),
        "most": None if good.most is None else words.hours(good.most),
    }


def _exported(node: NodeView) -> dict[str, Any]:
    same = ("key", "name_nl", "name_en", "asset_class", "owner", "latitude", "longitude", "source")
    return {**{name: getattr(node, name) for name in same}, "marking": node.marking.words()}


def _exported_claim(view: claims.ClaimView, conflict: bool) -> dict[str, Any]:
    row = view.row
    return {
        "key": row.key,
        "kind": row.kind,
        "asker": row.asker,
        "asset": row.asset,
        "from_day": row.from_day.isoformat(),
        "until_day": row.until_day.isoformat(),
        "purpose": row.purpose,
        "state": view.state,
        "in_conflict": conflict,
        "source": row.source,
        "marking": row.marking.value().words(),
    }
