"""Experts pooled: for each criterion a mixture of what they say, each on lower, expected and upper class."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from verband.language.errors import InputError
from verband.language.risk_methods import RiskMethod
from verband.methods.weighing.model import MASS, Judgement, checked, checked_weights

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Pooled:
    """The pooled judgements of one scenario.

    `masses`: for each criterion that was scored, the mass by rank, from 0 (not applicable) to the gravest class;
    each sums to 1. `experts`: who scored it, by alias. `missing`: criteria that nobody scored, in the order of the
    method.
    """

    method: RiskMethod
    masses: Mapping[str, Floats]
    experts: Mapping[str, tuple[str, ...]]
    missing: tuple[str, ...]


def pooled(
    method: RiskMethod,
    judgements: Sequence[Judgement],
    *,
    expert_weights: Mapping[str, float] | None = None,
    scenario: str = "",
) -> Pooled:
    """The experts' masses for each criterion: .6 on the expected class, .2 each on lower and upper, mixed.

    Without `expert_weights` (by alias, such as those of `cooke`) all count the same. An expert who left a criterion
    out does not count there. Order and names of experts change nothing, to the bit. Raises what `check` raises, and
    for the weights what `checked_weights` raises or InputError("weighing.expert_weight") for an expert without one.
    """
    every = checked(method, judgements, scenario=scenario)
    counts = weights_of(judgements, expert_weights)
    said = {expert: ranks for expert, ranks in every.items() if counts[expert] > 0}
    masses, experts = {}, {}
    for criterion in method.criteria:
        who = sorted(expert for expert, ranks in said.items() if criterion.key in ranks)
        if who:
            rows = [(counts[expert], said[expert][criterion.key]) for expert in who]
            masses[criterion.key] = _mixture(rows, len(method.classes) + 1)
            experts[criterion.key] = tuple(who)
    missing = tuple(item.key for item in method.criteria if item.key not in masses)
    return Pooled(method, MappingProxyType(masses), MappingProxyType(experts), missing)


def weights_of(judgements: Sequence[Judgement], given: Mapping[str, float] | None) -> dict[str, float]:
    """The weight of each expert: 1 each, or as given. Raises as `pooled` says."""
    if given is None:
        return {item.expert: 1.0 for item in judgements}
    weights = checked_weights(given)
    for item in judgements:
        if item.expert not in weights:
            raise InputError("weighing.expert_weight", expert=item.expert)
    mine = {item.expert: weights[item.expert] for item in judgements}
    if mine and not any(mine.values()):
        raise InputError("weighing.weights_zero", keys=", ".join(sorted(mine)))
    return mine


def _mixture(rows: Sequence[tuple[float, tuple[int, ...]]], size: int) -> Floats:
    # Exactly rounded sums, so that the order of experts cannot show.
    whole = math.fsum(weight for weight, _ in rows)
    parts: list[list[float]] = [[] for _ in range(size)]
    for weight, ranks in rows:
        for share, rank in zip(MASS, ranks, strict=True):
            parts[rank].append(weight * share)
    mass = np.array([math.fsum(part) / whole for part in parts])
    return np.asarray(mass / math.fsum(mass), dtype=np.float64)
