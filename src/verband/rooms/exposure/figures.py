"""The network as a figure with its table, and the rows of the pages and of their files."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.language.markings import highest
from verband.methods.depending.cascades import Blast, Criticality, Restoration
from verband.rooms.exposure import words
from verband.rooms.exposure.analysing import GainView, PairView
from verband.rooms.exposure.network import Network, NodeView, RequirementView
from verband.rooms.exposure.scanning import Hit

#: A figure of more nodes than these is a cloud; the table holds them all.
MOST_DRAWN = 60
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"


def figure(
    found: Network, language: str, fails_h: Mapping[str, float] | None = None, *, at_h: float = math.inf
) -> dict[str, Any] | None:
    """What supplies what; with hours of failing, what is down at `at_h` is filled and says since when.

    None where nothing depends on anything. The places stay the same whichever hour is shown.
    """
    tied = {key for row in found.requirements for key in (row.node, *row.members)}
    if not tied:
        return None
    fallen = fails_h or {}
    places = {key: place for place, key in enumerate(found.nodes)}
    order = sorted(tied, key=lambda key: (key not in fallen, places[key]))[:MOST_DRAWN]
    nodes = []
    for key in order:
        name = found.nodes[key].name(language)
        down = key in fallen and fallen[key] <= at_h
        label = f"{name}: {words.hours(fallen[key])} h" if down else name
        node = {"id": key, "label": label, "href": reverse("exposure:node", args=[key])}
        nodes.append(node if down or fails_h is None else {**node, "kind": "shared"})
    edges = [
        {"source": member, "target": row.node}
        for row in found.requirements
        for member in row.members
        if row.node in order and member in order
    ]
    return {
        "data": {"nodes": nodes, "edges": edges},
        "table": requirements(found.requirements, found, language),
        "left_out": len(tied) - len(order),
    }


def says_down(many: int, hours: str) -> str:
    """How many are down after those hours, in words."""
    told = ngettext("After %(at)s hours %(n)s is down", "After %(at)s hours %(n)s are down", many)
    return told % {"at": hours, "n": many}


def spans(found: Network, told: Restoration, language: str) -> dict[str, Any] | None:
    """What is down from when to when as bars along the hours; None where there are more than can be read."""
    if not told.outages or len(told.outages) > MOST_DRAWN:
        return None
    values = [
        {
            "node": found.nodes[one.name].name(language),
            "from": one.from_h,
            "to": min(one.to_h, told.until_h),
            "back": _("up again") if math.isfinite(one.to_h) else _("still down at the end"),
        }
        for one in told.outages
    ]
    names = list(dict.fromkeys(value["node"] for value in values))
    axis = {"title": None, "labelLimit": 260, "ticks": False, "domain": False}
    kinds = [_("up again"), _("still down at the end")]
    return {
        "$schema": _SCHEMA,
        "width": "container",
        "height": {"step": 26},
        "data": {"values": values},
        "mark": {"type": "bar", "height": 14},
        "encoding": {
            "y": {"field": "node", "type": "nominal", "sort": names, "axis": axis},
            "x": {"field": "from", "type": "quantitative", "axis": {"title": _("hours")}, "scale": {"nice": False}},
            "x2": {"field": "to"},
            "color": {
                "field": "back",
                "type": "nominal",
                "scale": {"domain": kinds, "range": ["#1b4b8a", "#7d899a"]},
                "legend": {"title": None, "orient": "top"},
            },
        },
    }


def requirements(rows: Iterable[RequirementView], found: Network, language: str) -> list[dict[str, str]]:
    """Requirement by requirement, in words."""
    return [
        {
            _("What"): found.nodes[row.node].name(language),
            _("needs"): _("%(k)s of %(n)s") % {"k": row.k, "n": len(row.members)},
            _("of these"): "; ".join(found.nodes[key].name(language) for key in row.members),
            _("lasts without (hours)"): buffer(row),
            _("source"): row.source,
        }
        for row in rows
    ]


def buffer(row: RequirementView) -> str:
    """The buffer with its bounds where a source states them."""
    if row.low_h is None and row.high_h is None:
        return words.hours(row.buffer_h)
    low, high = (words.hours(one) if one is not None else "?" for one in (row.low_h, row.high_h))
    return f"{words.hours(row.buffer_h)} ({low} – {high})"


def exported_nodes(nodes: Iterable[NodeView]) -> list[dict[str, Any]]:
    """Nodes as rows of a file."""
    same = ("key", "kind", "name_nl", "name_en", "owner", "grade", "sector", "interest", "source")
    return [{**{name: getattr(node, name) for name in same}, "marking": node.marking.words()} for node in nodes]


def cascade_rows(blast: Blast, found: Network) -> list[dict[str, Any]]:
    """What fails, earliest first, with the requirement that gave way and the members that were down then."""
    shown = []
    for step in blast.cascade.steps():
        group = found.needs(step.name)[step.group - 1] if step.group else None
        shown.append(
            {
                "node": found.nodes[step.name],
                "time_h": step.time_h,
                "supply_lost_h": step.supply_lost_h,
                "missing": [found.nodes[key] for key in step.missing],
                "requirement": group,
            }
        )
    return shown


def exported_cascade(rows: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """The same as rows of a file."""
    return [
        {
            "key": row["node"].key,
            "name": row["node"].name(language),
            "class": row["node"].grade,
            "owner": row["node"].owner,
            "fails_at_h": row["time_h"],
            "supply_lost_at_h": row["supply_lost_h"],
            "missing": [node.key for node in row["missing"]],
            "source": row["requirement"].source if row["requirement"] else "",
            "marking": row["node"].marking.words(),
        }
        for row in rows
    ]


def exported_ranking(found: Network, result: Criticality, language: str) -> list[dict[str, Any]]:
    """The ranking as rows of a file; low and high are 5 and 95 % of the draws, empty where none were made."""
    return [
        {
            "rank": rank,
            "key": one.name,
            "name": found.nodes[one.name].name(language),
            "kind": found.nodes[one.name].kind,
            "class": found.nodes[one.name].grade,
            "lost_h": one.lost_h,
            "low_h": one.low_h,
            "high_h": one.high_h,
            "nodes_that_fail": one.fallen,
            "marking": found.nodes[one.name].marking.words(),
        }
        for rank, one in enumerate(result.standings, start=1)
    ]


def exported_pairs(rows: Iterable[PairView], language: str) -> list[dict[str, Any]]:
    """Pairs as rows of a file; low and high are 5 and 95 % of what is lost together."""
    return [
        {
            "one": pair.one.key,
            "one_name": pair.one.name(language),
            "other": pair.other.key,
            "other_name": pair.other.name(language),
            "lost_together_h": pair.lost_h,
            "low_h": pair.low_h,
            "high_h": pair.high_h,
            "beyond_the_two_alone_h": pair.beyond_h,
            "marking": highest([pair.one.marking, pair.other.marking]).words(),
        }
        for pair in rows
    ]


def exported_gains(rows: Iterable[GainView], language: str) -> list[dict[str, Any]]:
    """Ways to strengthen as rows of a file; effort is in the units of who asked."""
    return [
        {
            "node": one.node.key,
            "name": one.node.name(language),
            "members": list(one.requirement.members),
            "what": one.gain.what,
            "saved_h": one.gain.saved_h,
            "effort": one.gain.effort,
            "saved_per_effort_h": one.gain.per_effort,
            "marking": highest([one.node.marking, one.requirement.marking]).words(),
        }
        for one in rows
    ]


def exported_outages(found: Network, told: Restoration, language: str) -> list[dict[str, Any]]:
    """What is down from when to when as rows of a file; `to_h` empty for what does not come back."""
    return [
        {
            "key": one.name,
            "name": found.nodes[one.name].name(language),
            "from_h": one.from_h,
            "to_h": one.to_h if math.isfinite(one.to_h) else None,
            "marking": found.nodes[one.name].marking.words(),
        }
        for one in told.outages
    ]


def exported_hits(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """What a scan found as rows of a file."""
    return [
        {
            "process": hit.process.key,
            "sector": hit.process.sector,
            "supplier": hit.supplier.key,
            "controlled_from": hit.supplier.controlled_from,
            "product": hit.product,
            "kind": hit.kind,
            "function": hit.function,
            "access": hit.access,
            "source": hit.source,
            "marking": hit.marking.words(),
        }
        for hit in hits
    ]
