"""Analysis of competing hypotheses: rank by what speaks against each, and find the items on which the ranking hangs.

Source: R. J. Heuer, Psychology of Intelligence Analysis (1999), chapter 8: a hypothesis is kept because least speaks
against it, not because most fits it; evidence that fits all alike says nothing; see how sensitive the conclusion is to
a few items.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from types import MappingProxyType

from verband.language.errors import InputError

from .model import AGAINST, HYPOTHESES, METHOD, NOT_DECIDED, VERSION, Cell, Item, Parameters, Result, Score

_BLANK = Cell()
_WIDEST = 4


def rank(items: Sequence[Item], parameters: Parameters | None = None) -> Result:
    """The hypotheses with the least against them first, and whether the first leads by the margin.

    A cell that nobody judged adds nothing and is listed; it is never read as neutral. Without a judged cell, or where
    the next lies within the margin, the first is `not_decided`. Raises InputError("campaigns.likelihood").
    """
    settings = parameters or Parameters()
    scores = _scores(items)
    first, tied = _first(scores, settings)
    hinges = []
    for number, item in enumerate(items):
        without, _ = _first(_scores([*items[:number], *items[number + 1 :]]), settings)
        if without != first:
            hinges.append((item.key, without))
    return Result(
        method=METHOD,
        version=VERSION,
        parameters=settings,
        scores=tuple(scores),
        first=first,
        tied=tied,
        diagnosticity=MappingProxyType({item.key: _diagnosticity(item) for item in items}),
        hinges=tuple(hinges),
        unjudged=tuple((item.key, name) for item in items for name in HYPOTHESES if not _cell(item, name).judged),
    )


def _scores(items: Sequence[Item]) -> list[Score]:
    found = []
    for name in HYPOTHESES:
        cells = [(item, _cell(item, name)) for item in items]
        judged = [(item, cell) for item, cell in cells if cell.judged]
        found.append(
            Score(
                hypothesis=name,
                against=round(sum(item.weight * AGAINST[cell.consistency] for item, cell in judged), 9),
                judged=len(judged),
                strongly=sum(cell.consistency == "II" for _, cell in judged),
                bans=_bans(items, name),
            )
        )
    return sorted(found, key=lambda score: score.against)


def _first(scores: Sequence[Score], settings: Parameters) -> tuple[str, tuple[str, ...]]:
    """The hypothesis that leads by the margin, else `not_decided`; and all within the margin of the least."""
    judged = [score for score in scores if score.judged]
    if not judged:
        return NOT_DECIDED, ()
    least = judged[0].against
    near = tuple(score.hypothesis for score in judged if score.against < least + settings.margin - 1e-9)
    return (near[0] if len(near) == 1 and len(judged) > 1 else NOT_DECIDED), near


def _diagnosticity(item: Item) -> float | None:
    ranks = [cell.rank for name in HYPOTHESES if (cell := _cell(item, name)).judged]
    return (max(ranks) - min(ranks)) / _WIDEST if len(ranks) > 1 else None


def _bans(items: Sequence[Item], name: str) -> float | None:
    """Log10 of the likelihood ratio with coincidence over the items that have both stated."""
    total, stated = 0.0, False
    for item in items:
        here, chance = _cell(item, name).likelihood, _cell(item, "coincidence").likelihood
        for value in (here, chance):
            if value is not None and not 0 < value < 1:
                raise InputError("campaigns.likelihood", value=value)
        if here is not None and chance is not None:
            total, stated = total + math.log10(here / chance), True
    return total if stated else None


def _cell(item: Item, name: str) -> Cell:
    return item.cells.get(name, _BLANK)
