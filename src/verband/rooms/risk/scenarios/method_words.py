"""A risk method in words: what its bands and classes stand for, and what of it nobody has checked."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

from django.utils.translation import gettext as _

from verband.language.decimals import figure
from verband.language.risk_methods import Band, Cell, Criterion, RiskMethod, Scale

LIKELIHOOD = "likelihood"


def name(method: RiskMethod, key: str, language: str) -> str:
    """What a criterion, a part of one, or `likelihood` is called, with its number."""
    if key == LIKELIHOOD:
        return _("Likelihood")
    criterion = method.criterion(key)
    part = next((sub for sub in criterion.subs if sub.key == key), None)
    if part is None:
        return f"{key} {criterion.label(language)}"
    return f"{key} {criterion.label(language)}: {part.label(language)}"


def bands(method: RiskMethod, language: str) -> list[tuple[str, str]]:
    """Each class of likelihood with its word and the chances that it stands for."""
    return [(band.key, f"{band.label(language)}: {_chances(band, language)}") for band in method.bands]


def scale(criterion: Criterion, language: str) -> list[tuple[str, str]]:
    """Each class, or each duration, with what it stands for; empty where the boundaries are not known."""
    shape = criterion.scale
    if shape is None:
        return []
    amounts = _amounts(shape, language)
    if not shape.rows:
        return [(key, said) for key, said in zip(shape.classes, amounts, strict=True)]
    return [
        (row.label(language), "; ".join(f"{said}: {key}" for said, key in zip(amounts, row.classes, strict=True)))
        for row in shape.rows
    ]


def unverified(cells: Iterable[Cell], language: str) -> list[dict[str, str]]:
    """What of the method was used and not checked against its document, with where it comes from."""
    return [{"what": cell.label(language), "source": cell.source} for cell in cells]


def _amounts(shape: Scale, language: str) -> list[str]:
    unit = shape.unit_nl if language == "nl" else shape.unit_en
    said = [_number(bound, language) for bound in shape.bounds]
    first, last = ("<", "≥") if shape.on_boundary == "above" else ("≤", ">")
    between = [f"{low} – {high}" for low, high in itertools.pairwise(said)]
    return [f"{word} {unit}" for word in (f"{first} {said[0]}", *between, f"{last} {said[-1]}")]


def _chances(band: Band, language: str) -> str:
    if band.low is None:
        return f"< {_percent(band.high or 0.0, language)}"
    if band.high is None:
        return f"> {_percent(band.low, language)}"
    return f"{_percent(band.low, language)} – {_percent(band.high, language)}"


def _percent(chance: float, language: str) -> str:
    return f"{figure(100 * chance, language, digits=4)} %"


def _number(amount: float, language: str) -> str:
    for size, nl, en in ((1e9, "mld.", "bn"), (1e6, "mln.", "m")):
        if amount >= size:
            return f"{figure(amount / size, language)} {nl if language == 'nl' else en}"
    return f"{amount:,.0f}".replace(",", "." if language == "nl" else ",")
