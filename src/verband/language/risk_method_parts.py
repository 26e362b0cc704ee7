"""What a risk method consists of: criteria, classes, boundaries, bands of likelihood, bases and weights, each cell
with its source and whether it was checked against the document. `risk_methods` reads them from files.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from verband.language.errors import InputError
from verband.language.words import closest


@dataclass(frozen=True)
class Cell:
    """One sourced value of a method: what it is in both languages, where it comes from, and whether that was checked.

    `place` is stable within the method: `criterion.2.1`, `criterion.2.1.scale`, `class.E`, `band.A`, `band.A.closed`,
    `part.low`, `base.10`, `horizon.all`, `profile.equal`, `return_period`, `not_applicable`.
    """

    place: str
    nl: str
    en: str
    source: str
    verified: bool

    def label(self, language: str) -> str:
        """What the value is, in `nl` or `en`."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True)
class Named:
    """A key with its words and its cell."""

    key: str
    nl: str
    en: str
    cell: Cell

    def label(self, language: str) -> str:
        """The word in `nl` or `en`."""
        return self.nl if language == "nl" else self.en

    @property
    def verified(self) -> bool:
        """Whether the words and numbers of this cell were checked against the source."""
        return self.cell.verified

    @property
    def source(self) -> str:
        """Where this cell comes from."""
        return self.cell.source


@dataclass(frozen=True)
class ImpactClass(Named):
    """A class of impact; `rank` counts from 1 for the mildest. "Not applicable" has rank 0."""

    rank: int


@dataclass(frozen=True)
class Band(Named):
    """A class of likelihood, or a part of one: the chance in the horizon lies in `low`..`high` (0-1).

    None for an end that the method leaves open; `closed_low` and `closed_high` are always numbers. Where an end was
    closed by an assumption, or a class was cut in parts, `assumed` holds the cells that say so. `parts` is empty for
    a part.
    """

    low: float | None
    high: float | None
    closed_low: float
    closed_high: float
    assumed: tuple[Cell, ...] = ()
    parts: tuple[Band, ...] = ()

    @property
    def middle(self) -> float:
        """The chance half way, in powers of ten, between the closed ends."""
        return math.sqrt(self.closed_low * self.closed_high)


@dataclass(frozen=True)
class Duration:
    """A row of a matrix: it holds from `from_days` up to the next row; `classes` stand by amount, lowest first."""

    from_days: float
    nl: str
    en: str
    classes: tuple[str, ...]

    def label(self, language: str) -> str:
        """The word in `nl` or `en`."""
        return self.nl if language == "nl" else self.en


@dataclass(frozen=True)
class Scale:
    """How an amount becomes a class: boundaries, lowest first, and where the duration counts, a row for each.

    `on_boundary` is "above" where an amount on a boundary is in the class above it (`<10`), else "below" (`<=10`).
    `late_lowers`: how many classes lower what comes later counts (`late_nl`, `late_en` say what later is).
    `unit_euro` is what one unit is worth in euro, None where the method gives no money.
    """

    unit_nl: str
    unit_en: str
    bounds: tuple[float, ...]
    on_boundary: str
    classes: tuple[str, ...]
    rows: tuple[Duration, ...]
    late_lowers: int
    late_nl: str
    late_en: str
    unit_euro: float | None
    cell: Cell

    def class_of(self, amount: float, *, days: float | None = None) -> str:
        """The class of an amount in the scale's unit, and of its duration where the scale has rows.

        Raises InputError("risk_method.amount") for an amount below zero or not a number,
        ("risk_method.duration") where the scale needs a duration and has no row for the one given.
        """
        if not (math.isfinite(amount) and amount >= 0):
            raise InputError("risk_method.amount", amount=amount, unit=self.unit_en)
        place = bisect_right if self.on_boundary == "above" else bisect_left
        column = place(self.bounds, amount)
        return (self._row(days) if self.rows else self.classes)[column]

    def class_of_late(self, amount: float) -> str:
        """The class of an amount that comes later than within a year: `late_lowers` lower, never below the first."""
        return self.classes[max(0, self.classes.index(self.class_of(amount)) - self.late_lowers)]

    def _row(self, days: float | None) -> tuple[str, ...]:
        fitting = [row for row in self.rows if days is not None and days >= row.from_days]
        if not fitting:
            raise InputError("risk_method.duration", days=days, least=self.rows[0].from_days)
        return fitting[-1].classes


@dataclass(frozen=True)
class Criterion(Named):
    """What is scored, under one of the interests (a key of the catalogue `interests`).

    `scale` is None where the boundaries are not known; `scale_cell` says so. `measured_nl`, `measured_en` say what
    it is measured by, empty where that is not known. `subs`: sub-criteria, of which the highest counts and all are
    recorded.
    """

    interest: str
    measured_nl: str
    measured_en: str
    scale: Scale | None
    scale_cell: Cell
    subs: tuple[Named, ...]


@dataclass(frozen=True)
class Profile(Named):
    """Weights of all criteria by key, none below zero, not all zero."""

    weights: Mapping[str, float]


@dataclass(frozen=True)
class Base:
    """Each class counts `value` times the one below."""

    value: int
    cell: Cell


@dataclass(frozen=True)
class Horizon(Named):
    """The time in which the chances of the bands are meant; a method may have one for malicious risks apart."""

    years: float


