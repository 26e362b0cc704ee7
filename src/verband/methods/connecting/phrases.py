"""Free phrases as values that two incidents can share: the whole phrase, and each of its telling words.

No token that belongs to the name, an alias or the adjective of an actor is read, so that other actors' names give the
same values (P1).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import cache

from verband.language.words import fold

#: Features whose values are free phrases. Every other feature's value is a key as it stands.
PHRASES = frozenset({"target", "technique", "modus", "infrastructure", "device"})
_SHORTEST = 4
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    (  # noqa: SIM905 - a list this long reads better as text
        "about across after against also and another around based been before being between both during each "
        "from have his into its more most near only other over same several since such than that their them "
        "then there these they this those through under until upon used using were when where which while "
        "with within without would aan als bij dan dat de der des deze die dit door een en haar het hun in is "
        "met naar nog of om onder ook op over per te tegen tot tussen uit van via voor waar was werd werden "
        "wordt zijn zonder attack attacks attempt attempted case cases claimed company companies country "
        "countries group groups incident incidents international large local national network people person "
        "persons public reported state states system systems unknown various website websites "
    ).split()
)


def values(feature: str, phrase: str, *, without: Collection[str] = frozenset()) -> tuple[str, ...]:
    """The values that one stated value gives, each once: the key itself, or a phrase and its telling words.

    `without` holds folded words of actors' names, aliases and adjectives. A phrase of nothing else gives no value.
    """
    if feature not in PHRASES:
        return (phrase,) if phrase else ()
    words = tokens(phrase, without=without)
    whole = " ".join(words)
    return tuple(dict.fromkeys((whole, *words))) if whole else ()


def tokens(text: str, *, without: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Telling words of a text in order, each once: folded, four letters or more, no stop word, no word of an actor."""
    found = (_singular(word) for word in _WORD.findall(fold(text)))
    return tuple(
        dict.fromkeys(
            word
            for word in found
            if len(word) >= _SHORTEST and not word.isdigit() and word not in _STOP and word not in without
        )
    )


def alike(first: str, second: str) -> bool:
    """Whether two values have a word in common."""
    return not set(_WORD.findall(first)).isdisjoint(_WORD.findall(second))


@cache
def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def folded_tokens(words: Iterable[str]) -> frozenset[str]:
    """Words of names as `tokens` compares them."""
    return frozenset(_singular(part) for word in words for part in _WORD.findall(fold(word)))
