"""Nights in the room: each knows what was read before it, under its own ceiling and rate."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.contract.conftest import NOW, analyst, incident, store
from tests.rooms.campaigns.conftest import keep_run
from verband.language.markings import Ceiling
from verband.methods.connecting import Parameters
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.models import Night, Run
from verband.rooms.people import services as people
from verband.rooms.people.models import Person
from verband.rooms.people.services import Reader
from verband.rooms.picture.services import IncidentView

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


def a_night(run: Run, number: int = 1) -> None:
    Night.objects.create(run=run, under="one", number=number, new=1, level=0.025, proposed=0)


def test_what_was_proposed_stays_listed_after_nights_that_do_not_propose_it(
    persons: dict[str, Person], incidents: tuple[IncidentView, ...], browse: Callable[..., Client]
) -> None:
    who = people.reader(persons["ann"])
    run = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5))
    first = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(0, 1, 2), held=(3, 4, 5))
    second = keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(0, 1, 2))
    a_night(first)
    a_night(second, 2)

    rows = campaigns.overview(who)
    drones = str(run.campaigns.get().uuid)
    page, own = (browse("ann").get(at).content.decode() for at in ("/campaigns/", f"/campaigns/{drones}/"))

    assert [(row.n, row.state, row.earlier is None) for row in rows] == [(3, "proposed", True), (3, "proposed", False)]
    assert rows[1].uuid == drones
    assert campaigns.campaign(drones, who).row.state == "proposed"
    assert page.count("by the run of") == 1
    assert "a person decides" in own


def test_a_run_that_is_no_night_tests_everything_anew(
    persons: dict[str, Person], incidents: tuple[IncidentView, ...]
) -> None:
    who = people.reader(persons["ann"])
    a_night(keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5)))
    keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(0, 1, 2), held=(3, 4, 5))

    assert [(row.state, row.earlier) for row in campaigns.overview(who)] == [("proposed", None), ("coincidence", None)]


def test_what_has_grown_overnight_is_listed_once_and_lower_runs_beside_it_add_nothing(
    persons: dict[str, Person], incidents: tuple[IncidentView, ...]
) -> None:
    who = people.reader(persons["ann"])
    keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(3, 4, 5))
    a_night(keep_run(persons["cleo"], incidents[:3], Ceiling("CLEAR"), proposed=(0, 1, 2)))
    a_night(keep_run(persons["ann"], incidents, Ceiling("AMBER"), proposed=(2, 3, 4, 5)), 2)

    assert [row.n for row in campaigns.overview(who)] == [4]
