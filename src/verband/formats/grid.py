"""Grids as folders of csv files (buses, lines, links, transformers, converters, generators) in the form of GridKit.

The form is that of data/entsoegridkit in PyPSA-Eur: https://github.com/PyPSA/pypsa-eur.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from verband.formats.limits import LIMITS, Limits
from verband.formats.raw import look_at
from verband.formats.rejects import rejected
from verband.formats.table import Row, open_table
from verband.language.errors import InputError
from verband.language.records import Reject, json_bytes

#: Files with branches, and the word that makes their numbers names.
_BRANCHES = {"lines": "line", "links": "link", "transformers": "transformer", "converters": "converter"}
_NEEDED = ("buses", "lines", "generators")
#: Listed among the generators; they steer or convert power and make none.
NO_SUPPLY = frozenset({"Phase shifter", "Converter Station Back-to-back"})
_YES = frozenset({"t", "true", "1"})


@dataclass(frozen=True)
class GridBus:
    """A terminal. `voltage_kv` is None where the file has none; `country` is empty for a joint of lines."""

    name: str
    station: str
    voltage_kv: float | None
    country: str
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True)
class GridBranch:
    """A connection of two buses, named by its kind and number (`line 9316`)."""

    name: str
    kind: str
    one: str
    other: str


@dataclass(frozen=True)
class GridGenerator:
    """A generator at a bus. `capacity_mw` is None where the file has -1 or nothing."""

    name: str
    bus: str
    technology: str
    capacity_mw: float | None


@dataclass(frozen=True)
class GridData:
    """What the files hold, in their order, without what is under construction; every row is here or in `rejects`.

    `imports` are the buses at which a branch leaves the files: its other end is described nowhere. `planned` counts by
    file what is under construction or ends at a bus that is. `rejects` go with the name of their file.
    """

    buses: tuple[GridBus, ...]
    branches: tuple[GridBranch, ...]
    generators: tuple[GridGenerator, ...]
    imports: tuple[str, ...]
    planned: dict[str, int]
    rejects: tuple[tuple[str, Reject], ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the buses."""
        return tuple(bus.name for bus in self.buses)

    @property
    def supplied(self) -> frozenset[str]:
        """The buses with a supply of their own: a generator that is none of `NO_SUPPLY`, or an import link."""
        own = (generator.bus for generator in self.generators if generator.technology not in NO_SUPPLY)
        return frozenset((*own, *self.imports))


def read_grid(folder: Path | str, *, limits: Limits = LIMITS) -> GridData:
    """The grid in a folder: buses.csv, lines.csv, generators.csv, and links, transformers and converters if there.

    Rejected are a row without an id or with one that was seen, a number that is none, a branch whose two ends are the
    same or both unknown, a generator at an unknown bus. Raises what reading a table raises, with the file.
    """
    reading = _Reading(Path(folder), limits)
    buses = reading.buses()
    branches = tuple(
        branch
        for file, kind in _BRANCHES.items()
        if file in _NEEDED or (reading.folder / f"{file}.csv").exists()
        for branch in reading.branches(file, kind)
    )
    generators = reading.generators()
    imports = tuple(dict.fromkeys(reading.imports))
    return GridData(buses, branches, generators, imports, reading.planned, tuple(reading.rejects))


class _Reading:
    """One folder being read, buses first. `there` says of each bus whether it exists yet."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self.folder, self.limits = folder, limits
        self.there: dict[str, bool] = {}
        self.imports: list[str] = []
        self.planned: dict[str, int] = {}
        self.rejects: list[tuple[str, Reject]] = []

    def buses(self) -> tuple[GridBus, ...]:
        """The buses that exist."""
        found = []
        for row, name in self._rows("buses", ("bus_id", "station_id", "voltage", "country", "x", "y")):
            with self._rejecting("buses", row):
                bus = GridBus(
                    name,
                    row.text("station_id"),
                    _number(row, "voltage"),
                    row.text("country"),
                    _number(row, "x"),
                    _number(row, "y"),
                )
                self.there[name] = not self._is_planned("buses", row)
                if self.there[name]:
                    found.append(bus)
        return tuple(found)

    def branches(self, file: str, kind: str) -> tuple[GridBranch, ...]:
        """The branches of one file between buses that exist; one that leaves the files makes its bus an import."""
        found = []
        for row, name in self._rows(file, (f"{kind}_id", "bus0", "bus1")):
            with self._rejecting(file, row):
                one, other = row.text("bus0"), row.text("bus1")
                if one == other:
                    raise InputError("grid.loop", bus=one, field="bus1")
                known = [end for end in (one, other) if end in self.there]
                if not known:
                    raise InputError("grid.ends_unknown", one=one, other=other, field="bus0")
                if self._is_planned(file, row, ends=known):
                    continue
                if len(known) == 1:
                    self.imports.append(known[0])
                else:
                    found.append(GridBranch(f"{kind} {name}", kind, one, other))
        return tuple(found)

    def generators(self) -> tuple[GridGenerator, ...]:
        """The generators at buses that exist."""
        found = []
        for row, name in self._rows("generators", ("generator_id", "bus_id", "technology", "capacity")):
            with self._rejecting("generators", row):
                bus, capacity = row.text("bus_id"), _number(row, "capacity")
                if bus not in self.there:
                    raise InputError("grid.bus_unknown", bus=bus, field="bus_id")
                if not self._is_planned("generators", row, ends=[bus]):
                    known = capacity if capacity is not None and capacity >= 0 else None
                    found.append(GridGenerator(f"generator {name}", bus, row.text("technology"), known))
        return tuple(found)

    def _rows(self, file: str, columns: tuple[str, ...]) -> Iterator[tuple[Row, str]]:
        """Each row with its id, which is in the first column and was not seen before."""
        table = open_table(look_at(self.folder / f"{file}.csv", limits=self.limits))
        table.require(columns)
        seen: set[str] = set()
        for row in table.rows():
            if isinstance(row, Reject):
                self.rejects.append((file, row))
                continue
            with self._rejecting(file, row):
                name = row.text(columns[0])
                if not name:
                    raise InputError("table.key_empty", field=columns[0])
                if name in seen:
                    raise InputError("grid.id_twice", id=name, field=columns[0])
                seen.add(name)
                yield row, name

    def _is_planned(self, file: str, row: Row, ends: Iterable[str] = ()) -> bool:
        planned = row.text("under_construction").lower() in _YES or not all(self.there[end] for end in ends)
        self.planned[file] = self.planned.get(file, 0) + planned
        return planned

    @contextmanager
    def _rejecting(self, file: str, row: Row) -> Iterator[None]:
        try:
            yield
        except InputError as error:
            self.rejects.append((file, rejected(row.line, error, text=json_bytes(row.cells).decode())))


def _number(row: Row, column: str) -> float | None:
    text = row.text(column)
    try:
        number = float(text) if text else None
    except ValueError:
        number = math.nan
    if number is not None and not math.isfinite(number):
        raise InputError("grid.number", text=text, field=column)
    return number
