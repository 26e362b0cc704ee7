"""Likelihood as a distribution of chances: log-uniform within a class, experts mixed, and carried to other horizons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from verband.language.errors import InputError
from verband.language.risk_methods import RiskMethod
from verband.methods.weighing.masses import Floats, weights_of
from verband.methods.weighing.model import MASS, Judgement, check

#: Points and weights of Gauss-Legendre on -1..1, for means that have no closed form.
_NODES, _AT = np.polynomial.legendre.leggauss(64)


@dataclass(frozen=True, eq=False)
class Chance:
    """A distribution of the chance in `years`: pieces from `lows` to `highs`, log-uniform in each, of `mass`.

    The pieces are chances in `stated_years`, the horizon of the method; in another horizon every chance p becomes
    1 - (1 - p) ** (years / stated_years). Pieces stand by their ends; `mass` sums to 1.
    """

    lows: Floats
    highs: Floats
    mass: Floats
    stated_years: float
    years: float

    def over(self, years: float) -> Chance:
        """The same judgement over another horizon. Raises InputError("weighing.horizon")."""
        over_horizon(0.5, from_years=self.stated_years, to_years=years)
        return Chance(self.lows, self.highs, self.mass, self.stated_years, years)

    def quantile(self, q: float) -> float:
        """The chance that holds a share `q` (0-1) at or below it; in a gap between pieces, its upper end."""
        return float(self.quantiles(np.array([q]))[0])

    def quantiles(self, q: Floats) -> Floats:
        """As `quantile`, for many."""
        knots, cdf = self._knots
        logs: Floats = np.interp(q, cdf, knots)
        return self._carried(np.exp(logs))

    def cdf(self, chance: float) -> float:
        """The share at or below a chance in `years`."""
        if chance <= 0:
            return 0.0
        stated = over_horizon(min(chance, 1.0), from_years=self.years, to_years=self.stated_years)
        return float(self._cdf_at(np.log([stated]))[0]) if stated > 0 else 0.0

    def mean(self) -> float:
        """The expected chance."""
        middles, halves = (np.log(self.highs) + np.log(self.lows)) / 2, (np.log(self.highs) - np.log(self.lows)) / 2
        chances = self._carried(np.exp(middles[:, None] + halves[:, None] * _NODES))
        return float(self.mass @ (chances @ _AT) / 2)

    @cached_property
    def _knots(self) -> tuple[Floats, Floats]:
        knots = np.unique(np.log(np.concatenate([self.lows, self.highs])))
        # Rounded, so that adding up does not decide on which side of a gap between pieces a quantile falls.
        return knots, np.round(self._cdf_at(knots), 12)

    def _cdf_at(self, logs: Floats) -> Floats:
        lows, highs = np.log(self.lows), np.log(self.highs)
        inside = np.clip((logs[:, None] - lows) / (highs - lows), 0.0, 1.0)
        return np.asarray(inside @ self.mass, dtype=np.float64)

    def _carried(self, chances: Floats) -> Floats:
        if self.years == self.stated_years:
            return chances
        with np.errstate(divide="ignore"):
            return np.asarray(-np.expm1(np.log1p(-chances) * (self.years / self.stated_years)), dtype=np.float64)


def chance(
    method: RiskMethod,
    judgements: Sequence[Judgement],
    *,
    expert_weights: Mapping[str, float] | None = None,
    horizon: str | None = None,
    scenario: str = "",
) -> Chance | None:
    """The pooled likelihood; None where nobody judged it, which is unknown and no chance of zero.

    Each expert has .6 on the expected band, .2 each on lower and upper; within a band, or a part of one, the chance is
    log-uniform between its closed ends. `horizon` is a key of the method's horizons, by default the usual one.
    Raises what `pooled` raises.
    """
    check(method, judgements, scenario=scenario)
    weights = weights_of(judgements, expert_weights)
    years = method.horizon(horizon).years if horizon is not None else method.horizon_years
    given: dict[str, list[float]] = {}
    for judgement in judgements:
        if judgement.likelihood and weights[judgement.expert] > 0:
            for share, key in zip(MASS, judgement.likelihood.keys, strict=True):
                given.setdefault(key, []).append(weights[judgement.expert] * share)
    if not given:
        return None
    bands = sorted((method.band(key) for key in given), key=lambda band: (band.closed_low, band.closed_high))
    mass = np.array([math.fsum(given[band.key]) for band in bands])
    return Chance(
        lows=np.array([band.closed_low for band in bands]),
        highs=np.array([band.closed_high for band in bands]),
        mass=mass / math.fsum(mass),
        stated_years=years,
        years=years,
    )


def over_horizon(chance: float, *, from_years: float, to_years: float) -> float:
    """A chance in one horizon as the chance in another: 1 - (1 - p) ** (to / from).

    It takes a constant rate. Raises InputError("weighing.chance") outside 0..1, ("weighing.horizon") for years that
    are not above zero.
    """
    if not 0 <= chance <= 1:
        raise InputError("weighing.chance", value=chance)
    for years in (from_years, to_years):
        if not (math.isfinite(years) and years > 0):
            raise InputError("weighing.horizon", years=years)
    return 1.0 if chance == 1 else -math.expm1(math.log1p(-chance) * (to_years / from_years))


def annual_chance(return_period_years: float) -> float:
    """The chance of at least one event in a year, of events that come once in so many years at a constant rate.

    1 - exp(-1 / T). Raises InputError("weighing.horizon") where the period is not above zero.
    """
    if not (math.isfinite(return_period_years) and return_period_years > 0):
        raise InputError("weighing.horizon", years=return_period_years)
    return -math.expm1(-1 / return_period_years)


def return_period(chance: float, *, years: float) -> float:
    """The years between events that a chance in `years` stands for, at a constant rate: `annual_chance` turned round.

    Infinite for a chance of 0. Raises what `over_horizon` raises, and InputError("weighing.chance") for 1.
    """
    if chance == 1:
        raise InputError("weighing.chance", value=chance)
    over_horizon(chance, from_years=years, to_years=years)
    return math.inf if chance == 0 else -years / math.log1p(-chance)
