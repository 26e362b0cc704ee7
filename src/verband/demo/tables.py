"""The embedded tables as frozen values: public incidents, what the source texts say, and the mappings between words.

Every table is a CSV file in `data/`, read as it stands: nothing is derived here. `;` splits the fields that hold
several values, `yes` and `no` are booleans, a missing coordinate is None and every other empty cell is "" or ().
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal, overload

import msgspec

from verband.language.errors import InputError


class PublicIncident(msgspec.Struct, frozen=True, kw_only=True):
    """A publicly reported event, with the page that supports it.

    `campaign`, `campaign_source_url`, `note` and the prefix of the id are ground truth: a method never reads them.
    `date_start` and `date_end` carry their own precision (YYYY, YYYY-MM or YYYY-MM-DD).
    Where `show_title` is False the row is about a person without public office: show publisher and address only.
    `decoy` says why a row looks like an act of a state and is none (crime, accident, coincidence ...); empty otherwise.
    A page that shows such a row shows the word.
    """

    id: str
    event_type: str
    enters_connecting: bool
    enters_reason: str
    title: str
    summary: str
    date_start: str
    date_end: str
    date_precision: str
    country: tuple[str, ...]
    place: str
    lat: float | None
    lon: float | None
    domain: str
    means: tuple[str, ...]
    target: tuple[str, ...]
    target_sector: tuple[str, ...]
    interests: tuple[str, ...]
    actor_as_stated: str
    actor_kind: str
    attribution_as_stated: str
    attributed_by: str
    certainty_as_stated: str
    response_as_stated: str
    shared_features: tuple[str, ...]
    campaign: str
    campaign_source_url: str
    source_title: str
    source_publisher: str
    source_url: str
    source_kind: str
    second_source_url: str
    checked: str
    marking: str
    marking_reason: str
    show_title: bool
    decoy: str
    note: str

    def features(self) -> tuple[tuple[str, str], ...]:
        """The shared features as (key, value), in the order of the row; a key may occur twice."""
        return tuple((key, value) for key, _, value in (part.partition("=") for part in self.shared_features))


class Grouping(msgspec.Struct, frozen=True, kw_only=True):
    """A group of public incidents that a public source makes: canonical name, kind, and whether it counts as truth."""

    campaign: str
    rows: int
    grouping_kind: str
    is_decoy: bool
    counts_as_truth: bool
    reason: str


class SameEventPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two public incidents that are the same event (`same`), or look alike and are not."""

    id_a: str
    id_b: str
    same: bool
    note: str


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """One of the five policy texts. `kamerstuk` is the parliamentary number, empty where the text has none."""

    key: str
    title_nl: str
    title_en: str
    kamerstuk: str
    date: str
    date_note: str
    reading_note: str


