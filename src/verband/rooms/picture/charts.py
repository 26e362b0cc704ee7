"""The map and the timeline of the picture as one Vega-Lite specification, and the tables that say the same.

The page draws the specification in the browser, the report with vl-convert. A length is a number, or
`{"container": f}`: that part of the width there is, filled in by `sized` here and by charts.js in the browser.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.decimals import marked
from verband.language.time import Interval
from verband.rooms.picture.reading import IncidentView

LAND_ADDRESS = "/static/picture/natural-earth/europe.json"
_LAND_FILE = Path(__file__).parent / "static" / "picture" / "natural-earth" / "europe.json"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
#: Outside of this the map shows nothing: west, south, east, north in degrees.
EUROPE = (-25.0, 34.0, 45.0, 71.5)
CARIBBEAN = (-72.0, 10.5, -61.0, 19.0)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))
#: Distance in degrees of latitude between incidents that are stated at one place.
_FAN = 0.2


def points(incidents: Sequence[IncidentView], *, language: str) -> list[dict[str, Any]]:
    """One row for each incident, in the order given: names, colour group, place, and the months that it may be in.

    Incidents at one place are fanned out around it, so that each is seen. `ms` and `me` are starts and ends of months
    in milliseconds since 1970; an incident counts for 1 over all its months together. Undated ones have no months.
    """
    at_place: Counter[tuple[float, float]] = Counter()
    rows = []
    for incident in incidents:
        group = colour_group(incident)
        months = _months(incident.when)
        row: dict[str, Any] = {
            "id": incident.id,
            "name": incident.name,
            "group": group,
            "word": catalogue("colour_groups").get(group).label(language),
            "country": list(incident.values("country")),
            "when": incident.when.words() if incident.when else "",
            "m": months[0][0] if months else None,
            "ms": [first for first, _ in months],
            "me": [last for _, last in months],
            "weight": 1 / len(months) if months else 0,
        }
        if incident.point is not None:
            at = at_place[incident.point]
            at_place[incident.point] += 1
            row["lat"], row["lon"] = _fanned(incident.point, at)
        rows.append(row)
    return rows


def colour_group(incident: IncidentView) -> str:
    """The colour group of the incident's first domain; the first group where no domain is stated."""
    domains = incident.values("domain")
    entry = catalogue("domains").find(domains[0]) if domains else None
    return str(entry.fields["colour_group"]) if entry else catalogue("colour_groups").keys()[0]


def map_and_timeline(rows: Sequence[dict[str, Any]], *, language: str, words: dict[str, str]) -> dict[str, Any]:
    """The map over the timeline; brushing the one filters the other.

    `words` holds the translated words `description`, `incidents`, `incident`, `when`, `domain` and `kingdom`; the
    charts for paper need no `kingdom`.
    """
    return {
        "$schema": _SCHEMA,
        "description": words["description"],
        "data": {"name": "incidents", "values": list(rows)},
        "spacing": 20,
        "bounds": "flush",
        "vconcat": [
            _map(EUROPE, words, width=1.0, height=0.8, brush=True),
            {
                "spacing": 44,
                "bounds": "flush",
                "hconcat": [
                    _timeline(words, width=0.74, height=92, brush=True),
                    _map(CARIBBEAN, words, width=0.17, height=0.14, brush=False),
                ],
            },
        ],
        "resolve": {"scale": {"color": "shared", "shape": "shared"}},
    }


def timeline(rows: Sequence[dict[str, Any]], *, words: dict[str, str]) -> dict[str, Any]:
    """The timeline alone, for paper."""
    return {
        "$schema": _SCHEMA,
        "description": words["description"],
        "data": {"name": "incidents", "values": list(rows)},
        **_timeline(words, width=0.95, height=120, brush=False),
    }


def world_map(rows: Sequence[dict[str, Any]], *, words: dict[str, str]) -> dict[str, Any]:
    """The map alone, for paper."""
    spec = _map(EUROPE, words, width=0.98, height=0.8, brush=False)
    for layer in spec["layer"]:
        layer.get("encoding", {}).pop("opacity", None)
    return {
        "$schema": _SCHEMA,
        "description": words["description"],
        "data": {"name": "incidents", "values": list(rows)},
        **spec,
    }


