"""The states of a package of responses, the moves between them, and the two gates. Pure: no Django, clock or database.

`moved` is the only way from one state to another; what stores a step asks it first. Execution follows nothing but a
decision "yes" that came through the gate of the package:

- `political`: a package of the response framework. A decision maker with a mandate for political decision (`decide`).
- `competent`: incident mode, desks, municipal, police, prosecution, screening, supervision. A decision maker with a
  mandate of the authority that is competent under its own law (`decide_<route>`). Who holds a mandate for political
  decision on that day can never open it.

Both: the mandate is registered, valid on the day, and held by another person than those who prepared or advised. An
administrator opens none. Source: P8, R030, R118 and the definitions, "Two gates".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from verband.language.errors import InputError, RefusedError

PREPARED = "prepared"
ADVISED = "advised"
DECIDED_YES = "decided_yes"
EXECUTED = "executed"
FOLLOWED = "followed"
CLOSED = "closed"
WITHDRAWN = "withdrawn"
POLITICAL, COMPETENT = "political", "competent"
GATES = (POLITICAL, COMPETENT)
#: What nothing can follow any more.
ENDED = frozenset({CLOSED, WITHDRAWN})
#: What a decision may be, and the state that it gives.
OUTCOMES: Mapping[str, str] = {
    "yes": DECIDED_YES,
    "no": "decided_no",
    "changed": "decided_changed",
    "deferred": "deferred",
}
STATES = (PREPARED, ADVISED, *OUTCOMES.values(), EXECUTED, FOLLOWED, CLOSED, WITHDRAWN)
DECIDE, EXECUTE = "decide", "execute"
DECIDER, ADMINISTRATOR = "decider", "administrator"
#: The power that a mandate for political decision gives, and how those under an own law begin.
POLITICAL_POWER = "decide"
_OWN_LAW = "decide_"


@dataclass(frozen=True)
class Move:
    """A move: the states that it may start from, the power that it asks, and the state that it gives.

    `to` is empty for a decision, whose outcome gives the state.
    """

    start: frozenset[str]
    power: str
    to: str


MOVES: Mapping[str, Move] = {
    "advise": Move(frozenset({PREPARED}), "advise_response", ADVISED),
    DECIDE: Move(frozenset({ADVISED, "deferred"}), "decide", ""),
    "rework": Move(frozenset({ADVISED, "deferred", "decided_changed"}), "prepare_response", PREPARED),
    EXECUTE: Move(frozenset({DECIDED_YES}), "carry_out_response", EXECUTED),
    "follow": Move(frozenset({EXECUTED}), "observe_response", FOLLOWED),
    "close": Move(frozenset({FOLLOWED, "decided_no"}), "observe_response", CLOSED),
    "withdraw": Move(
        frozenset({PREPARED, ADVISED, "deferred", "decided_changed", DECIDED_YES}), "prepare_response", WITHDRAWN
    ),
}


@dataclass(frozen=True)
class Held:
    """A registered mandate: what it empowers to, for which organisation (key), and its days, both included."""

    number: int
    power: str
    organisation: str
    function: str
    legal_basis: str
    valid_from: date
    valid_until: date | None

    def holds(self, day: date) -> bool:
        """Whether it is valid on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True)
class Actor:
    """Who moves: account, role, what the role may, and every mandate that is registered for the person."""

    name: str
    role: str
    powers: frozenset[str]
    mandates: tuple[Held, ...] = ()


@dataclass(frozen=True)
class Decided:
    """The newest decision: what it was, through which gate, on which content, on which day, and whether the mandate
    that it rests on still covers that day in the register.
    """

    outcome: str
    gate: str
    content: str
    day: date
    mandate_stands: bool


@dataclass(frozen=True)
class Standing:
    """How a package stands. `power` is what the mandate must give, `authority` (competent gate) the organisation.

    `involved` are the accounts that wrote its options or laid it before; `content` is the digest of what it holds now,
    `advised` of what it held when it was submitted.
    """

    state: str
    gate: str
    power: str
    authority: str
    involved: frozenset[str]
    content: str
    advised: str = ""
    decided: Decided | None = None


@dataclass(frozen=True)
class Moved:
    """The state that a move gives, and the mandate under which it was decided; None where it needs none."""

    state: str
    mandate: Held | None = None


def mandate_power(gate: str, route: str = "") -> str:
    """The power that a mandate must give to open the gate: `decide`, or `decide_<route>` under an own law."""
    return POLITICAL_POWER if gate == POLITICAL else f"{_OWN_LAW}{route}"


