"""Pages of strategic dependencies: the dashboard, and the card of a product or material."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from verband.language.errors import InputError
from verband.language.words import fold
from verband.methods.depending import supply
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import keeping, models
from verband.rooms.exposure import words as room_words
from verband.rooms.exposure.asking import page
from verband.rooms.exposure.dependence import figures, items, steps, stopping, words
from verband.rooms.exposure.dependence.forms import Refused
from verband.rooms.exposure.dependence.items import TRADE, Item, Point
from verband.rooms.exposure.dependence.scenario_views import stopped_row, wrong_words
from verband.rooms.exposure.dependence.steps import Trail
from verband.rooms.exposure.network import network
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports

_MOST_SHOWN = 50
_FILTERS = ("kind", "scope", "text", "state")
#: Words shorter than this say too little to propose a link by.
_WORD = 4


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """On whom do we lean for which product or material, how concentrated is it, and does that last?"""
    who, known_on = reader_of(request), known_on_of(request)
    every = items.items(who, known_on=known_on)
    trails = steps.trails(who, known_on=known_on)
    wanted = {name: request.GET.get(name, "").strip() for name in _FILTERS}
    found = items.narrowed(every, **wanted, registered=[one.row.item for one in trails])
    if form := exports.wanted(request):
        return exports.response(who, name="strategic-dependencies", form=form, rows=figures.exported(found))
    editions = items.editions(who, known_on=known_on)
    shown = {
        "rows": [_row(one, trails) for one in found[:_MOST_SHOWN]],
        "more": max(0, len(found) - _MOST_SHOWN),
        "found": len(found),
        "total": len({one.key for one in every}),
        "editions": len(editions),
        "dependent": sum(one.newest.verdict == "dependent" for one in every),
        "lasting": sum(one.newest.persistent == "dependent" for one in every),
        "warned": sum(bool(one.newest.warning) for one in every),
        "figures": [figure for kind in (TRADE, items.MATERIALS) if (figure := figures.concentrated(found, kind))],
        "threshold": _bound("geodep_concentration"),
        "coverage_least": words.percent(supply.thresholds()["coverage_least"]),
        "materials": any(one.kind != TRADE for one in found),
        "sentence": supply.NOT_SUPPLY_RISK[page_language()],
        "wanted": wanted,
        "kinds": [(kind, words.choice(kind)) for kind in (TRADE, items.MATERIALS)],
        "scopes": list({one.scope: (one.scope, words.scope(one.kind, one.scope)) for one in every}.values()),
        "states": [(state, words.choice(state)) for state in items.STATES],
        "subject": subject("", ()),
    }
    return page(request, "strategic/list", shown, _markings(every, trails))


@require_GET
def card(request: HttpRequest, item: str) -> HttpResponse:
    """How concentrated is the supply of this, since when, who sends it, and what is done about it?"""
    return card_page(request, item)


def card_page(request: HttpRequest, key: str, *, problem: Refused | None = None, status: int = 200) -> HttpResponse:
    """The card, with what was refused beside its field."""
    who, known_on = reader_of(request), known_on_of(request)
    scopes = items.item(key, who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name=key, form=form, rows=figures.exported_points(scopes))
    one = next((found for found in scopes if found.scope == request.GET.get("scope")), scopes[0])
    trails = [found for found in steps.trails(who, known_on=known_on) if found.row.item == key]
    tied = steps.ties(key, who, known_on=known_on)
    scenario, wrong = _scenario(request, one)
    point = one.newest
    writes = known_on is None and who.may(keeping.POWER)
    shown = {
        "item": one,
        "point": point,
        "kind": words.choice(one.kind),
        "scope": words.scope(one.kind, one.scope),
        "scopes": [(found.scope, words.scope(found.kind, found.scope), found is one) for found in scopes],
        "concentration": words.spread(point.concentration),
        "coverage": words.percent(point.coverage),
        "warning": words.warning(point.warning),
        "verdict": words.choice(point.verdict),
        "persistent": words.persistent(point.persistent) if one.kind == TRADE else "",
        "sentence": supply.NOT_SUPPLY_RISK[page_language()],
        "shares": _shares(point),
        "rest": words.percent(_rest(point)),
        "trend": figures.trend(scopes),
        "indicators": figures.indicators(point) if one.kind == TRADE else None,
        "unverified": _unverified(point),
        "thresholds": supply.thresholds().version,
        "threshold": _bound("geodep_concentration"),
        "coverage_least": words.percent(supply.thresholds()["coverage_least"]),
        "editions": [found.edition for found in one.points],
        "trails": [trail_row(found) for found in trails],
        "ties": [{"row": row} for row in tied],
        "fail": urlencode([("fail", row.supplier) for row in _once(tied)]),
        "proposals": _proposals(one, tied, who, known_on) if writes else [],
        "scenario": scenario,
        "asked": {name: request.GET.get(name, "") for name in ("source", "replaced")},
        "wrong": wrong,
        "may_write": writes,
        "problem": problem,
        "subject": subject(key, trails),
    }
    marked = [found.marking for scope in scopes for found in scope.points]
    marked += [marking for found in trails for marking in found.markings] + [row.marking.value() for row in tied]
    return page(request, "strategic/card", shown, marked, status=400 if wrong else status)


def trail_row(found: Trail) -> dict[str, Any]:
    """A dependency as lists show it."""
    name = found.row.name_nl if page_language() == "nl" else found.row.name_en
    judged = found.judged
    return {
        "trail": found,
        "row": found.row,
        "name": name,
        "kind": words.choice(found.row.kind),
        "state": found.state,
        "state_word": words.choice(found.state),
        "substitutability": words.choice(judged.substitutability) if judged else "",
        "impact": impact(judged) if judged else "",
    }


def impact(judged: Any) -> str:
    """The days until it hurts, with their bounds where a source states them; empty where none are."""
    if judged.impact_days is None:
        return ""
    low, high = judged.impact_low_days, judged.impact_high_days
    days = room_words.hours(judged.impact_days)
    if low is None and high is None:
        return days
    bounds = (room_words.hours(one) if one is not None else "?" for one in (low, high))
    return f"{days} ({' – '.join(bounds)})"


def subject(item: str, trails: Sequence[Trail]) -> dict[str, Any]:
    """What a panel of another room is told of a card: what is done about it, and which measures that names."""
    limits = [one for found in trails for one in found.limited_by]
    return {
        "item": item,
        "dependencies": [found.row.key for found in trails],
        "measures": [(one.measure, one.direction) for one in limits if one.measure],
    }


def _row(one: Item, trails: Sequence[Trail]) -> dict[str, Any]:
    point = one.newest
    series = [found.concentration.value for found in one.points if found.concentration is not None]
    return {
        "item": one,
        "kind": words.choice(one.kind),
        "scope": words.scope(one.kind, one.scope),
        "year": point.edition.year,
        "concentration": words.spread(point.concentration),
        "series": series if len(series) > 1 else [],
        "top": ", ".join(point.top),
        "top_share": words.percent(point.top_share),
        "coverage": words.percent(point.coverage),
        "warning": words.warning(point.warning),
        "verdict": point.verdict,
        "verdict_word": words.choice(point.verdict),
        "persistent": point.persistent,
        "registered": [found.row.key for found in trails if found.row.item == one.key],
        "marking": point.marking,
    }


def _shares(point: Point) -> list[dict[str, Any]]:
    return [{"name": name, "share": share.value, "words": words.percent_spread(share)} for name, share in point.shares]


def _rest(point: Point) -> float:
    return max(0.0, 1.0 - sum(share.value for _, share in point.shares))


def _bound(key: str) -> dict[str, Any]:
    bound = supply.thresholds().bounds[key]
    return {"value": words.number(bound.value), "source": bound.source, "verified": bound.verified}


def _unverified(point: Point) -> list[str]:
    keys = [one.key for found in (point.eu, point.geodep) if found for one in found.indicators]
    return [words.indicator(bound.key) for bound in supply.thresholds().unverified(dict.fromkeys(keys))]


def _once(tied: Sequence[Any]) -> list[Any]:
    return list({row.supplier: row for row in tied}.values())


def _proposals(one: Item, tied: Sequence[Any], who: Reader, known_on: int | None) -> list[dict[str, Any]]:
    """Supplies whose product shares a word with the item and that nobody linked: a proposal, a person confirms it."""
    known = {word for word in fold(one.name).split() if len(word) >= _WORD}
    have = {(row.supplier, row.process, row.product) for row in tied}
    nodes = network(who, known_on=known_on).nodes
    found = []
    for row in keeping.standing(models.Supply, who, known_on=known_on):
        shared = known & set(fold(row.product).split())
        new = (row.supplier, row.process, row.product) not in have
        if shared and new and {row.supplier, row.process} <= nodes.keys():
            told = [(name, getattr(row, name)) for name in ("supplier", "process", "product", "source")]
            hidden = [("item", one.key), *told, ("marking", row.marking.value().tlp)]
            found.append({"row": row, "words": ", ".join(sorted(shared)), "hidden": hidden})
    return found


def _scenario(request: HttpRequest, one: Item) -> tuple[dict[str, Any] | None, dict[str, str] | None]:
    source = request.GET.get("source", "").strip()
    try:
        replaced = stopping.percent(request.GET.get("replaced", ""))
        if not source:
            return None, None
        (found,) = stopping.stop([one], source, replaced=replaced)
    except InputError as error:
        return None, wrong_words(error)
    return stopped_row(found), None


def _markings(found: Sequence[Item], trails: Sequence[Trail]) -> list[Any]:
    marked = [point.marking for one in found for point in one.points]
    return [*marked, *(marking for one in trails for marking in one.markings)]
