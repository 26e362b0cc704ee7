"""Figures of assets, claims and inspections as Vega-Lite specifications, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.exposure import words
from verband.rooms.exposure.claims import ClaimView, Conflict
from verband.rooms.exposure.inspections import Inspected
from verband.rooms.exposure.network import NodeView
from verband.rooms.picture.charts import EUROPE, LAND_ADDRESS

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: Colour and shape of each group of classes: no group is told by its colour alone.
_LOOKS = {
    "undersea": ("#0072b2", "circle"),
    "port": ("#9a6b00", "square"),
    "stock": ("#00856a", "triangle-up"),
    "corridor": ("#5b3f9b", "diamond"),
    "grid": ("#d55e00", "cross"),
    "gas": ("#b5508f", "triangle-down"),
    "telecom": ("#2f8fc4", "triangle-right"),
    "other": ("#566174", "triangle-left"),
}
_STATES = {"requested": "#9a6b00", "agreed": "#2d6a3e", "declined": "#8a94a3"}
#: More bars or sectors than these are read in the table.
MOST_DRAWN = 30
MOST_SECTORS = 6


@dataclass(frozen=True)
class Figure:
    """A figure and the table that says the same. `left_out` are those that are in the table alone."""

    spec: dict[str, Any]
    table: dict[str, Any]
    left_out: int = 0


def group_of(asset_class: str) -> str:
    """The group of a class of assets; `other` where none is stated."""
    entry = catalogue("asset_classes").find(asset_class) if asset_class else None
    return entry.strings("group")[0] if entry else "other"


def groups() -> dict[str, str]:
    """The groups of classes in their order, in words."""
    return {
        "undersea": _("undersea"),
        "port": _("ports"),
        "stock": _("stocks"),
        "corridor": _("hubs and corridors"),
        "grid": _("power grid"),
        "gas": _("gas network"),
        "telecom": _("telecom"),
        "other": _("other"),
    }


def class_word(asset_class: str, language: str) -> str:
    """The class of an asset in words; a dash where none is stated."""
    entry = catalogue("asset_classes").find(asset_class) if asset_class else None
    return entry.label(language) if entry else "–"


def asset_map(nodes: Sequence[NodeView], language: str) -> Figure | None:
    """The assets that have a place in Europe, by group of class; None where none has one."""
    west, south, east, north = EUROPE
    inside = [
        node
        for node in nodes
        if node.latitude is not None
        and node.longitude is not None
        and west < node.longitude < east
        and south < node.latitude < north
    ]
    if not inside:
        return None
    named = groups()
    rows = [
        {
            "name": node.name(language),
            "group": named[group_of(node.asset_class)],
            "class": class_word(node.asset_class, language),
            "owner": node.owner or _("not stated"),
            "lat": node.latitude,
            "lon": node.longitude,
        }
        for node in inside
    ]
    used = [key for key in named if any(row["group"] == named[key] for row in rows)]
    scale = {"domain": [named[key] for key in used]}
    colour = {**scale, "range": [_LOOKS[key][0] for key in used]}
    shape = {**scale, "range": [_LOOKS[key][1] for key in used]}
    legend = {"title": None, "orient": "bottom", "symbolSize": 70}
    spec = {
        "$schema": _SCHEMA,
        "description": _("Assets with a place"),
        "width": {"container": 1.0},
        "height": {"container": 0.66},
        "view": {"fill": "#f3f6f9", "stroke": None, "cornerRadius": 4},
        "projection": {
            "type": "conicEqualArea",
            "parallels": [40, 62],
            "rotate": [-12, 0],
            "center": [0, 53.6],
            "scale": {"container": 1.28},
            "translate": [{"container": 0.5}, {"container": 0.33}],
        },
        "layer": [
            {
                "data": {"url": LAND_ADDRESS, "format": {"type": "topojson", "feature": "europe"}},
                "mark": {"type": "geoshape", "fill": "#dfe5ec", "stroke": "white", "strokeWidth": 0.6, "clip": True},
            },
            {
                "data": {"values": rows},
                "mark": {"type": "point", "filled": True, "size": 42, "stroke": "white", "strokeWidth": 0.5},
                "encoding": {
                    "longitude": {"field": "lon", "type": "quantitative"},
                    "latitude": {"field": "lat", "type": "quantitative"},
                    "color": {"field": "group", "type": "nominal", "scale": colour, "legend": legend},
                    "shape": {"field": "group", "type": "nominal", "scale": shape, "legend": legend},
                    "tooltip": [
                        {"field": "name", "title": _("Name")},
                        {"field": "class", "title": _("Class of asset")},
                        {"field": "owner", "title": _("Owner, as stated")},
                    ],
                },
            },
        ],
    }
    head = [_("Name"), _("Class of asset"), _("Owner, as stated"), _("Latitude (degrees)"), _("Longitude (degrees)")]
    body = [
        [row["name"], row["class"], row["owner"], f"{float(row['lat'] or 0):.3f}", f"{float(row['lon'] or 0):.3f}"]
        for row in rows
    ]
    placed = sum(node.latitude is not None for node in nodes)
    return Figure(spec, {"head": head, "rows": body}, placed - len(inside))


def calendar(claims: Sequence[ClaimView], conflicts: Sequence[Conflict], names: dict[str, str]) -> Figure | None:
    """A bar for each claim from its first to its last day, and darker the days that another claim covers too."""
    drawn = claims[:MOST_DRAWN]
    if not drawn:
        return None
    states = {key: words.choice(key) for key in _STATES}
    bars = [
        {
            "claim": view.row.key,
            "asset": names.get(view.row.asset, view.row.asset),
            "state": states[view.state],
            "from": view.row.from_day.isoformat(),
            "until": f"{view.row.until_day.isoformat()}T23:59:59",
        }
        for view in drawn
    ]
    keys = {bar["claim"] for bar in bars}
    clashes = [
        {
            "claim": view.row.key,
            "from": one.from_day.isoformat(),
            "until": f"{one.until_day.isoformat()}T23:59:59",
        }
        for one in conflicts
        for view in (one.first, one.second)
        if view.row.key in keys
    ]
    across = {"field": "from", "type": "temporal", "title": None, "axis": {"format": "%Y-%m-%d"}}
    down = {"field": "claim", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 160}}
    colour = {
        "field": "state",
        "type": "nominal",
        "scale": {"domain": list(states.values()), "range": list(_STATES.values())},
        "legend": {"title": None, "orient": "bottom"},
    }
    spec = {
        "$schema": _SCHEMA,
        "description": _("Claims over time"),
        "width": {"container": 0.8},
        "height": {"step": 24},
        "layer": [
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "height": 14, "cornerRadius": 2, "opacity": 0.75},
                "encoding": {
                    "y": down,
                    "x": across,
                    "x2": {"field": "until"},
                    "color": colour,
                    "tooltip": [
                        {"field": "claim", "title": _("Claim")},
                        {"field": "asset", "title": _("Asset")},
                        {"field": "state", "title": _("State")},
                    ],
                },
            },
            {
                "data": {"values": clashes},
                "mark": {"type": "bar", "height": 14, "color": "#a3480f", "fillOpacity": 0.2, "stroke": "#a3480f"},
                "encoding": {"y": down, "x": across, "x2": {"field": "until"}},
            },
        ],
    }
    head = [_("Claim"), _("Asset"), _("From (day)"), _("Until (day)"), _("State")]
    body = [[bar["claim"], bar["asset"], bar["from"], bar["until"][:10], bar["state"]] for bar in bars]
    return Figure(spec, {"head": head, "rows": body}, len(claims) - len(drawn))


def findings(found: Inspected) -> Figure | None:
    """Shortcomings by quarter, a line for each sector that may be told; None where none may."""
    if not found.sectors:
        return None
    drawn = found.sectors[:MOST_SECTORS]
    rows = [
        {"quarter": quarter.words, "sector": words.sector(one.sector) or "–", "n": short, "of": of}
        for one in drawn
        for quarter, short, of in zip(found.quarters, one.shortcomings, one.found, strict=True)
    ]
    sector = {"field": "sector", "type": "nominal", "legend": {"title": None, "orient": "bottom"}}
    spec = {
        "$schema": _SCHEMA,
        "description": _("Shortcomings found, by quarter"),
        "data": {"values": rows},
        "width": {"container": 0.92},
        "height": 220,
        "mark": {"type": "line", "point": {"size": 50, "filled": True}, "strokeWidth": 2},
        "encoding": {
            "x": {"field": "quarter", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}},
            "y": {
                "field": "n",
                "type": "quantitative",
                "title": _("shortcomings"),
                "axis": {"format": "d", "tickMinStep": 1},
            },
            "color": {**sector, "scale": {"range": [look[0] for look in _LOOKS.values()]}},
            "shape": sector,
            "tooltip": [
                {"field": "sector", "title": _("Sector")},
                {"field": "quarter", "title": _("Quarter")},
                {"field": "n", "title": _("shortcomings")},
                {"field": "of", "title": _("findings")},
            ],
        },
    }
    return Figure(spec, findings_table(found), len(found.sectors) - len(drawn))


def findings_table(found: Inspected) -> dict[str, Any]:
    """Shortcomings of all findings by sector and quarter."""
    head = [_("Sector"), *(quarter.words for quarter in found.quarters)]
    body = [
        [
            words.sector(one.sector) or "–",
            *(f"{short} / {of}" for short, of in zip(one.shortcomings, one.found, strict=True)),
        ]
        for one in found.sectors
    ]
    return {"head": head, "rows": body}
