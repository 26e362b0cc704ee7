"""The model check with incident mode in it: actions under an own law and on a political package, by anybody, in any
order, through the services and through posts. No action is executed without the "yes" of whom its gate names.

As in `test_model_check`, what may happen is written out by hand and shares no line with the state machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.rooms.response.conftest import ACCOUNTS, ADVICE, NATIONAL, YES, Prepared, Room
from tests.rooms.response.test_incident_mode import ARREST, CORDON, WARN, acting
from tests.rooms.response.test_model_check import MUTATIONS, YES_OF, Paths, _now, _today, check
from verband.language.errors import VerbandError
from verband.rooms.people.models import Mandate
from verband.rooms.response import machine, moving
from verband.rooms.response import services as response
from verband.rooms.response.incident_mode import ruling
from verband.rooms.response.incident_mode.models import ActionStep, ModeAction
from verband.rooms.response.models import Step

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("P8"), pytest.mark.requirement("R041")]
#: Whose "yes" counts for each action, written out by hand; `statement` rests on the yes of a package (see `YES_OF`).
YES_ON = {"arrest": {"officer"}, "cordon": {"mayor"}, "statement": set[str](), "warning": set[str]()}
DECIDED_BY = {"arrest": "officer", "cordon": "mayor"}
CARRY_OUT = {"ann", "bo", "des"}
#: States that nothing leads out of; whether that holds is tried by the other rules.
OVER = {"executed", "withdrawn", "decided_no"}
MOVES = ("advise", "decide", "rework", "execute", "withdraw", "follow", "no-such-move")


class Actions(RuleBasedStateMachine):
    """Four actions of one intervention (prosecution, municipality, a political package, none needed), and everybody."""

    room: Room
    prepared: Prepared
    browsers: dict[str, Client]
    seen: Counter[str]
    actions: dict[str, ModeAction]

    def __init__(self) -> None:
        super().__init__()
        if not hasattr(self, "held"):
            self.held = transaction.atomic()
            self.held.__enter__()
        self.gone: set[str] = set()

    def teardown(self) -> None:
        for name, action in self.actions.items():
            self.seen.update(f"{name} {state}" for state in action.steps.values_list("state", flat=True))
        if self.held is not None:
            transaction.set_rollback(True)
            self.held.__exit__(None, None, None)

    @rule(
        which=st.sampled_from(sorted(YES_ON)),
        name=st.sampled_from(sorted(ACCOUNTS)),
        move=st.sampled_from(MOVES),
        outcome=st.sampled_from(["yes", "yes", "no", "changed", "deferred", "maybe"]),
        door=st.sampled_from(["services", "post"]),
    )
    def anybody_moves_an_action(self, which: str, name: str, move: str, outcome: str, door: str) -> None:
        self._act(which, name, move, outcome, door)

    @rule(
        which=st.sampled_from(["arrest", "cordon", "warning"]),
        outcome=st.sampled_from(["yes", "yes", "no", "deferred"]),
        door=st.sampled_from(["services", "post"]),
        far=st.integers(1, 4),
    )
    def an_action_goes_on(self, which: str, outcome: str, door: str, far: int) -> None:
        """The next moves, each by whom it is for."""
        decider = DECIDED_BY.get(which, "des")
        steps = {
            "prepared": ("des", "execute") if which == "warning" else ("bo", "advise"),
            "advised": (decider, "decide"),
            "deferred": (decider, "decide"),
            "decided_yes": ("des", "execute"),
        }
        for _ in range(far):
            if (state := self._state(which)) in steps:
                self._act(which, *steps[state], outcome, door)

    @rule()
    def both_actions_are_carried_through_while_everybody_else_tries(self) -> None:
        for which, decider in DECIDED_BY.items():
            if self._state(which) in OVER:
                continue
            self._act(which, "des", "execute", "", "services")
            self._act(which, "bo", "advise", "", "services")
            self._act(which, "des", "execute", "", "services")
            self._others_try(which, "decide")
            self._act(which, decider, "decide", "yes", "services")
            self._others_try(which, "execute")
            self._act(which, "des", "execute", "", "services")

    @rule(which=st.sampled_from(["arrest", "cordon"]))
    def an_action_is_decided_no(self, which: str) -> None:
        self._act(which, "bo", "advise", "", "services")
        self._act(which, DECIDED_BY[which], "decide", "no", "services")
        self._act(which, "des", "execute", "", "services")

    @rule(outcome=st.sampled_from(["yes", "yes", "no"]), door=st.sampled_from(["services", "post"]))
    def the_package_is_decided_and_the_statement_tried(self, outcome: str, door: str) -> None:
        self._act("statement", "des", "execute", "", door)
        self.the_package_is_decided(outcome)
        self._act("statement", "des", "execute", "", door)

    @rule(after=st.sampled_from(["mandate", "withdraw"]))
    def a_yes_falls_away_before_the_statement_is_made(self, after: str) -> None:
        self.the_package_is_decided("yes")
        if after == "mandate":
            self.a_mandate_is_gone("min")
        else:
            self._move_package("ann", after, "")
        self._act("statement", "des", "execute", "", "services")

    @rule(which=st.sampled_from(["arrest", "cordon"]), move=st.sampled_from(["decide", "execute"]))
    def everybody_else_tries_an_action(self, which: str, move: str) -> None:
        if move == "decide":
            self._act(which, "bo", "advise", "", "services")
        self._others_try(which, move)

    @rule(name=st.sampled_from(["officer", "mayor", "min"]))
    def a_mandate_is_gone(self, name: str) -> None:
        Mandate.objects.filter(holder__username=name).update(valid_until=_today() - timedelta(days=1))
        self.gone.add(name)

    @rule(which=st.sampled_from(["arrest", "cordon"]))
    def whose_mandate_ended_tries(self, which: str) -> None:
        self.a_mandate_is_gone(DECIDED_BY[which])
        self._act(which, "bo", "advise", "", "services")
        self._act(which, DECIDED_BY[which], "decide", "yes", "services")

    @invariant()
    def no_action_is_executed_without_the_yes_that_it_needs(self) -> None:
        for which, action in self.actions.items():
            allowed = which == "warning"
            for step in ActionStep.objects.filter(of_action=action).order_by("number"):
                if step.action == "decide":
                    assert step.person in YES_ON[which], f"{step.person} decided about the {which}"
                    allowed = step.outcome == "yes"
                elif step.action in ("advise", "rework", "withdraw"):
                    allowed = False
                if which == "statement" and step.state == "executed":
                    yes = Step.objects.filter(package=self.prepared.political, action="decide", outcome="yes")
                    allowed = yes.filter(person__in=YES_OF["political"]).exists()
                assert step.state != "executed" or allowed, f"the {which} was executed without yes"

    @invariant()
    def no_administrator_and_no_overseer_has_a_step_of_an_action(self) -> None:
        assert not ActionStep.objects.filter(person__in=["root", "olga"]).exists()

    @invariant()
    def no_political_mandate_decided_about_an_action(self) -> None:
        assert not ActionStep.objects.filter(action="decide", person__in=["min", "both"]).exists()

    def the_package_is_decided(self, outcome: str) -> None:
        for name, move in (("bo", "advise"), ("min", "decide")):
            self._move_package(name, move, outcome)

    def _move_package(self, name: str, move: str, outcome: str) -> None:
        values = ADVICE | NATIONAL | YES | {"outcome": outcome}
        with suppress(VerbandError):
            response.move(self.prepared.political.key, move, values, who=self.room.who(name), now=_now())

    def _state(self, which: str) -> str:
        return str(self.actions[which].steps.order_by("-number").first().state)  # type: ignore[union-attr]

    def _act(self, which: str, name: str, move: str, outcome: str, door: str) -> None:
        action, before = self.actions[which], self._state(which)
        values = YES | {"outcome": outcome}
        carried = self._carried() if which == "statement" else True
        if door == "services":
            try:
                response.move_action(action.key, move, values, who=self.room.who(name), now=_now())
            except VerbandError:
                assert self._state(which) == before
        else:
            posted = {**values, "number": action.key, "at": action.mode.key}
            self.browsers[name].post(f"/response/mode/act/{move}/", posted)
        after = self._state(which)
        if move == "decide" and after != before:
            assert name in YES_ON[which] - self.gone, f"{name} decided about the {which}"
        if move == "execute" and after != before:
            assert name in CARRY_OUT, f"{name} executed the {which}"
            assert carried, "the statement was executed while its package had no standing yes"

    def _others_try(self, which: str, move: str) -> None:
        """Each account for whom the move is not: nobody gets anywhere."""
        before = self._state(which)
        entitled = YES_ON[which] - self.gone if move == "decide" else CARRY_OUT
        if move == "execute" and before != "decided_yes":
            entitled = set()
        for name in sorted(set(ACCOUNTS) - entitled):
            self._act(which, name, move, "yes", "services")
        assert self._state(which) == before, f"somebody could {move} the {which}"

    def _carried(self) -> bool:
        """Whether the package has its yes now: the newest step of a state that rests on one, by a valid mandate."""
        last = Step.objects.filter(package=self.prepared.political).order_by("-number").first()
        decided = Step.objects.filter(package=self.prepared.political, action="decide").order_by("-number").first()
        if last is None or decided is None or last.state not in ("decided_yes", "executed", "followed"):
            return False
        until = decided.mandate.valid_until if decided.mandate else _today() - timedelta(days=1)
        return decided.person in YES_OF["political"] and (until is None or until >= decided.day)


class Together(Actions, Paths):
    """Packages and actions in one walk: every rule and every invariant of both."""

    def __init__(self) -> None:
        Paths.__init__(self)
        self.gone = self.ended

    def teardown(self) -> None:
        for name, action in self.actions.items():
            self.seen.update(f"{name} {state}" for state in action.steps.values_list("state", flat=True))
        Paths.teardown(self)


@pytest.fixture
def actions(room: Room, prepared: Prepared) -> dict[str, ModeAction]:
    """An intervention in the state of actions, with one action for each way to be opened."""
    statement = {"what": "Say it together", "owner": "ministry", "track": "diplomatic", "marking": ""}
    statement["package"] = prepared.political.key
    _, made = acting(room, ARREST, CORDON, statement, WARN)
    return dict(zip(("arrest", "cordon", "statement", "warning"), made, strict=True))


@pytest.mark.requirement("R118")
@pytest.mark.requirement("P4")
def test_no_path_executes_an_action_without_the_right_gate_and_no_administrator_approves(
    room: Room, prepared: Prepared, actions: dict[str, ModeAction], sign_in: Callable[[str], Client]
) -> None:
    seen = check(room, prepared, sign_in, examples=30, walk=Together, actions=actions)

    reached = {"arrest executed", "cordon executed", "statement executed", "warning executed"}
    assert {"arrest decided_no", "cordon decided_no"} & set(seen)
    assert reached | {"executed"} <= set(seen), "paths that short say nothing"


def _decisions_of_an_action_pass_no_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    """An action is taken for one behind the political gate, so that a minister opens it."""
    standing_of = ruling.standing_of

    def political(row: ModeAction) -> machine.Standing:
        return replace(standing_of(row), gate="political", power="decide", authority="")

    monkeypatch.setattr(ruling, "standing_of", political)


def _any_package_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """The package of a diplomatic action is not asked for its yes."""
    monkeypatch.setattr(
        ruling, "_of_its_package", lambda row: ruling._without_decision(ruling.standing_of(row), day=_now())
    )


def _what_was_decided_once_counts_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A diplomatic action is executed on a package whatever its state became and whatever became of the mandate."""

    def decided(row: ModeAction) -> machine.Standing:
        assert row.package is not None
        found = moving.standing_of(row.package)
        held = found.decided
        return replace(found, state="decided_yes", decided=replace(held, outcome="yes") if held else None)

    monkeypatch.setattr(ruling, "_of_its_package", decided)


def _every_action_is_one_that_needs_no_decision(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ruling, "COMPETENT", "no such gate")


@pytest.mark.parametrize(
    "mutate",
    [
        *MUTATIONS,
        _decisions_of_an_action_pass_no_gate,
        _any_package_will_do,
        _what_was_decided_once_counts_for_ever,
        _every_action_is_one_that_needs_no_decision,
    ],
)
def test_the_rules_of_actions_alone_catch_a_gate_that_was_broken_on_purpose(
    mutate: Callable[[pytest.MonkeyPatch], None],
    room: Room,
    prepared: Prepared,
    actions: dict[str, ModeAction],
    sign_in: Callable[[str], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Else the rule about ministers stops the administrator too, and nothing would show that his own rule is gone.
    Mandate.objects.filter(holder__username="root", power="decide").delete()
    mutate(monkeypatch)

    with pytest.raises(AssertionError):
        check(room, prepared, sign_in, examples=40, walk=Actions, actions=actions)
