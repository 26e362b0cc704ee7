"""The tables of the registers as rows for csv and json; the columns of a register are those that its file takes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.markings import highest
from verband.rooms.response.registers.kinds import NOT_IN_SOURCES, Register
from verband.rooms.response.registers.models import RegisterStep
from verband.rooms.response.registers.reading import EntryView, MatrixView, Pair, Slot, source_words


def steps(views: Iterable[EntryView], language: str) -> list[dict[str, Any]]:
    """A row for each step of each entry, those of withdrawn entries with the reason."""
    return [_step(view, step, language) for view in views for step in view.steps]


def slots(of: Register, found: Iterable[Slot], language: str) -> list[dict[str, Any]]:
    """Exactly one row for each place, with its status and owner."""
    return [
        {
            "number": slot.number,
            "text": slot.entry.title(language) if slot.entry else of.state_words(NOT_IN_SOURCES, language),
            "status": slot.state,
            "owner": slot.owner,
            "since": slot.entry.steps[-1].happened if slot.entry and slot.entry.steps else "",
            "until": _day(slot.entry),
            "source": source_words(slot.entry.row, language) if slot.entry else of.cited(language),
            "marking": slot.entry.row.marking.value().words() if slot.entry else "TLP:CLEAR",
        }
        for slot in found
    ]


def pairs(found: Iterable[Pair], language: str) -> list[dict[str, Any]]:
    """A row for each step with its reaction and the days between."""
    return [
        {
            "step": pair.entry.title(language),
            "done": pair.step.happened,
            "reaction": _text(pair.reaction, language) if pair.reaction else "",
            "reacted": pair.reaction.happened if pair.reaction else "",
            "days_fewest": pair.fewest,
            "days_most": pair.most,
            "step_source": source_words(pair.step, language),
            "reaction_source": source_words(pair.reaction, language) if pair.reaction else "",
            "marking": highest(pair.entry.markings).words(),
        }
        for pair in found
    ]


def matrix(of: Register, found: MatrixView, language: str) -> list[dict[str, Any]]:
    """A row for each competence with who is registered for it; a gap is said."""
    name = next(field.catalogue for field in of.field if of.matrix and field.name == of.matrix.down)
    words = catalogue(name).labels(language)
    return [
        {
            "key": row.key,
            "competence": words[row.key],
            "gap": row.gap,
            **{
                column: [view.title(language) for view in cell]
                for column, cell in zip(found.columns, row.cells, strict=True)
            },
        }
        for row in found.rows
    ]


def _step(view: EntryView, step: RegisterStep, language: str) -> dict[str, Any]:
    return {
        "title": view.title(language),
        **{field.name: view.value(field.name) for field in view.of.field},
        "state": step.state,
        "happened": step.happened,
        "until": step.until.isoformat() if step.until else "",
        "text": _text(step, language),
        "certainty": step.certainty,
        "source": source_words(step, language),
        "marking": step.marking.value().words(),
        "kept_by": step.kept_by,
        "withdrawn": view.row.withdrawn_reason,
    }


def _text(step: RegisterStep, language: str) -> str:
    own, other = (step.text_nl, step.text_en)[:: 1 if language == "nl" else -1]
    return own or other


def _day(view: EntryView | None) -> str:
    return view.until.isoformat() if view and view.until else ""
