"""A csv whose columns a mapping explains."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from verband.formats.actors import Actors
from verband.formats.fields import (
    attributed,
    beginning,
    catalogued,
    countries,
    countries_named,
    degrees,
    interests,
    interval,
    marking,
    means,
    parts,
    plain,
    reports,
)
from verband.formats.mapping import AttributePart, Mapping, RecordPart, fitting, load_mapping
from verband.formats.raw import RawFile
from verband.formats.rejects import in_field
from verband.formats.table import Row, TableReading, open_table
from verband.language.errors import InputError
from verband.language.ids import stix_id
from verband.language.records import Attribute, Record, json_bytes
from verband.language.time import Interval, parse_time
from verband.language.words import fold


def open_mapped(
    file: RawFile, mapping: Path | str | None, actors: Callable[[], Actors], *, encoding: str = ""
) -> TableReading:
    """The rows of a table by a mapping, given or found by the header.

    Raises InputError("format.mapping_needed") where none is given and none fits, ("table.column_missing") where a
    column that the mapping names is not there, or what reading the mapping raises.
    """
    given = load_mapping(mapping) if mapping is not None else None
    table = open_table(
        file,
        encoding=encoding or (given.file.encoding if given else ""),
        separator=given.file.separator if given else "",
    )
    chosen = given or fitting(table.columns)
    if chosen is None:
        raise InputError("format.mapping_needed", file=file.name, columns=", ".join(table.columns[:12]))
    if given is None and (chosen.file.encoding or chosen.file.separator):
        table = open_table(file, encoding=encoding or chosen.file.encoding, separator=chosen.file.separator)
    table.require((*chosen.columns(), *chosen.file.header))
    return TableReading(
        "csv", table, chosen.source, partial(_key_of, mapping=chosen), partial(_record, mapping=chosen, actors=actors)
    )


def _record(row: Row, mapping: Mapping, actors: Callable[[], Actors]) -> Record:
    columns = mapping.record
    key = mapping.key_of(row.cells)
    if not key:
        raise InputError("table.key_empty", field=", ".join(columns.key))
    thing = stix_id(columns.kind, mapping.source.key, key)
    return Record(
        key=key,
        kind=columns.kind,
        thing=thing,
        name=row.text(columns.name),
        summary=beginning(row.text(columns.summary)),
        content=_content(row, columns.withheld),
        line=row.line,
        when=_when(row, columns),
        certainty=row.text(columns.certainty),
        evidence=columns.evidence,
        marking=marking(row.text(columns.marking), columns.marking),
        latitude=degrees(row.text(columns.latitude), 90, columns.latitude),
        longitude=degrees(row.text(columns.longitude), 180, columns.longitude),
        attributes=tuple(attribute for part in mapping.attribute for attribute in _attributes(row, part, mapping)),
        links=attributed(thing, (actor for column in columns.actors for actor in actors().named_in(row.text(column)))),
    )


def _key_of(row: Row, mapping: Mapping) -> str:
    return mapping.key_of(row.cells)


def _when(row: Row, columns: RecordPart) -> Interval | None:
    first, last = row.text(columns.date), row.text(columns.date_end)
    for column, text in ((columns.date, first), (columns.date_end, last)):
        with in_field(column):
            if text:
                parse_time(text, order=columns.date_order)
    with in_field(columns.date_end or columns.date):
        return interval(first, last, order=columns.date_order)


def _attributes(row: Row, part: AttributePart, mapping: Mapping) -> tuple[Attribute, ...]:
    if part.value:
        return _feature(part.name, (part.value,))
    text = row.text(part.column)
    if part.sentence:
        return () if _shifted(row, mapping) else countries_named(text)
    if part.name == "report":
        return reports(parts(text, part.separator or "\n"))
    words = parts(text, part.separator) if part.separator else parts(text, "\n")
    # A row shifted by a column holds addresses where words should be.
    words = tuple(word for word in words if "://" not in word)
    meanings = {fold(word): meaning for word, meaning in part.values.items()}
    found: dict[str, Attribute] = {}
    for word in words:
        meaning = meanings.get(fold(word), word)
        for attribute in _feature(part.name, (meaning,) if meaning else ()):
            found.setdefault(attribute.value, Attribute(part.name, attribute.value, word))
    return tuple(found.values())


def _shifted(row: Row, mapping: Mapping) -> bool:
    """Whether an address stands where a word should: then every cell may belong to another column."""
    words = (part.column for part in mapping.attribute if part.column and part.name != "report" and not part.sentence)
    return any("://" in row.text(column) for column in words)


def _feature(name: str, words: tuple[str, ...]) -> tuple[Attribute, ...]:
    """Attributes of one name, by the catalogue where the name has one."""
    match name:
        case "means":
            return means(words)
        case "country":
            return countries(words)
        case "domain":
            return catalogued(name, words, "domains")
        case "interest":
            with in_field(name):
                return interests(words)
        case _:
            return plain(name, words)


def _content(row: Row, withheld: tuple[str, ...]) -> bytes:
    fields: dict[str, object] = {name: cell for name, cell in row.cells.items() if name not in withheld}
    if withheld:
        fields["withheld"] = sorted(name for name in withheld if row.cells.get(name))
    return json_bytes(fields)
