"""The hybrid test of a campaign: what records say of each element, what persons stated, what it may be called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import InputError
from verband.language.means import means_of
from verband.methods.connecting import hybrid as method
from verband.rooms.campaigns import saying
from verband.rooms.campaigns.models import ElementFinding
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.people.services import Reader
from verband.rooms.picture.services import IncidentView

STATES = ("met", "not_met", "unknown")


@dataclass(frozen=True)
class Checklist:
    """The test as a reader sees it: the result, the standing finding for each element, all findings, overtaken ones."""

    result: method.Result
    standing: Mapping[str, ElementFinding]
    findings: tuple[ElementFinding, ...]
    overtaken: tuple[ElementFinding, ...]


def checklist(view: CampaignView, who: Reader, *, known_on: int | None = None) -> Checklist:
    """The checklist of a campaign, with the findings that the reader may see; the newest of an element stands."""
    rows = saying.said(ElementFinding, view.row.uuid, who, known_on=known_on)
    standing: dict[str, ElementFinding] = {}
    for row in saying.standing(rows):
        standing.setdefault(row.element, row)
    stated = [method.Finding(row.element, row.state) for row in standing.values()]
    result = method.classify([act_of(one) for one in view.incidents], stated, chance=view.row.p)
    return Checklist(result, standing, tuple(rows), tuple(saying.overtaken(list(standing.values()), view)))


def state(
    view: CampaignView,
    *,
    element: str,
    state: str,
    source: str,
    reason: str,
    who: Reader,
    now: datetime,
    marking: str = "",
) -> ElementFinding:
    """Keep what a person states about one element, with where it stands and why.

    That one means is several cannot be stated: another means comes in as a record.
    Raises InputError("campaigns.word"), ("campaigns.empty"), RefusedError("people.no_power").
    """
    saying.chosen("element", element, "hybrid_elements")
    if state not in STATES:
        raise InputError("campaigns.word", field="state", word=state, known=", ".join(STATES))
    counted = checklist(view, who).result.elements[method.ELEMENTS.index("several_means")]
    if element == "several_means" and state == "met" and len(counted.facts["means"]) < 2:
        raise InputError("campaigns.word", field="state", word=state, known="not_met, unknown")
    fields = {"element": element, "state": state, "source": saying.filled("source", source)}
    act = saying.Act("hybrid element stated", fields, {"element": element, "state": state}, marking)
    return saying.say(ElementFinding, view, act, reason=reason, who=who, now=now)


def withdraw(view: CampaignView, number: int, *, reason: str, who: Reader, now: datetime) -> ElementFinding:
    """Take a finding back, with a reason. Raises what `saying.withdraw` raises."""
    act = "hybrid element withdrawn"
    return saying.withdraw(ElementFinding, view.row.uuid, number, act=act, reason=reason, who=who, now=now)


def act_of(incident: IncidentView) -> method.Act:
    """An incident as the test reads it: no name, no text; means folded to the coarsest word of the catalogue."""
    means = means_in(incident)
    phases = (catalogue("means_phases").find(entry.key) for entry in means)
    return method.Act(
        means=tuple(dict.fromkeys(coarsest(entry) for entry in means)),
        domains=incident.values("domain"),
        interests=incident.values("interest"),
        phases=tuple(dict.fromkeys(str(entry.fields["phase"]) for entry in phases if entry)),
        start=incident.when.start if incident.when else None,
        records=tuple(str(record.id) for record in incident.records),
    )


def means_in(incident: IncidentView) -> tuple[Entry, ...]:
    """The means of the catalogue that the incident's records name, each once, without the word "several means"."""
    words = (*incident.values("means"), *incident.stated("means"))
    found = {entry.key: entry for word in words for entry in means_of(word) if entry.key != "several_means"}
    return tuple(found.values())


def coarsest(entry: Entry) -> str:
    """The key of the means at the top above this one."""
    while parent := str(entry.fields.get("parent") or ""):
        entry = catalogue("means").get(parent)
    return entry.key