def sized(spec: Any, width: float) -> Any:
    """The specification with every `{"container": f}` as that part of `width` (pixels), and the land inlined."""
    if isinstance(spec, dict):
        if set(spec) == {"container"}:
            return spec["container"] * width
        if spec.get("url") == LAND_ADDRESS:
            return {"values": _land(), "format": spec["format"]}
        return {name: sized(value, width) for name, value in spec.items()}
    return [sized(value, width) for value in spec] if isinstance(spec, list) else spec


def months_table(rows: Iterable[dict[str, Any]], *, language: str, month_word: str, total_word: str) -> dict[str, Any]:
    """Incidents by month and colour group, newest month first; one over several months counts for a part in each."""
    groups = catalogue("colour_groups").labels(language)
    counts: dict[int, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for row in rows:
        for start in row["ms"]:
            counts[start][row["group"]] += row["weight"]
    body = [
        [
            f"{_EPOCH + timedelta(milliseconds=start):%Y-%m}",
            *(_number(counts[start][group], language) for group in groups),
            _number(sum(counts[start].values()), language),
        ]
        for start in sorted(counts, reverse=True)
    ]
    return {"head": [month_word, *groups.values(), total_word], "rows": body}


def places_table(
    incidents: Sequence[IncidentView], *, language: str, place_word: str, country_word: str, total_word: str
) -> dict[str, Any]:
    """Incidents by stated place and country, most first."""
    counts: Counter[tuple[str, str]] = Counter()
    for incident in incidents:
        countries = catalogue("countries")
        found = (countries.find(code) for code in incident.values("country"))
        names = ", ".join(entry.label(language) for entry in found if entry)
        counts[", ".join(incident.stated("place")) or "–", names or "–"] += 1
    body = [[place, country, str(number)] for (place, country), number in counts.most_common()]
    return {"head": [place_word, country_word, total_word], "rows": body}


def off_map(rows: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """How many incidents have no place, and how many lie outside both maps."""
    nowhere = outside = 0
    for row in rows:
        if "lat" not in row:
            nowhere += 1
        elif not any(_inside(row, box) for box in (EUROPE, CARIBBEAN)):
            outside += 1
    return nowhere, outside


def _map(box: tuple[float, ...], words: dict[str, str], *, width: float, height: float, brush: bool) -> dict[str, Any]:
    west, south, east, north = box
    name = "europe" if brush or box == EUROPE else "caribbean"
    scale = 1.28 * width if name == "europe" else 4.6 * width
    inside = (
        f"isValid(datum.lat) && datum.lon > {west - 8} && datum.lon < {east + 8}"
        f" && datum.lat > {south - 6} && datum.lat < {north + 4}"
    )
    dots: dict[str, Any] = {
        "transform": [{"filter": inside}],
        "mark": {"type": "point", "filled": True, "size": 34, "stroke": "white", "strokeWidth": 0.5, "clip": True},
        "encoding": {
            "longitude": {"field": "lon", "type": "quantitative"},
            "latitude": {"field": "lat", "type": "quantitative"},
            "color": _colour(),
            "shape": _shape(),
            "opacity": {"condition": {"param": "span", "value": 0.9}, "value": 0.05},
            "tooltip": _tooltip(words),
        },
    }
    if brush:
        dots["params"] = [{"name": "place", "select": {"type": "interval", "mark": {"fillOpacity": 0.1}}}]
    return {
        **({"title": _small_title(words["kingdom"])} if name == "caribbean" else {}),
        "width": {"container": width},
        "height": {"container": height},
        "view": {"fill": "#f3f6f9", "stroke": None, "cornerRadius": 4},
        "projection": {
            "type": "conicEqualArea",
            "parallels": [40, 62] if name == "europe" else [12, 18],
            "rotate": [-12 if name == "europe" else 66.5, 0],
            "center": [0, 53.6 if name == "europe" else 14.9],
            "scale": {"container": scale},
            "translate": [{"container": width / 2}, {"container": height / 2}],
        },
        "layer": [
            {
                "data": {"url": LAND_ADDRESS, "format": {"type": "topojson", "feature": name}},
                "mark": {"type": "geoshape", "fill": "#dfe5ec", "stroke": "white", "strokeWidth": 0.6, "clip": True},
            },
            dots,
        ],
    }


def _small_title(text: str) -> dict[str, Any]:
    return {"text": text, "fontSize": 10, "fontWeight": 400, "color": "#566174", "anchor": "start"}


def _timeline(words: dict[str, str], *, width: float, height: float, brush: bool) -> dict[str, Any]:
    """Bars of all incidents in grey, and over them those of the brushed part of the map by colour group."""
    order = list(catalogue("colour_groups").keys())
    dated: list[dict[str, Any]] = [{"filter": "isValid(datum.m)"}, {"flatten": ["ms", "me"], "as": ["m", "m2"]}]
    times = {
        "x": {
            "field": "m",
            "type": "temporal",
            "scale": {"type": "utc"},
            "axis": {"title": None, "grid": False, "labelOverlap": "greedy", "labelSeparation": 6},
        },
        "x2": {"field": "m2"},
    }
    axis = {"title": None, "orient": "right", "tickCount": 3, "domain": False, "ticks": False, "format": "d"}
    every = {
        "transform": [
            *dated,
            {"aggregate": [{"op": "sum", "field": "weight", "as": "high"}], "groupby": ["m", "m2"]},
            {"calculate": "0", "as": "low"},
        ],
        "mark": {"type": "bar", "color": "#dfe4ea"},
        "encoding": {
            **times,
            "y": {"field": "low", "type": "quantitative", "axis": axis},
            "y2": {"field": "high"},
        },
    }
    stacked = {
        "transform": [
            *([{"filter": {"param": "place"}}] if brush else []),
            *dated,
            {"aggregate": [{"op": "sum", "field": "weight", "as": "n"}], "groupby": ["m", "m2", "group", "word"]},
            {"calculate": f"indexof({json.dumps(order)}, datum.group)", "as": "order"},
            {"stack": "n", "groupby": ["m"], "sort": [{"field": "order"}], "as": ["low", "high"]},
        ],
        "mark": {"type": "bar", "stroke": "white", "strokeWidth": 0.4},
        "encoding": {
            **times,
            "y": {"field": "low", "type": "quantitative", "axis": axis},
            "y2": {"field": "high"},
            "color": _colour(),
            "tooltip": [
                {"field": "m", "type": "temporal", "timeUnit": "utcyearmonth", "title": words["when"]},
                {"field": "word", "title": words["domain"]},
                {"field": "n", "format": ".2~f", "title": words["incidents"]},
            ],
        },
    }
    if brush:
        every["params"] = [{"name": "span", "select": {"type": "interval", "encodings": ["x"]}}]
    return {"width": {"container": width}, "height": height, "layer": [every, stacked]}


def _colour() -> dict[str, Any]:
    groups = catalogue("colour_groups").entries
    scale = {"domain": [group.key for group in groups], "range": [group.fields["hex"] for group in groups]}
    return {"field": "group", "type": "nominal", "scale": scale, "legend": None}


def _shape() -> dict[str, Any]:
    groups = catalogue("colour_groups").entries
    scale = {"domain": [group.key for group in groups], "range": [group.fields["shape"] for group in groups]}
    return {"field": "group", "type": "nominal", "scale": scale, "legend": None}


def _tooltip(words: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"field": "name", "title": words["incident"]},
        {"field": "when", "title": words["when"]},
        {"field": "word", "title": words["domain"]},
    ]


def _months(when: Interval | None) -> list[tuple[int, int]]:
    """Starts and ends, in milliseconds, of the months that the interval touches."""
    if when is None:
        return []
    month = (_EPOCH + timedelta(seconds=when.start)).replace(day=1, hour=0, minute=0, second=0)
    end = _EPOCH + timedelta(seconds=max(when.end, when.start + 1))
    found = []
    while month < end:
        following = (month + timedelta(days=32)).replace(day=1)
        found.append((_milliseconds(month), _milliseconds(following)))
        month = following
    return found


def _fanned(point: tuple[float, float], at: int) -> tuple[float, float]:
    radius = _FAN * math.sqrt(at)
    angle = at * _GOLDEN_ANGLE
    latitude = point[0] + radius * math.sin(angle)
    longitude = point[1] + radius * math.cos(angle) / max(0.3, math.cos(math.radians(point[0])))
    return round(latitude, 3), round(longitude, 3)


def _inside(row: dict[str, Any], box: tuple[float, ...]) -> bool:
    west, south, east, north = box
    return bool(west <= row["lon"] <= east and south <= row["lat"] <= north)


def _number(value: float, language: str) -> str:
    if not value:
        return "0"
    return marked(f"{value:.1f}".removesuffix(".0"), language)


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


@cache
def _land() -> dict[str, Any]:
    land: dict[str, Any] = json.loads(_LAND_FILE.read_text("utf-8"))
    return land
