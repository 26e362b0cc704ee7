"""Six literal incidents from a table, three of them AMBER; readers of both ceilings; a run under each; one proposal."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client

from verband.language.markings import CLEAR, Ceiling, Marking
from verband.rooms.campaigns.models import Campaign, LinkEvidence, Member, Run
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture
from verband.rooms.picture.services import IncidentView, Proposal

NOW = datetime(2025, 3, 10, 12, 0, tzinfo=UTC)
COLUMNS = (
    "id", "event_type", "title", "summary", "date_start", "date_end", "country", "place", "lat", "lon", "domain",
    "means", "target", "target_sector", "interests", "actor_as_stated", "actor_kind", "certainty_as_stated",
    "shared_features", "source_title", "source_publisher", "source_url", "show_title", "marking",
)  # fmt: skip
#: key, title, domain, day, actor, certainty, marking, title may be shown
ROWS = (
    (
        "a1",
        "Cable cut off the coast",
        "maritime",
        "2023-10-08",
        "Aland",
        "probable, “not proven” <yet>",
        "CLEAR",
        "yes",
    ),
    ("a2", "Cable damaged near the strait", "maritime", "2024-11-17", "Aland", "under investigation", "CLEAR", "yes"),
    ("a3", "Cables cut on one day", "maritime", "2025-01-26", "unknown crew", "suspected", "CLEAR", "no"),
    ("b1", "Drones over a naval base", "airspace", "2025-02-01", "Bravia", "stated as fact", "AMBER", "yes"),
    ("b2", "Drones over a deep port", "airspace", "2025-02-09", "Bravia", "stated as fact", "AMBER", "yes"),
    ("b3", "Drones over an airfield", "airspace", "2025-02", "Bravia", "stated as fact", "AMBER", "yes"),
)


def row(
    key: str, title: str, domain: str, day: str, actor: str, certainty: str, marking: str, shown: str
) -> dict[str, str]:
    """One row of the project's own table of incidents."""
    return dict.fromkeys(COLUMNS, "") | {
        "id": key,
        "event_type": "incident",
        "title": title,
        "summary": f"Summary of {key}",
        "date_start": day,
        "country": "EE",
        "place": "Tallinn",
        "lat": "59.4",
        "lon": "24.7",
        "domain": domain,
        "means": "anchor dragging" if domain == "maritime" else "drone overflight",
        "interests": "economic" if domain == "maritime" else "territorial",
        "actor_as_stated": actor,
        "actor_kind": "unknown" if actor.startswith("unknown") else "state",
        "certainty_as_stated": certainty,
        "source_title": f"Headline of {key}",
        "source_publisher": "Baltic News",
        "source_url": f"https://news.example/{key}",
        "show_title": shown,
        "marking": marking,
    }


@pytest.fixture
def persons(db: None) -> dict[str, Person]:
    """An analyst up to AMBER, one up to CLEAR, a decider who may read and export, and a desk officer."""
    home = people.add_organisation(
        "home",
        name_nl="Thuis",
        name_en="Home",
        legal_task="coordination",
        source="test",
        actor="test",
        profile="coordinator",
    )
    made = (
        ("ann", "analyst", "AMBER"),
        ("cleo", "analyst", "CLEAR"),
        ("dirk", "decider", "AMBER"),
        ("dee", "desk", "AMBER"),
    )
    return {
        name: people.add_person(name, role=role, organisation=home, actor="test", tlp=tlp) for name, role, tlp in made
    }


@pytest.fixture
def ann(persons: dict[str, Person]) -> Reader:
    return people.reader(persons["ann"])


@pytest.fixture
def cleo(persons: dict[str, Person]) -> Reader:
    return people.reader(persons["cleo"])


