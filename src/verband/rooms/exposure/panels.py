"""What this room adds to joined pages: the tab of a campaign, and what fails if an incident's targets fail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from verband.rooms.asking import known_on_of, reader_of
from verband.rooms.campaigns.services import CampaignRow
from verband.rooms.exposure import targets
from verband.rooms.panels import Panel
from verband.rooms.picture.services import ThingView

_HIT = frozenset({"incident", "disclosure"})


def tab_of_campaign(request: HttpRequest, row: CampaignRow) -> Mapping[str, Any]:
    """The tab that leads to what fails if the campaign's targets fail."""
    return {"uuid": row.uuid}


def exposure_of_thing(request: HttpRequest, thing: ThingView) -> Mapping[str, Any] | None:
    """The way to what fails if an incident's targets fail; nothing where nobody said what any node stands for."""
    if thing.kind not in _HIT or not targets.standing_for(reader_of(request), known_on=known_on_of(request)):
        return None
    return {"stix_id": thing.stix_id}


PANELS = (
    Panel("campaign-tabs", 10, "exposure", tab_of_campaign, "exposure/_campaign_tab.html"),
    Panel("thing", 40, "exposure", exposure_of_thing, "exposure/_thing_panel.html"),
)
