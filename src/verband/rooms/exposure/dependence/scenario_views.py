"""Pages of scenarios: what a source that stops takes along, and what a shock to one sector did to others."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from verband.language.errors import InputError, NotFoundError
from verband.methods.depending import supply
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import keeping
from verband.rooms.exposure.asking import page
from verband.rooms.exposure.dependence import figures, items, stopping, words
from verband.rooms.exposure.dependence.forms import Refused
from verband.rooms.exposure.dependence.models import SectorResult
from verband.rooms.picture import exports

_MOST_SHOWN = 100


@require_GET
def stops(request: HttpRequest) -> HttpResponse:
    """What does each product and material lose if this source stops?"""
    who, known_on = reader_of(request), known_on_of(request)
    every = items.items(who, known_on=known_on)
    source, found, wrong = request.GET.get("source", "").strip(), None, None
    try:
        replaced = stopping.percent(request.GET.get("replaced", ""))
        if source:
            found = stopping.stop(every, source, replaced=replaced)
    except InputError as error:
        wrong = wrong_words(error)
    if found and (form := exports.wanted(request)):
        rows = [_exported_stop(one) for one in found]
        return exports.response(who, name="source-stops", form=form, rows=rows)
    shown = {
        "rows": [stopped_row(one) for one in (found or ())[:_MOST_SHOWN]],
        "more": max(0, len(found or ()) - _MOST_SHOWN),
        "found": found,
        "sources": stopping.sources(every),
        "asked": {name: request.GET.get(name, "") for name in ("source", "replaced")},
        "wrong": wrong,
        "least": words.percent(supply.LEAST_SHARE),
    }
    return page(
        request,
        "strategic/stops",
        shown,
        [point.marking for one in every for point in one.points],
        status=400 if wrong else 200,
    )


@require_GET
def sectors(request: HttpRequest) -> HttpResponse:
    """What did a shock to one sector of one country do to others, in the results that are kept?"""
    return sectors_page(request)


def sectors_page(request: HttpRequest, *, problem: Refused | None = None, status: int = 200) -> HttpResponse:
    """The kept results, and the one that is chosen; the newest where none is."""
    who, known_on = reader_of(request), known_on_of(request)
    found = keeping.standing(SectorResult, who, known_on=known_on)
    wanted = request.GET.get("result", "")
    chosen = next((row for row in found if str(row.pk) == wanted), None)
    if wanted and chosen is None:
        raise NotFoundError("exposure.none")
    chosen = chosen or (found[-1] if found else None)
    if chosen and (form := exports.wanted(request)):
        rows = [
            {
                "country": row[0],
                "industry": row[1],
                "lost": row[2],
                "share": row[3],
                "cut_off": row[4],
                "unit": chosen.unit,
                "marking": chosen.marking.value().words(),
            }
            for row in chosen.result["rows"]
        ]
        return exports.response(who, name="sector-shock", form=form, rows=rows)
    shown: dict[str, Any] = {
        "results": [(row, words.percent(row.share), row is chosen) for row in found],
        "chosen": chosen,
        "problem": problem,
        "may_write": known_on is None and who.may(keeping.POWER),
    }
    if chosen:
        shown |= {
            "figure": figures.losses(chosen.result["by_country"], chosen.unit),
            "share": words.percent(chosen.share),
            "lost": words.number(chosen.result["lost"], 1),
            "error": f"{chosen.result['error']:.1e}",
            "rows": [
                {
                    "country": row[0],
                    "industry": row[1],
                    "lost": words.number(row[2], 1),
                    "share": words.percent(row[3]),
                    "clipped": row[4],
                }
                for row in chosen.result["rows"]
            ],
        }
    return page(request, "strategic/sectors", shown, [row.marking.value() for row in found], status=status)


def stopped_row(one: stopping.Stopped) -> dict[str, Any]:
    """What an item loses, as pages show it."""
    return {
        "item": one.item,
        "scope": words.scope(one.item.kind, one.item.scope),
        "year": one.item.newest.edition.year,
        "lost": words.percent_spread(one.loss.lost),
        "left": words.percent_spread(one.loss.left),
        "share": one.loss.lost.value,
        "of_all": words.percent(one.of_all),
        "marking": one.item.newest.marking,
        "address": reverse("exposure:strategic_item", args=[one.item.key]),
    }


def _exported_stop(one: stopping.Stopped) -> dict[str, Any]:
    loss = one.loss
    return {
        "item": one.item.key,
        "name": one.item.title,
        "scope": one.item.scope,
        "year": one.item.newest.edition.year,
        "source_that_stops": loss.source,
        "lost": loss.lost.value,
        "lost_low": loss.lost.low,
        "lost_high": loss.lost.high,
        "left_after_replacement": loss.left.value,
        "of_all_imports": one.of_all,
        "marking": one.item.newest.marking.words(),
    }


def wrong_words(error: InputError) -> dict[str, str]:
    """The error and the field that it stands beside."""
    language = page_language()
    field = str(error.params.get("field", "source"))
    return {"field": field, "message": f"{error.message(language)} {error.hint(language)}"}
