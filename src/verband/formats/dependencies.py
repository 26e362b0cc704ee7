"""A csv of what needs what: a row for each requirement of a node, with how long it lasts and where that comes from."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from verband.formats.limits import LIMITS, Limits
from verband.formats.raw import look_at
from verband.formats.table import Row, open_table
from verband.language.errors import InputError, LocatedError
from verband.language.records import Reject
from verband.language.words import composed

NEEDED = ("node", "members", "k", "buffer")
#: What a row may rest on: something that a source says, or what whoever wrote the file takes to be so.
STATED, ASSUMED = "stated", "own assumption"
GRADES = ("A", "B")
#: Hours in one of each unit that a buffer may be written in.
UNITS = {"min": 1 / 60, "h": 1.0, "d": 24.0}
#: Between the members of one requirement.
BETWEEN = "|"
_AMOUNT = re.compile(r"([-+]?(?:\d+(?:\.\d*)?|\.\d+))\s*([^\W\d_].*)?")


@dataclass(frozen=True)
class NeedRow:
    """One row: a requirement of a node, or the node alone where `members` is empty.

    `k` of the members must be up; `buffer_h` in hours; `spread` a factor, None where none is stated. `basis` is STATED,
    ASSUMED or empty; `source` says where it stands, `note` what is to be known about it.
    """

    line: int
    node: str
    owner: str
    grade: str
    members: tuple[str, ...]
    k: int
    buffer_h: float
    spread: float | None
    basis: str
    source: str
    note: str


@dataclass(frozen=True)
class Needs:
    """The rows of a file in their order, with its name for messages."""

    file: str
    rows: tuple[NeedRow, ...]


def read_needs(path: Path | str, *, encoding: str = "", limits: Limits = LIMITS) -> Needs:
    """A csv with node, members (`one | other`), k (number or `all`) and buffer (`30 min`, `48 h`, `2 d`; empty: none).

    Where they are there: owner, class (A, B), spread, basis, source, note. Names come in composed form (NFC). A
    description with a row missing would give wrong answers, so nothing is skipped.

    Raises LocatedError with the line: ("needs.row") for what is no row, ("needs.empty"), ("needs.number"),
    ("needs.unit"), ("needs.grade"), ("needs.basis"), ("needs.no_source") for what is stated without a source; and what
    opening a table raises.
    """
    table = open_table(look_at(path, limits=limits), encoding=encoding)
    table.require(NEEDED)
    rows = []
    for row in table.rows():
        if isinstance(row, Reject):
            error = InputError("needs.row", reason=row.reason)
            raise LocatedError(error, file=table.file.name, line=row.line)
        try:
            rows.append(_row(row))
        except InputError as error:
            raise LocatedError(error, file=table.file.name, line=row.line) from error
    table.file.check_unchanged()
    return Needs(table.file.name, tuple(rows))


def _row(row: Row) -> NeedRow:
    grade, basis, source = (row.text(column) for column in ("class", "basis", "source"))
    node, named = composed(row.text("node")), composed(row.text("members"))
    if not node:
        raise InputError("needs.empty", column="node")
    if grade not in ("", *GRADES):
        raise InputError("needs.grade", text=grade, known=", ".join(GRADES))
    if basis not in ("", STATED, ASSUMED):
        raise InputError("needs.basis", text=basis, known=f"{STATED}, {ASSUMED}")
    if basis == STATED and not source:
        raise InputError("needs.no_source", node=node)
    members = tuple(part.strip() for part in named.split(BETWEEN)) if named else ()
    if not all(members) or (not members and (row.text("k") or row.text("buffer"))):
        raise InputError("needs.empty", column="members")
    return NeedRow(
        line=row.line,
        node=node,
        owner=composed(row.text("owner")),
        grade=grade,
        members=members,
        k=_k(row.text("k"), len(members)),
        buffer_h=hours(row.text("buffer")),
        spread=_spread(row.text("spread")),
        basis=basis,
        source=source,
        note=row.text("note"),
    )


def hours(text: str) -> float:
    """The hours that an amount with its unit stands for; 0 for an empty one. A sign is kept.

    Raises InputError("needs.number"), ("needs.unit") for a unit that is missing or not one of UNITS.
    """
    if not text:
        return 0.0
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise InputError("needs.number", text=text, column="buffer")
    number, unit = found.groups()
    if unit not in UNITS:
        raise InputError("needs.unit", text=text, known=", ".join(UNITS))
    return float(number) * UNITS[unit]


def _k(text: str, many: int) -> int:
    if text == "all" or not many:
        return many
    try:
        return int(text)
    except ValueError as error:
        raise InputError("needs.number", text=text, column="k") from error


def _spread(text: str) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        number = math.nan
    if number is not None and not math.isfinite(number):
        raise InputError("needs.number", text=text, column="spread")
    return number
