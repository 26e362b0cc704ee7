"""Files of trade flows and of supply shares as the method takes them, for the command line and for the worker alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from pyarrow import types

from verband.formats.limits import LIMITS
from verband.formats.raw import look_at
from verband.formats.raw_materials import Rows, read_supply_shares
from verband.formats.table import Row, open_table
from verband.formats.trade_flows import COLUMNS, SCHEMA, UNIT, TradeReading, read_trade_flows
from verband.language.errors import InputError, LocatedError
from verband.language.materials import SupplyShare
from verband.methods.depending import supply
from verband.methods.engine import Stored, keep, stored

#: Told how many rows have been read.
Progress = Callable[[int], None]
#: Columns of Parquet that are computed with, and the kinds of number that fit.
_NUMBERS = {
    "year": (types.is_integer,),
    "value": (types.is_integer, types.is_floating, types.is_decimal),
}


@dataclass(frozen=True)
class TradeRows:
    """Flows where the engine reads them, what their values are in, and the reading of each csv with its rejects."""

    flows: Stored
    unit: str
    readings: Mapping[str, TradeReading]

    @property
    def rejected(self) -> int:
        """How many rows could not be read."""
        return sum(reading.rejected for reading in self.readings.values())


def columns_of(text: str) -> dict[str, str]:
    """What `year=t,exporter=i` says: for each of our columns what the file calls it.

    Raises InputError("expose.columns").
    """
    known = (*COLUMNS, UNIT)
    found = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, given, column = (piece.strip() for piece in part.partition("="))
        if not given or not column or name not in known:
            raise InputError("expose.columns", text=part, known=", ".join(known))
        found[name] = column
    return found


def members_of(text: str) -> list[str]:
    """The countries of the bloc, each once, in alphabetical order."""
    return sorted({name.strip() for name in text.split(",") if name.strip()})


def trade_rows(
    files: Sequence[Path],
    columns: Mapping[str, str],
    folder: Path,
    *,
    read: Callable[[str, TradeReading], None] = lambda name, reading: None,
    progress: Progress = lambda rows: None,
) -> TradeRows:
    """The rows of all files where the engine reads them: csv is checked line by line and kept as Parquet in `folder`.

    `read` is told of each csv when it has been read. Raises what reading raises, InputError("expose.units") where files
    have units of two kinds, ("expose.rejected") where no row of a file could be read, ("expose.kind") for Parquet whose
    years or values are no numbers.
    """
    paths: list[str] = []
    readings: dict[str, TradeReading] = {}
    rows, kind = 0, ""
    for number, file in enumerate(files):
        if file.is_dir() or file.suffix == ".parquet":
            part = stored(file, columns=COLUMNS)
            _check_kinds(part)
        else:
            reading = read_trade_flows(file, columns=columns)
            part = keep(_batches(reading, rows, progress), folder / f"flows-{number}.parquet", schema=SCHEMA)
            read(file.name, reading)
            if kind and reading.unit_kind and reading.unit_kind != kind:
                raise InputError("expose.units", file=file.name, first=kind, second=reading.unit_kind)
            kind = kind or reading.unit_kind
            readings[file.name] = reading
            if not part.rows and reading.rejects:
                first = reading.rejects[0]
                raise InputError("expose.rejected", file=file.name, line=first.line, reason=first.reason)
        paths += part.paths
        rows += part.rows
    return TradeRows(Stored(tuple(paths), COLUMNS, rows), kind, readings)


def supply_shares(file: Path) -> Rows[SupplyShare]:
    """The shares of a csv.

    Raises InputError("expose.rejected") where no row could be read, ("expose.no_rows"), and what reading raises.
    """
    found = read_supply_shares(file)
    if not found.rows and not found.rejects:
        raise InputError("expose.no_rows", file=file.name)
    if not found.rows and found.rejects:
        first = found.rejects[0]
        raise InputError("expose.rejected", file=file.name, line=first.line, reason=first.reason)
    return found


def share_table(file: Path, found: Rows[SupplyShare]) -> supply.DependencyTable:
    """How concentrated they are. Raises LocatedError with the line where they cannot be shares of one whole."""
    try:
        return supply.dependency_table(found.rows)
    except InputError as error:
        raise LocatedError(error, file=file.name, line=_line_of(file, found, error)) from error


def _check_kinds(part: Stored) -> None:
    """Raises InputError("expose.kind") for a column of a Parquet file that does not hold the numbers it should."""
    for path in part.paths:
        fields = pq.read_schema(path)
        for column, fits in _NUMBERS.items():
            kind = fields.field(column).type
            if not any(fit(kind) for fit in fits):
                raise InputError("expose.kind", file=Path(path).name, column=column, kind=kind)


def _batches(reading: TradeReading, before: int, progress: Progress) -> Iterator[Any]:
    rows = before
    for batch in reading:
        yield batch
        rows += batch.num_rows
        progress(rows)


def _line_of(file: Path, found: Rows[SupplyShare], error: InputError) -> int:
    """The first line of the material and stage that the error names; 0 where it names none."""
    material, stage = error.params.get("material", error.params.get("what")), error.params.get("stage")
    country = error.params.get("country")
    line = 0
    for row in open_table(look_at(file, limits=LIMITS), encoding=found.encoding).rows():
        if isinstance(row, Row) and row.text("Material") == material and row.text("Stage") == stage:
            if country is None:
                return row.line
            if row.text("Country") == country:
                line = row.line
    return line
