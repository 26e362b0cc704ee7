"""A model check: whoever does what, in whatever order and through whichever door, nothing is executed without the
"yes" of whom its gate names, and no administrator approves anything.

What may happen is written out here by hand and shares no line with the state machine. Doors: the services, and posts
of a signed-in browser. There is no other: packages come in through no file and no command.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from tests.rooms.response.conftest import ACCOUNTS, ADVICE, NATIONAL, YES, Prepared, Room
from verband.language.errors import VerbandError
from verband.rooms.people.models import Mandate
from verband.rooms.response import machine, moving
from verband.rooms.response import services as response
from verband.rooms.response.models import Step

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("P8"), pytest.mark.requirement("P4")]
#: Whose "yes" counts at each gate, written out by hand. `both` is a minister too and never counts at the other gate.
YES_OF = {"political": {"min", "both"}, "competent": {"officer"}}
MOVES = ("advise", "decide", "rework", "execute", "follow", "close", "withdraw", "no-such-move")
_EFFECT = {"seen": "Nothing yet", "verdict": "not_seen", "source": "Own reading"}


class Paths(RuleBasedStateMachine):
    """One case with a package for each gate, everybody, and every move."""

    room: Room
    prepared: Prepared
    browsers: dict[str, Client]
    seen: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.held = transaction.atomic()
        self.held.__enter__()
        self.packages = {"political": self.prepared.political, "competent": self.prepared.competent}
        self.ended: set[str] = set()

    def teardown(self) -> None:
        for package in self.packages.values():
            self.seen.update(Step.objects.filter(package=package).values_list("state", flat=True))
        transaction.set_rollback(True)
        self.held.__exit__(None, None, None)

    @rule(
        gate=st.sampled_from(["political", "competent"]),
        name=st.sampled_from(sorted(ACCOUNTS)),
        action=st.sampled_from(MOVES),
        outcome=st.sampled_from(["yes", "yes", "no", "changed", "deferred", "maybe"]),
        door=st.sampled_from(["services", "post"]),
    )
    def anybody_moves(self, gate: str, name: str, action: str, outcome: str, door: str) -> None:
        self._do(gate, name, action, outcome, door)

    @rule(
        gate=st.sampled_from(["political", "competent"]),
        outcome=st.sampled_from(["yes", "yes", "yes", "no", "changed", "deferred"]),
        door=st.sampled_from(["services", "post"]),
        far=st.integers(1, 6),
    )
    def the_line_goes_on(self, gate: str, outcome: str, door: str, far: int) -> None:
        """The next moves, each by whom it is for, so that long paths are walked too."""
        decider = {"political": "min", "competent": "officer"}[gate]
        steps = {
            "prepared": ("bo", "advise"),
            "advised": (decider, "decide"),
            "deferred": (decider, "decide"),
            "decided_changed": ("ann", "rework"),
            "decided_yes": ("des", "execute"),
            "executed": ("ann", "follow"),
            "followed": ("ann", "close"),
            "decided_no": ("ann", "close"),
        }
        for _ in range(far):
            if (state := self.room.state(self.packages[gate])) in steps:
                if state == "executed":
                    self.somebody_sees_an_effect(gate)
                self._do(gate, *steps[state], outcome, door)

    @rule(gate=st.sampled_from(["political", "competent"]), action=st.sampled_from(["decide", "execute"]))
    def everybody_else_tries(self, gate: str, action: str) -> None:
        """Each account for whom the move is not: nobody gets anywhere."""
        package = self.packages[gate]
        if action == "decide":
            self._do(gate, "bo", "advise", "", "services")
        before = self.room.state(package)
        entitled = YES_OF[gate] - self.ended if action == "decide" else {"ann", "bo", "des"}
        for name in sorted(set(ACCOUNTS) - entitled):
            self._do(gate, name, action, "yes", "services")
        if action == "execute" and before != "decided_yes":
            for name in sorted(entitled):
                self._do(gate, name, action, "yes", "services")
        assert self.room.state(package) == before, f"somebody could {action} at the {gate} gate"

    @rule(name=st.sampled_from(["min", "officer", "both", "root"]))
    def a_mandate_ends(self, name: str) -> None:
        Mandate.objects.filter(holder__username=name).update(valid_until=_today() - timedelta(days=1))
        self.ended.add(name)

    @rule(gate=st.sampled_from(["political", "competent"]))
    def an_effect_is_seen(self, gate: str) -> None:
        self.somebody_sees_an_effect(gate)

    def somebody_sees_an_effect(self, gate: str) -> None:
        package = self.packages[gate]
        option = package.inclusions.first().option  # type: ignore[union-attr]
        values = _EFFECT | {"indicator": option.indicators.get().key, "observed_on": _today().isoformat()}
        try:
            response.observe_effect(package.key, values, who=self.room.who("ann"), now=_now())
        except VerbandError:
            return
        assert Step.objects.filter(package=package, action="decide", outcome="yes").exists()

    @invariant()
    def nothing_is_executed_without_yes_of_whom_its_gate_names(self) -> None:
        for gate, package in self.packages.items():
            allowed = False
            for step in Step.objects.filter(package=package).order_by("number"):
                if step.action == "decide":
                    assert step.person in YES_OF[gate], f"{step.person} decided at the {gate} gate"
                    allowed = step.outcome == "yes"
                elif step.action in ("advise", "rework", "withdraw"):
                    allowed = False
                assert step.state not in ("executed", "followed") or allowed, f"{step.state} without yes"
                assert step.state != "closed" or step.number > 2

    @invariant()
    def no_administrator_and_no_overseer_has_a_step(self) -> None:
        assert not Step.objects.filter(person__in=["root", "olga"]).exists()

    def _do(self, gate: str, name: str, action: str, outcome: str, door: str) -> None:
        package, before = self.packages[gate], self.room.state(self.packages[gate])
        values = ADVICE | NATIONAL | YES | {"outcome": outcome}
        if door == "services":
            try:
                response.move(package.key, action, values, who=self.room.who(name), now=_now())
            except VerbandError:
                assert self.room.state(package) == before
        else:
            posted = {**values, "number": package.key, "at": self.prepared.case.key}
            self.browsers[name].post(f"/response/act/{action}/", posted)
        after = self.room.state(package)
        if action == "decide" and after != before:
            assert name in YES_OF[gate] - self.ended, f"{name} decided at the {gate} gate"


def _now() -> datetime:
    """The clock of the posts, so that both doors stand in one day."""
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()


def check(
    room: Room,
    prepared: Prepared,
    sign_in: Callable[[str], Client],
    *,
    examples: int,
    walk: type[RuleBasedStateMachine] = Paths,
    **also: Any,
) -> Counter[str]:
    """Walk that many paths; how often each state was reached. An assertion that fails is a path that should not be."""
    logging.getLogger("django.request").setLevel(logging.CRITICAL)
    browsers = {name: sign_in(name) for name in ACCOUNTS}
    seen: Counter[str] = Counter()
    held = {"room": room, "prepared": prepared, "browsers": browsers, "seen": seen, **also}
    kind: Any = type("Walk", (walk,), held)
    run_state_machine_as_test(
        kind,
        settings=settings(
            max_examples=examples,
            stateful_step_count=12,
            deadline=None,
            derandomize=True,
            database=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        ),
    )
    return seen


@pytest.mark.requirement("R030")
def test_no_path_reaches_executed_without_the_right_gate_and_no_administrator_approves(
    room: Room, prepared: Prepared, sign_in: Callable[[str], Client]
) -> None:
    seen = check(room, prepared, sign_in, examples=40)

    assert {"executed", "followed", "closed", "decided_no", "withdrawn"} <= set(seen), "paths that short say nothing"
    assert seen["executed"] > 10


def _any_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = machine.through_gate
    monkeypatch.setattr(machine, "through_gate", lambda standing, **of: opened(_own(standing, of["actor"]), **of))


def _own(standing: machine.Standing, actor: machine.Actor) -> machine.Standing:
    """The package as if it stood behind whichever gate the actor can open."""
    first = next(iter(actor.mandates), None)
    gate = "political" if first and first.power == "decide" else "competent"
    power, authority = (first.power, first.organisation) if first else ("", "")
    return replace(standing, gate=gate, power=power, authority=authority)


def _no_administrator_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "ADMINISTRATOR", "nobody")
    monkeypatch.setattr(machine, "DECIDER", "administrator")
    move = machine.MOVES["decide"]
    monkeypatch.setitem(machine.MOVES, "decide", replace(move, power="read"))


def _execution_from_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    move = machine.MOVES["execute"]
    monkeypatch.setitem(machine.MOVES, "execute", replace(move, start=move.start | {"advised", "prepared"}))
    monkeypatch.setattr(machine, "demand_decided", lambda standing, **of: None)


def _no_means_yes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(machine.OUTCOMES, "no", "decided_yes")
    monkeypatch.setattr(machine, "demand_decided", lambda standing, **of: None)


def _ended_mandates_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine.Held, "holds", lambda self, day: True)


def _ministers_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The rule about ministers falls away: whoever has both mandates opens both gates."""
    monkeypatch.setattr(machine, "COMPETENT", "no such gate")


MUTATIONS = (
    _any_gate,
    _no_administrator_rule,
    _execution_from_advice,
    _no_means_yes,
    _ended_mandates_hold,
    _ministers_everywhere,
)


@pytest.mark.parametrize("mutate", MUTATIONS)
def test_the_check_catches_a_gate_that_was_broken_on_purpose(
    mutate: Callable[[pytest.MonkeyPatch], None],
    room: Room,
    prepared: Prepared,
    sign_in: Callable[[str], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    mutate(monkeypatch)

    with pytest.raises(AssertionError):
        check(room, prepared, sign_in, examples=40)


def test_the_pages_have_no_other_door_to_a_step() -> None:
    assert moving.move.__module__ == "verband.rooms.response.moving"
    assert response.move is moving.move
