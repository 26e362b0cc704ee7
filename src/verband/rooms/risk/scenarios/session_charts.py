"""Where the experts differ: what each expects of each criterion, with his lower and upper, and the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from verband.language.risk_methods import RiskMethod
from verband.rooms.risk.scenarios import method_words
from verband.rooms.risk.scenarios.sessions import Given, SessionView, criteria

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_APPLIES_NOT = "X"


@dataclass(frozen=True)
class Figure:
    """A figure as a Vega-Lite specification, and the table that says the same."""

    spec: dict[str, Any]
    table: dict[str, Any]


def dots(found: SessionView, method: RiskMethod, language: str) -> Figure:
    """One row per criterion; beside each other a dot for each expert, in the order of their letters."""
    order = [key for key in criteria(method) if any(one.criterion == key for one in found.standing())]
    names = {key: method_words.name(method, key, language) for key in order}
    letters = sorted({one.alias for one in found.standing()})
    values = [_value(one, names, letters) for one in found.standing()]
    agreed = [
        {"criterion": names[key], "class": row.expected, "what": _("agreed")}
        for key, row in found.agreed.items()
        if key in names
    ]
    classes = [_APPLIES_NOT, *dict.fromkeys([one.key for one in (*method.classes, *method.bands)])]
    y = {
        "field": "criterion",
        "type": "nominal",
        "sort": list(names.values()),
        "axis": {"title": None, "ticks": False, "domain": False, "labelLimit": 300, "grid": True},
    }
    x = {
        "type": "nominal",
        "scale": {"domain": classes},
        "axis": {"title": _("class or band"), "labelAngle": 0, "orient": "top"},
    }
    offset = {"field": "place", "type": "quantitative", "scale": {"domain": [-1, len(letters)]}}
    tip = [
        {"field": "expert", "title": _("Expert")},
        {"field": "criterion", "title": _("Criterion")},
        {"field": "lower", "title": _("At least")},
        {"field": "expected", "title": _("Expected")},
        {"field": "upper", "title": _("At most")},
    ]
    layer: list[dict[str, Any]] = [
        {
            "mark": {"type": "rule", "color": "#7d899a", "strokeWidth": 1.5},
            "encoding": {"x": x | {"field": "lower"}, "x2": {"field": "upper"}, "yOffset": offset},
        },
        {
            "mark": {"type": "circle", "size": 70, "opacity": 1, "color": "#1b4b8a"},
            "encoding": {"x": x | {"field": "expected"}, "yOffset": offset, "tooltip": tip},
        },
        {
            "mark": {"type": "text", "fontSize": 10, "dx": 9, "align": "left", "color": "#16202e"},
            "encoding": {"x": x | {"field": "expected"}, "yOffset": offset, "text": {"field": "expert"}},
        },
    ]
    if agreed:
        layer.append(
            {
                "data": {"values": agreed},
                "mark": {"type": "tick", "color": "#a3480f", "thickness": 3, "size": 26, "orient": "vertical"},
                "encoding": {"x": x | {"field": "class"}, "tooltip": [{"field": "what"}, {"field": "class"}]},
            }
        )
    spec = {
        "$schema": _SCHEMA,
        "description": _("What each expert expects of each criterion, with lower and upper"),
        "width": "container",
        "height": {"step": max(26, 11 * len(letters) + 8)},
        "data": {"values": values},
        "encoding": {"y": y},
        "layer": layer,
    }
    head = [_("Criterion"), *(f"{_('Expert')} {letter}" for letter in letters), _("Agreed")]
    return Figure(spec, {"head": head, "rows": [_row(key, names, letters, found) for key in order]})


def _value(one: Given, names: dict[str, str], letters: list[str]) -> dict[str, Any]:
    return {
        "criterion": names[one.criterion],
        "expert": one.alias,
        "place": letters.index(one.alias),
        "lower": one.lower,
        "expected": one.expected,
        "upper": one.upper,
    }


def _row(key: str, names: dict[str, str], letters: list[str], found: SessionView) -> list[str]:
    by = {one.alias: one for one in found.standing() if one.criterion == key}
    cells = [f"{by[a].lower} – {by[a].expected} – {by[a].upper}" if a in by else _("missing") for a in letters]
    agreed = found.agreed.get(key)
    return [names[key], *cells, f"{agreed.lower} – {agreed.expected} – {agreed.upper}" if agreed else "–"]
