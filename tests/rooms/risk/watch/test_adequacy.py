"""The yearly check: a "not" needs an action, what is overdue is listed, and actions are done or late."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rooms.risk.conftest import NOW
from tests.rooms.risk.watch.conftest import at, later, somebody
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, RefusedError
from verband.rooms.risk.models import AdequacyCheck
from verband.rooms.risk.watch import adequacy

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R011")]
WHO = somebody()
NOT = {"interest": "physical_security", "verdict": "not_equipped", "evidence": "Exercise of May", "marking": "CLEAR"}
ACTION = {
    "follow_up": "Train two teams",
    "downside": "It costs hours of the desk.",
    "existing": "The exercise of 2025 is used again.",
    "function": "mitigate",
    "owner": "Region",
    "due_on": "2026-09-01",
}


def standing(days: int = 0, known_on: int | None = None) -> adequacy.Standing:
    every = adequacy.standings(WHO, now=later(days), known_on=known_on)
    return next(one for one in every if one.interest == "physical_security")


@pytest.mark.requirement("R110")
@pytest.mark.requirement("P17")
def test_not_equipped_without_an_action_or_an_action_without_its_downside_is_refused() -> None:
    for left_out, code in (
        ("follow_up", "watch.no_follow_up"),
        ("owner", "watch.empty"),
        ("due_on", "watch.empty"),
        ("downside", "watch.empty"),
        ("existing", "watch.empty"),
        ("function", "watch.word"),
    ):
        with pytest.raises(InputError) as caught:
            adequacy.check({**NOT, **ACTION, left_out: ""}, who=WHO, now=NOW)
        assert (caught.value.code, caught.value.params["field"]) == (code, left_out)

    assert not AdequacyCheck.objects.exists()
    assert adequacy.check({**NOT, **ACTION}, who=WHO, now=NOW).owner == "Region"


def test_every_interest_is_due_until_it_is_checked_and_again_after_a_year() -> None:
    first = adequacy.overdue(WHO, now=NOW)
    adequacy.check({**NOT, "verdict": "equipped"}, who=WHO, now=NOW)

    assert [one.interest for one in first] == list(catalogue("interests").keys())
    assert "physical_security" not in [one.interest for one in adequacy.overdue(WHO, now=later(365))]
    assert "physical_security" in [one.interest for one in adequacy.overdue(WHO, now=later(366))]
    assert standing(known_on=at(-1)).newest is None


def test_an_action_is_late_after_its_day_until_it_is_done() -> None:
    made = adequacy.check({**NOT, **ACTION}, who=WHO, now=NOW)
    late = standing(100).newest

    adequacy.done(str(made.pk), result="Both teams trained", who=WHO, now=later(101))

    assert late is not None
    assert (late.is_late(date(2026, 9, 1)), late.is_late(date(2026, 9, 2))) == (False, True)
    after = standing(102).newest
    assert after is not None
    assert (after.done, after.is_late(date(2026, 12, 1))) == ("Both teams trained", False)
    with pytest.raises(InputError):
        adequacy.done(str(made.pk), result="Again", who=WHO, now=later(103))


@pytest.mark.requirement("P16")
def test_what_follows_is_counted_by_prevent_mitigate_and_respond() -> None:
    adequacy.check({**NOT, **ACTION}, who=WHO, now=NOW)
    adequacy.check({**NOT, **ACTION, "interest": "economic_security", "function": "prevent"}, who=WHO, now=NOW)

    assert adequacy.balance(adequacy.standings(WHO, now=NOW)) == {"prevent": 1, "mitigate": 1, "respond": 0}


def test_only_who_may_assess_keeps_a_check_and_only_up_to_his_ceiling() -> None:
    with pytest.raises(RefusedError):
        adequacy.check({**NOT, **ACTION}, who=somebody(powers="read"), now=NOW)
    with pytest.raises(RefusedError):
        adequacy.check({**NOT, **ACTION, "marking": "RED"}, who=WHO, now=NOW)
    with pytest.raises(InputError):
        adequacy.check({**NOT, **ACTION, "marking": ""}, who=WHO, now=NOW)
