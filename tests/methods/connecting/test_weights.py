"""Link weights against figures worked out by hand."""

from __future__ import annotations

from math import log10

import numpy as np
import pytest

from verband.methods.connecting import Evidence, Incident, Parameters
from verband.methods.connecting.pairs import mismatch_bans, sharing, time_bans
from verband.methods.connecting.reports import build
from verband.methods.connecting.times import clock


def incident(number: int, *, day: float | None = 0.0, width: float = 0.0, **values: str) -> Incident:
    evidence = tuple(Evidence(feature, value, f"r{number}") for feature, value in values.items())
    end = None if day is None else day + width
    return Incident(f"i{number}", "cyber", day, end, evidence=evidence)


def each_alone(incidents: list[Incident]) -> list[list[int]]:
    return [[number] for number in range(len(incidents))]


def test_a_shared_value_weighs_what_the_formula_gives_by_hand() -> None:
    incidents = [
        incident(0, malware="x"),
        incident(1, malware="x"),
        *(incident(n, malware=f"m{n}") for n in range(2, 9)),
    ]

    reports = build(incidents, Parameters(), each_alone(incidents))
    pairs = sharing(reports, least=0.0)

    # df = 2 of n = 9: p = 2.5 / 10 = .25; m = .6 squared = .36; log10(.36 / .25 + 1 - .36) = log10(2.08)
    assert (pairs.a.tolist(), pairs.b.tolist()) == ([0], [1])
    assert pairs.bans[0] == pytest.approx(log10(2.08))


def test_different_values_weigh_what_the_formula_gives_by_hand() -> None:
    incidents = [incident(n, malware="x" if n < 2 else "y") for n in range(4)]

    reports = build(incidents, Parameters(), each_alone(incidents))

    # two values of one half each: log10((1 - .36) / (1 - .5)) is above 0, and a difference never speaks for a link
    assert mismatch_bans(reports).tolist() == [0.0]


def test_of_one_block_the_best_shared_value_counts_and_not_the_sum() -> None:
    both = {"means": "wiper", "technique": "T1485"}
    incidents = [incident(0, **both), incident(1, **both), *(incident(n, means=f"m{n}") for n in range(2, 30))]

    reports = build(incidents, Parameters(), each_alone(incidents))
    pairs = sharing(reports, least=0.0)

    # df = 2 of n = 30 for either: p = 2.5 / 31; log10(.36 / p + .64), once
    assert pairs.bans[0] == pytest.approx(log10(0.36 * 31 / 2.5 + 0.64))


def test_blame_alone_is_no_evidence() -> None:
    incidents = [incident(n, actor="somebody") for n in range(3)]

    reports = build(incidents, Parameters(), each_alone(incidents))

    assert len(sharing(reports, least=-9.0).a) == 0


def test_an_unknown_date_and_two_years_say_nothing_and_two_near_days_say_much() -> None:
    incidents = [
        incident(0, day=None),
        incident(1, day=0.0, width=364.0),
        incident(2, day=0.0, width=364.0),
        incident(3, day=900.0),
        incident(4, day=901.0),
        incident(5, day=2000.0),
    ]

    times = clock(build(incidents, Parameters(), each_alone(incidents)))
    bans = time_bans(times, np.array([0, 1, 3]), np.array([3, 2, 4]), spans_days=(20.0,))

    assert bans[:2].tolist() == [0.0, 0.0]
    assert bans[2] > 0.5


def test_values_that_rest_on_one_document_count_for_half() -> None:
    apart = [incident(n, malware="x" if n < 2 else f"m{n}") for n in range(9)]
    together = [
        Incident(row.key, row.domain, row.start, row.end, sources=("one",) if n < 2 else (), evidence=row.evidence)
        for n, row in enumerate(apart)
    ]

    free = sharing(build(apart, Parameters(), each_alone(apart)), least=0.0).bans[0]
    bound = sharing(build(together, Parameters(), each_alone(together)), least=0.0).bans[0]

    assert bound == pytest.approx(free / 2)
