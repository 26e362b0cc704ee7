"""What stands after a night: it tests only what is new, so that what runs before it proposed stays proposed."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from verband.language.markings import Ceiling
from verband.rooms.campaigns.models import Campaign, Run
from verband.rooms.picture import services as picture

__all__ = ["listed", "of"]


def listed(run: Run, ceiling: Ceiling) -> list[Campaign]:
    """What the list shows after the run: what it proposes, what stays proposed, and what is held for coincidence.

    What was proposed before and has more than half of its incidents in a campaign proposed since is that campaign.
    """
    visible = picture.visible_markings(ceiling)
    found = Campaign.objects.filter(marking_id__in=visible).select_related("marking", "run").prefetch_related("members")
    own = list(found.filter(run=run))
    proposed = [item for item in own if item.proposed]
    before = _runs(run, ceiling)[1:]
    place = {one.pk: number for number, one in enumerate(before)}
    earlier = sorted(found.filter(run__in=place, proposed=True), key=lambda item: place[item.run_id])
    for item in earlier:
        if not any(_holds(other, item) for other in proposed):
            proposed.append(item)
    names = {item.uuid for item in proposed}
    return [*proposed, *(item for item in own if not item.proposed and item.uuid not in names)]


def of(items: Sequence[Campaign], newest: Run | None, ceiling: Ceiling) -> Campaign:
    """Of one campaign in several runs, newest first, the one that stands: a proposal is not undone by a night."""
    if items[0].proposed or newest is None:
        return items[0]
    runs = {run.pk for run in _runs(newest, ceiling)}
    if items[0].run_id not in runs:
        return items[0]
    return next((item for item in items if item.proposed and item.run_id in runs), items[0])


def _runs(run: Run, ceiling: Ceiling) -> list[Run]:
    """The run and, as long as it is a night, the one whose list the reader saw before it; newest first.

    A run of the same moment under another ceiling was made beside it, for readers who see less.
    """
    found = [run]
    older = Run.objects.filter(Q(run_at__lt=run.run_at) | Q(run_at=run.run_at, pk__lt=run.pk), what_if_of=None)
    for before in older.select_related("night").defer("null_best", "capped", "kin").order_by("-run_at", "-pk"):
        if not hasattr(found[-1], "night"):
            break
        beside = before.run_at == found[-1].run_at and before.ceiling() != found[-1].ceiling()
        if before.ceiling().within(ceiling) and not beside:
            found.append(before)
    return found


def _holds(campaign: Campaign, before: Campaign) -> bool:
    """Whether more than half of the incidents of `before` are in the campaign."""
    mine = {member.thing_id for member in campaign.members.all()}
    theirs = {member.thing_id for member in before.members.all()}
    return 2 * len(mine & theirs) > len(theirs)
