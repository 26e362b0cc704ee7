"""Figures of the dashboard and the cards as Vega-Lite specifications, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from verband.language.rounded import Rounded
from verband.methods.depending import supply
from verband.rooms.exposure.dependence import words
from verband.rooms.exposure.dependence.items import TRADE, Item, Point

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_INK, _SOFT, _LINE, _MARK = "#16202e", "#566174", "#1b4b8a", "#a3480f"
_COLOURS = ("#1b4b8a", "#a3480f", "#00856a", "#5b3f9b")
_SHAPES = ("circle", "square", "triangle-up", "diamond")
#: Beyond so many times its threshold a bar is cut off; its label tells the figure itself.
_FURTHEST = 2.5
#: A figure of more items than these is a wall of bars; the table holds them all.
MOST_DRAWN = 15
_DASH = [5, 4]


def concentrated(found: Sequence[Item], kind: str) -> dict[str, Any] | None:
    """The most concentrated of the items of that kind, of products with their threshold as a dashed line."""
    drawn = [
        (one, one.newest.concentration)
        for one in found
        if one.kind == kind and one.newest.concentration is not None and not one.newest.warning
    ]
    told = [(f"{one.title} · {words.scope(kind, one.scope)}", figure) for one, figure in drawn if figure][:MOST_DRAWN]
    if not told:
        return None
    names = [name for name, _figure in told]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "axis": {"title": None, "labelLimit": 260, "domain": False, "ticks": False},
    }
    title = _("HHI") if kind == TRADE else _("HHI × t")
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "bar", "height": 12, "cornerRadius": 3, "color": _LINE},
            "encoding": {
                "y": y,
                "x": {"field": "value", "type": "quantitative", "title": title, "scale": {"domainMin": 0}},
            },
        },
        {
            "mark": {"type": "rule", "color": _INK},
            "encoding": {"y": y, "x": {"field": "low", "type": "quantitative"}, "x2": {"field": "high"}},
        },
    ]
    if kind == TRADE:
        layers.append(_threshold("x", supply.thresholds()["geodep_concentration"]))
    return {
        "kind": kind,
        "name": words.choice(kind),
        "spec": {
            "$schema": _SCHEMA,
            "description": _("Most concentrated supply, newest edition"),
            "width": "container",
            "height": {"step": 20},
            "data": {
                "values": [{"name": name, "value": one.value, "low": one.low, "high": one.high} for name, one in told]
            },
            "layer": layers,
        },
        "table": {
            "head": [_("Product or material"), title],
            "rows": [[name, words.spread(figure)] for name, figure in told],
        },
    }


def trend(scopes: Sequence[Item]) -> dict[str, Any]:
    """Concentration over the editions, for each scope, with the threshold of products as a dashed line."""
    values, rows, series = [], [], []
    for one in scopes:
        name = words.scope(one.kind, one.scope)
        told: list[tuple[str, Point, Any]] = [(name, point, point.concentration) for point in one.points]
        if one.kind == TRADE and one is scopes[0]:
            word = _("the world's exports")
            told += [(word, point, _world(point)) for point in one.points]
        for label, point, figure in told:
            if label not in series:
                series.append(label)
            year = str(point.edition.year)
            rows.append([year, label, words.spread(figure), words.percent(point.coverage)])
            if figure is not None:
                bounds = {"value": figure.value, "low": figure.low, "high": figure.high}
                values.append({"year": year, "series": label, **bounds})
    colour = {
        "field": "series",
        "type": "nominal",
        "title": None,
        "scale": {"domain": series, "range": list(_COLOURS[: len(series)])},
        "legend": {"orient": "top", "labelLimit": 320},
    }
    shape = {**colour, "scale": {"domain": series, "range": list(_SHAPES[: len(series)])}}
    x = {"field": "year", "type": "ordinal", "title": _("Year"), "axis": {"labelAngle": 0}}
    y = {"field": "value", "type": "quantitative", "title": _("Concentration"), "scale": {"domainMin": 0}}
    layers: list[dict[str, Any]] = [
        {"mark": {"type": "line", "strokeWidth": 1.5}, "encoding": {"x": x, "y": y, "color": colour}},
        {
            "mark": {"type": "rule"},
            "encoding": {
                "x": x,
                "y": {"field": "low", "type": "quantitative"},
                "y2": {"field": "high"},
                "color": colour,
            },
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": {"x": x, "y": y, "color": colour, "shape": shape},
        },
    ]
    if scopes[0].kind == TRADE:
        layers.append(_threshold("y", supply.thresholds()["geodep_concentration"]))
    return {
        "spec": {
            "$schema": _SCHEMA,
            "description": _("Concentration over the editions"),
            "width": "container",
            "height": 200,
            "data": {"values": values},
            "layer": layers,
        },
        "table": {"head": [_("Year"), _("Of what"), _("Concentration"), _("Coverage")], "rows": rows},
    }


def indicators(point: Point) -> dict[str, Any]:
    """Each indicator of a product as so many times its threshold, which is the dashed line."""
    bounds = supply.thresholds().bounds
    values, rows = [], []
    for variant, found in ((_("European Union"), point.eu), (_("CEPII GeoDep"), point.geodep)):
        for one in found.indicators if found else ():
            bound = bounds[one.key]
            name = f"{variant}: {words.indicator(one.key)}"
            above = {True: _("above"), False: _("not above"), None: _("no figure")}[one.above]
            checked = _("checked") if bound.verified else _("recalled, not checked")
            told = [name, words.number(one.value), words.number(one.threshold), above, bound.source, checked]
            rows.append(told)
            if one.value is not None:
                times = min(_FURTHEST, one.value / one.threshold)
                values.append({"name": name, "times": times, "label": words.number(one.value), "above": above})
    names = [row[0] for row in rows]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "axis": {"title": None, "labelLimit": 380, "domain": False, "ticks": False},
    }
    x = {
        "field": "times",
        "type": "quantitative",
        "title": _("times its threshold"),
        "scale": {"domain": [0, _FURTHEST + 0.4]},
    }
    return {
        "spec": {
            "$schema": _SCHEMA,
            "description": _("Indicators against their thresholds"),
            "width": "container",
            "height": {"step": 24},
            "data": {"values": values},
            "layer": [
                {
                    "mark": {"type": "bar", "height": 11, "cornerRadius": 3},
                    "encoding": {
                        "y": y,
                        "x": x,
                        "color": {
                            "field": "above",
                            "type": "nominal",
                            "title": None,
                            "scale": {"domain": [_("above"), _("not above")], "range": [_MARK, _LINE]},
                            "legend": {"orient": "top"},
                        },
                    },
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 5, "color": _INK},
                    "encoding": {"y": y, "x": x, "text": {"field": "label"}},
                },
                _threshold("x", 1.0),
            ],
        },
        "table": {
            "head": [
                _("Indicator"), _("Figure"), _("Threshold"), _("Above it?"),
                _("Source of the threshold"), _("Checked?"),
            ],
            "rows": rows,
        },
    }  # fmt: skip


def losses(rows: Iterable[Sequence[Any]], unit: str) -> dict[str, Any]:
    """The countries that lose most by a shock to one sector."""
    drawn = list(rows)[:MOST_DRAWN]
    names = [str(row[0]) for row in drawn]
    return {
        "spec": {
            "$schema": _SCHEMA,
            "description": _("Loss by country"),
            "width": "container",
            "height": {"step": 20},
            "data": {"values": [{"name": str(row[0]), "lost": row[1]} for row in drawn]},
            "mark": {"type": "bar", "height": 12, "cornerRadius": 3, "color": _LINE},
            "encoding": {
                "y": {
                    "field": "name",
                    "type": "nominal",
                    "sort": names,
                    "axis": {"title": None, "domain": False, "ticks": False},
                },
                "x": {"field": "lost", "type": "quantitative", "title": unit},
            },
        },
        "table": {
            "head": [_("Country"), _("Loss (%(unit)s)") % {"unit": unit}, _("Part of its output")],
            "rows": [[str(row[0]), words.number(row[1], 1), words.percent(row[2])] for row in drawn],
        },
    }


def exported(found: Iterable[Item]) -> list[dict[str, Any]]:
    """Items as rows of a file: the newest edition of each scope."""
    return [_exported(one, one.newest) for one in found]


def exported_points(scopes: Iterable[Item]) -> list[dict[str, Any]]:
    """One item as rows of a file: every edition of every scope."""
    return [_exported(one, point) for one in scopes for point in one.points]


def _exported(one: Item, point: Point) -> dict[str, Any]:
    figure = point.concentration
    told = {part.key: part.value for found in (point.eu, point.geodep) if found for part in found.indicators}
    return {
        "item": one.key,
        "kind": one.kind,
        "name": one.name,
        "stage": one.stage,
        "scope": one.scope,
        "year": point.edition.year,
        "concentration": figure.value if figure else None,
        "low": figure.low if figure else None,
        "high": figure.high if figure else None,
        "coverage": point.coverage,
        "warning": point.warning,
        "verdict": point.verdict,
        "persistent": point.persistent,
        "top": list(point.top),
        "top_share": point.top_share,
        "indicators": told,
        "method": point.edition.method,
        "thresholds": supply.thresholds().version,
        "source": point.edition.source,
        "marking": point.marking.words(),
    }


def _world(point: Point) -> Rounded | None:
    value = point.figure.figures["world_concentration"]
    return None if value is None else Rounded.exact(value)


def _threshold(axis: str, value: float) -> dict[str, Any]:
    return {
        "mark": {"type": "rule", "strokeDash": _DASH, "color": _SOFT, "strokeWidth": 1.5},
        "encoding": {axis: {"datum": value}},
    }
