"""The page of instruments: what cannot be offered and why, filters, and the legal basis that a person looked up."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.response.conftest import DIALOGUE, LOOKED_UP, NOW, Prepared, Room
from verband.language.errors import InputError
from verband.rooms.people import services as people
from verband.rooms.picture import markings
from verband.rooms.response import services as response
from verband.rooms.response.lacking import LacksError
from verband.rooms.response.models import LegalBasis

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
BASIS = {"basis": "Article 2 of an example act", "source": "An example for a test", "marking": "CLEAR"}
SUMMONS = DIALOGUE | {"instrument": "summons", "what": "Summon the ambassador"}


def rows(client: Client, query: str = "") -> dict[str, dict[str, object]]:
    answer = client.get(f"/response/instruments/?format=json{query}")
    assert answer.status_code == 200
    return {row["instrument"]: row for row in json.loads(answer.content)}


@pytest.mark.requirement("R032")
def test_an_instrument_without_legal_basis_cannot_be_offered_and_says_why(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    ann = sign_in("ann")

    with pytest.raises(InputError) as caught:
        room.option(prepared.case, SUMMONS)
    form = ann.get(f"/response/{prepared.case.key}/option/?instrument=summons")
    case = ann.get(f"/response/{prepared.case.key}/").content.decode()
    page = ann.get("/response/instruments/").content.decode()
    row = page[page.index('data-row="summons"') : page.index("</tr>", page.index('data-row="summons"'))]

    assert (caught.value.code, caught.value.params["missing"]) == ("response.not_offered", ("legal_basis",))
    assert form.status_code == 400
    assert '<option value="dialogue">' in case
    assert '<option value="summons">' not in case
    assert "no legal basis is known that a source states" in row


@pytest.mark.requirement("R032")
def test_a_legal_basis_that_a_person_looked_up_makes_it_available_until_it_is_withdrawn(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    ann = sign_in("ann")
    posted = BASIS | {"number": "summons", "at": ""}

    empty = ann.post("/response/act/legal-basis/", posted | {"source": " "})
    page = ann.post("/response/act/legal-basis/", posted, follow=True).content.decode()
    option = room.option(prepared.case, SUMMONS)
    package = room.package(prepared.case, option)
    row = LegalBasis.objects.get(instrument="summons")
    ann.post("/response/act/withdraw-legal-basis/", {"number": row.key, "at": "", "reason": "Read wrongly"})
    with pytest.raises(LacksError) as caught:
        room.move(package, "advise", "bo", {"reason": "x", "chances": "x", "risks": "x", "allied": "x"})

    assert empty.status_code == 400
    assert "Article 2 of an example act" in page
    assert response.option(option.key, room.who("ann")).legal_basis == ()
    assert "legal_basis" in [one.key for one in caught.value.lacks["en"]]
    with pytest.raises(InputError):
        room.option(prepared.case, SUMMONS | {"what": "Once more"})


@pytest.mark.requirement("R032")
def test_an_own_instrument_needs_a_legal_basis_too(room: Room, prepared: Prepared) -> None:
    own = DIALOGUE | {"instrument": "own", "own_name": "A joint desk", "own_gate": "political", "why_new": "None fits."}

    with pytest.raises(InputError) as caught:
        room.option(prepared.case, own)

    assert (caught.value.code, caught.value.params["field"]) == ("response.empty", "own_legal_basis")


@pytest.mark.requirement("R032")
def test_the_filter_by_lead_time_keeps_what_is_known_to_work_in_time_and_sets_the_unknown_apart(
    room: Room, sign_in: SignIn
) -> None:
    page = sign_in("ann").get("/response/instruments/?lead_time=days").content.decode()
    found, apart = page[: page.index('id="unknown"')], page[page.index('id="unknown"') :]

    assert [key for key in ("expulsion", "public_order", "summons") if f'data-row="{key}"' in found] == [
        "expulsion",
        "public_order",
    ]
    assert 'data-row="summons"' in apart
    assert "2 instruments: works within days" in found
    assert "59 instruments more, of which the lead time is not known" in apart


@pytest.mark.requirement("R032")
def test_filters_by_means_of_power_and_gate_join_and_the_export_says_what_is_missing(
    room: Room, sign_in: SignIn
) -> None:
    found = rows(sign_in("ann"), "&power=law_enforcement&gate=competent")
    every = rows(sign_in("ann"))
    wrong = sign_in("ann").get("/response/instruments/?power=magic")

    assert {row["power"] for row in found.values()} <= {"law_enforcement"}
    assert len(every) == 61
    assert every["summons"]["missing"] == ["legal_basis"]
    assert every["dialogue"]["offered"] is True
    assert all(every[key]["offered"] for key in LOOKED_UP)
    assert (wrong.status_code, "cannot be chosen here" in wrong.content.decode()) == (400, True)


def test_a_legal_basis_above_a_readers_marking_is_not_there_for_him(room: Room, sign_in: SignIn) -> None:
    made = response.keep_legal_basis("summons", BASIS | {"marking": "AMBER"}, who=room.who("ann"), now=NOW)
    low = people.add_person(
        "low",
        role="analyst",
        organisation=room.people["ann"].organisation,
        actor="test",
        tlp="CLEAR",
        language="en",
    )
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(low)
    page = client.get("/response/instruments/").content.decode()
    row = page[page.index('data-row="summons"') : page.index("</tr>", page.index('data-row="summons"'))]

    assert made.marking == markings.row(made.marking.value())
    assert "Article 2 of an example act" not in row
    assert "no legal basis is known" in row
    assert "Article 2 of an example act" in sign_in("ann").get("/response/instruments/").content.decode()
