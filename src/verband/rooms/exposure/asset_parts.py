"""Pieces that pages of assets share: claims and conflicts as rows, and what a node's own page shows of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from verband.language.markings import Marking
from verband.rooms.asking import page_language
from verband.rooms.exposure import asset_figures, claims, words
from verband.rooms.exposure.network import Network
from verband.rooms.people.services import Reader


@dataclass(frozen=True)
class Parts:
    """What a page shows more of a node, and the markings of that."""

    shown: dict[str, Any]
    markings: list[Marking]


def of_asset(key: str, found: Network, who: Reader, *, known_on: int | None) -> Parts:
    """Its class, the claims on it and those of them that cover the same days."""
    views = [view for view in claims.standing(who, known_on=known_on) if view.row.asset == key]
    language = page_language()
    names = {key: found.nodes[key].name(language)}
    shown = {
        "asset_class": asset_figures.class_word(found.nodes[key].asset_class, language),
        "claims": [claim_row(view, names) for view in views],
        "conflicts": conflict_rows(claims.conflicts(views), names),
    }
    return Parts(shown, [marking for view in views for marking in view.markings])


def claim_row(view: claims.ClaimView, names: Mapping[str, str]) -> dict[str, Any]:
    """A claim as pages show it."""
    return {
        "view": view,
        "row": view.row,
        "kind": words.choice(view.row.kind),
        "state": words.choice(view.state),
        "asset": names.get(view.row.asset, view.row.asset),
        "answers": [{"row": answer, "answer": words.choice(answer.answer)} for answer in view.answers],
    }


def conflict_rows(found: Sequence[claims.Conflict], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Conflicts as pages show them, with the name of the asset."""
    return [{"conflict": one, "asset": names.get(one.first.row.asset, one.first.row.asset)} for one in found]
