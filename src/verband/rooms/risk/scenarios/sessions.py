"""Experts who judge a scenario: a first round without names, a discussion, a second round, what they agree on.

In an open round an expert sees his own scores alone, and who leads it sees only how many have given theirs. After
it, scores stand beside each other under aliases drawn by lot. Nobody is asked to agree: dissent is kept for good.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, RefusedError
from verband.language.risk_methods import RiskMethod
from verband.methods.weighing import Judgement, LikelihoodScore, Score, check
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import services as picture
from verband.rooms.risk.models import Agreed, Dissent, ExpertScore, Remark, Scenario, Seat, Session
from verband.rooms.risk.scenarios import describing
from verband.rooms.risk.scenarios.describing import POWER, ScenarioView, said
from verband.rooms.risk.scenarios.method_words import LIKELIHOOD

CANCELLED = "cancelled"
STAGES = ("invited", "first", "discussion", "second", "consensus", "closed")
#: Stages in which scores are given, with the number of their round.
ROUNDS = {"first": 1, "second": 2}
#: Stages in which everybody who may see the scenario sees what was scored.
SHOWN = ("discussion", "consensus", "closed")
LEAST = 2
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Given:
    """One expert's standing score of a criterion, under his letter; `round` is the one in which he gave it."""

    alias: str
    criterion: str
    lower: str
    expected: str
    upper: str
    rationale: str
    knowledge: str
    round: int

    @property
    def score(self) -> Score:
        """The same as the method reads it."""
        return Score(self.criterion, self.lower, self.expected, self.upper)


@dataclass(frozen=True)
class SessionView:
    """A session as one reader sees it at its stage.

    `given` holds, per round, what he may see: in an open round his own scores. `seat` is his own, if he has one that he
    did not give up. `names` are the accounts invited, in no order that tells an alias. `done` is how many experts have
    scored every criterion of the round that is open, or was last.
    """

    id: int
    number: int
    stage: str
    led_by: str
    leads: bool
    seat: Seat | None
    names: tuple[str, ...]
    accepted: int
    waiting: int
    left: int
    done: int
    given: Mapping[int, tuple[Given, ...]]
    remarks: tuple[Remark, ...]
    agreed: Mapping[str, Agreed]
    dissents: tuple[Dissent, ...]
    steps: tuple[Mapping[str, object], ...]

    @property
    def round(self) -> int:
        """The round that is open, or the last that was; 0 before the first."""
        return {"invited": 0, "first": 1, "discussion": 1}.get(self.stage, 2)

    @property
    def open(self) -> bool:
        """Whether scores can be given now."""
        return self.stage in ROUNDS

    def standing(self) -> tuple[Given, ...]:
        """The newest score of each expert and criterion that the reader may see, first-round scores carried on."""
        found: dict[tuple[str, str], Given] = {}
        for number in sorted(self.given):
            found |= {(one.alias, one.criterion): one for one in self.given[number]}
        return tuple(found[key] for key in sorted(found))


def begin(key: str, usernames: Sequence[str], *, who: Reader, now: datetime) -> Session:
    """Open a session and invite those accounts; one session of a scenario is open at a time.

    Raises InputError("session.open_already"), ("session.few"), NotFoundError("people.unknown"),
    RefusedError("session.own_seat"), ("session.may_not_see"), ("people.no_power").
    """
    demand(who, POWER)
    scenario = describing.stored(key, who)
    invited = list(dict.fromkeys(name.strip() for name in usernames if name.strip()))
    if len(invited) < LEAST:
        raise InputError("session.few", n=len(invited), least=LEAST)
    with transaction.atomic():
        Scenario.objects.select_for_update().get(pk=scenario.pk)
        if scenario.sessions.exclude(stage__in=("closed", CANCELLED)).exists():
            raise InputError("session.open_already")
        made = Session.objects.create(
            scenario=scenario,
            number=scenario.sessions.count() + 1,
            stage="invited",
            led_by=who.signature,
            leader=who.username,
            opened_at=int(now.timestamp()),
            steps=[_step("invited", who, now)],
        )
        _seat(made, scenario, invited, who=who, now=now)
        audit.note("session opened", actor=who.signature, object=_object(made), detail={"experts": len(invited)})
    return made


def invite(key: str, usernames: Sequence[str], *, who: Reader, now: datetime) -> None:
    """Invite more accounts while no round has begun. Raises as `begin`, and ("session.stage")."""
    session = _led(key, who)
    _at(session, ("invited",))
    with transaction.atomic():
        _seat(session, session.scenario, [name.strip() for name in usernames if name.strip()], who=who, now=now)


