"""Campaigns that a person made: several merged into one, or one split in two, with a reason, and undone at will.

Such a group is a person's and is shown as that. The method weighs it as a given group; it was not tested against
chance, since a person chose it after a look at the incidents. It stands beside every later run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from verband.language.errors import InputError, NotFoundError
from verband.language.ids import group_id
from verband.language.markings import Marking as MarkingValue
from verband.language.markings import highest
from verband.methods import connecting as method
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import connecting, services, spelling, titles
from verband.rooms.campaigns.models import Grouping, GroupingMember, GroupingPart, Run
from verband.rooms.campaigns.services import CampaignRow, CampaignView
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture

_LEAST = 2
#: The share of incidents in common from which a run's campaign is linked to a person's group.
_ALIKE = 0.8


@dataclass(frozen=True)
class PartView:
    """One group of a grouping, its incidents in time order, and the run's campaigns that hold the same incidents."""

    part: GroupingPart
    incidents: tuple[picture.IncidentView, ...]
    proposed: tuple[CampaignRow, ...]

    def title(self, language: str) -> str:
        """Its title in that language."""
        return self.part.title_nl if language == "nl" else self.part.title_en


@dataclass(frozen=True)
class GroupingView:
    """What a person made of campaigns, with its groups; `undone` where it no longer stands."""

    grouping: Grouping
    parts: tuple[PartView, ...]
    marking: MarkingValue

    @property
    def undone(self) -> bool:
        """Whether it was taken back."""
        return self.grouping.undone_at is not None


@transaction.atomic
def merge(uuids: Sequence[str], *, reason: str, who: Reader, now: datetime) -> Grouping:
    """One group of all incidents of these campaigns.

    Raises InputError("campaigns.merge_one"), ("picture.no_reason"), ("campaigns.grouped"),
    RefusedError("people.no_power"), NotFoundError("campaigns.unknown").
    """
    demand(who, "judge_campaign")
    views = [services.campaign(uuid, who) for uuid in dict.fromkeys(uuids)]
    if len(views) < _LEAST:
        raise InputError("campaigns.merge_one")
    incidents = {view.id: view for campaign in views for view in campaign.incidents}
    return _make("merge", views, [list(incidents.values())], reason=reason, who=who, now=now)


@transaction.atomic
def split(uuid: str, *, apart: Sequence[str], reason: str, who: Reader, now: datetime) -> Grouping:
    """The campaign in two: the incidents with these ids apart, and the rest; a single incident makes no group.

    Raises InputError("campaigns.split_none"), ("picture.no_reason"), ("campaigns.grouped"),
    RefusedError("people.no_power"), NotFoundError("campaigns.unknown").
    """
    demand(who, "judge_campaign")
    view = services.campaign(uuid, who)
    chosen = [incident for incident in view.incidents if incident.stix_id in set(apart)]
    rest = [incident for incident in view.incidents if incident.stix_id not in set(apart)]
    parts = [part for part in (rest, chosen) if len(part) >= _LEAST]
    if not chosen or not rest or not parts:
        raise InputError("campaigns.split_none")
    return _make("split", [view], parts, reason=reason, who=who, now=now)


@transaction.atomic
def undo(uuid: str, *, reason: str, who: Reader, now: datetime) -> Grouping:
    """Take the grouping back, with a reason; it stays in the history.

    Raises InputError("picture.no_reason"), ("campaigns.undecided"), RefusedError("people.no_power"),
    NotFoundError("campaigns.no_grouping").
    """
    demand(who, "judge_campaign")
    if not reason.strip():
        raise InputError("picture.no_reason")
    found = view(uuid, who).grouping
    if found.undone_at is not None:
        raise InputError("campaigns.undecided")
    found.undone_by, found.undone_at, found.undone_reason = who.signature, int(now.timestamp()), reason.strip()
    found.save()
    audit.note("grouping undone", actor=who.signature, object=f"grouping {uuid}", detail={"reason": reason.strip()})
    return found


def view(uuid: str, who: Reader, *, known_on: int | None = None) -> GroupingView:
    """The grouping with that id, undone or not. Raises NotFoundError("campaigns.no_grouping")."""
    for found in _visible(who, known_on):
        if str(found.uuid) == uuid:
            return _views([found], who, known_on)[0]
    raise NotFoundError("campaigns.no_grouping", number=uuid)


def standing(who: Reader, *, known_on: int | None = None) -> tuple[GroupingView, ...]:
    """Every grouping that stands and that the reader may see, newest first."""
    return _views([found for found in _visible(who, known_on) if found.undone_at is None], who, known_on)


def of_campaign(campaign: CampaignView, who: Reader, *, known_on: int | None = None) -> tuple[GroupingView, ...]:
    """Groupings made from this campaign, or with the same incidents, undone ones too, newest first."""
    uuid = campaign.row.uuid
    found = [
        made
        for made in _visible(who, known_on)
        if uuid in {origin["uuid"] for origin in made.origins} or uuid in {str(p.uuid) for p in made.parts.all()}
    ]
    return _views(found, who, known_on)


