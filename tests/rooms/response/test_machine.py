"""Every path of the pure state machine, for every kind of person, walked to the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from verband.language.catalogues import catalogue
from verband.language.errors import VerbandError
from verband.rooms.response import machine
from verband.rooms.response.machine import Actor, Decided, Held, Standing

pytestmark = [pytest.mark.requirement("P8"), pytest.mark.requirement("R028")]
DAY = date(2026, 6, 1)
POWERS = {role: frozenset(catalogue("roles").get(role).strings("may")) for role in catalogue("roles").keys()}  # noqa: SIM118


def held(power: str, organisation: str = "x", until: date | None = None, number: int = 1) -> Held:
    return Held(number, power, organisation, "Function", "Basis", date(2026, 1, 1), until)


MANDATES: Mapping[str, tuple[Held, ...]] = {
    "none": (),
    "political": (held("decide"),),
    "political ended": (held("decide", until=date(2026, 5, 31)),),
    "own law": (held("decide_police", "force"),),
    "own law elsewhere": (held("decide_police", "other force"),),
    "another own law": (held("decide_municipal", "force"),),
    "own law ended": (held("decide_police", "force", until=date(2026, 5, 31)),),
    "both": (held("decide"), held("decide_police", "force", number=2)),
    "other": (held("release"),),
}
ACTORS = {
    (role, mandate): Actor(f"{role} {mandate}", role, POWERS[role], MANDATES[mandate])
    for role in POWERS
    for mandate in MANDATES
}
#: Who may say yes, written out by hand: what the walk below is held against.
MAY_SAY_YES = {
    "political": {("decider", "political"), ("decider", "both")},
    "competent": {("decider", "own law")},
}


def start(gate: str) -> Standing:
    route, authority = ("", "") if gate == "political" else ("police", "force")
    return Standing("prepared", gate, machine.mandate_power(gate, route), authority, frozenset(), "c", "c")


def after(standing: Standing, action: str, who: tuple[str, str], outcome: str) -> Standing | None:
    actor = ACTORS[who]
    try:
        passed = machine.moved(standing, action, actor=actor, day=DAY, outcome=outcome, reason="Because")
    except VerbandError:
        return None
    involved = standing.involved | ({actor.name} if action in ("advise", "rework") else set())
    decided = standing.decided
    if action == "decide":
        decided = Decided(outcome, standing.gate, standing.content, DAY, True)
    return replace(standing, state=passed.state, involved=involved, decided=decided)


def walked(gate: str) -> Iterator[tuple[Standing, str, tuple[str, str], str, Standing]]:
    """Every move that anybody can make from any state that can be reached. Involved names are left out of what is
    seen as one state but for deciders, who alone can be kept out by them.
    """
    seen, waiting = set(), [start(gate)]
    while waiting:
        at = waiting.pop()
        mark = (at.state, at.decided)
        if mark in seen:
            continue
        seen.add(mark)
        for who in ACTORS:
            for action in (*machine.MOVES, "unknown"):
                for outcome in (*machine.OUTCOMES, "", "maybe") if action == "decide" else ("",):
                    to = after(at, action, who, outcome)
                    if to is not None:
                        yield at, action, who, outcome, to
                        waiting.append(to)


@pytest.mark.parametrize("gate", machine.GATES)
def test_no_path_reaches_executed_without_yes_by_whom_the_gate_names(gate: str) -> None:
    moves = list(walked(gate))
    yes = {who for _, action, who, outcome, _ in moves if action == "decide" and outcome == "yes"}
    executed = [at for at, action, _, _, _ in moves if action == "execute"]

    assert yes == MAY_SAY_YES[gate]
    assert executed
    assert {(at.state, at.decided.outcome, at.decided.gate) for at in executed if at.decided} == {
        ("decided_yes", "yes", gate)
    }
    assert all(at.decided for at in executed)
    assert {to.state for _, action, _, _, to in moves if action == "execute"} == {"executed"}
    assert {to.state for *_, to in moves} | {"prepared"} == set(machine.STATES)


@pytest.mark.parametrize("gate", machine.GATES)
def test_no_administrator_moves_anything_with_whatever_mandate(gate: str) -> None:
    assert [who for _, _, who, _, _ in walked(gate) if who[0] in ("administrator", "oversight")] == []


def test_a_move_asks_a_power_that_some_role_has_and_every_state_has_words() -> None:
    every = frozenset().union(*POWERS.values())

    assert {move.power for move in machine.MOVES.values()} <= every
    assert set(catalogue("response_states").keys()) == set(machine.STATES)
    assert set(catalogue("response_outcomes").keys()) == set(machine.OUTCOMES)
    assert set(catalogue("response_gates").keys()) == set(machine.GATES)
    assert set(catalogue("response_moves").keys()) == {"prepare", *machine.MOVES}


def test_steps_are_stored_in_one_place_alone() -> None:
    folder = Path(machine.__file__).parent
    stored = [
        path.name
        for path in folder.glob("*.py")
        if "Step.objects.create" in path.read_text("utf-8").replace("AreaStep", "")
    ]

    assert stored == ["moving.py"]
    assert "django" not in "".join(
        line for line in Path(machine.__file__).read_text("utf-8").splitlines() if "import" in line
    )


def test_the_table_of_states_in_the_documentation_is_that_of_the_machine() -> None:
    page = (Path(__file__).resolve().parents[3] / "docs" / "concepts" / "two-gates.md").read_text("utf-8")
    rows = [
        [cell.strip(" `") for cell in line.strip("|").split("|")]
        for line in page.splitlines()
        if line.startswith("| `")
    ]
    told = {row[0]: (frozenset(row[1].replace("`", "").split(", ")), row[3]) for row in rows}

    assert told == {name: (move.start, move.power) for name, move in machine.MOVES.items()}
