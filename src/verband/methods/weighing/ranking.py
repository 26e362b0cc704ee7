"""Which scenario comes before which, when weights and scores are uncertain: how often each rank, from a seed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from verband.language.errors import InputError
from verband.language.risk_methods import Profile, RiskMethod
from verband.methods.weighing.likelihood import Chance, chance
from verband.methods.weighing.masses import Floats, Pooled, pooled
from verband.methods.weighing.model import Judgement, check_profile
from verband.methods.weighing.totals import class_values

#: What can be ranked: the impact, or the chance times the impact.
RANKED_BY = ("impact", "risk")
_CHUNK = 500


@dataclass(frozen=True, eq=False)
class Ranks:
    """How often each scenario takes each rank, under one base. Rank 1 is the gravest.

    `scenarios` stand in the order given. `acceptability[i][r]`: the share of draws in which scenario i has rank r + 1;
    draws that tie share their ranks. `low`, `median` and `high`: the 5, 50 and 95 % of a scenario's rank. `left_out`:
    scenarios that cannot be ranked, each with the criteria that are missing (or "likelihood").
    """

    base: int
    by: str
    scenarios: tuple[str, ...]
    acceptability: tuple[tuple[float, ...], ...]
    low: tuple[int, ...]
    median: tuple[int, ...]
    high: tuple[int, ...]
    left_out: Mapping[str, tuple[str, ...]]
    seed: int
    draws: int
    concentration: float


@dataclass(frozen=True, eq=False)
class _Drawn:
    """What is drawn from: `masses` (criteria, ranks), and the chance where it counts."""

    masses: Floats
    chance: Chance | None

    def content(self) -> bytes:
        pieces = [self.chance.lows, self.chance.highs, self.chance.mass] if self.chance else []
        return b"".join(np.ascontiguousarray(part).tobytes() for part in (self.masses, *pieces))


def ranks(
    method: RiskMethod,
    scenarios: Mapping[str, Sequence[Judgement]],
    profile: Profile,
    *,
    seed: int,
    draws: int = 5_000,
    concentration: float = 50.0,
    by: str = "impact",
    bases: Sequence[int] | None = None,
    expert_weights: Mapping[str, float] | None = None,
) -> tuple[Ranks, ...]:
    """Rank acceptability of scenarios, one result for each base (by default all of the method), from the same draws.

    In each draw the weights are Dirichlet around the profile (parameter `concentration` times each weight's share;
    `math.inf` keeps them as they are; a weight's standard deviation is sqrt(m (1 - m) / (concentration + 1)) at share
    m), one draw for all scenarios; each class, and for `by="risk"` the chance, is drawn from the pooled judgements,
    each apart. A scenario with a missing criterion is left out, never ranked as if it were mild. The same seed gives
    the same bits; names and order of scenarios and experts change nothing.

    Raises InputError("weighing.draws") for draws or a concentration that are not above zero, ("weighing.ranked_by"),
    ("weighing.nothing_to_rank"), or what `pooled` and `profile_of` raise.
    Source: Lahdelma & Salminen 2001, SMAA-2 (rank acceptability).
    """
    _refuse(draws, concentration, by)
    check_profile(method, profile)
    found = {
        name: pooled(method, said, expert_weights=expert_weights, scenario=name) for name, said in scenarios.items()
    }
    chances = {
        name: chance(method, said, expert_weights=expert_weights, scenario=name) if by == "risk" else None
        for name, said in scenarios.items()
    }
    keys = [key for key, weight in profile.weights.items() if weight > 0]
    left_out = {name: gaps for name in scenarios if (gaps := _gaps(found[name], chances[name], keys, by))}
    whole = [name for name in scenarios if name not in left_out]
    if not whole:
        raise InputError("weighing.nothing_to_rank", scenarios=", ".join(scenarios))
    drawn = [_Drawn(np.stack([found[name].masses[key] for key in keys]), chances[name]) for name in whole]
    weights = np.array([profile.weights[key] for key in keys])
    chosen = tuple(method.base(base).value for base in bases) if bases else tuple(item.value for item in method.bases)
    # Drawn in the order of their content, so that neither names nor the order given decide who gets which draw.
    order = sorted(range(len(whole)), key=lambda at: drawn[at].content())
    counts = _counted([drawn[at] for at in order], weights, chosen, seed=seed, draws=draws, concentration=concentration)
    back = np.argsort(order)
    return tuple(
        _result(base, by, whole, shares[back], left_out, seed=seed, draws=draws, concentration=concentration)
        for base, shares in zip(chosen, counts, strict=True)
    )


def _refuse(draws: int, concentration: float, by: str) -> None:
    if draws < 1 or math.isnan(concentration) or concentration <= 0:
        raise InputError("weighing.draws", draws=draws, concentration=concentration)
    if by not in RANKED_BY:
        raise InputError("weighing.ranked_by", by=by, known=", ".join(RANKED_BY))


def _gaps(found: Pooled, known: Chance | None, keys: Sequence[str], by: str) -> tuple[str, ...]:
    gaps = tuple(key for key in found.missing if key in keys)
    return (*gaps, "likelihood") if by == "risk" and known is None else gaps


def _counted(
    drawn: Sequence[_Drawn],
    weights: Floats,
    bases: Sequence[int],
    *,
    seed: int,
    draws: int,
    concentration: float,
) -> list[Floats]:
    """For each base the shares of ranks, a row for each scenario; scenarios that are the same share theirs."""
    rng = np.random.default_rng(seed)
    counts = [np.zeros((len(drawn), len(drawn) + 1)) for _ in bases]
    alike = np.unique([item.content() for item in drawn], return_inverse=True)[1]
    for start in range(0, draws, _CHUNK):
        n = min(_CHUNK, draws - start)
        shares = weights / weights.sum()
        tried = rng.dirichlet(concentration * shares, n) if math.isfinite(concentration) else np.tile(shares, (n, 1))
        classes = np.stack([_classes(rng, item.masses, n) for item in drawn])
        chances = np.stack([_chances(rng, item.chance, n) for item in drawn])
        for base, count in zip(bases, counts, strict=True):
            values = class_values(drawn[0].masses.shape[1], base)
            _add(count, np.einsum("dc,sdc->sd", tried, values[classes]) * chances)
    return [_averaged(np.cumsum(count, axis=1)[:, :-1] / draws, alike) for count in counts]


def _classes(rng: np.random.Generator, masses: Floats, n: int) -> npt.NDArray[np.int64]:
    """Ranks (n, criteria)."""
    cdf = np.cumsum(masses, axis=1)
    found = (rng.random((n, len(masses)))[:, :, None] > cdf[None, :, :]).sum(axis=2)
    return np.asarray(np.minimum(found, masses.shape[1] - 1), dtype=np.int64)


def _chances(rng: np.random.Generator, known: Chance | None, n: int) -> Floats:
    return known.quantiles(rng.random(n)) if known else np.ones(n)


def _add(count: Floats, totals: Floats) -> None:
    """Count the ranks of each draw (a column of `totals`), as differences along the ranks; ties share theirs."""
    rounded = np.round(totals / totals.max(initial=1e-300), 12)
    above = (rounded[None, :, :] > rounded[:, None, :]).sum(axis=1)
    equal = (rounded[None, :, :] == rounded[:, None, :]).sum(axis=1)
    rows = np.broadcast_to(np.arange(len(totals))[:, None], above.shape)
    np.add.at(count, (rows, above), 1 / equal)
    np.add.at(count, (rows, above + equal), -1 / equal)


def _averaged(shares: Floats, alike: npt.NDArray[np.intp]) -> Floats:
    sums = np.zeros_like(shares)
    np.add.at(sums, alike, shares)
    return np.asarray((sums / np.maximum(1, np.bincount(alike, minlength=len(shares)))[:, None])[alike])


def _result(
    base: int,
    by: str,
    names: Sequence[str],
    shares: Floats,
    left_out: Mapping[str, tuple[str, ...]],
    *,
    seed: int,
    draws: int,
    concentration: float,
) -> Ranks:
    cdf = np.cumsum(shares, axis=1)
    low, median, high = (tuple(int(rank) for rank in (cdf < q - 1e-9).sum(axis=1) + 1) for q in (0.05, 0.5, 0.95))
    table = tuple(tuple(float(max(0.0, share)) for share in row) for row in shares)
    return Ranks(base, by, tuple(names), table, low, median, high, dict(left_out), seed, draws, concentration)
