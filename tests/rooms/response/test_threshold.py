"""Notes about the threshold of an armed attack: put by a person, reviewed by others, never set by the software."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.rooms.response.conftest import ADVICE, NATIONAL, NOW, YES, Prepared, Room
from tests.rooms.response.test_pages import SignIn
from verband.language.errors import InputError, VerbandError
from verband.rooms.response import services as response
from verband.rooms.response.attributing import forms
from verband.rooms.response.attributing.models import ThresholdNote, ThresholdReview

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R039")]
NOTE = {
    "level": "at",
    "grounds": "The effect on vital processes.",
    "support": "considered",
    "consultation": "Put before allies.",
    "source": "Advice of the ministry",
    "marking": "",
}
LEVELS = ("below", "near", "at")
REVIEW = {"outcome": "agrees", "text": "Follows from the facts as stated.", "function": "Legal adviser"}


def note(room: Room, prepared: Prepared, hours: int = 0, **other: str) -> ThresholdNote:
    now = NOW + timedelta(hours=hours)
    return response.note_threshold(prepared.case.key, NOTE | other, who=room.who("ann"), now=now)


def review(room: Room, row: ThresholdNote, kind: str, name: str, **other: str) -> ThresholdReview:
    return response.review_threshold(row.key, REVIEW | {"kind": kind} | other, who=room.who(name), now=NOW)


def stands(room: Room, prepared: Prepared) -> bool:
    return response.threshold_notes(prepared.case, room.who("ann"))[0].stands


def test_at_needs_a_legal_and_a_political_review_that_both_agree(room: Room, prepared: Prepared) -> None:
    row = note(room, prepared)
    seen = [stands(room, prepared)]
    review(room, row, "legal", "bo")
    seen.append(stands(room, prepared))
    review(room, row, "political", "min", outcome="disagrees")
    seen.append(stands(room, prepared))
    review(room, row, "political", "min")
    seen.append(stands(room, prepared))

    assert seen == [False, False, False, True]


@pytest.mark.parametrize("level", ["below", "near"])
def test_below_and_near_need_a_legal_review(level: str, room: Room, prepared: Prepared) -> None:
    row = note(room, prepared, level=level)
    before = stands(room, prepared)
    review(room, row, "legal", "bo")

    assert (before, stands(room, prepared)) == (False, True)


def test_while_a_note_at_the_level_waits_its_case_does_not_go_on(room: Room, prepared: Prepared) -> None:
    package = prepared.political
    row = note(room, prepared)

    with pytest.raises(InputError) as caught:
        room.move(package, "advise", "bo", ADVICE | NATIONAL)

    assert caught.value.code == "threshold.waits"
    review(room, row, "legal", "bo")
    review(room, row, "political", "min")
    assert room.move(package, "advise", "bo", ADVICE | NATIONAL).state == "advised"


def test_a_yes_and_an_execution_wait_for_the_reviews_too_and_a_withdrawn_note_stops_nothing(
    room: Room, prepared: Prepared
) -> None:
    package = prepared.political
    room.move(package, "advise", "bo", ADVICE | NATIONAL)
    row = note(room, prepared)
    with pytest.raises(InputError) as yes:
        room.move(package, "decide", "min", YES)
    response.withdraw_threshold(row.key, reason="An error", who=room.who("ann"), now=NOW)
    room.move(package, "decide", "min", YES)
    note(room, prepared, hours=1)
    with pytest.raises(InputError) as execute:
        room.move(package, "execute", "des", {"reason": "Now"})

    assert (yes.value.code, execute.value.code) == ("threshold.waits", "threshold.waits")


@pytest.mark.requirement("P8")
@pytest.mark.parametrize(
    ("kind", "name", "code"),
    [
        ("legal", "ann", "threshold.own_note"),
        ("legal", "des", "people.no_power"),
        ("political", "bo", "people.no_power"),
        ("political", "clerk", "response.no_mandate"),
        ("political", "officer", "response.wrong_gate"),
        ("political", "root", "people.no_power"),
        ("moral", "bo", "response.word"),
    ],
)
def test_a_review_is_given_by_another_person_who_may_and_a_political_one_under_a_mandate(
    kind: str, name: str, code: str, room: Room, prepared: Prepared
) -> None:
    row = note(room, prepared)

    with pytest.raises(VerbandError) as caught:
        review(room, row, kind, name)

    assert caught.value.code == code
    assert not ThresholdReview.objects.exists()


def test_one_person_does_not_give_both_reviews(room: Room, prepared: Prepared) -> None:
    row = note(room, prepared)
    review(room, row, "political", "min")
    person = room.people["min"]
    person.role = "analyst"
    person.save()

    with pytest.raises(VerbandError) as caught:
        review(room, row, "legal", "min")

    assert caught.value.code == "threshold.reviewer"


@pytest.mark.parametrize("level", ["", "above", "5"])
def test_a_note_without_a_level_of_the_list_is_refused(level: str, room: Room, prepared: Prepared) -> None:
    with pytest.raises(InputError) as caught:
        note(room, prepared, level=level)

    assert caught.value.params["field"] == "level"


def test_nothing_fills_in_a_level_neither_the_form_nor_the_row(room: Room, prepared: Prepared) -> None:
    form = forms.note(room.who("ann"), prepared.case.key, "CLEAR")

    assert next(field for field in form.fields if field.name == "level").value == ""
    assert next(field for field in form.fields if field.name == "level").options[0][0] == ""
    assert not {field.name for field in ThresholdNote._meta.get_fields() if getattr(field, "default", None) in LEVELS}


def test_the_newest_note_stands_and_older_ones_stay_in_the_history(room: Room, prepared: Prepared) -> None:
    note(room, prepared)
    note(room, prepared, level="below", grounds="Seen again")

    found = response.threshold_notes(prepared.case, room.who("ann"))

    assert [one.row.level for one in found] == ["below", "at"]
    assert room.move(prepared.political, "advise", "bo", ADVICE | NATIONAL).state == "advised"


def test_a_note_is_written_and_reviewed_in_the_browser(room: Room, prepared: Prepared, sign_in: SignIn) -> None:
    ann, bo, minister = (sign_in(name) for name in ("ann", "bo", "min"))
    page, act = f"/response/attribution/threshold/{prepared.case.key}/", "/response/attribution/act/"
    at = {"at": prepared.case.key}

    wrong = ann.post(f"{act}note/", NOTE | at | {"level": ""})
    ann.post(f"{act}note/", NOTE | at)
    row = ThresholdNote.objects.get()
    waiting = bo.get(page).content.decode()
    bo.post(f"{act}review-legal/", REVIEW | at | {"number": row.key})
    last = minister.post(f"{act}review-political/", REVIEW | at | {"number": row.key}, follow=True).content.decode()

    assert (wrong.status_code, wrong.content.decode().count('aria-invalid="true"')) == (400, 1)
    assert "the legal review" in waiting
    assert "does not stand yet" in waiting
    assert "reviewed" in last
    assert ann.get(f"{page}?format=json").json()[0]["stands"] is True
