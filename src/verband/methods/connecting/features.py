"""Short phrases as evidence: words and neighbouring words, without stop words and without whatever names an actor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache
from importlib import resources
from itertools import pairwise

LEAST = 2
MOST_SHARE = 0.25
_WORD = re.compile(r"[^\W_]+(?:[.\-][^\W_]+)*")


@cache
def _stop_words() -> frozenset[str]:
    """Dutch and English words that say nothing of an incident, folded."""
    text = resources.files(__package__).joinpath("stopwords.txt").read_text(encoding="utf-8")
    return frozenset(fold(word) for line in text.splitlines() if not line.startswith("#") for word in line.split())


def fold(text: str) -> str:
    """Lower case, without accents."""
    split = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def words(text: str, *, avoid: Collection[str] = frozenset()) -> list[str]:
    """The words of a text in their order, folded, each plural `s` off, without stop words, single letters and `avoid`.

    `avoid`: folded words that belong to an actor's name, alias or country adjective (see `name_words`). A word is
    left out with and without its plural `s`, so that no form of a name is ever evidence (P1).
    """
    out = []
    for word in _WORD.findall(fold(text)):
        bare = word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
        if len(bare) < 2 or word in avoid or bare in avoid or word in _stop_words() or bare in _stop_words():
            continue
        if any(part in avoid for part in re.split(r"[.\-]", word)):
            continue
        out.append(bare)
    return out


def name_words(names: Collection[str]) -> frozenset[str]:
    """The folded words of names, aliases and adjectives, with and without plural `s`: what `avoid` takes."""
    every = {word for name in names for word in re.split(r"[^\w]+|_", fold(name)) if word}
    every |= {fold(name) for name in names}
    return frozenset(every | {word[:-1] for word in every if len(word) > 4 and word.endswith("s")})


def phrases(text: str, *, avoid: Collection[str] = frozenset()) -> list[str]:
    """Words and pairs of neighbouring words of one text, each once, in the order they appear."""
    found = words(text, avoid=avoid)
    pairs = [f"{first} {second}" for first, second in pairwise(found)]
    return list(dict.fromkeys([*found, *pairs]))


def shared_phrases(texts: Sequence[str], *, avoid: Collection[str] = frozenset()) -> list[tuple[str, ...]]:
    """For each text its phrases that at least one other text has, and no more than a quarter of all texts have."""
    rows = [phrases(text, avoid=avoid) for text in texts]
    count: dict[str, int] = {}
    for row in rows:
        for phrase in row:
            count[phrase] = count.get(phrase, 0) + 1
    most = max(LEAST, MOST_SHARE * len(texts))
    return [tuple(phrase for phrase in row if LEAST <= count[phrase] <= most) for row in rows]
