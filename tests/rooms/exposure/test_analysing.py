"""Pairs, what helps most, restoration and time to impact, worked out by hand on the small network, and their pages."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
from django.test import Client

from tests.rooms.exposure.conftest import NOW, WRITER, add, fill, process
from tests.rooms.exposure.test_pages import text
from tests.rooms.risk.test_pages import sign_in
from verband.methods.depending.cascades import Effort
from verband.rooms.exposure import analysing, services

__all__ = ["sign_in"]
pytestmark = pytest.mark.django_db


@pytest.mark.requirement("R048")
def test_time_to_impact_is_the_hour_at_which_the_first_other_process_fails() -> None:
    fill()
    found = services.network(WRITER)

    told = {key: analysing.impact_h(found, key, horizon_h=72) for key in ("grid", "reagent", "lab-two", "water")}

    assert told == {"grid": 12, "reagent": 1, "lab-two": None, "water": None}
    assert analysing.impact_h(found, "grid", horizon_h=11) is None


@pytest.mark.requirement("R062")
def test_the_two_labs_back_each_other_up_and_lose_more_together() -> None:
    fill()

    pairs = analysing.pairs(services.network(WRITER), horizon_h=72)

    found = {frozenset((pair.one.key, pair.other.key)): pair for pair in pairs}
    labs = found[frozenset(("lab-one", "lab-two"))]
    # Together: taps at 1 (71), water at 10 (3 * 62); alone: 71 and 0.
    assert (labs.lost_h, labs.beyond_h) == (71 + 186, 186)
    assert labs.low_h < labs.lost_h < labs.high_h
    assert all(pair.beyond_h > 0 for pair in pairs)


@pytest.mark.requirement("R064")
def test_what_helps_most_follows_the_effort_that_is_put_on_it() -> None:
    fill()
    found = services.network(WRITER)

    cheap = analysing.strengthening(found, horizon_h=72, effort=Effort(24, 1, 1))
    dear = analysing.strengthening(found, horizon_h=72, effort=Effort(24, 1, 1_000))

    assert cheap[0].gain.what == "supplier"
    assert dear[0].gain.what == "buffer"
    saved = {(one.node.key, one.requirement.members): one.gain.saved_h for one in cheap if one.gain.what == "supplier"}
    # A second supplier beside the pumps saves water in two failures: grid (3 * 60) and pumps (3 * 64).
    assert saved["water", ("pumps",)] == 180 + 192


def test_everything_is_up_again_when_the_last_supply_is_back() -> None:
    fill()
    found = services.network(WRITER)

    told = analysing.restoration(found, {"grid": 20.0}, until_h=720)
    never = analysing.restoration(found, {"grid": 20.0, "pumps": math.inf}, until_h=720)

    assert [(one.name, one.from_h, one.to_h) for one in told.outages] == [
        ("grid", 0, 20),
        ("pumps", 4, 20),
        ("water", 12, 20),
    ]
    assert analysing.all_up_h(told) == 20
    assert analysing.all_up_h(never) == math.inf


def test_the_order_of_repair_that_loses_least_comes_first() -> None:
    fill()
    found = services.network(WRITER)

    tried = analysing.orders(found, {"grid": 10.0, "taps": 5.0}, until_h=720)

    # Taps (B) first: 5 + 3 * (15 + 3); grid (A) first: 15 + 3 * 10.
    assert [list(one.repaired_h.items()) for one in tried] == [
        [("grid", 10.0), ("taps", 15.0)],
        [("taps", 5.0), ("grid", 15.0)],
    ]
    assert [one.lost_h for one in tried] == [45, 59]
    assert [one.all_up_h for one in tried] == [15, 15]
    assert analysing.orders(found, {"grid": 1.0}, until_h=720) == []


def test_the_pages_show_pairs_gains_and_restoration(sign_in: Callable[..., Client]) -> None:
    fill()
    client = sign_in("ann")

    pairs = text(client, "pairs/?hours=72")
    gains = text(client, "strengthening/?hours=72&buffer=24&buffer_effort=2&supplier_effort=1,5")
    back = text(client, "restoration/?fail=grid&fail=taps&repair-grid=10&repair-taps=5")
    ranking = text(client, "ranking/")

    assert "What if both fail" in pairs
    assert "186.0" in pairs
    assert "Effort is your assumption" in gains
    assert "one supplier more, that does not fail" in gains
    assert "Everything is up again after 10 hours." in back
    assert "2 orders were tried" in back
    assert 'data-chart="spans' in back
    assert "First other process fails after" in ranking
    assert "within their stated bounds" not in ranking
    for page in ("pairs/", "strengthening/", "restoration/?fail=grid"):
        assert "marking" in text(client, f"{page}{'&' if '?' in page else '?'}format=csv").split("\n")[0]


def test_the_pages_say_what_to_do_first_while_nothing_is_entered(sign_in: Callable[..., Client]) -> None:
    client = sign_in("ann")

    for page in ("pairs/", "strengthening/", "restoration/", "ranking/"):
        assert "No process has been entered yet" in text(client, page)


@pytest.mark.parametrize(
    ("page", "field"),
    [
        ("strengthening/?buffer=-4", "buffer"),
        ("strengthening/?buffer_effort=0", "buffer_effort"),
        ("strengthening/?supplier_effort=nan", "supplier_effort"),
        ("strengthening/?supplier_effort=3 euros", "supplier_effort"),
        ("restoration/?fail=grid&repair-grid=-1", "repair-grid"),
        ("restoration/?fail=grid&repair-grid=2 days", "repair-grid"),
        ("restoration/?fail=grid&until=0", "until"),
        ("pairs/?hours=a week", "hours"),
    ],
)
def test_numbers_that_cannot_be_stand_beside_their_field(page: str, field: str, sign_in: Callable[..., Client]) -> None:
    fill()

    shown = text(sign_in("ann"), page, 400)

    assert f'id="f-{field}-error"' in shown
    assert "Error:" in shown


def test_a_cycle_that_nothing_supplies_is_accepted_named_and_does_not_start_again(
    sign_in: Callable[..., Client],
) -> None:
    for key in ("power", "telecom"):
        services.add("processes", process(key, grade="A", impact="Dark"), who=WRITER, now=NOW)
    add("requirements", node="power", members="telecom", k="1", buffer_h="4")
    add("requirements", node="telecom", members="power", k="1", buffer_h="8")
    client = sign_in("ann")

    asked = text(client, "what-if/?fail=power")
    back = text(client, "restoration/?fail=power&repair-power=20")

    assert "Supplied by nothing from outside:" in asked
    assert "Process power, Process telecom" in asked
    assert "These wait on each other and are all down" in back
    assert "not everything is up again" in back


def test_a_requirement_that_cannot_be_stands_beside_its_field_on_the_page(sign_in: Callable[..., Client]) -> None:
    fill()
    client = sign_in("ann")
    row = {"node": "water", "members": "grid", "k": "1", "buffer_h": "4", "source": "A paper", "marking": "CLEAR"}
    wrong = {"k": "2", "buffer_h": "-4", "members": "water"}

    for field, value in wrong.items():
        answer = client.post("/exposure/registers/requirements/add/", {**row, field: value})
        assert answer.status_code == 400
        assert f'id="add-{field}-error"' in answer.content.decode()
    answer = client.post("/exposure/registers/requirements/add/", {**row, "buffer_h": "4 days"})
    assert "no units" in answer.content.decode()
