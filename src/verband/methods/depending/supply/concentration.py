"""Where supply concentrates: shares of countries, what they cover, and a table of raw materials that is no verdict."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from verband.language.errors import InputError
from verband.language.materials import SupplyShare
from verband.language.rounded import Rounded
from verband.methods.depending.supply.thresholds import Thresholds, thresholds

VERSION = "1"

#: Stands with every table of supply shares.
NOT_SUPPLY_RISK: Mapping[str, str] = {
    "en": "This is not supply risk: governance, recycling, substitution and imports are not weighed in.",
    "nl": "Dit is geen leveringsrisico: bestuur, hergebruik, vervanging en invoer zijn niet meegewogen.",
}


@dataclass(frozen=True)
class DependencyRow:
    """How concentrated the supply of one material at one stage is.

    `hhi_t`: the sum of share^2 x t over countries, shares as fractions, without the governance of countries (WGI); its
    interval is what rounding of the shares allows. `top`: the country with the largest share, or all that tie, in the
    order of the input. `coverage`: what the shares sum to. `low_coverage`: below the threshold, so that the figure is a
    warning and takes no rank; `rank` is then None, otherwise 1 for the most concentrated, the same for equal figures.
    """

    material: str
    stage: str
    hhi_t: Rounded
    top: tuple[str, ...]
    top_share: Rounded
    countries: int
    coverage: Rounded
    low_coverage: bool
    rank: int | None


@dataclass(frozen=True)
class DependencyTable:
    """The rows by rank, those with low coverage last in the order of the input, and what must be said with them."""

    rows: tuple[DependencyRow, ...]
    coverage_least: float
    sentence: Mapping[str, str]
    version: str = VERSION


def concentration(shares: Sequence[Rounded], *, weights: Sequence[float] | None = None) -> Rounded:
    """The sum of share^2 x weight (1 where left out), from 0 (spread thin) to the largest weight (one supplier).

    Shares are fractions of the whole and are not scaled up to it: what nobody covers counts as spread thin. The
    interval is that of the rounded shares. Raises InputError("supply.share") for a share outside 0-1,
    ("supply.weight") for a weight below zero.
    """
    weights = [1.0] * len(shares) if weights is None else weights
    for share, weight in zip(shares, weights, strict=True):
        if not 0 <= share.low <= share.value <= share.high <= 1:
            raise InputError("supply.share", value=share.value)
        if not weight >= 0:
            raise InputError("supply.weight", value=weight)
    pairs = list(zip(shares, weights, strict=True))
    return Rounded(
        sum(share.value**2 * weight for share, weight in pairs),
        sum(share.low**2 * weight for share, weight in pairs),
        sum(share.high**2 * weight for share, weight in pairs),
    )


def coverage(shares: Iterable[Rounded]) -> Rounded:
    """What the shares sum to, with what their rounding allows."""
    shares = tuple(shares)
    return Rounded(
        sum(share.value for share in shares), sum(share.low for share in shares), sum(share.high for share in shares)
    )


def dependency_table(shares: Iterable[SupplyShare], *, held_against: Thresholds | None = None) -> DependencyTable:
    """How concentrated the supply of each material and stage is, for shares of one whole (the world's, or the Union's).

    Raises InputError("supply.country_twice") for a country that is twice with one material and stage,
    ("supply.over_coverage") with the material where shares sum to more than rounding can explain, and what
    `concentration` raises. Source: European Commission, method for critical raw materials, without its WGI.
    """
    held_against = held_against or thresholds()
    groups: dict[tuple[str, str], list[SupplyShare]] = {}
    for share in shares:
        groups.setdefault((share.material, share.stage), []).append(share)
    rows = [_row(key, group, held_against) for key, group in groups.items()]
    judged = sorted((row for row in rows if not row.low_coverage), key=lambda row: -row.hhi_t.value)
    ranked = [_ranked(row, judged) for row in judged]
    return DependencyTable(
        (*ranked, *(row for row in rows if row.low_coverage)), held_against["coverage_least"], NOT_SUPPLY_RISK
    )


def _row(key: tuple[str, str], group: Sequence[SupplyShare], held_against: Thresholds) -> DependencyRow:
    material, stage = key
    seen: set[str] = set()
    for item in group:
        if item.country in seen:
            raise InputError("supply.country_twice", country=item.country, material=material, stage=stage)
        seen.add(item.country)
    covered = coverage(item.share for item in group)
    if covered.value > held_against["coverage_most"]:
        raise InputError("supply.over_coverage", what=material, stage=stage, percent=round(100 * covered.value, 1))
    largest = max((item.share for item in group), key=lambda share: share.value)
    return DependencyRow(
        material,
        stage,
        concentration([item.share for item in group], weights=[item.t for item in group]),
        tuple(item.country for item in group if item.share.value == largest.value),
        largest,
        len(group),
        covered,
        covered.value < held_against["coverage_least"],
        None,
    )


def _ranked(row: DependencyRow, judged: Sequence[DependencyRow]) -> DependencyRow:
    above = sum(other.hhi_t.value > row.hhi_t.value for other in judged)
    return replace(row, rank=above + 1)
