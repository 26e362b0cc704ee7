"""Options: an instrument with what exactly, why it should work, what it costs, and what would show that it works.

Nothing here reads an actor's name (P1). Options stand in the order of their channel, EU and NATO first, then from mild
to intrusive; there is no score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.instruments import Instrument, instrument, instruments
from verband.language.markings import Marking
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping, legal, machine, mildness
from verband.rooms.response.cases import demand_open
from verband.rooms.response.lacking import Offered
from verband.rooms.response.legal import Sheet
from verband.rooms.response.models import Case, Indicator, Option
from verband.rooms.response.registers import offering
from verband.rooms.response.registers.reading import EntryView

#: The key of an instrument that is in no catalogue (P17), and the step that it stands on: above all others.
OWN, OWN_STEPS = "own", 99
EU = "eu"


@dataclass(frozen=True)
class OptionView:
    """An option as one reader sees it. `steps` is how intrusive its instrument is (0 = the mildest).

    `instrument` is None for an own one; `beyond` says that it is more intrusive than the severity of the case permits
    by this installation's convention. `sheet` is the instrument with the legal basis that people looked up. `basis` and
    `coalition` are the entries of the registers that it names, None where it names none or the reader may not see it.
    """

    row: Option
    sheet: Sheet | None
    indicators: tuple[Indicator, ...]
    steps: int
    beyond: bool
    basis: EntryView | None = None
    coalition: EntryView | None = None

    @property
    def key(self) -> str:
        """Its key."""
        return self.row.key

    @property
    def instrument(self) -> Instrument | None:
        """Its instrument of the catalogue."""
        return self.sheet.instrument if self.sheet else None

    @property
    def legal_basis(self) -> tuple[str, ...]:
        """Every legal basis: of the catalogue, as people looked it up, or as an own instrument was given it."""
        if self.sheet is None:
            return (self.row.own_legal_basis,) if self.row.own_legal_basis else ()
        return (*self.sheet.instrument.legal_basis, *(f"{one.basis} ({one.source})" for one in self.sheet.given))

    @property
    def markings(self) -> tuple[Marking, ...]:
        """The markings of all that the view shows."""
        of_indicators = (one.marking.value() for one in self.indicators)
        return (self.marking, *of_indicators, *(self.sheet.markings if self.sheet else ()))

    @property
    def marking(self) -> Marking:
        """Its marking."""
        return self.row.marking.value()

    def name(self, language: str) -> str:
        """The instrument's name in `nl` or `en`; an own one as it was named."""
        return self.instrument.label(language) if self.instrument else self.row.own_name

    def offered(self, language: str) -> Offered:
        """The option as far as completeness goes."""
        row = self.row
        return Offered(
            key=row.key,
            name=self.name(language),
            instrument=row.instrument,
            steps=self.steps,
            channel=row.channel,
            goals=tuple(row.goals),
            proportionality=row.proportionality,
            alternative=row.alternative,
            chances=row.chances,
            risks=row.risks,
            indicators=len(self.indicators),
            beyond=self.beyond,
            offerable=self.sheet.offerable if self.sheet else bool(self.row.own_legal_basis),
        )


