"""Means in free text: which words of the catalogue a source's own words stand for, and which stand for none."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from verband.language.catalogues import Catalogue, Entry, catalogue
from verband.language.words import fold

#: The lists that a means may be mapped to; an empty one is a gap.
MAPPINGS = ("attack_tactics", "disarm_tactics", "jrc_domains", "group_2019")


def means_of(text: str) -> tuple[Entry, ...]:
    """The means that a source's words name, in the order of the catalogue; none where it names none.

    A word of the catalogue is that word; other text is searched for each entry's patterns. A coarse means is left
    out where a finer one under it is found. What is a response as a whole (`procurement restriction`) is no means, and
    lawful protest and opinion name none either (P3).
    """
    if fold(text) in _response_words():
        return ()
    return _named(text, catalogue("means"))


def responses_of(text: str) -> tuple[Entry, ...]:
    """What a responding side does according to these words: entries of `response_means`, in its order."""
    return _named(text, catalogue("response_means"))


def means_gaps(words: Iterable[str]) -> Counter[str]:
    """The words that name neither a means nor a response, each with how often it stands there.

    This is the list to work down: nothing is dropped silently (R013).
    """
    counted = Counter(word for word in words if word.strip())
    return Counter({word: n for word, n in counted.items() if not means_of(word) and not responses_of(word)})


def mapping_gaps(means: Catalogue | None = None) -> tuple[tuple[str, str], ...]:
    """Each (means, mapping) that has nothing mapped, in the order of the catalogue."""
    entries = (means or catalogue("means")).entries
    return tuple((entry.key, mapping) for entry in entries for mapping in MAPPINGS if not entry.strings(mapping))


@cache
def _response_words() -> frozenset[str]:
    return frozenset(word for entry in catalogue("response_means").entries for word in entry.strings("patterns"))


@cache
def _named(text: str, words: Catalogue) -> tuple[Entry, ...]:
    known = words.find(text)
    if known is not None:
        return (known,)
    folded = fold(text)
    found = tuple(entry for entry, pattern in _patterns(words) if pattern.search(folded))
    parents = {entry.fields.get("parent") for entry in found}
    return tuple(entry for entry in found if entry.key not in parents)


@cache
def _patterns(words: Catalogue) -> tuple[tuple[Entry, re.Pattern[str]], ...]:
    compiled = []
    for entry in words.entries:
        parts = (re.escape(pattern).replace(r"\*", r"\w*") for pattern in entry.strings("patterns"))
        compiled.append((entry, re.compile(rf"(?<!\w)(?:{'|'.join(parts) or '(?!)'})(?!\w)")))
    return tuple(compiled)
