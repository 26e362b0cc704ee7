"""Figures of the tabs of judging, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.language.decimals import decimal
from verband.methods.connecting import hybrid as hybrid_method
from verband.methods.connecting import hypotheses as method
from verband.rooms.campaigns import charts, hybrid
from verband.rooms.campaigns.charts import Figure
from verband.rooms.picture.services import IncidentView

_LAST = 2**40


def against(result: method.Result, language: str) -> Figure:
    """How much speaks against each hypothesis, least first."""
    labels = catalogue("hypotheses").labels(language)
    rows = [
        {
            "name": labels[score.hypothesis],
            "against": round(score.against, 3),
            "first": score.hypothesis == result.first,
        }
        for score in result.scores
    ]
    names = [str(row["name"]) for row in rows]
    top = max(1.0, *(score.against for score in result.scores)) * 1.08
    y = {
        "field": "name",
        "type": "nominal",
        "sort": names,
        "scale": {"domain": names},
        "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 8, "labelLimit": 200},
    }
    spec = {
        "$schema": charts._SCHEMA,
        "description": _("What speaks against each explanation, weighted"),
        "width": "container",
        "height": 30 * len(rows),
        "data": {"values": rows},
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": 14, "cornerRadiusEnd": 2},
                "encoding": {
                    "x": {
                        "field": "against",
                        "type": "quantitative",
                        "scale": {"domain": [0, top]},
                        "axis": {"title": _("speaks against it (weighted)"), "tickCount": 5, "grid": True},
                    },
                    "color": {"condition": {"test": "datum.first", "value": "#1b4b8a"}, "value": "#7d899a"},
                },
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 5, "color": "#16202e"},
                "encoding": {
                    "x": {"field": "against", "type": "quantitative"},
                    "text": {"field": "against", "type": "quantitative", "format": ".2f"},
                },
            },
        ],
    }
    head = [_("explanation"), _("speaks against it (weighted)"), _("judged items"), _("strongly against"), _("bans")]
    cells = [
        [
            labels[score.hypothesis],
            decimal(score.against, 2, language),
            score.judged,
            score.strongly,
            _("not stated") if score.bans is None else decimal(score.bans, 1, language),
        ]
        for score in result.scores
    ]
    return Figure(spec, {"head": head, "rows": cells})


def phases(incidents: Sequence[IncidentView], language: str) -> Figure:
    """Means over time in lanes that run from priming to coercion, coloured by domain. Undated: table only."""
    labels = {name: catalogue(name).labels(language) for name in ("phases", "domains", "means")}
    rows = [row for view in sorted(incidents, key=_start) for row in _acts(view, labels)]
    rows.sort(key=lambda row: (row["order"], row["lane"]))
    lanes = list(dict.fromkeys(row["lane"] for row in rows))
    dated = [row for row in rows if row["start"]]
    of_word = {row["domain_word"]: row["domain"] for row in dated}
    names = list(of_word)
    looks = [charts._look(catalogue("domains").find(key)) for key in of_word.values()]
    spec = {
        "$schema": charts._SCHEMA,
        "description": _("Means of this campaign over time, by phase"),
        "width": "container",
        "height": 34 * max(1, len(lanes)),
        "data": {"values": dated},
        "encoding": {
            "y": {
                "field": "lane",
                "type": "nominal",
                "sort": lanes,
                "scale": {"domain": lanes},
                "axis": {
                    "title": None,
                    "grid": True,
                    "ticks": False,
                    "domain": False,
                    "labelPadding": 8,
                    "labelLimit": 300,
                },
            },
            "x": {
                "field": "start",
                "type": "temporal",
                "scale": {"type": "utc", "padding": 12},
                "axis": charts._time_axis(dated, language),
            },
            "tooltip": [
                {"field": "name", "title": _("incident")},
                {"field": "stated", "title": _("date as stated")},
                {"field": "lane", "title": _("phase and means")},
            ],
        },
        "mark": {"type": "point", "filled": True, "size": 110, "opacity": 1, "stroke": "white"},
    }
    look = {"field": "domain_word", "type": "nominal", "legend": {"title": None, "orient": "bottom"}}
    spec["encoding"] |= {  # type: ignore[operator]
        "color": {**look, "scale": charts._scale(names, looks, "colour")},
        "shape": {**look, "scale": charts._scale(names, looks, "shape")},
    }
    head = [_("phase"), _("means"), _("domain"), _("date as stated"), _("incident")]
    cells = [[row["phase"], row["means"], row["domain_word"], row["stated"], row["name"]] for row in rows]
    return Figure(spec, {"head": head, "rows": cells})


def _acts(view: IncidentView, labels: dict[str, dict[str, str]]) -> list[dict[str, Any]]:
    """One row for each means of the incident."""
    found = []
    domain = next(iter(view.values("domain")), "")
    for entry in hybrid.means_in(view):
        of_means = catalogue("means_phases").find(entry.key)
        key = str(of_means.fields["phase"]) if of_means else ""
        phase = labels["phases"].get(key, _("no phase"))
        order = hybrid_method.PHASES.index(key) if key else len(hybrid_method.PHASES)
        means = labels["means"][entry.key]
        found.append(
            {
                "order": order,
                "phase": phase,
                "means": means,
                "lane": f"{phase}: {means}",
                "domain": domain,
                "domain_word": labels["domains"].get(domain, domain),
                "name": view.name,
                "stated": view.when.words() if view.when else _("no date"),
                "start": charts._iso(view.when.start) if view.when else "",
            }
        )
    return found


def _start(view: IncidentView) -> int:
    return view.when.start if view.when else _LAST
