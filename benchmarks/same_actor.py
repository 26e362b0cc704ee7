"""Pairs of EuRepoC incidents from 2018 on: does one initiator stand behind both? Learned from pairs before 2018 alone,
with the blame hidden and the names masked; TF-IDF cosine of the same text beside it.

Everything was chosen on the folds before 2018 (`validation_auc`), nothing on the later part.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmarks.eurepoc_masked import Labelled, read
from benchmarks.ingest import shared_data
from verband.methods.connecting.same_actor import Pairs, Parameters, all_pairs, fit, score
from verband.methods.connecting.same_actor.likeness import cosine

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FOLDS = ((2012, 2013), (2014, 2015), (2016, 2017))
"""Each fold: learned from all before its first year, judged on pairs of its years."""
DRAWS = 2000
QUICK_DRAWS = 200


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """Counts, the area under the ROC curve of the method and of TF-IDF, and the lower end of the 95 % interval of the
    difference: by drawing incidents (`gain_low`) and by drawing whole actors (`gain_low_actors`).

    The keys with `names_only` have names of groups masked but not of states, nearer to the published baselines.
    `validation_auc` is the mean over the folds before 2018, `validation_auc_even` the same with an actor's pairs
    weighed by the root of their number.
    """
    strict, loose = read(shared_data())
    named = strict.named()
    later = named[strict.later[named]]
    everything, asked = all_pairs(named), all_pairs(later)
    found: dict[str, float | int] = {
        "incidents": len(named),
        "pairs": everything.count,
        "same_pairs": int(strict.same(everything.first, everything.second).sum()),
        "later_incidents": len(later),
        "later_same_pairs": int(strict.same(asked.first, asked.second).sum()),
    }
    found |= _judged(strict, later, seed=seed, draws=QUICK_DRAWS if quick else DRAWS)
    if not quick:
        judged = _judged(loose, later, seed=seed, draws=DRAWS)
        found |= {f"{key}_names_only": judged[key] for key in ("auc", "tfidf_auc", "gain_low")}
        found |= _validated(strict, seed=seed)
    return found


def _judged(data: Labelled, later: NDArray[np.int64], *, seed: int, draws: int) -> dict[str, float | int]:
    pairs = all_pairs(later)
    same = data.same(pairs.first, pairs.second)
    early = np.flatnonzero(~data.later)
    ours = score(fit(data.incidents, data.initiators, early, parameters=Parameters(seed=seed)), data.incidents, pairs)
    peer = cosine(data.incidents.words)[pairs.first, pairs.second]
    by_incident, by_actor = (
        _gain_low(same, ours.bans, peer, group, seed=seed, draws=draws)
        for group in (np.arange(len(later)), _actors(data, later))
    )
    return {
        "auc": auc(same, ours.bans),
        "tfidf_auc": auc(same, peer),
        "gain_low": by_incident,
        "gain_low_actors": by_actor,
    }


def auc(same: Flags, value: Floats, weight: Floats | None = None) -> float:
    """Area under the ROC curve, pairs weighed; equal values count half."""
    weights = np.ones(len(same)) if weight is None else weight
    _, place = np.unique(value, return_inverse=True)
    hits, misses = np.bincount(place, weights * same), np.bincount(place, weights * ~same)
    below = np.cumsum(misses) - misses
    return float(hits @ (below + misses / 2) / (hits.sum() * misses.sum()))


def _gain_low(same: Flags, ours: Floats, peer: Floats, group: NDArray[np.int64], *, seed: int, draws: int) -> float:
    """Lower end of the 95 % interval of the gain, over draws of groups of incidents with replacement.

    A pair counts as often as the product of how often its incidents were drawn; an incident with itself never.
    """
    random = np.random.default_rng(seed)
    left, right = np.triu_indices(len(group), k=1)
    size = int(group.max()) + 1
    gains = []
    for _ in range(draws):
        times = np.bincount(random.integers(size, size=size), minlength=size)[group].astype(np.float64)
        weight = times[left] * times[right]
        if (weight @ same) > 0:
            gains.append(auc(same, ours, weight) - auc(same, peer, weight))
    return float(np.quantile(gains, 0.025))


def _actors(data: Labelled, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each incident, the same for all that shared names tie together."""
    number = np.arange(len(places))
    owner: dict[str, int] = {}
    for row, place in enumerate(places.tolist()):
        for name in sorted(data.initiators[place]):
            first = owner.setdefault(name, row)
            number[number == number[row]] = number[first]
    return np.unique(number, return_inverse=True)[1]


def _validated(data: Labelled, *, seed: int) -> dict[str, float | int]:
    year = np.array([date.fromordinal(int(day)).year for day in data.incidents.start])
    named = data.named()
    plain, even = [], []
    for first, last in FOLDS:
        model = fit(data.incidents, data.initiators, np.flatnonzero(year < first), parameters=Parameters(seed=seed))
        pairs = all_pairs(named[(year[named] >= first) & (year[named] <= last)])
        same = data.same(pairs.first, pairs.second)
        bans = score(model, data.incidents, pairs).bans
        plain.append(auc(same, bans))
        even.append(auc(same, bans, _even(data, pairs, same)))
    return {"validation_auc": float(np.mean(plain)), "validation_auc_even": float(np.mean(even))}


def _even(data: Labelled, pairs: Pairs, same: Flags) -> Floats:
    """A weight for each pair: 1 over the root of how many of these pairs the busiest of its shared names has."""
    places = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    shared = [data.initiators[a] & data.initiators[b] for a, b in places]
    count = Counter(name for names in shared for name in names)
    busiest = [max((count[name] for name in names), default=1) for names in shared]
    return np.where(same, np.array(busiest, dtype=np.float64) ** -0.5, 1.0)
