"""Undersea cables as GeoJSON (RFC 7946): lines with a name are cables, points with a name their landing points.

A file rarely says which cable lands where. It is read from the place: an end of a line that lies within `NEAR_KM` of a
landing point lands there. Own rule; ends that land nowhere are counted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from verband.formats.limits import LIMITS, Limits
from verband.formats.raw import RawFile, look_at
from verband.formats.topology import Point, Refusal, Tie, Topology, degrees
from verband.language.errors import InputError

#: Own choice: landing points are drawn to the town, and lines end on the coast.
NEAR_KM = 10.0
_EARTH_KM = 6_371.0
_LINES = frozenset({"LineString", "MultiLineString"})
_Place = tuple[float, float]


def read_cables(paths: Sequence[Path | str], *, limits: Limits = LIMITS) -> Topology:
    """The cables and landing points of one or more GeoJSON files. Lines of one name are one cable.

    Rejected, with the number of the feature in the place of a line, are a feature that is none, one without a name, a
    place that is no number or not on the earth, a landing point of an id that was seen, and a cable that lands at fewer
    than two points. Raises InputError("topology.json") for what is no GeoJSON, and what looking at a file raises.
    """
    points: dict[str, Point] = {}
    lines: dict[str, list[tuple[str, int, list[_Place]]]] = {}
    rejects: list[Refusal] = []
    for path in paths:
        file = look_at(path, limits=limits)
        for number, feature in enumerate(_features(file), start=1):
            try:
                name, shape, numbers = _named(feature)
                if shape == "Point":
                    point = _landing(feature, name, _place(numbers))
                    if point.id in points:
                        raise InputError("topology.id_twice", id=point.id, field="id")
                    points[point.id] = point
                else:
                    ends = [end for line in _each_line(shape, numbers) for end in (_place(line[0]), _place(line[-1]))]
                    lines.setdefault(name, []).append((file.name, number, ends))
            except InputError as error:
                rejects.append(Refusal.of(file.name, number, error))
    ties, nowhere = _landed(lines, points, rejects)
    left = {"ends_nowhere": nowhere}
    return Topology("cables", "GeoJSON", "", tuple(points.values()), ties, tuple(rejects), left)


def _landed(
    lines: dict[str, list[tuple[str, int, list[_Place]]]],
    points: dict[str, Point],
    rejects: list[Refusal],
) -> tuple[tuple[Tie, ...], int]:
    """The cables with the points at which they land, and how many ends land nowhere."""
    ties, nowhere = [], 0
    for name, parts in lines.items():
        found: list[str] = []
        for _, _, ends in parts:
            for end in ends:
                near = _nearest(end, points.values())
                nowhere += near is None
                found += [near] if near else []
        landed = tuple(dict.fromkeys(found))
        if len(landed) > 1:
            ties.append(Tie(name, name, "undersea_cable", landed))
        else:
            error = InputError("topology.lands_nowhere", cable=name, found=len(landed), near=NEAR_KM, field="geometry")
            rejects += [Refusal.of(file, number, error) for file, number, _ in parts]
    return tuple(ties), nowhere


def _features(file: RawFile) -> list[Any]:
    try:
        whole = msgspec.json.decode(file.read())
    except msgspec.DecodeError as error:
        raise InputError("topology.json", file=file.name, reason=str(error)) from error
    kind = whole.get("type") if isinstance(whole, dict) else type(whole).__name__
    features = whole.get("features") if isinstance(whole, dict) else None
    if kind != "FeatureCollection" or not isinstance(features, list):
        raise InputError("topology.json", file=file.name, reason=f"{kind}, not FeatureCollection")
    if len(features) > file.limits.objects:
        raise InputError("file.too_many", file=file.name, limit=file.limits.objects)
    return features


def _named(feature: Any) -> tuple[str, str, Any]:
    """The name, the shape and the numbers of a feature."""
    if not isinstance(feature, dict) or not isinstance(feature.get("geometry"), dict):
        raise InputError("topology.feature", found="-", field="geometry")
    shape = str(feature["geometry"].get("type", ""))
    if shape != "Point" and shape not in _LINES:
        raise InputError("topology.feature", found=shape or "-", field="geometry")
    name = str((feature.get("properties") or {}).get("name") or "").strip()
    if not name:
        raise InputError("topology.no_id", field="name")
    return name, shape, feature["geometry"].get("coordinates")


def _landing(feature: dict[str, Any], name: str, place: _Place) -> Point:
    told = feature.get("properties") or {}
    given = told.get("id") or feature.get("id") or name
    return Point(
        id=str(given),
        name=name,
        kind="landing_point",
        latitude=place[0],
        longitude=place[1],
        country=str(told.get("country") or ""),
    )


def _each_line(shape: str, numbers: Any) -> list[list[Any]]:
    lines = [numbers] if shape == "LineString" else numbers
    if not isinstance(lines, list) or not all(isinstance(line, list) and len(line) > 1 for line in lines) or not lines:
        raise InputError("topology.feature", found=f"{shape} of fewer than two places", field="geometry")
    return lines


def _place(numbers: Any) -> _Place:
    """Latitude and longitude of a position, which GeoJSON writes the other way round."""
    if not isinstance(numbers, list) or len(numbers) < 2 or not all(_is_number(one) for one in numbers[:2]):
        raise InputError("topology.number", text=str(numbers)[:60], field="geometry")
    latitude, longitude = degrees(float(numbers[1]), float(numbers[0]))
    if latitude is None or longitude is None:
        raise InputError("topology.number", text=str(numbers)[:60], field="geometry")
    return latitude, longitude


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _nearest(end: _Place, points: Iterable[Point]) -> str | None:
    """The id of the landing point nearest to a place, the first of equals; None where none is near."""
    best: tuple[float, str] | None = None
    for point in points:
        if point.latitude is None or point.longitude is None or abs(point.latitude - end[0]) > 1:
            continue
        away = distance_km(end, (point.latitude, point.longitude))
        if away <= NEAR_KM and (best is None or away < best[0]):
            best = (away, point.id)
    return best[1] if best else None


def distance_km(one: _Place, other: _Place) -> float:
    """The great-circle distance of two places (latitude, longitude in degrees) by the haversine formula."""
    (a, b), (c, d) = ((math.radians(x), math.radians(y)) for x, y in (one, other))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(h)))
