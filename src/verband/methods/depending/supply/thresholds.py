"""What indicators are held against: sourced cells of the catalogue `dependency_indicators`."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from verband.language.catalogues import Entry, catalogue
from verband.language.errors import InputError

CATALOGUE = "dependency_indicators"


@dataclass(frozen=True)
class Bound:
    """One threshold with its words, where it comes from, and whether that was checked."""

    key: str
    value: float
    nl: str
    en: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Thresholds:
    """The thresholds of one version of the catalogue, by key."""

    version: str
    bounds: Mapping[str, Bound]

    def __getitem__(self, key: str) -> float:
        return self.bounds[key].value

    def unverified(self, keys: Iterable[str]) -> tuple[Bound, ...]:
        """Those of these keys that were not checked against their source, in the order of the keys."""
        return tuple(self.bounds[key] for key in keys if not self.bounds[key].verified)


#: Without these no indicator can be judged.
KEYS = (
    "eu_concentration", "eu_from_outside", "eu_substitution", "geodep_concentration", "geodep_world",
    "geodep_substitution", "geodep_no_exports", "geodep_years", "geodep_years_looked_at", "coverage_least",
    "coverage_most", "supply_risk", "economic_importance",
)  # fmt: skip


def thresholds(*, version: str | None = None, directory: Path | None = None) -> Thresholds:
    """The thresholds; without a version the newest. `directory` holds an installation's own catalogues.

    Raises InputError("supply.threshold") for a key that is missing or no number of zero or more, or what `catalogue`
    raises.
    """
    found = catalogue(CATALOGUE, version=version, directory=directory)
    bounds = {entry.key: _bound(entry) for entry in found.entries}
    for key in KEYS:
        if key not in bounds or not (math.isfinite(bounds[key].value) and bounds[key].value >= 0):
            raise InputError("supply.threshold", key=key, version=found.version)
    return Thresholds(found.version, MappingProxyType(bounds))


def _bound(entry: Entry) -> Bound:
    value = entry.fields.get("value")
    number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan
    return Bound(entry.key, number, entry.nl, entry.en, entry.source, entry.verified)
