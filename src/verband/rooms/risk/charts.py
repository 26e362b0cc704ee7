"""The triangle's figure as a Vega-Lite specification, with the table that says the same."""

from __future__ import annotations

import textwrap
from typing import Any

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.risk.services import Cell, Triangle

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: From paper to ink in one hue, so that more is darker on every screen and in print.
_COLOURS = ("#f2f5f8", "#c9d8e6", "#8fb3d1", "#4d86b4", "#1c567f")
_DARK = 0.55
_ARROWS = {"rising": " ▲", "falling": " ▼"}
#: Of the words above the columns: characters on a line (the narrowest column is that of a page on paper), line in px.
_WRAP, _LINE = 13, 13


def heat_map(found: Triangle, language: str) -> dict[str, Any]:
    """Incidents of the last 24 months for each interest and theme; arrow: more or fewer than before; cross: a gap."""
    interests, themes = catalogue("interests").labels(language), catalogue("themes").labels(language)
    top = max((cell.last_24_months for cell in found.cells), default=0)
    heads = {key: "\n".join(textwrap.wrap(word, _WRAP, break_long_words=False)) for key, word in interests.items()}
    lines = max(head.count("\n") for head in heads.values())
    values = [
        {
            "head": heads[cell.interest],
            "interest": interests[cell.interest],
            "theme": themes[cell.theme],
            "incidents": cell.last_24_months,
            "missing": missing_words(cell),
            "trend": cell.trend.label(language),
            "mark": _mark(cell) if cell.last_24_months else "",
            "dark": bool(top) and cell.last_24_months > _DARK * top,
        }
        for cell in found.cells
    ]
    axis = {"title": None, "domain": False, "ticks": False, "grid": False, "labelLimit": 340}
    return {
        "$schema": _SCHEMA,
        "description": _("Incidents of the last 24 months by interest and theme; a cross where a corner is missing"),
        "width": "container",
        "height": {"step": 30},
        "data": {"values": values},
        "encoding": {
            "x": {
                "field": "head",
                "type": "nominal",
                "sort": list(heads.values()),
                "axis": axis
                | {
                    "orient": "top",
                    "labelAngle": 0,
                    "labelExpr": r"split(datum.label, '\n')",
                    "labelLineHeight": _LINE,
                    # Vega writes the further lines downwards from the first, into the cells.
                    "labelPadding": lines * _LINE + 4,
                },
            },
            "y": {"field": "theme", "type": "nominal", "sort": list(themes.values()), "axis": axis},
            "tooltip": [
                {"field": "interest", "title": _("Interest")},
                {"field": "theme", "title": _("Theme")},
                {"field": "incidents", "title": _("Incidents")},
                {"field": "trend", "title": _("Trend")},
                {"field": "missing", "title": _("Missing corner")},
            ],
        },
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "white", "strokeWidth": 2},
                "encoding": {
                    "color": {
                        "field": "incidents",
                        "type": "quantitative",
                        "scale": {"range": list(_COLOURS), "domainMin": 0},
                        "legend": None,
                    }
                },
            },
            {
                "mark": {"type": "text", "fontSize": 12},
                "encoding": {
                    "text": {"field": "mark"},
                    "color": {"condition": {"test": "datum.dark", "value": "white"}, "value": "#17202b"},
                },
            },
        ],
    }


def heat_table(found: Triangle, language: str) -> dict[str, Any]:
    """The same as a table: a row for each theme, a column for each interest."""
    interests, themes = catalogue("interests").labels(language), catalogue("themes").labels(language)
    rows = []
    for theme, word in themes.items():
        cells = [found.cell(interest, theme) for interest in interests]
        rows.append([word, *(_in_table(cell, language) for cell in cells)])
    return {"head": [_("Theme"), *interests.values()], "rows": rows}


def missing_words(cell: Cell) -> str:
    """Which corners are missing, in words; empty where none is. A judgement that has expired says when."""
    resilience = _("resilience not judged")
    if cell.expired_on:
        resilience = _("judgement of resilience expired on %(day)s") % {"day": cell.expired_on.isoformat()}
    words = {"resilience": resilience, "measure": _("no measure known")}
    return ", ".join(words[name] for name in cell.missing)


def _mark(cell: Cell) -> str:
    return f"{cell.last_24_months}{_ARROWS.get(cell.trend.word, '')}{' ✕' if cell.missing else ''}"


def _in_table(cell: Cell, language: str) -> str:
    said = [cell.trend.label(language)] if cell.trend.word in _ARROWS else []
    said += [missing_words(cell)] if cell.missing else []
    return f"{cell.last_24_months} ({'; '.join(said)})" if said else str(cell.last_24_months)