class PolicyIncident(msgspec.Struct, frozen=True, kw_only=True):
    """An event that a policy text mentions; only an event with a date by or against somebody enters connecting.

    `theme_key` is the theme under whose heading it stands in the midterm review, empty for the other texts.
    """

    id: str
    event_type: str
    enters_connecting: bool
    enters_reason: str
    title_en: str
    term_nl: str
    date_start: str
    date_end_or_not_after: str
    date_precision: str
    threat_actor: str
    responding_actor: str
    target: str
    interests: tuple[str, ...]
    domain: str
    theme_key: str
    means: str
    response_as_stated: str
    certainty_as_stated: str
    relevance: str
    marking: str
    source: str
    section: str
    line: int
    anchor_nl: str
    note: str


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy text says about an actor, an interest and a means; `*_as_read` is never shown as stated."""

    id: str
    actor_en: str
    actor_nl: str
    actor_kind: str
    interests: tuple[str, ...]
    sub_interest: str
    instrument_en: str
    instrument_nl: str
    domain: str
    theme_key: str
    target: str
    intent_as_read: str
    effect_as_read: str
    certainty_as_stated: str
    horizon: str
    marking: str
    source: str
    section: str
    line: int
    anchor_nl: str


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """A law, plan, promise or rule that a policy text announces; `owner_basis` says whether the owner is stated.

    `theme_key` and `accent` follow the section of the source text where it names them, else the mappings of `theme`;
    not verified where that is our own reading.
    """

    id: str
    type: str
    owed_to_parliament: str
    title_en: str
    title_nl: str
    owner: str
    co_owners: tuple[str, ...]
    owner_basis: str
    date_stated: str
    due_as_stated: str
    status_as_stated: str
    kamerstuk: tuple[str, ...]
    theme: str
    theme_key: str
    theme_verified: bool
    accent: str
    accent_verified: bool
    marking: str
    source: str
    section: str
    line: int
    anchor_nl: str
    note: str


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """One of the eleven themes of the midterm review 2021; trend, verdict, lead owner and interests are readings."""

    theme_no: int
    key: str
    name_en: str
    name_nl: str
    summary_nvs2019: str
    threat_development: str
    resilience_development: str
    approach_development: str
    trend_as_read: str
    approach_verdict_as_read: str
    lead_owner: tuple[str, ...]
    parties: tuple[str, ...]
    interests: tuple[str, ...]
    subthemes: tuple[str, ...]
    marking: str
    source: str
    line_summary: int
    line_threat: int
    line_resilience: int
    line_approach: int


class CycleEdition(msgspec.Struct, frozen=True, kw_only=True):
    """An edition of a phase of the cycle, or a letter beside it, as a policy text mentions it.

    `appeared` where a text says so, `appeared_on` where it says when; `own_text` is the key of its own
    text among the sources, and `called_*` names it within a sentence.
    """

    key: str
    kind: str
    title_nl: str
    title_en: str
    appeared: bool
    appeared_on: str
    due_as_stated: str
    period_as_stated: str
    follows: str
    replaces: tuple[str, ...]
    replaces_as_stated: str
    called_nl: str
    called_en: str
    own_text: str
    marking: str
    source: str
    section: str
    line: int
    anchor_nl: str
    note: str


class ReviewLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the midterm review outside the parts of its themes, or a verdict; a verdict's key is our reading."""

    id: str
    edition: str
    part: str
    theme_key: str
    verdict: str
    text_en: str
    as_read: bool
    marking: str
    source: str
    section: str
    line: int
    anchor_nl: str


class StrategyGoal(msgspec.Struct, frozen=True, kw_only=True):
    """What a strategy sets itself, as a later text summarises it."""

    id: str
    edition: str
    theme_key: str
    text_en: str
    marking: str
    source: str
    section: str
    line: int
    anchor_nl: str
    note: str


class StrategyCell(msgspec.Struct, frozen=True, kw_only=True):
    """What a policy text says about one aspect of one strategy."""

    id: str
    edition: str
    aspect: str
    text_en: str
    marking: str
    source: str
    section: str
    line: int
    anchor_nl: str


