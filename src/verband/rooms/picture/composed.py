"""The composed view of a thing: each value once, with every record that states it and how sure that record is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.rooms.picture.reading import IncidentView, RecordView

#: Attributes in the order in which a reader asks for them, with the catalogue that names their values.
_ORDER = {
    "domain": "domains",
    "event_type": "event_types",
    "country": "countries",
    "place": "",
    "means": "means",
    "target": "",
    "sector": "sectors",
    "interest": "interests",
    "theme": "themes",
    "actor_kind": "actor_kinds",
    "modus": "",
    "technique": "",
    "malware": "",
    "vulnerability": "",
    "infrastructure": "",
    "device": "",
    "vessel": "",
}


@dataclass(frozen=True)
class Value:
    """A value of the thing and the source's own word. `catalogue`: the list that knows it, or empty."""

    value: str
    stated: str
    catalogue: str

    @property
    def address(self) -> str:
        """The value as a web address; empty where it is none."""
        return self.stated if self.stated.startswith(("https://", "http://")) else ""


@dataclass(frozen=True)
class Saying:
    """Values of one attribute that stand in the same records, and those records, best graded first."""

    values: tuple[Value, ...]
    records: tuple[RecordView, ...]


@dataclass(frozen=True)
class Field:
    """Everything said about one attribute; `differs` where two records that speak of it share no value."""

    name: str
    label: str
    sayings: tuple[Saying, ...]
    differs: bool


def fields(view: IncidentView, language: str) -> tuple[Field, ...]:
    """The attributes of a thing over all visible records, in the order in which a reader asks for them."""
    names = dict.fromkeys(value.name for record in view.records for value in record.values)
    order = list(_ORDER)
    ranked = sorted(names, key=lambda name: order.index(name) if name in order else len(order))
    return tuple(_field(name, view.records, language) for name in ranked)


def _field(name: str, records: Sequence[RecordView], language: str) -> Field:
    stated: dict[str, str] = {}
    saying: dict[str, list[RecordView]] = {}
    for record in records:
        for value in record.values:
            if value.name == name and record not in saying.setdefault(value.value, []):
                stated.setdefault(value.value, value.stated)
                saying[value.value].append(record)
    together: dict[tuple[int, ...], list[str]] = {}
    for key, own in saying.items():
        together.setdefault(tuple(record.id for record in own), []).append(key)
    sayings = tuple(
        Saying(tuple(Value(key, stated[key], _known(name, key)) for key in keys), tuple(saying[keys[0]]))
        for keys in together.values()
    )
    speaking = [{key for key, own in saying.items() if record in own} for record in records]
    differs = any(a.isdisjoint(b) for a in speaking for b in speaking if a and b)
    entry = catalogue("features").find(name)
    return Field(name, entry.label(language) if entry else name.replace("_", " "), sayings, differs)


def _known(name: str, value: str) -> str:
    """The catalogue that has a word for this value; empty where none does."""
    listed = _ORDER.get(name, "")
    try:
        return listed if listed and catalogue(listed).find(value) else ""
    except InputError:
        return ""
