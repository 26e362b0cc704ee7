"""What this room adds to joined pages: the cases about a campaign or an incident, and the way to a new one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from verband.rooms.asking import known_on_of, reader_of
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.panels import Panel
from verband.rooms.picture.services import ThingView
from verband.rooms.response import cases, keeping
from verband.rooms.response.incident_mode import showing

_ASKED_ABOUT = frozenset({"incident", "event", "disclosure"})


def cases_of_thing(request: HttpRequest, thing: ThingView) -> Mapping[str, Any] | None:
    """The cases about an incident; nothing for other things."""
    return _panel(request, thing.stix_id) if thing.kind in _ASKED_ABOUT else None


def cases_of_campaign(request: HttpRequest, view: CampaignView) -> Mapping[str, Any] | None:
    """The cases about a campaign."""
    return _panel(request, view.row.uuid)


def _panel(request: HttpRequest, origin: str) -> Mapping[str, Any]:
    who, known_on = reader_of(request), known_on_of(request)
    found = cases.about(origin, who, known_on=known_on)
    modes = showing.about(origin, who, known_on=known_on)
    may_open = known_on is None and who.may(keeping.PREPARE)
    return {"cases": found, "modes": modes, "origin": origin, "may_open": may_open}


_TEMPLATE = "response/_panel.html"
PANELS = (
    Panel("thing", 40, "response", cases_of_thing, _TEMPLATE),
    Panel("campaign", 40, "response", cases_of_campaign, _TEMPLATE),
)
