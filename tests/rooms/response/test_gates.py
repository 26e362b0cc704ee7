"""Who decides: the two gates in both directions, mandates and their days, two persons, and nobody else."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.rooms.response.conftest import (
    ADVICE,
    BASIS,
    NATIONAL,
    NOW,
    TODAY,
    YES,
    Prepared,
    Room,
)
from verband.language.errors import InputError, RefusedError, VerbandError
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.people.models import Mandate
from verband.rooms.response import services as response
from verband.rooms.response.models import Package, Step

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("P8"), pytest.mark.requirement("R030")]


def advised(room: Room, package: Package) -> Package:
    room.move(package, "advise", "bo", ADVICE | NATIONAL)
    return package


def refused(room: Room, package: Package, name: str, days: int = 0) -> VerbandError:
    with pytest.raises(VerbandError) as caught:
        room.move(package, "decide", name, YES, days)
    return caught.value


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ann", "people.no_power"),
        ("des", "people.no_power"),
        ("olga", "people.no_power"),
        ("root", "response.administrator"),
        ("clerk", "response.no_mandate"),
        ("mayor", "response.wrong_gate"),
        ("officer", "response.wrong_gate"),
    ],
)
def test_the_political_gate_opens_to_nobody_without_a_political_mandate(
    name: str, code: str, room: Room, prepared: Prepared
) -> None:
    package = advised(room, prepared.political)

    assert refused(room, package, name).code == code
    assert room.state(package) == "advised"
    assert room.move(package, "decide", "min", YES).state == "decided_yes"


@pytest.mark.requirement("R118")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ann", "people.no_power"),
        ("root", "response.administrator"),
        ("clerk", "response.no_mandate"),
        ("min", "response.minister"),
        ("both", "response.minister"),
        ("mayor", "response.wrong_gate"),
    ],
)
def test_the_gate_of_an_own_law_opens_to_no_minister_and_to_no_other_authority(
    name: str, code: str, room: Room, prepared: Prepared
) -> None:
    package = advised(room, prepared.competent)

    assert refused(room, package, name).code == code
    assert room.state(package) == "advised"
    assert room.move(package, "decide", "officer", YES).state == "decided_yes"


@pytest.mark.requirement("P4")
@pytest.mark.parametrize("gate", ["political", "competent"])
def test_an_administrator_with_every_mandate_approves_nothing(gate: str, room: Room, prepared: Prepared) -> None:
    package = advised(room, getattr(prepared, gate))

    found = [refused(room, package, "root"), refused(room, package, "root", days=1)]

    assert {one.code for one in found} == {"response.administrator"}
    assert not Step.objects.filter(person="root").exists()
    assert [entry.actor for entry in audit.entries(action="refused")][:2] == ["root (administrator, coordinator)"] * 2


def test_a_mandate_that_ended_yesterday_is_refused_with_its_end_date(room: Room, prepared: Prepared) -> None:
    package = advised(room, prepared.political)
    Mandate.objects.filter(holder=room.people["min"]).update(valid_until=TODAY - timedelta(days=1))

    error = refused(room, package, "min")

    assert (error.code, error.params["ended"]) == ("response.mandate_ended", "2026-05-31")
    assert "2026-05-31" in error.message("nl")
    Mandate.objects.filter(holder=room.people["min"]).update(valid_until=TODAY)
    assert room.move(package, "decide", "min", YES).state == "decided_yes"


def test_a_mandate_that_begins_tomorrow_is_refused_with_its_first_day(room: Room, prepared: Prepared) -> None:
    package = advised(room, prepared.political)
    Mandate.objects.filter(holder=room.people["min"]).update(valid_from=date(2026, 6, 2))

    assert refused(room, package, "min").params["begins"] == "2026-06-02"
    assert room.move(package, "decide", "min", YES, days=1).state == "decided_yes"


def test_who_prepared_or_advised_does_not_decide_even_with_a_mandate_and_a_new_role(
    room: Room, prepared: Prepared
) -> None:
    package = advised(room, prepared.political)
    for name in ("ann", "bo"):
        person = room.people[name]
        person.role = "decider"
        person.save()
        people.add_mandate(
            people.organisation("ministry"),
            holder=person,
            function="Function",
            power="decide",
            legal_basis=BASIS,
            source="test",
            valid_from=TODAY,
            actor="test",
        )

    assert [refused(room, package, name).code for name in ("ann", "bo")] == ["response.two_persons"] * 2


def test_of_two_decisions_the_second_finds_the_first(room: Room, prepared: Prepared) -> None:
    package = advised(room, prepared.political)

    room.move(package, "decide", "min", YES | {"outcome": "no"})
    error = refused(room, package, "both")

    assert (error.code, error.params["state"]) == ("response.move", "decided_no")
    assert Step.objects.filter(package=package, action="decide").count() == 1


def test_the_database_takes_the_number_of_a_step_once(room: Room, prepared: Prepared) -> None:
    first = Step.objects.get(package=prepared.political)
    first.pk = None

    with pytest.raises(IntegrityError), transaction.atomic():
        first.save(force_insert=True)


@pytest.mark.parametrize("action", ["decide", "advise", "execute", "rework"])
def test_nothing_is_done_with_a_withdrawn_package(action: str, room: Room, prepared: Prepared) -> None:
    package = advised(room, prepared.political)
    room.move(package, "withdraw", "ann", {"reason": "The incident turned out otherwise."})
    name = {"decide": "min", "execute": "des"}.get(action, "ann")

    with pytest.raises(InputError) as caught:
        room.move(package, action, name, ADVICE | YES)

    assert (caught.value.code, caught.value.params["state"]) == ("response.move", "withdrawn")


@pytest.mark.parametrize("outcome", ["no", "changed", "deferred"])
def test_only_yes_leads_to_execution(outcome: str, room: Room, prepared: Prepared) -> None:
    package = advised(room, prepared.political)
    room.move(package, "decide", "min", YES | {"outcome": outcome})

    with pytest.raises(InputError) as caught:
        room.move(package, "execute", "des", {"reason": "Now."})

    assert caught.value.code == "response.move"


def test_a_package_that_changed_after_the_advice_is_not_decided_and_after_the_decision_not_executed(
    room: Room, prepared: Prepared
) -> None:
    package = advised(room, prepared.political)
    other = advised(room, room.package(prepared.case, prepared.options["dialogue"], title="Talk alone"))
    room.move(other, "decide", "min", YES)
    response.withdraw_option(prepared.options["dialogue"].key, reason="Closed", who=room.who("ann"), now=NOW)

    error = refused(room, package, "min")
    with pytest.raises(RefusedError) as caught:
        room.move(other, "execute", "des", {"reason": "Now."})

    assert (error.code, caught.value.code) == ("response.changed_since", "response.not_decided")


def test_a_mandate_cut_short_behind_the_decision_stops_its_execution(room: Room, prepared: Prepared) -> None:
    package = advised(room, prepared.political)
    room.move(package, "decide", "min", YES)
    Mandate.objects.filter(holder=room.people["min"]).update(valid_until=TODAY - timedelta(days=1))

    with pytest.raises(RefusedError) as caught:
        room.move(package, "execute", "des", {"reason": "Now."})

    assert caught.value.code == "response.not_decided"


def test_the_command_line_and_a_closed_account_move_nothing(room: Room, prepared: Prepared) -> None:
    package = advised(room, prepared.political)
    reader = room.who("min")
    room.people["min"].is_active = False
    room.people["min"].save()

    for who in (people.operator(), reader):
        with pytest.raises(RefusedError) as caught:
            response.move(package.key, "decide", YES, who=who, now=NOW)
        assert caught.value.code == "response.needs_person"


def test_powers_that_a_reader_carries_in_do_not_count_the_account_does(room: Room, prepared: Prepared) -> None:
    package = advised(room, prepared.political)
    reader = room.who("min")
    Mandate.objects.filter(holder=room.people["min"]).delete()

    with pytest.raises(RefusedError) as caught:
        response.move(package.key, "decide", YES, who=reader, now=NOW)

    assert caught.value.code == "response.no_mandate"


@pytest.mark.parametrize("left_out", ["reason", "text"])
def test_a_decision_without_reason_or_text_is_refused(left_out: str, room: Room, prepared: Prepared) -> None:
    package = advised(room, prepared.political)

    with pytest.raises(InputError) as caught:
        room.move(package, "decide", "min", YES | {left_out: " "})

    assert (caught.value.code, caught.value.params["field"]) == ("response.empty", left_out)


def test_a_package_with_options_of_both_gates_is_refused(room: Room, prepared: Prepared) -> None:
    with pytest.raises(InputError) as caught:
        room.package(prepared.case, prepared.options["dialogue"], prepared.options["charges"])

    assert (caught.value.code, caught.value.params["field"]) == ("response.two_gates", "options")
