"""A case about a public incident, and an account for each part that somebody has in it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from django.test import Client

from verband.formats import open_reading
from verband.language.markings import Ceiling
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.people.services import Reader
from verband.rooms.picture import ingest
from verband.rooms.picture import services as picture
from verband.rooms.response import services as response
from verband.rooms.response.models import Case, Option, Package, Step
from verband.rooms.risk.watch import scope

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
#: Instruments of which the catalogue states no legal basis and that the options below use.
LOOKED_UP = ("attribution_with_partners", "prosecution")
BASIS = "Example registration for a test; it cites no act."
#: Account -> role, organisation, and the mandates that are valid: (power, organisation of the mandate).
ACCOUNTS: Mapping[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "ann": ("analyst", "coordinator", ()),
    "bo": ("analyst", "ministry", ()),
    "min": ("decider", "ministry", (("decide", "ministry"),)),
    "mayor": ("decider", "city", (("decide_municipal", "city"),)),
    "officer": ("decider", "prosecution", (("decide_prosecution", "prosecution"),)),
    "both": ("decider", "ministry", (("decide", "ministry"), ("decide_prosecution", "prosecution"))),
    "clerk": ("decider", "ministry", ()),
    "des": ("desk", "ministry", ()),
    "olga": ("oversight", "coordinator", ()),
    "root": ("administrator", "coordinator", (("decide", "ministry"), ("decide_prosecution", "prosecution"))),
}
ORGANISATIONS = {"coordinator": "coordinator", "ministry": "ministry", "city": "ministry", "prosecution": "ministry"}
CASE = {
    "title": "Close-access operation against an international organisation",
    "question": "What can be done against this operation, and who decides?",
    "severity": "serious",
    "severity_reason": "An international organisation in the host state was the target.",
    "marking": "",
}
DIALOGUE = {
    "instrument": "dialogue",
    "what": "Ask the other state for clarification through its embassy",
    "owner": "minister of Foreign Affairs",
    "theory": "A question that expects an answer makes a next attempt less easy to deny.",
    "channel": "bilateral",
    "downside": "It gives time, and may look weak.",
    "reaction": "Denial.",
    "reversibility": "fully",
    "proportionality": "The mildest step there is.",
    "alternative": "Doing nothing for now.",
    "chances": "Keeps the line open.",
    "risks": "Is not answered.",
    "indicator": "An answer through the embassy",
    "observe_on": "2026-06-20",
    "source": "Own reading of the case",
    "marking": "",
}
STATEMENT = DIALOGUE | {
    "instrument": "attribution_with_partners",
    "what": "Say with partners who did it",
    "channel": "eu",
    "eu_type": "cooperative",
    "theory": "Being named together costs standing.",
    "downside": "It cannot well be taken back.",
    "reversibility": "not",
    "indicator": "Statements of other governments",
}
CHARGES = DIALOGUE | {
    "instrument": "prosecution",
    "what": "Bring charges for the attempt",
    "owner": "public prosecution service",
    "channel": "national",
    "theory": "A case in court deters and stops travel.",
    "downside": "It shows how it was found out.",
    "reversibility": "partly",
    "indicator": "A case before a court",
}
ADVICE = {
    "reason": "Complete and asked around.",
    "chances": "Partners say the same on one day.",
    "risks": "A like step follows.",
    "allied": "Partners in the EU and NATO were asked first.",
}
YES = {"outcome": "yes", "text": "Go on as advised.", "conditions": "Not before partners agree.", "reason": "Fits."}


@dataclass
class Room:
    """The accounts by name, the incident, and what is done in the name of an account."""

    incident: str
    people: dict[str, Person] = field(default_factory=dict)

    def who(self, name: str) -> Reader:
        return people.reader(people.person(name))

    def scope(self, outcome: str = "actual", *, subject: str = "", now: datetime = NOW) -> None:
        values = {"step": "reasoned", "outcome": outcome, "route": "direct", "reasons": "Vital interests of the host."}
        values["owner"] = "The ministry that owns the file" if outcome == "neither" else ""
        scope.write(subject or self.incident, values, who=self.who("ann"), now=now)

    def case(self, **other: str) -> Case:
        values = CASE | {"origin": self.incident} | other
        who = self.who("ann")
        return response.open_case(values, aims=["stop", "mitigate"], accents=["proactive_action"], who=who, now=NOW)

    def ask(self, case: Case, *answered: str) -> None:
        for area in answered:
            values = {"area": area, "answer": "answered", "text": f"Nothing against it from {area}.", "party": area}
            response.ask_area(case.key, values, who=self.who("ann"), now=NOW)

    def option(self, case: Case, values: Mapping[str, str], *goals: str) -> Option:
        who = self.who("ann")
        return response.add_option(case.key, values, goals=goals or ("stop",), who=who, now=NOW)

    def package(self, case: Case, *options: Option, **values: str) -> Package:
        keys = [one.key for one in options]
        given = {"title": "A package", "marking": ""} | values
        return response.make_package(case.key, given, option_keys=keys, who=self.who("ann"), now=NOW)

    def move(self, package: Package, action: str, name: str, values: Mapping[str, str], days: int = 0) -> Step:
        return response.move(package.key, action, values, who=self.who(name), now=NOW + timedelta(days=days))

    def state(self, package: Package) -> str:
        return str(package.steps.order_by("-number").first().state)  # type: ignore[union-attr]


@dataclass
class Prepared:
    """A complete case: its options, and a package for each gate, both in preparation."""

    case: Case
    options: dict[str, Option]
    political: Package
    competent: Package


def one_row(key: str) -> str:
    """The embedded table with that public incident alone."""
    text = (files("verband.demo") / "data" / "public_incidents.csv").read_text("utf-8")
    rows = [row for row in csv.reader(io.StringIO(text)) if row[0] in ("id", key)]
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue()


def ingested(text: str, folder: Path, name: str = "one.csv") -> str:
    """The id of the first incident of that table, brought in as a file."""
    path = folder / name
    path.write_text(text, "utf-8")
    before = {view.stix_id for view in picture.incidents(Ceiling("RED"))}
    reading = open_reading(path)
    ingest.store(reading, path=path, sha256=reading.sha256, actor="test", ceiling=Ceiling("RED"), now=NOW)
    return next(view.stix_id for view in picture.incidents(Ceiling("RED")) if view.stix_id not in before)


def register(mandates_from: date = date(2026, 1, 1)) -> dict[str, Person]:
    """Every organisation, account and mandate of `ACCOUNTS`."""
    homes = {
        key: people.add_organisation(
            key, name_nl=key, name_en=key, legal_task=BASIS, source="test", actor="test", profile=profile
        )
        for key, profile in ORGANISATIONS.items()
    }
    made = {}
    for name, (role, home, mandates) in ACCOUNTS.items():
        made[name] = people.add_person(
            name, role=role, organisation=homes[home], actor="test", tlp="AMBER", language="en"
        )
        for power, organisation in mandates:
            people.add_mandate(
                homes[organisation],
                holder=made[name],
                function=f"Function of {name}",
                power=power,
                legal_basis=BASIS,
                source="test",
                valid_from=mandates_from,
                actor="test",
            )
    for instrument in LOOKED_UP:
        values = {"basis": "Article 1 of an example act", "source": "An example for a test", "marking": "CLEAR"}
        response.keep_legal_basis(instrument, values, who=people.reader(made["ann"]), now=NOW)
    return made


@pytest.fixture
def room(db: None, tmp_path: Path) -> Room:
    made = register()
    return Room(ingested(one_row("CYB-001"), tmp_path), made)


def prepare(room: Room) -> Prepared:
    """The complete case, whatever the fixture."""
    room.scope()
    case = room.case()
    room.ask(case, "foreign_affairs", "justice")
    options = {
        "dialogue": room.option(case, DIALOGUE, "stop", "mitigate"),
        "statement": room.option(case, STATEMENT, "deter", "stop"),
        "charges": room.option(case, CHARGES, "deter"),
    }
    political = room.package(case, options["dialogue"], options["statement"], title="Say it together")
    competent = room.package(
        case, options["charges"], title="Bring it to court", route="prosecution", authority="prosecution"
    )
    return Prepared(case, options, political, competent)


@pytest.fixture
def prepared(room: Room) -> Prepared:
    return prepare(room)


@pytest.fixture
def sign_in(room: Room) -> Callable[[str], Client]:
    """A browser in which that account is signed in, in English."""

    def enter(name: str) -> Client:
        client = Client()
        client.cookies["django_language"] = "en"
        client.force_login(room.people[name])
        return client

    return enter


NATIONAL = {"national_reasons": "Prosecution is national by its own law."}
