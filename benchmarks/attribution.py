"""Which of the 172 live groups of ATT&CK is behind a report, or a campaign; parameters fitted on other groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.known_groups import Asked, Collected, campaigns, collected, left_out_reports
from verband.methods.connecting.attribution import Case, Parameters, Profile, Query, fit, rank

Array = NDArray[np.float64]
_FOLDS = 5
_QUICK = 5
_DRAWS = 10_000
_BACKGROUND = 500
_MATCH = 0.5


@dataclass(frozen=True)
class Judged:
    """The rank of the right group among the groups, and whether "none of these" came first with the group among the
    answers and with it taken out.
    """

    rank: int
    none_present: bool
    none_absent: bool


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """Test B (leave one report out) and test A (campaigns), mean reciprocal rank and share at the top.

    A group's parameters come from the cases of other groups: five folds of groups for test B; for test A all cases of
    test B whose group no campaign names. Ties take the worst rank, in our ranking and in the baselines, and "none of
    these" takes none. The interval is a paired bootstrap over
    cases, 95 %; `grouped_gain_low` draws groups instead of cases. `none_*`: share of queries with "none of these"
    first: drawn from the background, with the right group taken out, and with it among the answers.
    `refit_difference`: largest difference between the defaults and parameters fitted on every case of test B.
    `quick` looks at every fifth case of test B alone, and leaves out test A.
    """
    known = collected()
    asked = list(left_out_reports(known))[:: _QUICK if quick else 1]
    rng = np.random.default_rng(seed)
    judged, fitted = _cross_fitted(asked, rng)
    gain = _gains(asked, judged, rng)
    ranks = np.array([one.rank for one in judged])
    found: dict[str, float | int] = {
        "n": len(asked),
        **_at_top(ranks, ""),
        **gain,
        "none_background": _background(known, fitted[0], rng),
        "none_absent": float(np.mean([one.none_absent for one in judged])),
        "none_present": float(np.mean([one.none_present for one in judged])),
    }
    if not quick:
        found |= _by_campaign(known, asked)
        found["refit_difference"] = _refit_difference(fit([one.case for one in asked]))
    return found


def _by_campaign(known: Collected, asked: Sequence[Asked]) -> dict[str, float | int]:
    """Test A."""
    found = list(campaigns(known))
    named = {one.group for one in found}
    apart = fit([one.case for one in asked if one.group not in named])
    ranks = np.array([_judge(one.case, apart).rank for one in found])
    return {"a_n": len(found), **_at_top(ranks, "a_"), **_baselines_a(found)}


def _refit_difference(fitted: Parameters) -> float:
    """The largest relative difference from a default, that of `none` in bans."""
    now, shipped = asdict(fitted), asdict(Parameters())
    return max(abs(now[name] - value) / (1.0 if name == "none" else value) for name, value in shipped.items())


def _cross_fitted(asked: Sequence[Asked], rng: np.random.Generator) -> tuple[list[Judged], list[Parameters]]:
    """Each case judged with parameters from the other folds of groups, and the parameters of each fold."""
    groups = list(dict.fromkeys(one.group for one in asked))
    fold = dict(zip(groups, rng.permutation(len(groups)) % _FOLDS, strict=True))
    found: dict[int, Judged] = {}
    fitted = []
    for number in range(_FOLDS):
        settings = fit([one.case for one in asked if fold[one.group] != number])
        fitted.append(settings)
        found |= {place: _judge(one.case, settings) for place, one in enumerate(asked) if fold[one.group] == number}
    return [found[place] for place in range(len(asked))], fitted


def _judge(case: Case, settings: Parameters) -> Judged:
    ranking = rank(case.query, case.profiles, settings)
    bans = {one.profile: one.bans for one in ranking.standings}
    own = bans[case.answer]
    others = [one for place, one in enumerate(case.profiles) if place != case.answer]
    absent = rank(case.query, others, settings)
    return Judged(
        rank=sum(value >= own for place, value in bans.items() if place is not None),
        none_present=ranking.standings[0].profile is None,
        none_absent=absent.standings[0].profile is None,
    )


def _background(known: Collected, settings: Parameters, rng: np.random.Generator) -> float:
    """Share of queries of random items, drawn by how many groups have them, with "none of these" first."""
    first = 0
    techniques = [item for one in known.whole for item in one.techniques]
    software = [item for one in known.whole for item in one.software]
    for _ in range(_BACKGROUND):
        query = Query(
            techniques=tuple(techniques[k] for k in rng.integers(len(techniques), size=int(rng.integers(4, 25)))),
            software=tuple(software[k] for k in rng.integers(len(software), size=int(rng.integers(1, 5)))),
        )
        first += rank(query, known.whole, settings).standings[0].profile is None
    return first / _BACKGROUND


def _at_top(ranks: NDArray[np.int64], prefix: str) -> dict[str, float | int]:
    return {
        f"{prefix}mrr": float(np.mean(1 / ranks)),
        f"{prefix}top1": float(np.mean(ranks == 1)),
        f"{prefix}top5": float(np.mean(ranks <= 5)),
    }


def _gains(asked: Sequence[Asked], judged: Sequence[Judged], rng: np.random.Generator) -> dict[str, float | int]:
    peers = np.array([_peers(one.case) for one in asked])
    gain = 1 / np.array([one.rank for one in judged]) - peers[:, 0]
    drawn = gain[rng.integers(len(gain), size=(_DRAWS, len(gain)))].mean(axis=1)
    groups = np.unique([one.group for one in asked], return_inverse=True)[1]
    sums, counts = np.bincount(groups, gain), np.bincount(groups)
    places = rng.integers(len(counts), size=(_DRAWS, len(counts)))
    by_group = sums[places].sum(axis=1) / counts[places].sum(axis=1)
    return {
        "baseline_mrr": float(peers[:, 0].mean()),
        "jaccard_mrr": float(peers[:, 1].mean()),
        "tfidf_mrr": float(peers[:, 2].mean()),
        "gain_low": float(np.quantile(drawn, 0.025)),
        "gain_high": float(np.quantile(drawn, 0.975)),
        "grouped_gain_low": float(np.quantile(by_group, 0.025)),
    }


def _baselines_a(asked: Sequence[Asked]) -> dict[str, float | int]:
    peers = np.array([_peers(one.case) for one in asked])
    names = ("a_baseline_mrr", "a_jaccard_mrr", "a_tfidf_mrr")
    return dict(zip(names, map(float, peers.mean(axis=0)), strict=True))


def _peers(case: Case) -> tuple[float, float, float]:
    """Reciprocal ranks of the untuned baselines: Bernoulli log-odds, Jaccard, TF-IDF cosine.

    Log-odds: an item that the profile has counts log(m / p), one that it lacks log(1 - m), with m = .5 + .5 p and
    p = (df + .5) / (N + 1).
    """
    held = [_items(one) for one in case.profiles]
    every = {item: place for place, item in enumerate(dict.fromkeys(item for one in held for item in one))}
    table = np.zeros((len(held), len(every)))
    for row, one in enumerate(held):
        table[row, [every[item] for item in one]] = 1.0
    wanted = {*case.query.techniques, *case.query.software}
    seen = np.zeros(len(every))
    seen[[every[item] for item in wanted if item in every]] = 1.0
    df, number = table.sum(axis=0), len(held)
    share = (df + 0.5) / (number + 1)
    shared = table @ seen
    logs = (table * np.log(_MATCH / share + 1 - _MATCH) + (1 - table) * np.log(1 - _MATCH)) @ seen
    union = table.sum(axis=1) + len(wanted) - shared
    idf = np.log((1 + number) / (1 + df)) + 1
    weighted = table * idf
    norms = np.maximum(np.linalg.norm(weighted, axis=1), 1e-12)
    return (
        _reciprocal(logs, case.answer),
        _reciprocal(shared / union, case.answer),
        _reciprocal(weighted @ (seen * idf) / norms, case.answer),
    )


def _items(one: Profile) -> list[str]:
    return [*one.techniques, *one.software]


def _reciprocal(scores: Array, answer: int) -> float:
    return 1.0 / float((scores >= scores[answer]).sum())
