"""Country-neutral wording (P1): what was done may be told of any state; a judgement on a state as such is refused.

The words are an own list. They are looked for beside the name of a state, its adjective with a word for a state, or
"this state": as an attribute ("the evil X"), and behind a form of to be ("X is evil"). A judged deed passes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import msgspec

from verband.language.catalogues import catalogue
from verband.language.errors import InputError

#: Shorter spellings are words of their own as well.
_SHORTEST = 4
#: At most so many words stand between a form of to be and the word that judges.
_BETWEEN = r"(?:[\w'-]+\s+){0,3}"


class _Words(msgspec.Struct, frozen=True):
    judging: tuple[str, ...]
    nouns: tuple[str, ...]
    phrases: tuple[str, ...]
    states: tuple[str, ...]
    articles: tuple[str, ...]
    prepositions: tuple[str, ...]
    copulas: tuple[str, ...]


@dataclass(frozen=True)
class _Patterns:
    anywhere: tuple[re.Pattern[str], ...]
    of_subject: tuple[re.Pattern[str], ...]
    articles: frozenset[str]
    prepositions: frozenset[str]


def judgement(text: str) -> str:
    """The first words that judge a state as such; empty where there are none.

    It looks at no name in particular: with one state's name in the place of another's it finds the same.
    """
    rules = _patterns()
    for pattern in rules.anywhere:
        if found := pattern.search(text):
            return found[0]
    for pattern in rules.of_subject:
        for found in pattern.finditer(text):
            if not _behind_preposition(text[: found.start()], rules):
                return found[0]
    return ""


def refuse_judgements(texts: Mapping[str, str]) -> None:
    """Raise InputError("registers.wording") with the field and the words for the first judgement on a state."""
    for field, text in texts.items():
        if found := judgement(text):
            raise InputError("registers.wording", field=field, words=found)


def _behind_preposition(before: str, rules: _Patterns) -> bool:
    """Whether the words in front of a state make it something else than the subject: `the demand to the ...`."""
    sentence = re.split(r"[.!?;:,]", before)[-1]
    words = re.findall(r"[\w'-]+", sentence.casefold())
    while words and words[-1] in rules.articles:
        words.pop()
    return bool(words) and words[-1] in rules.prepositions


@cache
def _patterns() -> _Patterns:
    text = files(__package__).joinpath("data", "wording.2026.toml").read_text("utf-8")
    words = msgspec.convert(tomllib.loads(text), _Words)
    names, adjectives = _spelled()
    generic = _any(words.states)
    pointed = rf"(?:this|that|the|deze|die|dit|dat|de|het)\s+(?:{generic})"
    state = rf"(?:{_any(names)}|(?:{_any(adjectives)})\s+(?:{generic})|{pointed})"
    adjective = rf"(?:{_any(words.judging)})e?"
    judging = rf"(?:{adjective}|{_any(words.nouns)})"
    described = rf"(?:{_any(names)}|(?:(?:{_any(adjectives)})\s+)?(?:{generic}))"
    end = r"(?!\w)(?!\s+(?:actor|actors|actoren)\b)"
    copula = _any(words.copulas)
    flags = re.IGNORECASE
    return _Patterns(
        anywhere=(
            re.compile(rf"\b(?:{_any(words.phrases)})(?!\w)", flags),
            re.compile(rf"\b{adjective}\s+{described}{end}", flags),
        ),
        of_subject=(
            re.compile(rf"\b{state}\s+(?:{copula})\s+{_BETWEEN}{judging}(?!\w)", flags),
            re.compile(rf"\b{state}\s+(?:[\w'-]+\s+){{0,2}}{judging}\s+(?:{copula})(?!\w)", flags),
        ),
        articles=frozenset(words.articles),
        prepositions=frozenset(words.prepositions),
    )


def _spelled() -> tuple[tuple[str, ...], tuple[str, ...]]:
    names: set[str] = set()
    adjectives: set[str] = set()
    for entry in catalogue("countries").entries:
        names.update(word for word in (entry.nl, entry.en, *entry.aliases) if len(word) >= _SHORTEST)
        for field in ("adjective_en", "adjective_nl", "adjective_nl_inflected"):
            adjectives.update(entry.strings(field))
    return tuple(names), tuple(adjectives)


def _any(words: tuple[str, ...]) -> str:
    """One of the words, the longest first so that a part of a name never stands for the whole."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
