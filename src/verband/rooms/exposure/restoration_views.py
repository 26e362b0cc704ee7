"""When is everything up again: what is down from when to when if nodes are repaired, and in which order best."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verband.language.errors import InputError
from verband.methods.depending.cascades import VERSION, Restoration
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import analysing, figures, network, words
from verband.rooms.exposure.analysing import Order
from verband.rooms.exposure.asking import hours, page, positive
from verband.rooms.exposure.network import Network
from verband.rooms.exposure.shown import closed, node_row
from verband.rooms.picture import exports
from verband.rooms.problems import Problem, problem_of

_UNTIL_H = 720.0


@require_GET
def restoration(request: HttpRequest) -> HttpResponse:
    """If these fail at hour 0 and each is repaired after its hours, what is down from when to when?"""
    who, language = reader_of(request), page_language()
    found = network.network(who, known_on=known_on_of(request))
    picks = [found.node(key).key for key in dict.fromkeys(request.GET.getlist("fail"))]
    texts = {key: request.GET.get(f"repair-{key}", "").strip() for key in picks}
    repaired_h, until_h, problem = _read(request, texts)
    shown: dict[str, Any] = {
        "nodes": [node_row(one, found, language) | {"picked": one.key in picks} for one in found.nodes.values()],
        "repairs": [
            {"key": key, "name": found.nodes[key].name(language), "text": text, "field": f"repair-{key}"}
            for key, text in texts.items()
        ],
        "until_text": request.GET.get("until", "") or words.hours(until_h),
        "requirements": len(found.requirements),
        "closed": closed(found, language),
        "problem": problem,
        "method": VERSION,
    }
    if picks and not problem:
        told = analysing.restoration(found, repaired_h, until_h=until_h)
        if form := exports.wanted(request):
            rows = figures.exported_outages(found, told, language)
            return exports.response(who, name="restoration", form=form, rows=rows)
        shown |= _shown(found, told, language)
        shown["until"] = words.hours(until_h)
        finite = {key: value for key, value in repaired_h.items() if math.isfinite(value)}
        if len(finite) == len(picks):
            shown["orders"] = _orders(found, analysing.orders(found, finite, until_h=until_h), language)
    return page(request, "restoration", shown, found.markings, status=400 if problem else 200)


def _read(request: HttpRequest, texts: Mapping[str, str]) -> tuple[dict[str, float], float, Problem | None]:
    try:
        until_h = hours(request.GET.get("until", ""), field="until", otherwise=_UNTIL_H)
        repaired = {key: positive(text, field=f"repair-{key}") if text else math.inf for key, text in texts.items()}
    except InputError as error:
        return {}, _UNTIL_H, problem_of(error, "restoration", page_language())
    return repaired, until_h, None


def _shown(found: Network, told: Restoration, language: str) -> dict[str, Any]:
    up_h = analysing.all_up_h(told)
    return {
        "told": told,
        "outages": [
            {
                "node": found.nodes[one.name],
                "name": found.nodes[one.name].name(language),
                "from": words.hours(one.from_h),
                "to": words.hours(one.to_h) if math.isfinite(one.to_h) else None,
            }
            for one in told.outages
        ],
        "spans": figures.spans(found, told, language),
        "all_up": words.hours(up_h) if math.isfinite(up_h) else "",
        "never": ", ".join(found.nodes[key].name(language) for key in told.never),
        "waiting": [
            ", ".join(found.nodes[key].name(language) for key in cycle) for cycle in told.waiting_on_each_other
        ],
    }


def _orders(found: Network, tried: Sequence[Order], language: str) -> dict[str, Any] | None:
    """The best and the worst order of one crew; None where there is nothing to choose."""
    if not tried:
        return None
    marked = ((_("loses least"), tried[0]), (_("loses most"), tried[-1]))
    return {
        "tried": len(tried),
        "same": tried[0].lost_h == tried[-1].lost_h,
        "rows": [
            {
                "what": what,
                "order": " → ".join(
                    f"{found.nodes[key].name(language)} ({words.hours(hour)} h)" for key, hour in one.repaired_h.items()
                ),
                "lost_h": one.lost_h,
                "all_up": words.hours(one.all_up_h) if math.isfinite(one.all_up_h) else None,
            }
            for what, one in marked
        ],
    }
