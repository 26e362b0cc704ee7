"""Which processes hold something of a supplier, or of suppliers from one state (R047, P1)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, RefusedError
from verband.language.markings import Marking
from verband.language.words import closest
from verband.rooms.audit import services as audit
from verband.rooms.exposure import keeping, models
from verband.rooms.exposure.network import NodeView, network
from verband.rooms.people.services import Reader

#: A sector with fewer holders is not counted apart, so that no operator is named by it. Own choice.
SMALLEST = 5


@dataclass(frozen=True)
class Hit:
    """What a process holds of a supplier."""

    process: NodeView
    supplier: NodeView
    product: str
    kind: str
    function: str
    access: str
    source: str
    marking: Marking


@dataclass(frozen=True)
class SectorCount:
    """How many processes of a sector hold something; None where there are fewer than the smallest group."""

    sector: str
    processes: int | None


@dataclass(frozen=True)
class Scan:
    """What a scan found. `rule` is the rule that it stands on, where it asks by state."""

    hits: tuple[Hit, ...]
    sectors: tuple[SectorCount, ...]
    rule: models.CountryRule | None


def by_supplier(key: str, who: Reader, *, known_on: int | None = None) -> Scan:
    """What is held of one supplier. Raises NotFoundError("exposure.no_node")."""
    supplier = network(who, known_on=known_on).node(key)
    return _scan([supplier.key], None, who, known_on)


def by_country(country: str, who: Reader, *, now: datetime, known_on: int | None = None) -> Scan:
    """What is held of suppliers that are in, or are controlled from, a state as their sources state it.

    Raises InputError("exposure.country") with the nearest name; RefusedError("exposure.no_rule") unless a rule with
    reason, term and reviewer stands on that day, alike for every state.
    """
    entry = catalogue("countries").find(country)
    if entry is None:
        near = closest(country, (word for one in catalogue("countries").entries for word in one.words()))
        raise InputError("exposure.country", field="country", country=country, nearest=near or "")
    rules = standing_rules(who, now=now, known_on=known_on)
    rule = next((row for row in rules if row.country == entry.key), None)
    if rule is None:
        audit.note("refused", actor=who.signature, object=f"scan by state {entry.key}")
        raise RefusedError("exposure.no_rule", field="country", country=country)
    found = [
        node.key
        for node in network(who, known_on=known_on).nodes.values()
        if entry.key in (_country(node.country), _country(node.controlled_from))
    ]
    return _scan(found, rule, who, known_on)


def standing_rules(who: Reader, *, now: datetime, known_on: int | None = None) -> list[models.CountryRule]:
    """The rules that hold on the day, the longest first."""
    today = keeping.today(now, known_on)
    rows = [row for row in keeping.standing(models.CountryRule, who, known_on=known_on) if row.valid_until >= today]
    return sorted(rows, key=lambda row: row.valid_until, reverse=True)


def is_old(row: models.Stock, today: date) -> bool:
    """Whether the stock was valid until a day before."""
    return row.valid_until < today


def _scan(suppliers: Sequence[str], rule: models.CountryRule | None, who: Reader, known_on: int | None) -> Scan:
    nodes = network(who, known_on=known_on).nodes
    hits = tuple(
        Hit(
            process=nodes[row.process],
            supplier=nodes[row.supplier],
            product=row.product,
            kind=row.kind,
            function=row.function,
            access=row.access,
            source=row.source,
            marking=row.marking.value(),
        )
        for row in keeping.standing(models.Supply, who, known_on=known_on)
        if row.supplier in suppliers and {row.supplier, row.process} <= nodes.keys()
    )
    holders = Counter(sector for _, sector in {(hit.process.key, hit.process.sector) for hit in hits})
    counted = tuple(SectorCount(sector, n if n >= SMALLEST else None) for sector, n in sorted(holders.items()))
    return Scan(hits, counted, rule)


def _country(text: str) -> str:
    entry = catalogue("countries").find(text) if text else None
    return entry.key if entry else ""
