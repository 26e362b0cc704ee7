"""The balance of the register as a figure, with the table that says the same."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.asking import page_language
from verband.rooms.measures.register.kinds import PARTIES, STATES
from verband.rooms.measures.register.standing import Balance

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_STATE, _PARTY = "#1b4b8a", "#2d6a3e"


def balance(counted: Balance) -> dict[str, Any]:
    """Measures by state as known, and by the kinds of parties that have a part in them."""
    states, parties = catalogue(STATES).labels(page_language()), catalogue(PARTIES).labels(page_language())
    of_state, of_party = _("by state as known"), _("by party with a part")
    rows = [(of_state, states.get(key, _("not known")), n) for key, n in counted.states.items()]
    rows += [(of_party, parties[key], n) for key, n in counted.parties.items()]
    rows.append((of_party, _("no party told"), counted.without_party))
    values = [{"group": group, "name": name, "n": n} for group, name, n in rows]
    bars = [_bars(values, of_state, _STATE), _bars(values, of_party, _PARTY)]
    spec = {
        "$schema": _SCHEMA,
        "description": _("Measures by state as known and by party"),
        "hconcat": bars,
        "spacing": 30,
    }
    head = [_("Counted"), _("Word"), _("Measures")]
    return {"spec": spec, "table": {"head": head, "rows": [[group, name, str(n)] for group, name, n in rows]}}


def _bars(values: list[dict[str, Any]], group: str, colour: str) -> dict[str, Any]:
    mine = [value for value in values if value["group"] == group]
    y = {
        "field": "name",
        "type": "nominal",
        "sort": [value["name"] for value in mine],
        "axis": {"title": None, "labelLimit": 200, "domain": False, "ticks": False},
    }
    return {
        "title": {"text": group, "anchor": "start", "fontSize": 13},
        "width": 280,
        "height": {"step": 24},
        "data": {"values": mine},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": 14, "color": colour},
                "encoding": {
                    "x": {
                        "field": "n",
                        "type": "quantitative",
                        "axis": {"title": None, "tickMinStep": 1, "format": "d", "tickCount": 4},
                    }
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4},
                "encoding": {"x": {"field": "n", "type": "quantitative"}, "text": {"field": "n"}},
            },
        ],
    }
