"""Strategic dependence on products: the European Union's three indicators, CEPII's variant, and how long it lasts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from verband.methods.depending.supply.thresholds import Thresholds, thresholds
from verband.methods.depending.supply.trade import ProductYear

VERSION = "1"
Verdict = Literal["dependent", "not_dependent", "not_judged"]
EU, GEODEP = "eu", "geodep"
#: The cells that each variant rests on.
CELLS: Mapping[str, tuple[str, ...]] = {
    EU: ("eu_concentration", "eu_from_outside", "eu_substitution", "coverage_least"),
    GEODEP: (
        "geodep_concentration", "geodep_world", "geodep_substitution", "geodep_no_exports", "geodep_years",
        "geodep_years_looked_at", "coverage_least",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Indicator:
    """One figure against its threshold; `above` is None where there is no figure."""

    key: str
    value: float | None
    threshold: float
    above: bool | None


@dataclass(frozen=True)
class Dependence:
    """One product in one year: three indicators, and dependent where all are above their threshold.

    `warning` is "coverage" where too little of the trade has a stated exporter, "nothing_imported" where nothing comes
    from outside; then, and where a figure is missing, the verdict is "not_judged", never "not_dependent".
    `persistent` looks at the years that the variant asks for, this one the last; "not_judged" for the union's variant,
    which has no such rule, and where years are missing that could turn it.
    """

    year: int
    product: str
    indicators: tuple[Indicator, ...]
    verdict: Verdict
    warning: str
    persistent: Verdict
    top: tuple[str, ...]
    top_share: float | None
    coverage: float | None


@dataclass(frozen=True)
class Persistence:
    """What became of the products that were dependent in `year` in the year after.

    `share`: of those judged again, how many still were; None where none was.
    """

    year: int
    dependent: int
    still: int
    no_longer: int
    not_judged: int
    share: float | None


def eu_dependence(rows: Iterable[ProductYear], *, held_against: Thresholds | None = None) -> tuple[Dependence, ...]:
    """The union's three core indicators for each row, in its order.

    Concentration of imports from outside, their share of all imports, and imports from outside over all exports of the
    members. Without exports the last is what stands in its place in CEPII's variant. For a bloc of one country all
    imports come from outside, so that the second says nothing. Source: SWD(2021)352, as recalled.
    """
    held_against = held_against or thresholds()
    found = []
    for row in rows:
        imports = row.outside + row.inside
        values = {
            "eu_concentration": row.concentration,
            "eu_from_outside": row.outside / imports if imports > 0 else None,
            "eu_substitution": _ratio(row.outside, row.exports, held_against),
        }
        found.append(_judged(row, values, row.coverage, held_against))
    return tuple(found)


def geodep_dependence(rows: Iterable[ProductYear], *, held_against: Thresholds | None = None) -> tuple[Dependence, ...]:
    """CEPII's variant for each row, in its order: imports and the world's exports concentrated, imports above exports.

    9999 stands where nothing is exported. `persistent`: all three in at least two of three years, this one the last;
    the years are those of the calendar. Source: CEPII, GeoDep.
    """
    held_against = held_against or thresholds()
    found = []
    for row in rows:
        values = {
            "geodep_concentration": row.concentration,
            "geodep_world": row.world_concentration,
            "geodep_substitution": _ratio(row.outside, row.exports_out, held_against),
        }
        covered = [part for part in (row.coverage, row.world_coverage) if part is not None]
        found.append(_judged(row, values, min(covered, default=None), held_against))
    verdicts = {(one.product, one.year): one.verdict for one in found}
    return tuple(replace(one, persistent=_lasting(one, verdicts, held_against)) for one in found)


def persistence(found: Iterable[Dependence]) -> tuple[Persistence, ...]:
    """For each year that has a year after it among the rows: how many of the dependent products still were, oldest
    first. A product that is missing in the year after was not judged there.
    """
    verdicts = {(one.product, one.year): one.verdict for one in found}
    years = sorted({year for _, year in verdicts})
    return tuple(_after(year, verdicts) for year in years if year + 1 in years)


def _after(year: int, verdicts: Mapping[tuple[str, int], Verdict]) -> Persistence:
    products = [product for (product, at), verdict in verdicts.items() if at == year and verdict == "dependent"]
    later = [verdicts.get((product, year + 1), "not_judged") for product in products]
    still, gone = later.count("dependent"), later.count("not_dependent")
    share = still / (still + gone) if still + gone else None
    return Persistence(year, len(products), still, gone, later.count("not_judged"), share)


def _ratio(imports: float, exports: float, held_against: Thresholds) -> float | None:
    if exports > 0:
        return imports / exports
    return held_against["geodep_no_exports"] if imports > 0 else None


def _judged(
    row: ProductYear, values: Mapping[str, float | None], covered: float | None, held_against: Thresholds
) -> Dependence:
    indicators = tuple(_indicator(key, value, held_against[key]) for key, value in values.items())
    warning = ""
    if covered is not None and covered < held_against["coverage_least"]:
        warning = "coverage"
    elif not row.outside > 0:
        warning = "nothing_imported"
    verdict = "not_judged" if warning else _verdict(indicators)
    return Dependence(
        row.year, row.product, indicators, verdict, warning, "not_judged", row.top, row.top_share, covered
    )


def _indicator(key: str, value: float | None, threshold: float) -> Indicator:
    return Indicator(key, value, threshold, None if value is None else value > threshold)


def _verdict(indicators: Sequence[Indicator]) -> Verdict:
    above = [one.above for one in indicators]
    if None in above:
        return "not_judged"
    return "dependent" if all(above) else "not_dependent"


def _lasting(one: Dependence, verdicts: Mapping[tuple[str, int], Verdict], held_against: Thresholds) -> Verdict:
    looked_at, needed = int(held_against["geodep_years_looked_at"]), held_against["geodep_years"]
    seen = [verdicts.get((one.product, one.year - back), "not_judged") for back in range(looked_at)]
    yes, open_ = seen.count("dependent"), seen.count("not_judged")
    if yes >= needed:
        return "dependent"
    return "not_judged" if yes + open_ >= needed else "not_dependent"
