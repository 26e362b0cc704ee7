"""What is left of a campaign without a source or a feature: what rests on each, and the method run again without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from django.db import transaction

from verband.language.errors import InputError
from verband.methods import connecting as method
from verband.methods import engine as engines
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import connecting
from verband.rooms.campaigns.models import Campaign, LinkEvidence, Run
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.people.services import Reader, demand, demand_method
from verband.rooms.picture import services as picture

KINDS = ("features", "publishers", "sources")
#: A thin collection of so many incidents is connected within a second; anything more is for the worker.
_AT_ONCE = 400
#: Incidents of the campaign that a group must still hold to be what is left of it.
_LEFT = 2
_BEST = {True: 1, False: 0}


@dataclass(frozen=True)
class LeftOut:
    """What a what-if leaves out: features, publishers of reports, and sources of records, each by key."""

    features: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.features or self.publishers or self.sources)

    def drops(self, record: picture.RecordView) -> bool:
        """Whether the record is gone: its source is left out, or everybody who published the reports behind it is."""
        published = publishers(record)
        return record.source in self.sources or (bool(published) and set(published) <= set(self.publishers))

    def kept(self) -> dict[str, list[str]]:
        """The same as it is stored with a run."""
        return {kind: sorted(getattr(self, kind)) for kind in KINDS}


@dataclass(frozen=True)
class Weight:
    """What rests on one feature, publisher or source: the bans of links that fall without it, and their share.

    A link needs both of its incidents, so shares of sources may add up to more than one. `may_go`: it can be left out.
    """

    kind: str
    key: str
    name: str
    bans: float
    share: float
    incidents: int
    may_go: bool = True


@dataclass(frozen=True)
class Answer:
    """What became of a campaign in a what-if run: the group that holds most of it, None where no group holds two."""

    run: Run
    group: Campaign | None
    stays: tuple[picture.IncidentView, ...]
    falls: tuple[picture.IncidentView, ...]
    unread: frozenset[int]
    joins: tuple[picture.IncidentView, ...]
    same_input: bool


def publishers(record: picture.RecordView) -> tuple[str, ...]:
    """Who published the reports behind a record: the hosts of their addresses, each once."""
    hosts = (value.value.partition("/")[0] for value in record.values if value.name == "report")
    return tuple(dict.fromkeys(hosts))


def weights(view: CampaignView) -> tuple[Weight, ...]:
    """What rests on each feature, publisher and source of the campaign, heaviest first within a kind.

    A piece of evidence falls when one of its two incidents has no record left that states it; nearness, which nobody
    states, when it has no record left at all.
    """
    members = _members(view)
    for_it = [item for item in view.evidence if item.bans > 0 and item.first in members and item.second in members]
    total = sum(item.bans for item in for_it) or 1.0
    records = [record for incident in view.incidents for record in incident.records if record.evidence]
    found = [
        _weight("features", name, name, [item for item in for_it if item.feature == name], total)
        for name in dict.fromkeys(item.feature for item in for_it)
    ]
    found = [replace(row, may_go=row.key in (*connecting.READ, method.WORDING)) for row in found]
    for name in dict.fromkeys(name for record in records for name in publishers(record)):
        own = [item for item in for_it if _falls(item, members, LeftOut(publishers=(name,)))]
        has = sum(any(name in publishers(record) for record in incident.records) for incident in view.incidents)
        found.append(replace(_weight("publishers", name, name, own, total), incidents=has))
    for key, name in dict.fromkeys((record.source, record.source_name) for record in records):
        own = [item for item in for_it if _falls(item, members, LeftOut(sources=(key,)))]
        has = sum(any(record.source == key for record in incident.records) for incident in view.incidents)
        found.append(replace(_weight("sources", key, name, own, total), incidents=has))
    return tuple(sorted(found, key=lambda row: (KINDS.index(row.kind), -row.share, -row.incidents)))


def heaviest(view: CampaignView) -> Weight | None:
    """The publisher on which most rests, else the source; None where nothing rests on any single one."""
    found = [row for row in weights(view) if row.kind != "features" and row.share > 0]
    return next((row for row in found), None)


def _weight(kind: str, key: str, name: str, items: Sequence[LinkEvidence], total: float) -> Weight:
    bans = sum(item.bans for item in items)
    touched = {place for item in items for place in (item.first, item.second)}
    return Weight(kind, key, name, bans, bans / total, len(touched))


def _falls(item: LinkEvidence, members: Mapping[int, picture.IncidentView], without: LeftOut) -> bool:
    for place in (item.first, item.second):
        stating = [record for record in members[place].records if record.id in item.records]
        own = stating or [record for record in members[place].records if record.evidence]
        if own and all(without.drops(record) for record in own):
            return True
    return False


def _members(view: CampaignView) -> dict[int, picture.IncidentView]:
    by_thing = {incident.id: incident for incident in view.incidents}
    return {place: by_thing[thing] for place, thing in enumerate(view.row.things) if thing in by_thing}


def at_once(run: Run) -> bool:
    """Whether the method is done with this run's records within some seconds, so that nobody needs to wait."""
    return run.thin and run.incidents <= _AT_ONCE


