"""That two things are one: proposed with evidence, decided by a person, undone without loss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q

from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Ceiling
from verband.language.markings import Marking as MarkingValue
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import markings
from verband.rooms.picture.models import Sameness


@dataclass(frozen=True)
class Proposal:
    """Two things that may be one, with what speaks for it (feature, value, bans) and the highest marking of that."""

    first: int
    second: int
    evidence: Mapping[str, object]
    strength: float
    marking: MarkingValue


def groups(ceiling: Ceiling, *, known_on: int | None = None) -> dict[int, int]:
    """For each thing that is held the same as another: the lowest thing id of its group. Others are not listed.

    Only samenesses whose evidence may be seen under the ceiling count, as they stood at `known_on`.
    """
    accepted = Sameness.objects.filter(accepted_at__isnull=False, marking_id__in=markings.visible(ceiling))
    if known_on is None:
        accepted = accepted.filter(undone_at=None)
    else:
        accepted = accepted.filter(Q(undone_at=None) | Q(undone_at__gt=known_on), accepted_at__lte=known_on)
    parents: dict[int, int] = {}

    def root(thing: int) -> int:
        while parents.setdefault(thing, thing) != thing:
            thing = parents[thing]
        return thing

    for first, second in accepted.values_list("first_id", "second_id"):
        low, high = sorted((root(first), root(second)))
        parents[high] = low
    return {thing: root(thing) for thing in list(parents)}


def propose(proposals: Iterable[Proposal], *, actor: str, now: datetime) -> int:
    """Store proposals that are new; how many were. One that a person rejected or undid is not raised again.

    One that waits for a person takes what was found with less: others may see it then.
    """
    moment, count = int(now.timestamp()), 0
    with transaction.atomic():
        for proposal in proposals:
            first, second = sorted((proposal.first, proposal.second))
            kept, made = Sameness.objects.select_related("marking").get_or_create(
                first_id=first,
                second_id=second,
                defaults={
                    "evidence": dict(proposal.evidence),
                    "strength": proposal.strength,
                    "marking": markings.row(proposal.marking),
                    "proposed_by": actor,
                    "proposed_at": moment,
                },
            )
            count += made
            if not made and _waits(kept) and _lower(proposal.marking, kept.marking.value()):
                kept.marking = markings.row(proposal.marking)
                kept.evidence, kept.strength = dict(proposal.evidence), proposal.strength
                kept.proposed_by, kept.proposed_at = actor, moment
                kept.save()
        if count:
            audit.note("sameness proposed", actor=actor, detail={"pairs": count})
    return count


def _waits(kept: Sameness) -> bool:
    return kept.accepted_at is None and kept.rejected_at is None


def _lower(marking: MarkingValue, other: MarkingValue) -> bool:
    """Whether everybody who may see `other` may see `marking`, and others too."""
    ranks = marking.tlp_rank, marking.classification_rank
    others = other.tlp_rank, other.classification_rank
    if any(mine > theirs for mine, theirs in zip(ranks, others, strict=True)):
        return False
    open_to = marking.releasable_to is None or marking.releasable_to == other.releasable_to
    return open_to and (ranks, marking.releasable_to) != (others, other.releasable_to)


def proposals(ceiling: Ceiling) -> list[Sameness]:
    """What waits for a decision and may be seen under the ceiling, strongest first."""
    waiting = Sameness.objects.filter(
        accepted_at=None, rejected_at=None, marking_id__in=markings.visible(ceiling)
    ).select_related("first", "second")
    return list(waiting.order_by("-strength", "pk"))


def of_things(things: Iterable[int], ceiling: Ceiling) -> list[Sameness]:
    """Every sameness of these things that may be seen, whatever became of it."""
    listed = list(things)
    found = Sameness.objects.filter(Q(first__in=listed) | Q(second__in=listed))
    return list(found.filter(marking_id__in=markings.visible(ceiling)).select_related("first", "second").order_by("pk"))


def newest_decision(ceiling: Ceiling) -> int | None:
    """When two things were last held the same, or apart again, in seconds since 1970; None where they never were."""
    seen = Sameness.objects.filter(marking_id__in=markings.visible(ceiling))
    found = seen.aggregate(Max("accepted_at"), Max("undone_at"))
    return max((moment for moment in found.values() if moment is not None), default=None)


@transaction.atomic
def decide(number: int, *, verdict: str, reason: str, who: Reader, now: datetime) -> Sameness:
    """Accept, reject or undo one sameness, by a person with a reason.

    `verdict` is `accept`, `reject` or `undo`. Raises NotFoundError("picture.no_sameness"),
    InputError("picture.no_reason"), ("picture.wrong_state") and RefusedError("people.no_power").
    """
    demand(who, "resolve")
    if not reason.strip():
        raise InputError("picture.no_reason")
    visible = Sameness.objects.filter(pk=number, marking_id__in=markings.visible(who.ceiling))
    found = visible.select_for_update().first()
    if found is None:
        raise NotFoundError("picture.no_sameness")
    moment = int(now.timestamp())
    accepted = found.accepted_at is not None and found.undone_at is None
    if verdict == "accept" and not accepted:
        found.accepted_by, found.accepted_at = who.signature, moment
        found.undone_at, found.undone_by, found.rejected_at, found.rejected_by = None, "", None, ""
    elif verdict == "reject" and found.accepted_at is None and found.rejected_at is None:
        found.rejected_by, found.rejected_at = who.signature, moment
    elif verdict == "undo" and accepted:
        found.undone_by, found.undone_at = who.signature, moment
    else:
        raise InputError("picture.wrong_state", verdict=verdict)
    found.reason = reason.strip()
    found.save()
    audit.note(f"sameness {verdict}", actor=who.signature, object=f"{number}", detail={"reason": found.reason})
    return found
