"""The gate: who comes in where, and what is written down of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from verband.rooms.audit import services as audit
from verband.rooms.people import services as people

Browse = Callable[..., Client]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/", "/incidents/", "/search/", "/upload/", "/help/", "/language/", "/oversight/"])
def test_who_is_not_signed_in_goes_to_the_sign_in_page(address: str) -> None:
    answer = Client().get(address)

    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/account/login/?next={address}"


@pytest.mark.requirement("P4")
def test_a_closed_room_is_refused_and_the_refusal_is_in_the_log(browse: Browse) -> None:
    answer = browse("ana").get("/oversight/")

    assert answer.status_code == 403
    assert [(e.actor, e.object) for e in audit.entries(action="refused")] == [("ana (analyst, home)", "room oversight")]


def test_a_closed_room_is_not_in_the_navigation(browse: Browse) -> None:
    page = browse("ana").get("/").content.decode()

    assert 'href="/oversight/"' not in page
    assert 'href="/incidents/"' in page


@pytest.mark.requirement("R108")
def test_oversight_sees_the_refusals_of_others(browse: Browse) -> None:
    browse("ana").get("/oversight/")

    page = browse("olga").get("/oversight/?action=refused").content.decode()

    assert "ana (analyst, Home)" in page
    assert "room oversight" in page


@pytest.mark.requirement("P9")
def test_oversight_checks_the_chain(browse: Browse) -> None:
    page = browse("olga").post("/oversight/verify/", follow=True).content.decode()

    assert "The chain holds" in page
    assert next(audit.entries(action="log checked")).actor == "olga (oversight, home)"


def test_an_organisation_without_a_profile_enters_no_room(browse: Browse, persons: dict[str, people.Person]) -> None:
    home = persons["ana"].organisation
    home.profile = ""
    home.save()

    answer = browse("ana").get("/")

    assert answer.status_code == 403


@pytest.mark.requirement("R124")
def test_a_municipality_sees_the_released_picture_and_no_campaigns(
    browse: Browse, persons: dict[str, people.Person], picture: None
) -> None:
    home = persons["ana"].organisation
    home.profile = "municipality"
    home.save()

    page = browse("clea").get("/").content.decode()

    assert "Cable cut near the coast" in page
    assert 'id="campaigns"' not in page
    assert 'id="triangle"' not in page


def test_guessing_passwords_ends_after_ten_attempts(persons: dict[str, people.Person]) -> None:
    wrong = {"username": "ana", "password": "something else"}
    first = [Client().post("/account/login/", wrong).status_code for _ in range(10)]

    answer = Client().post("/account/login/", wrong)

    assert first == [200] * 10
    assert answer.status_code == 403
    assert "ana" in answer.content.decode()


def test_a_one_time_link_signs_in_with_one_click_and_no_typing(persons: dict[str, people.Person]) -> None:
    token = people.make_link(persons["ana"], actor="test")
    client = Client()

    answer = client.get(f"/account/link/{token}/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert client.get("/account/").status_code == 200


def test_a_one_time_link_works_once(persons: dict[str, people.Person]) -> None:
    token = people.make_link(persons["ana"], actor="test")
    Client().get(f"/account/link/{token}/")

    again = Client().get(f"/account/link/{token}/")

    assert again.status_code == 403
    assert "verband user link" in again.content.decode()


def test_the_link_goes_nowhere_else_than_here(persons: dict[str, people.Person]) -> None:
    token = people.make_link(persons["ana"], actor="test")

    answer = Client().get(f"/account/link/{token}/?next=https://elsewhere.example/")

    assert answer.headers["Location"] == "/"


def test_a_password_of_ones_own_signs_in(browse: Browse) -> None:
    secret = "nine-blue-herons-fly"
    browse("ana").post("/account/password/", {"new_password1": secret, "new_password2": secret})

    right = Client().post("/account/login/", {"username": "ana", "password": secret})
    wrong = Client().post("/account/login/", {"username": "ana", "password": "something else"})

    assert (right.status_code, right.headers["Location"]) == (302, "/")
    assert wrong.status_code == 200
    assert 'role="alert"' in wrong.content.decode()
    assert next(audit.entries(action="refused")).object == "password"


def test_signing_out_needs_a_post_and_ends_the_session(browse: Browse) -> None:
    client = browse("ana")

    assert client.get("/account/logout/").status_code == 405
    client.post("/account/logout/")

    assert client.get("/").status_code == 302


def test_nothing_of_a_page_may_come_from_elsewhere(browse: Browse) -> None:
    answer = browse("ana").get("/")

    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "script" not in policy
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("language", "said", "way_out"),
    [
        ("en", "This address or form holds more than 1000 fields.", "To the picture"),
        ("nl", "Dit adres of formulier bevat meer dan 1000 velden.", "Naar het beeld"),
    ],
)
def test_an_address_with_too_many_fields_is_answered_with_what_was_wrong_and_a_way_out(
    browse: Browse, language: str, said: str, way_out: str
) -> None:
    client = browse("ana")
    client.cookies["django_language"] = language
    nodes = "&".join(f"fail=n{number}" for number in range(1001))

    answer = client.get(f"/exposure/what-if/?{nodes}")

    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'<html lang="{language}">' in page
    assert said in page
    assert way_out in page


def test_a_form_with_too_many_fields_is_answered_with_what_was_wrong(browse: Browse) -> None:
    answer = browse("ana").post("/language/set/", {f"n{number}": "1" for number in range(1001)})

    assert answer.status_code == 400
    assert "more than 1000 fields" in answer.content.decode()


def test_a_host_that_is_not_ours_is_told_where_the_names_are_set() -> None:
    answer = Client().get("/", HTTP_HOST="elsewhere.example")

    assert answer.status_code == 400
    assert "VERBAND_HOSTS" in answer.content.decode()
    assert "elsewhere" not in answer.content.decode()