def add(
    case_key: str,
    values: Mapping[str, str],
    *,
    goals: Sequence[str],
    who: Reader,
    now: datetime,
    replaces: Option | None = None,
) -> Option:
    """Write an option with its first indicator.

    `values`: `instrument` (a key, or `own` with `own_name`, `own_gate`,
    `own_legal_basis` and `why_new`), `what`, `owner`, `theory`,
    `channel`, `eu_type` (exactly when the channel is the EU), `downside`, `reaction`, `reversibility`, `source`,
    `marking`, and what may come later but is Needed before it is submitted: `proportionality`, `alternative`,
    `chances`, `risks`, `indicator` with `observe_on`. `basis` and `coalition` may name entries of the registers.
    Raises InputError("response.empty"), ("response.downside"), ("response.why_new"), ("response.eu_type"),
    ("response.no_eu_type"), ("response.channel"), ("response.scope"), ("response.not_offered") for an instrument
    without owner or legal basis (R032), what `offering.demand_basis` and `offering.demand_coalition` raise, and what
    `keeping` raises.
    """
    row = keeping.find_standing(Case, case_key, who)
    demand(who, keeping.PREPARE)
    demand_open(row, who)
    fields = _fields(values, goals) | {"case": row, "replaces": replaces}
    looked_up = () if fields["instrument"] == OWN else legal.demand_offerable(str(fields["instrument"]), who).markings
    fields["key"] = keeping.new_key("option", case_key, values.get("instrument", ""), values["what"], who=who, now=now)
    source = keeping.filled("source", values.get("source", ""))
    named = _named(values, str(fields["channel"]), who, now)
    watched = _indicator(values) if values.get("indicator") or values.get("observe_on") else None
    refuse_contact(who, **{name: value for name, value in fields.items() if name != "key"}, source=source)
    refuse_contact(who, indicator=values.get("indicator", ""))
    with transaction.atomic():
        made = keeping.keep(
            Option,
            act="response option written",
            about=f"response {case_key}",
            fields=fields,
            source=source,
            who=who,
            now=now,
            marking=values.get("marking", ""),
            rests_on=(row.marking.value(), *looked_up, *named, *((replaces.marking.value(),) if replaces else ())),
        )
        if watched:
            _keep_indicator(made, watched, source, who, now)
    return made


