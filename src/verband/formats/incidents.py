"""The project's own tables: public incidents, and the events that the policy texts mention."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from verband.formats.actors import Actors
from verband.formats.fields import (
    attributed,
    beginning,
    catalogued,
    countries,
    degrees,
    incident_id,
    interests,
    interval,
    marking,
    means,
    parts,
    plain,
    reports,
)
from verband.formats.rejects import in_field
from verband.formats.table import Row, Table, TableReading
from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.records import Attribute, Record, SourceInfo, json_bytes
from verband.language.words import closest, fold

PUBLIC = (
    "id", "event_type", "title", "summary", "date_start", "date_end", "country", "place", "lat", "lon", "domain",
    "means", "target", "target_sector", "interests", "actor_as_stated", "actor_kind", "certainty_as_stated",
    "shared_features",
)  # fmt: skip
POLICY = (
    "id", "event_type", "enters_connecting", "title_en", "date_start", "date_end_or_not_after", "threat_actor",
    "target", "interests", "domain", "means", "certainty_as_stated",
)  # fmt: skip
#: The keys of `shared_features` that a method may read; the others name the case, the group or the event.
SHARED_KEYS = ("malware", "vulnerability", "vessel", "infrastructure", "technique", "device", "modus")
#: What a grouping is made by: kept for measuring, never read by a method.
GROUND_TRUTH = ("campaign", "campaign_source_url", "decoy", "note")
_EVENT_TYPES = ("incident", "disclosure", "response", "context_event", "statement_like", "crisis")
_EVIDENCE = frozenset({"incident", "disclosure"})

_PUBLIC_SOURCE = SourceInfo(
    key="public-incidents",
    name="Public incidents of hybrid pressure",
    publisher="Verband",
    licence="CC0-1.0",
)
_POLICY_SOURCE = SourceInfo(
    key="policy-incidents",
    name="Events in the policy texts on state threats",
    publisher="Verband",
    licence="CC0-1.0",
)


def share(columns: tuple[str, ...], wanted: tuple[str, ...]) -> float:
    """Which part of the wanted columns is there, 0-1."""
    return len(set(columns) & set(wanted)) / len(wanted)


def read_incidents(table: Table, actors: Callable[[], Actors]) -> TableReading:
    """The incidents of one of the two tables, told apart by their columns.

    Raises InputError("table.column_missing").
    """
    if share(table.columns, POLICY) > share(table.columns, PUBLIC):
        table.require(POLICY)
        return TableReading("incidents", table, _POLICY_SOURCE, _stated_key, partial(_policy_record, actors=actors))
    table.require(PUBLIC)
    return TableReading("incidents", table, _PUBLIC_SOURCE, _stated_key, partial(_public_record, actors=actors))


def _public_record(row: Row, actors: Callable[[], Actors]) -> Record:
    key = _key(row)
    with in_field("date_start"):
        when = interval(row.text("date_start"), row.text("date_end"))
    latitude, longitude = degrees(row.text("lat"), 90, "lat"), degrees(row.text("lon"), 180, "lon")
    with in_field("interests"):
        interest = interests(parts(row.text("interests")))
    thing = incident_id(_PUBLIC_SOURCE.key, key)
    kind = _event_type(row)
    # A row that calls its actor unknown may still name somebody who was mentioned: that is no claim.
    nobody = fold(row.text("actor_kind")) == "unknown"
    return Record(
        key=key,
        kind=_kind(kind),
        thing=thing,
        name=row.text("title"),
        summary=row.text("summary"),
        content=_content(row),
        line=row.line,
        when=when,
        certainty=row.text("certainty_as_stated"),
        evidence=kind in _EVIDENCE and _enters(row),
        marking=marking(row.text("marking"), "marking"),
        latitude=latitude,
        longitude=longitude,
        attributes=(
            *catalogued("domain", parts(row.text("domain")), "domains"),
            *countries(parts(row.text("country"))),
            *plain("place", parts(row.text("place"))),
            *means(parts(row.text("means"))),
            *plain("target", parts(row.text("target"))),
            *plain("sector", parts(row.text("target_sector"))),
            *interest,
            *plain("event_type", (kind,)),
            *plain("actor_kind", (row.text("actor_kind"),)),
            *_shared(row.text("shared_features")),
            *reports((row.text("source_url"), row.text("second_source_url"))),
        ),
        links=attributed(thing, () if nobody else actors().named_in(row.text("actor_as_stated"))),
    )


def _policy_record(row: Row, actors: Callable[[], Actors]) -> Record:
    key = _key(row)
    with in_field("date_start"):
        # Without a start the other date says only that it was not later: no date of the event.
        when = interval(row.text("date_start"), row.text("date_end_or_not_after"))
        when = when if row.text("date_start") else None
    with in_field("interests"):
        interest = interests(parts(row.text("interests")))
    thing = incident_id(_POLICY_SOURCE.key, key)
    kind = _event_type(row)
    return Record(
        key=key,
        kind=_kind(kind),
        thing=thing,
        name=row.text("title_en"),
        summary=beginning(row.text("title_en")),
        content=_content(row),
        line=row.line,
        when=when,
        certainty=row.text("certainty_as_stated"),
        evidence=_enters(row),
        marking=marking(row.text("marking"), "marking"),
        names=parts(row.text("term_nl"), "\n"),
        attributes=(
            *_policy_domains(parts(row.text("domain"))),
            *means(parts(row.text("means"))),
            *plain("target", parts(row.text("target"))),
            *interest,
            *plain("event_type", (kind,)),
        ),
        links=attributed(thing, actors().named_in(row.text("threat_actor"))),
    )


def _policy_domains(words: Iterable[str]) -> tuple[Attribute, ...]:
    """The thirteen domains for the words of the policy texts; what is none of them (health, assessment) has none."""
    known = catalogue("policy_domains")
    found = [(known.find(word), word) for word in words]
    named = [(str(entry.fields.get("domain", "")), word) for entry, word in found if entry is not None]
    return tuple(Attribute("domain", domain, word) for domain, word in named if domain)


def _stated_key(row: Row) -> str:
    return row.text("id")


def _key(row: Row) -> str:
    if not _stated_key(row):
        raise InputError("table.key_empty", field="id")
    return _stated_key(row)


def _event_type(row: Row) -> str:
    kind = row.text("event_type")
    if kind not in _EVENT_TYPES:
        nearest = closest(kind, _EVENT_TYPES) or ", ".join(_EVENT_TYPES)
        raise InputError("table.word_unknown", word=kind, nearest=nearest, field="event_type")
    return kind


def _kind(event_type: str) -> str:
    return event_type if event_type in ("incident", "disclosure", "response") else "event"


def _enters(row: Row) -> bool:
    """Whether connecting may read the row: lawful protest, context and the like say no (P3)."""
    return row.text("enters_connecting") in ("", "yes")


def _shared(text: str) -> tuple[Attribute, ...]:
    pairs = (part.partition("=") for part in parts(text))
    return tuple(
        Attribute(fold(key), fold(value), value.strip())
        for key, _, value in pairs
        if fold(key) in SHARED_KEYS and fold(value)
    )


def _content(row: Row) -> bytes:
    """The row as it stood; what groups it stands apart, so that nobody reads it by accident."""
    fields: dict[str, object] = {name: cell for name, cell in row.cells.items() if name not in GROUND_TRUTH}
    truth = {name: row.cells[name] for name in GROUND_TRUTH if row.cells.get(name)}
    return json_bytes({**fields, "ground_truth": truth} if truth else fields)
