"""Tables of sectors: a world input-output table as npz, and cases of the inoperability model as JSON with a csv."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verband.formats.limits import LIMITS, Limits
from verband.formats.raw import look_at, printable
from verband.formats.table import Table, open_table
from verband.language.errors import InputError
from verband.language.records import Reject

Floats = NDArray[np.float64]

DENSE, SPARSE = "interdependency", "sparse_interdependency"


@dataclass(frozen=True)
class SectorArrays:
    """`flows` (n, n) and `output` (n) by country and within it by industry; money in the unit of the file."""

    flows: Floats
    output: Floats
    countries: tuple[str, ...]
    industries: tuple[str, ...]


@dataclass(frozen=True)
class SectorCase:
    """`matrix` (n, n) of the sectors in this order, and the share that falls away from each that is shocked."""

    sectors: tuple[str, ...]
    matrix: Floats
    shock: Mapping[str, float]


def read_world_table(path: Path | str, *, limits: Limits = LIMITS) -> SectorArrays:
    """An npz file with Z (n, n), x (n), countries and industries, n = countries times industries.

    Raises InputError("supply.world_table") with what is missing or does not fit, ("file.too_large") before anything
    larger than `limits.file_bytes` is unpacked, or what opening a file raises.
    """
    path = Path(path)
    name = printable(path.name)
    if path.is_dir():
        raise InputError("file.folder", file=name)
    if not path.is_file():
        raise InputError("file.missing", file=name)
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(part.file_size for part in packed.infolist()) > limits.file_bytes:
                raise InputError("file.too_large", file=name, limit_mib=limits.file_bytes >> 20)
        with np.load(path, allow_pickle=False) as arrays:
            found = {key: arrays[key] for key in ("Z", "x", "countries", "industries")}
    except KeyError as error:
        raise InputError("supply.world_table", file=name, reason=str(error.args[0])) from error
    except (ValueError, OSError, zipfile.BadZipFile) as error:
        raise InputError("supply.world_table", file=name, reason=str(error)) from error
    return _arrays(name, found)


def read_sector_case(path: Path | str, *, limits: Limits = LIMITS) -> SectorCase:
    """A case of the inoperability model: JSON that names a csv beside it and the sectors that are perturbed.

    `amatrix_type` is "interdependency" (a full square) or "sparse_interdependency" (row, column and value, from 0).
    Raises InputError("supply.case") with the place, ("supply.matrix") with the line, or what opening a file raises.
    """
    file = look_at(path, limits=limits)
    try:
        raw = json.loads(file.read())
    except (ValueError, RecursionError) as error:
        raise InputError("supply.case", file=file.name, place="JSON", reason=str(error)) from error
    kind, table_name = _field(raw, "DIIM.amatrix_type", file.name), _field(raw, "DIIM.amat_file", file.name)
    if kind not in (DENSE, SPARSE):
        reason = f"{kind}, not {DENSE} or {SPARSE}"
        raise InputError("supply.case", file=file.name, place="DIIM.amatrix_type", reason=reason)
    if Path(str(table_name)).name != table_name:
        raise InputError("supply.case", file=file.name, place="DIIM.amat_file", reason="a name without a folder")
    table = open_table(look_at(file.path.with_name(table_name), limits=limits))
    matrix = _dense(table) if kind == DENSE else _sparse(table)
    return SectorCase(table.columns, matrix, _shock(raw, table.columns, file.name))


def _arrays(name: str, found: Mapping[str, NDArray[Any]]) -> SectorArrays:
    countries, industries = (tuple(map(str, found[key].ravel().tolist())) for key in ("countries", "industries"))
    size = len(countries) * len(industries)
    for key, shape in (("Z", (size, size)), ("x", (size,))):
        if found[key].shape != shape or found[key].dtype.kind not in "fiu":
            said = " x ".join(map(str, found[key].shape))
            raise InputError("supply.world_table", file=name, reason=f"{key}: {said} ({found[key].dtype})")
    twice = [names for names in (countries, industries) if len(set(names)) < len(names)]
    if twice:
        again = next(word for at, word in enumerate(twice[0]) if word in twice[0][:at])
        raise InputError("supply.world_table", file=name, reason=f"{again}: 2 x")
    flows, output = (found[key].astype(np.float64) for key in ("Z", "x"))
    if not (np.isfinite(flows).all() and np.isfinite(output).all()):
        raise InputError("supply.world_table", file=name, reason="NaN")
    return SectorArrays(flows, output, countries, industries)


def _field(raw: object, path: str, file: str) -> Any:
    value = raw
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            raise InputError("supply.case", file=file, place=path, reason="missing")
        value = value[part]
    return value


def _shock(raw: object, sectors: tuple[str, ...], file: str) -> dict[str, float]:
    names, values = (_field(raw, f"Perturbation.{part}", file) for part in ("pinfra", "cvalue"))
    if not isinstance(names, list) or not isinstance(values, list) or len(names) != len(values):
        raise InputError("supply.case", file=file, place="Perturbation", reason="pinfra, cvalue")
    for name, value in zip(names, values, strict=True):
        if name not in sectors:
            raise InputError("supply.sector_unknown", sector=name, known=", ".join(sectors[:8]))
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError("supply.case", file=file, place=f"cvalue of {name}", reason=repr(value))
    return {name: float(value) for name, value in zip(names, values, strict=True)}


def _numbers(table: Table) -> list[tuple[int, list[float]]]:
    found = []
    for row in table.rows():
        if isinstance(row, Reject):
            raise InputError("supply.matrix", line=row.line, file=table.file.name, reason=row.reason)
        try:
            found.append((row.line, [float(cell) for cell in row.cells.values()]))
        except ValueError as error:
            raise InputError("supply.matrix", line=row.line, file=table.file.name, reason=str(error)) from error
    return found


def _dense(table: Table) -> Floats:
    rows, size = _numbers(table), len(table.columns)
    if len(rows) != size:
        line = rows[-1][0] if rows else 1
        reason = f"{len(rows)} x {size}"
        raise InputError("supply.matrix", line=line, file=table.file.name, reason=reason)
    return np.array([cells for _, cells in rows], dtype=np.float64)


def _sparse(table: Table) -> Floats:
    """Rows of the file hold three cells where the header names the sectors, however many those are."""
    size = len(table.header)
    matrix = np.full((size, size), np.nan)
    name = table.file.name
    for number, text in enumerate(table.file.read().decode(table.encoding).splitlines()[1:], start=2):
        if not text.strip():
            continue
        try:
            row, column, value = (float(cell) for cell in text.split(table.separator))
            place = int(row), int(column)
            if not all(at in range(size) for at in (row, column)):
                raise ValueError(f"{row:g}, {column:g}")
        except ValueError as error:
            raise InputError("supply.matrix", line=number, file=name, reason=str(error)) from error
        if not np.isnan(matrix[place]):
            raise InputError("supply.matrix", line=number, file=name, reason=f"{place[0]}, {place[1]}: 2 x")
        matrix[place] = value
    return np.where(np.isnan(matrix), 0.0, matrix)
