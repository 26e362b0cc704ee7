"""Nights in the room: each knows what was read before it, under its own ceiling and rate."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.contract.conftest import NOW, analyst, incident, store
from verband.methods.connecting import Parameters
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.models import Night
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader

__all__ = ["analyst", "store"]
pytestmark = pytest.mark.django_db


def test_a_second_night_reads_as_new_what_came_in_since_the_first(
    store: Callable[..., object], analyst: Reader
) -> None:
    store([incident("a"), incident("b")])
    campaigns.run_for_everyone(who=analyst, now=NOW, nightly=True)
    store([incident("c")])
    outcome = campaigns.run_for_everyone(who=analyst, now=NOW, nightly=True)

    first, second = Night.objects.all()
    assert (first.number, first.new) == (1, 2)
    assert (second.number, second.new) == (2, 1)
    assert first.read == []
    assert len(second.read) == 3
    assert second.level < first.level
    assert campaigns.as_json(outcome)["night"] == {"number": 2, "level": round(second.level, 9), "new": 1}


def test_a_run_that_is_no_night_takes_no_number_and_another_rate_is_another_row(
    store: Callable[..., object], analyst: Reader
) -> None:
    store([incident("a"), incident("b")])
    plain = campaigns.run_for_everyone(who=analyst, now=NOW)
    campaigns.run_for_everyone(who=analyst, now=NOW, nightly=True)
    campaigns.run_for_everyone(who=analyst, now=NOW, nightly=True, parameters=Parameters(fdr=0.1))

    assert "night" not in campaigns.as_json(plain)
    assert [night.number for night in Night.objects.all()] == [1, 1]


def test_the_list_of_runs_says_which_was_a_night(store: Callable[..., object], analyst: Reader) -> None:
    store([incident("a"), incident("b")])
    campaigns.run_for_everyone(who=analyst, now=NOW, nightly=True)

    browser = Client(headers={"accept-language": "en"})
    browser.force_login(people.person("ann"))
    page = browser.get("/campaigns/runs/").content.decode()

    assert "night 1, 2 new" in page
