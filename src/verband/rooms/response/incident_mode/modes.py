"""An intervention: opened at an alert, its states in their order, and the parts that organisations have in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from django.db import transaction
from django.utils import timezone

from verband.language.errors import InputError, NotFoundError
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.people.contact import refuse_contact
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.response import keeping
from verband.rooms.response.incident_mode.models import ActionStep, Mode, ModeRole, ModeStep
from verband.rooms.risk import services as risk

ALERT, COORDINATION, ACTIONS, CLOSED = "alert", "coordination", "actions", "closed"
STATES = (ALERT, COORDINATION, ACTIONS, CLOSED)
COORDINATES = "coordinates"
NEITHER = "neither"
_KINDS = ("incident", "campaign")


def open_mode(values: Mapping[str, str], *, who: Reader, now: datetime) -> Mode:
    """Begin an intervention: `origin`, `title`, `alert`, `urgency`, `alerted_at` (empty for now), `source`, `marking`.

    The marking is never below that of the origin. Raises NotFoundError("watch.no_subject"),
    InputError("mode.not_an_incident"), ("mode.neither"), ("mode.moment"), ("mode.future"), and `keeping`'s.
    """
    demand(who, keeping.PREPARE)
    subject = risk.scope_subject(values.get("origin", ""), who)
    if subject.kind not in _KINDS:
        raise InputError("mode.not_an_incident", field="title")
    _demand_in_scope(subject.key, who)
    title = keeping.filled("title", values.get("title", ""), most=keeping.TITLE)
    alert = keeping.filled("alert", values.get("alert", ""))
    fields = {
        "key": keeping.new_key("mode", subject.key, title, who=who, now=now),
        "title": title,
        "origin": subject.key,
        "urgency": keeping.chosen("urgency", values.get("urgency", ""), "incident_urgencies"),
        "alert": alert,
        "alerted_at": moment("alerted_at", values.get("alerted_at", ""), now),
    }
    refuse_contact(who, title=title, alert=alert)
    with transaction.atomic():
        made = keeping.keep(
            Mode,
            act="intervention begun",
            about=f"intervention {fields['key']}",
            fields=fields,
            source=keeping.filled("source", values.get("source", "")),
            who=who,
            now=now,
            marking=values.get("marking", ""),
            rests_on=(subject.marking, risk.scope_of(subject.key, who).marking),
        )
        _store(made, ALERT, alert, who, now)
    return made


def go_on(key: str, to: str, *, reason: str, who: Reader, now: datetime) -> ModeStep:
    """Take the next step, with a reason: to coordination once somebody coordinates, to actions once there is one.

    `handing_over.close` closes. Raises InputError("mode.move"), ("mode.nobody_coordinates"), ("mode.no_action").
    """
    demand(who, keeping.PREPARE)
    told = keeping.filled("reason", reason)
    refuse_contact(who, reason=told)
    with transaction.atomic():
        row = locked(key, who)
        demand_next(row, to)
        if to == COORDINATION and not row.roles.filter(role=COORDINATES, withdrawn_at=None).exists():
            raise InputError("mode.nobody_coordinates", field="reason")
        if to == ACTIONS and not row.actions.filter(withdrawn_at=None).exists():
            raise InputError("mode.no_action", field="reason")
        if to == CLOSED:
            raise InputError("mode.move", field="reason", state=state_of(row), to=to)
        return _store(row, to, told, who, now)


def closed(row: Mode, *, reason: str, who: Reader, now: datetime) -> ModeStep:
    """The last step, for `handing_over` alone, which looks whether all is there."""
    return _store(row, CLOSED, reason, who, now)


def withdraw(key: str, *, reason: str, who: Reader, now: datetime) -> Mode:
    """Take an intervention back that was an error, while nothing was executed. Raises InputError("mode.executed")."""
    row = keeping.find(Mode, key, who)
    if ActionStep.objects.filter(of_action__mode=row, action="execute").exists():
        raise InputError("mode.executed", field="reason")
    demand_running(row)
    return keeping.withdraw(row, act="intervention withdrawn", about=about(row), reason=reason, who=who, now=now)


def add_role(key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> ModeRole:
    """Give a registered organisation a part: `role`, `organisation`, `function`. Raises InputError("mode.no_owner")."""
    row = keeping.find_standing(Mode, key, who)
    demand_running(row)
    fields = {
        "mode": row,
        "role": keeping.chosen("role", values.get("role", ""), "incident_roles"),
        "organisation": organisation("organisation", values.get("organisation", "")),
        "function": keeping.filled("function", values.get("function", ""), most=keeping.TITLE),
    }
    return keeping.keep(
        ModeRole,
        act="part in an intervention given",
        about=about(row),
        fields=fields,
        source=f"intervention {row.key}",
        who=who,
        now=now,
        rests_on=(row.marking.value(),),
    )


def withdraw_role(key: str, number: str, *, reason: str, who: Reader, now: datetime) -> ModeRole:
    """Take a part back, with a reason. Raises NotFoundError("response.none")."""
    row = keeping.find_standing(Mode, key, who)
    demand_running(row)
    found = next((one for one in keeping.standing(ModeRole, who, mode=row) if str(one.pk) == number), None)
    if found is None:
        raise NotFoundError("response.none")
    act = "part in an intervention withdrawn"
    return keeping.withdraw(found, act=act, about=about(row), reason=reason, who=who, now=now)


def locked(key: str, who: Reader) -> Mode:
    """The intervention, held until the transaction ends. Raises NotFoundError("response.none"), ("mode.closed")."""
    visible = picture.visible_markings(who.ceiling)
    row: Mode | None = Mode.objects.select_for_update().filter(key=key, marking_id__in=visible).first()
    if row is None:
        raise NotFoundError("response.none")
    demand_running(row)
    return row


def state_of(row: Mode) -> str:
    """The state of an intervention: that of its newest step."""
    return str(row.steps.order_by("-number").values_list("state", flat=True)[0])


def demand_running(row: Mode) -> None:
    """Raise InputError("mode.closed") once it is closed or withdrawn."""
    if row.withdrawn_at is not None or state_of(row) == CLOSED:
        raise InputError("mode.closed", field="reason")


def demand_state(row: Mode, *states: str) -> None:
    """Raise InputError("mode.closed"), or ("mode.too_early") unless it is in one of the states."""
    demand_running(row)
    if (state := state_of(row)) not in states:
        raise InputError("mode.too_early", field="reason", state=state)


def demand_next(row: Mode, to: str) -> None:
    """Raise InputError("response.word"), or ("mode.move") unless the state is the one after that of now."""
    keeping.among("state", to, STATES)
    state = state_of(row)
    if STATES.index(to) != STATES.index(state) + 1:
        raise InputError("mode.move", field="reason", state=state, to=to)


def demand_in_scope(row: Mode) -> None:
    """Raise InputError("mode.neither") where the scope test gave it to the ordinary owner, whoever may see that."""
    _demand_in_scope(row.origin, None)


def organisation(field: str, key: str) -> str:
    """The key, which must be of a registered organisation. Raises InputError("response.empty"), ("mode.no_owner")."""
    told = keeping.filled(field, key)
    try:
        return people.organisation(told).key
    except NotFoundError as error:
        raise InputError("mode.no_owner", field=field, organisation=told) from error


def moment(field: str, text: str, now: datetime) -> int:
    """A moment of the clock on the wall in seconds since 1970; that of now where the text is empty.

    Raises InputError("mode.moment") and ("mode.future").
    """
    if not text.strip():
        return int(now.timestamp())
    try:
        found = datetime.fromisoformat(text.strip())
        if not 1970 < found.year < 9000:
            raise ValueError(text)
    except ValueError as error:
        raise InputError("mode.moment", field=field, text=text) from error
    aware = timezone.make_aware(found) if found.tzinfo is None else found
    if aware > now:
        raise InputError("mode.future", field=field)
    return int(aware.timestamp())


def about(row: Mode) -> str:
    """How the log names it."""
    return f"intervention {row.key}"


def _demand_in_scope(origin: str, who: Reader | None) -> None:
    whole = replace(who or people.operator(), ceiling=people.installation())
    found = risk.scope_of(origin, whole)
    if found.outcome == NEITHER and found.state in ("reasoned", "reviewed"):
        raise InputError("mode.neither", field="reason")


def _store(row: Mode, state: str, reason: str, who: Reader, now: datetime) -> ModeStep:
    step = ModeStep.objects.create(
        mode=row,
        number=row.steps.count() + 1,
        state=state,
        reason=reason,
        marking=row.marking,
        source=f"account {who.username}",
        person=who.username,
        kept_by=who.signature,
        kept_at=int(now.timestamp()),
    )
    detail = {"state": state, "reason": reason}
    audit.note("intervention goes on", actor=who.signature, object=about(row), detail=detail)
    return step


def day_of(now: datetime) -> date:
    """The day of the moment, in UTC, as the gates count."""
    return now.astimezone(UTC).date()
