"""Incidents as a reader may see them: composed from visible records, one for each group of things held the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from verband.language.errors import InputError
from verband.language.markings import Ceiling, highest
from verband.language.markings import Marking as MarkingValue
from verband.language.time import Interval, parse_time
from verband.rooms.picture import derived, markings, sameness
from verband.rooms.picture.kinds import EVENTS, HAPPENED
from verband.rooms.picture.models import Attribute, Record

#: Attributes by which the list of incidents can be filtered, in the order of the form.
FILTERS = ("domain", "country", "interest", "theme", "means", "sector", "event_type")


@dataclass(frozen=True)
class Value:
    """An attribute's folded value and the source's own word for it."""

    name: str
    value: str
    stated: str


@dataclass(frozen=True)
class RecordView:
    """One source's statement as a reader sees it in lists."""

    id: int
    source: str
    source_name: str
    key: str
    name: str
    summary: str
    certainty: str
    reliability: str
    credibility: str
    when: Interval | None
    marking: MarkingValue
    evidence: bool
    recorded_at: int
    latitude: float | None
    longitude: float | None
    values: tuple[Value, ...]


@dataclass(frozen=True)
class IncidentView:
    """One incident: the visible records of one group of things, newest first. The first record leads."""

    id: int
    stix_id: str
    records: tuple[RecordView, ...]
    marking: MarkingValue

    @property
    def lead(self) -> RecordView:
        return self.records[0]

    @property
    def name(self) -> str:
        return self.lead.name

    @property
    def domains(self) -> tuple[str, ...]:
        return self.values("domain")

    @property
    def countries(self) -> tuple[str, ...]:
        return self.values("country")

    @property
    def event_types(self) -> tuple[str, ...]:
        return self.values("event_type")

    @property
    def when(self) -> Interval | None:
        return next((record.when for record in self.records if record.when), None)

    @property
    def evidence(self) -> bool:
        """Whether any of its records may be read by connecting."""
        return any(record.evidence for record in self.records)

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees, of the first record that has them."""
        for record in self.records:
            if record.latitude is not None and record.longitude is not None:
                return record.latitude, record.longitude
        return None

    def values(self, name: str) -> tuple[str, ...]:
        """The folded values of an attribute over all records, in order, each once."""
        return tuple(dict.fromkeys(v.value for record in self.records for v in record.values if v.name == name))

    def stated(self, name: str) -> tuple[str, ...]:
        """The words as stated for an attribute over all records, each once."""
        return tuple(dict.fromkeys(v.stated for record in self.records for v in record.values if v.name == name))


@dataclass(frozen=True)
class Filter:
    """What an address asks for. Values are folded keys; times are seconds since 1970."""

    values: dict[str, tuple[str, ...]] = field(default_factory=dict)
    text: str = ""
    start: int | None = None
    end: int | None = None
    source: str = ""
    new_since: int | None = None
    evidence_only: bool = False
    kinds: tuple[str, ...] = HAPPENED

    @classmethod
    def from_query(cls, query: dict[str, list[str]]) -> Filter:
        """The filter that an address's query means. Raises what `parse_time` raises for `from` and `until`."""
        first = (query.get("from") or [""])[0].strip()
        last = (query.get("until") or [""])[0].strip()
        start = parse_time(first).start if first else None
        end = parse_time(last).end if last else None
        if start is not None and end is not None and end <= start:
            raise InputError("time.reversed", text=f"{first} - {last}")
        return cls(
            values={name: tuple(filter(None, query[name])) for name in FILTERS if any(query.get(name, ()))},
            text=(query.get("text") or [""])[0].strip(),
            start=start,
            end=end,
            source=(query.get("source") or [""])[0],
            kinds=EVENTS if "context" in query.get("with", ()) else HAPPENED,
        )


def records(ceiling: Ceiling, *, known_on: int | None = None) -> QuerySet[Record]:
    """The records that may be seen under the ceiling: current ones, or those current at the moment `known_on`.

    Every query on records starts here.
    """
    found = Record.objects.filter(marking_id__in=markings.visible(ceiling))
    if known_on is None:
        return found.filter(replaced_at=None)
    later = Q(replaced_at=None) | Q(replaced_at__gt=known_on)
    return found.filter(later, recorded_at__lte=known_on)


