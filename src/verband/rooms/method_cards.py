"""Algorithm cards: what each method is for, reads, never reads, and who decides, from the card beside its code."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from verband.language.catalogues import catalogue


@dataclass(frozen=True)
class MethodCard:
    """The card of one method in one language: its word, and rows of a name and the one or more texts under it."""

    key: str
    name: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@cache
def cards(language: str) -> tuple[MethodCard, ...]:
    """The card of each method that has one, by the method's key; a field without that language is left in English."""
    return tuple(
        _card(folder.name, tomllib.loads(folder.joinpath("card.toml").read_text("utf-8")), language)
        for folder in _folders(files("verband.methods"))
    )


def _folders(above: Traversable) -> Iterator[Traversable]:
    """The folders that hold a card, at any depth, each before those in it."""
    for folder in sorted((item for item in above.iterdir() if item.is_dir()), key=lambda item: item.name):
        if folder.joinpath("card.toml").is_file():
            yield folder
        yield from _folders(folder)


def card(key: str, language: str) -> MethodCard | None:
    """The card of one method; None for a method that has none."""
    return next((one for one in cards(language) if one.key == key), None)


def _card(key: str, raw: Mapping[str, Any], language: str) -> MethodCard:
    entry = catalogue("methods").find(key)
    name = entry.label(language) if entry else key
    with override(language):
        names = _names()
    rows = [(names.get(field, field.replace("_", " ")), _texts(value, language)) for field, value in raw.items()]
    return MethodCard(key, name, tuple((field, (name,) if texts == (key,) else texts) for field, texts in rows))


def _texts(value: Any, language: str) -> tuple[str, ...]:
    if isinstance(value, Mapping):
        value = value.get(language, value.get("en", ""))
    return tuple(str(part) for part in value) if isinstance(value, list) else (str(value),)


def _names() -> dict[str, str]:
    return {
        "method": _("method"),
        "version": _("version"),
        "purpose": _("purpose"),
        "inputs": _("what it reads"),
        "not_used": _("what it never reads"),
        "human_role": _("what a person does"),
        "how": _("how it works"),
        "tests": _("how it is tested"),
        "limits": _("limits"),
    }
