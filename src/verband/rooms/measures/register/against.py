"""Which means a measure works against: what people say, and what a rule reads in its own words where nobody did."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from verband.language.catalogues import catalogue
from verband.language.markings import Marking
from verband.language.words import fold
from verband.rooms.measures.reading import MeasureView
from verband.rooms.measures.register.kinds import AGAINST
from verband.rooms.measures.register.models import MeasureMeans


class _Rule(msgspec.Struct, frozen=True):
    words: tuple[str, ...]
    means: str
    nl: str
    en: str


class _Reading(msgspec.Struct, frozen=True):
    version: str
    verified: bool
    rule: tuple[_Rule, ...]


@dataclass(frozen=True)
class Against:
    """One means that a measure works against.

    `number` is that of the row by which a person says so; None for a reading by rule, which is never `verified`, and
    then `word` is the word of the measure that decided, and `because_*` says why.
    """

    means: str
    number: int | None
    verified: bool
    word: str
    because_nl: str
    because_en: str
    marking: Marking

    def because(self, language: str) -> str:
        """The reason in `nl` or `en`; that of a person in the words in which it was given."""
        return self.because_nl if language == "nl" else self.because_en


def against(view: MeasureView, told: Iterable[MeasureMeans]) -> tuple[Against, ...]:
    """The means of a measure, in the order of the catalogue: what people say stands before what a rule reads.

    `told` are the rows about it that stand. A row that says "not against" takes the reading of that means away.
    """
    rows = list(told)
    said = {row.means: _of_row(row) for row in rows if row.stance == AGAINST}
    spoken = {row.means for row in rows}
    read = {one.means: one for one in readings(view) if one.means not in spoken}
    order = catalogue("means").keys()
    return tuple(sorted((*said.values(), *read.values()), key=lambda one: order.index(one.means)))


def readings(view: MeasureView) -> tuple[Against, ...]:
    """What the rules read in titles and anchor of a measure, each means once; none where no rule names it."""
    where = fold(f"{view.title_en} | {view.title_nl} | {view.source.anchor_nl}")
    found: dict[str, Against] = {}
    for rule in _reading().rule:
        word = next((word for word in rule.words if _names(word).search(where)), "")
        if word and rule.means not in found:
            found[rule.means] = Against(rule.means, None, _reading().verified, word, rule.nl, rule.en, view.marking)
    return tuple(found.values())


def lineage(means: str) -> tuple[str, ...]:
    """The means and the coarser ones above it, itself first."""
    found = [means]
    while parent := str(catalogue("means").get(found[-1]).fields.get("parent") or ""):
        found.append(parent)
    return tuple(found)


def _of_row(row: MeasureMeans) -> Against:
    return Against(row.means, row.pk, True, "", row.reason, row.reason, row.marking.value())


@cache
def _reading() -> _Reading:
    text = files("verband.rooms.measures").joinpath("data", "means_reading.2026.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text), _Reading)


@cache
def _names(word: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
