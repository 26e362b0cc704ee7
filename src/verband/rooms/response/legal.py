"""Instruments as sheets: what the catalogue knows, which legal basis somebody looked up, and what keeps one from use.

An instrument without an owner or a legal basis that a source states cannot be offered (R032). A person who looked the
basis up keeps it here, with its source; the software fills none in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.instruments import Instrument, instrument, instruments, within
from verband.language.markings import Marking
from verband.rooms.people.services import Reader
from verband.rooms.response import keeping
from verband.rooms.response.models import LegalBasis


@dataclass(frozen=True)
class Sheet:
    """An instrument with what people looked up; `missing` holds `owner` and `legal_basis` if nobody knows them."""

    instrument: Instrument
    given: tuple[LegalBasis, ...]
    missing: tuple[str, ...]

    @property
    def key(self) -> str:
        """The instrument's key."""
        return self.instrument.key

    @property
    def offerable(self) -> bool:
        """Whether an option may use it."""
        return not self.missing

    @property
    def markings(self) -> tuple[Marking, ...]:
        """The markings of what people looked up."""
        return tuple(one.marking.value() for one in self.given)


@dataclass(frozen=True)
class Wanted:
    """What a list of instruments is filtered by, each a key of its catalogue or empty.

    `lead_time` keeps those known to work within it; the others are kept apart.
    """

    lead_time: str = ""
    power: str = ""
    gate: str = ""


def sheets(who: Reader, *, known_on: int | None = None) -> tuple[Sheet, ...]:
    """Every instrument, existing ones first, each group in the order of the catalogue (P17)."""
    given: dict[str, list[LegalBasis]] = {}
    for row in reversed(keeping.standing(LegalBasis, who, known_on=known_on)):
        given.setdefault(row.instrument, []).append(row)
    listed = sorted(instruments(), key=lambda one: not one.existing)
    return tuple(_sheet(one, given.get(one.key, ())) for one in listed)


def sheet(key: str, who: Reader, *, known_on: int | None = None) -> Sheet:
    """One instrument. Raises InputError("catalogue.unknown_word")."""
    rows = keeping.standing(LegalBasis, who, known_on=known_on, instrument=key)
    return _sheet(instrument(key), list(reversed(rows)))


def filtered(found: Sequence[Sheet], wanted: Wanted) -> tuple[tuple[Sheet, ...], tuple[Sheet, ...]]:
    """The sheets that match, and apart those that match but for a lead time that is not known.

    Raises InputError("response.word") for a word that its catalogue has not.
    """
    for field, name in (("lead_time", "lead_times"), ("power", "dimefil"), ("gate", "response_gates")):
        if word := getattr(wanted, field):
            keeping.chosen(field, word, name)
    kept = [
        one for one in found if wanted.power in ("", one.instrument.power) and wanted.gate in ("", one.instrument.gate)
    ]
    if not wanted.lead_time:
        return tuple(kept), ()
    soon, unknown = within((one.instrument for one in kept), lead_time=wanted.lead_time)
    by_key = {one.key: one for one in kept}
    if wanted.lead_time == "not_known":
        return tuple(by_key[one.key] for one in unknown), ()
    return tuple(by_key[one.key] for one in soon), tuple(by_key[one.key] for one in unknown)


def demand_offerable(key: str, who: Reader) -> Sheet:
    """The instrument, which may be offered. Raises InputError("response.not_offered") with what is missing."""
    found = sheet(key, who)
    if not found.offerable:
        missing = found.missing
        code = "response.not_offered" if missing == ("legal_basis",) else "response.not_offered_owner"
        raise InputError(code, field="instrument", instrument=key, missing=missing)
    return found


def look_up(key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> LegalBasis:
    """Keep the legal basis of an instrument: `basis` (text and article), `owner` where the catalogue has none,
    `source` (where it was read), `marking`.

    Raises InputError("response.empty"), ("response.word") for an unknown instrument, and what `keeping.keep` raises.
    """
    keeping.chosen("basis", key, "instruments")
    found = instrument(key)
    owner = values.get("owner", "")
    fields = {
        "key": keeping.new_key("legal", key, values.get("basis", ""), who=who, now=now),
        "instrument": key,
        "instrument_version": catalogue("instruments").version,
        "basis": keeping.filled("basis", values.get("basis", "")),
        "owner": keeping.filled("owner", owner, most=keeping.TITLE)
        if "owner" in found.gaps()
        else keeping.short("owner", owner, most=keeping.TITLE),
    }
    return keeping.keep(
        LegalBasis,
        act="legal basis of an instrument kept",
        about=f"instrument {key}",
        fields=fields,
        source=keeping.filled("source", values.get("source", "")),
        who=who,
        now=now,
        marking=values.get("marking", ""),
    )


def withdraw(key: str, *, reason: str, who: Reader, now: datetime) -> LegalBasis:
    """Take a legal basis back, with a reason. Raises what `keeping.withdraw` raises."""
    row = keeping.find(LegalBasis, key, who)
    about = f"instrument {row.instrument}"
    return keeping.withdraw(
        row, act="legal basis of an instrument withdrawn", about=about, reason=reason, who=who, now=now
    )


def exported(found: Sequence[Sheet], language: str) -> list[dict[str, object]]:
    """A row for each instrument."""
    names = ("definition", "owner", "preconditions", "escalation", "investment_climate")
    return [
        {
            "instrument": one.key,
            "name": one.instrument.label(language),
            **{name: one.instrument.text(name, language) for name in names},
            "power": one.instrument.power,
            "areas": list(one.instrument.areas),
            "goals": list(one.instrument.goals),
            "channels": list(one.instrument.channels),
            "gate": one.instrument.gate,
            "legal_basis": list(one.instrument.legal_basis),
            "legal_basis_certainty": one.instrument.legal_basis_certainty,
            "legal_basis_looked_up": [f"{row.basis} ({row.source})" for row in one.given],
            "lead_time": one.instrument.lead_time,
            "cost": one.instrument.cost,
            "reversibility": one.instrument.reversibility,
            "rights": list(one.instrument.rights),
            "milder": list(one.instrument.milder),
            "toolboxes": list(one.instrument.toolboxes),
            "fimi_pillars": list(one.instrument.fimi_pillars),
            "offered": one.offerable,
            "missing": list(one.missing),
            "source": one.instrument.source,
        }
        for one in found
    ]


def _sheet(found: Instrument, given: Sequence[LegalBasis]) -> Sheet:
    missing = []
    for gap in found.gaps():
        if gap == "legal_basis" and given:
            continue
        if gap == "owner" and any(row.owner for row in given):
            continue
        missing.append(gap)
    return Sheet(found, tuple(given), tuple(missing))
