"""The page of means against measures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.risk.cycle.function_views import scheme_word
from verband.rooms.risk.cycle.functions import SCHEMES
from verband.rooms.risk.matrix import charts, counting
from verband.rooms.risk.matrix.counting import Matrix, Placed, Row

#: Incidents of a means that its list shows; the rest is counted.
_SHOWN = 50


@require_GET
def matrix(request: HttpRequest) -> HttpResponse:
    """Which means have a measure, and where are holes, overlaps and conflicts across the four accents?"""
    who, known_on, language = reader_of(request), known_on_of(request), page_language()
    asked = {name: request.GET.get(name, "").strip() for name in ("scheme", "readings", "means", "accent", "function")}
    _check(asked)
    found = counting.matrix(
        who, now=timezone.now(), known_on=known_on, scheme=asked["scheme"], readings=asked["readings"] != "no"
    )
    if form := exports.wanted(request):
        return exports.response(who, name="means-against-measures", form=form, rows=counting.exported(found))
    picture.note_reading(who, "means against measures", [found.marking])
    shown: dict[str, Any] = {
        "found": found,
        "asked": asked,
        "schemes": [("", _("accents only")), *((key, scheme_word(key)) for key in SCHEMES)],
        "accents": catalogue("accents").keys(),
        "span": len(found.columns) // len(catalogue("accents").keys()),
        "columns": [(accent, _function(found.scheme, function)) for accent, function in found.columns],
        "rows": [_row(row, found) for row in found.rows],
        "chart": charts.heat_map(found, language),
        "table": charts.heat_table(found, language),
        "open": _open(found, asked),
        "overlaps": [
            {
                "overlap": one,
                "owners": sorted({item.measure.owner for item in one.placed}),
                "placed": [_placed(item) for item in one.placed],
            }
            for one in found.overlaps
        ],
        "conflicts": [
            {"one": one, "first": one.first.title(language), "second": one.second.title(language)}
            for one in found.conflicts
        ],
        "quiet": [
            {"key": item.measure.key, "title": item.measure.title(language), "means": one.means, "told": one.verified}
            for item, one in found.quiet
        ],
        "with_measures": sum(bool(row.placed) for row in found.rows),
        "measures": len({one.measure.key for row in found.rows for one in row.placed}),
    }
    return render(request, "risk/matrix/matrix.html", shown)


def _check(asked: dict[str, str]) -> None:
    """Raises InputError("cycle.word") for a word of the address that there is not."""
    known = {
        "readings": ("", "no"),
        "means": ("", *catalogue("means").keys()),
        "accent": ("", *catalogue("accents").keys()),
        "scheme": ("", *SCHEMES),
    }
    known["function"] = ("", "none", *(catalogue(asked["scheme"]).keys() if asked["scheme"] in SCHEMES else ()))
    for name, words in known.items():
        if asked[name] not in words:
            raise InputError("cycle.word", field=name, word=asked[name], known=", ".join(filter(None, words)))


def _function(scheme: str, function: str | None) -> str:
    if function is None:
        return ""
    return catalogue(scheme).get(function).label(page_language()) if function else _("not tagged")


def _row(row: Row, found: Matrix) -> dict[str, Any]:
    cells = []
    for accent, function in found.columns:
        placed = row.cell(accent, function)
        cells.append(
            {
                "n": len(placed),
                "accent": accent,
                "function": "" if function is None else function or "none",
                "word": _function(found.scheme, function),
                "read": bool(placed) and not any(one.against.verified for one in placed),
                "tone": min(3, len(placed)),
            }
        )
    return {"row": row, "in_all": len(row.recent) + len(row.older), "cells": cells}


def _open(found: Matrix, asked: dict[str, str]) -> dict[str, Any] | None:
    """What a cell or a row opens to; None where the address asks for none."""
    row = found.row(asked["means"]) if asked["means"] else None
    if not asked["means"]:
        return None
    placed: tuple[Placed, ...] = row.placed if row else ()
    if asked["accent"]:
        function = None if not asked["function"] else "" if asked["function"] == "none" else asked["function"]
        placed = row.cell(asked["accent"], function) if row else ()
    incidents = (*row.recent, *row.older) if row and not asked["accent"] else ()
    return {
        "placed": [_placed(one) for one in placed],
        "incidents": [
            {"view": view, "recent": number < len(row.recent if row else ())}
            for number, view in enumerate(incidents[:_SHOWN])
        ],
        "more": max(0, len(incidents) - _SHOWN),
        "function": _function(found.scheme, "" if asked["function"] == "none" else asked["function"])
        if asked["function"]
        else "",
    }


def _placed(one: Placed) -> dict[str, Any]:
    language = page_language()
    return {
        "one": one,
        "title": one.measure.title(language),
        "because": one.against.because(language),
        "state": one.known.state,
    }
