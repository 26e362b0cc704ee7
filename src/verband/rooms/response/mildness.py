"""How intrusive an instrument is, and which are permitted at a stated severity. Pure, and it knows no actor (P1, P2).

The thresholds of the real response framework are not public: those here are our own convention, and an installation
sets its own in the catalogue `response_severities`. Whatever it sets, a higher severity never takes a mild option away.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from verband.language.catalogues import Catalogue
from verband.language.errors import InputError
from verband.language.instruments import DIALOGUE, Instrument


@dataclass(frozen=True)
class Severity:
    """A step of severity: its key and the highest step of intrusiveness that it permits (0 = the mildest)."""

    key: str
    permits: int


def steps_up(instruments: Iterable[Instrument]) -> Mapping[str, int]:
    """How many milder instruments stand in a row beneath each one: 0 for the mildest. A ring is walked once."""
    return _steps(tuple(instruments))


def severities(words: Catalogue) -> tuple[Severity, ...]:
    """The steps of a catalogue, lowest first.

    Raises InputError("response.severities") where a higher step permits less than a lower one, or none at all.
    """
    found = tuple(Severity(entry.key, int(str(entry.fields.get("permits", -1)))) for entry in words.entries)
    limits = [one.permits for one in found]
    if not limits or limits[0] < 0 or limits != sorted(limits):
        raise InputError("response.severities", file=f"{words.name}.{words.version}")
    return found


def permitted(instruments: Sequence[Instrument], severity: str, scale: Sequence[Severity]) -> tuple[str, ...]:
    """The keys of the instruments that this severity permits, in their order; dialogue is always one of them.

    What a severity permits, each higher one permits too. Beyond it is no ban: the proportionality note has to say why.
    Raises InputError("response.word") for a severity that the scale has not.
    """
    limit = next((one.permits for one in scale if one.key == severity), None)
    if limit is None:
        raise InputError("response.word", field="severity", word=severity, known=", ".join(one.key for one in scale))
    steps = steps_up(instruments)
    return tuple(one.key for one in instruments if one.key == DIALOGUE or steps[one.key] <= limit)


@lru_cache(maxsize=8)
def _steps(instruments: tuple[Instrument, ...]) -> Mapping[str, int]:
    milder = {one.key: one.milder for one in instruments}

    def steps(key: str, above: frozenset[str]) -> int:
        beneath = [other for other in milder.get(key, ()) if other not in above]
        return 1 + max(steps(other, above | {key}) for other in beneath) if beneath else 0

    return MappingProxyType({key: steps(key, frozenset({key})) for key in milder})
