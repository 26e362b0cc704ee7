"""The instruments a response can be made of: the catalogue `instruments` as frozen values, checked when read.

An installation's own file adds or replaces instruments (P13). One that is marked `existing = false` says in both
languages why the existing ones do not do (P17); without that the file is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import InputError

#: Field of an instrument -> the catalogue that its words come from.
WORDS_OF = {
    "power": "dimefil",
    "areas": "policy_areas",
    "functions": "functions_prevent_mitigate_respond",
    "goals": "response_goals",
    "channels": "response_channels",
    "gate": "response_gates",
    "lead_time": "lead_times",
    "reversibility": "reversibilities",
    "cost": "response_costs",
    "rights": "touched_rights",
    "toolboxes": "response_toolboxes",
    "fimi_pillars": "fimi_pillars",
    "certainty": "statement_certainties",
    "legal_basis_certainty": "statement_certainties",
}
#: Fields that no source states as such: they are our own reading in every entry, whatever its certainty.
OWN_READING = (
    "areas",
    "functions",
    "goals",
    "gate",
    "reversibility",
    "escalation",
    "investment_climate",
    "rights",
    "milder",
)
_MAY_BE_EMPTY = {"toolboxes", "fimi_pillars"}
DIALOGUE = "dialogue"


@dataclass(frozen=True, eq=False)
class Instrument:
    """One instrument with its words; every word is a key of the catalogue named in `WORDS_OF`.

    `channels` stand in order of preference, EU first. `milder` are less intrusive instruments, empty for the mildest.
    `certainty` is how sure the entry is, `legal_basis_certainty` how sure its legal basis; `lead_time` and `cost` are
    `not_known` unless a source states them.
    """

    entry: Entry
    key: str
    power: str
    areas: tuple[str, ...]
    functions: tuple[str, ...]
    goals: tuple[str, ...]
    channels: tuple[str, ...]
    gate: str
    legal_basis: tuple[str, ...]
    legal_basis_certainty: str
    lead_time: str
    reversibility: str
    cost: str
    rights: tuple[str, ...]
    milder: tuple[str, ...]
    toolboxes: tuple[str, ...]
    fimi_pillars: tuple[str, ...]
    certainty: str
    source: str
    existing: bool

    def label(self, language: str) -> str:
        """Its name in `nl` or `en`."""
        return self.entry.label(language)

    def text(self, field: str, language: str) -> str:
        """What the entry says in one language of `definition`, `owner`, `preconditions`, `escalation`,
        `investment_climate` or `why_new`; empty where it says nothing, which is to be shown as not known.
        """
        return str(self.entry.fields.get(f"{field}_{'nl' if language == 'nl' else 'en'}", ""))

    @property
    def national_only(self) -> bool:
        """Whether there is no other channel than the national one; a package of these alone needs reasons (R031)."""
        return set(self.channels) == {"national"}

    def gaps(self) -> tuple[str, ...]:
        """What keeps it from being offered: `owner`, `legal_basis` (none, or none that a source states); () if nothing
        does. Who fills a gap is a lawyer, not the software (R032).
        """
        missing = [] if self.text("owner", "nl") and self.text("owner", "en") else ["owner"]
        stated = bool(self.legal_basis) and self.legal_basis_certainty == "stated"
        return tuple(missing if stated else [*missing, "legal_basis"])


@cache
def instruments(*, version: str | None = None, directory: Path | None = None) -> tuple[Instrument, ...]:
    """Every instrument, in the order of the catalogue; dialogue is always the first.

    `directory` holds an installation's own files, as for `catalogue`.
    Raises InputError("instrument.word") for a word that its catalogue does not know, ("instrument.why_new") for a new
    instrument without the reason why existing ones do not do, ("instrument.no_dialogue"), or what `catalogue` raises.
    """
    words = catalogue("instruments", version=version, directory=directory)
    found = tuple(_instrument(entry) for entry in words.entries)
    known = {item.key for item in found}
    for item in found:
        for other in item.milder:
            if other not in known or other == item.key:
                raise InputError("instrument.word", instrument=item.key, field="milder", word=other)
    if not found or found[0].key != DIALOGUE:
        raise InputError("instrument.no_dialogue", file=f"{words.name}.{words.version}")
    return found


def instrument(key: str, *, version: str | None = None, directory: Path | None = None) -> Instrument:
    """The instrument with this key. Raises InputError("catalogue.unknown_word") with the nearest one, or what
    `instruments` raises.
    """
    catalogue("instruments", version=version, directory=directory).get(key)
    return next(item for item in instruments(version=version, directory=directory) if item.key == key)


def within(offered: Iterable[Instrument], *, lead_time: str) -> tuple[tuple[Instrument, ...], tuple[Instrument, ...]]:
    """Those known to work within a lead time (a key of `lead_times`), and apart those of which it is not known.

    Raises InputError("catalogue.unknown_word") for another word.
    """
    order = catalogue("lead_times").keys()
    longest = order.index(catalogue("lead_times").get(lead_time).key)
    listed = tuple(offered)
    unknown = tuple(item for item in listed if item.lead_time == "not_known")
    return tuple(item for item in listed if item not in unknown and order.index(item.lead_time) <= longest), unknown


def _instrument(entry: Entry) -> Instrument:
    for field, words in WORDS_OF.items():
        known = catalogue(words).keys()
        values = entry.strings(field)
        if not values and field not in _MAY_BE_EMPTY:
            raise InputError("instrument.word", instrument=entry.key, field=field, word="")
        for word in values:
            if word not in known:
                raise InputError("instrument.word", instrument=entry.key, field=field, word=word)
    existing = bool(entry.fields.get("existing", True))
    if not existing and not (entry.fields.get("why_new_nl") and entry.fields.get("why_new_en")):
        raise InputError("instrument.why_new", instrument=entry.key)
    order = catalogue("response_channels").keys()
    return Instrument(
        entry=entry,
        key=entry.key,
        power=_one(entry, "power"),
        areas=entry.strings("areas"),
        functions=entry.strings("functions"),
        goals=entry.strings("goals"),
        channels=tuple(sorted(entry.strings("channels"), key=order.index)),
        gate=_one(entry, "gate"),
        legal_basis=entry.strings("legal_basis"),
        legal_basis_certainty=_one(entry, "legal_basis_certainty"),
        lead_time=_one(entry, "lead_time"),
        reversibility=_one(entry, "reversibility"),
        cost=_one(entry, "cost"),
        rights=entry.strings("rights"),
        milder=entry.strings("milder"),
        toolboxes=entry.strings("toolboxes"),
        fimi_pillars=entry.strings("fimi_pillars"),
        certainty=_one(entry, "certainty"),
        source=entry.source,
        existing=existing,
    )


def _one(entry: Entry, field: str) -> str:
    values = entry.strings(field)
    if len(values) != 1:
        raise InputError("instrument.word", instrument=entry.key, field=field, word=", ".join(values))
    return values[0]
