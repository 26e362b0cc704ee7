"""How the words that the method compares stand in the sources: whole, as they are most often spelled.

The method compares words folded and in the singular, and half a word with a dash in it by itself. A reader sees the
word as it stands there. No name of an actor comes along with a dash: of `Ruritania-linked` only `linked` is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from verband.formats import actors
from verband.methods import connecting as method
from verband.methods.connecting import phrases
from verband.rooms.picture import services as picture

__all__ = ["Stated", "actor_names", "actor_words", "spelled", "stated_words", "text_words"]

Stated = Mapping[tuple[str, str], str]
_DASH = re.compile(r"[-\u2010\u2011]")
_WORD = re.compile(r"[^\W_]+(?:[-\u2010\u2011][^\W_]+)*")
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*\d(?!\w)")


def stated_words(views: Sequence[picture.IncidentView]) -> dict[tuple[str, str], str]:
    """For each feature and value the source's own word: the most frequent form, of several the first seen.

    A telling word of a phrase has the form in which it stands there. Of a phrase of which the method read less, because
    it names an actor, only the words that were read are shown.
    """
    whole: dict[tuple[str, str], Counter[str]] = {}
    words: dict[tuple[str, str], Counter[str]] = {}
    for view in views:
        for record in view.records:
            for value in record.values:
                for key, form in _phrases(value):
                    whole.setdefault((value.name, key), Counter())[form] += 1
                if value.name in phrases.PHRASES:
                    for key, form in _words(value.stated):
                        words.setdefault((value.name, key), Counter())[form] += 1
    return {key: _usual(forms) for key, forms in words.items()} | {
        key: forms.most_common(1)[0][0] for key, forms in whole.items()
    }


def text_words(views: Sequence[picture.IncidentView]) -> dict[tuple[str, str], str]:
    """The same for the words and numbers of titles and summaries."""
    found: dict[tuple[str, str], Counter[str]] = {}
    for view in views:
        for record in view.records:
            text = f"{record.name} {record.summary}"
            numbers = ((re.sub(r"\D", "", number), number) for number in _NUMBER.findall(text))
            for key, form in (*_words(text), *numbers):
                found.setdefault((method.WORDING, key), Counter())[form] += 1
    return {key: _usual(forms) for key, forms in found.items()}


def spelled(feature: str, value: str, stated: Stated) -> str:
    """The value as it stands in the sources; of several words of a text each."""
    if feature == method.WORDING:
        return ", ".join(stated.get((feature, word), word) for word in value.split(", "))
    return stated.get((feature, value), value)


@cache
def actor_names() -> phrases.Names:
    """Names, aliases and adjectives of actors, as a text is searched for them."""
    return phrases.names(actors.actor_names())


@cache
def actor_words() -> frozenset[str]:
    """Folded words of actors' names, aliases and adjectives, which are never read."""
    return phrases.folded_tokens(actors.actor_tokens())


def _phrases(value: picture.Value) -> Iterator[tuple[str, str]]:
    """The stated value as a whole, and what the method makes of it where it is a phrase."""
    yield value.value, value.stated
    if value.name not in phrases.PHRASES:
        return
    unread = phrases.UNREAD | actor_words()
    whole, read = phrases.tokens(value.value), phrases.tokens(value.value, without=unread)
    key = " ".join(read)
    if key and key != value.value and len(read) > 1:
        kept = (form for word, form in _words(value.stated) if word in read)
        yield key, value.stated if read == whole else " ".join(dict.fromkeys(kept))


def _words(text: str) -> Iterator[tuple[str, str]]:
    """The telling words of a text as the method compares them, each with the word in which it stands."""
    for word in _WORD.findall(text):
        named = len(phrases.without_actors(word, actors=actor_names()).split()) < len(_DASH.split(word))
        for part in _DASH.split(word):
            for key in phrases.tokens(part):
                yield key, part if named else word


def _usual(forms: Counter[str]) -> str:
    """The most frequent form without a dash, else the most frequent one."""
    alone = Counter({form: count for form, count in forms.items() if not _DASH.search(form)})
    return (alone or forms).most_common(1)[0][0]
