"""Interventions, their time line and hand-over as rows for csv and json, with the keys of the catalogues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verband.rooms.response.incident_mode.models import ActionStep, LogLine
from verband.rooms.response.incident_mode.showing import ModeView


def modes(found: Iterable[ModeView]) -> list[dict[str, Any]]:
    """A row for each intervention."""
    return [
        {
            "intervention": view.key,
            "title": view.row.title,
            "origin": view.row.origin,
            "urgency": view.row.urgency,
            "state": "withdrawn" if view.row.withdrawn_at else view.state,
            "alerted_at": view.row.alerted_at,
            "actions": len(view.actions),
            "tracks": [f"{track.key}: {track.covered}" for track in view.tracks],
            "marking": view.marking.words(),
        }
        for view in found
    ]


def line(view: ModeView) -> list[dict[str, Any]]:
    """A row for each moment: lines of the log with their digest, steps of actions with mandate, steps of the whole."""
    return [
        {
            "intervention": view.key,
            "at": one.at,
            "after_alert": one.after,
            "kind": one.kind,
            "action": one.action.key if one.action else "",
            "track": one.action.track if one.action else "",
            "owner": one.action.owner if one.action else "",
            "text": one.row.text if isinstance(one.row, LogLine) else one.row.reason,
            "decision": one.row.text if isinstance(one.row, ActionStep) else "",
            "outcome": one.row.outcome if isinstance(one.row, ActionStep) else "",
            "mandate": one.row.mandate_words if isinstance(one.row, ActionStep) else "",
            "source": one.row.source,
            "by": one.row.kept_by,
            "kept_at": one.row.kept_at,
            "sha256": one.row.digest if isinstance(one.row, LogLine) else "",
            "marking": one.row.marking.value().words(),
        }
        for one in view.line()
    ]


def hand_over(view: ModeView) -> list[dict[str, Any]]:
    """The report as rows of part, name and text, in the order of the page."""
    row, over = view.row, view.hand_over
    parts = [("intervention", name, str(getattr(row, name))) for name in ("title", "origin", "urgency", "alert")]
    parts += [("state", step.state, step.reason) for step in view.steps]
    parts += [("part", f"{one.role}: {one.organisation}", one.function) for one in view.roles]
    parts += [("known", line.source, line.text) for line in view.known]
    parts += [("not_known", line.source, line.text) for line in view.not_known]
    for track in view.tracks:
        parts += [("track", track.key, track.why_empty.reason if track.why_empty else track.covered)]
        parts += [(f"action {one.state}", one.row.owner, one.row.what) for one in track.actions]
    parts += [
        ("decision", step.mandate_words, f"{step.outcome}: {step.text}")
        for one in view.actions
        for step in one.steps
        if step.outcome
    ]
    if over:
        names = ("organisation", "function", "situation", "open_points", "agreements", "material")
        parts += [("hand_over", name, str(getattr(over, name))) for name in names]
        passed = {one.row.key: one.row for one in view.actions}
        parts += [("passed_on", passed[key].owner, passed[key].what) for key in over.passed_on if key in passed]
    return [{"part": part, "name": name, "text": text} for part, name, text in parts]
