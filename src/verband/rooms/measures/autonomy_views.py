"""The board of open strategic autonomy as a page, and what a person puts on it or takes from it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import NotFoundError, VerbandError
from verband.language.markings import highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.measures import autonomy
from verband.rooms.measures.autonomy import DIRECTIONS, PILLARS, Board, Placed, choices
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem, problem_of

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_COLOURS = ("#1b4b8a", "#2d6a3e", "#a3480f")


@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Does each pillar of open strategic autonomy have measures, and does strengthening stand beside protecting?"""
    return _page(request)


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Put a measure under a pillar, or take it from there."""
    who = reader_of(request)
    told = {name: str(request.POST.get(name, "")) for name in request.POST}
    try:
        if act == "place":
            given = {name: told.get(name, "") for name in ("pillar", "direction", "reason")}
            autonomy.place(told.get("measure", ""), **given, who=who, now=timezone.now())
            messages.success(request, _("It stands there with your name; it can be taken back."))
        elif act == "withdraw":
            reason = told.get("reason", "")
            autonomy.withdraw(told.get("number", ""), reason=reason, who=who, now=timezone.now())
            messages.success(request, _("Taken back; it stays in the history."))
        else:
            raise NotFoundError("autonomy.none")
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        form = "place" if act == "place" else told.get("number", "")
        return _page(request, problem_of(error, form, page_language(), posted=told), error.status)
    return redirect("measures:autonomy")


def rows_of(placed: tuple[Placed, ...]) -> list[dict[str, Any]]:
    """Measures as the board and the panel show them."""
    return [
        {
            "view": one.measure,
            "title": one.measure.title(page_language()),
            "tag": one.tag,
            "direction": word(DIRECTIONS, one.tag.direction) if one.tag else "",
        }
        for one in placed
    ]


def word(name: str, key: str) -> str:
    """A pillar or a direction in the language of the page; the texts use English words for directions."""
    if name == DIRECTIONS:
        return {"protect": _("protect"), "promote": _("promote"), "partner": _("partner")}[key]
    return catalogue(name).get(key).label(page_language())


def _page(request: HttpRequest, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    who, known_on = reader_of(request), known_on_of(request)
    found = autonomy.board(who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name="open-strategic-autonomy", form=form, rows=autonomy.exported(found))
    picture.note_reading(who, "autonomy board", found.markings)
    tagged = len(found.placed) - len(found.untagged)
    asked = problem.posted if problem and problem.form == "place" else request.GET
    shown = {
        "pillars": [
            {
                "key": key,
                "word": word(PILLARS, key),
                "directions": [
                    (way, word(DIRECTIONS, way), rows_of(tuple(one for one in found.under(key) if _way(one) == way)))
                    for way in choices(DIRECTIONS)
                ],
                "count": len(found.under(key)),
            }
            for key in choices(PILLARS)
        ],
        "empty": [word(PILLARS, key) for key in found.empty],
        "total": len(found.placed),
        "tagged": tagged,
        "figure": _figure(found) if tagged else None,
        "untagged": [
            {
                "view": one.measure,
                "title": one.measure.title(page_language()),
                "proposal": one.proposal,
                "pillar": word(PILLARS, one.proposal.pillar) if one.proposal else "",
                "direction": word(DIRECTIONS, one.proposal.direction) if one.proposal else "",
            }
            for one in found.untagged
        ],
        "choices": {
            "pillar": [(key, word(PILLARS, key)) for key in choices(PILLARS)],
            "direction": [(key, word(DIRECTIONS, key)) for key in choices(DIRECTIONS)],
        },
        "asked": {name: str(asked.get(name, "")) for name in ("measure", "pillar", "direction", "reason")},
        "source": catalogue(PILLARS).get(choices(PILLARS)[0]).source,
        "problem": problem,
        "may_write": known_on is None and who.may(autonomy.POWER),
        "marking": highest(found.markings) if found.markings else None,
    }
    return render(request, "measures/autonomy.html", shown, status=status)


def _way(one: Placed) -> str:
    return one.tag.direction if one.tag else ""


def _figure(found: Board) -> dict[str, Any]:
    """How many measures stand under each pillar, by direction, with the table that says the same."""
    pillars, ways = choices(PILLARS), choices(DIRECTIONS)
    names, words = [word(PILLARS, key) for key in pillars], [word(DIRECTIONS, way) for way in ways]
    counts = found.counts
    values = [
        {"pillar": word(PILLARS, key), "direction": word(DIRECTIONS, way), "n": counts.get((key, way), 0)}
        for key in pillars
        for way in ways
    ]
    return {
        "spec": {
            "$schema": _SCHEMA,
            "description": _("Measures by pillar and direction"),
            "width": "container",
            "height": {"step": 30},
            "data": {"values": values},
            "mark": {"type": "bar", "height": 18},
            "encoding": {
                "y": {
                    "field": "pillar",
                    "type": "nominal",
                    "sort": names,
                    "axis": {"title": None, "labelLimit": 320, "domain": False, "ticks": False},
                },
                "x": {
                    "field": "n",
                    "type": "quantitative",
                    "title": _("Measures"),
                    "axis": {"tickMinStep": 1, "format": "d"},
                },
                "color": {
                    "field": "direction",
                    "type": "nominal",
                    "title": None,
                    "sort": words,
                    "scale": {"domain": words, "range": list(_COLOURS)},
                    "legend": {"orient": "top"},
                },
            },
        },
        "table": {
            "head": [_("Pillar"), *words],
            "rows": [
                [name, *(str(counts.get((key, way), 0)) for way in ways)]
                for key, name in zip(pillars, names, strict=True)
            ],
        },
    }
