"""The steps of registers over time as a Vega-Lite specification, with the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext as _

from verband.rooms.response.registers.models import RegisterStep
from verband.rooms.response.registers.reading import EntryView, when

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: More entries than these are read in the table.
MOST_DRAWN = 30
_COLOURS = ("#0072b2", "#9a6b00", "#00856a", "#5b3f9b", "#d55e00", "#b5508f", "#566174")
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right")
_TITLE = 60


@dataclass(frozen=True)
class Figure:
    """A figure and the table that says the same. `left_out` entries are in the table alone."""

    spec: dict[str, Any]
    table: dict[str, Any]
    left_out: int


def timeline(views: Sequence[EntryView], language: str, *, by_register: str = "") -> Figure | None:
    """Each step at its time, a line through those of one entry; None where nothing has a step.

    Points are told apart by their state, with `by_register` (a word for it) by their register. A time that is a month
    or a year is drawn in its middle, with a bar over all of it.
    """
    stepped = [view for view in views if view.steps]
    if not stepped:
        return None
    drawn = stepped[-MOST_DRAWN:]
    kinds: dict[str, None] = {}
    for view in drawn:
        for step in view.steps:
            kinds.setdefault(_kind(view, step, language, by_register))
    marks = [_mark(view, step, language, by_register, at) for at, view in enumerate(drawn) for step in view.steps]
    across: dict[str, Any] = {
        "field": "at",
        "type": "temporal",
        "title": None,
        "axis": {"format": "%Y-%m", "tickCount": 6},
    }
    down = {"field": "entry", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 330}}
    scale = {"domain": list(kinds)}
    legend = {"title": None, "orient": "bottom", "columns": 4}
    tips = [
        {"field": "entry", "title": _("Entry")},
        {"field": "state", "title": _("State")},
        {"field": "happened", "title": _("When")},
    ]
    spec = {
        "$schema": _SCHEMA,
        "description": _("Steps over time"),
        "data": {"values": marks},
        "width": {"container": 0.62},
        "height": {"step": 30},
        "layer": [
            {
                "mark": {"type": "line", "color": "#8a94a3", "strokeWidth": 1.5},
                "encoding": {"y": down, "x": across, "detail": {"field": "entry", "type": "nominal"}},
            },
            {
                "mark": {"type": "bar", "height": 6, "opacity": 0.25, "color": "#566174"},
                "encoding": {"y": down, "x": {**across, "field": "from"}, "x2": {"field": "to"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 90},
                "encoding": {
                    "y": down,
                    "x": across,
                    "color": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": {**scale, "range": list(_COLOURS[: len(kinds)])},
                        "legend": legend,
                    },
                    "shape": {
                        "field": "kind",
                        "type": "nominal",
                        "scale": {**scale, "range": list(_SHAPES[: len(kinds)])},
                        "legend": legend,
                    },
                    "tooltip": tips,
                },
            },
        ],
    }
    head = [_("Register"), _("Entry"), _("When"), _("State")]
    body = [
        [view.of.text("", language), view.title(language), step.happened, view.of.state_words(step.state, language)]
        for view in stepped
        for step in view.steps
    ]
    return Figure(spec, {"head": head, "rows": body}, len(stepped) - len(drawn))


def _kind(view: EntryView, step: RegisterStep, language: str, by_register: str) -> str:
    return view.of.text("", language) if by_register else view.of.state_words(step.state, language)


def _mark(view: EntryView, step: RegisterStep, language: str, by_register: str, at: int) -> dict[str, str]:
    time = when(step.happened)
    title = view.title(language)
    name = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
    return {
        "entry": f"{at + 1}. {name}",
        "state": view.of.state_words(step.state, language),
        "kind": _kind(view, step, language, by_register),
        "happened": step.happened,
        "at": _iso((time.start + time.end) // 2),
        "from": _iso(time.start),
        "to": _iso(time.end),
    }


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
