"""Proposals that look alike are named to who may merge them, and to nobody who may not see both."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.campaigns.conftest import keep_run
from verband.language.markings import Ceiling
from verband.rooms.campaigns import lookalikes, services
from verband.rooms.campaigns.models import Run
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.picture import services as picture

Browse = Callable[..., Client]


@pytest.fixture
def alike(persons: dict[str, Person], incidents: tuple[picture.IncidentView, ...]) -> Run:
    """Drones (AMBER) and cables (CLEAR) proposed, in a run that anybody may see."""
    return keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5), held=(0, 1, 2), alike=True)


def uuids(run: Run) -> list[str]:
    return [str(campaign.uuid) for campaign in run.campaigns.order_by("pk")]


def test_a_campaign_names_the_one_that_looks_like_it_from_either_side(alike: Run, persons: dict[str, Person]) -> None:
    ann = people.reader(persons["ann"])

    for own, other in (uuids(alike), uuids(alike)[::-1]):
        (found,) = lookalikes.of_campaign(services.campaign(own, ann), ann, "nl")
        assert (found.first, found.second) == (own, other)
        assert found.words == "“Estland”"
        assert found.factor == pytest.approx(10**0.7)


def test_the_page_leads_to_a_merge_with_both_ticked(alike: Run, browse: Browse) -> None:
    drones, cables = uuids(alike)

    page = browse("ann").get(f"/campaigns/{drones}/").content.decode()
    address = f"/campaigns/merge/?with={drones}&amp;with={cables}"
    merge = browse("ann").get(address.replace("&amp;", "&")).content.decode()

    assert "Campaigns that look alike" in page
    assert "5.0 times likelier" in page
    assert f'href="{address}"' in page
    assert f'value="{drones}" checked' in merge
    assert f'value="{cables}" checked' in merge


def test_who_may_not_merge_is_not_led_there(alike: Run, browse: Browse) -> None:
    page = browse("dirk").get(f"/campaigns/{uuids(alike)[0]}/").content.decode()

    assert "Campaigns that look alike" in page
    assert "/campaigns/merge/" not in page


@pytest.mark.requirement("D1")
def test_one_above_the_readers_ceiling_is_named_to_nobody(alike: Run, persons: dict[str, Person]) -> None:
    """The reader may see the cables' campaign; the drones' is AMBER."""
    cleo = people.reader(persons["cleo"])

    assert lookalikes.of_run(alike, cleo, "en") == ()


def test_a_run_without_lookalikes_says_nothing_of_them(run: Run, browse: Browse) -> None:
    page = browse("ann").get(f"/campaigns/{run.campaigns.get(proposed=True).uuid}/").content.decode()

    assert "look alike" not in page
    assert "look alike" not in browse("ann").get("/campaigns/merge/").content.decode()
