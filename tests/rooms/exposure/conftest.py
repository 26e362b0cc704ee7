"""A small network that can be worked out by hand, and readers with the ceilings and powers that a test names."""

from __future__ import annotations

from datetime import UTC, datetime

from verband.language.markings import Ceiling
from verband.rooms.exposure import services
from verband.rooms.people.services import Reader

NOW = datetime(2026, 6, 1, tzinfo=UTC)
#: Grid -> pumps (4 h) -> water (8 h); water needs one of two labs; both labs lean on one maker of reagent.
PROCESSES = (
    ("grid", "process", "North", "A"),
    ("pumps", "asset", "", ""),
    ("water", "process", "West", "A"),
    ("taps", "process", "East", "B"),
)
SUPPLIERS = (("lab-one", "Ruritania", "Ruritania"), ("lab-two", "China", "Iran"), ("reagent", "China", "China"))
REQUIREMENTS = (
    ("pumps", "grid", "1", "4"),
    ("water", "pumps", "1", "8"),
    ("water", "lab-one;lab-two", "1", "10"),
    ("lab-one", "reagent", "1", "0"),
    ("lab-two", "reagent", "1", "2"),
    ("taps", "lab-one", "1", "1"),
)


def reader(*powers: str, tlp: str = "CLEAR", name: str = "ann") -> Reader:
    """Somebody with that ceiling and those powers."""
    return Reader(name, "Ann", "home", "analyst", Ceiling(tlp), frozenset(), frozenset(), frozenset(powers))


WRITER = reader("assess", "upload", "export", tlp="RED")


def process(key: str, **cells: str) -> dict[str, str]:
    """The cells of a process."""
    named = {"key": key, "kind": "process", "name_nl": f"Proces {key}", "name_en": f"Process {key}"}
    return {**named, "source": f"Source of {key}", "marking": "CLEAR", **cells}


def add(register: str, *, marking: str = "CLEAR", **cells: str) -> None:
    """Keep a row."""
    services.add(register, {"source": "A paper", "marking": marking, **cells}, who=WRITER, now=NOW)


def fill(*, swapped: dict[str, str] | None = None) -> None:
    """The small network; `swapped` puts other names in the place of states."""
    for key, kind, owner, grade in PROCESSES:
        impact = "People without it, as judged by the board" if grade else ""
        services.add("processes", process(key, kind=kind, owner=owner, grade=grade, impact=impact), who=WRITER, now=NOW)
    for key, country, controlled in SUPPLIERS:
        here, there = ((swapped or {}).get(word, word) for word in (country, controlled))
        add("suppliers", key=key, name=f"Firm {key}", country=here, controlled_from=there)
    for node, members, k, buffer in REQUIREMENTS:
        add("requirements", node=node, members=members, k=k, buffer_h=buffer)
