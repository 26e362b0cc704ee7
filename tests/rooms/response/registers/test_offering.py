"""What an option takes from the registers: a basis in force and nothing sooner, a coalition for its channel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.rooms.response.conftest import DIALOGUE, NOW, STATEMENT, TODAY, Room
from verband.demo import register_rows
from verband.language.errors import InputError
from verband.rooms.people import services as people
from verband.rooms.response import exported
from verband.rooms.response import services as response
from verband.rooms.response.models import Case
from verband.rooms.response.registers import offering, writing

pytestmark = pytest.mark.django_db
LAW = {
    "title": "An act",
    "subject": "Acts for a foreign power",
    "state": "in_force",
    "happened": "2026-05-01",
    "source": "The bulletin of acts",
    "marking": "GREEN",
}
GROUP = {
    "title": "A group of states",
    "subject": "economic_coercion",
    "state": "agreed",
    "happened": "2026",
    "source": "A joint statement",
    "marking": "GREEN",
}
WITH_PARTNERS = STATEMENT | {"channel": "coalition", "eu_type": ""}


@pytest.fixture
def case(room: Room) -> Case:
    room.scope()
    response.load_registers(register_rows.entries(), who=people.operator(), now=NOW)
    return room.case()


def enter(room: Room, key: str, values: dict[str, str]) -> str:
    return writing.add(key, values, language="en", who=room.who("ann"), now=NOW).key


@pytest.mark.requirement("R055")
def test_an_instrument_not_yet_in_force_cannot_be_chosen_as_a_basis(room: Room, case: Case) -> None:
    with pytest.raises(InputError) as raised:
        room.option(case, DIALOGUE | {"basis": "com-101"})

    assert (raised.value.code, raised.value.params["field"]) == ("registers.not_in_force", "basis")
    assert "Council of State, 2022-11-28" in raised.value.message("en")
    assert "Raad van State, 2022-11-28" in raised.value.message("nl")
    assert not case.options.exists()


@pytest.mark.requirement("R055")
def test_once_it_is_in_force_it_can_be_chosen_and_the_option_is_marked_no_lower(room: Room, case: Case) -> None:
    key = enter(room, "legal", LAW)

    row = room.option(case, DIALOGUE | {"basis": key, "marking": ""})

    view = response.option(row.key, room.who("ann"))
    assert view.basis is not None
    assert view.basis.title("en") == "An act"
    assert row.marking.value().tlp == "GREEN"
    of = response.case(case.key, room.who("ann"))
    like = response.like_cases(of, [view], room.who("ann"))
    assert exported.options(of, [view], like)[0]["basis_in_register"] == "An act"


@pytest.mark.requirement("R055")
@pytest.mark.parametrize(
    ("happened", "ready"), [("2026-06-01", True), ("2026-06-02", False), ("2026-05", True), ("2026-06", False)]
)
def test_in_force_counts_from_the_day_that_is_stated(room: Room, case: Case, happened: str, ready: bool) -> None:
    key = enter(room, "legal", LAW | {"happened": happened})

    found = {one.entry.key: one.in_force for one in response.legal_bases(room.who("ann"), TODAY)}

    assert found == {"com-101": False, key: ready}


def test_a_basis_for_another_instrument_is_not_offered(room: Room, case: Case) -> None:
    key = enter(room, "legal", LAW | {"instrument": "prosecution"})

    with pytest.raises(InputError) as raised:
        room.option(case, DIALOGUE | {"basis": key})

    assert raised.value.code == "registers.no_basis"
    offered = [one.entry.key for one in offering.bases(room.who("ann"), TODAY, instrument="prosecution")]
    assert offered == ["com-101", key]


@pytest.mark.requirement("R101")
def test_the_channel_coalition_offers_the_registered_coalitions(
    room: Room, case: Case, sign_in: Callable[[str], Client]
) -> None:
    key = enter(room, "coalitions", GROUP)

    form = sign_in("ann").get(f"/response/{case.key}/option/?instrument=attribution_with_partners").content.decode()
    row = room.option(case, WITH_PARTNERS | {"coalition": key, "marking": ""})

    assert f'<option value="{key}">A group of states (economic coercion)</option>' in form
    assert '<option value="theme-cbrn-coalitions">coalitions with like-minded states (CBRN)' in form
    assert response.option(row.key, room.who("ann")).coalition.key == key  # type: ignore[union-attr]
    page = sign_in("ann").get(f"/response/{case.key}/").content.decode()
    assert f"/response/registers/coalitions/{key}/" in page


@pytest.mark.requirement("R101")
def test_a_coalition_goes_with_its_channel_alone_and_must_be_registered(room: Room, case: Case) -> None:
    key = enter(room, "coalitions", GROUP)

    with pytest.raises(InputError) as other_channel:
        room.option(case, DIALOGUE | {"coalition": key})
    with pytest.raises(InputError) as unknown:
        room.option(case, WITH_PARTNERS | {"coalition": "no-such"})

    assert other_channel.value.code == "registers.no_coalition_channel"
    assert unknown.value.code == "registers.no_coalition"


def test_a_coalition_that_ended_is_not_offered(room: Room, case: Case) -> None:
    key = enter(room, "coalitions", GROUP)
    values = {"state": "ended", "happened": "2026-05", "source": "A letter", "marking": ""}
    later = NOW + timedelta(seconds=1)
    writing.step("coalitions", key, values, language="en", who=room.who("ann"), now=later)

    assert [one.key for one in response.coalitions(room.who("ann"))] == ["theme-cbrn-coalitions"]


def test_the_form_names_what_is_not_yet_in_force_and_does_not_offer_it(
    room: Room, case: Case, sign_in: Callable[[str], Client]
) -> None:
    form = sign_in("ann").get(f"/response/{case.key}/option/?instrument=dialogue").content.decode()

    assert "Not in force, so not to be chosen: Espionage bill (Council of State)." in form
    assert 'value="com-101"' not in form
