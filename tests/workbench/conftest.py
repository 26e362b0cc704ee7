"""A small picture with marked and open incidents, and one person of each role, signed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.contract.conftest import Reading, incident
from verband.language.markings import Ceiling
from verband.language.records import Attribute, Record
from verband.language.time import parse_time
from verband.rooms.people import services as people
from verband.rooms.picture import ingest

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)
PERSONS = {
    "ana": ("analyst", "AMBER"),
    "clea": ("analyst", "CLEAR"),
    "desk": ("desk", "GREEN"),
    "olga": ("oversight", "GREEN"),
    "root": ("administrator", "GREEN"),
}


def of(*pairs: tuple[str, str]) -> tuple[Attribute, ...]:
    return tuple(Attribute(name, value, value) for name, value in pairs)


def units() -> list[Record]:
    return [
        incident(
            "a",
            name="Cable cut near the coast",
            when=parse_time("2025-05-03"),
            latitude=52.1,
            longitude=4.3,
            attributes=of(("domain", "maritime"), ("country", "NL"), ("interest", "economic_security")),
        ),
        incident(
            "b",
            name="Sites copied",
            when=parse_time("2025-06"),
            attributes=of(("domain", "information"), ("country", "DE"), ("interest", "social_political_stability")),
        ),
        incident(
            "c",
            name="=Sum of outages",
            when=parse_time("2025"),
            certainty="suspected",
            attributes=of(("domain", "cyber"), ("country", "NL"), ("interest", "economic_security")),
        ),
        incident(
            "d",
            kind="response",
            name="Expulsion of two officers",
            when=parse_time("2025-07-01"),
            evidence=False,
            attributes=of(("domain", "espionage"), ("country", "NL"), ("event_type", "response")),
        ),
    ]


@pytest.fixture
def persons(db: None) -> dict[str, people.Person]:
    home = people.add_organisation(
        "home",
        name_nl="Thuis",
        name_en="Home",
        legal_task="coordination",
        source="test",
        actor="test",
        profile="coordinator",
    )
    return {
        name: people.add_person(name, role=role, organisation=home, actor="test", tlp=tlp)
        for name, (role, tlp) in PERSONS.items()
    }


@pytest.fixture
def browse(persons: dict[str, people.Person]) -> Callable[..., Client]:
    """A client in which that person is signed in, in that language."""

    def signed_in(name: str, language: str = "en") -> Client:
        client = Client()
        client.cookies["django_language"] = language
        client.force_login(persons[name])
        return client

    return signed_in


@pytest.fixture
def picture(persons: dict[str, people.Person], tmp_path: Path) -> None:
    """Three open incidents and a response, and one incident that only AMBER may see."""
    secret = incident("s", name="Zirconium secret", attributes=of(("domain", "espionage"), ("country", "PL")))
    for number, (records, marking) in enumerate([(units(), "CLEAR"), ([secret], "AMBER")]):
        path = tmp_path / f"file-{number}"
        path.write_bytes(bytes([number]))
        ingest.store(
            Reading(records, source=f"press-{number}", marking=marking),  # type: ignore[arg-type]
            path=path,
            sha256=f"{number}" * 64,
            actor="test",
            ceiling=Ceiling("RED"),
            now=NOW,
        )
