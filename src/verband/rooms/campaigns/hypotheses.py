"""Competing hypotheses of a campaign: the table of evidence, who judged which cell, the ranking and its sign-off."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.records import json_bytes
from verband.methods.connecting import hypotheses as method
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import hybrid, saying
from verband.rooms.campaigns.models import Assumption, CellJudgement, EvidenceItem, Indicator, Said, SignOff
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture.services import IncidentView

WEIGHTS: Mapping[str, float] = {"low": 0.25, "moderate": 0.5, "high": 1.0}
#: Domains in which the kind of actor says who owns or decides openly, and is no blame.
_OWNERS = frozenset({"economic", "knowledge"})
#: Means that are lawful in themselves.
_LAWFUL = frozenset(
    {"takeover_investment", "strategic_dependency", "academic_channel", "state_media", "diplomatic_pressure"}
)
_ADDED = "added-"


@dataclass(frozen=True)
class Table:
    """The table as a reader sees it.

    `judged` holds the standing judgement of each (item, hypothesis) that a person made; the other cells are the tool's
    own reading, or nobody's. `added` are items of persons by their key. `digest` is that of the whole table.
    """

    items: tuple[method.Item, ...]
    result: method.Result
    judged: Mapping[tuple[str, str], CellJudgement]
    added: Mapping[str, EvidenceItem]
    judgements: tuple[CellJudgement, ...]
    assumptions: tuple[Assumption, ...]
    indicators: tuple[Indicator, ...]
    sign_offs: tuple[SignOff, ...]
    overtaken: tuple[CellJudgement | EvidenceItem | Assumption, ...]
    digest: str

    @property
    def signed(self) -> SignOff | None:
        """The newest standing signature."""
        return next((row for row in self.sign_offs if row.withdrawn_at is None), None)

    @property
    def signed_as_it_stands(self) -> bool:
        """Whether the table is what the standing signature is under."""
        return self.signed is not None and self.signed.table_digest == self.digest


def table(view: CampaignView, who: Reader, *, known_on: int | None = None) -> Table:
    """The table of a campaign: the tool's reading, items and judgements of persons that the reader may see, ranking."""
    uuid = view.row.uuid
    judgements = saying.said(CellJudgement, uuid, who, known_on=known_on)
    added = {f"{_ADDED}{row.pk}": row for row in reversed(saying.said(EvidenceItem, uuid, who, known_on=known_on))}
    standing = {key: row for key, row in added.items() if row.withdrawn_at is None}
    judged: dict[tuple[str, str], CellJudgement] = {}
    for row in saying.standing(judgements):
        judged.setdefault((row.item, row.hypothesis), row)
    read = method.fill([told_of(one) for one in view.incidents], chance=view.row.p)
    own = [method.Item(key, row.weight, {}) for key, row in standing.items()]
    items = tuple(_judged(item, judged) for item in (*read, *own))
    assumptions = saying.said(Assumption, uuid, who, known_on=known_on)
    said: list[CellJudgement | EvidenceItem | Assumption] = [*judged.values(), *standing.values()]
    said += saying.standing(assumptions)
    return Table(
        items=items,
        result=method.rank(items),
        judged=judged,
        added=added,
        judgements=tuple(judgements),
        assumptions=tuple(assumptions),
        indicators=tuple(saying.said(Indicator, uuid, who, known_on=known_on)),
        sign_offs=tuple(saying.said(SignOff, uuid, who, known_on=known_on)),
        overtaken=tuple(saying.overtaken(said, view)),
        digest=_digest(items),
    )


def first_hypothesis(incidents: Sequence[IncidentView], *, chance: float | None) -> str:
    """The hypothesis that leads for this group on the tool's reading alone, else `not_decided`.

    A group is proposed as a state's campaign only where it is one of `methods.connecting.hypotheses.STATE`.
    `chance` is the run's figure for the group (`Campaign.p`). No name, text, `campaign` or `note` is read.
    """
    return method.first_hypothesis([told_of(one) for one in incidents], chance=chance)


def told_of(incident: IncidentView) -> method.Told:
    """An incident as the method reads it: kinds and certainty of what sources state, domains and coarsest means."""
    means = hybrid.means_in(incident)
    owner = bool(_OWNERS & set(incident.values("domain")))
    statements = []
    for record in incident.records:
        kinds = [value.value for value in record.values if value.name == "actor_kind"]
        certainty = method.level(record.certainty)
        for kind in kinds[:1]:
            entry = catalogue("actor_kinds").find(kind)
            found = entry.key if entry else "unknown"
            statements.append(method.Statement(found, certainty, str(record.id), owner))
    return method.Told(
        domains=incident.values("domain"),
        means=tuple(dict.fromkeys(hybrid.coarsest(entry) for entry in means)),
        lawful=any(entry.key in _LAWFUL for entry in means),
        statements=tuple(statements),
        records=tuple(str(record.id) for record in incident.records),
    )


def judge(
    view: CampaignView,
    *,
    item: str,
    hypothesis: str,
    consistency: str,
    reason: str,
    who: Reader,
    now: datetime,
    likelihood: str = "",
    marking: str = "",
) -> CellJudgement:
    """Keep how an item fits a hypothesis according to a person; it stands before the tool's reading and older ones.

    `likelihood`: the chance of the item if the hypothesis holds, as a text with point or comma; may be empty.
    `marking`: a word of TLP that raises it above the campaign's.
    Raises InputError("campaigns.word"), ("campaigns.likelihood"), ("campaigns.empty"), RefusedError("people.no_power").
    """
    known = [one.key for one in table(view, who).items]
    if item not in known:
        raise InputError("campaigns.word", field="item", word=item, known=", ".join(known))
    fields = {
        "item": item,
        "hypothesis": saying.chosen("hypothesis", hypothesis, "hypotheses"),
        "consistency": saying.chosen("consistency", consistency, "consistency"),
        "likelihood": _likelihood(likelihood),
    }
    act = saying.Act("hypothesis cell judged", fields, fields, marking)
    return saying.say(CellJudgement, view, act, reason=reason, who=who, now=now)


