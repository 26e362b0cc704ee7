"""What must hold between a row that is written and the rows that are there: each check completes the values.

A check gives the markings of the rows that the new one names; it raises InputError with the field that is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.language.words import closest
from verband.methods.depending.cascades import Node, Requirement, system_of
from verband.rooms.exposure import keeping, models
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture

COUNTED_FROM = ("noticing", "notification")
#: A hundred years of months, and ten of hours: longer is a slip of the pen.
_LONGEST_TERM = 87_600
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
    def obligations(self) -> Mapping[str, models.Obligation]:
        """Duties by key."""
        return {row.key: row for row in keeping.standing(models.Obligation, self.who) if row.key}

    @cached_property
    def claims(self) -> Mapping[str, models.Claim]:
        """Claims by key."""
        return {row.key: row for row in keeping.standing(models.Claim, self.who)}

    @cached_property
    def nodes(self) -> Mapping[str, models.Process | models.Supplier]:
        """Everything that can fail, by key."""
        return {**self.processes, **self.suppliers}


Check = Callable[[dict[str, Any], Known], list[Marking]]


def process(row: dict[str, Any], known: Known) -> list[Marking]:
    """A class (A, B) only with its impact and as the list has it; a class of asset only for an asset; a whole place."""
    _free(row["key"])
    if row["vital"]:
        entry = catalogue("vital_processes").get(row["vital"])
        grade, sector = entry.strings("class")[0], entry.strings("sector")[0]
        if row["grade"] not in ("", grade):
            raise InputError("exposure.grade", field="grade", grade=row["grade"], stated=grade)
        row["grade"], row["sector"] = grade, row["sector"] or sector
    if row["grade"] and not row["impact"]:
        raise InputError("exposure.no_impact", field="impact")
    if row["asset_class"] and row["kind"] != "asset":
        raise InputError("exposure.class_of_process", field="asset_class")
    _place(row)
    return []


def _place(row: Mapping[str, Any]) -> None:
    here = (row["latitude"], row["longitude"])
    for name, value, most in zip(("latitude", "longitude"), here, (90, 180), strict=True):
        if (value is None) != (None in here):
            raise InputError("exposure.half_place", field="longitude" if name == "latitude" else "latitude")
        if value is not None and abs(value) > most:
            raise InputError("exposure.degrees", field=name, value=value, most=most)


def supplier(row: dict[str, Any], known: Known) -> list[Marking]:
    """A key that nobody has."""
    _free(row["key"])
    return []


def _free(key: str) -> None:
    for kind in (models.Process, models.Supplier):
        if kind._default_manager.filter(key=key, withdrawn_at=None).exists():
            raise InputError("exposure.taken", field="key", key=key)


def requirement(row: dict[str, Any], known: Known) -> list[Marking]:
    """Known nodes, k of n that can be, bounds around the buffer."""
    own = one(known.nodes, "node", row["node"])
    low, stated, high = row["buffer_low_h"], row["buffer_h"], row["buffer_high_h"]
    members = {key: one(known.nodes, "members", key) for key in row["members"]}
    described = Requirement(tuple(row["members"]), row["k"], stated)
    try:
        system_of([Node(row["node"], (described,)), *(Node(key) for key in members if key != row["node"])])
    except InputError as error:
        raise InputError(error.code, **{**error.params, "field": _FIELDS.get(error.code, "node")}) from error
    if (low is not None and not 0 < low <= stated) or (high is not None and high < stated):
        raise InputError("exposure.bounds", field="buffer_low_h" if high is None or high >= stated else "buffer_high_h")
    return [own.marking.value(), *(found.marking.value() for found in members.values())]


def supply(row: dict[str, Any], known: Known) -> list[Marking]:
    """A known supplier and process, not the same."""
    if row["supplier"] == row["process"]:
        raise InputError("exposure.supplies_itself", field="supplier", key=row["supplier"])
    supplier = one(known.suppliers, "supplier", row["supplier"])
    return [supplier.marking.value(), one(known.processes, "process", row["process"]).marking.value()]


def stock(row: dict[str, Any], known: Known) -> list[Marking]:
    """A known process; days that are stated or can be worked out."""
    for name in ("amount", "use_per_day", "days"):
        if row[name] is not None and row[name] < 0:
            raise InputError("exposure.below_zero", field=name, value=row[name])
    if row["days"] is None:
        if row["amount"] is None or not row["use_per_day"]:
            raise InputError("exposure.no_days", field="days")
        row["days"] = row["amount"] / row["use_per_day"]
    return [one(known.processes, "process", row["process"]).marking.value()]


def obligation(row: dict[str, Any], known: Known) -> list[Marking]:
    """A key that nobody has; one term at most, above zero, with what it is counted from."""
    if models.Obligation._default_manager.filter(key=row["key"], withdrawn_at=None).exists():
        raise InputError("exposure.taken", field="key", key=row["key"])
    terms = [name for name in ("report_within_h", "report_within_months") if row[name] is not None]
    for name in terms:
        if row[name] <= 0 or row[name] > _LONGEST_TERM:
            raise InputError("exposure.below_zero", field=name, value=row[name])
    if len(terms) > 1:
        raise InputError("exposure.two_terms", field="report_within_months")
    if terms and not row["counted_from"]:
        row["counted_from"] = COUNTED_FROM[0]
    return []


def fulfilment(row: dict[str, Any], known: Known) -> list[Marking]:
    """A known duty and process; what is met has its evidence."""
    if row["state"] == "met" and not row["evidence"]:
        raise InputError("exposure.no_evidence", field="evidence")
    if row["as_of"] > known.today:
        raise InputError("exposure.not_yet", field="as_of", day=row["as_of"])
    duty = one(known.obligations, "obligation", row["obligation"])
    return [duty.marking.value(), one(known.processes, "process", row["process"]).marking.value()]


def claim(row: dict[str, Any], known: Known) -> list[Marking]:
    """A key that nobody has, a known asset, and an end that is not before its beginning."""
    if models.Claim._default_manager.filter(key=row["key"], withdrawn_at=None).exists():
        raise InputError("exposure.taken", field="key", key=row["key"])
    if row["until_day"] < row["from_day"]:
        raise InputError("exposure.ends_before", field="until_day", day=row["until_day"])
    return [one(known.processes, "asset", row["asset"]).marking.value()]


def claim_answer(row: dict[str, Any], known: Known) -> list[Marking]:
    """A known claim, answered on a day that has come."""
    if row["answered_on"] > known.today:
        raise InputError("exposure.not_yet", field="answered_on", day=row["answered_on"])
    return [one(known.claims, "claim", row["claim"]).marking.value()]


def finding(row: dict[str, Any], known: Known) -> list[Marking]:
    """A known process."""
    return [one(known.processes, "process", row["process"]).marking.value()]


def stands_for(row: dict[str, Any], known: Known) -> list[Marking]:
    """A known node, and a target as sources name it or a thing of the picture that the writer may see."""
    own = one(known.nodes, "node", row["node"])
    found = _THING.search(row["thing"])
    if found is None:
        return [own.marking.value()]
    row["thing"] = found.group()
    try:
        return [own.marking.value(), picture.thing(row["thing"], known.who.ceiling).marking]
    except NotFoundError as error:
        raise InputError("exposure.no_thing", field="thing", thing=row["thing"]) from error


def country_rule(row: dict[str, Any], known: Known) -> list[Marking]:
    """A country of the list and a term that is not over (P1)."""
    found = catalogue("countries").find(row["country"])
    if found is None:
        near = closest(row["country"], (word for entry in catalogue("countries").entries for word in entry.words()))
        raise InputError("exposure.country", field="country", country=row["country"], nearest=near or "")
    row["country"] = found.key
    if row["valid_until"] < known.today:
        raise InputError("exposure.rule_over", field="valid_until", day=row["valid_until"])
    return []


def one(rows: Mapping[str, Any], field: str, key: str) -> Any:
    """The row of that key. Raises InputError("exposure.unknown") with the nearest that the writer may see."""
    if key not in rows:
        raise InputError("exposure.unknown", field=field, key=key, nearest=closest(key, list(rows)) or "")
    return rows[key]
