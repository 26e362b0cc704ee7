"""Parameters from cases whose answer is known: first the ranking of groups, then how strong "none of these" is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from typing import Final

import numpy as np
from scipy.optimize import minimize

from . import weighing
from .model import Parameters, Profile, Query
from .weighing import Array, Counted

#: Where the search starts and the least and most that each may become.
_BOUNDS: Final = {
    "smoothing_technique": (60.0, 1.0, 2000.0),
    "smoothing_software": (30.0, 1.0, 2000.0),
    "backing_technique": (1.0, 0.01, 10.0),
    "backing_software": (0.5, 0.01, 10.0),
    "through_software": (0.1, 0.001, 2.0),
    "weight_technique": (0.8, 0.1, 1.0),
    "size": (0.5, 0.01, 3.0),
}
_BAN: Final = log(10.0)


@dataclass(frozen=True)
class Case:
    """A query of which the group is known: `answer` is its place in `profiles`, which must not hold the report asked
    about.
    """

    query: Query
    profiles: Sequence[Profile]
    answer: int


def fit(cases: Sequence[Case], *, steps: int = 60) -> Parameters:
    """The parameters under which the known answers are likeliest.

    The ranking: conditional logit over the groups, by L-BFGS-B on the logarithms from a fixed start, at most `steps`
    steps. Then "none of these": each case once with its group among the answers, and once with its group taken out
    of the collection, where "none of these" is right. Nothing is drawn, so the same cases give the same parameters.
    Raises ValueError for no cases. Source: McFadden 1974, conditional logit.
    """
    if not cases:
        raise ValueError("no cases to fit on")
    counted = [(weighing.count(case.query, case.profiles), case.answer) for case in cases]
    names = list(_BOUNDS)

    def made(logs: Array) -> Parameters:
        return replace(Parameters(), **{name: exp(value) for name, value in zip(names, logs, strict=True)})

    def loss(logs: Array) -> float:
        settings = made(logs)
        return float(np.mean([_missed(weighing.scores(one, settings), answer) for one, answer in counted]))

    start = np.log([_BOUNDS[name][0] for name in names])
    bounds = [(log(low), log(high)) for _, low, high in _BOUNDS.values()]
    ranked = made(_least(loss, start, bounds, steps))
    return _with_none(cases, counted, ranked)


def _with_none(cases: Sequence[Case], counted: Sequence[tuple[Counted, int]], settings: Parameters) -> Parameters:
    present = [(weighing.scores(one, settings), answer) for one, answer in counted]
    absent = []
    for case in cases:
        others = [one for place, one in enumerate(case.profiles) if place != case.answer]
        absent.append(weighing.scores(weighing.count(case.query, others), settings))

    def loss(none: Array) -> float:
        with_group = sum(_missed(np.append(scores, none), answer) for scores, answer in present)
        return (with_group + sum(_missed(np.append(scores, none), len(scores)) for scores in absent)) / len(present)

    return replace(settings, none=float(_least(loss, np.zeros(1), [(-10.0, 10.0)], 40)[0]))


def _missed(bans: Array, answer: int) -> float:
    """How unlikely the answer was: minus the natural logarithm of its chance."""
    logs = bans * _BAN
    top = float(logs.max())
    return top + log(float(np.exp(logs - top).sum())) - float(logs[answer])


def _least(loss: Callable[[Array], float], start: Array, bounds: Sequence[tuple[float, float]], steps: int) -> Array:
    found = minimize(loss, start, method="L-BFGS-B", bounds=bounds, options={"maxiter": steps, "ftol": 1e-6})
    return np.asarray(found.x)
