"""Decisions of attribution on the political and public level: mandate, statement, partners, and the ladder's step.

The ladder of the campaign is the one store of levels. A decision is kept here and its step taken there in one
transaction: neither is there without the other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, VerbandError
from verband.language.markings import Marking
from verband.language.words import squash
from verband.rooms.campaigns import ladder
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader
from verband.rooms.response import keeping, machine, moving
from verband.rooms.response.attributing.models import AttributionDecision

LEVELS = ("political", "public")
MOST_PARTNERS = 60
ALONE, TOGETHER = "alone", "together"


@dataclass(frozen=True)
class LadderView:
    """The five levels of a campaign with the decisions about two of them, newest first."""

    campaign: CampaignView
    steps: tuple[ladder.Step, ...]
    decisions: tuple[AttributionDecision, ...]

    def decision(self, level: str) -> AttributionDecision | None:
        """The decision that stands on that level."""
        return next((one for one in self.decisions if one.level == level and one.withdrawn_at is None), None)

    @property
    def markings(self) -> tuple[Marking, ...]:
        """The markings of all that the view shows."""
        rungs = [row for step in self.steps for row in (step.standing, *step.history) if row is not None]
        shown = [row.marking.value() for row in rungs] + [row.marking.value() for row in self.decisions]
        return (self.campaign.row.marking, *shown)


def decide(campaign: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> AttributionDecision:
    """Decide about attribution on one level, and take its step in the ladder of the campaign.

    `values`: `level` (political, public), `statement`, `certainty` (in the words of the statement), `confidence`,
    `floor` (below it the dissent is said), `dissent`, `coordinated` (alone, together), `partners` (one on a line),
    `statement_on`, `source`, `reason`, `marking`. Raises InputError("attribution.level"), ("attribution.floor"),
    ("attribution.dissent"), ("attribution.partners"), ("attribution.alone"), what `machine.through_gate` raises for
    the mandate `attribute_<level>`, and what `ladder.take` raises: ("campaigns.needs_level") for public while
    political is empty. A refusal is logged.
    """
    with keeping.refusals_logged(who, f"campaign {campaign}"):
        return _decide(campaign, values, who, now)


def withdraw(key: str, *, reason: str, who: Reader, now: datetime) -> AttributionDecision:
    """Take a decision back, and its step in the ladder, by a holder of the same mandate.

    Raises InputError("campaigns.level_carries") for political while public stands, and what `decide` raises.
    """
    row = keeping.find_standing(AttributionDecision, key, who)
    with transaction.atomic():
        _mandate(row.level, who, now)
        seen = campaigns.campaign(row.campaign, who)
        if row.rung.withdrawn_at is None:
            ladder.withdraw(seen, row.rung_id, reason=reason, who=who, now=now)
        return keeping.take_back(
            row, act="decision of attribution withdrawn", about=_about(row.campaign), reason=reason, who=who, now=now
        )


def view(campaign: str, who: Reader, *, known_on: int | None = None) -> LadderView:
    """The ladder of a campaign with its decisions. Raises NotFoundError("campaigns.unknown")."""
    seen = campaigns.campaign(_id(campaign), who, known_on=known_on)
    return LadderView(
        seen,
        ladder.ladder(seen, who, known_on=known_on),
        tuple(keeping.rows(AttributionDecision, who, known_on=known_on, campaign=str(seen.row.uuid))),
    )


def every(who: Reader, *, known_on: int | None = None) -> tuple[LadderView, ...]:
    """The ladders of the campaigns that the reader may see and in which somebody took a step or decided."""
    found = (view(row.uuid, who, known_on=known_on) for row in campaigns.overview(who, known_on=known_on))
    return tuple(one for one in found if one.decisions or any(step.standing for step in one.steps))


def why_not(level: str, who: Reader, now: datetime) -> VerbandError | None:
    """Why this reader may not decide on that level; None where he may."""
    try:
        _mandate(level, who, now)
    except VerbandError as error:
        return error
    return None


def below_floor(row: AttributionDecision) -> bool:
    """Whether the confidence is below the floor that was chosen, so that the dissent is shown with the statement."""
    return _rank(row.confidence) < _rank(row.floor)


def partner_names(row: AttributionDecision, language: str) -> tuple[str, ...]:
    """The partners by name, states in `nl` or `en`."""
    known = catalogue("countries").labels(language)
    return tuple(known.get(one, one) for one in row.partners)


def floors() -> tuple[str, ...]:
    """The words of confidence that may be a floor: from that of the ladder on."""
    return tuple(one.key for one in catalogue("confidence").entries if _rank(one.key) >= _rank(ladder.FLOOR))


def _decide(campaign: str, values: Mapping[str, str], who: Reader, now: datetime) -> AttributionDecision:
    level = values.get("level", "")
    if level not in LEVELS:
        raise InputError("attribution.level", field="level")
    held = _mandate(level, who, now)
    seen = campaigns.campaign(_id(campaign), who)
    statement = keeping.filled("statement", values.get("statement", ""))
    reason = keeping.filled("reason", values.get("reason", ""))
    confidence = keeping.chosen("confidence", values.get("confidence", ""), "confidence")
    floor = keeping.chosen("floor", values.get("floor", ""), "confidence")
    dissent = keeping.short("dissent", values.get("dissent", ""))
    if floor not in floors():
        raise InputError("attribution.floor", field="floor", least=ladder.FLOOR)
    if _rank(confidence) < _rank(floor) and not dissent:
        raise InputError("attribution.dissent", field="dissent")
    together = _together(values)
    refuse_contact(who, statement=statement, reason=reason, dissent=dissent, partners=" ".join(together[0]))
    taken = {
        "statement": statement,
        "certainty": values.get("certainty", ""),
        "source": values.get("source", ""),
        "confidence": confidence,
        "dissent": dissent,
        "reason": reason,
        "marking": values.get("marking", ""),
    }
    rung = ladder.take(seen, level=level, values=taken, who=who, now=now)
    partners, statement_on = together
    fields = {
        "key": keeping.new_key("attribution", campaign, level, who=who, now=now),
        "campaign": str(seen.row.uuid),
        "level": level,
        "statement": statement,
        "confidence": confidence,
        "floor": floor,
        "dissent": dissent,
        "coordinated": bool(partners),
        "partners": list(partners),
        "statement_on": keeping.day("statement_on", statement_on) if statement_on else None,
        "reason": reason,
        "day": keeping.today(now),
        "rung": rung,
        "mandate_id": held.number,
        "mandate_words": f"{held.function}: {held.legal_basis}",
    }
    return keeping.keep(
        AttributionDecision,
        act="decided about attribution",
        about=_about(campaign),
        fields=fields,
        source=rung.source,
        who=who,
        now=now,
        rests_on=(rung.marking.value(),),
        power=machine.POLITICAL_POWER,
    )


def _mandate(level: str, who: Reader, now: datetime) -> machine.Held:
    """The mandate for that level, through the political gate. Raises what `machine.through_gate` raises."""
    person = moving.person_of(who)
    gate = machine.Standing(
        state="",
        gate=machine.POLITICAL,
        power=ladder.mandate_of(level),
        authority="",
        involved=frozenset(),
        content="",
    )
    return machine.through_gate(gate, actor=moving.actor_of(person), day=keeping.today(now))


def _together(values: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    """The partners and the day of a coordinated statement; of one that stands alone the day, where there is one."""
    together = keeping.among("coordinated", values.get("coordinated", ""), (ALONE, TOGETHER)) == TOGETHER
    partners = _partners(values.get("partners", "").splitlines())
    statement_on = values.get("statement_on", "").strip()
    if together and not (partners and statement_on):
        raise InputError("attribution.partners", field="statement_on" if partners else "partners")
    if not together and partners:
        raise InputError("attribution.alone", field="partners")
    return partners, statement_on


def _partners(lines: Sequence[str]) -> tuple[str, ...]:
    """Each line as the key of a state, or as it was named; once each, at most sixty."""
    states = {squash(word): entry.key for entry in catalogue("countries").entries for word in entry.words()}
    named = [keeping.short("partners", line, most=keeping.TITLE) for line in lines if line.strip()]
    if len(named) > MOST_PARTNERS:
        raise InputError("response.long", field="partners", most=MOST_PARTNERS)
    return tuple(dict.fromkeys(states.get(squash(line), line) for line in named))


def _id(campaign: str) -> str:
    """The id of a campaign. Raises NotFoundError("campaigns.unknown") for a text that is none."""
    try:
        return str(UUID(campaign))
    except ValueError as error:
        raise NotFoundError("campaigns.unknown", uuid=campaign) from error


def _about(campaign: str) -> str:
    return f"campaign {campaign}"


def _rank(confidence: str) -> int:
    return int(str(catalogue("confidence").get(confidence).fields["rank"]))
