"""The timeline of stated terms: one line for each end or beginning that can be read, with the day asked as a rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from verband.rooms.asking import page_language
from verband.rooms.measures.progress.tracker import Tracked
from verband.rooms.measures.progress.words import column_word, state_word, term_words

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: What a line says, its colour and its shape at the end, so that colour does not speak alone.
_MARKS = (
    ("overdue", "#a3480f", "triangle-down"),
    ("end", "#1b4b8a", "circle"),
    ("earliest", "#5b3f9b", "triangle-right"),
    ("fulfilled", "#2d6a3e", "square"),
)
_AHEAD = timedelta(days=3 * 366)
_SHORT = timedelta(days=90)
_LETTERS = 46


def timeline(rows: Sequence[Tracked], *, on: date) -> dict[str, Any] | None:
    """The figure with its table, and how many terms end too far ahead to be drawn; None where no term has a day."""
    dated = [row for row in rows if row.term.last or row.term.first]
    near = [row for row in dated if (row.term.last or row.term.first or on) <= on + _AHEAD]
    if not dated:
        return None
    language = page_language()
    values = [_value(row, language) for row in near]
    return {"spec": _spec(values, on), "table": _table(dated, language), "later": len(dated) - len(near)}


def _value(row: Tracked, language: str) -> dict[str, str]:
    first, last = row.term.first, row.term.last
    end = last or first
    begin = first or (last - _SHORT if last else first)
    title = row.view.title(language)
    name = title if len(title) <= _LETTERS else f"{title[: _LETTERS - 1].rstrip()}…"
    return {
        "name": f"{row.view.key} {name}",
        "from": begin.isoformat() if begin else "",
        "to": end.isoformat() if end else "",
        "what": _word(_mark(row)),
        "owner": row.view.owner,
        "term": term_words(row.term),
    }


def _mark(row: Tracked) -> str:
    return "overdue" if row.overdue else "fulfilled" if row.state == "fulfilled" else row.term.kind


def _word(mark: str) -> str:
    return state_word(mark) if mark == "fulfilled" else column_word(mark)


def _spec(values: list[dict[str, str]], on: date) -> dict[str, Any]:
    names = list(dict.fromkeys(value["name"] for value in values))
    used = [mark for mark in _MARKS if any(value["what"] == _word(mark[0]) for value in values)]
    words = [_word(mark) for mark, _colour, _shape in used]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "axis": {"title": None, "labelLimit": 360, "domain": False, "ticks": False},
    }
    colour = {
        "field": "what",
        "type": "nominal",
        "scale": {"domain": words, "range": [colour for _mark, colour, _shape in used]},
        "legend": {"orient": "top", "title": None, "columns": 2},
    }
    shape = {**colour, "scale": {"domain": words, "range": [shape for _mark, _colour, shape in used]}}
    tooltip = [{"field": name, "type": "nominal"} for name in ("name", "owner", "term", "what")]
    x = {"field": "from", "type": "temporal", "axis": {"title": None, "format": "%Y", "tickCount": "year"}}
    return {
        "$schema": _SCHEMA,
        "description": _("Terms as stated, as they were read, and the day asked"),
        "width": "container",
        "height": {"step": 17},
        "data": {"values": values},
        "layer": [
            {
                "data": {"values": [{"day": on.isoformat()}]},
                "mark": {"type": "rule", "color": "#16202e", "strokeDash": [4, 3]},
                "encoding": {"x": {"field": "day", "type": "temporal"}},
            },
            {
                "mark": {"type": "rule", "strokeWidth": 4, "opacity": 0.55},
                "encoding": {"y": y, "x": x, "x2": {"field": "to"}, "color": colour, "tooltip": tooltip},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "to"},
                    "color": colour,
                    "shape": shape,
                    "tooltip": tooltip,
                },
            },
        ],
    }


def _table(rows: Sequence[Tracked], language: str) -> dict[str, Any]:
    return {
        "head": [_("Number"), _("Commitment"), _("Owner"), _("Term as read"), _("What it says")],
        "rows": [
            [row.view.key, row.view.title(language), row.view.owner, term_words(row.term), _word(_mark(row))]
            for row in rows
        ],
    }
