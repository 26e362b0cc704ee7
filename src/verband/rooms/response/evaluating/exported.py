"""Actions from lessons, evaluations and versions as rows for csv and json."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verband.rooms.response.evaluating.evaluations import EvaluationView, LessonView


def lessons(found: Iterable[LessonView]) -> list[dict[str, Any]]:
    """A row for each action from a lesson."""
    return [
        {
            "kind": one.row.evaluation.of_kind,
            "subject": one.row.evaluation.subject,
            "lesson": one.row.lesson,
            "action": one.row.what,
            "owner": one.row.owner,
            "due_on": one.row.due_on.isoformat(),
            "state": "done" if one.done else "open",
            "overdue": one.overdue,
            "said": one.steps[0].reason if one.steps else "",
            "marking": one.row.marking.value().words(),
        }
        for one in found
    ]


def evaluation(view: EvaluationView) -> list[dict[str, Any]]:
    """A row for each answer of the evaluation that stands."""
    row = view.row
    return [
        {
            "kind": view.about.kind,
            "subject": view.about.subject,
            "question": question,
            "answer": answer,
            "template": row.template_version,
            "source": row.source,
            "by": row.kept_by,
            "marking": row.marking.value().words(),
        }
        for question, answer in (row.answers.items() if row else ())
        if row
    ]
