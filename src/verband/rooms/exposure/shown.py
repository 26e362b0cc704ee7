"""What several pages show alike: a node as a row, names, closed cycles, and the hours that were asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest

from verband.language.errors import InputError
from verband.rooms.asking import page_language
from verband.rooms.exposure import words
from verband.rooms.exposure.asking import HORIZON_H, hours
from verband.rooms.exposure.network import Network, NodeView
from verband.rooms.problems import Problem, problem_of


def node_row(view: NodeView, found: Network, language: str) -> dict[str, Any]:
    """A node with its name, kind, sector and number of requirements in words."""
    return {
        "view": view,
        "name": view.name(language),
        "kind": words.choice(view.kind),
        "sector": words.sector(view.sector),
        "needs_count": len(found.needs(view.key)),
    }


def names(views: Iterable[NodeView], language: str) -> str:
    """Their names, with commas."""
    return ", ".join(view.name(language) for view in views)


def closed(found: Network, language: str) -> list[str]:
    """The cycles that nothing supplies from outside, each as the names of its nodes."""
    cycles = found.system.closed_cycles if found.requirements else ()
    return [", ".join(found.nodes[key].name(language) for key in cycle) for cycle in cycles]


def hours_of(request: HttpRequest) -> tuple[float, Problem | None]:
    """The hours to look ahead; the usual ones, with the problem, where what was filled in cannot be."""
    try:
        return hours(request.GET.get("hours", "")), None
    except InputError as error:
        return HORIZON_H, problem_of(error, "hours", page_language())


def asked(request: HttpRequest, horizon_h: float, problem: Problem | None) -> dict[str, Any]:
    """The hours as their field shows them."""
    text = request.GET.get("hours", "") or words.hours(horizon_h)
    return {"horizon_h": horizon_h, "hours_text": text, "problem": problem}
