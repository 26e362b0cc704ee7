"""The network as a figure with its table, and the rows of the pages and of their files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from verband.methods.depending.cascades import Blast, Criticality
from verband.rooms.exposure import words
from verband.rooms.exposure.network import Network, NodeView, RequirementView
from verband.rooms.exposure.scanning import Hit

#: A figure of more nodes than these is a cloud; the table holds them all.
MOST_DRAWN = 60


def figure(found: Network, language: str, times_h: Mapping[str, float] | None = None) -> dict[str, Any] | None:
    """What supplies what; with times, what fails is filled and says when. None where nothing depends on anything."""
    tied = {key for row in found.requirements for key in (row.node, *row.members)}
    if not tied:
        return None
    fallen = times_h or {}
    order = sorted(tied, key=lambda key: (key not in fallen, list(found.nodes).index(key)))[:MOST_DRAWN]
    nodes = []
    for key in order:
        name = found.nodes[key].name(language)
        label = f"{name}: {words.hours(fallen[key])} h" if key in fallen else name
        node = {"id": key, "label": label, "href": reverse("exposure:node", args=[key])}
        nodes.append(node if key in fallen or times_h is None else {**node, "kind": "shared"})
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
