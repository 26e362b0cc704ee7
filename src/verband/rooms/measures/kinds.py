"""The rules of the room as data: which kinds are a measure as well, and which interests an accent and a theme touch."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import msgspec

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.words import closest


class Kind(msgspec.Struct, frozen=True):
    """One kind of commitment: whether it is a measure as well, its words, and why not."""

    measure: bool
    nl: str
    en: str
    reason: str = ""


class _CoverageRule(msgspec.Struct, frozen=True):
    accents: dict[str, tuple[str, ...]]
    themes: dict[str, tuple[str, ...]]


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by key, measures first."""
    return msgspec.convert(_data("measure_kinds.2026")["kinds"], dict[str, Kind])


def kind(word: str) -> str:
    """The key of a kind. Raises InputError("measures.kind_unknown") with the nearest one."""
    if word not in kinds():
        raise InputError("measures.kind_unknown", word=word, nearest=closest(word, kinds()) or ", ".join(kinds()))
    return word


def covered(accent: str, theme: str) -> tuple[str, ...]:
    """The interests that a measure of this accent serves inside this theme, in the order of the catalogue.

    Those that accent and theme share; those of the theme where the accent names none or they share none.
    """
    rule = _coverage()
    of_theme = rule.themes.get(theme, ())
    of_accent = rule.accents.get(accent, ())
    shared = set(of_theme) & set(of_accent) or set(of_theme) or set(of_accent)
    return tuple(entry.key for entry in catalogue("interests").entries if entry.key in shared)


@cache
def _coverage() -> _CoverageRule:
    return msgspec.convert(_data("coverage.2026"), _CoverageRule)


def _data(name: str) -> dict[str, object]:
    return tomllib.loads(files(__package__).joinpath("data", f"{name}.toml").read_text("utf-8"))