def watch(option_key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> Indicator:
    """Add an indicator to an option: `indicator` and `observe_on`. Raises what `keeping` raises."""
    row = keeping.find_standing(Option, option_key, who)
    return _keep_indicator(row, _indicator(values), row.source, who, now)


def withdraw(option_key: str, *, reason: str, who: Reader, now: datetime) -> Option:
    """Take an option back, with a reason. Raises what `keeping.withdraw` raises."""
    row = keeping.find(Option, option_key, who)
    about = f"response {row.case.key}"
    return keeping.withdraw(row, act="response option withdrawn", about=about, reason=reason, who=who, now=now)


def option(key: str, who: Reader, *, known_on: int | None = None) -> OptionView:
    """One option, withdrawn or not. Raises NotFoundError("response.none")."""
    return view(keeping.find(Option, key, who, known_on=known_on), who, known_on=known_on)


def options(case: Case, who: Reader, *, known_on: int | None = None) -> tuple[OptionView, ...]:
    """The standing options of a case, by channel in order of preference, then from mild to intrusive."""
    found = [view(row, who, known_on=known_on) for row in keeping.standing(Option, who, known_on=known_on, case=case)]
    return ordered(found)


def ordered(found: Sequence[OptionView]) -> tuple[OptionView, ...]:
    """Options by channel in order of preference, from mild to intrusive, in the order in which they were written."""
    channels = catalogue("response_channels").keys()
    oldest = sorted(found, key=lambda one: (one.row.kept_at, one.row.pk))
    return tuple(sorted(oldest, key=lambda one: (channels.index(one.row.channel), one.steps)))


def view(row: Option, who: Reader, *, known_on: int | None = None) -> OptionView:
    """An option with its indicators, earliest day first."""
    found = keeping.standing(Indicator, who, known_on=known_on, option=row)
    known = {one.key for one in instruments()}
    sheet = legal.sheet(row.instrument, who, known_on=known_on) if row.instrument in known else None
    return OptionView(
        row=row,
        sheet=sheet,
        indicators=tuple(sorted(found, key=lambda one: (one.observe_on, one.pk))),
        steps=mildness.steps_up(instruments())[sheet.key] if sheet else OWN_STEPS,
        beyond=row.instrument not in permitted(row.case.severity),
        basis=offering.named(offering.LEGAL, row.basis, who, known_on=known_on),
        coalition=offering.named(offering.COALITIONS, row.coalition, who, known_on=known_on),
    )


def permitted(severity: str) -> tuple[str, ...]:
    """The instruments that a severity permits by this installation's convention; dialogue is always one."""
    scale = mildness.severities(catalogue("response_severities"))
    return mildness.permitted(instruments(), severity, scale)


def offered_instruments(who: Reader) -> tuple[Instrument, ...]:
    """Every instrument that an option may use (R032): existing ones first, each in the order of the catalogue (P17)."""
    return tuple(one.instrument for one in legal.sheets(who) if one.offerable)


def by_type(found: Sequence[OptionView]) -> dict[str, int]:
    """How many options each of the five EU types has (R035)."""
    counted = Counter(one.row.eu_type for one in found)
    known = catalogue("eu_hybrid_types").keys()
    return {key: counted[key] for key in known}


def by_goal(found: Sequence[OptionView]) -> dict[str, int]:
    """How many options serve each goal (R029)."""
    counted = Counter(goal for one in found for goal in one.row.goals)
    known = catalogue("response_goals").keys()
    return {key: counted[key] for key in known}


def _fields(values: Mapping[str, str], goals: Sequence[str]) -> dict[str, object]:
    get = values.get
    key = get("instrument", "")
    fields: dict[str, object] = {"own_name": "", "why_new": "", "own_legal_basis": ""}
    if key == OWN:
        fields["own_name"] = keeping.filled("own_name", get("own_name", ""), most=keeping.TITLE)
        if not get("why_new", "").strip():
            raise InputError("response.why_new", field="why_new")
        fields["why_new"] = keeping.filled("why_new", get("why_new", ""))
        fields["own_legal_basis"] = keeping.filled("own_legal_basis", get("own_legal_basis", ""))
        fields["gate"] = keeping.among("own_gate", get("own_gate", ""), machine.GATES)
        channels = catalogue("response_channels").keys()
    else:
        keeping.chosen("instrument", key, "instruments")
        found = instrument(key)
        fields["gate"], channels = found.gate, found.channels
    channel = keeping.chosen("channel", get("channel", ""), "response_channels")
    if channel not in channels:
        raise InputError("response.channel", field="channel", channel=channel, known=", ".join(channels))
    eu_type = get("eu_type", "")
    if channel == EU and not eu_type:
        raise InputError("response.eu_type", field="eu_type")
    if channel != EU and eu_type:
        raise InputError("response.no_eu_type", field="eu_type")
    if not get("downside", "").strip():
        raise InputError("response.downside", field="downside")
    return fields | {
        "instrument": key,
        "instrument_version": catalogue("instruments").version,
        "what": keeping.filled("what", get("what", "")),
        "owner": keeping.filled("owner", get("owner", ""), most=keeping.TITLE),
        "goals": keeping.several("goals", goals, "response_goals"),
        "theory": keeping.filled("theory", get("theory", "")),
        "channel": channel,
        "eu_type": keeping.chosen("eu_type", eu_type, "eu_hybrid_types") if eu_type else "",
        "downside": keeping.filled("downside", get("downside", "")),
        "reaction": keeping.filled("reaction", get("reaction", "")),
        "reversibility": keeping.chosen("reversibility", get("reversibility", ""), "reversibilities"),
        "basis": get("basis", ""),
        "coalition": get("coalition", ""),
        **{name: keeping.short(name, get(name, "")) for name in ("proportionality", "alternative", "chances", "risks")},
    }


def _named(values: Mapping[str, str], channel: str, who: Reader, now: datetime) -> list[Marking]:
    """The markings of the legal basis and the coalition that were chosen from the registers."""
    day = keeping.today(now)
    basis = offering.demand_basis(values.get("basis", ""), who, day, instrument=values.get("instrument", ""))
    coalition = offering.demand_coalition(values.get("coalition", ""), channel, who)
    return [marking for marking in (basis, coalition) if marking is not None]


def _indicator(values: Mapping[str, str]) -> tuple[str, date]:
    return (
        keeping.filled("indicator", values.get("indicator", "")),
        keeping.day("observe_on", values.get("observe_on", "")),
    )


def _keep_indicator(row: Option, watched: tuple[str, date], source: str, who: Reader, now: datetime) -> Indicator:
    text, observe_on = watched
    key = keeping.new_key("indicator", row.key, text, who=who, now=now)
    return keeping.keep(
        Indicator,
        act="indicator of an option kept",
        about=f"response {row.case.key}",
        fields={"option": row, "key": key, "text": text, "observe_on": observe_on},
        source=source,
        who=who,
        now=now,
        rests_on=(row.marking.value(),),
    )
