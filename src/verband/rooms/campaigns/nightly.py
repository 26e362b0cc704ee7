"""Nights: what came in since the last one is tested, at a level such that all nights together keep one promise."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from verband.language.markings import Ceiling
from verband.language.records import json_bytes
from verband.methods import connecting as method
from verband.rooms.campaigns.models import Night, Run
from verband.rooms.picture import services as picture

__all__ = ["keep", "night", "said"]


def night(views: Sequence[picture.IncidentView], under: Ceiling, settings: method.Parameters) -> method.Night:
    """The night that comes next under this ceiling, for incidents in the order in which the method reads them.

    What was read in no earlier night is new. Nights with another false discovery rate are another row of nights.
    """
    before = list(Night.objects.filter(under=_under(under, settings)).select_related("run"))
    place = {view.id: number for number, view in enumerate(views)}
    earlier = []
    for row in before:
        for campaign in row.run.campaigns.filter(proposed=True).prefetch_related("members"):
            members = {member.thing_id for member in campaign.members.all()}
            earlier.append(frozenset(place[thing] for thing in members if thing in place))
    read = frozenset(before[-1].read) if before else frozenset()
    return method.Night(
        number=len(before) + 1,
        proposed=sum(row.proposed for row in before),
        new=frozenset(number for thing, number in place.items() if thing not in read),
        earlier=tuple(dict.fromkeys(group for group in earlier if group)),
    )


def keep(
    run: Run, this: method.Night, result: method.Result, views: Sequence[picture.IncidentView], under: Ceiling
) -> Night:
    """The night as a row; what was read moves on to it."""
    row, held = _under(under, result.parameters), this.carried([campaign.incidents for campaign in result.campaigns])
    last = Night.objects.filter(under=row).last()
    read = {view.id for view in views}.union(last.read if last else ())
    Night.objects.filter(under=row).update(read=[])
    return Night.objects.create(
        run=run,
        under=row,
        number=this.number,
        new=len(this.new),
        level=this.level(result.parameters.fdr),
        proposed=int((~held).sum()),
        read=sorted(read),
    )


def _under(ceiling: Ceiling, settings: method.Parameters) -> str:
    said = [ceiling.tlp, ceiling.classification, sorted(ceiling.communities), settings.fdr]
    return hashlib.sha256(json_bytes(said)).hexdigest()[:10]


def said(result: method.Result) -> dict[str, dict[str, float]]:
    """What the JSON of a run says of its night; nothing where it was none."""
    notes = result.notes
    if "night" not in notes:
        return {}
    said = {"number": notes["night"], "level": round(notes["night_level"], 9), "new": notes["night_new"]}
    return {"night": said}
