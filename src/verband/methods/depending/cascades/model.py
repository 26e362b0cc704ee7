"""What is described of a dependency: nodes, their requirement groups, and the parameters of a run."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from verband.language.errors import InputError

#: What an hour lost of a process of each class counts. Source: definitions of the project (A = 3, B = 1).
CLASS_WEIGHTS: Mapping[str, float] = MappingProxyType({"A": 3.0, "B": 1.0})
#: Our own assumption where a buffer has no stated spread: nine of ten draws lie between half and twice the buffer.
SPREAD = 2.0
#: Ten years of hours, and a factor of a thousand: more is a slip of the pen, and sums of it no longer fit.
MOST_HORIZON_H = 87_600.0
MOST_SPREAD = 1_000.0
#: The standard normal quantile of 95 %.
_Z95 = 1.6448536269514722


@dataclass(frozen=True)
class Requirement:
    """One group of suppliers: it holds while `k` of its members are up, and `buffer_h` hours longer.

    `spread` is a factor: nine of ten draws of the buffer lie between buffer / spread and buffer * spread. None: nobody
    stated one, and the assumption of the parameters holds.
    """

    members: tuple[str, ...]
    k: int = 1
    buffer_h: float = 0.0
    spread: float | None = None


@dataclass(frozen=True)
class Node:
    """A process, a service or a part, up while all its requirements hold. Without any it is supplied from outside.

    `grade` is the class of a vital process (A, B); empty for what is no process and counts no hours itself.
    """

    name: str
    requirements: tuple[Requirement, ...] = ()
    grade: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Parameters:
    """What a measurement of criticality takes: horizon, weights of classes, and how buffers are drawn.

    `with_interval`: of so many candidates, the highest by the stated buffers, intervals are drawn. `pairs_from`: pairs
    are made of so many candidates, the highest alone; `pairs_most` bounds the pairs that back each other up.
    """

    horizon_h: float = 72.0
    weights: Mapping[str, float] = field(default_factory=lambda: CLASS_WEIGHTS)
    draws: int = 1_000
    seed: int = 0
    spread: float = SPREAD
    with_interval: int = 100
    pairs_from: int = 40
    pairs_most: int = 2_000

    def __post_init__(self) -> None:
        if not 0 < self.horizon_h <= MOST_HORIZON_H:
            raise InputError("depending.horizon", hours=self.horizon_h, most=f"{MOST_HORIZON_H:g}")
        if self.draws < 1 or self.seed < 0 or self.with_interval < 0 or self.pairs_from < 0 or self.pairs_most < 0:
            raise InputError("depending.counts")
        checked_spread(self.spread, node="", group=0)
        for grade, weight in self.weights.items():
            if not (math.isfinite(weight) and weight >= 0):
                raise InputError("depending.weight", grade=grade, value=weight)


def checked_spread(spread: float, *, node: str, group: int) -> float:
    """The factor as given. Raises InputError("depending.spread") where it is below 1 or above 1000, or no number."""
    if not 1 <= spread <= MOST_SPREAD:
        raise InputError("depending.spread", value=spread, node=node, group=group)
    return spread


def sigma_of(spread: float) -> float:
    """The standard deviation, in natural logarithms, of a lognormal whose 5 and 95 % lie a factor from its median."""
    return math.log(spread) / _Z95
