"""What a cell of a register may hold: one reading for the form on the page and for a csv file."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.errors import InputError

_KEY = re.compile(r"[a-z0-9][a-z0-9_-]*")


@dataclass(frozen=True)
class Column:
    """One column. `kind`: `key`, `line`, `text`, `day`, `number`, `whole`, `keys` (separated by ;), `choice`.

    A choice is one of `words`, or a key of the catalogue `of`. One that is not required may be left empty.
    """

    name: str
    kind: str = "line"
    required: bool = True
    words: tuple[str, ...] = ()
    of: str = ""
    longest: int = 0


def read(columns: tuple[Column, ...], cells: Mapping[str, str]) -> dict[str, Any]:
    """The values of a row by column. A cell that is not there counts as empty.

    Raises InputError with `field`: ("exposure.empty"), ("exposure.key"), ("exposure.day"), ("exposure.number"),
    ("exposure.word"), ("exposure.long"), ("exposure.zero").
    """
    return {column.name: _value(column, cells.get(column.name, "").strip()) for column in columns}


def read_none(columns: tuple[Column, ...]) -> dict[str, Any]:
    """The values of a row in which nothing was filled in, by column."""
    return {column.name: _nothing(column) for column in columns}


def _nothing(column: Column) -> Any:
    return None if column.kind in ("day", "number", "whole") else ""


def _value(column: Column, text: str) -> Any:
    if not text:
        if column.required:
            raise InputError("exposure.empty", field=column.name)
        return _nothing(column)
    if "\x00" in text:
        raise InputError("exposure.zero", field=column.name)
    if column.longest and len(text) > column.longest:
        raise InputError("exposure.long", field=column.name, most=column.longest, found=len(text))
    if column.kind == "key" and not _KEY.fullmatch(text):
        raise InputError("exposure.key", field=column.name, key=text)
    if column.kind == "keys":
        return [part.strip() for part in text.split(";") if part.strip()]
    if column.kind == "day":
        return _day(column.name, text)
    if column.kind in ("number", "whole"):
        return _number(column, text)
    if column.kind == "choice":
        return _chosen(column, text)
    return text


def _day(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError("exposure.day", field=field, day=text) from error


def _number(column: Column, text: str) -> float | int:
    try:
        value = int(text) if column.kind == "whole" else float(text.replace(",", "."))
    except ValueError as error:
        raise InputError("exposure.number", field=column.name, value=text) from error
    if not math.isfinite(value) or abs(value) > 1e9:
        raise InputError("exposure.number", field=column.name, value=text)
    return value


def _chosen(column: Column, text: str) -> str:
    if column.of:
        found = catalogue(column.of).find(text)
        if found is None:
            raise InputError(
                "exposure.word", field=column.name, word=text, known=", ".join(catalogue(column.of).keys())
            )
        return found.key
    if text not in column.words:
        raise InputError("exposure.word", field=column.name, word=text, known=", ".join(column.words))
    return text
