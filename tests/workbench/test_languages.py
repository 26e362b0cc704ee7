"""Pages are in the language of the browser until a person chooses; English is the fallback."""

from __future__ import annotations

import pytest
from django.test import Client

from verband.rooms.people import services as people

pytestmark = pytest.mark.django_db


def signed_in_by_link(person: people.Person, browser: str) -> tuple[Client, str]:
    client = Client(headers={"accept-language": browser})
    client.get(f"/account/link/{people.make_link(person, actor='test')}/")
    return client, client.get("/help/").content.decode()


@pytest.mark.parametrize(("browser", "language"), [("en-GB,en", "en"), ("nl-NL,nl", "nl"), ("de-DE,de", "en")])
def test_who_chose_nothing_reads_in_the_language_of_the_browser(
    browser: str, language: str, persons: dict[str, people.Person]
) -> None:
    _, page = signed_in_by_link(persons["ana"], browser)

    assert f'<html lang="{language}">' in page


def test_a_choice_goes_along_to_the_next_browser(persons: dict[str, people.Person]) -> None:
    client, _ = signed_in_by_link(persons["ana"], "en")
    client.post("/language/set/", {"language": "nl", "next": "/"})

    _, page = signed_in_by_link(people.person("ana"), "en")

    assert '<html lang="nl">' in page


def test_an_unknown_address_names_its_status(persons: dict[str, people.Person]) -> None:
    client, _ = signed_in_by_link(persons["ana"], "en")

    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "Status 404." in answer.content.decode()


def test_a_picture_of_old_incidents_claims_no_completeness(persons: dict[str, people.Person], picture: None) -> None:
    client, _ = signed_in_by_link(persons["ana"], "en")

    page = client.get("/?known_on=2031-01-01").content.decode()

    assert "No incident of the last 24 months names an interest; nothing can be said." in page
    assert "None: every interest" not in page
