"""What people decided about groups like this one, and whether the evidence has changed since.

A decision holds for more than the very same group. With M the incidents of a group and D those decided about:

- a rejection holds while |M & D| / |M | D| is at least SAME and no record about an incident of both came in that the
  one who decided could not read;
- an acceptance holds for the incidents that were accepted, while at least SAME of D is still in the group and no more
  of the group is new than was accepted; the new ones are not judged.

Else the decision is only recalled: the group is proposed again, with what is new since then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from verband.language.markings import Ceiling
from verband.rooms.campaigns.models import Campaign, Decision, DecisionMember
from verband.rooms.picture import services as picture

#: The share of incidents in common from which two groups are the same one.
SAME = 0.8
#: A group that has this share of the smaller of the two in common recalls the decision.
RECALLED = 0.5


@dataclass(frozen=True)
class Recall:
    """A decision about this group or one like it. `holds`: its verdict stands for this group.

    `new`, `gone`: things in the group that were not decided about, and the other way round. `records`: how many records
    about incidents of both could not be read then.
    """

    decision: Decision
    holds: bool
    new: tuple[int, ...]
    gone: tuple[int, ...]
    records: int


@dataclass(frozen=True)
class Remembered:
    """The incidents of one decision with the records that were read about each, under things as they stand."""

    decision: Decision
    read: Mapping[int, frozenset[int]]


@dataclass(frozen=True)
class Memory:
    """What a reader may know of decisions. `groups`: things held the same as another; `records`: evidence by thing."""

    remembered: tuple[Remembered, ...]
    groups: Mapping[int, int]
    records: Mapping[int, Mapping[int, int]]

    def of(self, campaign: Campaign) -> Recall | None:
        """The decision that this campaign recalls, None where nobody decided about anything like it."""
        things = [member.thing_id for member in campaign.members.all()]
        members = dict.fromkeys(self.groups.get(thing, thing) for thing in things)
        read = {
            thing: frozenset(number for number, at in self.records.get(thing, {}).items() if at <= campaign.run.run_at)
            for thing in members
        }
        return recall(read, self.remembered, uuid=str(campaign.uuid))


def recall(group: Mapping[int, frozenset[int]], remembered: Iterable[Remembered], *, uuid: str = "") -> Recall | None:
    """The decision about the most alike group, the latest of several; None where none is alike enough.

    `group`: the incidents of the group, each with the records that can be read about it.
    """
    best: tuple[tuple[float, int, int], Recall] | None = None
    for kept in remembered:
        found = _recall(group, kept, uuid)
        if found is not None:
            rank = (_alike(group, kept.read), kept.decision.decided_at, kept.decision.pk or 0)
            if best is None or rank > best[0]:
                best = rank, found
    return best[1] if best else None


def _recall(group: Mapping[int, frozenset[int]], kept: Remembered, uuid: str) -> Recall | None:
    if not kept.read:
        return Recall(kept.decision, True, (), (), 0) if str(kept.decision.uuid) == uuid else None
    both = [thing for thing in group if thing in kept.read]
    if len(both) < min(2, len(group)) or len(both) < RECALLED * min(len(group), len(kept.read)):
        return None
    new = tuple(thing for thing in group if thing not in kept.read)
    gone = tuple(thing for thing in kept.read if thing not in group)
    records = sum(len(group[thing] - kept.read[thing]) for thing in both)
    if kept.decision.verdict == "accept":
        holds = len(both) >= SAME * len(kept.read) and len(new) <= len(both)
    else:
        holds = _alike(group, kept.read) >= SAME and not records
    return Recall(kept.decision, holds, new, gone, records)


def _alike(group: Mapping[int, object], other: Mapping[int, object]) -> float:
    """Incidents in common as a share of all of both (Jaccard); 1 for a decision whose incidents were not kept."""
    return len(group.keys() & other.keys()) / len(group.keys() | other.keys()) if other else 1.0


def remember(decision: Decision, incidents: Sequence[picture.IncidentView]) -> None:
    """Keep the incidents of a decision with the evidence that could be read about each."""
    DecisionMember.objects.bulk_create(
        DecisionMember(
            decision=decision, thing_id=view.id, records=[record.id for record in view.records if record.evidence]
        )
        for view in incidents
    )


def memory(
    ceiling: Ceiling, views: Sequence[picture.IncidentView], groups: Mapping[int, int], *, known_on: int | None = None
) -> Memory:
    """Decisions that stand and that the reader may see, with the evidence that he may read, or might on that day."""
    standing = [decision for decision in decisions(ceiling, known_on=known_on) if decision.undone_at is None]
    found = []
    for decision in standing:
        read: dict[int, frozenset[int]] = {}
        for member in decision.members.all():
            thing = groups.get(member.thing_id, member.thing_id)
            read[thing] = read.get(thing, frozenset()) | frozenset(member.records)
        found.append(Remembered(decision, read))
    records = {view.id: {record.id: record.recorded_at for record in view.records if record.evidence} for view in views}
    return Memory(tuple(found), groups, records)


def decisions(ceiling: Ceiling, *, known_on: int | None = None) -> list[Decision]:
    """Decisions that may be seen under the ceiling, newest first, as they stood on that moment."""
    rows: QuerySet[Decision] = Decision.objects.filter(marking_id__in=picture.visible_markings(ceiling))
    if known_on is not None:
        rows = rows.filter(decided_at__lte=known_on)
    found = list(rows.prefetch_related("members"))
    for decision in found:
        if known_on is not None and decision.undone_at is not None and decision.undone_at > known_on:
            decision.undone_at = None
    return found