def cancel(key: str, *, reason: str, who: Reader, now: datetime) -> None:
    """End a session that comes to nothing, with a reason, so that another can be held; what was scored counts nowhere.

    Who leads it, or another who may judge where the leader is not there. Raises InputError("session.stage"),
    ("scenario.empty"), RefusedError("people.no_power").
    """
    demand(who, POWER)
    reason = said("reason", reason)
    with transaction.atomic():
        session = _newest_session(key, who)
        _at(session, STAGES[:-1])
        session.stage, session.steps = CANCELLED, [*session.steps, _step(CANCELLED, who, now)]
        session.save(update_fields=["stage", "steps"])
        audit.note("session cancelled", actor=who.signature, object=_object(session), detail={"reason": reason})


def accept(key: str, *, who: Reader, now: datetime) -> None:
    """Take the seat that one was invited to. Raises RefusedError("session.no_seat"), ("session.withdrawn_expert")."""
    session, seat = _seated(key, who)
    _at(session, STAGES[:-1])
    if seat.accepted_at is None:
        seat.accepted_at = int(now.timestamp())
        with transaction.atomic():
            seat.save(update_fields=["accepted_at"])
            audit.note("expert accepted", actor=who.signature, object=_object(session))


def give_up(key: str, *, reason: str, who: Reader, now: datetime) -> None:
    """Leave the session, with a reason: one's scores are kept and counted no more."""
    session, seat = _seated(key, who)
    reason = said("reason", reason)
    _at(session, STAGES[:-1])
    seat.withdrawn_at, seat.withdrawn_reason = int(now.timestamp()), reason
    with transaction.atomic():
        seat.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        audit.note("expert withdrew", actor=who.signature, object=_object(session), detail={"reason": reason})


def score(
    key: str,
    criterion: str,
    *,
    lower: str,
    expected: str,
    upper: str,
    rationale: str,
    knowledge: str,
    who: Reader,
    now: datetime,
) -> None:
    """Give one's score of a criterion, or of the `likelihood`, in the round that is open.

    Raises InputError("scenario.empty") without a rationale, what `Score` raises for classes that are not in order or
    not of the method, ("session.stage") where no round is open, RefusedError("session.no_seat").
    """
    session, seat = _seated(key, who)
    _at(session, tuple(ROUNDS))
    if seat.accepted_at is None:
        raise RefusedError("session.not_accepted")
    method = describing.scenario(key, who, now=now).method
    fields = _checked(method, criterion, lower, expected, upper, scenario=key, whose=seat.alias)
    fields |= {"rationale": said("rationale", rationale), "knowledge": catalogue("confidence").resolve(knowledge).key}
    with transaction.atomic():
        ExpertScore.objects.create(
            seat=seat, round=ROUNDS[session.stage], said_at=int(now.timestamp()), criterion=criterion, **fields
        )
        audit.note("expert score given", actor=who.signature, object=_object(session), detail={"criterion": criterion})


def remark(key: str, *, text: str, criterion: str, who: Reader, now: datetime) -> None:
    """Say something in the discussion, under one's alias."""
    session, seat = _seated(key, who)
    _at(session, ("discussion", "second", "consensus"))
    text = said("text", text)
    _known_criterion(describing.scenario(key, who, now=now).method, criterion)
    with transaction.atomic():
        Remark.objects.create(seat=seat, criterion=criterion, text=text, said_at=int(now.timestamp()))
        audit.note("expert remark", actor=who.signature, object=_object(session))


def go_on(key: str, *, who: Reader, now: datetime, stage: str = "") -> str:
    """Close the stage and open the next; the name of it. `stage`: the one meant, so that a second click does nothing.

    Raises InputError("session.stage") where another stage is open, ("session.few") where fewer than two experts take
    part, ("session.nobody_scored") where a round is closed without scores, ("session.unsettled") where the session is
    closed while a criterion that was scored is not settled, RefusedError("session.not_leader").
    """
    with transaction.atomic():
        return _go_on(key, stage, who, now)


def _go_on(key: str, stage: str, who: Reader, now: datetime) -> str:
    session = _led(key, who)
    _at(session, (stage,) if stage else STAGES[:-1])
    seats = [seat for seat in session.seats.all() if seat.withdrawn_at is None and seat.accepted_at is not None]
    if len(seats) < LEAST:
        raise InputError("session.few", n=len(seats), least=LEAST)
    if session.stage == "first" and sum(seat.scores.exists() for seat in seats) < LEAST:
        raise InputError("session.nobody_scored", least=LEAST)
    if session.stage == "consensus":
        settled = {row.criterion for row in session.agreed.filter(withdrawn_at=None)}
        scored = {row.criterion for seat in seats for row in seat.scores.all()}
        if scored - settled:
            raise InputError("session.unsettled", criteria=", ".join(sorted(scored - settled)))
    session.stage = STAGES[STAGES.index(session.stage) + 1]
    session.steps = [*session.steps, _step(session.stage, who, now)]
    session.save(update_fields=["stage", "steps"])
    audit.note("session stage", actor=who.signature, object=_object(session), detail={"stage": session.stage})
    return session.stage


