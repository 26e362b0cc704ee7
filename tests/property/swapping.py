"""A bijection over actors: every spelling of one becomes a spelling of another, in texts and in the alias table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from verband.formats.actors import Actor, Actors
from verband.language.words import fold, squash

#: Where it happened is a place, not an actor: another country's name there, with the old coordinates and code, would
#: make another event. Everything else in a row is swapped.
PLACES = frozenset({"country", "place", "lat", "lon"})
_SHORTEST = 3
_ARTICLE = "the "


class Swap:
    """Swaps spellings one for one. `to_other` and `back` undo each other on any text that holds whole spellings."""

    def __init__(self, pairs: Mapping[str, str]) -> None:
        assert sorted(pairs) == sorted(pairs.values())
        self.pairs = dict(pairs)
        # `PawnStorm` in the alias table is another spelling of `Pawn Storm`: it goes where that goes.
        self._known = {squash(old): new for old, new in pairs.items()}
        self._there = _table(pairs.items())
        self._back = _table((new, old) for old, new in pairs.items())

    def to_other(self, text: str) -> str:
        """The text with every spelling replaced."""
        return _replaced(text, *self._there)

    def back(self, text: str) -> str:
        """The text with every replaced spelling as it was."""
        return _replaced(text, *self._back)

    def row(self, cells: Mapping[str, str]) -> dict[str, str]:
        """A row of a table with every spelling replaced but for the places."""
        return {name: cell if name in PLACES else self.to_other(cell) for name, cell in cells.items()}

    def actors(self, groups: Iterable[Actor], countries: Iterable[Actor]) -> Actors:
        """The alias table with the same actors (the same ids) under their new spellings."""
        return Actors(map(self._actor, groups), map(self._actor, countries))

    def _actor(self, actor: Actor) -> Actor:
        known = self._known

        def other(words: Iterable[str]) -> tuple[str, ...]:
            return tuple(known.get(squash(word)) or _with_article(self.pairs, word) for word in words)

        (name,) = other((actor.name,))
        return Actor(actor.id, name, other(actor.aliases), actor.kind, other(actor.adjectives), other(actor.words))


def swap(every: Sequence[Actor], order: Sequence[Actor]) -> Swap:
    """Each actor of `order` takes the spellings of the next one, the last those of the first.

    Kind goes to kind: name to name, adjective to adjective. What the longer list has over goes to the next that has
    some over as well. A spelling that two actors bear, or that is too short to be resolved, stays; `the X` follows `X`.
    """
    bearers: dict[str, set[str]] = {}
    for actor in every:
        for word in actor.spelled():
            bearers.setdefault(squash(word), set()).add(actor.id)

    def own(words: Iterable[str]) -> list[str]:
        long = [word for word in words if len(squash(word)) >= _SHORTEST and not word.startswith(_ARTICLE)]
        return [word for word in long if len(bearers[squash(word)]) == 1]

    taken: set[str] = set()
    lists = []
    for actor in order:
        slots = []
        for words in ((actor.name,), actor.aliases, actor.adjectives, actor.words):
            fresh = [word for word in own(words) if squash(word) not in taken and not taken.add(squash(word))]
            slots.append(fresh)
        lists.append(slots)
    pairs: dict[str, str] = {}
    for slot in range(4):
        for row in zip_longest(*(slots[slot] for slots in lists)):
            here = [word for word in row if word is not None]
            pairs |= dict(zip(here, [*here[1:], *here[:1]], strict=True))
    return Swap(pairs)


def _with_article(pairs: Mapping[str, str], word: str) -> str:
    bare = word.removeprefix(_ARTICLE)
    return f"{_ARTICLE}{pairs[bare]}" if bare != word and bare in pairs else word


def _table(pairs: Iterable[tuple[str, str]]) -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = {}
    for old, new in pairs:
        words[old.casefold()] = new
        words.setdefault(fold(old), fold(new))
    longest_first = sorted(words, key=len, reverse=True)
    spelled = "|".join(map(re.escape, longest_first)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{spelled})(?!\w)", re.IGNORECASE), words


def _replaced(text: str, pattern: re.Pattern[str], words: Mapping[str, str]) -> str:
    def one(match: re.Match[str]) -> str:
        found = match[0]
        new = words[found.casefold()]
        return new.lower() if found.islower() else new

    return pattern.sub(one, text)
