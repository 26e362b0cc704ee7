"""Moving a package from state to state: the only place where a step is stored, and always through `machine.moved`.

A move reads everything that it rests on (state, content, account, role, mandates, scope test) inside one transaction
that holds the package's row: of two decisions at once the second finds the first. A number can be taken once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.models import Mandate, Person
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture
from verband.rooms.response import completing, keeping, lacking, machine
from verband.rooms.response.attributing.reviewed import demand_reviewed
from verband.rooms.response.cases import demand_open
from verband.rooms.response.kept import GateStep
from verband.rooms.response.models import Effect, Option, Package, Step

#: Moves that need a scope test that lets a response go on; what ends a package never does.
_IN_SCOPE = frozenset({"advise", machine.EXECUTE})
_BEGIN = "prepare"
_ADVICE = ("chances", "risks", "allied", "national_reasons", "single_area")
_TEXTS = (*_ADVICE, "text", "conditions", "reason")


def begin(row: Package, *, who: Reader, now: datetime) -> Step:
    """The first step of a new package, by whoever put it together."""
    words = {"reason": row.title}
    return _store(row, _BEGIN, machine.PREPARED, words, person_of(who), who, now, number=1)


def move(key: str, action: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> Step:
    """Move a package, in the name of a person who is signed in.

    `values`: `reason` always; to `advise` also `chances`, `risks`, `allied`, and where they apply `national_reasons`
    and `single_area`; to `decide` also `outcome`, `text` and `conditions`. Raises what `machine.moved` raises,
    `LacksError` with every lack at once, InputError("response.scope"), ("response.no_effect"),
    ("evaluation.closed"), ("threshold.waits"), RefusedError("response.needs_person"). A refusal is logged.
    """
    given = {name: keeping.short(name, values.get(name, "")) for name in _TEXTS}
    refuse_contact(who, **given)
    with keeping.refusals_logged(who, f"response {action} {key}"):
        return _move(key, action, given | {"outcome": values.get("outcome", "")}, who, now)


def state_of(row: Package) -> str:
    """The state of a package: that of its newest step."""
    return str(row.steps.order_by("-number").values_list("state", flat=True)[0])


def actor_of(person: Person) -> machine.Actor:
    """A person as the gates see him: what the register says now."""
    reader = people.reader(person)
    held = tuple(
        machine.Held(
            number=one.pk,
            power=one.power,
            organisation=one.organisation.key,
            function=one.function,
            legal_basis=one.legal_basis,
            valid_from=one.valid_from,
            valid_until=one.valid_until,
        )
        for one in people.mandates_of(person)
    )
    return machine.Actor(person.username, person.role, reader.powers, held)


def standing_of(row: Package) -> machine.Standing:
    """How a package stands, read from its rows whatever a reader may see of them."""
    steps = list(row.steps.order_by("number").select_related("mandate", "mandate__organisation"))
    included = [one.option for one in row.inclusions.filter(withdrawn_at=None).select_related("option").order_by("pk")]
    involved = {row.person, row.case.person, *(one.person for one in included)}
    involved |= {one.person for one in row.inclusions.all()}
    involved |= {step.person for step in steps if step.action in (_BEGIN, "advise", "rework")}
    advised = next((step for step in reversed(steps) if step.action == "advise"), None)
    newest = next((step for step in reversed(steps) if step.action == machine.DECIDE), None)
    power = machine.mandate_power(row.gate, row.route)
    return machine.Standing(
        state=steps[-1].state,
        gate=row.gate,
        power=power,
        authority=row.authority,
        involved=frozenset(involved),
        content=content_of(row, included),
        advised=advised.content if advised else "",
        decided=as_decided(newest, row.gate, power, row.authority) if newest else None,
    )


def content_of(row: Package, included: list[Option]) -> str:
    """The digest of what a package holds: its gate and every field of its options, in their order by key."""
    fields = "key instrument instrument_version own_name gate what owner goals theory proportionality alternative "
    fields += "channel eu_type downside chances risks reaction reversibility own_legal_basis basis coalition"
    held: list[Any] = [row.gate, row.route, row.authority]
    for one in sorted(included, key=lambda option: option.key):
        held.append([one.withdrawn_at is None, *(getattr(one, name) for name in fields.split())])
    return hashlib.sha256(json.dumps(held, ensure_ascii=False).encode()).hexdigest()


def _move(key: str, action: str, given: Mapping[str, str], who: Reader, now: datetime) -> Step:
    person = person_of(who)
    reader = people.reader(person)
    visible = picture.visible_markings(reader.ceiling)
    row = Package.objects.select_for_update().filter(key=key, marking_id__in=visible).first()
    if row is None:
        raise NotFoundError("response.none")
    standing, day = standing_of(row), keeping.today(now)
    passed = machine.moved(
        standing, action, actor=actor_of(person), day=day, outcome=given["outcome"], reason=given["reason"]
    )
    if action in _IN_SCOPE or passed.state == machine.DECIDED_YES:
        demand_open(row.case, reader)
        demand_reviewed(row.case)
    words = dict(given)
    if action == "advise":
        advice = lacking.Advice(**{name: given[name] for name in _ADVICE})
        if not completing.demand_complete(row, advice, reader):
            words["national_reasons"] = ""
    if action == machine.DECIDE:
        keeping.filled("text", given["text"])
        advised = row.steps.filter(action="advise").order_by("-number").first()
        words["national_reasons"] = advised.national_reasons if advised else ""
    if action == "follow" and not Effect.objects.filter(package=row, withdrawn_at=None).exists():
        raise InputError("response.no_effect", field="reason")
    number = row.steps.count() + 1
    return _store(row, action, passed.state, words, person, reader, now, number=number, mandate=passed.mandate)


def as_decided(step: GateStep, gate: str, power: str, authority: str) -> machine.Decided:
    """The decision as the register bears it out now: a mandate that was cut short since no longer covers its day."""
    held: Mandate | None = step.mandate
    stands = held is not None and held.power == power and held.valid_from <= step.day
    if held is not None and stands:
        stands = held.valid_until is None or step.day <= held.valid_until
        stands = stands and (gate == machine.POLITICAL or held.organisation.key == authority)
    return machine.Decided(step.outcome, gate if stands else "", step.content, step.day, stands)


def person_of(who: Reader) -> Person:
    """The account behind a reader. Raises RefusedError("response.needs_person"): the command line moves nothing."""
    try:
        found = people.person(who.username)
    except NotFoundError as error:
        raise RefusedError("response.needs_person", field="reason") from error
    if not found.is_active:
        raise RefusedError("response.needs_person", field="reason")
    return found


def _store(
    row: Package,
    action: str,
    state: str,
    words: Mapping[str, str],
    person: Person,
    reader: Reader,
    now: datetime,
    *,
    number: int,
    mandate: machine.Held | None = None,
) -> Step:
    day: date = now.astimezone(UTC).date()
    included = [one.option for one in row.inclusions.filter(withdrawn_at=None).select_related("option")]
    advised = _ADVICE if action == "advise" else ()
    decided = ("outcome", "text", "conditions", "national_reasons") if action == machine.DECIDE else ()
    step = Step.objects.create(
        package=row,
        number=number,
        action=action,
        state=state,
        day=day,
        reason=words["reason"],
        content=content_of(row, included),
        mandate_id=mandate.number if mandate else None,
        mandate_words=f"{mandate.function}: {mandate.legal_basis}" if mandate else "",
        marking=row.marking,
        source=f"mandate {mandate.number}" if mandate else f"account {person.username}",
        person=person.username,
        kept_by=reader.signature,
        kept_at=int(now.timestamp()),
        **{name: words[name] for name in (*advised, *decided)},
    )
    detail = {"package": row.key, "state": state, "reason": step.reason, "content": step.content}
    if mandate:
        detail |= {"outcome": step.outcome, "mandate": str(mandate.number), "gate": row.gate}
    audit.note(f"response {action}", actor=reader.signature, object=f"response {row.case.key}", detail=detail)
    return step
