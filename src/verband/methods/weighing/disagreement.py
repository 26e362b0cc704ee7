"""Where experts differ, per criterion: every answer as a dot, the spread, and a measure of agreement; never a mean."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from verband.language.errors import InputError
from verband.language.risk_methods import RiskMethod
from verband.methods.weighing.model import Judgement, checked


@dataclass(frozen=True)
class Dot:
    """One expert's answer in keys: of classes, or of bands."""

    expert: str
    lower: str
    expected: str
    upper: str


@dataclass(frozen=True)
class Disagreement:
    """The answers to one criterion, or to "likelihood".

    `dots` by expected class, mildest first, then by alias; `counts`: how many experts expect each class, for every
    class of the scale (in order). `lowest`, `highest`: the ends of the expected classes, None where nobody gave one;
    `spread`: how many classes lie between them. `consensus`: 0 (half at either end) to 1 (all the same), None below
    two answers. `not_applicable` and `missing`: experts who said so and who said nothing; `disputed`: some say that
    it applies and some that it does not.
    """

    criterion: str
    dots: tuple[Dot, ...]
    counts: tuple[tuple[str, int], ...]
    lowest: str | None
    highest: str | None
    spread: int
    consensus: float | None
    not_applicable: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def disputed(self) -> bool:
        """Some experts say that it applies, some that it does not."""
        return bool(self.dots and self.not_applicable)


def consensus(counts: Sequence[float]) -> float:
    """Agreement on an ordered scale: 1 + sum of p_i log2(1 - |i - mean| / (k - 1)) over the k classes.

    `counts` for each class, lowest first. 1 where all are in one class, 0 where half are at either end. Raises
    InputError("weighing.counts") below two classes, for a count below zero, or where all are zero.
    Source: Tastle & Wierman 2007, Consensus and dissention: a measure of ordinal dispersion, Int. J. Approximate
    Reasoning 45(3), 531-545, doi 10.1016/j.ijar.2006.06.024.
    """
    whole = math.fsum(counts)
    if len(counts) < 2 or any(count < 0 for count in counts) or not whole > 0:
        raise InputError("weighing.counts", counts=", ".join(str(count) for count in counts))
    mean = math.fsum(at * count for at, count in enumerate(counts)) / whole
    wide = len(counts) - 1
    parts = [count / whole * math.log2(1 - abs(at - mean) / wide) for at, count in enumerate(counts) if count]
    return min(1.0, max(0.0, 1 + math.fsum(parts)))


def disagreements(
    method: RiskMethod, judgements: Sequence[Judgement], *, scenario: str = ""
) -> tuple[Disagreement, ...]:
    """For each criterion in the order of the method, and last for the likelihood, who says what.

    Raises what `check` raises.
    """
    said = checked(method, judgements, scenario=scenario)
    classes = [item.key for item in method.classes]
    found = []
    for criterion in method.criteria:
        key = criterion.key
        ranks = {expert: mine[key] for expert, mine in said.items() if key in mine}
        outside = tuple(sorted(expert for expert, mine in ranks.items() if mine[1] == 0))
        dots = [Dot(expert, *(classes[rank - 1] for rank in mine)) for expert, mine in ranks.items() if mine[1] > 0]
        found.append(_of(key, dots, classes, outside, tuple(sorted(set(said) - set(ranks)))))
    return (*found, _likelihood(method, judgements))


def _likelihood(method: RiskMethod, judgements: Sequence[Judgement]) -> Disagreement:
    """Parts of a band count as their band in `counts`, `spread` and `consensus`."""
    dots = [Dot(item.expert, *item.likelihood.keys) for item in judgements if item.likelihood]
    silent = tuple(sorted(item.expert for item in judgements if not item.likelihood))
    whole = {part.key: band.key for band in method.bands for part in (band, *band.parts)}
    middles = {item.key: item.middle for band in method.bands for item in (band, *band.parts)}
    dots.sort(key=lambda dot: (middles[dot.expected], dot.expert))
    return _of("likelihood", dots, [band.key for band in method.bands], (), silent, whole=whole)


def _of(
    criterion: str,
    dots: Sequence[Dot],
    scale: Sequence[str],
    outside: tuple[str, ...],
    silent: tuple[str, ...],
    *,
    whole: dict[str, str] | None = None,
) -> Disagreement:
    place = {key: scale.index(kept) for key, kept in (whole or {key: key for key in scale}).items()}
    counted = Counter(scale[place[dot.expected]] for dot in dots)
    counts = tuple((key, counted[key]) for key in scale)
    there = [at for at, (_, count) in enumerate(counts) if count]
    ordered = dots if whole else sorted(dots, key=lambda dot: (place[dot.expected], dot.expert))
    return Disagreement(
        criterion=criterion,
        dots=tuple(ordered),
        counts=counts,
        lowest=scale[there[0]] if there else None,
        highest=scale[there[-1]] if there else None,
        spread=there[-1] - there[0] if there else 0,
        consensus=consensus([count for _, count in counts]) if len(dots) > 1 else None,
        not_applicable=outside,
        missing=silent,
    )
