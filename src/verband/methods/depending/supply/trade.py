"""Trade flows of any size to figures of each product and year, by the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pyarrow as pa

from verband.language.errors import InputError
from verband.methods.engine import Engine, Question

TRADE = Question(__package__, "trade")
CHECKS = Question(__package__, "trade_checks")
COUNTRIES = Question(__package__, "trade_countries")
SHARES = Question(__package__, "trade_shares")
#: Countries that send less than this part of what comes from outside are not told one by one.
LEAST_SHARE = 0.02
COLUMNS = ("year", "product", "exporter", "importer", "value")


@dataclass(frozen=True)
class ProductYear:
    """What a bloc of countries brings in and sells of one product in one year, in the unit of the flows.

    `outside`, `inside`, `unstated`: imports of the members from stated countries outside, from each other, and from
    nobody knows where. `exports_out`: what they sell outside; `exports`: that and what they sell to each other.
    `concentration`: the HHI (0-1) of countries in `outside`; `world_concentration`: that of exporters in the world's
    trade; both None where there is nothing to divide. `top`: the country most comes from, or all that tie, in
    alphabetical order, which says nothing; `top_share`: how much of `outside` each of them sends.
    `coverage`, `world_coverage`: the part of imports, and of the world's trade, whose exporter is stated.
    """

    year: int
    product: str
    outside: float
    inside: float
    unstated: float
    exports_out: float
    exports: float
    concentration: float | None
    world_concentration: float | None
    top: tuple[str, ...]
    top_share: float | None
    coverage: float | None
    world_coverage: float | None


def product_years(flows: Any, members: Iterable[str], *, engine: Engine) -> tuple[ProductYear, ...]:
    """The figures of each product and year, by year, then product.

    `flows`: an Arrow table, or `Stored` rows, with the columns year, product, exporter, importer, value (a double);
    more than one row for the same four is summed. `members`: the countries of the bloc as the flows write them; one
    country is a bloc of its own. Raises InputError("supply.no_members"), ("supply.no_flows"), or ("supply.flows")
    with how many rows cannot be used and why.
    """
    bloc = sorted(set(members))
    if not bloc:
        raise InputError("supply.no_members")
    _check(engine.answer(CHECKS, relations={"flows": flows}).to_pylist()[0])
    table = engine.answer(TRADE, relations={"flows": flows, "members": pa.table({"country": bloc})})
    found: dict[tuple[int, str], ProductYear] = {}
    tops: dict[tuple[int, str], list[str]] = {}
    for row in table.to_pylist():
        key = (int(row["year"]), str(row["product"]))
        if key not in found:
            found[key] = _figures(row)
        if row["top"] is not None:
            tops.setdefault(key, []).append(row["top"])
    return tuple(replace(one, top=tuple(tops.get(key, ()))) for key, one in found.items())


def product_shares(
    flows: Any, members: Iterable[str], *, engine: Engine, least: float = LEAST_SHARE
) -> Mapping[tuple[int, str], tuple[tuple[str, float], ...]]:
    """For each year and product that comes from outside: the countries outside and the part (0-1) that each sends.

    Parts are of what comes from stated countries outside; the largest first, equal ones in alphabetical order, which
    says nothing. Countries below `least` are left out, so that what is missing to 1 is theirs. Flows and members as in
    `product_years`, which checks them. Raises InputError("supply.no_members").
    """
    bloc = sorted(set(members))
    if not bloc:
        raise InputError("supply.no_members")
    relations = {"flows": flows, "members": pa.table({"country": bloc})}
    table = engine.answer(SHARES, relations=relations, parameters={"least": float(least)})
    found: dict[tuple[int, str], list[tuple[str, float]]] = {}
    for row in table.to_pylist():
        part = float(row["value"]) / float(row["outside"])
        found.setdefault((int(row["year"]), str(row["product"])), []).append((str(row["exporter"]), part))
    return {key: tuple(parts) for key, parts in found.items()}


def countries_named(flows: Any, *, engine: Engine) -> frozenset[str]:
    """Every word that the flows have for an exporter or an importer."""
    rows = engine.answer(COUNTRIES, relations={"flows": flows}).to_pylist()
    return frozenset(str(row["country"]) for row in rows if row["country"])


def _check(seen: Mapping[str, int]) -> None:
    if not seen["many"]:
        raise InputError("supply.no_flows")
    if seen["no_year"] or seen["no_product"] or seen["no_amount"]:
        raise InputError("supply.flows", **{key: int(value) for key, value in seen.items()})


def _figures(row: Mapping[str, Any]) -> ProductYear:
    outside, world = float(row["outside"]), float(row["world"])
    imports = outside + row["inside"] + row["unstated"]
    everything = world + row["world_unstated"]
    return ProductYear(
        year=int(row["year"]),
        product=str(row["product"]),
        outside=outside,
        inside=float(row["inside"]),
        unstated=float(row["unstated"]),
        exports_out=float(row["exports_out"]),
        exports=float(row["exports"]),
        concentration=row["outside_squares"] / outside**2 if outside > 0 else None,
        world_concentration=row["world_squares"] / world**2 if world > 0 else None,
        top=(),
        top_share=row["top_value"] / outside if outside > 0 else None,
        coverage=(outside + row["inside"]) / imports if imports > 0 else None,
        world_coverage=world / everything if everything > 0 else None,
    )
