"""Incident mode: who decides under which law, three tracks, a log that only grows, and a hand-over before closing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest

from tests.rooms.response.conftest import ADVICE, NATIONAL, NOW, YES, Prepared, Room
from verband.language.errors import InputError, NotFoundError, RefusedError, VerbandError
from verband.language.markings import Ceiling
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.people.models import Mandate
from verband.rooms.response import services as response
from verband.rooms.response.incident_mode.handing_over import LacksError
from verband.rooms.response.incident_mode.models import ActionStep, LogLine, Mode, ModeAction, ModeStep
from verband.rooms.response.models import Step

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R041")]
MODE = {
    "title": "Attempt on an international organisation",
    "urgency": "current",
    "alert": "A close-access operation was seen at the building of an international organisation.",
    "alerted_at": "2026-06-01T08:00+00:00",
    "source": "Example report for a test",
    "marking": "",
}
ARREST = {
    "what": "Stop the four travellers at the airport",
    "owner": "prosecution",
    "track": "criminal",
    "gate": "competent",
    "route": "prosecution",
    "authority": "prosecution",
    "marking": "",
}
CORDON = (
    ARREST
    | {"what": "Close the street", "owner": "city", "track": "administrative"}
    | {
        "route": "municipal",
        "authority": "city",
    }
)
WARN = {"what": "Warn the organisations in the street", "owner": "coordinator", "track": "resilience", "gate": "none"}
WARN |= {"why_none": "A warning with what is public already; nobody's rights are touched.", "marking": ""}
OVER = {
    "organisation": "prosecution",
    "function": "Public prosecutor on duty",
    "situation": "Four persons were stopped and left the country.",
    "open_points": "What was on the equipment.",
    "agreements": "The service informs the organisation.",
    "material": "With the police, under their own law.",
    "marking": "",
}


def begin(room: Room, **other: str) -> Mode:
    values = MODE | {"origin": room.incident} | other
    return response.open_mode(values, who=room.who("ann"), now=NOW)


def coordinate(room: Room, mode: Mode) -> None:
    part = {"role": "coordinates", "organisation": "coordinator", "function": "Duty officer"}
    response.add_mode_role(mode.key, part, who=room.who("ann"), now=NOW)
    response.mode_goes_on(mode.key, "coordination", reason="Everybody is here.", who=room.who("ann"), now=NOW)


def plan(room: Room, mode: Mode, values: Mapping[str, str] = ARREST) -> ModeAction:
    return response.plan_action(mode.key, values, who=room.who("ann"), now=NOW)


def acting(room: Room, *plans: Mapping[str, str]) -> tuple[Mode, list[ModeAction]]:
    """An intervention in the state of actions, with those actions."""
    mode = begin(room)
    coordinate(room, mode)
    made = [plan(room, mode, values) for values in plans or (ARREST,)]
    response.mode_goes_on(mode.key, "actions", reason="Agreed.", who=room.who("ann"), now=NOW)
    return mode, made


def do(
    room: Room, action: ModeAction, name: str, move: str, values: Mapping[str, str] = YES, now: datetime = NOW
) -> ActionStep:
    return response.move_action(action.key, move, values, who=room.who(name), now=now)


def refused(room: Room, action: ModeAction, name: str, move: str = "decide") -> VerbandError:
    with pytest.raises(VerbandError) as caught:
        do(room, action, name, move)
    return caught.value


def state(action: ModeAction) -> str:
    return str(action.steps.order_by("-number").first().state)  # type: ignore[union-attr]


def complete(room: Room, mode: Mode, *, passed_on: tuple[str, ...] = ()) -> None:
    """All that closing asks, but for what runs."""
    for track in response.mode(mode.key, room.who("ann")).tracks:
        if track.covered == "open":
            values = {"track": track.key, "reason": "Nothing fits there in these hours."}
            response.explain_empty_track(mode.key, values, who=room.who("ann"), now=NOW)
    response.hand_over_mode(mode.key, OVER, passed_on=passed_on, who=room.who("ann"), now=NOW + timedelta(hours=1))


def close(room: Room, mode: Mode) -> ModeStep:
    later = NOW + timedelta(hours=2)
    return response.close_mode(mode.key, reason="Handed over.", who=room.who("ann"), now=later)


def test_an_intervention_goes_from_alert_through_coordination_and_actions_to_closed(room: Room) -> None:
    mode, (arrest,) = acting(room)
    room.scope()
    do(room, arrest, "bo", "advise")
    do(room, arrest, "officer", "decide")
    do(room, arrest, "des", "execute")
    complete(room, mode)

    close(room, mode)

    assert list(mode.steps.values_list("state", flat=True)) == ["alert", "coordination", "actions", "closed"]
    assert state(arrest) == "executed"


@pytest.mark.requirement("R118")
@pytest.mark.requirement("P8")
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("ann", "people.no_power"),
        ("des", "people.no_power"),
        ("olga", "people.no_power"),
        ("root", "response.administrator"),
        ("clerk", "response.no_mandate"),
        ("min", "response.minister"),
        ("both", "response.minister"),
        ("mayor", "response.wrong_gate"),
    ],
)
def test_only_the_competent_authority_decides_about_an_action_and_no_minister_can(
    name: str, code: str, room: Room
) -> None:
    _, (arrest,) = acting(room)
    do(room, arrest, "bo", "advise")

    assert refused(room, arrest, name).code == code
    assert state(arrest) == "advised"
    assert do(room, arrest, "officer", "decide").state == "decided_yes"


@pytest.mark.requirement("R118")
def test_a_decision_of_the_prosecution_is_kept_under_its_own_law_and_passes_no_political_gate(room: Room) -> None:
    _, (arrest,) = acting(room)
    do(room, arrest, "bo", "advise")

    made = do(room, arrest, "officer", "decide")

    assert made.mandate is not None
    assert (made.mandate.power, made.mandate.organisation.key) == ("decide_prosecution", "prosecution")
    assert made.mandate_words.startswith("Function of officer: ")
    assert not Step.objects.exists()
    assert next(audit.entries(action="intervention decide")).actor == "officer (decider, prosecution)"


@pytest.mark.requirement("R118")
@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"gate": "political"}, "mode.gate", "gate"),
        ({"gate": "none", "why_none": "No need."}, "mode.gate", "gate"),
        ({"route": "municipal", "authority": "city"}, "mode.route", "route"),
        ({"route": "", "authority": "prosecution"}, "response.choose", "route"),
        ({"authority": "nobody"}, "mode.no_owner", "authority"),
    ],
)
def test_a_criminal_action_stands_behind_police_or_prosecution_alone(
    values: dict[str, str], code: str, field: str, room: Room
) -> None:
    mode = begin(room)
    coordinate(room, mode)

    with pytest.raises(InputError) as caught:
        plan(room, mode, ARREST | values)

    assert (caught.value.code, caught.value.params["field"]) == (code, field)


@pytest.mark.parametrize("owner", ["", " ", "nobody-registered"])
def test_every_action_has_an_owner_that_is_registered(owner: str, room: Room) -> None:
    mode = begin(room)
    coordinate(room, mode)

    with pytest.raises(InputError) as caught:
        plan(room, mode, ARREST | {"owner": owner})

    assert caught.value.params["field"] == "owner"
    assert not ModeAction.objects.exists()


@pytest.mark.parametrize("before", ["prepared", "advised", "no", "changed", "deferred"])
def test_nothing_is_executed_without_the_yes_of_the_competent_authority(before: str, room: Room) -> None:
    _, (arrest,) = acting(room)
    if before != "prepared":
        do(room, arrest, "bo", "advise")
    if before not in ("prepared", "advised"):
        do(room, arrest, "officer", "decide", YES | {"outcome": before})

    error = refused(room, arrest, "des", "execute")

    assert error.code == "response.move"
    assert not ActionStep.objects.filter(action="execute").exists()


def test_a_mandate_cut_short_behind_the_decision_stops_the_action(room: Room) -> None:
    _, (arrest,) = acting(room)
    do(room, arrest, "bo", "advise")
    do(room, arrest, "officer", "decide")
    Mandate.objects.filter(holder=room.people["officer"]).update(valid_until=NOW.date() - timedelta(days=1))

    assert refused(room, arrest, "des", "execute").code == "response.not_decided"


def test_who_wrote_the_action_or_laid_it_before_does_not_decide_about_it(room: Room) -> None:
    _, (arrest,) = acting(room)
    do(room, arrest, "bo", "advise")
    for name in ("ann", "bo"):
        person = room.people[name]
        person.role = "decider"
        person.save()
        of = {"function": "Function", "power": "decide_prosecution", "legal_basis": "test", "source": "test"}
        people.add_mandate(people.organisation("prosecution"), holder=person, valid_from=NOW.date(), actor="test", **of)

    assert [refused(room, arrest, name).code for name in ("ann", "bo")] == ["response.two_persons"] * 2


def test_a_mayor_decides_under_municipal_law_and_nobody_else(room: Room) -> None:
    _, (cordon,) = acting(room, CORDON)
    do(room, cordon, "bo", "advise")

    assert refused(room, cordon, "officer").code == "response.wrong_gate"
    assert do(room, cordon, "mayor", "decide").state == "decided_yes"


@pytest.mark.requirement("P8")
@pytest.mark.requirement("R068")
def test_a_diplomatic_action_is_executed_on_the_political_yes_of_its_package_alone(
    room: Room, prepared: Prepared
) -> None:
    values = {"what": "Say it together", "owner": "ministry", "track": "diplomatic", "marking": ""}
    values |= {"package": prepared.political.key}
    _, (statement,) = acting(room, values)

    found = [refused(room, statement, name, "execute").code for name in ("des", "ann")]
    room.move(prepared.political, "advise", "bo", ADVICE | NATIONAL)
    found.append(refused(room, statement, "des", "execute").code)
    decide = [refused(room, statement, name, "decide").code for name in ("min", "officer")]
    room.move(prepared.political, "decide", "min", YES)

    assert found == ["response.move"] * 3
    assert decide == ["response.word"] * 2
    assert do(room, statement, "des", "execute").state == "executed"


@pytest.mark.requirement("P8")
def test_a_package_that_was_withdrawn_or_lost_its_mandate_carries_no_action(room: Room, prepared: Prepared) -> None:
    values = {"what": "Say it", "owner": "ministry", "track": "diplomatic", "package": prepared.political.key}
    _, (first, second) = acting(room, values | {"marking": ""}, values | {"what": "Say it again", "marking": ""})
    room.move(prepared.political, "advise", "bo", ADVICE | NATIONAL)
    room.move(prepared.political, "decide", "min", YES)
    Mandate.objects.filter(holder=room.people["min"]).update(valid_until=NOW.date() - timedelta(days=1))
    lost = refused(room, first, "des", "execute").code
    Mandate.objects.filter(holder=room.people["min"]).update(valid_until=None)
    room.move(prepared.political, "withdraw", "ann", {"reason": "It turned out otherwise."})

    assert (lost, refused(room, second, "des", "execute").code) == ("response.not_decided", "response.move")


def test_a_package_behind_the_other_gate_carries_no_diplomatic_action(room: Room, prepared: Prepared) -> None:
    mode = begin(room)
    coordinate(room, mode)
    values = {"what": "Say it", "owner": "ministry", "track": "diplomatic", "marking": ""}

    for package in (prepared.competent.key, "0" * 16, ""):
        with pytest.raises(InputError) as caught:
            plan(room, mode, values | {"package": package})
        assert caught.value.code == "mode.package"


def test_an_action_that_needs_no_decision_says_why_and_is_not_decided_about(room: Room) -> None:
    mode, (warn,) = acting(room, WARN)
    with pytest.raises(InputError) as caught:
        plan(room, mode, WARN | {"why_none": " "})

    assert caught.value.params["field"] == "why_none"
    assert refused(room, warn, "officer", "decide").code == "response.word"
    assert refused(room, warn, "root", "execute").code == "people.no_power"
    assert do(room, warn, "des", "execute").state == "executed"


def test_nothing_is_executed_before_the_state_of_actions(room: Room) -> None:
    mode = begin(room)
    with pytest.raises(InputError, match="alert"):
        plan(room, mode)
    coordinate(room, mode)
    warn = plan(room, mode, WARN)

    assert refused(room, warn, "des", "execute").code == "mode.too_early"


@pytest.mark.parametrize("to", ["actions", "closed", "alert", "no-such-state"])
def test_the_states_go_in_their_order_only(to: str, room: Room) -> None:
    mode = begin(room)

    with pytest.raises(InputError):
        response.mode_goes_on(mode.key, to, reason="x", who=room.who("ann"), now=NOW)

    assert mode.steps.count() == 1


def test_coordination_needs_somebody_who_coordinates_and_actions_need_an_action(room: Room) -> None:
    mode = begin(room)
    with pytest.raises(InputError) as first:
        response.mode_goes_on(mode.key, "coordination", reason="x", who=room.who("ann"), now=NOW)
    coordinate(room, mode)
    with pytest.raises(InputError) as second:
        response.mode_goes_on(mode.key, "actions", reason="x", who=room.who("ann"), now=NOW)

    assert (first.value.code, second.value.code) == ("mode.nobody_coordinates", "mode.no_action")


def line(room: Room, mode: Mode, text: str, kind: str = "event", **other: str) -> LogLine:
    values = {"kind": kind, "text": text, "happened_at": "", "source": "Report by telephone", "marking": ""} | other
    return response.add_log_line(mode.key, values, who=room.who("des"), now=NOW)


def test_the_log_only_grows_and_says_so_when_somebody_changed_it_behind_its_back(room: Room) -> None:
    mode = begin(room)
    first, _, third = (line(room, mode, text) for text in ("One", "Two", "Three"))
    first.text = "Otherwise"

    for act in (first.save, first.delete):
        with pytest.raises(RefusedError) as caught:
            act()
        assert caught.value.code == "mode.append_only"
    view = response.mode(mode.key, room.who("ann"))
    assert ([one.text for one in view.lines], view.intact) == (["One", "Two", "Three"], True)
    LogLine.objects.filter(pk=first.pk).update(text="Otherwise")
    assert not response.mode(mode.key, room.who("ann")).intact
    LogLine.objects.filter(pk=first.pk).update(text="One")
    LogLine.objects.filter(pk=third.pk).update(number=9)
    assert not response.mode(mode.key, room.who("ann")).intact


def test_no_service_changes_or_withdraws_a_line(room: Room) -> None:
    mode = begin(room)
    wrong = line(room, mode, "Four persons")

    line(room, mode, "Three persons, not four", kind="correction")

    assert [one.text for one in mode.lines.all()] == ["Four persons", "Three persons, not four"]
    assert LogLine.objects.get(pk=wrong.pk).withdrawn_at is None
    assert not [name for name in response.__all__ if "log_line" in name and name != "add_log_line"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"happened_at": "2026-06-01T10:00+00:00"}, "mode.future"),
        ({"happened_at": "this morning"}, "mode.moment"),
        ({"source": ""}, "response.empty"),
        ({"kind": "gossip"}, "response.word"),
        ({"text": "Call 06-12345678"}, "people.contact"),
    ],
)
def test_a_line_with_a_wrong_moment_no_source_or_a_persons_number_is_refused(
    values: dict[str, str], code: str, room: Room
) -> None:
    mode = begin(room)

    with pytest.raises(InputError) as caught:
        line(room, mode, **({"text": "Seen"} | values))

    assert caught.value.code == code
    assert not LogLine.objects.exists()


def test_a_function_with_a_persons_address_is_refused(room: Room) -> None:
    part = {"role": "coordinates", "organisation": "coordinator", "function": "Officer, o.duty@example.org"}

    with pytest.raises(InputError) as caught:
        response.add_mode_role(begin(room).key, part, who=room.who("ann"), now=NOW)

    assert (caught.value.code, caught.value.params["field"]) == ("people.contact", "function")


def test_the_clock_runs_from_the_alert_and_stands_still_once_closed(room: Room) -> None:
    mode, (warn,) = acting(room, WARN)
    seen = [response.mode(mode.key, room.who("ann")).clock(NOW + timedelta(hours=hours)) for hours in (0, 46, 72)]
    room.scope()
    do(room, warn, "des", "execute")
    complete(room, mode)
    close(room, mode)

    assert seen == ["+01:00", "+47:00", "+3 d"]
    assert response.mode(mode.key, room.who("ann")).clock(NOW + timedelta(days=9)) == "+03:00"


@pytest.mark.requirement("R068")
def test_an_empty_track_needs_a_reason_before_closing_and_everything_that_lacks_is_named(room: Room) -> None:
    mode, (arrest, warn) = acting(room, ARREST, WARN)

    with pytest.raises(LacksError) as caught:
        close(room, mode)

    assert caught.value.params["lacks"] == ["scope", "track", "open_actions", "hand_over"]
    assert "an action in the diplomatic track, or the reason why there is none" in caught.value.message("en")
    assert "het einde van 2 acties" in caught.value.message("nl")
    room.scope()
    do(room, warn, "des", "execute")
    complete(room, mode, passed_on=(arrest.key,))
    assert close(room, mode).state == "closed"


@pytest.mark.requirement("R068")
def test_the_three_tracks_show_what_covers_them(room: Room) -> None:
    mode, _ = acting(room, ARREST, CORDON)
    values = {"track": "diplomatic", "reason": "Asked; too early."}
    response.explain_empty_track(mode.key, values, who=room.who("ann"), now=NOW)

    view = response.mode(mode.key, room.who("ann"))

    assert [(one.key, one.covered, len(one.actions)) for one in view.tracks] == [
        ("diplomatic", "explained", 0),
        ("resilience", "open", 0),
        ("administrative_criminal", "filled", 2),
    ]


def test_a_hand_over_that_is_older_than_the_last_step_of_an_action_is_written_anew(room: Room) -> None:
    mode, (warn,) = acting(room, WARN)
    room.scope()
    complete(room, mode, passed_on=(warn.key,))
    do(room, warn, "des", "execute", now=NOW + timedelta(hours=1, minutes=30))

    with pytest.raises(LacksError) as caught:
        close(room, mode)

    assert caught.value.params["lacks"] == ["stale"]


@pytest.mark.parametrize("left_out", ["organisation", "function", "situation", "open_points", "agreements", "material"])
def test_a_hand_over_is_complete_or_is_not_kept(left_out: str, room: Room) -> None:
    mode, _ = acting(room, WARN)

    with pytest.raises(InputError) as caught:
        response.hand_over_mode(mode.key, OVER | {left_out: " "}, passed_on=(), who=room.who("ann"), now=NOW)

    assert (caught.value.code, caught.value.params["field"]) == ("response.empty", left_out)


def test_nothing_is_added_to_a_closed_or_withdrawn_intervention(room: Room) -> None:
    mode, (warn,) = acting(room, WARN)
    other = begin(room, title="An error")
    response.withdraw_mode(other.key, reason="It was an exercise.", who=room.who("ann"), now=NOW)
    room.scope()
    do(room, warn, "des", "execute")
    complete(room, mode)
    close(room, mode)

    for one in (mode, other):
        with pytest.raises(InputError) as caught:
            line(room, one, "One more")
        assert caught.value.code == "mode.closed"


def test_an_intervention_in_which_something_was_executed_is_not_withdrawn(room: Room) -> None:
    mode, (warn,) = acting(room, WARN)
    do(room, warn, "des", "execute")

    with pytest.raises(InputError, match="hand-over"):
        response.withdraw_mode(mode.key, reason="x", who=room.who("ann"), now=NOW)


@pytest.mark.requirement("R003")
def test_where_the_scope_test_says_neither_nothing_is_begun_or_executed(room: Room) -> None:
    _, (warn,) = acting(room, WARN)
    room.scope("neither")

    with pytest.raises(InputError) as caught:
        begin(room)

    assert caught.value.code == "mode.neither"
    assert refused(room, warn, "des", "execute").code == "mode.neither"


def test_an_intervention_is_about_an_incident_or_a_campaign(room: Room) -> None:
    with pytest.raises(InputError) as caught:
        begin(room, origin="gap--economic_security--digital_threats")
    with pytest.raises(NotFoundError):
        begin(room, origin="incident--00000000-0000-4000-8000-000000000000")

    assert caught.value.code == "mode.not_an_incident"


def test_a_line_and_an_action_above_a_readers_ceiling_are_in_nothing_that_he_sees(room: Room) -> None:
    mode = begin(room)
    coordinate(room, mode)
    line(room, mode, "For few", marking="AMBER")
    plan(room, mode, WARN | {"marking": "AMBER"})
    people.add_person("low", role="analyst", organisation=people.organisation("coordinator"), actor="test", tlp="CLEAR")
    whole, low = (response.mode(mode.key, room.who(name)) for name in ("ann", "low"))

    assert (len(whole.lines), len(whole.actions)) == (1, 1)
    assert (low.lines, low.actions, low.intact) == ((), (), True)
    assert all(Ceiling("CLEAR").admits(marking) for marking in low.markings)
    with pytest.raises(NotFoundError):
        response.move_action(whole.actions[0].row.key, "withdraw", {"reason": "x"}, who=room.who("low"), now=NOW)


def test_the_command_line_moves_no_action(room: Room) -> None:
    _, (warn,) = acting(room, WARN)

    with pytest.raises(RefusedError) as caught:
        response.move_action(warn.key, "execute", {"reason": "x"}, who=people.operator(), now=NOW)

    assert caught.value.code == "response.needs_person"
