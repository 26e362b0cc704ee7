"""What a page says of a refusal: words of its language, where the error itself names keys."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from tests.rooms.response.conftest import ADVICE, YES, Prepared, Room
from tests.rooms.response.test_incident_mode import ARREST, begin, coordinate

pytestmark = pytest.mark.django_db
SignIn = Callable[[str], Client]
ERROR = re.compile(r'<p class="[^"]*error[^"]*"[^>]*>(.*?)</p>', re.DOTALL)


def said(client: Client, address: str, posted: dict[str, str], status: int) -> str:
    client.cookies["django_language"] = "nl"
    answer = client.post(f"/response/{address}/", posted)
    assert answer.status_code == status
    return unescape(" ".join(ERROR.findall(answer.content.decode())))


def test_a_step_that_the_state_does_not_allow_names_the_state_in_words(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    at = {"at": prepared.case.key, "number": prepared.political.key, "reason": "Later"}

    text = said(sign_in("ann"), "act/rework", at, 400)

    assert "in voorbereiding" in text
    assert "prepared" not in text


@pytest.mark.parametrize(
    ("name", "word"), [("officer", "politiek besluit"), ("clerk", "politiek besluit"), ("ann", "analist")]
)
def test_who_may_not_decide_reads_in_words_what_it_takes(
    name: str, word: str, room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    room.move(prepared.political, "advise", "bo", ADVICE)
    client = sign_in(name)
    client.cookies["django_language"] = "nl"

    page = unescape(client.get(f"/response/{prepared.case.key}/").content.decode())
    found = re.findall(r"U kunt hierover niet besluiten: ([^<]*)", page)

    assert len(found) == 1
    assert f"'{word}" in found[0]


def test_an_effect_before_a_decision_says_that_there_is_none_and_one_too_early_names_both_days(
    room: Room, prepared: Prepared, sign_in: SignIn
) -> None:
    ann = sign_in("ann")
    at = {"at": prepared.case.key, "number": prepared.political.key, "observed_on": "2026-05-30"}
    undecided = ann.post("/response/act/effect/", at)
    room.move(prepared.political, "advise", "bo", ADVICE)
    room.move(prepared.political, "decide", "min", YES)

    text = said(ann, "act/effect", at, 400)

    assert undecided.status_code == 400
    assert "2026-05-30 ligt vóór het besluit van 2026-06-01." in text


def test_an_intervention_names_its_states_and_what_a_track_allows_in_words(room: Room, sign_in: SignIn) -> None:
    mode = begin(room)
    at = {"at": mode.key, "reason": "On", "number": "actions"}
    ann = sign_in("ann")

    order = said(ann, "mode/act/go-on", at, 400)
    coordinate(room, mode)
    gate = said(ann, "mode/act/action", {"at": mode.key, **ARREST, "gate": "political"}, 400)

    assert "Van 'alarm' gaat men niet naar 'acties'." in order
    assert "eigen wet" in gate
    assert "own law" not in gate


def test_an_empty_choice_asks_to_choose(room: Room, prepared: Prepared, sign_in: SignIn) -> None:
    posted = {"at": prepared.case.key, "area": "", "answer": "asked", "party": "Somebody"}

    text = said(sign_in("ann"), "act/area", posted, 400)

    assert "Hier is niets gekozen. Kies iets uit de lijst." in text
