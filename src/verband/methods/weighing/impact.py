"""The impact of one scenario as a distribution, with each criterion's part in it; what is missing keeps it open."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from verband.language.errors import InputError
from verband.language.risk_methods import Profile
from verband.methods.weighing.masses import Floats, Pooled
from verband.methods.weighing.model import check_profile
from verband.methods.weighing.totals import Total, class_values, together, total


@dataclass(frozen=True)
class Part:
    """Why the number is what it is, for one criterion.

    `classes`: the pooled mass by class key, "not applicable" included, empty where missing. `median`: the class key
    that holds the middle. `value`: what the classes count on average, 0 to 1. `low` and `high`: the criterion's part
    of the expected total (weight times value over the sum of weights), the same unless it is missing. `share`: its
    part of the whole, None while anything is missing or the whole is 0. `experts`: how many scored it.
    """

    criterion: str
    weight: float
    classes: Mapping[str, float]
    median: str | None
    value: float | None
    low: float
    high: float
    share: float | None
    experts: int

    @property
    def missing(self) -> bool:
        """Nobody scored it."""
        return self.value is None


@dataclass(frozen=True, eq=False)
class Impact:
    """The impact under one base and one profile of weights, on 0 to 1.

    Where `missing` is not empty the truth lies between `low`, as mild as it can be (what is missing does not apply),
    and `high`, as bad as it can be (the gravest class), and there is no single number. Otherwise the two are one.
    `low_together` and `high_together`: the same with all criteria moving together. `parts` stand in the order of the
    method, those of weight 0 left out.
    """

    base: int
    profile: Profile
    low: Total
    high: Total
    low_together: Total
    high_together: Total
    missing: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def total(self) -> Total:
        """The distribution, where nothing is missing. Raises InputError("weighing.missing") otherwise."""
        return self._whole(self.low)

    @property
    def total_together(self) -> Total:
        """The comonotone bound, where nothing is missing. Raises InputError("weighing.missing") otherwise."""
        return self._whole(self.low_together)

    def interval(self, low: float = 0.05, high: float = 0.95) -> tuple[float, float]:
        """From the low quantile of the mildest to the high quantile of the worst that it can be."""
        return self.low.quantile(low), self.high.quantile(high)

    def _whole(self, found: Total) -> Total:
        if self.missing:
            raise InputError("weighing.missing", criteria=", ".join(self.missing))
        return found


def impact(pooled: Pooled, profile: Profile, *, base: int) -> Impact:
    """The distribution of the weighted sum over criteria of `base` to the power of the class, pooled experts in.

    Criteria are taken as independent; the comonotone bound stands beside. A criterion of weight 0 is left out.
    Raises InputError("weighing.nothing_scored") where no criterion with a weight was scored, and what `profile_of`
    raises where the profile does not fit the method.
    """
    check_profile(pooled.method, profile)
    weights = {key: weight for key, weight in profile.weights.items() if weight > 0}
    missing = tuple(key for key in pooled.missing if key in weights)
    if len(missing) == len(weights):
        raise InputError("weighing.nothing_scored", criteria=", ".join(missing))
    size = len(pooled.method.classes) + 1
    mild, grave = np.eye(size)[0], np.eye(size)[-1]
    lows: dict[str, Floats] = {key: pooled.masses.get(key, mild) for key in weights}
    highs: dict[str, Floats] = {key: pooled.masses.get(key, grave) for key in weights}
    low, low_together = total(lows, weights, base=base), together(lows, weights, base=base)
    high = total(highs, weights, base=base) if missing else low
    high_together = together(highs, weights, base=base) if missing else low_together
    parts = _parts(pooled, weights, base)
    return Impact(base, profile, low, high, low_together, high_together, missing, parts)


def _parts(pooled: Pooled, weights: Mapping[str, float], base: int) -> tuple[Part, ...]:
    method, steps = pooled.method, class_values(len(pooled.method.classes) + 1, base)
    values = {key: float(mass @ steps) / float(steps[-1]) for key, mass in pooled.masses.items()}
    whole = math.fsum(weights.values())
    complete = all(key in values for key in weights)
    expected = math.fsum(weights[key] * values[key] for key in weights if key in values) / whole
    parts = []
    for criterion in method.criteria:
        key = criterion.key
        if key not in weights:
            continue
        share, value = weights[key] / whole, values.get(key)
        part = share * value if value is not None else 0.0
        parts.append(
            Part(
                criterion=key,
                weight=weights[key],
                classes=_by_class(pooled, key),
                median=_median(pooled, key),
                value=value,
                low=part,
                high=part if value is not None else share,
                share=part / expected if complete and expected else None,
                experts=len(pooled.experts.get(key, ())),
            )
        )
    return tuple(parts)


def _keys(pooled: Pooled) -> list[str]:
    outside = pooled.method.not_applicable
    return [outside.key if outside else "", *(item.key for item in pooled.method.classes)]


def _by_class(pooled: Pooled, key: str) -> Mapping[str, float]:
    mass = pooled.masses.get(key)
    if mass is None:
        return {}
    return {name: float(share) for name, share in zip(_keys(pooled), mass, strict=True) if share}


def _median(pooled: Pooled, key: str) -> str | None:
    mass = pooled.masses.get(key)
    if mass is None:
        return None
    return _keys(pooled)[int(np.searchsorted(np.cumsum(mass), 0.5 - 1e-9))]
