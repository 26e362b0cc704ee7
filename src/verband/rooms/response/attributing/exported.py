"""Decisions of attribution and notes about the threshold as rows for csv and json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verband.rooms.response.attributing import deciding
from verband.rooms.response.attributing.deciding import LadderView
from verband.rooms.response.attributing.reviewed import KINDS, NoteView


def ladders(found: Iterable[LadderView]) -> list[dict[str, Any]]:
    """A row for each campaign and level: taken or not, confidence, and the decision where there is one."""
    return [
        {
            "campaign": str(view.campaign.row.uuid),
            "level": step.level.key,
            "taken": step.standing is not None,
            "confidence": step.standing.confidence if step.standing else "",
            "statement": step.standing.statement if step.standing else "",
            "dissent": step.standing.dissent if step.standing else "",
            "mandate": step.standing.mandate if step.standing else "",
            "floor": made.floor if made else "",
            "below_floor": deciding.below_floor(made) if made else "",
            "partners": made.partners if made else [],
            "statement_on": made.statement_on.isoformat() if made and made.statement_on else "",
            "decided_by": made.kept_by if made else "",
            "marking": (step.standing.marking.value() if step.standing else view.campaign.row.marking).words(),
        }
        for view in found
        for step in view.steps
        for made in [view.decision(step.level.key)]
    ]


def notes(case: str, found: Iterable[NoteView]) -> list[dict[str, Any]]:
    """A row for each note about a case."""
    return [
        {
            "case": case,
            "level": view.row.level,
            "stands": view.stands,
            "grounds": view.row.grounds,
            "support": view.row.support,
            "consultation": view.row.consultation,
            **{f"{kind}_review": _review(view, kind) for kind in KINDS},
            "source": view.row.source,
            "by": view.row.kept_by,
            "withdrawn": view.row.withdrawn_reason,
            "marking": view.row.marking.value().words(),
        }
        for view in found
    ]


def _review(view: NoteView, kind: str) -> str:
    made = view.review(kind)
    return f"{made.outcome}: {made.text}" if made else ""
