"""Decisions of attribution: the mandate of the level, the statement, partners and day, and one store of levels."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.rooms.campaigns import conftest as campaign_fixtures
from tests.rooms.campaigns.conftest import NOW, uuid_of
from verband.language.errors import InputError, NotFoundError, RefusedError, VerbandError
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import ladder
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.models import Run, Rung
from verband.rooms.people import services as people
from verband.rooms.people.models import Mandate, Person
from verband.rooms.people.services import Reader
from verband.rooms.response import services as response
from verband.rooms.response.attributing.models import AttributionDecision

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R033")]
persons, incidents, run = campaign_fixtures.persons, campaign_fixtures.incidents, campaign_fixtures.run
POLITICAL: Mapping[str, str] = {
    "level": "political",
    "statement": "We hold a state responsible for these flights.",
    "certainty": "almost certain",
    "confidence": "high",
    "floor": "moderate",
    "dissent": "",
    "coordinated": "alone",
    "partners": "",
    "statement_on": "",
    "source": "Advice of 9 January",
    "reason": "The steps before carry it.",
    "marking": "",
}
PUBLIC = POLITICAL | {
    "level": "public",
    "coordinated": "together",
    "partners": "Estonia\nLatvia\nEuropean Union\nESTONIA",
    "statement_on": "2026-01-12",
}


@pytest.fixture
def uuid(run: Run) -> str:
    return uuid_of(run, proposed=True)


@pytest.fixture
def dirk(persons: dict[str, Person]) -> Reader:
    return people.reader(persons["dirk"])


def mandate(person: Person, *powers: str, first: date = date(2025, 1, 1)) -> None:
    for power in powers:
        people.add_mandate(
            person.organisation,
            holder=person,
            function="Minister",
            power=power,
            legal_basis="test",
            source="test",
            valid_from=first,
            actor="test",
        )


def decide(uuid: str, who: Reader, values: Mapping[str, str] = POLITICAL, **other: str) -> AttributionDecision:
    return response.decide_attribution(uuid, {**values, **other}, who=who, now=NOW)


def refused(uuid: str, who: Reader, values: Mapping[str, str] = POLITICAL, **other: str) -> VerbandError:
    with pytest.raises(VerbandError) as caught:
        decide(uuid, who, values, **other)
    assert not AttributionDecision.objects.filter(level=values["level"]).exists()
    return caught.value


def test_a_decision_takes_the_step_of_the_ladder_in_the_same_breath(
    uuid: str, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "attribute_political")

    made = decide(uuid, dirk)

    rung = Rung.objects.get()
    assert (made.rung, rung.level, rung.statement) == (rung, "political", POLITICAL["statement"])
    assert made.mandate_words == "Minister: test"
    assert {one.name for one in AttributionDecision._meta.get_fields()} & {"state", "taken"} == set()
    steps = ladder.ladder(campaigns.campaign(uuid, dirk), dirk)
    assert [bool(step.standing) for step in steps] == [False, False, False, True, False]


def test_public_is_refused_while_political_is_empty(uuid: str, dirk: Reader, persons: dict[str, Person]) -> None:
    mandate(persons["dirk"], "attribute_political", "attribute_public")

    error = refused(uuid, dirk, PUBLIC)

    assert (error.code, error.params["needed"]) == ("campaigns.needs_level", "political")
    decide(uuid, dirk)
    assert decide(uuid, dirk, PUBLIC).rung.level == "public"


def test_a_refused_step_leaves_no_decision_and_a_refused_decision_no_step(
    uuid: str, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "attribute_political")

    found = [refused(uuid, dirk, certainty=" ").code, refused(uuid, dirk, marking="RED").code]

    assert found == ["campaigns.empty", "campaigns.word"]
    assert not Rung.objects.exists()


@pytest.mark.requirement("P8")
@pytest.mark.parametrize(
    ("powers", "code"),
    [
        ((), "response.no_mandate"),
        (("decide",), "response.wrong_gate"),
        (("attribute_public",), "response.no_mandate"),
        (("decide_police",), "response.wrong_gate"),
    ],
)
def test_the_political_level_needs_its_own_mandate(
    powers: tuple[str, ...], code: str, uuid: str, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], *powers)

    assert refused(uuid, dirk).code == code
    assert next(audit.entries(action="refused")).object == f"campaign {uuid}"


@pytest.mark.requirement("P8")
@pytest.mark.parametrize(("name", "code"), [("ann", "response.not_decider"), ("root", "response.administrator")])
def test_no_analyst_and_no_administrator_decides_whatever_is_registered_for_him(
    name: str, code: str, uuid: str, persons: dict[str, Person]
) -> None:
    home = persons["ann"].organisation
    person = persons.get(name) or people.add_person(
        name, role="administrator", organisation=home, actor="test", tlp="AMBER"
    )
    mandate(person, "attribute_political")

    assert refused(uuid, people.reader(person)).code == code


def test_a_mandate_that_ended_or_has_not_begun_is_refused_with_its_day(
    uuid: str, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "attribute_political")
    Mandate.objects.update(valid_until=NOW.date() - timedelta(days=1))
    ended = refused(uuid, dirk)
    Mandate.objects.update(valid_until=None, valid_from=NOW.date() + timedelta(days=1))

    assert ended.params["ended"] == "2026-01-09"
    assert refused(uuid, dirk).params["begins"] == "2026-01-11"


@pytest.mark.parametrize(
    ("confidence", "floor", "dissent", "below"),
    [
        ("high", "moderate", "", False),
        ("moderate", "moderate", "", False),
        ("moderate", "high", "The service that flew sees two owners.", True),
        ("low", "moderate", "The service that flew sees two owners.", True),
    ],
)
def test_below_the_chosen_floor_the_dissent_stands_with_the_statement(
    confidence: str,
    floor: str,
    dissent: str,
    below: bool,
    uuid: str,
    dirk: Reader,
    persons: dict[str, Person],
) -> None:
    mandate(persons["dirk"], "attribute_political")
    of = {"confidence": confidence, "floor": floor}
    if below:
        assert refused(uuid, dirk, **of).params["field"] == "dissent"

    decide(uuid, dirk, **of, dissent=dissent)

    client = Client(headers={"accept-language": "en"})
    client.force_login(persons["ann"])
    page = client.get(f"/response/attribution/{uuid}/").content.decode()
    assert ("below the floor" in page) is below
    assert (dissent in page) is True


@pytest.mark.parametrize("floor", ["low", "none", "", "surely"])
def test_a_floor_below_that_of_the_ladder_is_refused(
    floor: str, uuid: str, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "attribute_political")

    assert refused(uuid, dirk, floor=floor).params["field"] == "floor"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"coordinated": "together", "partners": "", "statement_on": "2026-01-12"}, "partners"),
        ({"coordinated": "together", "partners": "Estonia", "statement_on": ""}, "statement_on"),
        ({"coordinated": "alone", "partners": "Estonia"}, "partners"),
        ({"coordinated": ""}, "coordinated"),
        ({"coordinated": "together", "partners": "Call +31 6 12345678", "statement_on": "2026-01-12"}, "partners"),
    ],
)
def test_a_coordinated_statement_names_its_partners_and_its_day(
    values: dict[str, str], field: str, uuid: str, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "attribute_political")

    assert refused(uuid, dirk, **values).params["field"] == field


def test_partners_are_states_by_their_key_or_organisations_as_named_once_each(
    uuid: str, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "attribute_political", "attribute_public")
    decide(uuid, dirk)

    made = decide(uuid, dirk, PUBLIC)

    assert made.partners == ["EE", "LV", "European Union"]
    assert made.statement_on == date(2026, 1, 12)


def test_a_decision_is_withdrawn_with_its_step_and_political_stays_while_public_stands(
    uuid: str, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "attribute_political", "attribute_public")
    political, public = decide(uuid, dirk), decide(uuid, dirk, PUBLIC)
    with pytest.raises(InputError) as caught:
        response.withdraw_attribution(political.key, reason="An error", who=dirk, now=NOW)
    assert caught.value.code == "campaigns.level_carries"

    response.withdraw_attribution(public.key, reason="An error", who=dirk, now=NOW)

    public.rung.refresh_from_db()
    assert public.rung.withdrawn_reason == "An error"
    view = response.attribution(uuid, dirk)
    assert (view.decision("public"), view.decision("political")) == (None, political)


@pytest.mark.parametrize("level", ["technical", "analytic", "legal", "", "rumour"])
def test_no_other_level_is_decided_here(level: str, uuid: str, dirk: Reader, persons: dict[str, Person]) -> None:
    mandate(persons["dirk"], "attribute_political", "attribute_legal")

    assert refused(uuid, dirk, POLITICAL | {"level": level}).code == "attribution.level"


@pytest.mark.parametrize("campaign", ["no-id", "6f1d6f6e-57a8-4f25-9d3c-0a8f6a3f9a10"])
def test_a_campaign_that_there_is_not_is_not_found(campaign: str, dirk: Reader, persons: dict[str, Person]) -> None:
    mandate(persons["dirk"], "attribute_political")

    with pytest.raises(NotFoundError):
        decide(campaign, dirk)


def test_a_person_decides_in_the_browser_and_the_page_says_that_a_toolbox_needs_no_attribution(
    uuid: str, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "attribute_political")
    client = Client(headers={"accept-language": "en"})
    client.force_login(persons["dirk"])
    posted: dict[str, Any] = {**POLITICAL, "at": uuid, "number": "political"}

    wrong = client.post("/response/attribution/act/decide/", posted | {"reason": ""})
    right = client.post("/response/attribution/act/decide/", posted, follow=True).content.decode()

    assert wrong.status_code == 400
    assert wrong.content.decode().count('aria-invalid="true"') == 1
    assert "Using a toolbox does not need an attribution" in right
    assert "The decision is kept with your name and mandate" in right
    listed = client.get("/response/attribution/").content.decode()
    assert "1/5" in listed
    rows = client.get(f"/response/attribution/{uuid}/?format=json").json()
    assert [row["taken"] for row in rows] == [False, False, False, True, False]


def test_a_reader_below_the_campaign_sees_nothing_of_its_attribution(
    uuid: str, dirk: Reader, persons: dict[str, Person]
) -> None:
    mandate(persons["dirk"], "attribute_political")
    decide(uuid, dirk)
    client = Client()
    client.force_login(persons["cleo"])

    assert client.get(f"/response/attribution/{uuid}/").status_code == 404
    assert POLITICAL["statement"] not in client.get("/response/attribution/").content.decode()


def test_the_command_line_decides_nothing(uuid: str, persons: dict[str, Person]) -> None:
    with pytest.raises(RefusedError) as caught:
        decide(uuid, people.operator())

    assert caught.value.code == "response.needs_person"
