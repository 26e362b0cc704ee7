"""The pages of the room, as people with different ceilings and roles get them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.risk.conftest import incident
from verband.rooms.people import services as people

PAGES = (
    "/risk/",
    "/risk/gaps/",
    "/risk/interests/economic_security/",
    "/risk/themes/digital_threats/",
    "/risk/interests/economic_security/digital_threats/",
)


@pytest.fixture
def sign_in(db: None) -> Callable[..., Client]:
    """Somebody of that role and ceiling, signed in, reading English."""

    def enter(name: str, *, role: str = "analyst", tlp: str = "AMBER", profile: str = "coordinator") -> Client:
        home = people.add_organisation(
            profile, name_nl=profile, name_en=profile, legal_task="task", source="test", actor="test", profile=profile
        )
        client = Client(headers={"accept-language": "en"})
        client.force_login(people.add_person(name, role=role, organisation=home, actor="test", tlp=tlp))
        return client

    return enter


@pytest.mark.requirement("R019")
def test_no_page_or_export_names_what_lies_above_the_ceiling(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    store(incident("open"), incident("hidden", "2026-05-04", marking="AMBER"))
    high, low = sign_in("high"), sign_in("low", tlp="CLEAR")

    for page in (*PAGES, "/risk/?format=csv", "/risk/gaps/?format=json"):
        assert "Incident hidden" not in low.get(page).content.decode()
        assert "TLP:AMBER" not in low.get(page).content.decode()
    assert "Incident hidden" in high.get(PAGES[2]).content.decode()
    assert "Incident open" in low.get(PAGES[2]).content.decode()


def test_a_judgement_is_given_and_withdrawn_on_the_page_of_the_pair(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    store(incident("a"))
    client = sign_in("ann")
    pair = PAGES[4]

    empty = client.post(f"{pair}judge/", {"text": "Strong", "evidence": "", "reason": "r", "marking": "CLEAR"})
    given = client.post(
        f"{pair}judge/", {"text": "Strong", "evidence": "Test of May", "reason": "r", "marking": "CLEAR"}, follow=True
    )
    number = given.context["judgements"][0].id
    taken = client.post(f"/risk/judgements/{number}/withdraw/", {"reason": "Wrong test"}, follow=True)

    assert empty.status_code == 400
    assert "Strong" in empty.content.decode()
    assert given.context["cell"].judgement.evidence == "Test of May"
    assert taken.context["cell"].judgement is None
    assert "Wrong test" in taken.content.decode()


@pytest.mark.requirement("P4")
def test_who_may_not_assess_gets_no_form_and_is_refused(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    store(incident("a"))
    decider = sign_in("dee", role="decider")

    page = decider.get(PAGES[4])
    refused = decider.post(f"{PAGES[4]}judge/", {"text": "t", "evidence": "e", "reason": "r", "marking": "CLEAR"})

    assert 'name="evidence"' not in page.content.decode()
    assert refused.status_code == 403


@pytest.mark.requirement("P4")
def test_an_organisation_whose_task_does_not_give_the_room_stays_out(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    client = sign_in("desk", role="desk", profile="municipality")

    assert [client.get(page).status_code for page in PAGES] == [403] * len(PAGES)


def test_an_unknown_interest_or_theme_is_not_found(store: Callable[..., None], sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    assert client.get("/risk/interests/profit/").status_code == 404
    assert client.get("/risk/themes/profit/").status_code == 404


def test_every_trend_on_the_page_stands_with_the_caveat(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    store(incident("a"))
    shown = sign_in("ann").get("/risk/").content.decode()

    # Under the table of interests, under the figure and under the table of themes.
    assert shown.count("Reporting may have changed.") == 3


def test_as_known_before_anything_came_in_the_triangle_is_empty(
    store: Callable[..., None], sign_in: Callable[..., Client]
) -> None:
    store(incident("a", "2026-05-03"))
    client = sign_in("ann")

    then = client.get("/risk/?known_on=2026-05-20").context["found"]

    assert sum(cell.in_all for cell in then.interests) == 0
