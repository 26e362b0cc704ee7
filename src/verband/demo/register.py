"""Who takes part in the demonstration: generic organisations, and accounts with different ceilings and roles."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from verband.rooms.people import services as people

SOURCE = "demonstration data"
#: Said of every task and mandate, so that nobody takes it for a citation.
EXAMPLE = "Example registration for the demonstration; it cites no act."


@dataclass(frozen=True)
class ExampleOrganisation:
    """An organisation of the demonstration; the name says that it is an example."""

    key: str
    name_nl: str
    name_en: str
    profile: str


@dataclass(frozen=True)
class ExamplePerson:
    """An account of the demonstration: its ceiling decides what its picture holds; pages show its name translated."""

    username: str
    name: str
    role: str
    organisation: str
    tlp: str


@dataclass(frozen=True)
class ExampleMandate:
    """A mandate of the demonstration: for which organisation somebody may decide what."""

    holder: str
    organisation: str
    function: str
    power: str


ORGANISATIONS = (
    ExampleOrganisation(
        "coordinator", "Nationale coördinator (voorbeeld)", "National coordinator (example)", "coordinator"
    ),
    ExampleOrganisation("ministry", "Ministerie (voorbeeld)", "Ministry (example)", "ministry"),
    ExampleOrganisation(
        "prosecution", "Openbaar ministerie (voorbeeld)", "Public prosecution service (example)", "ministry"
    ),
    ExampleOrganisation("municipality", "Gemeente (voorbeeld)", "Municipality (example)", "municipality"),
    ExampleOrganisation("university", "Universiteit (voorbeeld)", "University (example)", "knowledge_institution"),
    ExampleOrganisation("oversight", "Toezichthouder (voorbeeld)", "Oversight body (example)", "oversight_body"),
)
PEOPLE = (
    ExamplePerson("analyst", "Analyst (example)", "analyst", "coordinator", "AMBER+STRICT"),
    ExamplePerson("partner", "Analyst at a partner (example)", "analyst", "ministry", "CLEAR"),
    ExamplePerson("decider", "Decision maker (example)", "decider", "ministry", "AMBER"),
    ExamplePerson("prosecutor", "Public prosecutor (example)", "decider", "prosecution", "AMBER"),
    ExamplePerson("executor", "Desk officer at a ministry (example)", "desk", "ministry", "AMBER"),
    ExamplePerson("desk", "Desk officer (example)", "desk", "municipality", "GREEN"),
    ExamplePerson("oversight", "Overseer (example)", "oversight", "oversight", "AMBER+STRICT"),
)
#: Political decisions and attribution by one, decisions under the own law of the prosecution by another (two gates).
MANDATES = (
    ExampleMandate("decider", "ministry", "Minister (example)", "decide"),
    ExampleMandate("decider", "ministry", "Minister (example)", "attribute_political"),
    ExampleMandate("decider", "ministry", "Minister (example)", "attribute_public"),
    ExampleMandate("prosecutor", "prosecution", "Public prosecutor (example)", "decide_prosecution"),
)


def register(*, today: date) -> None:
    """Register what is not there yet; the coordinator is the home organisation, its administrator is `admin`."""
    first = ORGANISATIONS[0]
    people.set_up(first.key, name=first.name_nl, profile=first.profile, legal_task=EXAMPLE, source=SOURCE)
    registered = {organisation.key: organisation for organisation in people.organisations()}
    for example in ORGANISATIONS:
        if example.key not in registered or registered[example.key].name_en != example.name_en:
            registered[example.key] = people.add_organisation(
                example.key,
                name_nl=example.name_nl,
                name_en=example.name_en,
                legal_task=EXAMPLE,
                source=SOURCE,
                actor=people.COMMAND_LINE,
                profile=example.profile,
            )
    accounts = {person.username for person in people.persons()}
    for person in PEOPLE:
        if person.username not in accounts:
            people.add_person(
                person.username,
                role=person.role,
                organisation=registered[person.organisation],
                actor=people.COMMAND_LINE,
                name=person.name,
                tlp=person.tlp,
            )
    for mandate in MANDATES:
        if mandate.holder not in accounts:
            people.add_mandate(
                registered[mandate.organisation],
                holder=people.person(mandate.holder),
                function=mandate.function,
                power=mandate.power,
                legal_basis=EXAMPLE,
                source=SOURCE,
                valid_from=today,
                actor=people.COMMAND_LINE,
            )
