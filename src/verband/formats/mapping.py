"""What the columns of somebody's csv mean, written in a TOML file.

[source]                     # who says it
key = "cfr"                  # names the source for ever
name = "Cyber Operations Tracker"
publisher = "Council on Foreign Relations"
address = "https://..."
licence = "..."
reliability = "F"            # A-F
marking = "CLEAR"            # of every row that has none of its own

[file]
encoding = "cp1252"          # utf-8 where it is left out
separator = ";"              # the most frequent one of the header where it is left out
header = ["Title", "Date"]   # only for mappings that come along: a file with these columns is read with it

[record]
kind = "incident"
evidence = true              # connecting may read the rows
key = ["Title", "Date"]      # one column as it stands, or several of which the key is a hash
name = "Title"
summary = "Description"      # its first 300 characters; the whole stays in the content
date = "Date"
date_end = "End"
date_order = "mdy"           # for 3/4/2021: mdy or dmy
certainty = "Confidence"
marking = "TLP"
latitude = "Lat"
longitude = "Lon"
actors = ["Sponsor"]         # whoever of them is known becomes a claim of authorship
withheld = ["Victims"]       # names of people: only in the raw document (D1)

[[attribute]]
name = "means"               # domain, country, means, sector, target ...
column = "Type"
separator = ","              # a cell holds several values; one where it is left out
values = { "Doxing" = "hack_and_leak", "n/a" = "" }   # what a word means; "" drops it
value = "cyber"              # instead of a column: the same for every row
sentence = true              # of a country: the cell is a sentence, and the countries named in it count
"""

from __future__ import annotations

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.language.records import SourceInfo
from verband.language.words import fold

#: A mapping says what columns mean; one this long is no mapping.
_LONGEST = 1 << 20


class FilePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the file is written."""

    encoding: str = ""
    separator: str = ""
    header: tuple[str, ...] = ()


class RecordPart(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which column holds what of a record; an empty name is a column that the file does not have."""

    kind: str = "incident"
    evidence: bool = False
    key: tuple[str, ...]
    name: str
    summary: str = ""
    date: str = ""
    date_end: str = ""
    date_order: Literal["ymd", "mdy", "dmy"] = "ymd"
    certainty: str = ""
    marking: str = ""
    latitude: str = ""
    longitude: str = ""
    actors: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()


class AttributePart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One feature: from a column, with what its words mean, or one value for every row."""

    name: str
    column: str = ""
    separator: str = ""
    values: dict[str, str] = {}
    value: str = ""
    sentence: bool = False


class Mapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the columns of a table mean."""

    source: SourceInfo
    record: RecordPart
    file: FilePart = FilePart()
    attribute: tuple[AttributePart, ...] = ()

    def columns(self) -> tuple[str, ...]:
        """Every column that must stand in the file."""
        record = self.record
        single = (record.name, record.summary, record.date, record.date_end, record.certainty, record.marking)
        named = (*record.key, *single, record.latitude, record.longitude, *record.actors, *record.withheld)
        return tuple(dict.fromkeys(name for name in (*named, *(part.column for part in self.attribute)) if name))

    def key_of(self, cells: dict[str, str]) -> str:
        """The row's key: its cell, or a hash of several; empty where all of them are."""
        parts = [cells.get(column, "").strip() for column in self.record.key]
        if len(parts) == 1 or not any(parts):
            return parts[0]
        return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def load_mapping(path: Path | str) -> Mapping:
    """The mapping in a TOML file.

    Raises InputError("file.missing"), ("mapping.unreadable") or ("mapping.field") with the place in the file.
    """
    path = Path(path)
    try:
        if not path.is_file() and path.exists():
            raise InputError("file.not_a_file", file=str(path))
        with path.open("rb") as stream:
            text = stream.read(_LONGEST + 1)
        if len(text) > _LONGEST:
            raise InputError("file.too_large", file=path.name, limit_mib=_LONGEST >> 20)
        return _parsed(text.decode("utf-8-sig"), path.name)
    except FileNotFoundError as error:
        raise InputError("file.missing", file=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError("mapping.unreadable", file=path.name, reason=str(error)) from error
    except OSError as error:
        raise InputError("file.unreadable", file=str(path), reason=error.strerror or "") from error


@cache
def built_in() -> dict[str, Mapping]:
    """The mappings that come along, by file name without its ending."""
    folder = files(__package__).joinpath("mappings")
    entries = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name
    )
    return {entry.name.removesuffix(".toml"): _parsed(entry.read_text("utf-8"), entry.name) for entry in entries}


def fitting(columns: tuple[str, ...]) -> Mapping | None:
    """The mapping that comes along whose header is most like these columns, if more than half of it is there."""
    have = {fold(column) for column in columns}

    def likeness(mapping: Mapping) -> float:
        wanted = {fold(column) for column in mapping.file.header}
        return len(wanted & have) / len(wanted) if wanted else 0.0

    best = max(built_in().values(), key=likeness, default=None)
    return best if best is not None and likeness(best) > 0.5 else None


def _parsed(text: str, name: str) -> Mapping:
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError("mapping.unreadable", file=name, reason=str(error)) from error
    record = raw.get("record")
    if isinstance(record, dict) and isinstance(record.get("key"), str):
        record["key"] = [record["key"]]
    try:
        mapping = msgspec.convert(raw, Mapping)
        Marking(tlp=mapping.source.marking)
    except msgspec.ValidationError as error:
        raise InputError("mapping.field", file=name, reason=str(error)) from error
    if not mapping.record.key:
        raise InputError("mapping.field", file=name, reason="record.key is empty")
    for where, text, limit in (
        ("source.key", mapping.source.key, 200),
        ("source.name", mapping.source.name, 300),
        ("source.reliability", mapping.source.reliability, 1),
        ("record.kind", mapping.record.kind, 60),
        *((f"the name of attribute {at}", part.name, 40) for at, part in enumerate(mapping.attribute, start=1)),
    ):
        if not 0 < len(text.strip()) <= limit:
            raise InputError("mapping.field", file=name, reason=f"{where} has 1 to {limit} characters")
    if mapping.source.reliability not in "ABCDEF":
        raise InputError("mapping.field", file=name, reason="source.reliability is one of A, B, C, D, E, F")
    for part in mapping.attribute:
        if part.sentence and part.name != "country":
            raise InputError("mapping.field", file=name, reason=f"attribute '{part.name}' is not read from a sentence")
        if bool(part.column) == bool(part.value):
            raise InputError("mapping.field", file=name, reason=f"attribute '{part.name}' needs a column or a value")
    return mapping