def add_item(
    view: CampaignView,
    *,
    text: str,
    source: str,
    weight: str,
    reason: str,
    who: Reader,
    now: datetime,
    marking: str = "",
) -> EvidenceItem:
    """Add a piece of evidence with where it stands; nobody has judged its cells then, and they count for nothing.

    `weight` is low, moderate or high. Raises what `judge` raises.
    """
    if weight not in WEIGHTS:
        raise InputError("campaigns.word", field="weight", word=weight, known=", ".join(WEIGHTS))
    fields = {
        "text": saying.filled("text", text),
        "source": saying.filled("source", source),
        "weight": WEIGHTS[weight],
    }
    act = saying.Act("hypothesis evidence added", fields, {"weight": weight}, marking)
    return saying.say(EvidenceItem, view, act, reason=reason, who=who, now=now)


def assume(
    view: CampaignView,
    *,
    text: str,
    state: str,
    reason: str,
    who: Reader,
    now: datetime,
    marking: str = "",
) -> Assumption:
    """Keep an assumption with how well it holds (catalogue `assumption_states`). Raises what `judge` raises."""
    fields = {
        "text": saying.filled("text", text),
        "state": saying.chosen("state", state, "assumption_states"),
    }
    act = saying.Act("assumption stated", fields, {"state": state}, marking)
    return saying.say(Assumption, view, act, reason=reason, who=who, now=now)


def watch(
    view: CampaignView,
    *,
    text: str,
    toward: str,
    due_on: str,
    reason: str,
    who: Reader,
    now: datetime,
    marking: str = "",
) -> Indicator:
    """Keep what would change the view, toward which hypothesis, and by when to look. Raises what `judge` raises."""
    fields = {
        "text": saying.filled("text", text),
        "toward": saying.chosen("toward", toward, "hypotheses"),
        "due_on": saying.day(due_on, field="due_on"),
    }
    act = saying.Act("indicator set", fields, {"toward": toward, "due_on": due_on}, marking)
    return saying.say(Indicator, view, act, reason=reason, who=who, now=now)


def look(view: CampaignView, number: int, *, seen: str, due_on: str, who: Reader, now: datetime) -> Indicator:
    """Note that somebody looked for an indicator, what he saw, and when to look again. Raises what `judge` raises."""
    row = saying.find(Indicator, view.row.uuid, number, who)
    demand(who, saying.POWER)
    if row.withdrawn_at is not None:
        raise InputError("campaigns.withdrawn")
    row.seen, row.due_on = saying.filled("seen", seen), saying.day(due_on, field="due_on")
    row.looked_on, row.looked_by = saying.today(now), who.signature
    detail = {"number": row.pk, "seen": row.seen, "due_on": due_on}
    with transaction.atomic():
        row.save(update_fields=["seen", "due_on", "looked_on", "looked_by"])
        audit.note("indicator looked for", actor=who.signature, object=f"campaign {row.uuid}", detail=detail)
    return row


def sign(
    view: CampaignView,
    *,
    reason: str,
    who: Reader,
    now: datetime,
    marking: str = "",
) -> SignOff:
    """Put the person's name under the table as it stands; the signature with the digest is in the log.

    Raises InputError("campaigns.empty"), RefusedError("people.no_power").
    """
    found = table(view, who)
    fields = {"first": found.result.first, "table_digest": found.digest}
    return saying.say(
        SignOff, view, saying.Act("hypotheses signed", fields, fields, marking), reason=reason, who=who, now=now
    )


#: What can be withdrawn here, by the word in the address.
KINDS: Mapping[str, tuple[Any, str]] = {
    "cell": (CellJudgement, "hypothesis cell withdrawn"),
    "evidence": (EvidenceItem, "hypothesis evidence withdrawn"),
    "assumption": (Assumption, "assumption withdrawn"),
    "indicator": (Indicator, "indicator withdrawn"),
    "signature": (SignOff, "hypotheses signature withdrawn"),
}


def withdraw(view: CampaignView, kind: str, number: int, *, reason: str, who: Reader, now: datetime) -> Said:
    """Take back a judgement, item, assumption, indicator or signature. Raises what `saying.withdraw` raises."""
    if kind not in KINDS:
        raise InputError("campaigns.word", field="kind", word=kind, known=", ".join(KINDS))
    model, act = KINDS[kind]
    row: Said = saying.withdraw(model, view.row.uuid, number, act=act, reason=reason, who=who, now=now)
    return row


def is_due(indicator: Indicator, on: date) -> bool:
    """Whether somebody should look for it by now."""
    return indicator.withdrawn_at is None and indicator.due_on <= on


def _judged(item: method.Item, judged: Mapping[tuple[str, str], CellJudgement]) -> method.Item:
    own = {
        name: method.Cell(row.consistency, row.likelihood)
        for name in method.HYPOTHESES
        if (row := judged.get((item.key, name)))
    }
    return replace(item, cells={**item.cells, **own})


def _likelihood(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        value = 0.0
    if not 0 < value < 1:
        raise InputError("campaigns.likelihood", field="likelihood", value=text.strip())
    return value


def _digest(items: Sequence[method.Item]) -> str:
    rows = [
        [item.key, item.weight, [[cell.consistency, cell.likelihood] for _, cell in sorted(item.cells.items())]]
        for item in items
    ]
    return hashlib.sha256(json_bytes(rows)).hexdigest()
