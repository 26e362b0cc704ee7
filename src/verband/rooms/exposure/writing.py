"""Rows into the registers: one that a person fills in, or a csv file of which each line comes in or is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from verband.formats.table import table_in
from verband.language.catalogues import catalogue
from verband.language.errors import InputError, VerbandError
from verband.language.words import closest, fold
from verband.rooms.audit import services as audit
from verband.rooms.exposure import columns, keeping, models
from verband.rooms.exposure.checking import Known
from verband.rooms.exposure.models import Kept
from verband.rooms.exposure.registers import Register, register
from verband.rooms.people.services import Reader, demand

#: A register is written by hand or made by an operator; more lines than this are another kind of file.
MOST_LINES = 50_000
#: Columns that are worked out where they are left empty.
_DERIVED: Mapping[type[Kept], tuple[str, ...]] = {
    models.Process: ("grade", "sector"),
    models.Stock: ("days",),
    models.Obligation: ("counted_from",),
}


@dataclass(frozen=True)
class Refused:
    """A line that did not come in: where (from 1, the header), in which field, and why in both languages."""

    line: int
    field: str
    error: VerbandError

    def reason(self, language: str) -> str:
        """Why, and what to do."""
        return f"{self.error.message(language)} {self.error.hint(language)}".strip()


@dataclass(frozen=True)
class Imported:
    """What became of the lines: in = new + unchanged + refused."""

    new: int
    unchanged: int
    refused: tuple[Refused, ...]


def add(key: str, cells: Mapping[str, str], *, who: Reader, now: datetime) -> Kept:
    """Keep one row of a register. Raises what `columns.read` and the register's check raise, with the field."""
    demand(who, keeping.POWER)
    found = register(key)
    return _keep(found, cells, found.known(who, now), who, now)


def import_csv(key: str, content: bytes, *, who: Reader, now: datetime, marking: str = "", name: str = "") -> Imported:
    """The lines of a csv file with a header into a register. A line that is there already changes nothing.

    A line's own column `marking` wins over `marking`. Nodes described twice are refused, each with the lines named.
    `name` is the file's, for what is said of it. Raises InputError("exposure.columns") with the nearest names,
    ("expose.no_rows"), ("exposure.lines"), and what reading a table raises, with the line; then nothing came in.
    """
    demand(who, "upload")
    found = register(key)
    if found.model is models.CountryRule:
        demand(who, keeping.POWER)
    lines = _lines(found, content, name or f"{key}.csv")
    bad: dict[int, Refused] = {}
    if any(column.name == "key" for column in found.columns):
        bad = {one.line: one for one in _twice(lines)}
    there = {_identity(found, row) for row in keeping.standing(found.model, who)}
    known, new, unchanged = found.known(who, now), 0, 0
    with transaction.atomic():
        for number, cells in lines:
            if number in bad:
                continue
            try:
                same = _same(found, columns.read(found.columns, cells))
                if same in there:
                    unchanged += 1
                    continue
                _keep(found, {**cells, "marking": cells.get("marking", "") or marking}, known, who, now)
                there.add(same)
                new += 1
            except VerbandError as error:
                bad[number] = Refused(number, str(error.params.get("field", "")), error)
        detail = {"new": new, "unchanged": unchanged, "refused": len(bad)}
        audit.note("dependencies imported", actor=who.signature, object=f"exposure {key}", detail=detail)
    return Imported(new, unchanged, tuple(bad[number] for number in sorted(bad)))


def _keep(found: Register, cells: Mapping[str, str], known: Known, who: Reader, now: datetime) -> Kept:
    values = columns.read(found.columns, cells)
    rests_on = found.check(values, known)
    marking = cells.get("marking", "").strip()
    if not marking and not rests_on:
        raise InputError("exposure.empty", field="marking")
    return keeping.keep(
        found.model, register=found.key, fields=values, marking=marking, rests_on=rests_on, who=who, now=now
    )


def _lines(found: Register, content: bytes, name: str) -> list[tuple[int, dict[str, str]]]:
    try:
        with table_in(content, name) as table:
            _demand_columns(found, table.columns)
            lines = []
            for row in table.whole():
                lines.append((row.line, row.cells))
                if len(lines) > MOST_LINES:
                    raise InputError("exposure.lines", file=table.file.name, most=MOST_LINES)
            if not lines:
                raise InputError("expose.no_rows", file=table.file.name)
    except InputError as error:
        error.params["field"] = "file"
        raise
    return lines


def _demand_columns(found: Register, names: Sequence[str]) -> None:
    missing = [column.name for column in found.columns if column.required and column.name not in names]
    if missing:
        near = [f"{name} ~ {nearest}" for name in missing if (nearest := closest(name, names))]
        raise InputError("exposure.columns", missing=", ".join(missing), nearest=", ".join(near))


def _twice(lines: list[tuple[int, dict[str, str]]]) -> list[Refused]:
    """Lines that describe one node twice, by key or by name: all of them, as none is more right than the other."""
    seen: dict[tuple[str, str], list[tuple[int, dict[str, str]]]] = {}
    for number, cells in lines:
        for name in ("key", "name_nl", "name_en", "name"):
            if word := fold(cells.get(name, "").strip()):
                seen.setdefault((name, word), []).append((number, cells))
    refused: dict[int, Refused] = {}
    for (name, _), these in seen.items():
        if len(these) < 2:
            continue
        owners = list(dict.fromkeys(cells.get("owner", "").strip() for _, cells in these))
        code = "exposure.owner_differs" if len(owners) > 1 else "exposure.twice"
        at = ", ".join(str(number) for number, _ in these)
        for number, cells in these:
            error = InputError(code, field=name, node=cells[name].strip(), lines=at, owners=" / ".join(owners))
            refused.setdefault(number, Refused(number, name, error))
    return list(refused.values())


def _identity(found: Register, row: Kept) -> tuple[str, ...]:
    return _same(found, {column.name: getattr(row, column.name) for column in found.columns})


def _same(found: Register, values: Mapping[str, Any]) -> tuple[str, ...]:
    """What a line says, but for what is worked out where it is left empty."""
    derived = _DERIVED.get(found.model, ())
    told = tuple(_text(values[column.name]) for column in found.columns if column.name not in derived)
    country = catalogue("countries").find(str(values["country"])) if found.model is models.CountryRule else None
    return (country.key, *told[1:]) if country else told


def _text(value: Any) -> str:
    if isinstance(value, (int, float)):
        return f"{float(value):g}"
    return "" if value is None else str(value)
