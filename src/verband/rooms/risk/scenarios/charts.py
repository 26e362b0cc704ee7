"""Figures of scenarios: the risk diagram, ranks under uncertain weights, and what a number is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from verband.language.decimals import figure
from verband.language.risk_methods import RiskMethod
from verband.methods.weighing import Ranks
from verband.rooms.risk.scenarios import method_words
from verband.rooms.risk.scenarios.assessing import Risk
from verband.rooms.risk.scenarios.describing import ScenarioView

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_LEAST = 1e-5


@dataclass(frozen=True)
class Figure:
    """A figure as a Vega-Lite specification, and the table that says the same."""

    spec: dict[str, Any]
    table: dict[str, Any]


def diagram(
    views: Sequence[ScenarioView],
    risks: Mapping[str, Risk],
    language: str,
    trails: Mapping[str, Mapping[str, Any]] | None = None,
) -> Figure:
    """Chance against impact, both on scales of powers of ten: a box from 5 to 95 %, a number where the middle is.

    `trails`: by key the content of the edition before, drawn as a line from its middle. A scenario of which nobody
    judged the likelihood is in the table alone.
    """
    drawn = [view for view in views if view.key in risks]
    boxes, lines, rows = [], [], []
    for number, view in enumerate(drawn, start=1):
        risk, title = risks[view.key], view.title(language)
        box = risk.box
        rows.append(
            [
                str(number),
                title,
                *_cells((box.chance_low, box.chance_median, box.chance_high), language, of=100, unit=" %"),
                *_cells((box.impact_low, box.impact_median, box.impact_high), language),
            ]
        )
        if box.chance_low is None or box.chance_high is None:
            continue
        boxes.append(
            {
                "n": str(number),
                "title": title,
                "c0": box.chance_low,
                "c": box.chance_median,
                "c1": box.chance_high,
                "i0": max(_LEAST, box.impact_low),
                "i": None if box.impact_median is None else max(_LEAST, box.impact_median),
                "i1": max(_LEAST, box.impact_high),
                "open": box.impact_median is None,
            }
        )
        before = (trails or {}).get(view.key)
        if (
            before
            and box.impact_median is not None
            and before["likelihood"][1]
            and before["impact"][str(before["base"])][1]
        ):
            lines.append(
                {
                    "title": title,
                    "c": before["likelihood"][1],
                    "c1": box.chance_median,
                    "i": max(_LEAST, before["impact"][str(before["base"])][1]),
                    "i1": max(_LEAST, box.impact_median),
                }
            )
    head = ["#", _("Scenario"), _("Chance 5 %"), _("median"), "95 %", _("Impact 5 %"), _("median"), "95 %"]
    method = drawn[0].method if drawn else None
    return Figure(_diagram(boxes, lines, method, language), {"head": head, "rows": rows})


def ranks(found: Sequence[Ranks], views: Sequence[ScenarioView], language: str) -> Figure | None:
    """How often each scenario takes each rank of impact when the weights are uncertain; the table has every base."""
    if not found:
        return None
    titles = {view.key: view.title(language) for view in views}
    first = found[0]
    values = [
        {"scenario": titles[key], "rank": place + 1, "share": round(share, 4)}
        for key, shares in zip(first.scenarios, first.acceptability, strict=True)
        for place, share in enumerate(shares)
    ]
    names = [titles[key] for _rank, key in sorted(zip(first.median, first.scenarios, strict=True))]
    spec = {
        "$schema": _SCHEMA,
        "description": _("How often each scenario takes each rank when the weights are uncertain"),
        "width": "container",
        "height": {"step": 28},
        "data": {"values": values},
        "encoding": {
            "y": {
                "field": "scenario",
                "type": "nominal",
                "sort": names,
                "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 320},
            },
            "x": {
                "field": "rank",
                "type": "ordinal",
                "axis": {"title": _("rank, 1 weighs most"), "labelAngle": 0, "orient": "top"},
            },
        },
        "layer": [
            {
                "mark": {"type": "rect", "stroke": "white"},
                "encoding": {
                    "color": {
                        "field": "share",
                        "type": "quantitative",
                        "scale": {"range": ["#f2f5f8", "#8fb3d1", "#1c567f"], "domain": [0, 1]},
                        "legend": None,
                    },
                    "tooltip": [
                        {"field": "scenario", "title": _("Scenario")},
                        {"field": "rank", "title": _("Rank")},
                        {"field": "share", "title": _("Share"), "format": ".0%"},
                    ],
                },
            },
            {
                "transform": [{"filter": "datum.share >= 0.005"}],
                "mark": {"type": "text", "fontSize": 11},
                "encoding": {
                    "text": {"field": "share", "format": ".0%"},
                    "color": {"condition": {"test": "datum.share > 0.55", "value": "white"}, "value": "#16202e"},
                },
            },
        ],
    }
    head = [_("Scenario")]
    for one in found:
        head.append(_("rank 5 – 95 %%, base %(base)s") % {"base": one.base})
    rows = [
        [titles[key], *(f"{one.low[place]} – {one.high[place]} ({one.median[place]})" for one in found)]
        for place, key in enumerate(first.scenarios)
    ]
    return Figure(spec, {"head": head, "rows": rows})


def contributions(view: ScenarioView, risk: Risk, language: str) -> Figure:
    """What part of the expected impact each criterion makes; a missing one from nothing to the most it could be."""
    parts = risk.weighed.impacts[risk.base].parts
    values = [
        {
            "name": method_words.name(view.method, part.criterion, language),
            "low": part.low,
            "high": part.high,
            "missing": part.missing,
        }
        for part in sorted(parts, key=lambda part: -part.high)
        if part.high > 0
    ]
    names = [str(value["name"]) for value in values]
    spec = {
        "$schema": _SCHEMA,
        "description": _("What part of the expected impact each criterion makes"),
        "width": "container",
        "height": {"step": 24},
        "data": {"values": values},
        "encoding": {
            "y": {
                "field": "name",
                "type": "nominal",
                "sort": names,
                "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 320},
            },
            "x": {
                "field": "high",
                "type": "quantitative",
                "axis": {"title": _("part of the impact (0 to 1)"), "tickCount": 5},
            },
        },
        "layer": [
            {
                "transform": [{"filter": "!datum.missing"}],
                "mark": {"type": "bar", "height": 13, "cornerRadiusEnd": 2, "color": "#1b4b8a"},
            },
            {
                "transform": [{"filter": "datum.missing"}],
                "mark": {"type": "bar", "height": 13, "color": "#f2f5f8", "stroke": "#a3480f", "strokeDash": [3, 3]},
            },
        ],
    }
    rows = [[value["name"], f"{value['low']:.4f}", f"{value['high']:.4f}"] for value in values]
    return Figure(spec, {"head": [_("Criterion"), _("at least"), _("at most")], "rows": rows})


def _diagram(
    boxes: list[dict[str, Any]], lines: list[dict[str, Any]], method: RiskMethod | None, language: str
) -> dict[str, Any]:
    bands = (
        [(band.closed_low, band.label(language).replace(" ", "\n", 1)) for band in method.bands]
        if method is not None
        else []
    )
    low = min([at for at, _word in bands], default=_LEAST)
    marks = [{"at": at, "word": word} for at, word in bands]
    x = {
        "type": "quantitative",
        "scale": {"type": "log", "domain": [low, 1]},
        "axis": {
            "title": _("chance within the horizon"),
            "format": "~p",
            "grid": False,
            "values": [0.0005, 0.005, 0.05, 0.5, 1],
        },
    }
    y = {
        "type": "quantitative",
        "scale": {"type": "log", "domain": [min([box["i0"] for box in boxes], default=1e-3) / 1.5, 1]},
        "axis": {"title": _("impact (0 to 1)"), "format": "~g", "tickCount": 4},
    }
    tip = [
        {"field": "title", "title": _("Scenario")},
        {"field": "c0", "title": _("Chance 5 %"), "format": ".2~p"},
        {"field": "c1", "title": _("Chance 95 %"), "format": ".2~p"},
        {"field": "i0", "title": _("Impact 5 %"), "format": ".3~f"},
        {"field": "i1", "title": _("Impact 95 %"), "format": ".3~f"},
    ]
    return {
        "$schema": _SCHEMA,
        "description": _("Risk diagram: chance against impact, a box from 5 to 95 %"),
        "width": "container",
        "height": 420,
        "padding": {"left": 5, "top": 5, "right": 12, "bottom": 5},
        "layer": [
            {
                "data": {"values": marks},
                "mark": {"type": "rule", "color": "#dde2e8"},
                "encoding": {"x": x | {"field": "at"}},
            },
            {
                "data": {"values": marks},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "dx": 4,
                    "baseline": "top",
                    "fontSize": 11,
                    "color": "#566174",
                },
                "encoding": {"x": x | {"field": "at"}, "y": {"value": 2}, "text": {"field": "word"}},
            },
            *(_rects(x, y, tip, boxes, missing=missing) for missing in (False, True)),
            {
                "data": {"values": lines},
                "mark": {"type": "rule", "color": "#a3480f", "strokeWidth": 1.5},
                "encoding": {
                    "x": x | {"field": "c"},
                    "x2": {"field": "c1"},
                    "y": y | {"field": "i"},
                    "y2": {"field": "i1"},
                },
            },
            {
                "data": {"values": lines},
                "mark": {"type": "point", "color": "#a3480f", "size": 40},
                "encoding": {"x": x | {"field": "c"}, "y": y | {"field": "i"}},
            },
            {
                "data": {"values": boxes},
                "transform": [{"calculate": "isValid(datum.i) ? datum.i : sqrt(datum.i0 * datum.i1)", "as": "at"}],
                "mark": {"type": "text", "fontWeight": "bold", "fontSize": 13, "color": "#16202e"},
                "encoding": {"x": x | {"field": "c"}, "y": y | {"field": "at"}, "text": {"field": "n"}, "tooltip": tip},
            },
        ],
    }


def _rects(x: Any, y: Any, tip: Any, boxes: list[dict[str, Any]], *, missing: bool) -> dict[str, Any]:
    """The boxes of which a criterion is missing, dashed, or the others."""
    dash = {"strokeDash": [5, 4]} if missing else {}
    return {
        "data": {"values": [box for box in boxes if box["open"] is missing]},
        "mark": {"type": "rect", "fill": "#1b4b8a", "fillOpacity": 0.12, "stroke": "#1b4b8a", **dash},
        "encoding": {
            "x": x | {"field": "c0"},
            "x2": {"field": "c1"},
            "y": y | {"field": "i0"},
            "y2": {"field": "i1"},
            "tooltip": tip,
        },
    }


def _cells(
    values: tuple[float | None, float | None, float | None], language: str, *, of: float = 1.0, unit: str = ""
) -> list[str]:
    """Low, middle and high times `of`, in three digits that count, with the unit behind it."""
    return [_("unknown") if value is None else figure(of * value, language, digits=3) + unit for value in values]
