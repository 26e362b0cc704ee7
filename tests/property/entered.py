"""Registers of the response: an entry in each, with the row's word in every text, a step, and one taken back."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from verband.language.markings import Marking as MarkingValue
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings
from verband.rooms.response import services
from verband.rooms.response.registers import writing
from verband.rooms.response.registers.kinds import Register, registers
from verband.rooms.response.registers.models import RegisterEntry, RegisterStep

#: Of each register the states that its entry goes through.
_STATES = {
    "sanctions": ("listed", "renewed"),
    "diplomatic": ("done", "reaction"),
    "legal": ("consultation", "parliament"),
    "action-points": ("loaded", "in_progress"),
    "coalitions": ("named", "agreed"),
    "cbrn": ("registered", "confirmed"),
}


def key_of(register: str, word: str) -> str:
    """The key of the entry with that word."""
    return f"{register}-{word}"


def write(word: str, number: int, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """Keep an entry with two steps in every register, and in one a step that is taken back; then mark all so."""
    services.load_registers([_row(of, word, number, now.date()) for of in registers()], who=who, now=now)
    step = {"state": "effect", "happened": "2025", "text": f"Effect {word}", "source": f"Source {word}", "marking": ""}
    later = now + timedelta(seconds=1)
    key = key_of("diplomatic", word)
    made = writing.step("diplomatic", key, step, language="en", who=who, now=later)
    writing.withdraw_step("diplomatic", made.key, reason=f"Wrong {word}", who=who, now=now + timedelta(days=2))
    row = markings.row(marking)
    RegisterEntry.objects.filter(key__endswith=f"-{word}").update(marking=row)
    RegisterStep.objects.filter(entry__key__endswith=f"-{word}").update(marking=row)


def _row(of: Register, word: str, number: int, day: date) -> services.EntryRow:
    values = {one.name: next(iter(one.choices("en")), "") or f"{one.name} {word}".capitalize() for one in of.field}
    steps = tuple(
        services.StepRow(
            state=state,
            happened=("2025-08", "2025-08-30")[at],
            text_en=f"Text {at} {word}",
            certainty=f"Sure {word}",
            source=f"Source {at} {word}",
            until=day + timedelta(days=5) if of.find_state(state).until else None,
        )
        for at, state in enumerate(_STATES[of.key])
    )
    return services.EntryRow(
        register=of.key,
        key=key_of(of.key, word),
        title_nl="",
        title_en=f"Entry {word}",
        values=values,
        marking="CLEAR",
        source=f"Paper {word}",
        place={},
        steps=steps,
        number=number % of.slots + 1 if of.slots else None,
    )
