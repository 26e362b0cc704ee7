"""Figures of a campaign as Vega-Lite specifications and node lists, each with the table that says the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from verband.language.catalogues import Entry, catalogue
from verband.language.decimals import decimal
from verband.rooms.campaigns import lengths, wording
from verband.rooms.campaigns.together import Reason
from verband.rooms.picture.services import IncidentView

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_DAY_S = 86_400
_SHORT_S = 4 * _DAY_S
_MOST_SHARED = 8
#: Fewer days than this from first to last are drawn on an axis of days.
_FEW_DAYS = 150
_FEW = 3
_ROW = 72
_COLUMN = 260
_BINS = 24
#: The method writes a strength below this for a shuffled world in which it found no group.
_NO_GROUP = -90.0


@dataclass(frozen=True)
class Figure:
    """What a figure is drawn from, and the table that says the same (`head`, `rows`)."""

    data: Mapping[str, Any]
    table: Mapping[str, Any]


def swim_lanes(incidents: Sequence[IncidentView], language: str) -> Figure:
    """Incidents over time, a lane for each domain; a bar where one is longer than days. Undated: table only."""
    points, lanes = [], {}
    for view in sorted(incidents, key=lambda item: item.when.start if item.when else 2**40):
        for key in view.values("domain"):
            entry = catalogue("domains").find(key)
            lanes[entry.label(language) if entry else key] = entry
            if view.when is not None:
                points.append(_point(view, entry.label(language) if entry else key))
    names = list(lanes)
    looks = [_look(lanes[name]) for name in names]
    spec = {
        "$schema": _SCHEMA,
        "description": _("Incidents of this campaign over time, by domain"),
        "width": "container",
        "height": 34 * max(1, len(names)),
        "data": {"values": points},
        "encoding": {
            "y": {
                "field": "domain",
                "type": "nominal",
                "sort": names,
                "scale": {"domain": names},
                "axis": {"title": None, "grid": True, "ticks": False, "domain": False, "labelPadding": 8},
            },
            "x": {
                "field": "start",
                "type": "temporal",
                "scale": {"type": "utc", "padding": 12},
                "axis": _time_axis(points, language),
            },
            "color": {"field": "domain", "type": "nominal", "legend": None, "scale": _scale(names, looks, "colour")},
            "tooltip": [
                {"field": "name", "title": _("incident")},
                {"field": "stated", "title": _("date as stated")},
                {"field": "domain", "title": _("domain")},
            ],
        },
        "layer": [
            {
                "transform": [{"filter": "datum.long"}],
                "mark": {"type": "rule", "strokeWidth": 6, "opacity": 0.35, "strokeCap": "round"},
                "encoding": {"x2": {"field": "end"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 120, "opacity": 1, "stroke": "white"},
                "encoding": {
                    "shape": {
                        "field": "domain",
                        "type": "nominal",
                        "legend": None,
                        "scale": _scale(names, looks, "shape"),
                    }
                },
            },
        ],
    }
    return Figure(spec, _incident_table(incidents, language))


def null_strengths(best: Sequence[float], strength: float, language: str, *, thin: bool = False) -> Figure:
    """The strength of the best group in each shuffled world as a histogram, with the mark of this campaign.

    Worlds without any group stand in the table alone. In a thin collection the strength is no weight in bans but how
    close the dates lie.
    """
    held = [value for value in best if value > _NO_GROUP]
    top = max([*held, strength, 1.0]) * 1.05
    low = min([*held, strength, 0.0])
    step = _nice((top - low) / _BINS)
    counts: dict[int, int] = {}
    for value in held:
        counts[int(value // step)] = counts.get(int(value // step), 0) + 1
    rows = [
        {"from": round(at * step, 6), "to": round((at + 1) * step, 6), "worlds": count}
        for at, count in sorted(counts.items())
    ]
    title = (
        _("nearness of the dates in the best group (-log10)")
        if thin
        else _("strength of the best group in a shuffled world, bans")
    )
    mark = _("this campaign %(strength)s") % {"strength": decimal(strength, 1, language)}
    right = strength < low + (top - low) * 0.6
    spec = {
        "$schema": _SCHEMA,
        "description": _("Strength of the best group in each shuffled world, and of this campaign"),
        "width": "container",
        "height": 130,
        "layer": [
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "color": "#b3bdca", "binSpacing": 1},
                "encoding": {
                    "x": {
                        "field": "from",
                        "type": "quantitative",
                        "bin": {"binned": True, "step": step},
                        "scale": {"domainMin": min([low, *(row["from"] for row in rows)]), "domainMax": top},
                        "axis": {
                            "title": title,
                            "grid": False,
                            "tickCount": 6,
                            "labelOverlap": "greedy",
                            "labelSeparation": 8,
                        },
                    },
                    "x2": {"field": "to"},
                    "y": {
                        "field": "worlds",
                        "type": "quantitative",
                        "axis": {"title": _("worlds"), "tickCount": 3, "tickMinStep": 1},
                    },
                    "tooltip": [{"field": "from"}, {"field": "to"}, {"field": "worlds", "title": _("worlds")}],
                },
            },
            {
                "data": {"values": [{"strength": strength}]},
                "mark": {"type": "rule", "color": "#a3480f", "strokeWidth": 2.5},
                "encoding": {"x": {"field": "strength", "type": "quantitative"}},
            },
            {
                "data": {"values": [{"strength": strength}]},
                "mark": {
                    "type": "text",
                    "text": mark,
                    "color": "#a3480f",
                    "align": "left" if right else "right",
                    "dx": 6 if right else -6,
                    "y": -7,
                    "fontSize": 12,
                    "fontWeight": 600,
                },
                "encoding": {"x": {"field": "strength", "type": "quantitative"}},
            },
        ],
    }
    head = (
        [_("from"), _("to"), _("shuffled worlds")] if thin else [_("from (bans)"), _("to (bans)"), _("shuffled worlds")]
    )
    cells: list[list[object]] = [
        [decimal(row["from"], 1, language), decimal(row["to"], 1, language), row["worlds"]] for row in rows
    ]
    if len(held) < len(best):
        cells.append([_("no group at all"), "", len(best) - len(held)])
    cells.append([decimal(strength, 1, language), "", mark])
    return Figure(spec, {"head": head, "rows": cells})


def shared_graph(incidents: Sequence[IncidentView], reasons: Sequence[Reason], language: str) -> Figure:
    """Incidents in two columns with the values that they share between them; the table holds every shared value.

    At most eight values are drawn, the strongest, rather narrow than broad. Incidents are ordered by the values that
    they share, so that lines cross little; nothing is random.
    """
    shared = [reason for reason in reasons if len(reason.incidents) > 1 and not reason.close]
    narrow = [reason for reason in shared if reason.feature not in wording.BROAD]
    drawn = (narrow if len(narrow) >= _FEW else shared)[:_MOST_SHARED]
    edges = [
        {"source": view.stix_id, "target": f"shared-{number}", "width": 1.5}
        for number, reason in enumerate(drawn)
        for view in reason.incidents
    ]
    rows = [
        [
            reason.value,
            wording.feature_word(reason.feature, language),
            len(reason.incidents),
            ", ".join(view.name for view in reason.incidents),
        ]
        for reason in shared
    ]
    head = [_("shared value"), _("feature"), _("incidents"), _("which")]
    return Figure({"nodes": _placed(incidents, drawn, language), "edges": edges}, {"head": head, "rows": rows})


def _placed(incidents: Sequence[IncidentView], drawn: Sequence[Reason], language: str) -> list[dict[str, Any]]:
    """Nodes with their places: values in the middle, incidents left and right."""
    touched: dict[str, list[int]] = {}
    for number, reason in enumerate(drawn):
        for view in reason.incidents:
            touched.setdefault(view.stix_id, []).append(number)
    middle = {name: sum(numbers) / len(numbers) for name, numbers in touched.items()}
    ordered = sorted(incidents, key=lambda view: middle.get(view.stix_id, float(len(drawn))))
    half = (len(ordered) + 1) // 2
    height = max(half, len(drawn)) * _ROW
    nodes: list[dict[str, Any]] = []
    for at, view in enumerate(ordered):
        domains = view.values("domain")
        column = len(ordered[at % 2 :: 2])
        nodes.append(
            {
                "id": view.stix_id,
                "label": wording.short(view.name, 56),
                "kind": "incident",
                "domain": domains[0] if domains else "",
                "href": reverse("picture:thing", args=[view.stix_id]),
                "position": {"x": (at % 2) * 2 * _COLUMN, "y": (at // 2 + 0.5) * height / column},
            }
        )
    for number, label in enumerate(_labels(drawn, language)):
        place = {"x": _COLUMN, "y": (number + 0.5) * height / len(drawn)}
        nodes.append({"id": f"shared-{number}", "label": label, "kind": "shared", "position": place})
    return nodes


def _labels(drawn: Sequence[Reason], language: str) -> list[str]:
    """Names of the values; where two features have the same value, with the feature."""
    counts = Counter(reason.value for reason in drawn)
    return [
        f"{reason.value} ({wording.feature_word(reason.feature, language)})"
        if counts[reason.value] > 1
        else reason.value
        for reason in drawn
    ]


def graph_height(figure: Figure) -> int:
    """Height in pixels that keeps the labels of the figure apart."""
    kinds = [str(node["kind"]) for node in figure.data["nodes"]]
    shared, incidents = kinds.count("shared"), kinds.count("incident")
    return max(240, min(1400, 50 + _ROW * max(shared, (incidents + 1) // 2)))


def _point(view: IncidentView, domain: str) -> dict[str, Any]:
    assert view.when is not None  # noqa: S101 - undated ones are left out before
    return {
        "domain": domain,
        "name": view.name,
        "start": _iso(view.when.start),
        "end": _iso(view.when.end),
        "long": view.when.end - view.when.start > _SHORT_S,
        "stated": view.when.words(),
    }


def _incident_table(incidents: Sequence[IncidentView], language: str) -> dict[str, Any]:
    labels = catalogue("domains").labels(language)
    rows = [
        [
            view.when.words() if view.when else _("no date"),
            format_html('<a href="{}">{}</a>', reverse("picture:thing", args=[view.stix_id]), view.name),
            ", ".join(labels.get(key, key) for key in view.values("domain")),
        ]
        for view in sorted(incidents, key=lambda item: item.when.start if item.when else 2**40)
    ]
    return {"head": [_("date as stated"), _("incident"), _("domain")], "rows": rows}


def _time_axis(points: Sequence[Mapping[str, Any]], language: str) -> dict[str, Any]:
    """An axis of months and years; of days where all lies within a few months, so that no month stands there twice."""
    starts = sorted(str(point["start"])[:10] for point in points)
    few = bool(starts) and (date.fromisoformat(starts[-1]) - date.fromisoformat(starts[0])).days < _FEW_DAYS
    months = lengths.month_labels(language)
    label = f"utcdate(datum.value) + ' ' + {months}" if few else months
    return {"title": None, "grid": False, "tickCount": 6, "labelOverlap": True, "labelExpr": label}


def _look(entry: Entry | None) -> dict[str, str]:
    if entry is None:
        return {"colour": "#566174", "shape": "circle"}
    return {"colour": str(entry.fields["hex"]), "shape": str(entry.fields["shape"])}


def _scale(names: Sequence[str], looks: Sequence[Mapping[str, str]], what: str) -> dict[str, Any]:
    return {"domain": list(names), "range": [look[what] for look in looks]}


def _iso(moment: int) -> str:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)).strftime("%Y-%m-%dT%H:%M:%SZ")


def _nice(step: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10.0 ** len(str(int(1 / step))) if step < 1 else 1.0
    for scale in (1 / power, 10 / power, 100 / power):
        for factor in (1, 2, 5):
            if factor * scale >= step:
                return float(factor * scale)
    return float(step)
