"""The scope test: outcomes with reasons, what blocks a response, review by somebody else, reopening."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.rooms.risk.conftest import NOW, incident
from tests.rooms.risk.watch.conftest import at, later, somebody
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.rooms.risk import services
from verband.rooms.risk.watch import scope

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("R003")]
WHO, OTHER = somebody(), somebody("bo")
SUBJECT = str(incident("a").thing)
GIVEN = {"step": "reasoned", "outcome": "potential", "route": "direct", "reasons": "A vital process was near"}


@pytest.fixture(autouse=True)
def an_incident(store: Callable[..., None]) -> None:
    store(incident("a"))


@pytest.mark.parametrize("outcome", catalogue("scope_outcomes").keys())
def test_national_security_and_other_public_interests_may_go_on_and_neither_may_not(outcome: str) -> None:
    route = "allies" if outcome == "indirect" else "direct"
    scope.write(SUBJECT, {**GIVEN, "outcome": outcome, "route": route, "owner": "Police"}, who=WHO, now=NOW)

    found = services.scope_of(SUBJECT, WHO)

    assert found.blocks_response is (outcome == "neither")
    assert (found.state, found.outcome, found.reasons) == ("reasoned", outcome, GIVEN["reasons"])


def test_an_empty_test_a_draft_and_a_reopened_one_block_a_response() -> None:
    empty = services.scope_of(SUBJECT, WHO)
    scope.write(SUBJECT, {"step": "draft", "outcome": "actual"}, who=WHO, now=NOW)
    draft = services.scope_of(SUBJECT, WHO)
    scope.write(SUBJECT, GIVEN, who=WHO, now=later(1))
    reasoned = services.scope_of(SUBJECT, WHO)
    scope.reopen(SUBJECT, reasons="A new fact", who=OTHER, now=later(2))
    reopened = services.scope_of(SUBJECT, WHO)

    assert [(one.state, one.blocks_response) for one in (empty, draft, reasoned, reopened)] == [
        ("empty", True),
        ("draft", True),
        ("reasoned", False),
        ("reopened", True),
    ]
    assert services.scope_of(SUBJECT, WHO, known_on=at(1)).state == "reasoned"
    assert [step.step for step in reopened.steps] == ["reopened", "reasoned", "draft"]


def test_neither_goes_to_the_ordinary_owner_with_reasons_and_can_be_reopened() -> None:
    neither = {**GIVEN, "outcome": "neither"}
    with pytest.raises(InputError) as caught:
        scope.write(SUBJECT, neither, who=WHO, now=NOW)

    scope.write(SUBJECT, {**neither, "owner": "The municipality"}, who=WHO, now=NOW)
    closed = services.scope_of(SUBJECT, WHO)
    scope.reopen(SUBJECT, reasons="A second incident", who=WHO, now=later(1))
    scope.write(SUBJECT, GIVEN, who=WHO, now=later(2))

    assert caught.value.code == "watch.no_owner"
    assert (closed.owner, closed.blocks_response) == ("The municipality", True)
    assert not services.scope_of(SUBJECT, WHO).blocks_response


def test_reasons_are_reviewed_by_somebody_else_and_once() -> None:
    with pytest.raises(InputError) as early:
        scope.review(SUBJECT, reasons="Read", who=OTHER, now=NOW)
    scope.write(SUBJECT, GIVEN, who=WHO, now=NOW)
    with pytest.raises(InputError) as same:
        scope.review(SUBJECT, reasons="Read", who=WHO, now=NOW)

    scope.review(SUBJECT, reasons="Read", who=OTHER, now=later(1))

    assert (early.value.code, same.value.code) == ("watch.scope_order", "watch.same_person")
    assert services.scope_of(SUBJECT, WHO).state == "reviewed"
    with pytest.raises(InputError):
        scope.write(SUBJECT, GIVEN, who=WHO, now=later(2))


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"outcome": ""}, "watch.word"),
        ({"outcome": "profit"}, "watch.word"),
        ({"route": ""}, "watch.word"),
        ({"reasons": " "}, "watch.empty"),
        ({"outcome": "indirect"}, "watch.scope_route"),
        ({"reasons": "A protester did it"}, "watch.person"),
    ],
)
def test_reasons_that_are_not_complete_are_refused(given: dict[str, str], code: str) -> None:
    with pytest.raises(InputError) as caught:
        scope.write(SUBJECT, {**GIVEN, **given}, who=WHO, now=NOW)

    assert caught.value.code == code
    assert services.scope_of(SUBJECT, WHO).steps == ()


def test_there_is_no_test_of_what_is_not_there_or_not_visible(store: Callable[..., None]) -> None:
    store(incident("hidden", marking="AMBER"))
    for subject in (str(incident("hidden").thing), "incident--none", "00000000-0000-4000-8000-000000000000"):
        with pytest.raises(NotFoundError) as caught:
            scope.write(subject, GIVEN, who=WHO, now=NOW)
        assert caught.value.code == "watch.no_subject"


def test_a_test_is_marked_at_least_as_high_as_its_subject(store: Callable[..., None]) -> None:
    store(incident("hidden", marking="AMBER"))
    high, subject = somebody(tlp="AMBER"), str(incident("hidden").thing)

    made = scope.write(subject, GIVEN, who=high, now=NOW)

    assert made.marking.value().tlp == "AMBER"
    with pytest.raises(InputError):
        scope.write(subject, {**GIVEN, "marking": "CLEAR"}, who=high, now=NOW)
    assert services.scope_of(subject, WHO).steps == ()


@pytest.mark.requirement("P14")
def test_a_case_of_one_domain_shows_which_others_were_asked_and_is_challenged() -> None:
    scope.write(SUBJECT, {**GIVEN, "area-cyber": "touched", "area-economic": "asked"}, who=WHO, now=NOW)
    found = services.scope_of(SUBJECT, WHO)

    assert found.areas_touched == ("cyber",)
    assert found.areas == {"cyber": "touched", "economic": "asked"}
    assert set(found.areas_not_asked) == set(catalogue("domains").keys()) - {"cyber", "economic"}
    assert found.single_area

    scope.reopen(SUBJECT, reasons="Ask all", who=WHO, now=later(1))
    asked = {f"area-{key}": "asked" for key in catalogue("domains").keys()} | {"area-cyber": "touched"}  # noqa: SIM118
    scope.write(SUBJECT, {**GIVEN, **asked}, who=WHO, now=later(2))

    assert not services.scope_of(SUBJECT, WHO).single_area
