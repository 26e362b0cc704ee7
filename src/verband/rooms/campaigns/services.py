"""The front door of campaigns: run connecting, read what it proposes, and decide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Ceiling
from verband.language.markings import Marking as MarkingValue
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import connecting, remembering, standing
from verband.rooms.campaigns.connecting import READ, Outcome, as_json, campaign_id, evidence_of, readable
from verband.rooms.campaigns.models import Campaign, Decision, LinkEvidence, Run
from verband.rooms.campaigns.remembering import Memory, Recall
from verband.rooms.people.services import Reader, demand, persons, reader
from verband.rooms.picture import services as picture

__all__ = [
    "READ",
    "CampaignRow",
    "CampaignView",
    "Outcome",
    "Recall",
    "as_json",
    "campaign",
    "campaign_id",
    "connect",
    "decide",
    "evidence_of",
    "newest_run",
    "overview",
    "readable",
    "run_for_everyone",
    "undo",
]

connect = connecting.run
_MONTH_S = 2_629_746


@dataclass(frozen=True)
class CampaignRow:
    """One campaign in a list. `state` is proposed, accepted, rejected or coincidence (not shown above chance).

    `recall`: what was decided about it, or about a group like it, whether that still holds or not. `worlds`: shuffled
    versions that `p` is counted in. `earlier`: when the run proposed it, where that is one before the newest, a night.
    """

    uuid: str
    title_nl: str
    title_en: str
    n: int
    domains: tuple[str, ...]
    start: int | None
    end: int | None
    bans: float
    strength: float
    p: float
    e_value: float
    state: str
    decided_by: str
    marking: MarkingValue
    rhythm: tuple[int, ...]
    things: tuple[int, ...]
    recall: Recall | None = None
    worlds: int = 0
    earlier: int | None = None


@dataclass(frozen=True)
class CampaignView:
    """One campaign with its incidents (in the order of `place`), evidence, run and decisions."""

    row: CampaignRow
    run: Run
    incidents: tuple[picture.IncidentView, ...]
    evidence: tuple[LinkEvidence, ...]
    why: dict[str, Any]
    decisions: tuple[Decision, ...]


def run_for_everyone(
    *, who: Reader, now: datetime, parameters: Any = None, engine: str = "duckdb", nightly: bool = False
) -> Outcome:
    """Connect under the reader's own ceiling, and under each lower ceiling that an account has, lowest first.

    So everybody's newest run is made of all that he may see. A ceiling that sees the same records needs no run of its
    own. What comes back is the run under the reader's own ceiling.
    """
    own = who.ceiling
    ceilings = {reader(person).ceiling for person in persons() if person.is_active}
    lower = [ceiling for ceiling in ceilings if ceiling.within(own) and ceiling != own]
    done = {_records(own)}
    for ceiling in sorted(lower, key=_height):
        seen = _records(ceiling)
        if seen not in done:
            connecting.run(who=who, now=now, ceiling=ceiling, parameters=parameters, engine=engine, nightly=nightly)
        done.add(seen)
    return connecting.run(who=who, now=now, parameters=parameters, engine=engine, nightly=nightly)


def _records(ceiling: Ceiling) -> frozenset[int]:
    """The records that a run under the ceiling would read."""
    return frozenset(record.id for view in readable(ceiling) for record in view.records)


def newest_run(ceiling: Ceiling, *, known_on: int | None = None) -> Run | None:
    """The newest run at or below the ceiling, as known on that moment; None where there is none yet.

    A what-if run is nobody's newest.
    """
    runs = Run.objects.filter(what_if_of=None).order_by("-run_at", "-pk")
    if known_on is not None:
        runs = runs.filter(run_at__lte=known_on)
    return next((run for run in runs.iterator(chunk_size=50) if run.ceiling().within(ceiling)), None)


def overview(who: Reader, *, known_on: int | None = None) -> list[CampaignRow]:
    """Campaigns of the newest run that the reader may see, proposed ones first; then what is held for coincidence.

    A night tests little: what was proposed in the runs before it, up to the last that was none, stays proposed.
    """
    run = newest_run(who.ceiling, known_on=known_on)
    campaigns = standing.listed(run, who.ceiling) if run else []
    if not run or not campaigns:
        return []
    views = picture.incidents(who.ceiling, known_on=known_on)
    groups = picture.sameness_groups(who.ceiling, known_on=known_on)
    memory, times = remembering.memory(who.ceiling, views, groups, known_on=known_on), _times(views, groups)
    return [_row(item, memory, times, newest=run) for item in campaigns]


def campaign(uuid: str, who: Reader, *, known_on: int | None = None) -> CampaignView:
    """One campaign of the newest run that holds it and that the reader may see; as it was proposed where that stands.

    Raises NotFoundError("campaigns.unknown") alike where there is none and where it may not be seen.
    """
    visible = picture.visible_markings(who.ceiling)
    found = Campaign.objects.filter(uuid=uuid, marking_id__in=visible, run__what_if_of=None)
    found = found.select_related("run", "marking")
    if known_on is not None:
        found = found.filter(run__run_at__lte=known_on)
    ordered = found.order_by("-run__run_at", "-run__pk")
    items = [item for item in ordered if item.run.ceiling().within(who.ceiling)]
    if not items:
        raise NotFoundError("campaigns.unknown", uuid=uuid)
    return _view(standing.of(items, newest_run(who.ceiling, known_on=known_on), who.ceiling), who, known_on)


@transaction.atomic
def decide(uuid: str, *, verdict: str, reason: str, who: Reader, now: datetime) -> Decision:
    """Accept or reject a proposed campaign, by a person with a reason; it can be undone.

    An accepted campaign that has grown may be decided about once more: its new incidents are not judged yet.

    Raises InputError("campaigns.verdict"), ("picture.no_reason"), ("campaigns.decided"),
    RefusedError("people.no_power"), NotFoundError("campaigns.unknown").
    """
    demand(who, "judge_campaign")
    if verdict not in ("accept", "reject"):
        raise InputError("campaigns.verdict", verdict=verdict)
    if not reason.strip():
        raise InputError("picture.no_reason")
    view = campaign(uuid, who)
    grown = view.row.state == "accepted" and view.row.recall is not None and bool(view.row.recall.new)
    if view.row.state in ("accepted", "rejected") and not grown:
        raise InputError("campaigns.decided", state=view.row.state)
    made = Decision.objects.create(
        uuid=uuid,
        verdict=verdict,
        reason=reason.strip(),
        evidence_digest=view.run.input_digest,
        marking=picture.marking_row(view.row.marking),
        decided_by=who.signature,
        decided_at=int(now.timestamp()),
    )
    remembering.remember(made, view.incidents)
    audit.note(f"campaign {verdict}", actor=who.signature, object=uuid, detail={"reason": made.reason})
    return made


@transaction.atomic
def undo(uuid: str, *, reason: str, who: Reader, now: datetime) -> Decision:
    """Take the standing decision back, with a reason; it stays in the history.

    Raises InputError("picture.no_reason"), ("campaigns.undecided") and what `decide` raises.
    """
    demand(who, "judge_campaign")
    if not reason.strip():
        raise InputError("picture.no_reason")
    view = campaign(uuid, who)
    decided = view.row.recall.decision if view.row.recall and view.row.recall.holds else None
    if decided is None:
        raise InputError("campaigns.undecided")
    decided.undone_by, decided.undone_at = who.signature, int(now.timestamp())
    decided.undone_reason = reason.strip()
    decided.save()
    audit.note("campaign undone", actor=who.signature, object=uuid, detail={"reason": decided.undone_reason})
    return decided


def _view(item: Campaign, who: Reader, known_on: int | None) -> CampaignView:
    views = picture.incidents(who.ceiling, known_on=known_on)
    groups = picture.sameness_groups(who.ceiling, known_on=known_on)
    by_thing = {view.id: view for view in views}
    things = dict.fromkeys(groups.get(member.thing_id, member.thing_id) for member in item.members.all())
    incidents = tuple(by_thing[thing] for thing in things if thing in by_thing)
    memory = remembering.memory(who.ceiling, views, groups, known_on=known_on)
    row = _row(item, memory, _times(views, groups))
    recalled = row.recall.decision.pk if row.recall else None
    decisions = tuple(
        made
        for made in remembering.decisions(who.ceiling, known_on=known_on)
        if made.uuid == item.uuid or made.pk == recalled
    )
    return CampaignView(row, item.run, incidents, tuple(item.evidence.all()), item.why, decisions)


def _row(item: Campaign, memory: Memory, times: Mapping[int, int], *, newest: Run | None = None) -> CampaignRow:
    things = tuple(member.thing_id for member in item.members.all())
    recall = memory.of(item)
    decided = recall.decision if recall and recall.holds else None
    if decided is not None:
        state = "accepted" if decided.verdict == "accept" else "rejected"
    else:
        state = "proposed" if item.proposed else "coincidence"
    return CampaignRow(
        uuid=str(item.uuid),
        title_nl=item.title_nl,
        title_en=item.title_en,
        n=len(things),
        domains=tuple(item.domains),
        start=item.start,
        end=item.end,
        bans=item.bans,
        strength=item.strength,
        p=item.p,
        e_value=item.e_value,
        state=state,
        decided_by=decided.decided_by if decided else "",
        marking=item.marking.value(),
        rhythm=_rhythm([times[thing] for thing in things if thing in times]),
        things=things,
        recall=recall,
        worlds=len(item.run.null_best),
        earlier=item.run.run_at if newest and item.run_id != newest.pk else None,
    )


def _rhythm(starts: Sequence[int]) -> tuple[int, ...]:
    """Incidents a month, from the first month to the last; at most the last sixty months."""
    if not starts:
        return ()
    months = Counter((moment.year * 12 + moment.month) for moment in (datetime.fromtimestamp(s, UTC) for s in starts))
    return tuple(months[month] for month in range(min(months), max(months) + 1))[-60:]


def _times(views: Sequence[picture.IncidentView], groups: Mapping[int, int]) -> dict[int, int]:
    """When each incident that may be seen began, also under the things that were held the same as it since."""
    found = {view.id: view.when.start for view in views if view.when}
    return found | {thing: found[group] for thing, group in groups.items() if group in found}


def _height(ceiling: Ceiling) -> tuple[int, int, int]:
    marking = MarkingValue(ceiling.tlp, ceiling.classification)
    return marking.tlp_rank, marking.classification_rank, len(ceiling.communities)
