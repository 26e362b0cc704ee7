"""A csv file into a register: a line for each step, all of them or none, each error with its line and field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from verband.formats.table import table_in
from verband.language.errors import InputError, VerbandError
from verband.language.words import closest
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.response import keeping
from verband.rooms.response.registers import reading, writing
from verband.rooms.response.registers.kinds import Register, register

#: Of every register, beside its own fields; `title` names the entry that a line is about.
STEP_COLUMNS = ("state", "happened", "until", "text", "certainty", "source", "marking")
#: Written by an export; a file that comes back may hold them, and they change nothing.
_LEFT_OUT = ("kept_by", "withdrawn")
_NEEDED = ("title", "state", "happened", "source")
#: A register is written by people; a longer file is another kind of file.
MOST_LINES = 2_000
_MOST_TOLD = 50


@dataclass(frozen=True)
class Refused:
    """A line that cannot come in: its number (1 is the header), the field, and why."""

    line: int
    field: str
    error: VerbandError

    def reason(self, language: str) -> str:
        """Why, and what to do."""
        return f"{self.error.message(language)} {self.error.hint(language)}".strip()


@dataclass(frozen=True)
class Imported:
    """What became of a file: new entries, further steps and lines that were there; with a refusal nothing came in."""

    entries: int
    steps: int
    unchanged: int
    refused: tuple[Refused, ...]


class _TakenBackError(Exception):
    """Ends the transaction of a file of which a line is wrong."""


def columns(of: Register) -> tuple[str, ...]:
    """The columns of the file of a register, those of its export too."""
    return ("title", *(field.name for field in of.field), *STEP_COLUMNS)


def import_csv(
    key: str, content: bytes, *, language: str, who: Reader, now: datetime, marking: str = "", name: str = ""
) -> Imported:
    """The lines of a csv with a header. A line about an entry that stands is a further step of it.

    A line's own `marking` wins over `marking`. A line that is there already changes nothing.
    `name` is the file's, for what is said of it. Raises RefusedError("people.no_power"),
    InputError("registers.column"), ("registers.columns"), ("registers.long"), ("expose.no_rows"), and what reading a
    table raises, with the line.
    """
    demand(who, keeping.PREPARE)
    of = register(key)
    lines = _lines(of, content, name or f"{key}.csv")
    bad: list[Refused] = []
    counts = {"entries": 0, "steps": 0, "unchanged": 0}
    try:
        with transaction.atomic():
            for number, cells in lines:
                values = {**cells, "marking": cells.get("marking", "") or marking}
                try:
                    with transaction.atomic():
                        counts[_line(of, values, language, who, now)] += 1
                except VerbandError as error:
                    bad.append(Refused(number, str(error.params.get("field", "")), error))
            if bad:
                raise _TakenBackError
            audit.note("register file brought in", actor=who.signature, object=f"response {key}", detail=counts)
    except _TakenBackError:
        detail = {"refused": len(bad)}
        audit.note("register file refused", actor=who.signature, object=f"response {key}", detail=detail)
        return Imported(0, 0, 0, tuple(bad[:_MOST_TOLD]))
    return Imported(**counts, refused=())


def _line(of: Register, values: Mapping[str, str], language: str, who: Reader, now: datetime) -> str:
    """Keep one line; which count it belongs to."""
    found = writing.find_same(of, values, reading.standing(of.key, who))
    if found is None:
        writing.add(of.key, values, language=language, who=who, now=now)
        return "entries"
    if not writing.changes(found, values.get("state", ""), values.get("happened", "").strip()):
        return "unchanged"
    writing.step(of.key, found.key, values, language=language, who=who, now=now)
    return "steps"


def _lines(of: Register, content: bytes, name: str) -> list[tuple[int, dict[str, str]]]:
    """The lines with their number in the file; a state may be written by its word in either language."""
    known = columns(of)
    try:
        with table_in(content, name) as table:
            _check_header(table.header, known)
            lines = []
            for row in table.whole():
                lines.append((row.line, {name: cell for name, cell in row.cells.items() if name in known}))
                if len(lines) > MOST_LINES:
                    raise InputError("registers.long", most=MOST_LINES)
            if not lines:
                raise InputError("expose.no_rows", file=table.file.name)
    except InputError as error:
        error.params["field"] = "file"
        raise
    for _, cells in lines:
        cells["state"] = _state(of, cells["state"])
    return lines


def _check_header(names: Sequence[str], known: Sequence[str]) -> None:
    if missing := [name for name in _NEEDED if name not in names]:
        raise InputError("registers.columns", missing=", ".join(missing), known=", ".join(known))
    if unknown := next((name for name in names if name not in (*known, *_LEFT_OUT)), None):
        nearest = closest(unknown, known) or ", ".join(known)
        raise InputError("registers.column", column=unknown[:60], nearest=nearest)


def _state(of: Register, text: str) -> str:
    word = text.strip()
    return next((one.key for one in of.state if word in (one.key, one.nl, one.en)), word)
