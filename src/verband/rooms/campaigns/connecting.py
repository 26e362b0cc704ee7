"""From the picture to the method and back: incidents as evidence, runs under a ceiling, results kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from verband.language.ids import group_id
from verband.language.markings import Ceiling, highest
from verband.language.markings import Marking as MarkingValue
from verband.language.records import json_bytes
from verband.methods import connecting as method
from verband.methods import engine as engines
from verband.methods.connecting import phrases
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import nightly as nights
from verband.rooms.campaigns import spelling, titles
from verband.rooms.campaigns.models import Campaign, LinkEvidence, Member, Run
from verband.rooms.people.services import Reader, demand, demand_method
from verband.rooms.picture import services as picture

_KEPT_COINCIDENCES = 12
_KEPT_SHARED = 6
#: Attributes that the method may read; country and place, never who is blamed, never what groups the rows.
READ = tuple(name for name in method.FEATURES if name not in ("actor", "narrative", "document"))


@dataclass(frozen=True)
class Outcome:
    """One finished run with what it read, in input order, and the row that keeps it."""

    run: Run
    views: tuple[picture.IncidentView, ...]
    result: method.Result


def evidence_of(view: picture.IncidentView) -> method.Incident:
    """An incident as the method sees it: no name of an actor, no ground truth, only records that are evidence.

    The key is its own id and is carried through; no score and no order rests on it.
    """
    records = [record for record in view.records if record.evidence]
    when = next((record.when for record in records if record.when), None)
    start, end = when.days if when else (None, None)
    point = next(((r.latitude, r.longitude) for r in records if r.latitude is not None), (None, None))
    domains = [value.value for record in records for value in record.values if value.name == "domain"]
    reports = [value.value for record in records for value in record.values if value.name == "report"]
    return method.Incident(
        key=view.stix_id,
        domain=domains[0] if domains else "",
        start=start,
        end=end,
        lat=point[0],
        lon=point[1],
        sources=tuple(dict.fromkeys(reports)),
        evidence=tuple(_evidence(records)),
        text=_text(records),
        kind=next((value.value for record in records for value in record.values if value.name == "event_type"), ""),
        collection=next((record.source for record in records), ""),
    )


def _said(view: picture.IncidentView) -> tuple[object, ...]:
    """All that the records of an incident say, but for who says it: equal for incidents that are the same."""
    return tuple(
        (
            record.name,
            record.summary,
            record.when,
            record.latitude,
            record.longitude,
            tuple((value.name, value.value) for value in record.values if value.name in (*READ, "domain")),
        )
        for record in view.records
        if record.evidence
    )


def _text(records: Sequence[picture.RecordView]) -> str:
    """Titles, line break, summaries: without names of actors."""
    actors = spelling.actor_names()
    parts = (" ".join(record.name for record in records), " ".join(record.summary for record in records))
    return "\n".join(phrases.without_actors(part, actors=actors) for part in parts)


def _evidence(records: Sequence[picture.RecordView]) -> Iterator[method.Evidence]:
    without = spelling.actor_words()
    for record in records:
        number = str(record.id)
        for value in record.values:
            if value.name in READ:
                for key in phrases.values(value.name, value.value, without=without):
                    yield method.Evidence(value.name, key, number)
        for word in phrases.tokens(f"{record.name} {record.summary}", without=without):
            yield method.Evidence("wording", word, number)


def run(
    *,
    who: Reader,
    now: datetime,
    ceiling: Ceiling | None = None,
    parameters: method.Parameters | None = None,
    known_on: int | None = None,
    engine: str = "duckdb",
    nightly: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Outcome:
    """Link what may be seen under the ceiling (the reader's own where none is given), and keep what is proposed.

    The run is kept under the lowest ceiling that admits everything it read. The same input and parameters give the
    same campaigns to the bit, on either engine. `nightly`: only what came in since the last night is tested.

    Raises RefusedError("people.no_method") or ("people.no_power"), and what `engine` raises.
    """
    demand(who, "connect")
    demand_method(who, "connect")
    under = ceiling or who.ceiling
    if not under.within(who.ceiling):
        under = who.ceiling
    settings = parameters or method.Parameters()
    views = readable(under, known_on=known_on)
    incidents = [evidence_of(view) for view in views]
    night = nights.night(views, under, settings) if nightly else None
    result = method.connect(incidents, settings, engine=engines.engine(engine), night=night)
    with transaction.atomic():
        kept = keep(result, views, input_digest(incidents), under, who, now, engine=engine)
        if night:
            nights.keep(kept, night, result, views, under)
        read = highest(record.marking for view in views for record in view.records)
        same = [_proposal(pair, views, read) for pair in result.same_event]
        picture.propose_same(same, actor=f"{result.method} {result.version}", now=now)
        audit.note(
            "connected",
            actor=who.signature,
            object=f"run {kept.pk}",
            detail={
                "ceiling": kept.ceiling_tlp,
                "input": kept.input_digest,
                "parameters": kept.parameters,
                "campaigns": len(result.campaigns),
            },
        )
    return Outcome(kept, tuple(views), result)


def readable(ceiling: Ceiling, *, known_on: int | None = None) -> list[picture.IncidentView]:
    """Incidents that connecting may read under the ceiling, in the order in which they were recorded."""
    found = picture.incidents(ceiling, picture.Filter(evidence_only=True), known_on=known_on)
    return sorted((view for view in found if view.evidence), key=lambda view: min(r.id for r in view.records))


def input_digest(incidents: Sequence[method.Incident]) -> str:
    """The digest of what the method read."""
    return hashlib.sha256(json_bytes([msgspec.to_builtins(incident) for incident in incidents])).hexdigest()


def keep(
    result: method.Result,
    views: Sequence[picture.IncidentView],
    digest: str,
    under: Ceiling,
    who: Reader,
    now: datetime,
    *,
    engine: str = "duckdb",
) -> Run:
    """The result as rows: the run under the lowest ceiling that admits what it read, its campaigns and their links."""
    lowest = lowest_ceiling(views, under)
    kept = Run.objects.create(
        method=result.method,
        method_version=result.version,
        parameters=msgspec.to_builtins(result.parameters) | {"engine": engine},
        ceiling_tlp=lowest.tlp,
        ceiling_classification=lowest.classification,
        ceiling_communities=",".join(sorted(lowest.communities)),
        input_digest=digest,
        incidents=result.incidents,
        different=len({_said(view) for view in views}),
        dated=sum(any(record.when for record in view.records if record.evidence) for view in views),
        comparisons=result.comparisons,
        fdr=result.parameters.fdr,
        smallest_showable=result.smallest_showable,
        thin=result.thin,
        null_best=list(result.null_best),
        capped=_capped(result, spelling.stated_words(views)),
        kin=_kin(result, views),
        run_by=who.signature,
        run_at=int(now.timestamp()),
    )
    for campaign in result.campaigns:
        _keep_campaign(kept, campaign, views, result, proposed=True)
    for campaign in result.coincidences[:_KEPT_COINCIDENCES]:
        _keep_campaign(kept, campaign, views, result, proposed=False)
    return kept


def _capped(result: method.Result, stated: Mapping[tuple[str, str], str]) -> dict[str, Any]:
    """The values that were too common to make pairs from, in the words of the sources, and how many there are."""
    values = [
        msgspec.to_builtins(item) | {"value": stated.get((item.feature, item.value), item.value)}
        for item in result.capped
    ]
    return {"values": values, "many": int(result.notes.get("capped_values", len(values)))} if values else {}


def _kin(result: method.Result, views: Sequence[picture.IncidentView]) -> list[dict[str, Any]]:
    """Proposals that look alike, by the ids of their campaigns, with what both have in the words of the sources."""
    found = []
    for one in result.kin:
        sides = [[views[place] for place in result.campaigns[side].incidents] for side in (one.a, one.b)]
        members = [view for side in sides for view in side]
        stated = spelling.stated_words(members) | spelling.text_words(members)
        first, second = map(campaign_id, sides)
        shared = [
            {
                "feature": item.feature,
                "value": item.value,
                "stated": spelling.spelled(item.feature, item.value, stated),
            }
            for item in one.shared[:_KEPT_SHARED]
        ]
        found.append({"a": first, "b": second, "bans": round(one.bans, 3), "shared": shared})
    return found


def lowest_ceiling(views: Sequence[picture.IncidentView], under: Ceiling) -> Ceiling:
    """The lowest ceiling that admits all that was read; communities count where something is released to them alone."""
    top = highest(record.marking for view in views for record in view.records)
    restricted = any(record.marking.releasable_to is not None for view in views for record in view.records)
    return Ceiling(top.tlp, top.classification, under.communities if restricted else frozenset())


def _keep_campaign(
    kept: Run,
    campaign: method.Campaign,
    views: Sequence[picture.IncidentView],
    result: method.Result,
    *,
    proposed: bool,
) -> None:
    members = [views[place] for place in campaign.incidents]
    times = [view.when for view in members if view.when]
    stated = spelling.stated_words(members) | spelling.text_words(members)
    why = titles.why(campaign, result, stated)
    marking = highest(record.marking for view in members for record in view.records)
    row = Campaign.objects.create(
        run=kept,
        uuid=campaign_id(members),
        proposed=proposed,
        title_nl=titles.title(campaign, members, stated, "nl"),
        title_en=titles.title(campaign, members, stated, "en"),
        bans=campaign.bans,
        strength=campaign.strength,
        p=campaign.p,
        e_value=campaign.e_value,
        marking=picture.marking_row(marking),
        start=min((when.start for when in times), default=None),
        end=max((when.end for when in times), default=None),
        domains=list(dict.fromkeys(value for view in members for value in view.values("domain"))),
        why=why,
    )
    place_of = {index: place for place, index in enumerate(campaign.incidents)}
    Member.objects.bulk_create(
        Member(campaign=row, thing_id=view.id, place=place) for place, view in enumerate(members)
    )
    LinkEvidence.objects.bulk_create(
        LinkEvidence(
            campaign=row,
            first=place_of[link.a],
            second=place_of[link.b],
            link_bans=link.bans,
            feature=item.feature,
            value=spelling.spelled(item.feature, item.value, stated)[:300],
            bans=item.bans,
            incidents_with_value=item.df,
            records=[int(record) for record in item.records],
        )
        for link in campaign.links
        for item in link.evidence
    )


def campaign_id(members: Sequence[picture.IncidentView]) -> str:
    """The UUIDv5 over the sorted ids of the incidents: the same group has the same id in every run."""
    return group_id([view.stix_id for view in members])


def _proposal(pair: method.SameEvent, views: Sequence[picture.IncidentView], read: MarkingValue) -> picture.Proposal:
    """How rare a word is follows from all that the run read, so that is what the proposal is marked by."""
    first, second = views[pair.a], views[pair.b]
    evidence = [{"feature": item.feature, "value": item.value, "bans": round(item.bans, 3)} for item in pair.evidence]
    return picture.Proposal(first.id, second.id, {"evidence": evidence}, round(pair.bans, 3), read)


def as_json(outcome: Outcome) -> Mapping[str, Any]:
    """The shape that `connect --json` prints: no clock, no path, no random id."""
    result, views = outcome.result, outcome.views
    sources = {record.id: record for view in views for record in view.records}
    stated = spelling.stated_words(views)

    def records_of(numbers: Sequence[str]) -> list[dict[str, str]]:
        return [{"source": sources[int(n)].source, "source_id": sources[int(n)].key} for n in numbers]

    campaigns = []
    for campaign in result.campaigns:
        members = [views[place] for place in campaign.incidents]
        campaigns.append(
            {
                "id": campaign_id(members),
                "incidents": [{"source": v.lead.source, "source_id": v.lead.key} for v in members],
                "bans": round(campaign.bans, 6),
                "p": campaign.p,
                "e_value": round(campaign.e_value, 6),
                "links": [
                    {
                        "a": {"source": views[link.a].lead.source, "source_id": views[link.a].lead.key},
                        "b": {"source": views[link.b].lead.source, "source_id": views[link.b].lead.key},
                        "bans": round(link.bans, 6),
                        "evidence": [
                            {
                                "feature": item.feature,
                                "value": item.value,
                                "bans": round(item.bans, 6),
                                "records": records_of(item.records),
                            }
                            for item in link.evidence
                        ],
                    }
                    for link in campaign.links
                ],
                "why": titles.why_sentence(campaign, result, stated),
            }
        )
    return {
        "method": result.method,
        "version": result.version,
        "seed": result.parameters.seed,
        "parameters": msgspec.to_builtins(result.parameters),
        "incidents": result.incidents,
        "fdr": result.parameters.fdr,
        "smallest_showable": result.smallest_showable,
        "reports": result.reports,
        "repeats": [
            [{"source": views[place].lead.source, "source_id": views[place].lead.key} for place in places]
            for places in result.repeats
        ],
        "capped_values": int(result.notes.get("capped_values", 0)),
        "capped": [msgspec.to_builtins(item) for item in result.capped],
        "campaigns": campaigns,
        "kin": [
            {
                "a": campaigns[one.a]["id"],
                "b": campaigns[one.b]["id"],
                "bans": round(one.bans, 6),
            }
            for one in result.kin
        ],
    } | nights.said(result)
