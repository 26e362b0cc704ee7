"""Pages of a scenario as its author, an expert and somebody below its marking get them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.risk.scenarios.conftest import KEY, NOW
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.reports import services as reports
from verband.rooms.risk.scenarios import describing

PAGES = ("", "session/", "why/", "compare/")


def browse(who: Reader) -> Client:
    """A browser in which that reader is signed in, in English."""
    client = Client(headers={"accept-language": "en"})
    client.force_login(people.person(who.username))
    return client


def test_an_objection_is_answered_on_the_page(author: Reader, experts: list[Reader]) -> None:
    describing.challenge(KEY, text="What of repair ships?", who=experts[0], now=NOW)
    number = describing.scenario(KEY, author, now=NOW).challenges[0].pk
    address = f"/risk/scenarios/{KEY}/"

    shown = browse(author).get(address).content.decode()
    own = browse(experts[0]).get(address).content.decode()
    empty = browse(author).post(f"{address}answer/", {"number": number, "text": " "})
    done = browse(author).post(f"{address}answer/", {"number": number, "text": "There is one."})

    assert f'id="answer-{number}"' in shown
    assert f'id="answer-{number}"' not in own
    assert (empty.status_code, done.status_code) == (400, 302)
    assert f'id="answer-{number}-error"' in empty.content.decode()


def test_below_its_marking_no_page_of_it_is_there(author: Reader, account: Callable[..., Reader]) -> None:
    client = browse(account("low", tlp="CLEAR"))

    for page in PAGES:
        hidden, unknown = client.get(f"/risk/scenarios/{KEY}/{page}"), client.get(f"/risk/scenarios/no-such/{page}")
        assert (hidden.status_code, unknown.status_code) == (404, 404)
        said = [
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", one.content.decode()) for one in (hidden, unknown)
        ]
        assert said[0].replace(KEY, "no-such") == said[1]


@pytest.mark.parametrize("number", ["²", "9" * 5000, "-1", ""])
def test_a_number_that_is_none_is_no_error_of_ours(author: Reader, number: str) -> None:
    client = browse(author)

    assert client.get(f"/risk/scenarios/{KEY}/compare/", {"from": number}).status_code == 200
    assert client.post(f"/risk/scenarios/{KEY}/unlink/", {"number": number}).status_code == 404


def test_scores_of_somebody_without_a_seat_are_refused(author: Reader, account: Callable[..., Reader]) -> None:
    answer = browse(account("ann")).post(f"/risk/scenarios/{KEY}/session/scores/", {})

    assert answer.status_code in (403, 404)


def test_every_kind_of_report_has_its_name_in_the_list(author: Reader) -> None:
    reports.make("risk-analysis", who=author, now=NOW, language="en", formats=("json",))

    shown = browse(author).get("/reports/")

    assert shown.status_code == 200
    assert set(shown.context["kinds"]) == set(reports.KINDS)