def _visible(who: Reader, known_on: int | None) -> list[Grouping]:
    rows = Grouping.objects.filter(marking_id__in=picture.visible_markings(who.ceiling)).select_related("marking")
    if known_on is not None:
        rows = rows.filter(made_at__lte=known_on)
    found = list(rows.prefetch_related("parts__members"))
    for made in found:
        if known_on is not None and made.undone_at is not None and made.undone_at > known_on:
            made.undone_at = None
    return found


def _views(found: Sequence[Grouping], who: Reader, known_on: int | None) -> tuple[GroupingView, ...]:
    if not found:
        return ()
    groups = picture.sameness_groups(who.ceiling, known_on=known_on)
    incidents = {view.id: view for view in picture.incidents(who.ceiling, known_on=known_on)}
    rows = services.overview(who, known_on=known_on)
    held = {row.uuid: {groups.get(thing, thing) for thing in row.things} for row in rows}
    views = []
    for made in found:
        parts = []
        for part in made.parts.all():
            own = dict.fromkeys(groups.get(member.thing_id, member.thing_id) for member in part.members.all())
            alike = [row for row in rows if len(held[row.uuid] & set(own)) >= _ALIKE * len(held[row.uuid] | set(own))]
            members = [incidents[thing] for thing in own if thing in incidents]
            parts.append(PartView(part, _in_time(members), tuple(alike)))
        views.append(GroupingView(made, tuple(parts), made.marking.value()))
    return tuple(views)


def _make(
    kind: str,
    origins: Sequence[CampaignView],
    parts: Sequence[Sequence[picture.IncidentView]],
    *,
    reason: str,
    who: Reader,
    now: datetime,
) -> Grouping:
    if not reason.strip():
        raise InputError("picture.no_reason")
    uuids = [connecting.campaign_id(part) for part in parts]
    for made in _visible(who, None):
        if made.undone_at is None and made.kind == kind and {str(p.uuid) for p in made.parts.all()} == set(uuids):
            raise InputError("campaigns.grouped")
    marking = highest([_height(origin) for origin in origins])
    made = Grouping.objects.create(
        uuid=group_id([kind, *uuids, str(now.timestamp())]),
        kind=kind,
        origins=[
            {"uuid": origin.row.uuid, "title_nl": origin.row.title_nl, "title_en": origin.row.title_en}
            for origin in origins
        ],
        reason=reason.strip(),
        marking=picture.marking_row(marking),
        made_by=who.signature,
        made_at=int(now.timestamp()),
    )
    for place, values in enumerate(_weighed(parts, origins[0].run)):
        part = GroupingPart.objects.create(grouping=made, place=place, uuid=uuids[place], **values)
        GroupingMember.objects.bulk_create(
            GroupingMember(part=part, thing_id=incident.id, place=at)
            for at, incident in enumerate(_in_time(parts[place]))
        )
    detail = {"reason": made.reason, "campaigns": [origin.row.uuid for origin in origins]}
    audit.note(f"campaigns {kind}", actor=who.signature, object=f"grouping {made.uuid}", detail=detail)
    return made


def _height(origin: CampaignView) -> MarkingValue:
    """The grouping is marked by its incidents and by all that the run read: the run is what the person looked at."""
    run = origin.run
    released = origin.run.ceiling().communities or None
    top = MarkingValue(run.ceiling_tlp, run.ceiling_classification, released)
    return highest((origin.row.marking, top, *(incident.marking for incident in origin.incidents)))


def _weighed(parts: Sequence[Sequence[picture.IncidentView]], run: Run) -> list[dict[str, Any]]:
    """Title, weight and shared values of each part, as the method weighs a group that it is given."""
    views = connecting.readable(run.ceiling())
    place_of = {view.id: place for place, view in enumerate(views)}
    places = [[place_of[incident.id] for incident in part if incident.id in place_of] for part in parts]
    settings = msgspec.convert(run.parameters, method.Parameters)
    weighed = method.weigh([connecting.evidence_of(view) for view in views], settings, places)
    stated = spelling.stated_words(views) | spelling.text_words(views)
    found = []
    for given, part in zip(weighed, parts, strict=True):
        group = method.Campaign(
            incidents=given.incidents,
            bans=given.bans or 0.0,
            p=1.0,
            e_value=0.0,
            links=given.links,
            reports=given.reports,
            shared=given.shared,
        )
        found.append(
            {
                "title_nl": titles.title(group, part, stated, "nl"),
                "title_en": titles.title(group, part, stated, "en"),
                "bans": given.bans,
                "shared": [_shared(item, stated) for item in titles.shared_values(group)],
            }
        )
    return found


def _shared(item: titles.Shared, stated: spelling.Stated) -> dict[str, Any]:
    return {
        "feature": item.feature,
        "value": item.value,
        "stated": spelling.spelled(item.feature, item.value, stated),
        "bans": round(item.bans, 3),
        "incidents": item.incidents,
        "df": item.df,
        "n": item.n,
        "records": list(item.records),
    }


def _in_time(incidents: Sequence[picture.IncidentView]) -> tuple[picture.IncidentView, ...]:
    return tuple(sorted(incidents, key=lambda view: view.when.start if view.when else 2**40))
