"""The tables of the tabs of judging as rows for csv and json: keys as keys, numbers as numbers, days as ISO."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from verband.methods.connecting import hypotheses as method
from verband.rooms.campaigns import judging_words
from verband.rooms.campaigns.hybrid import Checklist
from verband.rooms.campaigns.hypotheses import Table
from verband.rooms.campaigns.ladder import Step
from verband.rooms.campaigns.models import Rung


def checklist(found: Checklist) -> list[dict[str, Any]]:
    """A row for each element, in the order of the definition."""
    rows = []
    for element in found.result.elements:
        said = found.standing.get(element.key) if element.says == "person" else None
        rows.append(
            {
                "element": element.key,
                "needed": element.needed,
                "state": element.state,
                "says": element.says,
                "label": found.result.label,
                "data": [f"{name}: {word}" for name, words in element.facts.items() for word in words],
                "source": said.source if said else "",
                "reason": said.reason if said else "",
                "by": said.said_by if said else "",
                "on": _day(said.said_at) if said else "",
            }
        )
    return rows


def matrix(found: Table, language: str) -> list[dict[str, Any]]:
    """A row for each item and hypothesis, with who judged it; empty where nobody did."""
    scores = {score.hypothesis: score for score in found.result.scores}
    return [
        {
            "item": item.key,
            "text": found.added[item.key].text if item.key in found.added else judging_words.item_words(item, language),
            "weight": round(item.weight, 4),
            "diagnosticity": found.result.diagnosticity[item.key],
            "hypothesis": name,
            "consistency": item.cells[name].consistency if name in item.cells else "",
            "likelihood": item.cells[name].likelihood if name in item.cells else None,
            "judged_by": _by(found, item.key, name, item.cells),
            "reason": said.reason if (said := found.judged.get((item.key, name))) else "",
            "against": scores[name].against,
            "first": found.result.first,
        }
        for item in found.items
        for name in method.HYPOTHESES
    ]


def ladder(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """A row for each step that was ever taken, level by level, the standing one first; an empty one for no step."""
    rows = []
    for step in steps:
        taken: list[Rung | None] = [*([step.standing] if step.standing else []), *step.history]
        for row in taken or [None]:
            rows.append(
                {
                    "level": step.level.key,
                    "stands": bool(row and row is step.standing),
                    "statement": row.statement if row else "",
                    "certainty": row.certainty if row else "",
                    "source": row.source if row else "",
                    "confidence": row.confidence if row else "",
                    "dissent": row.dissent if row else "",
                    "mandate": row.mandate if row else "",
                    "reason": row.reason if row else "",
                    "by": row.said_by if row else "",
                    "on": _day(row.said_at) if row else "",
                    "withdrawn_by": row.withdrawn_by if row else "",
                    "withdrawn_reason": row.withdrawn_reason if row else "",
                }
            )
    return rows


def _by(found: Table, item: str, name: str, cells: Mapping[str, method.Cell]) -> str:
    said = found.judged.get((item, name))
    if said:
        return said.said_by
    return f"{found.result.method} {found.result.version}" if name in cells else ""


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")
