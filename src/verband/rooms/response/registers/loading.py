"""What the embedded sources state, into the registers; what was ever here is left alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping
from verband.rooms.response.registers.kinds import register
from verband.rooms.response.registers.models import RegisterEntry, RegisterStep

_POWER = "upload"


@dataclass(frozen=True)
class StepRow:
    """A step as a source states it. `place` has `source` (a key of `policy_texts`), `section`, `line` and `row`."""

    state: str
    happened: str
    text_nl: str = ""
    text_en: str = ""
    certainty: str = ""
    source: str = ""
    place: Mapping[str, Any] = field(default_factory=dict)
    until: date | None = None


@dataclass(frozen=True)
class EntryRow:
    """An entry with its steps in order, loaded once: `key` is its own for good. `number` is that of a slot."""

    register: str
    key: str
    title_nl: str
    title_en: str
    values: Mapping[str, str]
    marking: str
    source: str
    place: Mapping[str, Any]
    steps: tuple[StepRow, ...]
    number: int | None = None


def load(listed: Iterable[EntryRow], *, who: Reader, now: datetime) -> int:
    """Keep the entries that were never here, withdrawn ones included; how many came in.

    A day to look again that a source does not state is left out, and the page says that it is missing.
    """
    demand(who, _POWER)
    here = set(RegisterEntry.objects.values_list("key", flat=True))
    new = [row for row in listed if row.key not in here]
    with transaction.atomic():
        for row in new:
            _load(row, who, now)
    return len(new)


def _load(row: EntryRow, who: Reader, now: datetime) -> None:
    of = register(row.register)
    about: dict[str, Any] = {"about": f"response {row.key}", "who": who, "now": now, "marking": row.marking}
    told = {
        "register": of.key,
        "key": row.key,
        "title_nl": row.title_nl,
        "title_en": row.title_en,
        "values": dict(row.values),
        "number": row.number,
        "place": dict(row.place),
    }
    made = keeping.keep(RegisterEntry, act="register entry kept", fields=told, source=row.source, power=_POWER, **about)
    for at, step in enumerate(row.steps, start=1):
        fields = {
            "entry": made,
            "key": f"{row.key}-{at}",
            "state": of.find_state(step.state).key,
            "happened": step.happened,
            "until": step.until,
            "text_nl": step.text_nl,
            "text_en": step.text_en,
            "certainty": step.certainty,
            "place": dict(step.place),
        }
        keeping.keep(RegisterStep, act="register step kept", fields=fields, source=step.source, power=_POWER, **about)
