"""What registers there are: fields, states, allowed moves and source of each, as committed data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from verband.language.catalogues import catalogue
from verband.language.errors import NotFoundError
from verband.language.policy_texts import cited
from verband.language.words import closest

#: The state before the first step, and the state of a numbered place of which nobody has taken over the text.
BEGIN, NOT_IN_SOURCES = "", "not_in_sources"
REQUIRED = "required"


class Word(msgspec.Struct, frozen=True):
    """A word in both languages. `key` is empty where nothing refers to it."""

    nl: str
    en: str
    key: str = ""

    def label(self, language: str) -> str:
        """The word in `nl` or `en`."""
        return self.nl if language == "nl" else self.en


class RegisterField(msgspec.Struct, frozen=True):
    """A field of an entry. A choice takes its words from `words` or from the catalogue of that name."""

    name: str
    kind: str
    nl: str
    en: str
    required: bool = True
    words: tuple[Word, ...] = ()
    catalogue: str = ""
    no_persons: bool = False
    help_nl: str = ""
    help_en: str = ""

    def label(self, language: str) -> str:
        """Its name in `nl` or `en`."""
        return self.nl if language == "nl" else self.en

    def choices(self, language: str) -> dict[str, str]:
        """Key to word of a choice, in order; empty for other kinds."""
        if self.catalogue:
            return catalogue(self.catalogue).labels(language)
        return {word.key: word.label(language) for word in self.words}

    def shown(self, value: str, language: str) -> str:
        """A stored value as the page says it."""
        return self.choices(language).get(value, value)


class State(msgspec.Struct, frozen=True):
    """A state of an entry; `after` are those that it may follow, `until` whether its step carries a day to look."""

    key: str
    nl: str
    en: str
    after: tuple[str, ...]
    until: str = ""
    ended: bool = False

    def label(self, language: str) -> str:
        """Its name in `nl` or `en`."""
        return self.nl if language == "nl" else self.en


class Matrix(msgspec.Struct, frozen=True):
    """The two fields that a register is laid out by."""

    across: str
    down: str


class Register(msgspec.Struct, frozen=True, kw_only=True):
    """A register. `view` is how its page lays it out: list, pairs, slots or matrix; `slots` how many numbered places.

    `known` are names that stand in the matrix before anything is entered. `source` is where it comes from.
    """

    key: str
    nl: str
    en: str
    question_nl: str
    question_en: str
    first_nl: str
    first_en: str
    note_nl: str
    note_en: str
    owner: str
    source: str
    view: str
    field: tuple[RegisterField, ...]
    state: tuple[State, ...]
    slots: int = 0
    until_nl: str = ""
    until_en: str = ""
    remind_days: int = 0
    matrix: Matrix | None = None
    known: tuple[Word, ...] = ()

    def text(self, name: str, language: str) -> str:
        """`question`, `first`, `note`, `until` or (with an empty name) the register's own name in one language."""
        suffix = "nl" if language == "nl" else "en"
        return str(getattr(self, f"{name}_{suffix}" if name else suffix))

    def cited(self, language: str) -> str:
        """Where the register comes from: title, number, section and line of each policy text."""
        return "; ".join(_cited(part.strip(), language) for part in self.source.split(";"))

    def states(self) -> tuple[str, ...]:
        """The keys of the states, in order."""
        return tuple(one.key for one in self.state)

    def find_state(self, key: str) -> State:
        """The state of that key, which is known to be one."""
        return next(one for one in self.state if one.key == key)

    def next_states(self, state: str) -> tuple[State, ...]:
        """The states that may follow that one; BEGIN for a new entry."""
        return tuple(one for one in self.state if state in one.after)

    def state_words(self, key: str, language: str) -> str:
        """A state as the page says it."""
        if key == NOT_IN_SOURCES:
            return "tekst niet in de bronnen" if language == "nl" else "text not in the sources"
        return self.find_state(key).label(language) if key in self.states() else key


def _cited(text: str, language: str) -> str:
    """`001 Tabel H, line 466` with the title in the place of the text's key."""
    where, _, line = text.rpartition(", line ")
    key, _, section = where.partition(" ")
    return place_words({"source": key, "section": section, "line": line}, language)


def place_words(place: Mapping[str, Any], language: str) -> str:
    """A place in a policy text as it is cited; empty where there is none."""
    found = cited(place, language)
    if found is None:
        return ""
    line = f"{'regel' if language == 'nl' else 'line'} {found.line}" if found.line else ""
    return ", ".join(filter(None, (found.work, found.section, line)))


@cache
def registers() -> tuple[Register, ...]:
    """Every register, in the order of the pages."""
    text = files(__package__).joinpath("data", "registers.2026.toml").read_text("utf-8")
    return msgspec.convert(tomllib.loads(text)["register"], tuple[Register, ...])


def register(key: str) -> Register:
    """One register. Raises NotFoundError("registers.none") with the nearest name."""
    known = {one.key: one for one in registers()}
    if key not in known:
        raise NotFoundError("registers.none", key=key, nearest=closest(key, list(known)) or ", ".join(known))
    return known[key]
