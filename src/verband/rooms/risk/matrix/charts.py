"""The matrix as a figure, with the table that says the same."""

from __future__ import annotations

import textwrap
from typing import Any

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.risk.matrix.counting import Matrix

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: From paper to ink in one hue, as the map of the triangle.
_COLOURS = ("#f2f5f8", "#c9d8e6", "#8fb3d1", "#4d86b4", "#1c567f")
_DARK, _WRAP, _LINE = 0.55, 14, 13
_USED, _HOLE = "#7d899a", "#a3480f"


def heat_map(found: Matrix, language: str) -> dict[str, Any]:
    """Incidents of the last 24 months beside the measures of each accent; a hole has bars of its own colour and ✕."""
    means, accents = catalogue("means").labels(language), catalogue("accents").labels(language)
    heads = {key: "\n".join(textwrap.wrap(word, _WRAP, break_long_words=False)) for key, word in accents.items()}
    lines = max(head.count("\n") for head in heads.values())
    names = [means[row.means] for row in found.rows]
    used = [
        {"means": means[row.means], "n": n, "hole": row.is_hole, "mark": f"{n} ✕" if row.is_hole else str(n)}
        for row in found.rows
        for n in (len(row.recent),)
    ]
    counts = {(row.means, key): len(row.cell(key)) for row in found.rows for key in accents}
    top = max(counts.values(), default=0)
    cells = [
        {
            "means": means[row.means],
            "head": heads[key],
            "accent": word,
            "n": counts[row.means, key],
            "mark": str(counts[row.means, key] or ""),
            "dark": bool(top) and counts[row.means, key] > _DARK * top,
        }
        for row in found.rows
        for key, word in accents.items()
    ]
    axis = {"title": None, "domain": False, "ticks": False, "grid": False, "labelLimit": 260}
    y = {"field": "means", "type": "nominal", "sort": names}
    return {
        "$schema": _SCHEMA,
        "description": _(
            "Incidents of the last 24 months and measures by means and accent; a cross where there is none"
        ),
        "hconcat": [
            {
                "width": 190,
                "height": {"step": 22},
                "data": {"values": used},
                "encoding": {"y": y | {"axis": axis}},
                "layer": [_bars(), _numbers()],
            },
            {
                "width": 470,
                "height": {"step": 22},
                "data": {"values": cells},
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
                            "labelPadding": lines * _LINE + 4,
                        },
                    },
                    "y": y | {"axis": None},
                    "tooltip": [
                        {"field": "means", "title": _("Means")},
                        {"field": "accent", "title": _("Accent")},
                        {"field": "n", "title": _("Measures")},
                    ],
                },
                "layer": _cells(),
            },
        ],
        "spacing": 12,
    }


def heat_table(found: Matrix, language: str) -> dict[str, Any]:
    """The same as a table."""
    means, accents = catalogue("means").labels(language), catalogue("accents").labels(language)
    head = [_("Means"), _("Incidents, 24 months"), *accents.values(), _("Hole")]
    rows = [
        [
            means[row.means],
            str(len(row.recent)),
            *(str(len(row.cell(key))) for key in accents),
            _("yes") if row.is_hole else _("no"),
        ]
        for row in found.rows
    ]
    return {"head": head, "rows": rows}


def _bars() -> dict[str, Any]:
    x = {"field": "n", "type": "quantitative", "axis": {"title": _("Incidents, 24 months"), "tickCount": 4}}
    colour = {"condition": {"test": "datum.hole", "value": _HOLE}, "value": _USED}
    return {"mark": {"type": "bar", "height": 13}, "encoding": {"x": x, "color": colour}}


def _numbers() -> dict[str, Any]:
    x = {"field": "n", "type": "quantitative"}
    return {"mark": {"type": "text", "align": "left", "dx": 4}, "encoding": {"x": x, "text": {"field": "mark"}}}


def _cells() -> list[dict[str, Any]]:
    scale = {"range": list(_COLOURS), "domainMin": 0}
    colour = {"field": "n", "type": "quantitative", "scale": scale, "legend": None}
    ink = {"condition": {"test": "datum.dark", "value": "white"}, "value": "#17202b"}
    return [
        {"mark": {"type": "rect", "stroke": "white", "strokeWidth": 2}, "encoding": {"color": colour}},
        {"mark": {"type": "text", "fontSize": 12}, "encoding": {"text": {"field": "mark"}, "color": ink}},
    ]
