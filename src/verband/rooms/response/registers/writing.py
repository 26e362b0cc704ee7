"""Rows into the registers by a person: a new entry with its first step, a further step, and taking either back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from verband.language.decimals import whole
from verband.language.errors import InputError
from verband.language.time import Interval, parse_time
from verband.language.words import fold
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping
from verband.rooms.response.registers import reading, wording
from verband.rooms.response.registers.kinds import BEGIN, REQUIRED, Register, RegisterField, register
from verband.rooms.response.registers.models import RegisterEntry, RegisterStep
from verband.rooms.response.registers.reading import EntryView

#: Most characters of a title, and of the text that a numbered place holds.
_TITLE, _SLOT_TEXT = 300, 4_000
#: Words with which somebody tries to enter a person; the register says why that does not go.
_PERSONS = frozenset({"person", "persons", "individual", "persoon", "personen", "individu"})


def add(key: str, values: Mapping[str, str], *, language: str, who: Reader, now: datetime) -> RegisterEntry:
    """Keep an entry with its first step.

    `values`: `title` (in `language`), the fields of the register, and the step: `state`, `happened` (a year, month or
    day), `until`, `text`, `certainty`, `source`, `marking`.
    Raises InputError("registers.person"), ("registers.wording"), ("registers.move"), ("registers.time"),
    ("registers.until"), ("registers.no_until"), ("registers.slot"), ("registers.slot_taken") and what `keeping` raises.
    """
    of = register(key)
    title = keeping.filled("title", values.get("title", ""), most=_SLOT_TEXT if of.slots else _TITLE)
    found = {field.name: _value(field, values.get(field.name, "")) for field in of.field}
    number = _slot(of, found.get("number", ""), who) if of.slots else None
    step = _step_fields(of, BEGIN, values, language)
    wording.refuse_judgements({"title": title, **found, "text": values.get("text", "")})
    source = keeping.filled("source", values.get("source", ""))
    fields = {
        "register": of.key,
        "key": keeping.new_key("register", of.key, title, str(number), *found.values(), who=who, now=now),
        f"title_{language}": title,
        "values": found,
        "number": number,
    }
    with transaction.atomic():
        made = keeping.keep(
            RegisterEntry,
            act="register entry kept",
            about=f"response {fields['key']}",
            fields=fields,
            source=source,
            who=who,
            now=now,
            marking=values.get("marking", ""),
        )
        _keep_step(made, step, source, values.get("marking", ""), who, now)
    return made


def step(
    key: str, number: str, values: Mapping[str, str], *, language: str, who: Reader, now: datetime
) -> RegisterStep:
    """Keep a further step of an entry; the values are those of a step as in `add`.

    Raises InputError("response.withdrawn"), ("registers.order") before the step it follows, and what `add` raises.
    """
    demand(who, keeping.PREPARE)
    view = reading.entry(key, number, who)
    if view.withdrawn:
        raise InputError("response.withdrawn", field="state")
    fields = _step_fields(view.of, view.state, values, language)
    if view.steps and reading.when(str(fields["happened"])).end <= reading.when(view.steps[-1].happened).start:
        raise InputError(
            "registers.order", field="happened", happened=fields["happened"], before=view.steps[-1].happened
        )
    wording.refuse_judgements({"text": values.get("text", "")})
    source = keeping.filled("source", values.get("source", ""))
    return _keep_step(view.row, fields, source, values.get("marking", ""), who, now)


def withdraw(key: str, number: str, *, reason: str, who: Reader, now: datetime) -> RegisterEntry:
    """Take an entry back, with a reason; it stays in the history. Raises what `keeping.withdraw` raises."""
    row = reading.entry(key, number, who).row
    act, about = "register entry withdrawn", f"response {row.key}"
    return keeping.withdraw(row, act=act, about=about, reason=reason, who=who, now=now)


def withdraw_step(key: str, number: str, *, reason: str, who: Reader, now: datetime) -> RegisterStep:
    """Take the newest step of an entry back, so that the one before it stands again.

    Raises InputError("registers.not_newest") for another one, and what `keeping.withdraw` raises.
    """
    row = keeping.find(RegisterStep, number, who)
    view = reading.entry(key, row.entry.key, who)
    if row.withdrawn_at is None and view.steps[-1].pk != row.pk:
        raise InputError("registers.not_newest", field="reason")
    act, about = "register step withdrawn", f"response {view.key}"
    return keeping.withdraw(row, act=act, about=about, reason=reason, who=who, now=now)


def changes(view: EntryView, state: str, happened: str) -> bool:
    """Whether a step of that state and time is not there yet; a line of a file that is there changes nothing."""
    return not any(step.state == state and step.happened == happened for step in view.steps)


def _keep_step(
    row: RegisterEntry, fields: Mapping[str, Any], source: str, marking: str, who: Reader, now: datetime
) -> RegisterStep:
    key = keeping.new_key("step", row.key, str(fields["state"]), str(fields["happened"]), who=who, now=now)
    return keeping.keep(
        RegisterStep,
        act="register step kept",
        about=f"response {row.key}",
        fields={**fields, "entry": row, "key": key},
        source=source,
        who=who,
        now=now,
        marking=marking,
        rests_on=(row.marking.value(),),
    )


def _step_fields(of: Register, before: str, values: Mapping[str, str], language: str) -> dict[str, Any]:
    """State, time, day to look again, text and certainty of a step after the state `before`."""
    state = keeping.among("state", values.get("state", ""), of.states())
    allowed = [one.key for one in of.next_states(before)]
    if state not in allowed:
        params = {"state": of.state_words(state, language), "before": of.state_words(before, language) or "-"}
        known = ", ".join(of.state_words(key, language) for key in allowed) or "-"
        raise InputError("registers.move", field="state", known=known, **params)
    return {
        "state": state,
        "happened": _happened(values.get("happened", "")),
        "until": _until(of, state, values.get("until", "")),
        f"text_{language}": keeping.short("text", values.get("text", "")),
        "certainty": keeping.short("certainty", values.get("certainty", ""), most=200),
    }


def _happened(text: str) -> str:
    told = keeping.filled("happened", text, most=30)
    if _interval(told).precision not in ("year", "month", "day"):
        raise InputError("registers.time", field="happened", text=told)
    return told


def _interval(text: str) -> Interval:
    try:
        return parse_time(text)
    except InputError as error:
        raise InputError("registers.time", field="happened", text=text) from error


def _until(of: Register, state: str, text: str) -> date | None:
    asked = of.find_state(state).until
    if not text.strip():
        if asked == REQUIRED:
            raise InputError("registers.until", field="until")
        return None
    if not asked:
        raise InputError("registers.no_until", field="until")
    return keeping.day("until", text)


def _value(field: RegisterField, text: str) -> str:
    """A field's value as it is kept; a word of a choice is taken by its key or its word in either language."""
    if field.no_persons and fold(text) in _PERSONS:
        raise InputError("registers.person", field=field.name)
    if not text.strip():
        return keeping.filled(field.name, text) if field.required else ""
    told = keeping.short(field.name, text, most=keeping.TEXT if field.kind == "text" else keeping.TITLE)
    if field.kind != "choice":
        return told
    known = field.choices("en")
    words = {fold(word): key for key, word in (*field.choices("nl").items(), *known.items())}
    return keeping.among(field.name, words.get(fold(told), told), tuple(known))


def _slot(of: Register, text: str, who: Reader) -> int:
    """The number of a free place. Raises InputError("registers.slot"), ("registers.slot_taken")."""
    number = whole(text)
    if number is None or not 1 <= number <= of.slots:
        raise InputError("registers.slot", field="number", text=text, most=of.slots)
    if any(view.row.number == number for view in reading.standing(of.key, who)):
        raise InputError("registers.slot_taken", field="number", number=number)
    return number


def find_same(of: Register, values: Mapping[str, str], views: tuple[EntryView, ...]) -> EntryView | None:
    """The standing entry that a line of a file is about: of the same number, or of the same title and fields.

    None where the line is about a new one.
    """
    if of.slots:
        return next((one for one in views if str(one.row.number) == values.get("number", "").strip()), None)
    title = fold(values.get("title", ""))
    for one in views:
        if title in (fold(one.row.title_nl), fold(one.row.title_en)):
            told = [field for field in of.field if values.get(field.name, "").strip()]
            if all(fold(one.value(field.name)) == fold(_value(field, values[field.name])) for field in told):
                return one
    return None
