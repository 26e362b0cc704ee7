"""A thing as a reader may see it: the composed view, its records side by side, its links and where it occurs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from django.db.models import F, Q

from verband.language.errors import NotFoundError
from verband.language.markings import Ceiling, highest
from verband.language.markings import Marking as MarkingValue
from verband.language.time import Interval
from verband.language.words import fold
from verband.rooms.picture import markings, reading, sameness
from verband.rooms.picture.models import Link, Name, Record, Sameness, Thing

#: Keys of a record's content that a page shows by themselves or not at all.
_APART = frozenset({"id", "type", "spec_version", "ground_truth", "withheld", "object_marking_refs"})


@dataclass(frozen=True)
class Side:
    """One record in the comparison: its head and its fields as words."""

    record: Record
    marking: MarkingValue
    when: Interval | None
    fields: dict[str, str]
    withheld: tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """One field over all records; `differs` where two records that have it say different things."""

    field: str
    cells: tuple[str, ...]
    differs: bool


@dataclass(frozen=True)
class Neighbour:
    """A thing at the other end of a link, under a name that the reader may see."""

    stix_id: str
    kind: str
    name: str
    records: int


@dataclass(frozen=True)
class ThingView:
    """Everything about one thing that this reader may see."""

    stix_id: str
    kind: str
    name: str
    names: tuple[str, ...]
    marking: MarkingValue
    sides: tuple[Side, ...]
    rows: tuple[Row, ...]
    outgoing: dict[str, list[Neighbour]]
    incoming: dict[str, list[Neighbour]]
    samenesses: tuple[Sameness, ...]
    members: tuple[int, ...]


def view(stix_id: str, ceiling: Ceiling, *, known_on: int | None = None) -> ThingView:
    """The composed view of a thing.

    Raises NotFoundError("picture.no_thing") alike for a thing that does not exist and one that the reader may not see.
    """
    thing = Thing.objects.filter(stix_id=stix_id).first()
    if thing is None:
        raise NotFoundError("picture.no_thing", id=stix_id)
    members = _members(thing.pk, ceiling, known_on)
    visible = reading.records(ceiling, known_on=known_on)
    sides = [
        _side(record) for record in visible.filter(thing__in=members).select_related("source", "document", "marking")
    ]
    names = _names(members, visible)
    if not sides and not names:
        raise NotFoundError("picture.no_thing", id=stix_id)
    sides.sort(key=lambda side: (side.record.reliability, side.record.credibility, side.record.pk))
    title = next((side.record.name for side in sides if side.record.name), names[0] if names else stix_id)
    return ThingView(
        stix_id=stix_id,
        kind=thing.kind,
        name=title,
        names=tuple(name for name in names if name != title),
        marking=highest(side.marking for side in sides),
        sides=tuple(sides),
        rows=compare(sides),
        outgoing=_neighbours(members, visible, outgoing=True),
        incoming=_neighbours(members, visible, outgoing=False),
        samenesses=tuple(sameness.of_things(members, ceiling)),
        members=tuple(members),
    )


def compare(sides: Sequence[Side]) -> tuple[Row, ...]:
    """Fields side by side, those that differ first, each kind in the order of the records."""
    fields = dict.fromkeys(name for side in sides for name in side.fields)
    rows = []
    for name in fields:
        cells = tuple(side.fields.get(name, "") for side in sides)
        rows.append(Row(name, cells, len({cell for cell in cells if cell}) > 1))
    return tuple(sorted(rows, key=lambda row: not row.differs))


def related(name: str, kind: str, target_kind: str, ceiling: Ceiling) -> list[Neighbour]:
    """Things of `target_kind` that the things of that name point to by live links of `kind`, by name.

    "Techniques of APT29" is `related("APT29", "uses", "attack-pattern", ceiling)`. Revoked and deprecated ones, and
    links asserted by revoked or deprecated records, are left out.
    """
    seen = markings.visible(ceiling)
    current = {"record__replaced_at": None, "record__marking_id__in": seen, "record__live": True}
    starts = Name.objects.filter(folded=fold(name), **current).values("thing_id")
    links = Link.objects.filter(source_thing__in=starts, kind=kind, target_thing__kind=target_kind, **current)
    live = Record.objects.filter(
        thing__in=links.values("target_thing_id"), live=True, replaced_at=None, marking_id__in=seen
    ).values_list("thing__stix_id", "kind", "name")
    found = {stix_id: Neighbour(stix_id, kind_, label, 1) for stix_id, kind_, label in live}
    return sorted(found.values(), key=lambda item: (item.name, item.stix_id))


def _members(thing: int, ceiling: Ceiling, known_on: int | None) -> list[int]:
    groups = sameness.groups(ceiling, known_on=known_on)
    group = groups.get(thing, thing)
    return [thing] if thing not in groups else [member for member, of in groups.items() if of == group]


def _names(members: Sequence[int], visible: Any) -> list[str]:
    found = Name.objects.filter(thing__in=members, record__in=visible.values("pk")).order_by("pk")
    return list(dict.fromkeys(found.values_list("name", flat=True)[:500]))


def _side(record: Record) -> Side:
    content = msgspec.json.decode(bytes(record.content))
    content = content if isinstance(content, dict) else {"value": content}
    if content.get("show_title") == "no":
        # The page's title names a person without public office.
        content.pop("source_title", None)
    withheld = content.get("withheld") or []
    when = None
    if record.about_start is not None and record.about_end is not None:
        when = Interval(record.about_start, record.about_end, record.about_precision)
    return Side(
        record=record,
        marking=record.marking.value(),
        when=when,
        fields={key: _words(value) for key, value in content.items() if key not in _APART and _words(value)},
        withheld=tuple(str(name) for name in withheld),
    )


def _words(value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "; ".join(value)
    return msgspec.json.encode(value).decode()


def _neighbours(members: Sequence[int], visible: Any, *, outgoing: bool) -> dict[str, list[Neighbour]]:
    here, there = ("source_thing", "target_thing") if outgoing else ("target_thing", "source_thing")
    links = Link.objects.filter(Q(**{f"{here}__in": members}), record__in=visible.values("pk"), record__live=True)
    rows = links.annotate(other=F(f"{there}_id"), stix=F(f"{there}__stix_id"), of=F(f"{there}__kind")).values_list(
        "kind", "other", "stix", "of"
    )
    counts: dict[tuple[str, int, str, str], int] = defaultdict(int)
    for row in rows.order_by("pk"):
        counts[row] += 1
    labels = _labels({other for _, other, _, _ in counts}, visible)
    found: dict[str, list[Neighbour]] = defaultdict(list)
    for (kind, other, stix, of), number in counts.items():
        if other in labels:
            found[kind].append(Neighbour(stix, of, labels[other], number))
    return {kind: sorted(items, key=lambda item: item.name) for kind, items in sorted(found.items())}


def _labels(things: set[int], visible: Any) -> dict[int, str]:
    """The first visible name of each thing; one without any is left out, and with it the link."""
    found: dict[int, str] = {}
    wanted = sorted(things)
    for start in range(0, len(wanted), 500):
        names = Name.objects.filter(thing__in=wanted[start : start + 500], record__in=visible.values("pk"))
        for thing, name in names.order_by("pk").values_list("thing_id", "name"):
            found.setdefault(thing, name)
    return found
