"""Moving an action: the only place where a step of one is stored, and always through `machine.moved`.

An action under an own law stands behind the gate `competent` of the same machine as a package: no political mandate
opens it. A diplomatic action is executed on the political "yes" of the package that it names, and on nothing else.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture
from verband.rooms.response import keeping, machine, moving
from verband.rooms.response.attributing.reviewed import demand_reviewed
from verband.rooms.response.cases import demand_open
from verband.rooms.response.incident_mode import modes
from verband.rooms.response.incident_mode.models import ActionStep, ModeAction

COMPETENT, POLITICAL, NONE = machine.COMPETENT, machine.POLITICAL, "none"
_BEGIN = "prepare"
#: The moves of an action behind each gate; what is over is evaluated with the whole, not followed one by one.
MOVES: Mapping[str, tuple[str, ...]] = {
    COMPETENT: ("advise", machine.DECIDE, "rework", machine.EXECUTE, "withdraw"),
    POLITICAL: (machine.EXECUTE, "withdraw"),
    NONE: (machine.EXECUTE, "withdraw"),
}
#: States of a package that rest on its "yes".
_AFTER_YES = frozenset({machine.DECIDED_YES, machine.EXECUTED, machine.FOLLOWED})
#: States in which an action is over.
ENDED = frozenset({machine.EXECUTED, machine.WITHDRAWN, "decided_no"})


def begin(row: ModeAction, *, who: Reader, now: datetime) -> ActionStep:
    """The first step of a new action, by whoever wrote it."""
    return _store(row, _BEGIN, machine.PREPARED, {"reason": row.what}, who, now)


def move(key: str, action: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> ActionStep:
    """Move an action, in the name of a person who is signed in.

    `values`: `reason` always; to `decide` also `outcome`, `text` and `conditions`. Raises what `machine.moved` raises,
    InputError("mode.closed"), ("mode.too_early"), ("mode.neither"), RefusedError("response.needs_person"); for an
    action on a package also InputError("response.scope"). A refusal is logged.
    """
    given = {name: keeping.short(name, values.get(name, "")) for name in ("reason", "text", "conditions")}
    refuse_contact(who, **given)
    with keeping.refusals_logged(who, f"intervention {action} {key}"):
        return _move(key, action, given | {"outcome": values.get("outcome", "")}, who, now)


def state_of(row: ModeAction) -> str:
    """The state of an action: that of its newest step."""
    return str(row.steps.order_by("-number").values_list("state", flat=True)[0])


def standing_of(row: ModeAction) -> machine.Standing:
    """How an action under an own law stands, read from its rows whatever a reader may see of them."""
    steps = list(row.steps.order_by("number").select_related("mandate", "mandate__organisation"))
    advised = next((step for step in reversed(steps) if step.action == "advise"), None)
    decided = next((step for step in reversed(steps) if step.action == machine.DECIDE), None)
    involved = {row.person, row.mode.person}
    involved |= {step.person for step in steps if step.action in (_BEGIN, "advise", "rework")}
    power = machine.mandate_power(row.gate, row.route)
    return machine.Standing(
        state=steps[-1].state,
        gate=row.gate,
        power=power,
        authority=row.authority,
        involved=frozenset(involved),
        content=content_of(row),
        advised=advised.content if advised else "",
        decided=moving.as_decided(decided, row.gate, power, row.authority) if decided else None,
    )


def content_of(row: ModeAction) -> str:
    """The digest of what an action says; a decision is about that."""
    held: list[Any] = [row.key, row.withdrawn_at is None]
    held += [row.what, row.owner, row.track, row.gate, row.route, row.authority, row.why_none]
    held.append(row.package.key if row.package else "")
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()


def _move(key: str, action: str, given: Mapping[str, str], who: Reader, now: datetime) -> ActionStep:
    person = moving.person_of(who)
    reader = people.reader(person)
    visible = picture.visible_markings(reader.ceiling)
    row = ModeAction.objects.select_for_update(of=("self",)).filter(key=key, marking_id__in=visible).first()
    if row is None:
        raise NotFoundError("response.none")
    keeping.among("action", action, MOVES[row.gate])
    if action == machine.EXECUTE:
        modes.demand_state(row.mode, modes.ACTIONS)
    else:
        modes.demand_state(row.mode, modes.COORDINATION, modes.ACTIONS)
    passed = _passed(row, action, given, machine_actor=moving.actor_of(person), now=now)
    if action != "withdraw":
        modes.demand_in_scope(row.mode)
    if action == machine.DECIDE:
        keeping.filled("text", given["text"])
    return _store(row, action, passed.state, given, reader, now, mandate=passed.mandate)


def _passed(
    row: ModeAction, action: str, given: Mapping[str, str], *, machine_actor: machine.Actor, now: datetime
) -> machine.Moved:
    day, standing = keeping.today(now), standing_of(row)
    if action == machine.EXECUTE and row.gate != COMPETENT:
        if standing.state != machine.PREPARED:
            raise InputError("response.move", field="reason", action=action, state=standing.state)
        standing = _of_its_package(row) if row.gate == POLITICAL else _without_decision(standing, day=now)
    return machine.moved(
        standing, action, actor=machine_actor, day=day, outcome=given["outcome"], reason=given["reason"]
    )


def _of_its_package(row: ModeAction) -> machine.Standing:
    """The package's own standing: its "yes", its gate, its content now, its mandate now."""
    package = row.package
    if package is None or package.gate != POLITICAL:
        raise RefusedError("response.not_decided", field="reason")
    demand_open(package.case, people.operator())
    demand_reviewed(package.case)
    found = moving.standing_of(package)
    return replace(found, state=machine.DECIDED_YES if found.state in _AFTER_YES else found.state)


def _without_decision(standing: machine.Standing, *, day: datetime) -> machine.Standing:
    """As if decided: the track needs no decision, and the reason why stands in the action."""
    stated = machine.Decided("yes", standing.gate, standing.content, keeping.today(day), mandate_stands=True)
    return replace(standing, state=machine.DECIDED_YES, decided=stated)


def _store(
    row: ModeAction,
    action: str,
    state: str,
    words: Mapping[str, str],
    who: Reader,
    now: datetime,
    *,
    mandate: machine.Held | None = None,
) -> ActionStep:
    decided = ("outcome", "text", "conditions") if action == machine.DECIDE else ()
    step = ActionStep.objects.create(
        of_action=row,
        number=row.steps.count() + 1,
        action=action,
        state=state,
        day=modes.day_of(now),
        reason=words["reason"],
        content=content_of(row),
        mandate_id=mandate.number if mandate else None,
        mandate_words=f"{mandate.function}: {mandate.legal_basis}" if mandate else "",
        marking=row.marking,
        source=f"mandate {mandate.number}" if mandate else f"account {who.username}",
        person=who.username,
        kept_by=who.signature,
        kept_at=int(now.timestamp()),
        **{name: words[name] for name in decided},
    )
    detail = {"key": row.key, "state": state, "reason": step.reason, "content": step.content, "gate": row.gate}
    if mandate:
        detail |= {"outcome": step.outcome, "mandate": str(mandate.number)}
    audit.note(f"intervention {action}", actor=who.signature, object=modes.about(row.mode), detail=detail)
    return step
