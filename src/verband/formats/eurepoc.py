"""EuRepoC's table of cyber incidents: 81 columns, lists written as Python, unknown days written as 01."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial

from verband.formats.actors import Actor, Actors
from verband.formats.fields import attributed, beginning, countries, incident_id, means, plain, reports
from verband.formats.rejects import in_field
from verband.formats.table import Row, Table, TableReading
from verband.language.errors import InputError
from verband.language.records import Attribute, Record, SourceInfo, json_bytes
from verband.language.time import Interval, parse_time, span
from verband.language.words import fold

#: The columns that a record is made of; the other 60 and more are kept in the content.
COLUMNS = (
    "ID", "name", "description", "start_date", "end_date", "incident_type", "receiver_country", "receiver_category",
    "receiver_category_subcode", "initiator_name", "initiator_country", "initiator_category", "attribution_basis",
)  # fmt: skip
#: Names of victims are in the raw document only (D1).
WITHHELD = ("receiver_name",)
#: Names of initiators are withheld too where the row says that a person acted alone.
_INITIATOR_NAMES = ("initiator_name", "attributed_initiator", "attributing_actor")
_PERSON = "Individual hacker(s)"

_SOURCE = SourceInfo(
    key="eurepoc",
    name="EuRepoC Global Dataset of Cyber Incidents",
    publisher="European Repository of Cyber Incidents",
    address="https://eurepoc.eu",
)
#: EuRepoC's words for a receiver -> the words for sectors of the table of public incidents. Categories of people
#: (social groups, religious, ethnic, opposition, end users) have none on purpose: they are in no evidence row (P12).
_SECTORS = {
    "state institutions / political system": "government",
    "government / ministries": "government",
    "civil service / administration": "government",
    "legislative": "government",
    "judiciary": "government",
    "military": "defence",
    "defence industry": "defence",
    "intelligence agencies": "intelligence",
    "police": "police",
    "political parties": "political parties",
    "election infrastructure / related systems": "elections",
    "critical infrastructure": "critical infrastructure",
    "telecommunications": "telecom",
    "energy": "energy",
    "finance": "finance",
    "transportation": "transport",
    "health": "health",
    "chemicals": "chemicals",
    "water": "water",
    "food": "food",
    "media": "media",
    "science": "knowledge",
    "international / supranational organization": "international organisation",
}
_CORPORATE = "corporate targets"


def read_eurepoc(table: Table, actors: Callable[[], Actors]) -> TableReading:
    """The incidents of an EuRepoC table. Raises InputError("table.column_missing")."""
    table.require(COLUMNS)
    return TableReading("eurepoc", table, _SOURCE, _stated_key, partial(_record, actors=actors))


def _record(row: Row, actors: Callable[[], Actors]) -> Record:
    key = _stated_key(row)
    if not key:
        raise InputError("table.key_empty", field="ID")
    thing = incident_id(_SOURCE.key, key)
    initiators = _values(row, "initiator_name")
    named = _initiators(initiators, actors())
    states = tuple(
        actor
        for country in _values(row, "initiator_country")
        if (actor := actors().resolve(country)) is not None and actor.kind == "country"
    )
    return Record(
        key=key,
        kind="incident",
        thing=thing,
        name=row.text("name"),
        summary=beginning(row.text("description")),
        content=_content(row, withhold_initiators=not named and _PERSON in _values(row, "initiator_category")),
        line=row.line,
        when=_when(row),
        certainty="; ".join(dict.fromkeys(_values(row, "attribution_basis"))),
        evidence=True,
        attributes=(
            Attribute("domain", "cyber", "cyber"),
            *countries(_values(row, "receiver_country")),
            *means(dict.fromkeys(_values(row, "incident_type"))),
            *_sectors(row),
            *reports(_values(row, "sources_url")),
            *plain("technique", dict.fromkeys((*_values(row, "MITRE_initial_access"), *_values(row, "MITRE_impact")))),
        ),
        links=attributed(thing, (*named, *states)),
    )


def _stated_key(row: Row) -> str:
    return row.text("ID")


def _when(row: Row) -> Interval | None:
    """From start to end: 01-01 is the year, -01 the month, because the source writes unknown parts as 01."""
    ends = []
    for column in ("start_date", "end_date"):
        text = row.text(column).partition(" ")[0]
        with in_field(column):
            if text:
                # Read as a day first, so that an impossible one is refused.
                parse_time(text)
                ends.append(parse_time(re.sub(r"(-01){1,2}$", "", text)))
    with in_field("end_date"):
        return span(*ends) if len(ends) == 2 else next(iter(ends), None)


def _values(row: Row, column: str) -> tuple[str, ...]:
    """Every word in a cell, in order, however deep its lists nest; a word that says nothing is known is left out."""
    return tuple(word for word in _all_values(row, column) if fold(word) not in ("", "not available", "unknown", "nan"))


def _all_values(row: Row, column: str) -> tuple[str, ...]:
    with in_field(column):
        return listed(row.text(column))


@lru_cache(maxsize=4096)
def listed(text: str) -> tuple[str, ...]:
    """The words of a cell in order: of a Python list however deep, or between `;`.

    Raises InputError("table.list_unreadable").
    """
    if not text.startswith("["):
        return tuple(part.strip() for part in text.split(";"))
    try:
        return tuple(word.strip() for word in _flat(ast.literal_eval(text)))
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise InputError("table.list_unreadable", text=text[:80]) from error


def _flat(value: object) -> Iterator[str]:
    if isinstance(value, list | tuple):
        for inner in value:
            yield from _flat(inner)
    else:
        yield str(value)


def _sectors(row: Row) -> tuple[Attribute, ...]:
    """The sector of each receiver: of the finer word where there is one, else of the coarser."""
    coarse = _all_values(row, "receiver_category")
    fine = _all_values(row, "receiver_category_subcode")
    fine = fine if len(fine) == len(coarse) else ("",) * len(coarse)
    found: dict[str, Attribute] = {}
    for category, subcode in zip(coarse, fine, strict=True):
        if not sector_of(category):
            continue
        word = subcode if sector_of(subcode) else category
        found.setdefault(sector_of(word), Attribute("sector", sector_of(word), word))
    return tuple(found.values())


def sector_of(word: str) -> str:
    """The sector that a word for a receiver means; empty for categories of people (P12) and words not known."""
    folded = fold(word)
    return "industry" if folded.startswith(_CORPORATE) else _SECTORS.get(folded, "")


def _initiators(names: tuple[str, ...], actors: Actors) -> tuple[Actor, ...]:
    """Each name holds one actor's aliases between slashes, and may hold its service in brackets or behind `<`."""
    found = (actors.one_of((name, *re.split(r"[/<]", re.sub(r"\([^)]*\)$", "", name)))) for name in names)
    return tuple(actor for actor in found if actor is not None)


def _content(row: Row, *, withhold_initiators: bool) -> bytes:
    out = (*WITHHELD, *(_INITIATOR_NAMES if withhold_initiators else ()))
    fields: dict[str, object] = {name: cell for name, cell in row.cells.items() if name not in out}
    return json_bytes({**fields, "withheld": sorted(name for name in out if row.cells.get(name))})
