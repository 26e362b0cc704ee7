"""The registers: what their columns are, and what must hold between a row and the rows that are there."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.language.words import closest
from verband.methods.depending.cascades import Node, Requirement, system_of
from verband.rooms.exposure import keeping, models
from verband.rooms.exposure.columns import Column
from verband.rooms.exposure.models import Kept
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture

KINDS = ("process", "asset")
GRADES = ("A", "B")
HELD = ("product", "software", "equipment")
STATUSES = ("in_force", "coming")
LANGUAGES = ("nl", "en")
OUTCOMES = ("in_order", "shortcoming")
#: A STIX id, alone or in the address of its page.
_THING = re.compile(r"[a-z][a-z-]*--[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
#: Field of ours that an error of the method is about.
_FIELDS = {
    "depending.k": "k",
    "depending.buffer": "buffer_h",
    "depending.spread": "buffer_high_h",
    "depending.group_empty": "members",
    "depending.member_unknown": "members",
    "depending.member_twice": "members",
    "depending.supplies_itself": "members",
}


@dataclass(frozen=True)
class Known:
    """What a new row may name: the standing rows that its writer may see, and the day on which it is written."""

    who: Reader
    today: date

    @cached_property
    def processes(self) -> Mapping[str, models.Process]:
        """Processes and assets by key."""
        return {row.key: row for row in keeping.standing(models.Process, self.who)}

    @cached_property
    def suppliers(self) -> Mapping[str, models.Supplier]:
        """Suppliers by key."""
        return {row.key: row for row in keeping.standing(models.Supplier, self.who)}

    @cached_property
    def nodes(self) -> Mapping[str, models.Process | models.Supplier]:
        """Everything that can fail, by key."""
        return {**self.processes, **self.suppliers}


Check = Callable[[dict[str, Any], Known], list[Marking]]


@dataclass(frozen=True)
class Register:
    """A register by its address. `check` completes the values and gives the markings of the rows that they name."""

    key: str
    model: type[Kept]
    columns: tuple[Column, ...]
    check: Check

    def known(self, who: Reader, now: datetime) -> Known:
        """What a row that is written now may name."""
        return Known(who, keeping.today(now, None))


def _process(row: dict[str, Any], known: Known) -> list[Marking]:
    _free(row["key"])
    if row["vital"]:
        entry = catalogue("vital_processes").get(row["vital"])
        grade, sector = entry.strings("class")[0], entry.strings("sector")[0]
        if row["grade"] not in ("", grade):
            raise InputError("exposure.grade", field="grade", grade=row["grade"], stated=grade)
        row["grade"], row["sector"] = grade, row["sector"] or sector
    if row["grade"] and not row["impact"]:
        raise InputError("exposure.no_impact", field="impact")
    return []


def _supplier(row: dict[str, Any], known: Known) -> list[Marking]:
    _free(row["key"])
    return []


def _free(key: str) -> None:
    for kind in (models.Process, models.Supplier):
        if kind._default_manager.filter(key=key, withdrawn_at=None).exists():
            raise InputError("exposure.taken", field="key", key=key)


def _requirement(row: dict[str, Any], known: Known) -> list[Marking]:
    own = _one(known.nodes, "node", row["node"])
    low, stated, high = row["buffer_low_h"], row["buffer_h"], row["buffer_high_h"]
    members = {key: _one(known.nodes, "members", key) for key in row["members"]}
    described = Requirement(tuple(row["members"]), row["k"], stated)
    try:
        system_of([Node(row["node"], (described,)), *(Node(key) for key in members if key != row["node"])])
    except InputError as error:
        raise InputError(error.code, **{**error.params, "field": _FIELDS.get(error.code, "node")}) from error
    if (low is not None and not 0 < low <= stated) or (high is not None and high < stated):
        raise InputError("exposure.bounds", field="buffer_low_h" if high is None or high >= stated else "buffer_high_h")
    return [own.marking.value(), *(found.marking.value() for found in members.values())]


def _supply(row: dict[str, Any], known: Known) -> list[Marking]:
    if row["supplier"] == row["process"]:
        raise InputError("exposure.supplies_itself", field="supplier", key=row["supplier"])
    supplier = _one(known.suppliers, "supplier", row["supplier"])
    return [supplier.marking.value(), _one(known.processes, "process", row["process"]).marking.value()]


def _stock(row: dict[str, Any], known: Known) -> list[Marking]:
    for name in ("amount", "use_per_day", "days"):
        if row[name] is not None and row[name] < 0:
            raise InputError("exposure.below_zero", field=name, value=row[name])
    if row["days"] is None:
        if row["amount"] is None or not row["use_per_day"]:
            raise InputError("exposure.no_days", field="days")
        row["days"] = row["amount"] / row["use_per_day"]
    return [_one(known.processes, "process", row["process"]).marking.value()]


def _obligation(row: dict[str, Any], known: Known) -> list[Marking]:
    if row["report_within_h"] is not None and row["report_within_h"] <= 0:
        raise InputError("exposure.below_zero", field="report_within_h", value=row["report_within_h"])
    return []


def _finding(row: dict[str, Any], known: Known) -> list[Marking]:
    return [_one(known.processes, "process", row["process"]).marking.value()]


def _stands_for(row: dict[str, Any], known: Known) -> list[Marking]:
    own = _one(known.nodes, "node", row["node"])
    found = _THING.search(row["thing"])
    if found is None:
        return [own.marking.value()]
    row["thing"] = found.group()
    try:
        return [own.marking.value(), picture.thing(row["thing"], known.who.ceiling).marking]
    except NotFoundError as error:
        raise InputError("exposure.no_thing", field="thing", thing=row["thing"]) from error


def _rule(row: dict[str, Any], known: Known) -> list[Marking]:
    found = catalogue("countries").find(row["country"])
    if found is None:
        near = closest(row["country"], (word for entry in catalogue("countries").entries for word in entry.words()))
        raise InputError("exposure.country", field="country", country=row["country"], nearest=near or "-")
    row["country"] = found.key
    if row["valid_until"] < known.today:
        raise InputError("exposure.rule_over", field="valid_until", day=row["valid_until"])
    return []


def _one(rows: Mapping[str, Any], field: str, key: str) -> Any:
    if key not in rows:
        raise InputError("exposure.unknown", field=field, key=key, nearest=closest(key, list(rows)) or "-")
    return rows[key]


_SOURCE = Column("source", longest=400)
_BY_KEY = {
    register.key: register
    for register in (
        Register(
            "processes",
            models.Process,
            (
                Column("kind", "choice", words=KINDS),
                Column("key", "key", longest=80),
                Column("name_nl", longest=200),
                Column("name_en", longest=200),
                Column("owner", required=False, longest=200),
                Column("vital", "choice", required=False, of="vital_processes"),
                Column("grade", "choice", required=False, words=GRADES),
                Column("sector", required=False, longest=60),
                Column("interest", "choice", required=False, of="interests"),
                Column("impact", "text", required=False),
                Column("impact_language", "choice", required=False, words=LANGUAGES),
                Column("review_on", "day", required=False),
                _SOURCE,
            ),
            _process,
        ),
        Register(
            "requirements",
            models.Requirement,
            (
                Column("node", "key"),
                Column("members", "keys"),
                Column("k", "whole"),
                Column("buffer_h", "number"),
                Column("buffer_low_h", "number", required=False),
                Column("buffer_high_h", "number", required=False),
                _SOURCE,
            ),
            _requirement,
        ),
        Register(
            "suppliers",
            models.Supplier,
            (
                Column("key", "key", longest=80),
                Column("name", longest=200),
                Column("country", required=False, longest=100),
                Column("controlled_from", required=False, longest=100),
                _SOURCE,
            ),
            _supplier,
        ),
        Register(
            "supplies",
            models.Supply,
            (
                Column("supplier", "key"),
                Column("process", "key"),
                Column("product", longest=200),
                Column("kind", "choice", words=HELD),
                Column("function", required=False, longest=200),
                Column("access", required=False, longest=200),
                _SOURCE,
            ),
            _supply,
        ),
        Register(
            "stocks",
            models.Stock,
            (
                Column("process", "key"),
                Column("product", longest=200),
                Column("days", "number", required=False),
                Column("amount", "number", required=False),
                Column("use_per_day", "number", required=False),
                Column("unit", required=False, longest=40),
                Column("valid_until", "day"),
                _SOURCE,
            ),
            _stock,
        ),
        Register(
            "obligations",
            models.Obligation,
            (
                Column("act", longest=100),
                Column("text", "text"),
                Column("status", "choice", words=STATUSES),
                Column("stated_on", "day"),
                Column("report_within_h", "number", required=False),
                _SOURCE,
            ),
            _obligation,
        ),
        Register(
            "findings",
            models.Finding,
            (
                Column("process", "key"),
                Column("found_on", "day"),
                Column("outcome", "choice", words=OUTCOMES),
                Column("text", "text"),
                _SOURCE,
            ),
            _finding,
        ),
        Register(
            "stands-for",
            models.StandsFor,
            (Column("node", "key"), Column("thing", longest=300), Column("reason", "text"), _SOURCE),
            _stands_for,
        ),
        Register(
            "country-rules",
            models.CountryRule,
            (
                Column("country", longest=100),
                Column("reason", "text"),
                Column("legal_ground", longest=300),
                Column("valid_until", "day"),
                Column("reviewer", longest=200),
                _SOURCE,
            ),
            _rule,
        ),
    )
}


def registers() -> tuple[Register, ...]:
    """Every register in the order of the pages."""
    return tuple(_BY_KEY.values())


def register(key: str) -> Register:
    """One register. Raises NotFoundError("exposure.no_register")."""
    if key not in _BY_KEY:
        raise NotFoundError("exposure.no_register", key=key, nearest=closest(key, list(_BY_KEY)) or "-")
    return _BY_KEY[key]
