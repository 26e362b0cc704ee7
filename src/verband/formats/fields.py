"""What several tables have in common: cells that hold more than one value, and values as attributes and links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from verband.formats.actors import Actor
from verband.formats.rejects import in_field
from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.ids import stix_id
from verband.language.markings import Marking
from verband.language.means import means_of
from verband.language.records import Attribute, Link
from verband.language.time import Interval, parse_time, span
from verband.language.words import fold

#: What stands in a cell where the source knows nothing.
_NOTHING = frozenset({"", "unknown", "not available", "not stated", "not named", "nan", "none", "n/a", "na", "-"})

_ARCHIVED = re.compile(r"^https?://web\.archive\.org/web/\d+[a-z_]*/(?=https?://)", re.IGNORECASE)
_FOLLOWS_READER = re.compile(r"\?(?:utm_|_r=|__)[^#]*(?:#.*)?$", re.IGNORECASE)


def parts(text: str, separator: str = ";") -> tuple[str, ...]:
    """The values in a cell, each once, without space around them; what says that nothing is known is left out."""
    values = (part.strip() for part in text.split(separator))
    return tuple(dict.fromkeys(value for value in values if fold(value) not in _NOTHING))


def plain(name: str, values: Iterable[str]) -> tuple[Attribute, ...]:
    """One attribute for each value that is not empty, its folded text as the key."""
    return tuple(Attribute(name, fold(value), value) for value in values if fold(value) not in _NOTHING)


def reports(values: Iterable[str]) -> tuple[Attribute, ...]:
    """The addresses on which a row rests, without scheme and closing slash: rows with one address share a report.

    An archived copy counts as the page that it keeps, and what only follows the reader (`?utm_source=...`) is left out.
    """
    found: dict[str, Attribute] = {}
    for value in values:
        address = value.strip()
        page = _FOLLOWS_READER.sub("", _ARCHIVED.sub("", address))
        key = page.partition("://")[2].removeprefix("www.").rstrip("/").casefold()
        if key:
            found.setdefault(key[:300], Attribute("report", key[:300], address[:500]))
    return tuple(found.values())


def means(values: Iterable[str]) -> tuple[Attribute, ...]:
    """The means that these words name, or the words themselves where the catalogue knows none in them."""
    found: dict[str, Attribute] = {}
    for value in values:
        keys = [entry.key for entry in means_of(value)] or [fold(value)]
        for key in keys:
            found.setdefault(key, Attribute("means", key, value))
    return tuple(found.values())


def catalogued(name: str, values: Iterable[str], list_name: str) -> tuple[Attribute, ...]:
    """Attributes with the keys of a catalogue; a word that it does not know keeps its folded text."""
    entries = ((value, catalogue(list_name).find(value)) for value in values)
    found = {entry.key if entry else fold(value): value for value, entry in entries}
    return tuple(Attribute(name, key, value) for key, value in found.items())


def countries(values: Iterable[str]) -> tuple[Attribute, ...]:
    """Countries by code; a region or another word that is no country is left out, it stays in the content."""
    entries = ((value, catalogue("countries").find(value)) for value in values)
    found = {entry.key: value for value, entry in entries if entry}
    return tuple(Attribute("country", key, value) for key, value in found.items())


def countries_named(text: str) -> tuple[Attribute, ...]:
    """The countries that a sentence names, by name or adjective, in its order: `Polish banks` gives PL.

    The longest name counts, so that Guinea-Bissau is not Guinea. A name without a capital is a word like any other.
    """
    spelled, keys = _spelled_countries()
    found: dict[str, str] = {}
    for match in spelled.finditer(text):
        found.setdefault(keys[fold(match[0])], match[0])
    return tuple(Attribute("country", key, word) for key, word in found.items())


@cache
def _spelled_countries() -> tuple[re.Pattern[str], dict[str, str]]:
    keys: dict[str, str] = {}
    names: set[str] = set()
    for entry in catalogue("countries").entries:
        for name in (entry.en, *entry.aliases, *entry.strings("adjective_en")):
            if len(name) > 1 and name[0].isupper():
                keys.setdefault(fold(name), entry.key)
                names.add(name)
    longest_first = "|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name))))
    return re.compile(rf"(?<![\w.])(?:{longest_first})(?!\w)"), keys


def interests(values: Iterable[str]) -> tuple[Attribute, ...]:
    """The interests by key; `all` is each of them.

    Raises InputError("catalogue.unknown_word") with the nearest match.
    """
    known = catalogue("interests")
    found: dict[str, str] = {}
    for word in values:
        for key in known.keys() if fold(word) == "all" else (known.resolve(word).key,):
            found.setdefault(key, word)
    return tuple(Attribute("interest", key, word) for key, word in found.items())


def marking(word: str, column: str) -> str | None:
    """The TLP word in a cell, with or without `TLP:`; None where the cell is empty, then the source's own holds.

    Raises InputError("marking.unknown").
    """
    bare = word.upper().removeprefix("TLP:").strip()
    with in_field(column):
        return Marking(tlp=bare).tlp if bare else None


def degrees(text: str, bound: int, column: str) -> float | None:
    """Degrees between -bound and bound; None for an empty cell. Raises InputError("table.number")."""
    if not text:
        return None
    try:
        value = float(text)
    except ValueError as error:
        raise InputError("table.number", text=text, bound=bound, field=column) from error
    if not -bound <= value <= bound:
        raise InputError("table.number", text=text, bound=bound, field=column)
    return value


def attributed(thing: str, actors: Iterable[Actor]) -> tuple[Link, ...]:
    """One claim of authorship per actor, as uncertain as the record says."""
    found = {actor.id: actor for actor in actors}
    return tuple(Link("attributed-to", thing, actor.id, actor.name) for actor in found.values())


def incident_id(source: str, key: str) -> str:
    """The id of the incident that one source has under this key."""
    return stix_id("incident", source, key)


def interval(first: str, last: str = "", *, order: str = "ymd") -> Interval | None:
    """From the first to the last date; None only where both are empty.

    Raises what `parse_time` and `span` raise: a date that cannot be read is never taken for an unknown one.
    """
    if not first or not last:
        return parse_time(first or last, order=order) if first or last else None
    return span(parse_time(first, order=order), parse_time(last, order=order))


def beginning(text: str, length: int = 300) -> str:
    """The text up to the last whole word within so many characters."""
    text = re.sub(r"\s+", " ", text).strip()
    if len(text) <= length:
        return text
    return text[:length].rsplit(" ", 1)[0].rstrip(",;:") + " …"
