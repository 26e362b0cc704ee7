"""Known groups as the records tell of them: what each uses, what its software is known for, and who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
from django.db.models import QuerySet

from verband.language.markings import Ceiling, highest
from verband.language.markings import Marking as MarkingValue
from verband.language.words import fold
from verband.rooms.picture import markings, reading, sameness
from verband.rooms.picture.models import Attribute, Link, Name, Record

GROUP: Final = "intrusion-set"
TECHNIQUE: Final = "attack-pattern"
SOFTWARE: Final = ("malware", "tool")
#: A reference to the catalogue itself is no report that backs anything.
_CATALOGUES: Final = frozenset({"mitre-attack", "mitre-ics-attack", "mitre-mobile-attack"})


@dataclass(frozen=True)
class KnownItem:
    """A live technique or software with its number in the catalogue, empty where it has none, and folded names."""

    stix_id: str
    kind: str
    name: str
    number: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class KnownGroup:
    """A live group: by stix id of each thing that it uses, how many different reports say so."""

    stix_id: str
    name: str
    uses: Mapping[str, int]


@dataclass(frozen=True)
class Known:
    """Groups and items in the order in which they were recorded; `carried` holds the techniques of each software.

    `marking`: the highest of all records that this was read from.
    """

    groups: tuple[KnownGroup, ...]
    items: Mapping[str, KnownItem]
    carried: Mapping[str, tuple[str, ...]]
    marking: MarkingValue
    records: int


class _Reference(msgspec.Struct):
    source_name: str = ""


class _Relation(msgspec.Struct):
    external_references: list[_Reference] = []


def known(ceiling: Ceiling, *, known_on: int | None = None) -> Known:
    """Every live group under the ceiling that uses a live technique or software, with all that there is to be used.

    Things held the same count as one. Two records of one relation add up the reports that they cite.
    """
    visible = reading.records(ceiling, known_on=known_on).filter(live=True)
    same = sameness.groups(ceiling, known_on=known_on)
    rows = list(
        visible.filter(kind__in=(GROUP, TECHNIQUE, *SOFTWARE), thing__isnull=False)
        .order_by("pk")
        .values_list("thing_id", "thing__stix_id", "kind", "name", "marking_id")
    )
    things: dict[int, tuple[str, str, str]] = {}
    for thing, stix_id, kind, name, _ in rows:
        things.setdefault(same.get(thing, thing), (stix_id, kind, name))
    links = Link.objects.filter(kind="uses", record__in=visible.values("pk")).order_by("pk")
    backing, read = _backing(links.filter(source_thing__kind=GROUP), things, same)
    carried = _carried(links.filter(source_thing__kind__in=SOFTWARE), things, same)
    return Known(
        groups=tuple(
            KnownGroup(stix_id, name, {item: len(reports) for item, reports in backing[thing].items()})
            for thing, (stix_id, kind, name) in things.items()
            if kind == GROUP and backing.get(thing)
        ),
        items=_items(visible, things, same),
        carried=carried,
        marking=highest(markings.values()[key] for key in {row[4] for row in rows} | read),
        records=len(rows),
    )


_Things = Mapping[int, tuple[str, str, str]]


def _backing(
    links: QuerySet[Link], things: _Things, same: Mapping[int, int]
) -> tuple[dict[int, dict[str, set[str]]], set[int]]:
    """Per group the reports behind each thing used, and the markings of the records that say so."""
    decoder = msgspec.json.Decoder(_Relation)
    found: dict[int, dict[str, set[str]]] = defaultdict(dict)
    marked: set[int] = set()
    rows = links.values_list("source_thing_id", "target_thing_id", "record_id", "record__content", "record__marking_id")
    for source, target, record, content, marking in rows:
        group, item = same.get(source, source), same.get(target, target)
        if group not in things or item not in things or things[item][1] == GROUP:
            continue
        marked.add(marking)
        reports = found[group].setdefault(things[item][0], set())
        reports |= _reports(decoder, bytes(content)) or {f"record {record}"}
    return found, marked


def _reports(decoder: msgspec.json.Decoder[_Relation], content: bytes) -> set[str]:
    try:
        cited = decoder.decode(content).external_references
    except msgspec.DecodeError:
        return set()
    return {one.source_name for one in cited if one.source_name} - _CATALOGUES


def _carried(links: QuerySet[Link], things: _Things, same: Mapping[int, int]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for source, target in links.values_list("source_thing_id", "target_thing_id"):
        software, item = same.get(source, source), same.get(target, target)
        if software in things and item in things and things[item][1] == TECHNIQUE:
            found[things[software][0]][things[item][0]] = None
    return {software: tuple(techniques) for software, techniques in found.items()}


def _items(visible: QuerySet[Record], things: _Things, same: Mapping[int, int]) -> dict[str, KnownItem]:
    wanted = visible.filter(kind__in=(TECHNIQUE, *SOFTWARE)).values("pk")
    names: dict[int, dict[str, None]] = defaultdict(dict)
    for thing, folded in Name.objects.filter(record__in=wanted).order_by("pk").values_list("thing_id", "folded"):
        names[same.get(thing, thing)][folded] = None
    numbers: dict[int, str] = {}
    stated = Attribute.objects.filter(record__in=wanted, name="external_id").order_by("pk")
    for thing, number in stated.values_list("record__thing_id", "value"):
        numbers.setdefault(same.get(thing, thing), number)
    return {
        stix_id: KnownItem(stix_id, kind, name, numbers.get(thing, ""), tuple(names[thing] or {fold(name): None}))
        for thing, (stix_id, kind, name) in things.items()
        if kind != GROUP
    }
