"""Free phrases as values that two incidents can share: the whole phrase, and each of its telling words.

No token that belongs to the name, an alias or the adjective of an actor is read, so that other actors' names give the
same values (P1).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from verband.language.words import fold

#: Features whose values are free phrases. Every other feature's value is a key as it stands.
PHRASES = frozenset({"target", "technique", "modus", "infrastructure", "device"})
_SHORTEST = 4
_WORD = re.compile(r"[^\W_]+")
_RUN = re.compile(r"\d[\d.,]*\d|[^\W_]+")
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


UNREAD: Final = frozenset(
    (  # noqa: SIM905 - a list this long reads better as text
        "muslim moslim islamic islamitisch islamitische jew jewish jood joods joodse christian christen christelijk "
        "catholic katholiek katholieke protestant sunni shia shiite sjiitisch hindu sikh buddhist religion religious "
        "religie religieus religieuze faith geloof ethnic etnisch etnische protest protester protestor demonstration "
        "demonstrator demonstratie demonstrant betoging betoger activist activism activisme rally strike staking"
    ).split()
)
"""Words for people by faith or descent, and for lawful protest, are evidence for nothing (P3, P12)."""


def values(feature: str, phrase: str, *, without: Collection[str] = frozenset()) -> tuple[str, ...]:
    """The values that one stated value gives, each once: the key itself, or a phrase and its telling words.

    `without` holds folded words of actors' names, aliases and adjectives. A phrase of nothing else, or of UNREAD words
    alone, gives no value.
    """
    if feature not in PHRASES:
        return (phrase,) if phrase else ()
    words = tokens(phrase, without=UNREAD.union(without))
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


@dataclass(frozen=True)
class Names:
    """Names of actors as a text is searched for them: single words, whole names by their first word, and what is left
    of longer names without the single words, by its first.
    """

    words: frozenset[str]
    whole: Mapping[str, tuple[tuple[str, ...], ...]]
    left: Mapping[str, tuple[tuple[str, ...], ...]]


NOBODY = Names(frozenset(), MappingProxyType({}), MappingProxyType({}))


def names(spelled: Iterable[str]) -> Names:
    """The names, aliases and adjectives of actors, ready for `without_actors`.

    A name of one word is never read, a longer one not as a whole. `Ruritanian Cyber Army` is found in the text as
    `Cyber Army` too, so that another adjective in its place leaves no other words behind.
    """
    found = {every_word(name) for name in spelled}
    words = frozenset(parts[0] for parts in found if len(parts) == 1)
    left = {tuple(part for part in parts if part not in words) for parts in found}
    return Names(words, _by_first(found), _by_first(left))


def without_actors(text: str, *, actors: Names = NOBODY) -> str:
    """The text folded, its words in order, and no name of an actor; numbers keep their dots and commas."""
    split = ((word, every_word(word)) for word in _RUN.findall(text))
    said = [(part, word if len(parts) > 1 else part) for word, parts in split for part in parts[:1]]
    said = _leave_out(said, actors.whole)
    said = [pair for pair in said if pair[0] not in actors.words]
    return " ".join(word for _, word in _leave_out(said, actors.left))


def _leave_out(
    said: Sequence[tuple[str, str]], runs: Mapping[str, tuple[tuple[str, ...], ...]]
) -> list[tuple[str, str]]:
    out, place = [], 0
    flat = [word for word, _ in said]
    while place < len(flat):
        run = next((run for run in runs.get(flat[place], ()) if tuple(flat[place : place + len(run)]) == run), ())
        if not run:
            out.append(said[place])
        place += max(1, len(run))
    return out


def _by_first(found: Iterable[tuple[str, ...]]) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Runs of two words or more, longest first."""
    runs: dict[str, list[tuple[str, ...]]] = {}
    for parts in sorted({parts for parts in found if len(parts) > 1}, key=lambda parts: (-len(parts), parts)):
        runs.setdefault(parts[0], []).append(parts)
    return MappingProxyType({first: tuple(rest) for first, rest in runs.items()})


def every_word(text: str) -> tuple[str, ...]:
    """The words of a text, folded and in the singular, in their order; nothing is left out."""
    return tuple(_singular(part) for part in _WORD.findall(fold(text)))


def alike(first: str, second: str) -> bool:
    """Whether two values have a word in common."""
    return not set(_WORD.findall(first)).isdisjoint(_WORD.findall(second))


@cache
def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def folded_tokens(words: Iterable[str]) -> frozenset[str]:
    """Words of names as `tokens` compares them."""
    return frozenset(_singular(part) for word in words for part in _WORD.findall(fold(word)))