@pytest.fixture
def ingest(persons: dict[str, Person], tmp_path: Path) -> Callable[..., list[IncidentView]]:
    """Brings rows in as a file, and gives the incidents that an AMBER reader sees, in recorded order."""

    def bring(*rows: dict[str, str], now: datetime = NOW) -> list[IncidentView]:
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
        path = tmp_path / f"incidents-{len(text.getvalue())}.csv"
        path.write_text(text.getvalue(), "utf-8")
        counts = picture.ingest_file(path, who=people.reader(persons["ann"]), now=now)
        assert counts.rejected == 0
        return sorted(picture.incidents(Ceiling("AMBER")), key=lambda view: view.lead.id)

    return bring


@pytest.fixture
def incidents(ingest: Callable[..., list[IncidentView]]) -> list[IncidentView]:
    return ingest(*(row(*values) for values in ROWS))


@pytest.fixture
def runs(incidents: list[IncidentView]) -> tuple[Run, Run]:
    """A run up to CLEAR that holds the cables for coincidence, and one up to AMBER that proposes the drones."""
    clear = _run("CLEAR", 3)
    _group(
        clear, incidents[:3], "11111111-1111-5111-8111-111111111111", "anchor dragging", proposed=False, marking=CLEAR
    )
    amber = _run("AMBER", 6)
    _group(
        amber,
        incidents[3:],
        "22222222-2222-5222-8222-222222222222",
        "drone overflight",
        proposed=True,
        marking=Marking("AMBER"),
    )
    _group(
        amber, incidents[:3], "11111111-1111-5111-8111-111111111111", "anchor dragging", proposed=False, marking=CLEAR
    )
    picture.propose_same(
        [Proposal(incidents[3].id, incidents[4].id, {"evidence": []}, 3.0, Marking("AMBER"))],
        actor="connecting 1",
        now=NOW,
    )
    return clear, amber


def _run(tlp: str, incidents: int) -> Run:
    return Run.objects.create(
        method="connecting",
        method_version="1",
        parameters={"seed": 7, "fdr": 0.05, "spans_days": [20.0, 90.0], "largest": 40},
        ceiling_tlp=tlp,
        ceiling_classification="ongerubriceerd",
        input_digest="0" * 64,
        incidents=incidents,
        comparisons=18,
        fdr=0.05,
        smallest_showable=4,
        null_best=[4.2, 5.1, 6.3, 3.9, 7.7],
        run_by="test",
        run_at=int(NOW.timestamp()) - 60,
    )


def _group(run: Run, views: list[IncidentView], uuid: str, means: str, *, proposed: bool, marking: Marking) -> Campaign:
    records = [view.lead.id for view in views]
    text = f"3 of the 3 incidents name “{means}” (means); no other on record does."
    why = {
        "together": [
            {"text": text, "bans": 3.0, "feature": "means", "value": means, "incidents": 3, "records": records}
        ],
        "coincidence": ["This is how often a group like this arises by chance in this collection.", "Two.", "Three."],
        "method": [{"name": "Strength", "value": "14.8 bans"}, {"name": "p", "value": "0.0083"}],
    }
    made = Campaign.objects.create(
        run=run,
        uuid=uuid,
        proposed=proposed,
        title_nl=f"{means} · 3 incidenten",
        title_en=f"{means} · 3 incidents",
        bans=14.8 if proposed else 2.1,
        strength=14.8 if proposed else 2.1,
        p=0.0083 if proposed else 0.41,
        e_value=25.0,
        marking=picture.marking_row(marking),
        start=min(view.when.start for view in views if view.when),
        end=max(view.when.end for view in views if view.when),
        domains=list(dict.fromkeys(value for view in views for value in view.values("domain"))),
        why={"en": why, "nl": why},
    )
    Member.objects.bulk_create(Member(campaign=made, thing_id=view.id, place=at) for at, view in enumerate(views))
    LinkEvidence.objects.create(
        campaign=made,
        first=0,
        second=1,
        link_bans=3.0,
        feature="means",
        value=means,
        bans=3.0,
        incidents_with_value=3,
        records=records,
    )
    return made


@pytest.fixture
def browse(persons: dict[str, Person]) -> Callable[[str], Client]:
    """A signed-in browser in English."""

    def signed_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(persons[name])
        return client

    return signed_in
