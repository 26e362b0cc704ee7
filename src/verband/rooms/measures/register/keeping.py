"""How rows of the register are kept and taken back, and what is refused: P1, P6 and P10 as checks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.rooms.measures import reading
from verband.rooms.measures.reading import MeasureView
from verband.rooms.measures.register.kinds import (
    ECONOMIC,
    GROUNDS,
    KINDS,
    LINE,
    TARGETED,
    TEXT,
    Column,
)
from verband.rooms.measures.register.models import MeasureConflict, MeasureMeans, Told
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import keeping

POWER = "assess"
ERRORS = keeping.Codes(
    none="register.none",
    withdrawn="register.withdrawn",
    empty="register.empty",
    word="register.word",
    above_ceiling="register.above_ceiling",
    below_base="register.below_base",
)
Posted = Mapping[str, str | Sequence[str]]


def keep(kind: str, measure: str, posted: Posted, *, who: Reader, now: datetime) -> Told:
    """Keep a row of that kind about a measure; its marking is at least that of the measure.

    Raises NotFoundError("measures.unknown"), ("register.none"), RefusedError("people.no_power"),
    ("register.above_ceiling"), InputError("register.empty"), ("register.word"), ("register.day"), ("register.long"),
    ("register.below_base") and what the kind refuses: ("register.targeted") without reason, term and reviewer,
    ("register.future") for what is yet to come, ("register.past"), ("register.no_security_ground"),
    ("register.not_economic"), ("register.applies"), ("register.itself"), ("register.twice").
    """
    demand(who, POWER)
    if kind not in KINDS:
        raise NotFoundError("register.none")
    views = {view.key: view for view in reading.measures(who)}
    if measure not in views:
        raise NotFoundError("measures.unknown", key=measure)
    view = views[measure]
    fields = filled(KINDS[kind].columns, posted, measures=views)
    _check(kind, view, fields, who=who, today=keeping.today(now))
    base = [view.marking, *([views[fields["other"]].marking] if kind == "conflict" else [])]
    return store(kind, view, fields, posted, rests_on=base, who=who, now=now)


def store(
    kind: str,
    view: MeasureView,
    fields: Mapping[str, Any],
    posted: Posted,
    *,
    rests_on: Iterable[Marking],
    who: Reader,
    now: datetime,
) -> Told:
    """Store checked fields with the source and the marking that were posted."""
    source = text("source", posted, most=400)
    marking = keeping.marking_for(one("marking", posted), rests_on, who, errors=ERRORS)
    row = KINDS[kind]
    return keeping.keep(
        row.model,
        act=row.act,
        about=f"measure {view.key}",
        fields={**fields, "measure": view.key, "source": source},
        marking=marking,
        who=who,
        now=now,
    )


def withdraw(kind: str, number: str, *, reason: str, who: Reader, now: datetime) -> Told:
    """Take a row back, with a reason; it stays in the history.

    Raises RefusedError("people.no_power"), NotFoundError("register.none") alike where there is none and where it may
    not be seen, InputError("register.withdrawn"), ("register.empty").
    """
    demand(who, POWER)
    if kind not in KINDS:
        raise NotFoundError("register.none")
    row = keeping.find(KINDS[kind].model, number, who, errors=ERRORS)
    about = f"measure {row.measure}"
    why = text("reason", {"reason": reason})
    told: dict[str, Any] = {"act": "row of the register of measures withdrawn", "about": about, "reason": why}
    keeping.take_back(row, **told, who=who, now=now, errors=ERRORS)
    return row


def filled(columns: Sequence[Column], posted: Posted, *, measures: Iterable[str]) -> dict[str, Any]:
    """The columns as they were posted. Raises InputError("register.empty"), ("register.word"), ("register.day")."""
    return {column.name: _value(column, posted, measures) for column in columns}


def text(field: str, posted: Posted, *, most: int = TEXT, required: bool = True) -> str:
    """The text of a field without spaces around it. Raises InputError("register.empty"), ("register.long")."""
    told = one(field, posted).replace("\x00", "").strip()
    if required and not told:
        raise InputError("register.empty", field=field)
    if len(told) > most:
        raise InputError("register.long", field=field, most=most)
    return told


def one(field: str, posted: Posted) -> str:
    """The value of a field, the first where there are several; empty where there is none."""
    value = posted.get(field, "")
    return value if isinstance(value, str) else next(iter(value), "")


def demand_ahead(field: str, day: date, today: date) -> None:
    """Raises InputError("register.past") for a day on which nobody can look again any more."""
    if day < today:
        raise InputError("register.past", field=field, day=day.isoformat())


def check_grounds(grounds: Sequence[str]) -> None:
    """Raises InputError("register.no_security_ground") where none of the grounds is one of national security (P10)."""
    entries = catalogue(GROUNDS)
    if not any(entries.get(key).fields.get("security") for key in grounds):
        raise InputError("register.no_security_ground", field="grounds")


def _value(column: Column, posted: Posted, measures: Iterable[str]) -> Any:
    if column.kind == "checks":
        value = posted.get(column.name, ())
        words = [word for word in ([value] if isinstance(value, str) else value) if word]
        if column.required and not words:
            raise InputError("register.empty", field=column.name)
        known = catalogue(column.of).keys()
        return [_among(column.name, word, known) for word in known if word in words] or [
            _among(column.name, word, known) for word in words
        ]
    most = TEXT if column.kind == "text" else LINE
    told = text(column.name, posted, most=most, required=column.required)
    if column.kind == "day":
        return _day(column.name, told) if told else None
    if column.kind in ("choice", "measure") and told:
        known = tuple(measures) if column.kind == "measure" else catalogue(column.of).keys() if column.of else ()
        return _among(column.name, told, known or column.words)
    return told


def _check(kind: str, view: MeasureView, fields: dict[str, Any], *, who: Reader, today: date) -> None:
    for name in ("since", "day"):
        if name in fields and fields[name] > today:
            raise InputError("register.future", field=name, day=fields[name].isoformat())
    if kind == "aim" and fields["aim"] == TARGETED:
        for name in ("reason", "until", "reviewer"):
            if not fields[name]:
                raise InputError("register.targeted", field=name)
    if kind == "ground":
        demand_ahead("review_on", fields["review_on"], today)
        if view.accent != ECONOMIC:
            raise InputError("register.not_economic", field="grounds")
        check_grounds(fields["grounds"])
    if kind == "part" and (fields["party"] == "business") != bool(fields["applies"]):
        raise InputError("register.applies", field="applies")
    if kind == "means":
        _refuse_twice(MeasureMeans, "means", who, measure=view.key, means=fields["means"])
    if kind == "conflict":
        if fields["other"] == view.key:
            raise InputError("register.itself", field="other")
        for first, second in ((view.key, fields["other"]), (fields["other"], view.key)):
            _refuse_twice(MeasureConflict, "other", who, measure=first, other=second)


def _refuse_twice(kind: type[Told], field: str, who: Reader, **wanted: str) -> None:
    """Only what the writer may see counts: a row above his ceiling stays unknown to him."""
    for row in keeping.standing(kind, who):
        if all(getattr(row, name) == value for name, value in wanted.items()):
            raise InputError("register.twice", field=field)


def _among(field: str, word: str, known: Sequence[str]) -> str:
    if word not in known:
        raise InputError("register.word", field=field, word=word, known=", ".join(known))
    return word


def _day(field: str, told: str) -> date:
    found = keeping.day_named(told)
    if found is None:
        raise InputError("register.day", field=field, day=told)
    return found
