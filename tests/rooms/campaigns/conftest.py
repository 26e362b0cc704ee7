"""Six literal incidents of two markings, readers of both ceilings, and a run that holds two groups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.contract.conftest import Reading, incident
from verband.language.markings import Ceiling
from verband.language.records import Attribute
from verband.language.time import parse_time
from verband.methods import connecting as method
from verband.rooms.campaigns import connecting, services
from verband.rooms.campaigns.models import Run
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.picture import ingest
from verband.rooms.picture import services as picture

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


@pytest.fixture
def persons(db: None) -> dict[str, Person]:
    """An analyst up to AMBER, one up to CLEAR, and a decider who reads only."""
    home = people.add_organisation(
        "home",
        name_nl="Thuis",
        name_en="Home",
        legal_task="coordination",
        source="test",
        actor="test",
        profile="coordinator",
    )
    made = (("ann", "analyst", "AMBER"), ("cleo", "analyst", "CLEAR"), ("dirk", "decider", "AMBER"))
    return {
        name: people.add_person(name, role=role, organisation=home, actor="test", tlp=tlp) for name, role, tlp in made
    }


@pytest.fixture
def incidents(persons: dict[str, Person], tmp_path: Path) -> tuple[picture.IncidentView, ...]:
    """Cables (three, CLEAR) and drones (three, AMBER), as an analyst up to AMBER sees them, in recorded order."""
    rows = [
        ("a1", "Cable cut off the coast", "maritime", "anchor dragging", "2023-10-08", None),
        ("a2", "Cable damaged near the strait", "maritime", "anchor dragging", "2024-11-17", None),
        ("a3", "Cables cut on one day", "maritime", "Anchor dragging", "2025-01-26", None),
        ("b1", "Drones over a base", "airspace", "drone overflight", "2025-02-01", "AMBER"),
        ("b2", "Drones over a port", "airspace", "drone overflight", "2025-02-09", "AMBER"),
        ("b3", "Drones over an airport", "airspace", "drone overflight", "2025-02", "AMBER"),
    ]
    units = [
        incident(
            key,
            thing=f"incident--00000000-0000-4000-8000-{number:012d}",
            name=name,
            when=parse_time(when),
            marking=marking,
            certainty="suspected",
            reliability="B",
            credibility="2",
            attributes=(
                Attribute("domain", domain, domain),
                Attribute("country", "EE", "EE"),
                Attribute("means", means.lower(), means),
            ),
        )
        for number, (key, name, domain, means, when, marking) in enumerate(rows, start=1)
    ]
    path = tmp_path / "press.json"
    path.write_text("six")
    ingest.store(Reading(list(units)), path=path, sha256="0" * 64, actor="test", ceiling=Ceiling("RED"), now=NOW)
    found = picture.incidents(Ceiling("AMBER"))
    return tuple(sorted(found, key=lambda view: view.lead.id))


def evidence(feature: str, value: str, bans: float, *views: picture.IncidentView) -> method.LinkEvidence:
    records = tuple(str(view.lead.id) for view in views)
    return method.LinkEvidence(feature=feature, value=value, bans=bans, records=records, df=len(records), n=6)


def group(views: tuple[picture.IncidentView, ...], places: tuple[int, ...], bans: float, p: float) -> method.Campaign:
    """A group in which each pair names the same means and country; one is near in time and differs on the target."""
    pairs = [(a, b) for at, a in enumerate(places) for b in places[at + 1 :]]
    links = []
    for number, (a, b) in enumerate(pairs):
        both = (views[a], views[b])
        means = views[a].values("means")[0]
        rows = [evidence("means", means, 1.5, *both), evidence("country", "EE", 0.2, *both)]
        if number == 0:
            rows += [evidence("time", "12", 0.6), evidence("differs", "target", -0.2)]
        links.append(method.Link(a, b, sum(row.bans for row in rows), tuple(rows)))
    return method.Campaign(incidents=places, bans=bans, p=p, e_value=25.0, links=tuple(links), reports=len(places))


@pytest.fixture
def run(persons: dict[str, Person], incidents: tuple[picture.IncidentView, ...]) -> Run:
    """A run up to AMBER: the drones proposed, the cables held for coincidence."""
    return keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5), held=(0, 1, 2))


def keep_run(
    person: Person,
    views: tuple[picture.IncidentView, ...],
    ceiling: Ceiling,
    *,
    proposed: tuple[int, ...],
    held: tuple[int, ...] = (),
    alike: bool = False,
) -> Run:
    """A run; `alike`: what would be held is proposed too, and the two look alike by their country."""
    both = (views[proposed[0]], views[held[0]]) if alike else ()
    kin = (method.Kin(0, 1, 0.7, (evidence("country", "EE", 0.9, *both),)),) if alike else ()
    second = (group(views, held, 2.1, 0.4),) if held else ()
    result = method.Result(
        method="connecting",
        version="1",
        parameters=method.Parameters(),
        incidents=len(views),
        reports=len(views),
        comparisons=18,
        smallest_showable=4,
        campaigns=(group(views, proposed, 14.8, 0.0083), *(second if alike else ())),
        coincidences=() if alike else second,
        kin=kin,
        null_best=(4.2, 5.1, 6.3, 3.9, 7.7),
    )
    inputs = [connecting.evidence_of(view) for view in views]
    digest, who = connecting.input_digest(inputs), people.reader(person)
    return connecting.keep(result, views, digest, ceiling, who, NOW, engine="duckdb")


@pytest.fixture
def browse(persons: dict[str, Person]) -> Callable[..., Client]:
    """A signed-in browser in English, or in the language asked for."""

    def signed_in(name: str, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(persons[name])
        return client

    return signed_in


def uuid_of(run: Run, *, proposed: bool) -> str:
    return str(run.campaigns.get(proposed=proposed).uuid)


__all__ = ["NOW", "keep_run", "services", "uuid_of"]
