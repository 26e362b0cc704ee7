"""What this room adds to joined pages: the scope test of a campaign or an incident."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from verband.rooms.campaigns.services import CampaignView
from verband.rooms.panels import Panel
from verband.rooms.people.services import Reader
from verband.rooms.picture.services import ThingView
from verband.rooms.risk.watch import rows, scope

_TESTED = frozenset({"incident", "event", "disclosure"})


def scope_of_thing(request: HttpRequest, thing: ThingView) -> Mapping[str, Any] | None:
    """How the scope test of an incident stands; nothing for other things."""
    return _panel(request, thing.stix_id) if thing.kind in _TESTED else None


def scope_of_campaign(request: HttpRequest, view: CampaignView) -> Mapping[str, Any] | None:
    """How the scope test of a campaign stands."""
    return _panel(request, view.row.uuid)


def _panel(request: HttpRequest, subject: str) -> Mapping[str, Any]:
    who: Reader = request.reader  # type: ignore[attr-defined]
    found = scope.scope_of(subject, who, known_on=request.known_on)  # type: ignore[attr-defined]
    return {"scope": found, "state": rows.scope_states()[found.state]}


_TEMPLATE = "risk/watch/_scope_panel.html"
PANELS = (
    Panel("thing", 30, "risk", scope_of_thing, _TEMPLATE),
    Panel("campaign", 30, "risk", scope_of_campaign, _TEMPLATE),
)
