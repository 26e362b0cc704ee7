"""Rows that lie in Parquet files: too many for memory, read by the engine where they lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from verband.language.errors import InputError
from verband.language.words import closest

#: Rows that are written together; small enough that reading one group costs little memory.
GROUP_ROWS = 1 << 18


@dataclass(frozen=True)
class Stored:
    """A relation in Parquet files with the same columns; an engine takes it in the place of an Arrow table."""

    paths: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int


def stored(path: Path | str, *, columns: Sequence[str] = ()) -> Stored:
    """The rows of a Parquet file, or of all in a folder by name. Nothing is read but what the files say of themselves.

    Raises InputError("engine.no_parquet") where there is none, ("engine.not_parquet") with the file that is another
    kind or damaged, ("engine.column_missing") with the file, the column that is needed and the nearest there is.
    """
    path = Path(path)
    files = sorted(path.glob("*.parquet")) if path.is_dir() else [path]
    if not files or not files[0].is_file():
        raise InputError("engine.no_parquet", file=path.name)
    names: tuple[str, ...] = ()
    rows = 0
    for file in files:
        found, many = _footer(file)
        for column in columns:
            if column not in found:
                nearest = closest(column, found) or ", ".join(found[:8])
                raise InputError("engine.column_missing", file=file.name, column=column, nearest=nearest)
        names, rows = names or found, rows + many
    return Stored(tuple(str(file.resolve()) for file in files), names, rows)


def keep(batches: Iterable[Any], path: Path | str, *, schema: Any) -> Stored:
    """Write Arrow record batches to one Parquet file, a batch at a time, and give them as `Stored`.

    `schema`: that of every batch. What stood there is replaced when the last batch is written, and stays where one
    cannot be had.
    """
    path = Path(path)
    unfinished = path.with_name(path.name + ".part")
    try:
        with pq.ParquetWriter(unfinished, schema, compression="zstd") as writer:
            for batch in batches:
                writer.write_table(pa.Table.from_batches([batch], schema=schema), row_group_size=GROUP_ROWS)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return stored(path)


def _footer(file: Path) -> tuple[tuple[str, ...], int]:
    try:
        found = pq.read_metadata(file)
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError("engine.not_parquet", file=file.name, reason=str(error).partition("\n")[0]) from error
    return tuple(found.schema.to_arrow_schema().names), found.num_rows
