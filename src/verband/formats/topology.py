"""What is connected with what, in one shape for grids, gas networks, telecom networks and cables.

A topology says what is connected; it does not say what needs what. That is for whoever brings it in to state.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from verband.formats.grid import NO_SUPPLY, GridData, read_grid
from verband.formats.limits import LIMITS, Limits
from verband.language.errors import InputError
from verband.language.records import Reject

#: What can be read, and by which names of files it is told.
FORMS = ("grid", "zoo", "gas", "cables")


@dataclass(frozen=True)
class Point:
    """A place where connections end. `id` is its name within the files, `kind` a key of `asset_classes`.

    `fed` says that it has a supply of its own there (a generator, an import, an entry of gas). The place is in degrees,
    None where the file has none. `notes` are what the file says besides: its own words, or `town`, `region`, `country`
    for how exact the place is, `outside` for a point that is not the network's own, `also:` and another class there.
    """

    id: str
    name: str
    kind: str
    latitude: float | None = None
    longitude: float | None = None
    country: str = ""
    fed: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tie:
    """A connection that runs past its ends in this order, two or more of them, each the id of a point."""

    id: str
    name: str
    kind: str
    ends: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """What could not be read: file, line (or number of the feature), field, code, and why in both languages.

    `nl` is empty where the reader of the table gives English alone.
    """

    file: str
    line: int
    field: str
    code: str
    en: str
    nl: str

    @classmethod
    def of(cls, file: str, line: int, error: InputError) -> Refusal:
        """What an error at that place means."""
        nl = f"{error.message('nl')} {error.hint('nl')}".strip()
        return cls(file, line, str(error.params.get("field", "")), error.code, str(error), nl)

    @classmethod
    def told(cls, file: str, reject: Reject) -> Refusal:
        """A row that the reader of the table rejected."""
        return cls(file, reject.line, reject.field, reject.code, reject.reason, "")


@dataclass(frozen=True)
class Topology:
    """Points and connections in the order of the files; every unit that was read is here or in `rejects`.

    `title` and `stated` (where it comes from and of when) are the file's own words. `left_out` counts what was read and
    is no part of the network, by reason.
    """

    form: str
    title: str
    stated: str
    points: tuple[Point, ...]
    ties: tuple[Tie, ...]
    rejects: tuple[Refusal, ...]
    left_out: dict[str, int] = field(default_factory=dict)

    def of_countries(self, countries: Sequence[str]) -> Topology:
        """The part in these countries, as the file writes them, and the connections between its points.

        A point of no stated country stays where a connection that stays ends at it. Without countries all of it.
        """
        if not countries:
            return self
        wanted = {country.casefold() for country in countries}
        inside = {point.id for point in self.points if point.country.casefold() in wanted}
        nowhere = {point.id for point in self.points if not point.country}
        ties = tuple(tie for tie in self.ties if set(tie.ends) <= inside | nowhere and inside & set(tie.ends))
        kept = inside | {end for tie in ties for end in tie.ends}
        return Topology(
            self.form,
            self.title,
            self.stated,
            tuple(point for point in self.points if point.id in kept),
            ties,
            self.rejects,
            {**self.left_out, "outside": len(self.points) - len(kept) + len(self.ties) - len(ties)},
        )


def form_of(names: Sequence[str]) -> str:
    """Which of `FORMS` files of these names are. Raises InputError("topology.unknown") with what can be read."""
    lower = [name.lower() for name in names]
    if {"buses.csv", "lines.csv", "generators.csv"} <= set(lower):
        return "grid"
    if any(name.startswith("gas_pipelines") for name in lower):
        return "gas"
    if len(lower) == 1 and lower[0].endswith(".graphml"):
        return "zoo"
    if lower and all(name.endswith((".geojson", ".json")) for name in lower):
        return "cables"
    raise InputError("topology.unknown", files=", ".join(names) or "-", field="files")


def read_topology(folder: Path | str, *, limits: Limits = LIMITS) -> Topology:
    """The topology that the files in a folder hold, told by their names. Raises what `form_of` and the reader raise."""
    folder = Path(folder)
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    form = form_of(names)
    if form == "grid":
        return grid_topology(read_grid(folder, limits=limits))
    if form == "gas":
        from verband.formats.gas import read_gas

        return read_gas(folder, limits=limits)
    if form == "zoo":
        from verband.formats.topology_zoo import read_zoo

        return read_zoo(folder / names[0], limits=limits)
    from verband.formats.cables import read_cables

    return read_cables([folder / name for name in names], limits=limits)


def grid_topology(grid: GridData) -> Topology:
    """A grid of `read_grid` as a topology: buses are points, branches connections; import links feed their bus."""
    supplied = grid.supplied
    makes = {made.bus: made.technology for made in grid.generators if made.technology not in NO_SUPPLY}
    points = tuple(
        Point(
            id=bus.name,
            name=f"bus {bus.name}" + (f" ({bus.voltage_kv:g} kV)" if bus.voltage_kv is not None else ""),
            kind="substation",
            latitude=bus.latitude,
            longitude=bus.longitude,
            country=bus.country,
            fed=bus.name in supplied,
            notes=(makes[bus.name],) if makes.get(bus.name) else (),
        )
        for bus in grid.buses
    )
    kinds = {"transformer": "transformer", "converter": "transformer"}
    ties = tuple(
        Tie(branch.name, branch.name, kinds.get(branch.kind, "power_line"), (branch.one, branch.other))
        for branch in grid.branches
    )
    left = {"planned": sum(grid.planned.values()), "imports": len(grid.imports)}
    rejects = tuple(Refusal.told(file, reject) for file, reject in grid.rejects)
    return Topology("grid", "GridKit", "", points, ties, rejects, left)


def degrees(latitude: float | None, longitude: float | None) -> tuple[float | None, float | None]:
    """The place, or (None, None) where half of it is missing. Raises InputError("topology.degrees") off the earth."""
    if latitude is None or longitude is None:
        return None, None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise InputError("topology.degrees", text=f"{latitude:g}, {longitude:g}", field="latitude")
    return latitude, longitude
