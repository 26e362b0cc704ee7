"""The ladder of attribution of a campaign: each step is taken by a person, and no method writes here (R033, P19).

This is its one store; the response decides about the last two levels and takes their steps here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import InputError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import saying
from verband.rooms.campaigns.models import Rung
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader, demand

#: Steps that need the role of a decision maker and a registered mandate of that name (`attribute_legal` ...).
MANDATED = frozenset({"legal", "political", "public"})
#: Levels that response decides about, with the statement; `take` is called from there, no page here takes them.
DECIDED_ABOVE = frozenset({"political", "public"})
_DECIDES = "decide"
#: Below this the step needs the dissent in words.
FLOOR = "moderate"


@dataclass(frozen=True)
class Step:
    """One level of the ladder: the step that stands, what came before it, and whether its evidence has changed."""

    level: Entry
    standing: Rung | None
    history: tuple[Rung, ...]
    overtaken: bool
    needs_mandate: bool


def ladder(view: CampaignView, who: Reader, *, known_on: int | None = None) -> tuple[Step, ...]:
    """The five levels from technical to public, with the steps that the reader may see."""
    rows = saying.said(Rung, view.row.uuid, who, known_on=known_on)
    found = []
    for entry in levels():
        of_level = [row for row in rows if row.level == entry.key]
        standing = next(iter(saying.standing(of_level)), None)
        history = tuple(row for row in of_level if row is not standing)
        changed = bool(standing and saying.overtaken([standing], view))
        found.append(Step(entry, standing, history, changed, entry.key in MANDATED))
    return tuple(found)


def levels() -> tuple[Entry, ...]:
    """The levels of the catalogue in their order."""
    return tuple(sorted(catalogue("attribution_levels").entries, key=lambda entry: int(str(entry.fields["rank"]))))


def mandate_of(level: str) -> str:
    """The power that a mandate must give for that level."""
    return f"attribute_{level}"


def may_take(level: str, who: Reader, now: datetime) -> bool:
    """Whether the reader may take that step: an analyst the first two, a mandate holder the others."""
    if level not in MANDATED:
        return who.may(saying.POWER)
    return who.may(_DECIDES) and _holds(level, who, now)


def take(view: CampaignView, *, level: str, values: Mapping[str, str], who: Reader, now: datetime) -> Rung:
    """Take a step in a person's name.

    `values`: `statement` and `certainty` as stated, `source` (record or document), `confidence` (catalogue),
    `dissent` (needed below moderate), `reason`, and `marking` (a word of TLP that raises it; may be absent).
    Raises InputError("campaigns.word"), ("campaigns.empty"), ("campaigns.level_taken"), ("campaigns.needs_level"),
    ("campaigns.dissent"), RefusedError("people.no_power") and ("campaigns.no_mandate").
    """
    saying.chosen("level", level, "attribution_levels")
    _demand(level, who, now)
    standing = {step.level.key for step in ladder(view, who) if step.standing}
    if level in standing:
        raise InputError("campaigns.level_taken", field="statement", level=level)
    for needed in catalogue("attribution_levels").get(level).strings("needs"):
        if needed not in standing:
            raise InputError("campaigns.needs_level", field="statement", level=level, needed=needed)
    confidence = saying.chosen("confidence", values.get("confidence", ""), "confidence")
    dissent = values.get("dissent", "").strip()
    if _rank(confidence) < _rank(FLOOR) and not dissent:
        raise InputError("campaigns.dissent", field="dissent")
    fields = {
        "level": level,
        "statement": saying.filled("statement", values.get("statement", "")),
        "certainty": saying.filled("certainty", values.get("certainty", "")),
        "source": saying.filled("source", values.get("source", "")),
        "confidence": confidence,
        "dissent": dissent,
        "mandate": _mandate(level, who, now),
    }
    act = saying.Act(
        "attribution step taken", fields, {"level": level, "confidence": confidence}, values.get("marking", "")
    )
    return saying.keep(Rung, view, act, reason=values.get("reason", ""), who=who, now=now)


def withdraw(view: CampaignView, number: int, *, reason: str, who: Reader, now: datetime) -> Rung:
    """Take a step back, with a reason, by whoever may take it; a step on which another rests stays until that is gone.

    Raises InputError("campaigns.level_carries") and what `take` and `saying.withdraw` raise.
    """
    row = saying.find(Rung, view.row.uuid, number, who)
    _demand(row.level, who, now)
    standing = {step.level.key for step in ladder(view, who) if step.standing}
    for entry in levels():
        if row.level in entry.strings("needs") and entry.key in standing and row.withdrawn_at is None:
            raise InputError("campaigns.level_carries", field="reason", level=row.level, above=entry.key)
    return saying.take_back(row, act="attribution step withdrawn", reason=reason, who=who, now=now)


def _demand(level: str, who: Reader, now: datetime) -> None:
    demand(who, _DECIDES if level in MANDATED else saying.POWER)
    if level in MANDATED and not _holds(level, who, now):
        audit.note("refused", actor=who.signature, object=mandate_of(level))
        raise RefusedError("campaigns.no_mandate", level=level)


def _holds(level: str, who: Reader, now: datetime) -> bool:
    return people.holds(people.person(who.username), mandate_of(level), on=saying.today(now))


def _mandate(level: str, who: Reader, now: datetime) -> str:
    """Function and basis of the mandate under which the step is taken; empty for a step that needs none."""
    if level not in MANDATED:
        return ""
    held = people.person(who.username).mandates.filter(power=mandate_of(level), valid_from__lte=saying.today(now))
    mandate = held.order_by("-valid_from").first()
    return f"{mandate.function}: {mandate.legal_basis}"[:400] if mandate else ""


def _rank(confidence: str) -> int:
    return int(str(catalogue("confidence").get(confidence).fields["rank"]))