@dataclass(frozen=True)
class ReturnPeriod:
    """Return periods by class: `years * per_class ** (at - s)`, where s may lie between two classes."""

    years: float
    at: float
    per_class: float
    cell: Cell

    def of(self, class_number: float) -> float:
        """The return period in years of a class such as 2 or 2.5."""
        return float(self.years * self.per_class ** (self.at - class_number))


_Found = TypeVar("_Found")


@dataclass(frozen=True, eq=False)
class RiskMethod:
    """A risk method in one version. Tuples stand in the file's order; `bases` and `horizons` start with the usual one.

    A method without `criteria` or `classes` has scales of likelihood only. `source` and `review_date` (ISO) are those
    of the file; each part has a cell of its own.
    """

    name: str
    version: str
    nl: str
    en: str
    source: str
    review_date: str
    horizons: tuple[Horizon, ...]
    classes: tuple[ImpactClass, ...]
    not_applicable: ImpactClass | None
    bands: tuple[Band, ...]
    criteria: tuple[Criterion, ...]
    bases: tuple[Base, ...]
    profiles: tuple[Profile, ...]
    return_period: ReturnPeriod | None

    @property
    def horizon_years(self) -> float:
        """The usual horizon in years."""
        return self.horizons[0].years

    def label(self, language: str) -> str:
        """The name in `nl` or `en`."""
        return self.nl if language == "nl" else self.en

    def impact_class(self, key: str) -> ImpactClass:
        """A class by key, "not applicable" among them. Raises InputError("risk_method.unknown_class")."""
        return self._get(self._classes, key, "risk_method.unknown_class")

    def band(self, key: str) -> Band:
        """A class of likelihood (`C`) or a part of one (`C-low`). Raises InputError("risk_method.unknown_band")."""
        return self._get(self._bands, key, "risk_method.unknown_band")

    def criterion(self, key: str) -> Criterion:
        """A criterion by key; the key of a sub-criterion finds the criterion it is under.

        Raises InputError("risk_method.unknown_criterion").
        """
        return self._get(self._criteria, key, "risk_method.unknown_criterion")

    def profile(self, key: str) -> Profile:
        """The weights under a key. Raises InputError("risk_method.unknown_profile")."""
        return self._get({item.key: item for item in self.profiles}, key, "risk_method.unknown_profile")

    def horizon(self, key: str) -> Horizon:
        """A horizon by key. Raises InputError("risk_method.unknown_horizon")."""
        return self._get({item.key: item for item in self.horizons}, key, "risk_method.unknown_horizon")

    def base(self, value: int) -> Base:
        """A base by its value. Raises InputError("risk_method.unknown_base")."""
        return self._get({str(item.value): item for item in self.bases}, str(value), "risk_method.unknown_base")

    def value(self, key: str, base: int) -> int:
        """What a class counts: 1 for the mildest, `base` times as much for each next; 0 where it is not applicable."""
        rank = self.impact_class(key).rank
        return int(base ** (rank - 1)) if rank else 0

    def cells(self) -> tuple[Cell, ...]:
        """Every cell of the method, in the order of the file."""
        bands = (cell for band in self._bands.values() for cell in (band.cell, *band.assumed))
        criteria = (
            cell for item in self.criteria for cell in (item.cell, item.scale_cell, *(sub.cell for sub in item.subs))
        )
        whole = (*self.horizons, *self.bases, *self._classes.values())
        ends = (self.return_period,) if self.return_period else ()
        return tuple(
            dict.fromkeys((*(item.cell for item in (*whole, *ends, *self.profiles)), *bands, *criteria)).keys()
        )

    def unverified(
        self,
        *,
        criteria: Iterable[str] = (),
        classes: Iterable[str] = (),
        bands: Iterable[str] = (),
        profile: str | None = None,
        bases: Iterable[int] = (),
        horizon: str | None = None,
    ) -> tuple[Cell, ...]:
        """The cells among those used that nobody checked against the document, each once; empty if all were.

        A criterion stands for its name and its boundaries, a band for its numbers, how an open end was closed and how
        it was cut. While this is not empty, output that looks official is refused or says that it is not verified.
        Raises InputError where a key is not known.
        """
        used: list[Cell] = []
        for key in criteria:
            found = self.criterion(key)
            used += [found.cell, found.scale_cell, *(sub.cell for sub in found.subs)]
        used += [self.impact_class(key).cell for key in classes]
        for key in bands:
            band = self.band(key)
            used += [band.cell, *band.assumed]
        used += [self.base(value).cell for value in bases]
        used += [self.profile(profile).cell] if profile is not None else []
        used += [self.horizon(horizon).cell] if horizon is not None else []
        return tuple(cell for cell in dict.fromkeys(used) if not cell.verified)

    @cached_property
    def _classes(self) -> Mapping[str, ImpactClass]:
        every = (*self.classes, *((self.not_applicable,) if self.not_applicable else ()))
        return {item.key: item for item in every}

    @cached_property
    def _bands(self) -> Mapping[str, Band]:
        return {item.key: item for band in self.bands for item in (band, *band.parts)}

    @cached_property
    def _criteria(self) -> Mapping[str, Criterion]:
        own = {item.key: item for item in self.criteria}
        return own | {sub.key: item for item in self.criteria for sub in item.subs}

    def _get(self, known: Mapping[str, _Found], key: str, code: str) -> _Found:
        found = known.get(key)
        if found is None:
            nearest = closest(key, known) or ", ".join(known)
            raise InputError(code, key=key, method=self.name, nearest=nearest)
        return found