def kept_run(base: Run, without: LeftOut, *, known_on: int | None = None) -> Run | None:
    """The what-if run of this run that leaves out exactly that, None where nobody had asked by then."""
    wanted = without.kept()
    return next((run for run, left_out in asked_before(base, known_on=known_on) if left_out.kept() == wanted), None)


def asked_before(base: Run, *, known_on: int | None = None) -> list[tuple[Run, LeftOut]]:
    """Every what-if run of this run with what it leaves out, newest first."""
    found = base.what_ifs.order_by("-run_at", "-pk")
    if known_on is not None:
        found = found.filter(run_at__lte=known_on)
    return [(run, LeftOut(**{kind: tuple(run.left_out.get(kind, ())) for kind in KINDS})) for run in found]


def ask(base: Run, without: LeftOut, *, who: Reader, now: datetime) -> Run:
    """Run the method again over the records of that run without what is left out, with its own settings and seed.

    It is kept under the ceiling of that run, and nobody's newest run. Raises InputError("campaigns.left_out_nothing"),
    RefusedError("people.no_power") or ("people.no_method").
    """
    demand(who, "connect")
    demand_method(who, "connect")
    if not without:
        raise InputError("campaigns.left_out_nothing")
    known = kept_run(base, without)
    if known is not None:
        return known
    views = connecting.readable(base.ceiling(), known_on=base.run_at)
    digest = connecting.input_digest([connecting.evidence_of(view) for view in views])
    dropped = [str(record.id) for view in views for record in view.records if without.drops(record)]
    left = [view for view in (_without(view, without) for view in views) if view is not None]
    given = msgspec.convert(base.parameters, method.Parameters)
    settings = replace(
        given,
        exclude_sources=(*given.exclude_sources, *dropped),
        exclude_features=tuple(dict.fromkeys((*given.exclude_features, *without.features))),
    )
    engine = str(base.parameters.get("engine", "duckdb"))
    result = method.connect([connecting.evidence_of(view) for view in left], settings, engine=engines.engine(engine))
    with transaction.atomic():
        run = connecting.keep(result, left, digest, base.ceiling(), who, now, engine=engine)
        run.what_if_of, run.left_out = base, without.kept()
        run.ceiling_tlp, run.ceiling_classification = base.ceiling_tlp, base.ceiling_classification
        run.ceiling_communities = base.ceiling_communities
        run.save()
        audit.note("what if", actor=who.signature, object=f"run {run.pk}", detail={"left_out": run.left_out})
    return run


def _without(view: picture.IncidentView, without: LeftOut) -> picture.IncidentView | None:
    """The incident as the records that are left tell it; None where none of its evidence is left."""
    records = tuple(record for record in view.records if not without.drops(record))
    return replace(view, records=records) if any(record.evidence for record in records) else None


def answer(view: CampaignView, run: Run, *, who: Reader) -> Answer:
    """What became of the campaign in that what-if run: who stays in one group, who falls out, who joins."""
    groups = picture.sameness_groups(who.ceiling)
    own = {incident.id: incident for incident in view.incidents}
    best: tuple[tuple[int, int, float], Campaign, list[int]] | None = None
    for found in run.campaigns.prefetch_related("members"):
        things = _standing((member.thing_id for member in found.members.all()), groups)
        rank = (len(own.keys() & set(things)), _BEST[found.proposed], found.bans)
        if rank[0] >= _LEFT and (best is None or rank > best[0]):
            best = rank, found, things
    held = best[2] if best else []
    without = LeftOut(**{kind: tuple(run.left_out.get(kind, ())) for kind in KINDS})
    everyone = {incident.id: incident for incident in picture.incidents(who.ceiling)}
    return Answer(
        run=run,
        group=best[1] if best else None,
        stays=tuple(own[thing] for thing in own if thing in held),
        falls=tuple(own[thing] for thing in own if thing not in held),
        unread=frozenset(thing for thing, incident in own.items() if _without(incident, without) is None),
        joins=tuple(everyone[thing] for thing in held if thing not in own and thing in everyone),
        same_input=run.what_if_of is not None and run.input_digest == run.what_if_of.input_digest,
    )


def _standing(things: Iterable[int], groups: Mapping[int, int]) -> list[int]:
    return list(dict.fromkeys(groups.get(thing, thing) for thing in things))
