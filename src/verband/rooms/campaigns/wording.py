"""How features, values and weights are said, in Dutch and English: one place for titles, sentences and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from verband.language.catalogues import catalogue
from verband.language.decimals import decimal
from verband.language.words import squash
from verband.methods.connecting import explain
from verband.rooms.campaigns.spelling import spelled

#: Features whose value is said by the catalogue's own word, because a source writes a code.
_CATALOGUES: Mapping[str, str] = {"country": "countries", "domain": "domains"}
#: Features of the method that the catalogue `features` has under another name or not at all.
_FEATURES: Mapping[str, tuple[str, str]] = {
    "time": ("nabijheid in de tijd", "nearness in time"),
    "date": ("nabijheid in de tijd", "nearness in time"),
    "near": ("nabijheid op de kaart", "nearness on the map"),
    "area": ("nabijheid op de kaart", "nearness on the map"),
    "differs": ("verschil", "difference"),
}
#: Features that say how close incidents lie, and name no value that somebody stated.
CLOSENESS = frozenset({"time", "date", "near", "area"})
#: Features whose values are so broad that they name a campaign, or draw it, only where nothing narrower is shared.
BROAD = frozenset({"country", "sector", "place"})
#: Features that say what was done or with what: the strongest of them opens a title.
DOING = frozenset({"means", "technique", "modus", "malware", "vulnerability", "device", "vessel"})
_SHOWN = 60


def feature_word(feature: str, language: str) -> str:
    """The method's word for a feature, else the catalogue's; its own key where nobody gave it one."""
    if feature in _FEATURES:
        return _FEATURES[feature][0 if language == "nl" else 1]
    word = explain.feature_name(feature, language)
    entry = catalogue("features").find(feature) if word == feature else None
    return entry.label(language) if entry else word.replace("_", " ")


def value_word(feature: str, value: str, stated: Mapping[tuple[str, str], str], language: str) -> str:
    """What a reader sees for a value: the catalogue's word for a code, else the source's own word."""
    if feature in _CATALOGUES:
        entry = catalogue(_CATALOGUES[feature]).find(value)
        if entry:
            return entry.label(language)
    known = stated.get((feature, value), "")
    return short(known or spelled(feature, value, stated).replace("_", " "))


def closeness(feature: str, number: int, size: int, language: str) -> str:
    """The sentence that says that so many of a group's incidents lie close together in time or on the map."""
    in_time = feature in ("time", "date")
    if language == "nl":
        rest = "in de tijd dan het ritme van de verzameling verklaart" if in_time else "op de kaart dan te verwachten"
        return f"{number} van de {size} incidenten {'ligt' if number == 1 else 'liggen'} dichter bijeen {rest}."
    rest = "in time than the rhythm of the collection explains" if in_time else "on the map than expected"
    return f"{number} of the {size} incidents {'lies' if number == 1 else 'lie'} closer together {rest}."


def incidents(number: int, language: str) -> str:
    """So many incidents, in words: `1 incident`, `3 incidenten`."""
    return f"{number} incident{'' if number == 1 else 'en' if language == 'nl' else 's'}"


def short(text: str, limit: int = _SHOWN) -> str:
    """The text on one line, cut at a word where it is too long for a title or a label."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def bans(number: float, language: str) -> str:
    """A weight with one decimal and its unit, with the decimal mark of the language."""
    return f"{decimal(number, 1, language)} bans"


def percent(share: float, language: str) -> str:
    """A share as a percentage: one decimal under ten, none above."""
    number = 100 * share
    return f"{decimal(number, 1 if number < 9.95 else 0, language).removesuffix(',0').removesuffix('.0')} %"


def listed(words: Sequence[str], language: str) -> str:
    """Words as a list in a sentence: `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {'en' if language == 'nl' else 'and'} {words[-1]}"


def years(starts: Iterable[int], ends: Iterable[int]) -> str:
    """The years of these moments (seconds since 1970, ends exclusive): `2024` or `2023-2025`; empty for none."""
    found = [_year(start) for start in starts] + [_year(end - 1) for end in ends]
    if not found:
        return ""
    first, last = min(found), max(found)
    return str(first) if first == last else f"{first}-{last}"


def distinct(words: Iterable[str]) -> list[str]:
    """Words in order, without one that says the same as, or is a part of, one before it."""
    found: list[str] = []
    for word in words:
        bare = squash(word)
        if bare and not any(bare in squash(other) or squash(other) in bare for other in found):
            found.append(word)
    return found


def _year(moment: int) -> int:
    return datetime.fromtimestamp(moment, UTC).year
