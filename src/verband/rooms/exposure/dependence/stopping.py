"""The scenario "source X stops": what each product and material loses, under an assumption that the asker states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.words import closest, fold
from verband.methods.depending import supply
from verband.rooms.exposure.dependence.items import TRADE, Item


@dataclass(frozen=True)
class Stopped:
    """What an item loses. `of_all`: the part of all imports of a product, those from within the bloc counted; None of a
    material, whose shares are of the whole.
    """

    item: Item
    loss: supply.Loss
    of_all: float | None


def percent(text: str, *, field: str = "replaced") -> float:
    """A percentage as a fraction; empty is none. Raises InputError("strategic.percent")."""
    if not text.strip():
        return 0.0
    try:
        value = float(text.replace(",", ".").strip().removesuffix("%"))
    except ValueError as error:
        raise InputError("strategic.percent", field=field, value=text) from error
    if not 0 <= value <= 100:
        raise InputError("strategic.percent", field=field, value=text)
    return value / 100


def sources(found: Iterable[Item]) -> list[str]:
    """Every country that is listed with a share, as it is written there, each once and in alphabetical order."""
    return sorted({name for one in found for name, _ in one.newest.shares})


def stop(found: Iterable[Item], source: str, *, replaced: float) -> list[Stopped]:
    """The loss of each item where the source stops, those that list it, the largest loss first.

    A country may be written in more than one way: words of one entry of the catalogue are one source. Raises
    InputError("exposure.country") with the nearest name where no item lists it.
    """
    every = list(found)
    wanted = _country(source)
    names = [name for name in sources(every) if _country(name) == wanted]
    if not names:
        near = closest(source, sources(every)) or ""
        raise InputError("exposure.country", field="source", country=source, nearest=near)
    told = []
    for one in every:
        point = one.newest
        shares = [(source if name in names else name, share) for name, share in point.shares]
        loss = supply.source_stops(shares, source, substitutable=replaced, unlisted=point.unlisted)
        if loss.listed:
            told.append(Stopped(one, loss, _of_all(one, loss)))
    return sorted(told, key=lambda one: -one.loss.lost.value)


def _of_all(one: Item, loss: supply.Loss) -> float | None:
    if one.kind != TRADE:
        return None
    told = one.newest.figure.figures
    imports = told["outside"] + told["inside"] + told["unstated"]
    return loss.lost.value * told["outside"] / imports if imports > 0 else None


def _country(text: str) -> str:
    entry = catalogue("countries").find(text)
    return entry.key if entry else fold(text.strip())
