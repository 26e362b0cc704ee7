"""What the page of a measure shows of the register: a card for each kind of row, with its form."""

from __future__ import annotations

from typing import Any

from verband.language.catalogues import catalogue
from verband.rooms.asking import page_language
from verband.rooms.measures.reading import MeasureView
from verband.rooms.measures.register import forms, words
from verband.rooms.measures.register.keeping import POWER
from verband.rooms.measures.register.kinds import ECONOMIC, KINDS
from verband.rooms.measures.register.models import MeasureConflict, MeasureMeans, Told
from verband.rooms.measures.register.standing import Known
from verband.rooms.people.services import Reader
from verband.rooms.problems import Problem

#: The cards in the order of the page.
_CARDS = ("step", "means", "effect", "term", "part", "aim", "ground", "conflict")


def of_measure(
    item: Known, every: dict[str, MeasureView], who: Reader, *, known_on: int | None, problem: Problem | None
) -> dict[str, Any]:
    """The cards of a measure; `every` are the measures that the reader may see, by key."""
    may = known_on is None and who.may(POWER)
    others = tuple((key, f"{key} {view.title(page_language())[:90]}") for key, view in every.items())
    others = tuple(one for one in others if one[0] != item.measure.key)
    cards = []
    for kind in _CARDS:
        if kind == "ground" and item.measure.accent != ECONOMIC and not item.rows[kind]:
            continue
        cards.append(
            {
                "kind": kind,
                "title": words.titles()[kind],
                "empty": words.empty()[kind],
                "rows": [_row(kind, row, item, every) for row in reversed(item.rows[kind])],
                "gone": [_row(kind, row, item, every) for row in reversed(item.gone[kind])],
                "readings": _readings(item) if kind == "means" else [],
                "form": forms.of_kind(kind, item.measure, who, others=others, problem=problem) if may else None,
            }
        )
    state = item.state
    return {
        "known": item,
        "state": state,
        "cards": cards,
        "lacks": [words.lacks()[name] for name in item.lacks],
        "origin": item.origin,
        "may_write": may,
        "problem": problem,
    }


def _readings(item: Known) -> list[dict[str, str]]:
    """The means that a rule reads, with the word that decided."""
    labels = catalogue("means").labels(page_language())
    return [
        {"means": labels[one.means], "key": one.means, "word": one.word, "because": one.because(page_language())}
        for one in item.against
        if not one.verified
    ]


def _row(kind: str, row: Told, item: Known, every: dict[str, MeasureView]) -> dict[str, Any]:
    """A row with its cells; the first is what it says in short."""
    cells = [(words.label(one.name, kind), words.shown(one, getattr(row, one.name))) for one in KINDS[kind].columns]
    head = cells[0][1]
    address = ""
    if isinstance(row, MeasureConflict):
        key = row.other if row.measure == item.measure.key else row.measure
        head, address = every[key].title(page_language()), key
    if isinstance(row, MeasureMeans):
        cells = [cell for cell in cells if cell[0] != words.label("stance", kind)]
        head = f"{head}: {words.choice(row.stance)}"
    return {
        "row": row,
        "head": head,
        "address": address,
        "cells": [cell for cell in cells[1:] if cell[1]],
        "form": f"withdraw-{kind}-{row.pk}",
    }