class ResponseCode(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a stated response, to the letter, and the instruments it was coded into; none with the reason."""

    id: str
    part: int
    phrase: str
    instruments: tuple[str, ...]
    note: str


class ResponseReading(msgspec.Struct, frozen=True, kw_only=True):
    """What two readings by one coder made of one stated response, and how a difference was settled and why."""

    id: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    settled: tuple[str, ...]
    reason: str


class Duty(msgspec.Struct, frozen=True, kw_only=True):
    """A duty under an act as it stood on a day; a term in hours or in months, None where it has none."""

    key: str
    act: str
    text_en: str
    text_nl: str
    status: str
    stated_on: str
    report_within_h: float | None
    report_within_months: int | None
    counted_from: str
    source: str
    marking: str


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One cell that differs from the table it was read from, with the reason; a name or origin is not repeated."""

    table: str
    row_id: str
    column: str
    old: str
    new: str
    reason: str


class MappingEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What one word of a table means in the keys of the catalogues; not `verified` where it is our own reading."""

    keys: tuple[str, ...]
    verified: bool
    note: str = ""


TABLES: dict[str, type[msgspec.Struct]] = {
    "public_incidents": PublicIncident,
    "groupings": Grouping,
    "same_event_pairs": SameEventPair,
    "sources": Source,
    "policy_incidents": PolicyIncident,
    "statements": Statement,
    "commitments": Commitment,
    "themes": Theme,
    "cycle_editions": CycleEdition,
    "review_lines": ReviewLine,
    "strategy_goals": StrategyGoal,
    "strategy_cells": StrategyCell,
    "response_codes": ResponseCode,
    "response_readings": ResponseReading,
    "duties": Duty,
    "CHANGES": Change,
}

MAPPINGS = (
    "domain_word_to_domain",
    "interest_word_to_interest",
    "incident_domain_to_theme",
    "section_to_theme",
    "commitment_theme_to_theme",
    "commitment_theme_to_accent",
)


@overload
def load(name: Literal["public_incidents"]) -> tuple[PublicIncident, ...]: ...
@overload
def load(name: Literal["groupings"]) -> tuple[Grouping, ...]: ...
@overload
def load(name: Literal["same_event_pairs"]) -> tuple[SameEventPair, ...]: ...
@overload
def load(name: Literal["sources"]) -> tuple[Source, ...]: ...
@overload
def load(name: Literal["policy_incidents"]) -> tuple[PolicyIncident, ...]: ...
@overload
def load(name: Literal["statements"]) -> tuple[Statement, ...]: ...
@overload
def load(name: Literal["commitments"]) -> tuple[Commitment, ...]: ...
@overload
def load(name: Literal["themes"]) -> tuple[Theme, ...]: ...
@overload
def load(name: Literal["cycle_editions"]) -> tuple[CycleEdition, ...]: ...
@overload
def load(name: Literal["review_lines"]) -> tuple[ReviewLine, ...]: ...
@overload
def load(name: Literal["strategy_goals"]) -> tuple[StrategyGoal, ...]: ...
@overload
def load(name: Literal["strategy_cells"]) -> tuple[StrategyCell, ...]: ...
@overload
def load(name: Literal["response_codes"]) -> tuple[ResponseCode, ...]: ...
@overload
def load(name: Literal["response_readings"]) -> tuple[ResponseReading, ...]: ...
@overload
def load(name: Literal["duties"]) -> tuple[Duty, ...]: ...
@overload
def load(name: Literal["CHANGES"]) -> tuple[Change, ...]: ...


def load(name: str) -> tuple[Any, ...]:
    """Every row of one embedded table, in the order of the file.

    Raises InputError("demo.table_unknown") for another name, InputError("demo.cell_unreadable") for a cell that is not
    of its kind, with the line of the file.
    """
    return _rows(name)


@cache
def load_mapping(name: str) -> Mapping[str, MappingEntry]:
    """One mapping table of `data/mappings`: the word as it stands in a table -> the keys it means.

    Raises InputError("demo.table_unknown") for another name.
    """
    if name not in MAPPINGS:
        raise InputError("demo.table_unknown", name=name, known=", ".join(MAPPINGS))
    text = files(__package__).joinpath("data", "mappings", f"{name}.toml").read_text("utf-8")
    return MappingProxyType(msgspec.convert(tomllib.loads(text)["words"], dict[str, MappingEntry]))


def incident_themes(domain: str, interests: Iterable[str]) -> tuple[str, ...]:
    """The themes of the midterm review that an incident touches, the main one first, each once.

    `interests` are the words of the row or the keys of the catalogue; a domain of no entry gives ().
    """
    mapping, words = load_mapping("incident_domain_to_theme"), load_mapping("interest_word_to_interest")
    keys = [key for word in interests if word in words for key in words[word].keys]
    entries = [mapping[word] for word in (domain, *(f"{domain}+{key}" for key in keys)) if word in mapping]
    return tuple(dict.fromkeys(theme for entry in entries for theme in entry.keys))


def version() -> dict[str, Any]:
    """What `data/VERSION.toml` says: version, date, licence and what changed against the tables it was made from."""
    return tomllib.loads(files(__package__).joinpath("data", "VERSION.toml").read_text("utf-8"))


@cache
def _rows(name: str) -> tuple[msgspec.Struct, ...]:
    if name not in TABLES:
        raise InputError("demo.table_unknown", name=name, known=", ".join(TABLES))
    kind = TABLES[name]
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    text = files(__package__).joinpath("data", f"{name}.csv").read_text("utf-8")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    return tuple(
        kind(
            **{
                column: _value(row[column], of, f"{name}.csv:{reader.line_num}:{column}")
                for column, of in fields.items()
            }
        )
        for row in reader
    )


def _value(cell: str, kind: object, place: str) -> object:
    try:
        if kind is bool:
            return {"yes": True, "no": False}[cell]
        if kind is int:
            return int(cell)
        if kind == float | None:
            return float(cell) if cell else None
        if kind == int | None:
            return int(cell) if cell else None
    except (KeyError, ValueError) as error:
        raise InputError("demo.cell_unreadable", place=place, cell=cell) from error
    if kind is str:
        return cell
    return tuple(part.strip() for part in cell.split(";") if part.strip())
