"""Cooke's classical model: how well experts know, and know how much they know, on questions with known answers.

Source: Cooke 1991, Experts in Uncertainty (Oxford University Press).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from verband.language.errors import InputError
from verband.methods.weighing.masses import Floats

#: What should fall below the 5 %, between 5 and 50 %, between 50 and 95 %, and above the 95 % quantile.
SHARES = (0.05, 0.45, 0.45, 0.05)
#: An expert that calibrates below this gets no performance weight.
CUT_OFF = 0.05


@dataclass(frozen=True)
class Question:
    """A calibration question: its true answer, and whether it is thought of on a plain or a logarithmic scale."""

    truth: float
    scale: str = "uniform"


@dataclass(frozen=True)
class ExpertScore:
    """One expert: `counts` of true answers in the four ranges, calibration (0-1), information (nats), and weights.

    `weight` is the performance weight, `equal` the equal one; each sums to 1 over the experts.
    """

    expert: str
    counts: tuple[int, int, int, int]
    calibration: float
    information: float
    weight: float
    equal: float


def calibration(counts: Sequence[int]) -> float:
    """How well the stated quantiles hold: 1 - chi2_3(2 N I(s || p)), s the shares of `counts`, p = .05 .45 .45 .05.

    1 is perfect; 0 is that such counts never come of quantiles that hold. Raises InputError("weighing.counts") unless
    there are four counts of zero or more that are not all zero.
    """
    if len(counts) != len(SHARES) or any(count < 0 for count in counts) or not sum(counts):
        raise InputError("weighing.counts", counts=", ".join(str(count) for count in counts))
    n = sum(counts)
    divergence = math.fsum(
        count / n * math.log(count / n / share) for count, share in zip(counts, SHARES, strict=True) if count
    )
    return _chi2_3_above(max(0.0, 2 * n * divergence))


def _chi2_3_above(x: float) -> float:
    """The chance that chi-square with three degrees of freedom is above x."""
    return math.erfc(math.sqrt(x / 2)) + math.sqrt(2 * x / math.pi) * math.exp(-x / 2)


def information(quantiles: Floats, low: float, high: float) -> float:
    """How far the quantiles stand from a uniform guess on low..high, in nats: the sum of p ln(p / r) over the ranges.

    `quantiles`: 5, 50 and 95 %, rising, within low..high. On a logarithmic scale give logarithms.
    """
    shares = np.diff(np.concatenate([[low], quantiles, [high]])) / (high - low)
    return math.fsum(p * math.log(p / float(r)) for p, r in zip(SHARES, shares, strict=True))


def cooke(
    answers: Mapping[str, Sequence[tuple[float, float, float]]],
    questions: Sequence[Question],
    *,
    overshoot: float = 0.1,
    cut_off: float = CUT_OFF,
) -> tuple[ExpertScore, ...]:
    """Each expert's scores and weights, in the order given; weights go to `pooled` as `expert_weights`.

    `answers`: for each expert the 5, 50 and 95 % quantiles of each question. The intrinsic range of a question is from
    the lowest to the highest of all answers and the truth, stretched by `overshoot` of itself at either end; on a "log"
    scale all of this in logarithms. An answer on a quantile counts in the range below it. Information is the mean over
    the questions; the performance weight is calibration times information where calibration reaches `cut_off`.

    Raises InputError("weighing.answers") with expert and question where quantiles do not rise, are not numbers, are
    not positive on a log scale, or their number is not that of the questions; ("weighing.overshoot");
    ("weighing.scale"); ("weighing.nobody_calibrates") where no expert reaches the cut-off: equal weights remain.
    """
    if not (math.isfinite(overshoot) and overshoot > 0):
        raise InputError("weighing.overshoot", overshoot=overshoot)
    truths, tables = _on_scale(answers, questions)
    every = np.stack(list(tables.values()))
    lows = np.minimum(every.min(axis=(0, 2)), truths)
    highs = np.maximum(every.max(axis=(0, 2)), truths)
    lows, highs = lows - overshoot * (highs - lows), highs + overshoot * (highs - lows)
    counts = {name: _counts(table, truths) for name, table in tables.items()}
    calibrated = {name: calibration(found) for name, found in counts.items()}
    informed = {
        name: math.fsum(map(information, table, lows, highs)) / len(questions) for name, table in tables.items()
    }
    raw = {name: calibrated[name] * informed[name] if calibrated[name] >= cut_off else 0.0 for name in tables}
    whole = math.fsum(raw.values())
    if not whole:
        raise InputError("weighing.nobody_calibrates", cut_off=cut_off, best=round(max(calibrated.values()), 4))
    return tuple(
        ExpertScore(name, counts[name], calibrated[name], informed[name], raw[name] / whole, 1 / len(tables))
        for name in tables
    )


def _on_scale(
    answers: Mapping[str, Sequence[tuple[float, float, float]]], questions: Sequence[Question]
) -> tuple[Floats, dict[str, Floats]]:
    for at, question in enumerate(questions, start=1):
        if question.scale not in ("uniform", "log"):
            raise InputError("weighing.scale", question=at, scale=question.scale)
        if not math.isfinite(question.truth) or (question.scale == "log" and question.truth <= 0):
            raise InputError("weighing.answers", expert="", question=at, given=question.truth)
    if not questions or not answers:
        raise InputError("weighing.answers", expert="", question=0, given="")
    tables = {}
    for name, rows in answers.items():
        if len(rows) != len(questions):
            raise InputError("weighing.answers", expert=name, question=min(len(rows), len(questions)) + 1, given="")
        tables[name] = np.array(
            [_row(row, question, name, at) for at, (row, question) in enumerate(zip(rows, questions, strict=True), 1)]
        )
    truths = [math.log(item.truth) if item.scale == "log" else item.truth for item in questions]
    return np.array(truths, dtype=np.float64), tables


def _row(row: Sequence[float], question: Question, expert: str, at: int) -> list[float]:
    sound = len(row) == 3 and all(math.isfinite(value) for value in row) and row[0] < row[1] < row[2]
    if not sound or (question.scale == "log" and row[0] <= 0):
        raise InputError("weighing.answers", expert=expert, question=at, given=" - ".join(str(value) for value in row))
    return [math.log(value) if question.scale == "log" else float(value) for value in row]


def _counts(table: Floats, truths: Floats) -> tuple[int, int, int, int]:
    places = (truths[:, None] > table).sum(axis=1)
    first, second, third, fourth = (int(count) for count in np.bincount(places, minlength=4))
    return first, second, third, fourth
