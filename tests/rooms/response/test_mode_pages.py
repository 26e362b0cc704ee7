"""The pages of an intervention: one page that says what comes next, whose decision it is, and what lacks."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.response.conftest import YES, Room
from tests.rooms.response.test_incident_mode import ARREST, MODE, OVER, WARN, acting, begin, do, line
from verband.rooms.response import services as response
from verband.rooms.response.incident_mode.models import ActionStep, HandOver, LogLine, Mode, ModeAction

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R041")]
SignIn = Callable[[str], Client]
ACT = "/response/mode/act/"


def text(client: Client, page: str) -> str:
    answer = client.get(f"/response/mode/{page}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.requirement("R068")
def test_a_person_goes_the_whole_line_in_the_browser(room: Room, sign_in: SignIn) -> None:
    ann, bo, des, officer, minister = (sign_in(name) for name in ("ann", "bo", "des", "officer", "min"))
    room.scope()
    thing = ann.get(f"/incidents/things/{room.incident}/").content.decode()
    wrong = ann.post(f"{ACT}open/", MODE | {"at": room.incident, "alerted_at": "soon"})
    ann.post(f"{ACT}open/", MODE | {"at": room.incident, "alerted_at": ""})
    mode = Mode.objects.get()
    at = {"at": mode.key}
    part = {"role": "coordinates", "organisation": "coordinator", "function": "Duty officer"}
    ann.post(f"{ACT}role/", at | part)
    ann.post(f"{ACT}go-on/", at | {"number": "coordination", "reason": "Here"})
    known = {"kind": "known", "text": "Four persons", "happened_at": "", "source": "Border guard", "marking": ""}
    des.post(f"{ACT}line/", at | known)
    ann.post(f"{ACT}action/", at | ARREST | {"package": "", "why_none": ""})
    ann.post(f"{ACT}go-on/", at | {"number": "actions", "reason": "Agreed"})
    action = at | {"number": ModeAction.objects.get().key}
    bo.post(f"{ACT}advise/", action | {"reason": "Complete"})
    told = text(minister, f"{mode.key}/")
    refused = minister.post(f"{ACT}decide/", action | YES)
    officer.post(f"{ACT}decide/", action | YES)
    des.post(f"{ACT}execute/", action | {"reason": "Stopped"})
    early = ann.post(f"{ACT}close/", at | {"reason": "Over"})
    for track in ("diplomatic", "resilience"):
        ann.post(f"{ACT}empty-track/", at | {"number": track, "reason": "Too early"})
    ann.post(f"{ACT}hand-over/", at | OVER)
    last = ann.post(f"{ACT}close/", at | {"reason": "Over"}, follow=True).content.decode()

    assert f"/response/mode/new/?origin={room.incident}" in thing
    assert (wrong.status_code, wrong.content.decode().count('aria-invalid="true"')) == (400, 1)
    assert "You cannot decide this:" in told
    assert "/act/decide/" not in told
    assert refused.status_code == 403
    assert list(ActionStep.objects.values_list("state", flat=True)) == [
        "prepared",
        "advised",
        "decided_yes",
        "executed",
    ]
    assert early.status_code == 400
    assert "an action in the diplomatic track, or the reason why there is none" in early.content.decode()
    assert "Nothing: it is closed and handed over. Evaluate it." in last
    assert "Four persons" in last


def test_the_page_and_the_report_of_the_hand_over_export_their_rows(room: Room, sign_in: SignIn) -> None:
    mode, (warn,) = acting(room, WARN)
    line(room, mode, "A street was closed")
    do(room, warn, "des", "execute")
    ann = sign_in("ann")

    rows = ann.get(f"/response/mode/{mode.key}/?format=json").json()
    report = ann.get(f"/response/mode/{mode.key}/hand-over/?format=json").json()
    listed = ann.get("/response/mode/?format=json").json()

    assert {row["kind"] for row in rows} == {"alert", "coordination", "actions", "prepare", "execute", "event"}
    assert next(row["sha256"] for row in rows if row["kind"] == "event") == LogLine.objects.get().digest
    assert {"intervention", "state", "part", "track", "action executed"} <= {row["part"] for row in report}
    assert listed[0]["tracks"] == ["diplomatic: open", "resilience: filled", "administrative_criminal: open"]


def test_the_report_says_what_lacks_until_it_is_complete(room: Room, sign_in: SignIn) -> None:
    mode, _ = acting(room, WARN)

    page = text(sign_in("ann"), f"{mode.key}/hand-over/")

    assert "This report is not complete" in page
    assert "No hand-over was written yet." in page


def test_a_page_as_known_on_an_earlier_day_has_no_form_and_before_the_alert_there_is_none(
    room: Room, sign_in: SignIn
) -> None:
    mode = begin(room)

    page = text(sign_in("ann"), f"{mode.key}/?known_on=2026-06-02")
    before = sign_in("ann").get(f"/response/mode/{mode.key}/?known_on=2026-05-30")

    assert 'action="/response/mode/act/' not in page
    assert before.status_code == 404


def test_an_empty_list_says_what_to_do_first(room: Room, sign_in: SignIn) -> None:
    assert "An intervention begins at an alert" in text(sign_in("ann"), "")


@pytest.mark.parametrize("act", ["burn", "follow", "log"])
def test_an_act_that_there_is_not_is_not_found(act: str, room: Room, sign_in: SignIn) -> None:
    assert sign_in("ann").post(f"{ACT}{act}/", {"at": "x", "reason": "x"}).status_code == 404
    assert not HandOver.objects.exists()


def test_who_only_reads_is_refused_and_it_is_logged(room: Room, sign_in: SignIn) -> None:
    mode = begin(room)

    assert (
        sign_in("olga").post(f"{ACT}line/", {"at": mode.key, "kind": "event", "text": "x", "source": "x"}).status_code
        == 403
    )
    assert response.mode(mode.key, room.who("ann")).lines == ()
