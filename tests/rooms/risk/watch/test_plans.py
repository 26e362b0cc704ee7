"""Attention moments: they end by themselves, an extension needs a reason, and crises that coincide stack."""

from __future__ import annotations

from datetime import date

import pytest

from tests.rooms.risk.conftest import NOW
from tests.rooms.risk.watch.conftest import INDICATOR, PLAN, at, later, somebody
from verband.language.errors import InputError
from verband.rooms.risk.watch import plans, warning
from verband.rooms.risk.watch.plans import PlanView

pytestmark = pytest.mark.django_db
WHO = somebody()


def view(days: int = 0, *, known_on: int | None = None) -> PlanView:
    return plans.plans(WHO, now=later(days), known_on=known_on)[0]


@pytest.mark.requirement("R086")
def test_a_plan_is_planned_then_active_and_ends_on_its_date_by_itself() -> None:
    plans.make(PLAN, indicators=[], who=WHO, now=NOW)

    states = [view(days).state for days in (0, 8, 9, 19, 20)]

    assert states == ["planned", "planned", "active", "active", "closed"]
    assert [view(days).review_due for days in (20, 23, 24)] == [False, False, True]


@pytest.mark.requirement("R086")
def test_an_extension_needs_a_reason_a_later_day_and_a_plan_that_runs() -> None:
    number = str(plans.make(PLAN, indicators=[], who=WHO, now=NOW).pk)
    codes = []
    for days, ends_on, reason in ((12, "2026-07-01", " "), (12, "2026-06-20", "Why"), (25, "2026-07-01", "Why")):
        with pytest.raises(InputError) as caught:
            plans.extend(number, ends_on=ends_on, reason=reason, who=WHO, now=later(days))
        codes.append(caught.value.code)

    plans.extend(number, ends_on="2026-06-22", reason="The talks go on", who=WHO, now=later(12))

    assert codes == ["watch.empty", "watch.order", "watch.plan_ended"]
    assert (view(21).state, view(22).state, view(21).ends_on) == ("active", "closed", date(2026, 6, 22))
    assert view(21, known_on=at(11)).ends_on == date(2026, 6, 20)


@pytest.mark.requirement("R086")
def test_a_plan_is_closed_early_with_a_reason_and_reviewed_after_its_end_only() -> None:
    number = str(plans.make(PLAN, indicators=[], who=WHO, now=NOW).pk)
    with pytest.raises(InputError) as early:
        plans.review(number, reason="Nothing happened", who=WHO, now=later(12))

    plans.close(number, reason="The summit moved", who=WHO, now=later(12))
    plans.review(number, reason="Nothing happened", who=WHO, now=later(26))

    assert early.value.code == "watch.plan_runs"
    assert (view(13).state, view(26).review_due) == ("closed", False)
    assert view(26).review is not None
    with pytest.raises(InputError):
        plans.extend(number, ends_on="2026-08-01", reason="Again", who=WHO, now=later(13))


@pytest.mark.requirement("R086")
def test_a_plan_has_indicators_and_is_marked_at_least_as_high_as_these() -> None:
    high = somebody(tlp="AMBER")
    indicator = warning.set_up({**INDICATOR, "marking": "AMBER"}, who=high, now=NOW)

    with pytest.raises(InputError) as caught:
        plans.make(PLAN, indicators=[str(indicator.pk)], who=high, now=NOW)
    plans.make({**PLAN, "marking": "AMBER"}, indicators=[str(indicator.pk)], who=high, now=NOW)

    assert caught.value.code == "watch.below_base"
    assert [row.pk for row in plans.plans(high, now=NOW)[0].indicators] == [indicator.pk]
    assert plans.plans(WHO, now=NOW) == []


@pytest.mark.parametrize("given", [{"ends_on": "2026-06-09"}, {"review_on": "2026-06-01"}])
def test_days_that_do_not_follow_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        plans.make({**PLAN, **given}, indicators=[], who=WHO, now=NOW)

    assert (caught.value.code, caught.value.params["field"]) == ("watch.order", *given)


@pytest.mark.requirement("R116")
def test_two_crises_that_overlap_stack_until_one_of_them_is_over() -> None:
    flood = {**PLAN, "title": "Flood", "kind": "crisis", "theme": "natural_disasters"}
    outbreak = {**flood, "title": "Outbreak", "theme": "infectious_diseases", "starts_on": "2026-06-20"}
    outbreak |= {"ends_on": "2026-07-30"}
    event = {**PLAN, "title": "Election", "kind": "event"}
    for one in (flood, outbreak, event):
        plans.make(one, indicators=[], who=WHO, now=NOW)

    before, after = (plans.stacking(plans.plans(WHO, now=later(days))) for days in (0, 20))

    assert [(one.row.title, one.stacked_with) for one in before] == [
        ("Flood", ("Outbreak",)),
        ("Outbreak", ("Flood",)),
    ]
    assert after == ()


@pytest.mark.requirement("R116")
def test_crises_one_after_the_other_do_not_stack() -> None:
    flood = {**PLAN, "title": "Flood", "kind": "crisis"}
    for one in (flood, {**flood, "title": "Drought", "starts_on": "2026-06-21", "ends_on": "2026-07-30"}):
        plans.make({**one, "review_on": "2026-08-01"}, indicators=[], who=WHO, now=NOW)

    assert plans.stacking(plans.plans(WHO, now=NOW)) == ()
