"""What every format yields: records, links and rejects, in the language's own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import msgspec

from verband.language.time import Interval


class Link(msgspec.Struct, frozen=True):
    """One claim that a record makes about two things. Ends are thing ids in STIX form."""

    kind: str
    source: str
    target: str
    #: The name of an end that no record of its own describes (an actor that an incident names); None otherwise.
    target_name: str | None = None


class Attribute(msgspec.Struct, frozen=True):
    """One value by which a record can be filtered or linked.

    `name` is one of the catalogue's feature names (domain, country, means, sector, malware ...), `value` the folded
    key, `stated` the source's own word.
    """

    name: str
    value: str
    stated: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One source's statement about one thing, as it arrived.

    `key` is the source's own id of it; `thing` the id of the thing in STIX form, None for a record that only links.
    `content` is the JSON of the whole object with every field that arrived, person features left out.
    `version` is the source's own time or number of modification, empty where it has none.
    `evidence` says whether connecting may read it (an incident or a disclosure, never a response or lawful protest).
    """

    key: str
    kind: str
    thing: str | None
    name: str
    content: bytes
    line: int
    version: str = ""
    summary: str = ""
    when: Interval | None = None
    certainty: str = ""
    reliability: str = "F"
    credibility: str = "6"
    live: bool = True
    evidence: bool = False
    marking: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    names: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    links: tuple[Link, ...] = ()


class Reject(msgspec.Struct, frozen=True):
    """What could not be read: where, which field, why (an error code with its sentence), and the text as it stood."""

    line: int
    key: str
    field: str
    code: str
    reason: str
    text: str = ""


class Stripped(msgspec.Struct, frozen=True):
    """A person feature that was left out: the field's own name and how often it stood in the file."""

    field: str
    count: int


class SourceInfo(msgspec.Struct, frozen=True, kw_only=True):
    """Where a file comes from. `key` names the source for ever: the same id from another source is another record."""

    key: str
    name: str
    publisher: str = ""
    address: str = ""
    licence: str = ""
    reliability: str = "F"
    marking: str = "CLEAR"


class Reading(Protocol):
    """A file being read: iterate it once, then ask what was stripped.

    Iteration yields records and rejects in the file's order, so that in = records + rejects.
    """

    format: str
    source: SourceInfo
    total: int | None
    #: Of the raw bytes as they lie on disk.
    sha256: str

    def check_unchanged(self) -> None:
        """Raise InputError("file.changed") where the file on disk is not the one any more that was looked at."""

    def __iter__(self) -> Iterator[Record | Reject]: ...

    @property
    def stripped(self) -> tuple[Stripped, ...]: ...


def json_bytes(value: Any) -> bytes:
    """Canonical JSON: keys sorted, no spaces, UTF-8."""
    return msgspec.json.encode(value, order="deterministic")
