"""What the editions say of each product and material, as a reader may see it. The method judges; no country does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from verband.language.errors import NotFoundError
from verband.language.markings import Marking
from verband.language.materials import SupplyShare
from verband.language.rounded import Rounded
from verband.language.words import fold
from verband.methods.depending import supply
from verband.rooms.exposure import keeping
from verband.rooms.exposure.dependence.models import MATERIALS, TRADE, Edition, Figure
from verband.rooms.people.services import Reader

#: What the list can be narrowed to.
STATES = ("dependent", "lasting", "warning", "registered")


@dataclass(frozen=True)
class Point:
    """One edition's word on one item. `eu` and `geodep` are of a product, `row` of a material."""

    edition: Edition
    figure: Figure
    eu: supply.Dependence | None = None
    geodep: supply.Dependence | None = None
    row: supply.DependencyRow | None = None

    @property
    def concentration(self) -> Rounded | None:
        """The HHI of a product's imports from outside, or HHI x t of a material; None where nothing comes in."""
        if self.row is not None:
            return self.row.hhi_t
        value = self.geodep.indicators[0].value if self.geodep else None
        return None if value is None else Rounded.exact(value)

    @property
    def coverage(self) -> float | None:
        """How much of the supply has a country with it."""
        if self.row is not None:
            return self.row.coverage.value
        return self.geodep.coverage if self.geodep else None

    @property
    def warning(self) -> str:
        """`coverage`, `nothing_imported` or nothing: then there is no verdict."""
        if self.row is not None:
            return "coverage" if self.row.low_coverage else ""
        return self.geodep.warning if self.geodep else ""

    @property
    def verdict(self) -> str:
        """That of CEPII's variant for a product; a material has none without governance (WGI)."""
        return self.geodep.verdict if self.geodep else "not_judged"

    @property
    def persistent(self) -> str:
        """Whether a product was dependent in two of three years, this one the last."""
        return self.geodep.persistent if self.geodep else "not_judged"

    @property
    def top(self) -> tuple[str, ...]:
        """The country that most comes from, or all that tie."""
        found = self.row or self.geodep
        return found.top if found else ()

    @property
    def top_share(self) -> float | None:
        """How much of the supply each of them sends (0-1)."""
        if self.row is not None:
            return self.row.top_share.value
        return self.geodep.top_share if self.geodep else None

    @property
    def shares(self) -> tuple[tuple[str, Rounded], ...]:
        """Countries with their part of the supply, the largest first; equal ones in the order of the edition."""
        found = [(str(name), Rounded(value, low, high)) for name, value, low, high, _ in self.figure.shares]
        return tuple(sorted(found, key=lambda one: -one[1].value))

    @property
    def unlisted(self) -> float:
        """The largest part (0-1) that a country outside `shares` can have.

        Of a product below what is told one by one; of a material all that the shares leave.
        """
        rest = max(0.0, 1.0 - sum(share.low for _, share in self.shares))
        return min(supply.LEAST_SHARE, rest) if self.edition.kind == TRADE else rest

    @property
    def marking(self) -> Marking:
        """That of the edition."""
        return self.edition.marking.value()


@dataclass(frozen=True)
class Item:
    """A product, or a material at a stage, with the word of each edition on one scope, oldest first; never empty."""

    key: str
    kind: str
    name: str
    stage: str
    scope: str
    points: tuple[Point, ...]

    @property
    def newest(self) -> Point:
        """The last year."""
        return self.points[-1]

    @property
    def title(self) -> str:
        """Its name, and its stage where it has one."""
        return f"{self.name} ({self.stage})" if self.stage else self.name


def editions(who: Reader, *, known_on: int | None = None) -> list[Edition]:
    """The editions that stand and that the reader may see, by kind, scope and year."""
    found = keeping.standing(Edition, who, known_on=known_on)
    return sorted(found, key=lambda row: (row.kind != TRADE, row.scope, row.year, row.pk))


def items(who: Reader, *, known_on: int | None = None, key: str = "") -> list[Item]:
    """Every item on every scope; with `key` only that one.

    Those with a verdict come first by how concentrated they are, the others after them; equal ones in the order in
    which they came in.
    """
    found: list[Item] = []
    for (kind, scope), group in _by_scope(editions(who, known_on=known_on)).items():
        points = _trade(group, key) if kind == TRADE else _materials(group, key)
        series: dict[str, list[Point]] = {}
        for point in sorted(points, key=lambda one: (one.edition.year, one.edition.pk, one.figure.pk)):
            series.setdefault(point.figure.item, []).append(point)
        for item, told in series.items():
            last = told[-1].figure
            found.append(Item(item, kind, last.name, last.stage, scope, tuple(told)))
    return sorted(found, key=_first)


def item(key: str, who: Reader, *, known_on: int | None = None) -> list[Item]:
    """One item on each of its scopes. Raises NotFoundError("strategic.no_item")."""
    found = items(who, known_on=known_on, key=key)
    if not found:
        raise NotFoundError("strategic.no_item")
    return found


def narrowed(
    found: Iterable[Item], *, kind: str, scope: str, text: str, state: str, registered: Sequence[str]
) -> list[Item]:
    """Those that are asked for; every word of the text stands in the name."""
    words = fold(text).split()
    return [
        one
        for one in found
        if (not kind or one.kind == kind)
        and (not scope or one.scope == scope)
        and all(word in fold(f"{one.name} {one.stage}") for word in words)
        and (not state or _is(one, state, registered))
    ]


def _is(one: Item, state: str, registered: Sequence[str]) -> bool:
    point = one.newest
    return {
        "dependent": point.verdict == "dependent",
        "lasting": point.persistent == "dependent",
        "warning": bool(point.warning),
        "registered": one.key in registered,
    }.get(state, False)


def _first(one: Item) -> tuple[bool, bool, float]:
    point = one.newest
    concentrated = point.concentration
    return bool(point.warning), point.verdict != "dependent", -(concentrated.value if concentrated else 0.0)


def _by_scope(found: Iterable[Edition]) -> dict[tuple[str, str], list[Edition]]:
    groups: dict[tuple[str, str], list[Edition]] = {}
    for row in found:
        groups.setdefault((row.kind, row.scope), []).append(row)
    return groups


def _figures(group: Sequence[Edition], key: str) -> list[Figure]:
    found = Figure._default_manager.filter(edition__in=[row.pk for row in group])
    return list(found.filter(item=key) if key else found)


def _trade(group: Sequence[Edition], key: str) -> list[Point]:
    by_number = {row.pk: row for row in group}
    figures = _figures(group, key)
    years = [_product_year(one) for one in figures]
    eu, geodep = supply.eu_dependence(years), supply.geodep_dependence(years)
    return [
        Point(by_number[one.edition_id], one, eu=core, geodep=variant)
        for one, core, variant in zip(figures, eu, geodep, strict=True)
    ]


def _product_year(one: Figure) -> supply.ProductYear:
    told = dict(one.figures)
    return supply.ProductYear(**{**told, "top": tuple(told["top"])})


def _materials(group: Sequence[Edition], key: str) -> list[Point]:
    found = []
    for edition in group:
        figures = {(one.name, one.stage): one for one in _figures([edition], key)}
        shares = [
            SupplyShare(one.name, one.stage, str(name), Rounded(value, low, high), t)
            for one in figures.values()
            for name, value, low, high, t in one.shares
        ]
        table = supply.dependency_table(shares)
        found += [Point(edition, figures[row.material, row.stage], row=row) for row in table.rows]
    return found


__all__ = ["MATERIALS", "STATES", "TRADE", "Item", "Point", "editions", "item", "items", "narrowed"]
