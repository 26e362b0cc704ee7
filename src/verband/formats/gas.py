"""Gas networks as the early SciGRID_gas tables: csv with `;`, three lines of head, points named alike across files.

The tables are those of the SciGRID_gas project of 2018 (https://github.com/adpluta/SciGridGasDatabase), which state no
licence. A pipeline is a run of rows of one name, each a point that it passes.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from math import isfinite
from pathlib import Path

from verband.formats.limits import LIMITS, Limits
from verband.formats.raw import look_at
from verband.formats.topology import Point, Refusal, Tie, Topology, degrees
from verband.language.errors import InputError

#: The tables of points by file, the one that says most about a place first, with the class of asset.
_POINTS = {
    "Gas_LNG": "lng_terminal",
    "Gas_Storage": "gas_storage",
    "Gas_EntryPoints": "gas_entry",
    "Gas_InterConnectionPoints": "gas_interconnection",
    "Gas_Compressor": "compressor",
}
#: Gas comes into the network there.
_FED = frozenset({"lng_terminal", "gas_entry"})
_HEAD = 3
#: How exact a place is, as the head of Gas_Coordinates says.
_EXACT = {"2": ("town",), "3": ("region",), "4": ("country",)}
_Row = tuple[int, dict[str, str]]


def read_gas(folder: Path | str, *, limits: Limits = LIMITS) -> Topology:
    """The network in a folder: Gas_PipeLines.csv, and tables of points and Gas_Coordinates.csv where they are there.

    One place under one name in several tables is one point of the first kind, with the others noted. A point of a
    pipeline that no table describes takes its place from Gas_Coordinates. Text is UTF-8, or code page 850 where it is
    not. Rejected are a row without a name, one that its table has twice, a number that is none or not on the earth, a
    row with too few or too many cells, a pipeline of one point. Raises InputError("topology.gas_head") where the
    columns are not there, and what looking at a file raises.
    """
    reading = _Reading(Path(folder), limits)
    reading.points_of_tables()
    ties = reading.ties()
    there = {path.stem for path in reading.folder.iterdir() if path.is_file()}
    left = len(there - {*_POINTS, "Gas_PipeLines", "Gas_Coordinates"})
    stated = "SciGRID_gas, early csv tables (2018)"
    rejects = tuple(reading.rejects)
    return Topology("gas", "SciGRID_gas", stated, tuple(reading.points.values()), ties, rejects, {"files": left})


class _Reading:
    """One folder being read: points by name, then the pipelines between them."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self.points: dict[str, Point] = {}
        self.rejects: list[Refusal] = []

    def points_of_tables(self) -> None:
        """Every point of the tables that are there."""
        for table, kind in _POINTS.items():
            if not (self.folder / f"{table}.csv").exists():
                continue
            seen: set[str] = set()
            for line, cells in self._rows(table, ("name", "country", "lat", "long", "exact")):
                try:
                    point = _point(cells, kind)
                    if point.id in seen:
                        raise InputError("topology.id_twice", id=point.id, field="name")
                except InputError as error:
                    self._reject(table, line, error)
                    continue
                seen.add(point.id)
                known = self.points.get(point.id)
                self.points[point.id] = point if known is None else _also(known, point)

    def ties(self) -> tuple[Tie, ...]:
        """The pipelines, in the order of the file; their points are made known."""
        places = self._coordinates()
        runs: dict[str, list[_Row]] = {}
        for line, cells in self._rows("Gas_PipeLines", ("Name", "Point")):
            if cells["Name"] and cells["Point"]:
                runs.setdefault(cells["Name"], []).append((line, cells))
            else:
                self._reject("Gas_PipeLines", line, InputError("topology.no_id", field="Name"))
        found = []
        for name, rows in runs.items():
            ends = tuple(dict.fromkeys(cells["Point"] for _, cells in rows))
            if len(ends) < 2:
                error = InputError("topology.loop", point=ends[0], field="Point")
                for line, _ in rows:
                    self._reject("Gas_PipeLines", line, error)
                continue
            for end in ends:
                self.points.setdefault(end, places.get(end) or Point(end, end, "gas_point"))
            found.append(Tie(name, name, "gas_pipeline", ends))
        return tuple(found)

    def _coordinates(self) -> dict[str, Point]:
        """The places of Gas_Coordinates; the first of a name counts."""
        found: dict[str, Point] = {}
        if (self.folder / "Gas_Coordinates.csv").exists():
            for line, cells in self._rows("Gas_Coordinates", ("name", "country", "lat", "long", "exact")):
                try:
                    point = _point(cells, "gas_point")
                except InputError as error:
                    self._reject("Gas_Coordinates", line, error)
                else:
                    found.setdefault(point.id, point)
        return found

    def _rows(self, table: str, needed: tuple[str, ...]) -> Iterator[_Row]:
        """The rows under the head with their line; of a name that the head has twice the first column counts."""
        name = f"{table}.csv"
        content = bytes(look_at(self.folder / name, limits=self.limits).read())
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp850")
        reader = csv.reader(StringIO(text, newline=""), delimiter=";")
        try:
            head = [cell.strip() for cell in next(reader, [])]
            for missing in (column for column in needed if column not in head):
                raise InputError("topology.gas_head", file=name, column=missing, field=missing)
            for cells in reader:
                if reader.line_num <= _HEAD or not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(head):
                    error = InputError("table.width", found=len(cells), expected=len(head))
                    self.rejects.append(Refusal.of(name, reader.line_num, error))
                    continue
                yield reader.line_num, {column: cells[head.index(column)].strip() for column in head}
        except csv.Error as error:
            raise InputError("table.malformed", reason=str(error), file=name) from error

    def _reject(self, table: str, line: int, error: InputError) -> None:
        self.rejects.append(Refusal.of(f"{table}.csv", line, error))


def _point(cells: dict[str, str], kind: str) -> Point:
    if not cells["name"]:
        raise InputError("topology.no_id", field="name")
    latitude, longitude = degrees(_number(cells, "lat"), _number(cells, "long"))
    return Point(
        id=cells["name"],
        name=cells["name"],
        kind=kind,
        latitude=latitude,
        longitude=longitude,
        country=cells["country"],
        fed=kind in _FED,
        notes=_EXACT.get(cells["exact"], ()),
    )


def _also(known: Point, point: Point) -> Point:
    """The first point with what a later table adds: that gas comes in there, and what else is at the place."""
    return replace(known, fed=known.fed or point.fed, notes=(*known.notes, f"also:{point.kind}"))


def _number(cells: dict[str, str], name: str) -> float | None:
    text = cells[name]
    try:
        value = float(text) if text else None
    except ValueError as error:
        raise InputError("topology.number", text=text, field=name) from error
    if value is not None and not isfinite(value):
        raise InputError("topology.number", text=text, field=name)
    return value
