"""Weighted totals of 60 scenarios by 16 criteria: exact by convolution, against 20,000 Monte Carlo draws of the same.

`exact_s` and `monte_carlo_s` are CPU seconds of the computation alone (experts pooled, totals made), each measured
inside a child process of its own; `exact_s_with_start` and `monte_carlo_s_with_start` are all of that child's, with the
start of the interpreter, the import of numpy (about .1 s by itself) and the made-up input. The bar is on the
computation, which is what grows with scenarios. `python -m benchmarks.weighing exact|monte_carlo SEED FILE` is a child.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.contender import run_python
from verband.language.risk_methods import RiskMethod, risk_method
from verband.methods.weighing import Judgement, Score, pooled, total

SCENARIOS, CRITERIA, EXPERTS, DRAWS, BASE = 60, 16, 5, 20_000, 3
Floats = npt.NDArray[np.float64]
#: For each scenario where its cumulative distribution steps, and how high it is from there on.
Steps = list[tuple[Floats, Floats]]


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """`exact_s`, `monte_carlo_s`, the same with the start of a process, and `largest_difference`: the largest distance
    between the two cumulative distributions, over all values and scenarios. It is quick as it is.
    """
    out: dict[str, float | int] = {"scenarios": SCENARIOS, "criteria": CRITERIA, "experts": EXPERTS, "draws": DRAWS}
    made: dict[str, Steps] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in CONTENDERS:
            file = Path(folder) / f"{name}.npz"
            ended = run_python(["-m", "benchmarks.weighing", name, str(seed), str(file)])
            out[f"{name}_s"], out[f"{name}_s_with_start"] = ended.value["cpu_s"], ended.cpu_s
            with np.load(file) as kept:
                made[name] = [(kept[f"x{at}"], kept[f"p{at}"]) for at in range(SCENARIOS)]
    out["largest_difference"] = max(map(apart, made["exact"], made["monte_carlo"]))
    return out


def apart(one: tuple[Floats, Floats], other: tuple[Floats, Floats]) -> float:
    """The largest distance between two step functions that rise from 0 to 1."""
    # A total is the same number however it was added up.
    (xs, ps), (ys, qs) = ((np.round(values, 9), heights) for values, heights in (one, other))
    at = np.union1d(xs, ys)
    heights = [
        np.concatenate([[0.0], high])[np.searchsorted(values, at, side="right")]
        for values, high in ((xs, ps), (ys, qs))
    ]
    return float(np.abs(heights[0] - heights[1]).max())


def judged(method: RiskMethod, seed: int) -> tuple[list[list[Judgement]], dict[str, float]]:
    """Made-up judgements and whole weights of 1 to 3: each criterion has a class of its own, which experts miss by one
    now and then; one in ten does not apply.
    """
    rng = np.random.default_rng(seed)
    keys = [item.key for item in method.criteria][:CRITERIA]
    classes, top = [item.key for item in method.classes], len(method.classes) - 1
    scenarios = []
    for _ in range(SCENARIOS):
        middle, applies = rng.integers(0, top + 1, CRITERIA), rng.random(CRITERIA) > 0.1
        experts = []
        for number in range(EXPERTS):
            expected = np.clip(middle + rng.integers(-1, 2, CRITERIA), 0, top)
            lower = np.maximum(0, expected - rng.integers(0, 2, CRITERIA))
            upper = np.minimum(top, expected + rng.integers(0, 3, CRITERIA))
            scores = tuple(
                Score(key, *(classes[at] for at in found)) if there else Score.sure(key, "X")
                for key, there, *found in zip(keys, applies, lower, expected, upper, strict=True)
            )
            experts.append(Judgement(f"expert {number}", scores))
        scenarios.append(experts)
    return scenarios, dict(zip(keys, rng.integers(1, 4, CRITERIA).astype(float).tolist(), strict=True))


def exact(method: RiskMethod, scenarios: list[list[Judgement]], weights: dict[str, float], seed: int) -> Steps:
    """The method's own distributions."""
    found = [total(pooled(method, experts).masses, weights, base=BASE) for experts in scenarios]
    return [(one.values, np.cumsum(one.pmf)) for one in found]


def monte_carlo(method: RiskMethod, scenarios: list[list[Judgement]], weights: dict[str, float], seed: int) -> Steps:
    """The usual way: a class drawn for each criterion, weighed and added, 20,000 times for each scenario."""
    rng = np.random.default_rng([seed, 1])
    shares = np.array(list(weights.values())) / sum(weights.values())
    steps = np.array([0.0, *(float(BASE) ** rank for rank in range(len(method.classes)))]) / BASE ** (
        len(method.classes) - 1
    )
    out = []
    for experts in scenarios:
        masses = pooled(method, experts).masses
        drawn = np.zeros(DRAWS)
        for key, share in zip(weights, shares, strict=True):
            drawn += share * steps[rng.choice(len(steps), DRAWS, p=masses[key])]
        values, times = np.unique(np.round(drawn, 9), return_counts=True)
        out.append((values, np.cumsum(times) / DRAWS))
    return out


CONTENDERS: dict[str, Callable[[RiskMethod, list[list[Judgement]], dict[str, float], int], Steps]] = {
    "exact": exact,
    "monte_carlo": monte_carlo,
}


def _child(name: str, seed: int, file: Path) -> None:
    method = risk_method("anv")
    scenarios, weights = judged(method, seed)
    start = time.process_time()
    found = CONTENDERS[name](method, scenarios, weights, seed)
    cpu_s = time.process_time() - start
    kept = {f"{letter}{at}": part for at, pair in enumerate(found) for letter, part in zip("xp", pair, strict=True)}
    with file.open("wb") as out:
        np.savez(out, allow_pickle=False, **kept)
    print(json.dumps({"cpu_s": cpu_s}))


if __name__ == "__main__":
    _child(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
