"""What stands beside the options of a case: the toolboxes, what happened before, and the documents to make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from verband.language.markings import Marking
from verband.methods.responding import EUREPOC, Cell, beside_sentence
from verband.rooms.asking import page_language
from verband.rooms.forms import bound
from verband.rooms.people.services import Reader
from verband.rooms.problems import Problem
from verband.rooms.response import before, forms, toolboxes
from verband.rooms.response.before import LikeCases
from verband.rooms.response.cases import CaseView
from verband.rooms.response.options import OptionView

#: The catalogue of each grouping.
WORDS_OF = {"domain": "domains", "means": "means"}


def toolbox_panel(
    view: CaseView, offered: Sequence[OptionView], who: Reader, known_on: int | None, *, writes: bool
) -> tuple[dict[str, Any], list[Marking]]:
    """Types, toolboxes and pillars with the options in each, and the markings of the reasons."""
    found = toolboxes.mapped(view, offered, who, known_on=known_on)
    words = page_language()
    shown: dict[str, Any] = {
        "types": [(key, [one.name(words) for one in held]) for key, held in found.by_type.items()],
        "boxes": [(key, [one.name(words) for one in held]) for key, held in found.by_toolbox.items()],
        "not_mapped": [one.name(words) for one in found.not_mapped],
        "fimi": found.fimi,
        "open": len(found.open_pillars),
        "withdrawals": {},
        "pillars": [{"one": pillar, "names": [one.name(words) for one in pillar.options]} for pillar in found.pillars],
    }
    if writes:
        shown["empty"] = tuple(pillar.key for pillar in found.pillars if pillar.open)
    return shown, [row.marking.value() for pillar in found.pillars for row in pillar.reasons]


def pillar_forms(shown: dict[str, Any], view: CaseView, who: Reader, problem: Problem | None) -> dict[str, Any]:
    """The panel with its forms: a reason for an empty pillar, and taking one back."""
    made = dict(shown)
    if made["empty"]:
        made["form"] = bound(forms.pillar_reason(who, view.key, view.marking.tlp, made["empty"]), problem)
    made["withdrawals"] = {
        row.key: bound(forms.withdrawal("withdraw-pillar", view.key, row.key, row.reason), problem)
        for item in made["pillars"]
        for row in item["one"].reasons
    }
    return made


def before_panel(found: LikeCases, offered: Sequence[OptionView]) -> dict[str, Any]:
    """For each instrument of an option its cells in words and as marks of 0 to 100; never in the order of a figure."""
    words = page_language()
    names = {one.row.instrument: one.name(words) for one in offered if one.instrument}
    return {
        "coded": found.coded,
        "stated": found.stated,
        "unstated": found.unstated,
        "marking": found.marking,
        "groups": [(WORDS_OF[grouping], key) for grouping, key in found.groups],
        "rows": [
            {"name": name, "cells": [cell_of(cell) for cell in found.before[key].cells]} for key, name in names.items()
        ],
        "of": {key: [cell_of(cell) for cell in held.cells] for key, held in found.before.items()},
        "cautions": [*before.cautions(words), beside_sentence(EUREPOC, language=words)],
    }


def cell_of(cell: Cell) -> dict[str, Any]:
    """A cell for a page: its group, its count, and share and interval in percent where it is shown."""
    made: dict[str, Any] = {
        "catalogue": WORDS_OF.get(cell.grouping, ""),
        "group": cell.group,
        "cases": cell.cases,
        "shown": cell.shown,
    }
    if cell.shown and cell.share is not None and cell.low is not None and cell.high is not None:
        low, share, high = (round(100 * value) for value in (cell.low, cell.share, cell.high))
        made |= {"used": cell.used, "low": low, "share": share, "high": high, "width": max(high - low, 1)}
    return made
