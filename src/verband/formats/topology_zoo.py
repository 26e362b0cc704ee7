"""Networks of the Internet Topology Zoo: GraphML with a label and a place for each node.

The Zoo draws networks from public maps, many of them old: Knight et al. 2011, "The Internet Topology Zoo", IEEE JSAC
29(9), which its makers ask to be cited. A document type or an entity in the XML is refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from verband.formats.limits import LIMITS, Limits
from verband.formats.raw import RawFile, look_at
from verband.formats.topology import Point, Refusal, Tie, Topology, degrees
from verband.language.errors import InputError


@dataclass
class _Unit:
    """A node or edge while it is read: its line, its attributes and its data by the name of their key."""

    tag: str
    line: int
    attributes: dict[str, str]
    data: dict[str, str] = field(default_factory=dict)


def read_zoo(path: Path | str, *, limits: Limits = LIMITS) -> Topology:
    """The network in a GraphML file: nodes are points, edges connections, parallel edges each one of their own.

    Rejected are a node without an id or with one that was seen, a place that is no number or not on the earth, an edge
    from a node to itself or to one that is not there. Raises InputError("topology.xml") with the line for what is no
    XML or no GraphML, ("topology.doctype"), ("file.too_many"), and what looking at the file raises.
    """
    file = look_at(path, limits=limits)
    reading = _Reading(file)
    reading.run()
    return reading.topology()


class _Reading:
    """One file being read by expat, unit by unit."""

    def __init__(self, file: RawFile) -> None:
        self.file = file
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.keys: dict[str, str] = {}
        self.graph: dict[str, str] = {}
        self.units: list[_Unit] = []
        self.open: _Unit | None = None
        self.key = ""
        self.text: list[str] = []
        self.seen_root = False

    def run(self) -> None:
        """Read it all."""
        parser = self.parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.text.append
        parser.StartDoctypeDeclHandler = self._refuse
        parser.EntityDeclHandler = self._refuse
        try:
            parser.Parse(bytes(self.file.read()), True)
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code)
            raise InputError("topology.xml", file=self.file.name, line=error.lineno, reason=reason) from error

    def _refuse(self, *declared: object) -> None:
        raise InputError("topology.doctype", file=self.file.name, line=self.parser.CurrentLineNumber)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if not self.seen_root and tag != "graphml":
            raise InputError("topology.xml", file=self.file.name, line=self.parser.CurrentLineNumber, reason=f"<{tag}>")
        self.seen_root = True
        self.text.clear()
        if tag == "key":
            self.keys[attributes.get("id", "")] = attributes.get("attr.name", "")
        elif tag in ("node", "edge"):
            if len(self.units) >= self.file.limits.objects:
                raise InputError("file.too_many", file=self.file.name, limit=self.file.limits.objects)
            self.open = _Unit(tag, self.parser.CurrentLineNumber, attributes)
            self.units.append(self.open)
        elif tag == "data":
            self.key = self.keys.get(attributes.get("key", ""), "")

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "data":
            (self.graph if self.open is None else self.open.data)[self.key] = "".join(self.text).strip()
        elif tag in ("node", "edge"):
            self.open = None

    def topology(self) -> Topology:
        """What was read."""
        rejects: list[Refusal] = []
        points: dict[str, Point] = {}
        ties: list[Tie] = []
        between: Counter[frozenset[str]] = Counter()
        for unit in sorted(self.units, key=lambda unit: unit.tag == "edge"):
            try:
                if unit.tag == "node":
                    point = _point(unit, points)
                    points[point.id] = point
                else:
                    ties.append(_tie(unit, points, between))
            except InputError as error:
                rejects.append(Refusal.of(self.file.name, unit.line, error))
        graph = self.graph
        of_when = " ".join(graph[name] for name in ("NetworkDate", "DateType") if graph.get(name, "=") not in ("", "="))
        title = graph.get("Network") or graph.get("label") or Path(self.file.name).stem
        stated = "; ".join(part for part in ("Internet Topology Zoo", title, graph.get("Source", ""), of_when) if part)
        return Topology("zoo", title, stated, tuple(points.values()), tuple(ties), tuple(rejects))


def _point(unit: _Unit, points: dict[str, Point]) -> Point:
    name = unit.attributes.get("id", "").strip()
    if not name:
        raise InputError("topology.no_id", field="id")
    if name in points:
        raise InputError("topology.id_twice", id=name, field="id")
    latitude, longitude = degrees(_number(unit, "Latitude"), _number(unit, "Longitude"))
    return Point(
        id=name,
        name=unit.data.get("label") or f"node {name}",
        kind="telecom_point",
        latitude=latitude,
        longitude=longitude,
        country=unit.data.get("Country", ""),
        notes=() if unit.data.get("Internal", "1") != "0" else ("outside",),
    )


def _tie(unit: _Unit, points: dict[str, Point], between: Counter[frozenset[str]]) -> Tie:
    one, other = unit.attributes.get("source", ""), unit.attributes.get("target", "")
    if one == other:
        raise InputError("topology.loop", point=one, field="target")
    for end, at in ((one, "source"), (other, "target")):
        if end not in points:
            raise InputError("topology.end_unknown", point=end, field=at)
    ends = frozenset((one, other))
    between[ends] += 1
    which = f" ({between[ends]})" if between[ends] > 1 else ""
    name = f"{points[one].name} – {points[other].name}{which}"
    label = unit.data.get("LinkLabel") or unit.data.get("LinkType") or ""
    return Tie(f"{one}-{other}{which}", name, "telecom_line", (one, other), (label,) if label else ())


def _number(unit: _Unit, name: str) -> float | None:
    text = unit.data.get(name, "")
    try:
        return float(text) if text else None
    except ValueError as error:
        raise InputError("topology.number", text=text, field=name) from error
