"""Rows that come along with the program: loaded once, never over what somebody withdrew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import msgspec

from verband.rooms.exposure import columns, keeping, models, rounds
from verband.rooms.exposure.registers import register
from verband.rooms.people.services import Reader, demand


class ProcessRow(msgspec.Struct, frozen=True, kw_only=True):
    """A vital process by its key in the catalogue, with what its source says about impact."""

    vital: str
    name_nl: str
    name_en: str
    impact: str
    impact_language: str = ""
    source: str
    marking: str = "CLEAR"


class DutyRow(msgspec.Struct, frozen=True, kw_only=True):
    """A duty under an act, as its source states it on a day (ISO); a term in hours or in months, None without one."""

    key: str
    act: str
    text: str
    text_en: str
    status: str
    stated_on: str
    report_within_h: float | None
    report_within_months: int | None
    counted_from: str
    source: str
    marking: str = "CLEAR"


class SectorRow(msgspec.Struct, frozen=True, kw_only=True):
    """A process that a sector repeats, as a source says that it was set up; no step of it is stated."""

    key: str
    sector: str
    title_nl: str
    title_en: str
    source: str
    marking: str = "CLEAR"


def load_processes(listed: Iterable[ProcessRow], *, who: Reader, now: datetime) -> int:
    """Keep vital processes that were never here before, withdrawn ones included; how many came in."""
    demand(who, "upload")
    found = register("processes")
    here = set(models.Process._default_manager.values_list("key", flat=True))
    new = [row for row in listed if row.vital not in here]
    for row in new:
        fields = columns.read_none(found.columns) | {"kind": "process"}
        fields |= {
            name: getattr(row, name) for name in ("vital", "name_nl", "name_en", "impact", "impact_language", "source")
        }
        fields["key"] = row.vital
        rests_on = found.check(fields, found.known(who, now))
        keeping.keep(
            found.model, register=found.key, fields=fields, marking=row.marking, rests_on=rests_on, who=who, now=now
        )
    return len(new)


def load_duties(listed: Iterable[DutyRow], *, who: Reader, now: datetime) -> int:
    """Keep duties that were never here before, withdrawn ones included; how many came in."""
    demand(who, "upload")
    found = register("obligations")
    new = _new(models.Obligation, listed)
    for row in new:
        told = {name: value for name, value in msgspec.structs.asdict(row).items() if name != "marking"}
        fields = columns.read_none(found.columns) | told | {"stated_on": date.fromisoformat(row.stated_on)}
        rests_on = found.check(fields, found.known(who, now))
        keeping.keep(
            found.model, register=found.key, fields=fields, marking=row.marking, rests_on=rests_on, who=who, now=now
        )
    return len(new)


def load_sector_processes(listed: Iterable[SectorRow], *, who: Reader, now: datetime) -> int:
    """Keep processes of sectors that were never here before, with the steps of the template; how many came in."""
    demand(who, "upload")
    new = _new(models.SectorProcess, listed)
    for row in new:
        told = {name: value for name, value in msgspec.structs.asdict(row).items() if name != "marking"}
        fields: Mapping[str, Any] = {**told, "steps": list(rounds.template())}
        keeping.keep(
            models.SectorProcess,
            register=rounds.REGISTER,
            fields=fields,
            marking=row.marking,
            rests_on=[],
            who=who,
            now=now,
        )
    return len(new)


def _new(kind: type[models.Obligation] | type[models.SectorProcess], listed: Iterable[Any]) -> list[Any]:
    here = set(kind._default_manager.values_list("key", flat=True))
    return [row for row in listed if row.key not in here]
