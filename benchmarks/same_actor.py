"""Pairs of EuRepoC incidents from 2018 on: does one initiator stand behind both? Learned from pairs before 2018 alone,
with the blame hidden and the names masked; TF-IDF cosine of the same text beside it.

Everything was chosen on the folds before 2018 (`validation_auc`), nothing on the later part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmarks.eurepoc_masked import LATER, Labelled, read
from benchmarks.ingest import shared_data
from verband.methods.connecting.same_actor import Pairs, Parameters, all_pairs, fit, score
from verband.methods.connecting.same_actor.likeness import cosine

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FOLDS = ((2012, 2013), (2014, 2015), (2016, 2017), (2013, 2015), (2015, 2017))
"""Each fold: learned from all before its first year, judged on pairs of its years."""
DRAWS = 2000
QUICK_DRAWS = 200


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """Counts, the area under the ROC curve of the method and of TF-IDF, and the lower end of the 95 % interval of the
    difference: by drawing incidents (`gain_low`), whole actors (`gain_low_actors`) or single pairs as if they were
    independent, which they are not (`gain_low_pairs`).

    The keys without an ending have the columns hidden that the definitions list, and names of groups and initiators
    masked. `criterion_hidden`: the criterion of inclusion hidden too; `states_masked`: names and adjectives of states
    masked too; `strictest`: both. `validation_auc` is the mean over the folds before 2018; `validation_auc_rest` the
    same over pairs that have nothing of the initiator with most incidents, an actor's pairs weighed by the root of
    their number.
    """
    readings = read(shared_data())
    data = readings.stated
    named = data.named()
    later = named[data.later[named]]
    everything, asked = all_pairs(named), all_pairs(later)
    found: dict[str, float | int] = {
        "incidents": len(named),
        "pairs": everything.count,
        "same_pairs": int(data.same(everything.first, everything.second).sum()),
        "later_incidents": len(later),
        "later_same_pairs": int(data.same(asked.first, asked.second).sum()),
    }
    found |= _judged(data, later, seed=seed, draws=QUICK_DRAWS if quick else DRAWS)
    if not quick:
        for ending in ("criterion_hidden", "states_masked", "strictest"):
            judged = _judged(getattr(readings, ending), later, seed=seed, draws=DRAWS)
            found |= {f"{key}_{ending}": judged[key] for key in ("auc", "tfidf_auc", "gain_low")}
        found |= validated(data, seed=seed)
    return found


def _judged(data: Labelled, later: NDArray[np.int64], *, seed: int, draws: int) -> dict[str, float | int]:
    pairs = all_pairs(later)
    same = data.same(pairs.first, pairs.second)
    early = np.flatnonzero(~data.later)
    ours = score(fit(data.incidents, data.initiators, early, parameters=Parameters(seed=seed)), data.incidents, pairs)
    peer = cosine(data.incidents.words)[pairs.first, pairs.second]
    by_incident, by_actor = (
        _low(same, ours.bans, peer, _weights(group, seed=seed, draws=draws))
        for group in (np.arange(len(later)), _actors(data, later))
    )
    return {
        "auc": auc(same, ours.bans),
        "tfidf_auc": auc(same, peer),
        "gain_low": by_incident,
        "gain_low_actors": by_actor,
        "gain_low_pairs": _low(same, ours.bans, peer, _single(pairs.count, seed=seed, draws=draws)),
    }


def auc(same: Flags, value: Floats, weight: Floats | None = None) -> float:
    """Area under the ROC curve, pairs weighed; equal values count half."""
    return _area(same, np.unique(value, return_inverse=True)[1], np.ones(len(same)) if weight is None else weight)


def _area(same: Flags, place: NDArray[np.intp], weight: Floats) -> float:
    hits, misses = np.bincount(place, weight * same), np.bincount(place, weight * ~same)
    below = np.cumsum(misses) - misses
    return float(hits @ (below + misses / 2) / (hits.sum() * misses.sum()))


def _low(same: Flags, ours: Floats, peer: Floats, weights: Iterable[Floats]) -> float:
    """Lower end of the 95 % interval of the gain over these draws; a draw without a same pair is left out."""
    mine, other = (np.unique(value, return_inverse=True)[1] for value in (ours, peer))
    gains = [_area(same, mine, weight) - _area(same, other, weight) for weight in weights if (weight @ same) > 0]
    return float(np.quantile(gains, 0.025))


def _weights(group: NDArray[np.int64], *, seed: int, draws: int) -> Iterator[Floats]:
    """How often each pair counts when groups of incidents are drawn with replacement.

    It is the product of how often its incidents were drawn; an incident with itself never.
    """
    random = np.random.default_rng(seed)
    left, right = np.triu_indices(len(group), k=1)
    size = int(group.max()) + 1
    for _ in range(draws):
        times = np.bincount(random.integers(size, size=size), minlength=size)[group].astype(np.float64)
        yield times[left] * times[right]


def _single(pairs: int, *, seed: int, draws: int) -> Iterator[Floats]:
    """How often each pair counts when pairs are drawn with replacement."""
    random = np.random.default_rng(seed)
    for _ in range(draws):
        yield np.bincount(random.integers(pairs, size=pairs), minlength=pairs).astype(np.float64)


def _actors(data: Labelled, places: NDArray[np.int64]) -> NDArray[np.int64]:
    """A number for each incident, the same for all that shared names tie together."""
    number = np.arange(len(places))
    owner: dict[str, int] = {}
    for row, place in enumerate(places.tolist()):
        for name in sorted(data.initiators[place]):
            first = owner.setdefault(name, row)
            number[number == number[row]] = number[first]
    return np.unique(number, return_inverse=True)[1]


def validated(data: Labelled, *, seed: int) -> dict[str, float | int]:
    """The figures that everything was chosen on: means over the folds before 2018."""
    year = np.array([date.fromordinal(int(day)).year for day in data.incidents.start])
    named = data.named()
    names = Counter(name for place in named[year[named] < int(LATER)].tolist() for name in data.initiators[place])
    busiest = max(sorted(names), key=lambda name: names[name])
    rest = np.array([busiest not in of for of in data.initiators])
    plain, others = [], []
    for first, last in FOLDS:
        model = fit(data.incidents, data.initiators, np.flatnonzero(year < first), parameters=Parameters(seed=seed))
        pairs = all_pairs(named[(year[named] >= first) & (year[named] <= last)])
        same = data.same(pairs.first, pairs.second)
        bans = score(model, data.incidents, pairs).bans
        weight = _even(data, pairs, same) * rest[pairs.first] * rest[pairs.second]
        plain.append(auc(same, bans))
        others.append(auc(same, bans, weight))
    return {"validation_auc": float(np.mean(plain)), "validation_auc_rest": float(np.mean(others))}


def _even(data: Labelled, pairs: Pairs, same: Flags) -> Floats:
    """A weight for each pair: 1 over the root of how many of these pairs the busiest of its shared names has."""
    places = zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)
    shared = [data.initiators[a] & data.initiators[b] for a, b in places]
    count = Counter(name for names in shared for name in names)
    busiest = [max((count[name] for name in names), default=1) for names in shared]
    return np.where(same, np.array(busiest, dtype=np.float64) ** -0.5, 1.0)
