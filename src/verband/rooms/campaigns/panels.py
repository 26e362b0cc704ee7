"""What this room adds to joined pages: the campaigns in which a thing occurs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.campaigns import services
from verband.rooms.panels import Panel
from verband.rooms.picture import services as picture


def campaigns_of_thing(request: HttpRequest, thing: picture.ThingView) -> Mapping[str, Any] | None:
    """The campaigns of the reader's newest run that hold the incident, or an incident that is linked to the thing."""
    who = reader_of(request)
    linked = [near.stix_id for side in (thing.outgoing, thing.incoming) for found in side.values() for near in found]
    rows = services.overview(who, known_on=known_on_of(request))
    names = picture.thing_ids([number for row in rows for number in row.things])
    wanted = {thing.stix_id, *linked}
    found = [
        row
        for row in rows
        if set(row.things) & set(thing.members) or any(names.get(number) in wanted for number in row.things)
    ]
    if not found:
        return None
    picture.note_reading(who, f"campaigns of {thing.stix_id}", [row.marking for row in found])
    dutch = page_language() == "nl"
    own = any(set(row.things) & set(thing.members) for row in found)
    return {"campaigns": [(row, row.title_nl if dutch else row.title_en) for row in found], "own": own}


PANELS = (Panel("thing", 20, "campaigns", campaigns_of_thing, "campaigns/_thing_panel.html"),)
