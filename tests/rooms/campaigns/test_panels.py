"""What this room adds to the page of a thing."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from tests.rooms.campaigns.conftest import keep_run, uuid_of
from verband.language.markings import Ceiling
from verband.rooms.campaigns.models import Run
from verband.rooms.people.models import Person
from verband.rooms.picture import services as picture
from verband.workbench import panels

Browse = Callable[..., Client]


def test_every_panel_names_a_slot_and_panels_of_a_slot_stand_in_order() -> None:
    found = panels.offered()

    assert "campaigns" in {panel.room for panel in found}
    assert all(panel.slot and panel.template.endswith(".html") for panel in found)
    assert [panel.order for panel in found if panel.slot == "thing"] == sorted(
        panel.order for panel in found if panel.slot == "thing"
    )


def test_incidents_page_names_the_campaign_that_holds_it(
    run: Run, incidents: tuple[picture.IncidentView, ...], browse: Browse
) -> None:
    page = browse("ann").get(f"/incidents/things/{incidents[3].stix_id}/").content.decode()

    assert "Campaigns in which it occurs" in page
    assert f"/campaigns/{uuid_of(run, proposed=True)}/" in page


def test_incidents_page_names_no_campaign_above_the_readers_ceiling(
    run: Run, persons: dict[str, Person], incidents: tuple[picture.IncidentView, ...], browse: Browse
) -> None:
    there = f"/incidents/things/{incidents[0].stix_id}/"

    assert "Campaigns in which it occurs" in browse("ann").get(there).content.decode()
    assert "Campaigns in which it occurs" not in browse("cleo").get(there).content.decode()

    keep_run(persons["ann"], incidents[:3], Ceiling("CLEAR"), proposed=(0, 1, 2))
    assert "Campaigns in which it occurs" in browse("cleo").get(there).content.decode()