def incidents(ceiling: Ceiling, wanted: Filter | None = None, *, known_on: int | None = None) -> list[IncidentView]:
    """Incidents and disclosures that match, newest first, undated ones last; responses and context where asked for.

    A filter that matches one record of an incident brings in all of its visible records.
    """
    wanted = wanted or Filter()
    rows = records(ceiling, known_on=known_on).filter(event__in=wanted.kinds, live=True, thing__isnull=False)
    groups = sameness.groups(ceiling, known_on=known_on)
    if wanted != Filter():
        matching = _matching(rows, wanted).values("thing_id")
        rows = rows.filter(Q(thing__in=matching) | Q(thing__in=_partners(matching, groups)))
    found = compose(rows, groups)
    asked = {name: set(values) for name, values in wanted.values.items() if derived.is_derived(name)}
    return [view for view in found if all(asked[name] & set(derived.values(view, name)) for name in asked)]


def _partners(matching: QuerySet[Record, Any], groups: Mapping[int, int]) -> list[int]:
    """Things held the same as one that matches."""
    if not groups:
        return []
    hit = {groups[row["thing_id"]] for row in matching.filter(thing__in=list(groups))}
    return [thing for thing, group in groups.items() if group in hit]


def compose(rows: QuerySet[Record], groups: Mapping[int, int]) -> list[IncidentView]:
    """Incidents made of these records, newest first, undated last, ties in the order in which they were recorded."""
    fields = [
        "id",
        "key",
        "name",
        "summary",
        "certainty",
        "reliability",
        "credibility",
        "about_start",
        "about_end",
        "about_precision",
        "marking_id",
        "evidence",
        "recorded_at",
        "latitude",
        "longitude",
        "source__key",
        "source__name",
        "thing_id",
        "thing__stix_id",
    ]
    values = _values(rows)
    by_marking = markings.values()
    views: dict[int, list[RecordView]] = defaultdict(list)
    stix_ids: dict[int, str] = {}
    for row in rows.values(*fields).order_by("id"):
        group = groups.get(row["thing_id"], row["thing_id"])
        stix_ids.setdefault(group, row["thing__stix_id"])
        views[group].append(_view(row, values.get(row["id"], ()), by_marking))
    found = [
        IncidentView(group, stix_ids[group], _leading_first(of_one), highest(view.marking for view in of_one))
        for group, of_one in views.items()
    ]
    return sorted(found, key=lambda view: -(view.when.start if view.when else -(2**40)))


def _leading_first(views: Sequence[RecordView]) -> tuple[RecordView, ...]:
    """Best graded source first, then the first recorded."""
    return tuple(sorted(views, key=lambda view: (view.reliability, view.credibility)))


def _matching(rows: QuerySet[Record], wanted: Filter) -> QuerySet[Record]:
    for name, values in wanted.values.items():
        if derived.is_derived(name):
            continue
        rows = rows.filter(Exists(Attribute.objects.filter(record=OuterRef("pk"), name=name, value__in=values)))
    if wanted.text:
        words = wanted.text.split()
        for word in words:
            rows = rows.filter(Q(name__icontains=word) | Q(summary__icontains=word))
    if wanted.start is not None:
        rows = rows.filter(about_end__gt=wanted.start)
    if wanted.end is not None:
        rows = rows.filter(about_start__lt=wanted.end)
    if wanted.source:
        rows = rows.filter(source__key=wanted.source)
    if wanted.new_since is not None:
        rows = rows.filter(recorded_at__gt=wanted.new_since)
    if wanted.evidence_only:
        rows = rows.filter(evidence=True)
    return rows


def _values(rows: QuerySet[Record]) -> dict[int, tuple[Value, ...]]:
    found: dict[int, list[Value]] = defaultdict(list)
    query = Attribute.objects.filter(record__in=rows.values("pk")).order_by("pk")
    for record, name, value, stated in query.values_list("record_id", "name", "value", "stated"):
        found[record].append(Value(name, value, stated))
    return {record: tuple(values) for record, values in found.items()}


def _view(row: dict[str, object], values: tuple[Value, ...], by_marking: dict[int, MarkingValue]) -> RecordView:
    start, end = row["about_start"], row["about_end"]
    when = (
        Interval(start, end, str(row["about_precision"])) if isinstance(start, int) and isinstance(end, int) else None
    )
    return RecordView(
        id=row["id"],  # type: ignore[arg-type]
        source=str(row["source__key"]),
        source_name=str(row["source__name"]),
        key=str(row["key"]),
        name=str(row["name"]),
        summary=str(row["summary"]),
        certainty=str(row["certainty"]),
        reliability=str(row["reliability"]),
        credibility=str(row["credibility"]),
        when=when,
        marking=by_marking[row["marking_id"]],  # type: ignore[index]
        evidence=bool(row["evidence"]),
        recorded_at=row["recorded_at"],  # type: ignore[arg-type]
        latitude=row["latitude"],  # type: ignore[arg-type]
        longitude=row["longitude"],  # type: ignore[arg-type]
        values=values,
    )