def agree(
    key: str, criterion: str, *, lower: str, expected: str, upper: str, text: str, who: Reader, now: datetime
) -> None:
    """Write down what the session agreed on for a criterion; a newer one stands in front of an older."""
    session = _led(key, who)
    _at(session, ("consensus",))
    method = describing.scenario(key, who, now=now).method
    fields = _checked(method, criterion, lower, expected, upper, scenario=key, whose=_("what was agreed"))
    text = said("text", text)
    moment = int(now.timestamp())
    with transaction.atomic():
        before = session.agreed.filter(criterion=criterion, withdrawn_at=None)
        before.update(withdrawn_at=moment, withdrawn_by=who.signature, withdrawn_reason="written anew")
        Agreed.objects.create(
            session=session,
            criterion=criterion,
            text=text,
            said_by=who.signature,
            said_at=moment,
            **fields,
        )
        audit.note("agreed", actor=who.signature, object=_object(session), detail={"criterion": criterion, **fields})


def dissent(
    key: str,
    criterion: str,
    *,
    lower: str,
    expected: str,
    upper: str,
    text: str,
    signed: str,
    who: Reader,
    now: datetime,
) -> None:
    """Hold one's own view against what was agreed; it stays beside it. `signed` is `yes` to put one's name to it."""
    session, seat = _seated(key, who)
    _at(session, ("consensus",))
    if not session.agreed.filter(criterion=criterion, withdrawn_at=None).exists():
        raise InputError("session.nothing_agreed", criterion=criterion)
    method = describing.scenario(key, who, now=now).method
    fields = _checked(method, criterion, lower, expected, upper, scenario=key, whose=seat.alias)
    text = said("text", text)
    with transaction.atomic():
        Dissent.objects.create(
            seat=seat,
            criterion=criterion,
            text=text,
            name=who.name if signed == "yes" else "",
            said_at=int(now.timestamp()),
            **fields,
        )
        audit.note("dissent", actor=who.signature, object=_object(session), detail={"criterion": criterion})


def sessions(view: ScenarioView, who: Reader, *, known_on: int | None = None) -> list[SessionView]:
    """The sessions of a scenario, newest first, as this reader may see them; none that was opened after `known_on`."""
    rows = Session.objects.filter(scenario_id=view.id).prefetch_related("seats__scores", "agreed")
    found = [row for row in rows if known_on is None or row.opened_at <= known_on]
    return [_session_view(row, view, who, known_on) for row in found]


def mine(who: Reader) -> list[tuple[Scenario, Session, Seat]]:
    """Open sessions in which this reader has a seat that he did not give up, newest first."""
    seats = Seat.objects.filter(username=who.username, withdrawn_at=None, session__scenario__withdrawn_at=None)
    seats = seats.exclude(session__stage__in=("closed", CANCELLED))
    seats = seats.filter(session__scenario__marking_id__in=picture.visible_markings(who.ceiling))
    found = seats.select_related("session", "session__scenario").order_by("-invited_at")
    return [(seat.session.scenario, seat.session, seat) for seat in found]


def demand_seat(key: str, who: Reader) -> None:
    """Nothing where the reader has a seat in the newest session. Raises RefusedError("session.no_seat")."""
    _seated(key, who)


def criteria(method: RiskMethod) -> tuple[str, ...]:
    """What is scored, in the order of the method: each criterion, or each of its parts, then the likelihood."""
    return (*(one.key for criterion in method.criteria for one in criterion.subs or (criterion,)), LIKELIHOOD)


def _session_view(row: Session, view: ScenarioView, who: Reader, known_on: int | None) -> SessionView:
    moment = known_on if known_on is not None else 2**62
    stage = _stage(row, moment)
    seats = [seat for seat in row.seats.all() if seat.invited_at <= moment]
    staying = [seat for seat in seats if seat.withdrawn_at is None or seat.withdrawn_at > moment]
    mine = next((seat for seat in staying if seat.username == who.username), None)
    taking = [seat for seat in staying if seat.accepted_at is not None and seat.accepted_at <= moment]
    every = len(criteria(view.method))
    given: dict[int, tuple[Given, ...]] = {}
    done = 0
    for number in (1, 2):
        newest = [one for seat in taking for one in _newest(seat, number, moment)]
        if stage == CANCELLED or (stage in ROUNDS and ROUNDS[stage] == number):
            newest_of_mine = [one for one in newest if mine is not None and one.alias == mine.alias]
            done = sum(len(_newest(seat, number, moment)) == every for seat in taking)
            given[number] = tuple(newest_of_mine)
        else:
            given[number] = tuple(newest)
            done = done or sum(len(_newest(seat, number, moment)) == every for seat in taking)
    agreed = [one for one in row.agreed.all() if one.said_at <= moment]
    standing = [one for one in agreed if one.withdrawn_at is None or one.withdrawn_at > moment]
    return SessionView(
        id=row.pk,
        number=row.number,
        stage=stage,
        led_by=row.led_by,
        leads=row.leader == who.username and who.may(POWER),
        seat=mine,
        names=tuple(sorted(seat.username for seat in seats)),
        accepted=len(taking),
        waiting=sum(seat.accepted_at is None or seat.accepted_at > moment for seat in staying),
        left=len(seats) - len(staying),
        done=done,
        given=given,
        remarks=tuple(Remark.objects.filter(seat__session=row, said_at__lte=moment).select_related("seat")),
        agreed={one.criterion: one for one in standing},
        dissents=tuple(Dissent.objects.filter(seat__session=row, said_at__lte=moment).select_related("seat")),
        steps=tuple(step for step in row.steps if int(str(step["at"])) <= moment),
    )


