"""Which node a target is, people say, and it is never guessed from a name; then what fails if it fails."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from django.test import Client

from tests.rooms.campaigns.conftest import incidents, keep_run, persons
from tests.rooms.exposure.conftest import NOW, WRITER, add, fill
from tests.rooms.exposure.test_pages import text
from tests.rooms.risk.conftest import Literal, incident
from tests.rooms.risk.test_pages import sign_in
from verband.language.errors import InputError
from verband.language.ids import stix_id
from verband.language.markings import Ceiling
from verband.language.records import Attribute, Link
from verband.rooms.campaigns.models import Campaign
from verband.rooms.exposure import services, targets
from verband.rooms.people.models import Person
from verband.rooms.picture import ingest
from verband.rooms.picture import services as picture

__all__ = ["incidents", "persons", "sign_in"]
pytestmark = pytest.mark.django_db
RAIL = stix_id("identity", "rail operator")


@pytest.fixture
def hit(tmp_path: Path) -> str:
    """An incident that names `North grid` as its target, and has a link to a rail operator; its STIX id."""
    base = incident("a1")
    thing = base.thing or ""
    told = msgspec.structs.replace(
        base,
        attributes=(*base.attributes, Attribute("target", "north grid", "North Grid")),
        links=(Link("targets", thing, RAIL, "Rail operator"),),
    )
    path = tmp_path / "press.json"
    path.write_text("one")
    ingest.store(Literal([told]), path=path, sha256="1" * 64, actor="test", ceiling=Ceiling("RED"), now=NOW)
    return thing


def stand(node: str, thing: str, marking: str = "CLEAR") -> None:
    add("stands-for", node=node, thing=thing, reason="The operator says so", marking=marking)


def test_nothing_is_guessed_from_a_name(hit: str) -> None:
    fill()

    _, found = targets.of_incident(hit, WRITER)

    assert [(one.name, one.nodes) for one in found.targets] == [("North Grid", ())]
    assert found.picks == []


@pytest.mark.requirement("R062")
def test_what_a_person_says_by_name_or_by_thing_is_let_fail(hit: str) -> None:
    fill()
    stand("grid", "north GRID")
    stand("taps", f"https://verband.example/incidents/things/{RAIL}/")

    _, found = targets.of_incident(hit, WRITER)

    assert [(one.name, [each.node.key for each in one.nodes]) for one in found.targets] == [
        ("North Grid", ["grid"]),
        ("Rail operator", ["taps"]),
    ]
    assert found.picks == ["grid", "taps"]


def test_a_thing_that_is_not_in_the_picture_is_refused_beside_its_field() -> None:
    fill()

    with pytest.raises(InputError) as refused:
        stand("grid", stix_id("identity", "nobody"))

    assert (refused.value.code, refused.value.params["field"]) == ("exposure.no_thing", "thing")


def test_the_page_of_an_incident_lets_its_targets_fail_and_leads_to_playing(
    hit: str, sign_in: Callable[..., Client]
) -> None:
    fill()
    client = sign_in("ann", tlp="GREEN")
    without = text(client, f"incidents/{hit}/")
    panel = client.get(f"/incidents/things/{hit}/").content.decode()
    stand("grid", "North grid", marking="AMBER")
    hidden = text(client, f"incidents/{hit}/")
    stand("grid", "North grid")

    shown = text(client, f"incidents/{hit}/?hours=24")

    assert "As long as nobody said which node a target is" in without
    assert "As long as nobody said which node a target is" in hidden
    assert "/exposure/incidents/" not in panel
    assert "Within 24 hours 3 nodes fail" in shown
    assert "fail=grid&amp;hours=24" in shown
    assert f"/exposure/incidents/{hit}/" in client.get(f"/incidents/things/{hit}/").content.decode()
    assert "pumps" in text(client, f"incidents/{hit}/?format=csv")
    text(client, f"incidents/{stix_id('incident', 'none')}/", 404)


def test_a_campaign_has_the_tab_and_its_targets_fail_together(
    persons: dict[str, Person], incidents: tuple[picture.IncidentView, ...]
) -> None:
    fill()
    keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5))
    uuid = Campaign.objects.get().uuid
    client = Client(headers={"accept-language": "en"})
    client.force_login(persons["ann"])

    tabs = client.get(f"/campaigns/{uuid}/").content.decode()
    shown = text(client, f"campaigns/{uuid}/")

    assert f'href="/exposure/campaigns/{uuid}/"' in tabs
    assert "No source names a target here." in shown
    assert services.network(WRITER).nodes
    text(client, "campaigns/00000000-0000-4000-8000-00000000dead/", 404)