def moved(standing: Standing, action: str, *, actor: Actor, day: date, outcome: str = "", reason: str = "") -> Moved:
    """What the move gives; the one transition function.

    Raises InputError("response.move") for a move that the state does not allow (a withdrawn package among them),
    ("response.word") for an unknown action or outcome, ("response.empty") without a reason,
    ("response.changed_since") for a decision on other content than was advised on, RefusedError("people.no_power"),
    for a decision what `through_gate` raises, and for execution ("response.not_decided").
    """
    move = MOVES.get(action)
    if move is None:
        raise InputError("response.word", field="action", word=action, known=", ".join(MOVES))
    if action == DECIDE and actor.role == ADMINISTRATOR:
        raise RefusedError("response.administrator", field="outcome")
    if move.power not in actor.powers:
        raise RefusedError("people.no_power", role=actor.role, power=move.power)
    if standing.state not in move.start:
        raise InputError("response.move", field="reason", action=action, state=standing.state)
    if not reason.strip():
        raise InputError("response.empty", field="reason")
    if action == DECIDE:
        if outcome not in OUTCOMES:
            raise InputError("response.word", field="outcome", word=outcome, known=", ".join(OUTCOMES))
        if standing.content != standing.advised:
            raise InputError("response.changed_since", field="reason")
        return Moved(OUTCOMES[outcome], through_gate(standing, actor=actor, day=day))
    if action == EXECUTE:
        demand_decided(standing, day=day)
    return Moved(move.to)


def through_gate(standing: Standing, *, actor: Actor, day: date) -> Held:
    """The mandate with which the actor opens the gate of the package on that day.

    Raises RefusedError("response.administrator"), ("response.not_decider"), ("response.two_persons"),
    ("response.minister") for a political mandate at the other gate, ("response.wrong_gate") for a mandate of another
    gate or authority, ("response.no_mandate"), ("response.mandate_ended") with the last day,
    ("response.mandate_not_begun") with the first.
    """
    if actor.role == ADMINISTRATOR:
        raise RefusedError("response.administrator", field="outcome")
    if actor.role != DECIDER:
        raise RefusedError("response.not_decider", field="outcome", role=actor.role)
    if actor.name in standing.involved:
        raise RefusedError("response.two_persons", field="outcome", name=actor.name)
    if standing.gate == COMPETENT and any(one.power == POLITICAL_POWER and one.holds(day) for one in actor.mandates):
        raise RefusedError("response.minister", field="outcome")
    fitting = [one for one in actor.mandates if _fits(one, standing)]
    valid = [one for one in fitting if one.holds(day)]
    if valid:
        return max(valid, key=lambda one: (one.valid_from, one.number))
    if not fitting:
        code = "response.wrong_gate" if any(_of_a_gate(one) for one in actor.mandates) else "response.no_mandate"
        raise RefusedError(code, field="outcome", power=standing.power, authority=standing.authority)
    ended = [one.valid_until for one in fitting if one.valid_until is not None and one.valid_until < day]
    if ended:
        raise RefusedError("response.mandate_ended", field="outcome", ended=max(ended).isoformat())
    begins = min(one.valid_from for one in fitting)
    raise RefusedError("response.mandate_not_begun", field="outcome", begins=begins.isoformat())


def demand_decided(standing: Standing, *, day: date) -> None:
    """Raise RefusedError("response.not_decided") unless the newest decision is a "yes" that came through the gate of
    the package, on what the package holds now, not after that day, under a mandate that the register still has.
    """
    found = standing.decided
    holds = found is not None and (
        found.outcome == "yes"
        and found.gate == standing.gate
        and found.content == standing.content
        and found.day <= day
        and found.mandate_stands
    )
    if not holds:
        raise RefusedError("response.not_decided", field="reason")


def open_moves(state: str, powers: Iterable[str]) -> tuple[str, ...]:
    """The moves that the state and the powers allow, in the order of the line; the gates come on top of that."""
    held = frozenset(powers)
    return tuple(name for name, move in MOVES.items() if state in move.start and move.power in held)


def _fits(mandate: Held, standing: Standing) -> bool:
    if mandate.power != standing.power:
        return False
    return standing.gate == POLITICAL or mandate.organisation == standing.authority


def _of_a_gate(mandate: Held) -> bool:
    return mandate.power == POLITICAL_POWER or mandate.power.startswith(_OWN_LAW)