def _newest(seat: Seat, number: int, moment: int) -> list[Given]:
    found: dict[str, Given] = {}
    for one in seat.scores.all():
        if one.round == number and one.said_at <= moment:
            found[one.criterion] = Given(
                seat.alias, one.criterion, one.lower, one.expected, one.upper, one.rationale, one.knowledge, one.round
            )
    return list(found.values())


def _stage(row: Session, moment: int) -> str:
    return str([step for step in row.steps if int(step["at"]) <= moment][-1]["stage"])


def _seat(session: Session, scenario: Scenario, names: Iterable[str], *, who: Reader, now: datetime) -> None:
    """Seats under letters drawn by lot. Raises as `begin`."""
    taken = {seat.username: seat.alias for seat in session.seats.all()}
    free = [letter for letter in LETTERS if letter not in taken.values()]
    for name in names:
        if name in taken:
            continue
        if name == session.leader:
            raise RefusedError("session.own_seat")
        expert = people.reader(people.person(name))
        if not expert.ceiling.admits(scenario.marking.value()) or "risk" not in expert.rooms:
            raise RefusedError("session.may_not_see", username=name)
        if not free:
            raise InputError("session.many", most=len(LETTERS))
        letter = free[_lot(session, name) % len(free)]
        free.remove(letter)
        Seat.objects.create(session=session, username=name, alias=letter, invited_at=int(now.timestamp()))
        taken[name] = letter
        audit.note("expert invited", actor=who.signature, object=_object(session), detail={"account": name})


def _lot(session: Session, username: str) -> int:
    """A lot that nobody can draw again without the secret key of the workspace."""
    drawn = f"{session.scenario.key} {session.number} {username}".encode()
    return int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), drawn, "sha256"), "big")


def _checked(
    method: RiskMethod, criterion: str, lower: str, expected: str, upper: str, *, scenario: str, whose: str
) -> dict[str, str]:
    """The three words, checked against the method. Raises what the method raises, and ("session.criterion")."""
    if criterion == LIKELIHOOD:
        given = Judgement(whose, (), LikelihoodScore(lower, expected, upper))
    elif criterion in criteria(method):
        given = Judgement(whose, (Score(criterion, lower, expected, upper),))
    else:
        raise InputError("session.criterion", criterion=criterion, known=", ".join(criteria(method)))
    check(method, [given], scenario=scenario)
    return {"lower": lower, "expected": expected, "upper": upper}


def _known_criterion(method: RiskMethod, criterion: str) -> None:
    if criterion and criterion != LIKELIHOOD:
        method.criterion(criterion)


def _newest_session(key: str, who: Reader) -> Session:
    scenario = describing.stored(key, who)
    found = scenario.sessions.first()
    if found is None:
        raise NotFoundError("session.unknown")
    return found


def _led(key: str, who: Reader) -> Session:
    demand(who, POWER)
    session = _newest_session(key, who)
    if session.leader != who.username:
        raise RefusedError("session.not_leader")
    return session


def _seated(key: str, who: Reader) -> tuple[Session, Seat]:
    session = _newest_session(key, who)
    seat = session.seats.filter(username=who.username).first()
    if seat is None:
        raise RefusedError("session.no_seat")
    if seat.withdrawn_at is not None:
        raise RefusedError("session.withdrawn_expert")
    return session, seat


def _at(session: Session, stages: tuple[str, ...]) -> None:
    if session.stage not in stages:
        raise InputError("session.stage", stage=session.stage, needed=", ".join(stages))


def _step(stage: str, who: Reader, now: datetime) -> dict[str, object]:
    return {"stage": stage, "at": int(now.timestamp()), "by": who.signature}


def _object(session: Session) -> str:
    return f"scenario {session.scenario.key}, session {session.number}"
