"""Campaigns that may be waves of one: named with what they have in common, never proposed as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.methods.connecting.test_thin import WORDS
from verband.methods.connecting import Evidence, Incident, Parameters, Result, connect, weigh
from verband.methods.connecting.kin import LEAST_BANS, across, kin
from verband.methods.connecting.pairs import match_bans, mismatch_bans
from verband.methods.connecting.reports import Reports, build

FIRST, SECOND, OTHER = range(4), range(4, 8), range(8, 12)


def stream() -> list[Incident]:
    """Reports over ten years: two waves years apart with one means, a group of another kind, and what else happened."""
    rng, rows = np.random.default_rng(7), []
    for number in range(140):
        own = [str(word) for word in rng.choice(WORDS, 14, replace=False)]
        values = {
            "means": f"m{int(rng.integers(12))}",
            "country": f"c{int(rng.integers(9))}",
            "sector": f"s{int(rng.integers(9))}",
        }
        day, said = float(rng.uniform(4000, 7600)), own
        if number in FIRST or number in SECOND:
            wave = "first" if number in FIRST else "second"
            day = (4500.0 if number in FIRST else 7000.0) + 6 * number
            said = [
                *own[:9],
                "parcel",
                "lorry",
                *(f"{wave}{name}" for name in ("depot", "harbour", "station", "courier")),
            ]
            values = {"means": "m0", "country": wave, "sector": f"{wave} aim"}
        if number in OTHER:
            day, said = 5800.0 + 6 * number, [*own[:9], "forged", "letter", "ministry", "archive"]
            values = {"means": "forgery", "country": "elsewhere", "sector": "archives"}
        rows.append(
            Incident(
                key=f"k{number}",
                domain=f"d{number % 3}",
                start=day,
                end=day,
                evidence=tuple(Evidence(name, value, f"r{number}") for name, value in values.items()),
                text=" ".join(said[:4]) + "\n" + " ".join(said[4:]),
            )
        )
    return rows


@cache
def found(later_days: float = 0.0) -> Result:
    """The run, with the second wave so much later."""
    rows = stream()
    for number in SECOND:
        moved = (rows[number].start or 0.0) + later_days
        rows[number] = replace(rows[number], start=moved, end=moved)
    return connect(rows, Parameters(seed=1))


def test_two_waves_stay_two_proposals_and_are_named_as_alike_with_what_both_have() -> None:
    result = found()
    place = {frozenset(one.incidents): number for number, one in enumerate(result.campaigns)}

    assert frozenset(FIRST) in place
    assert frozenset(SECOND) in place
    (waves,) = result.kin
    assert {waves.a, waves.b} == {place[frozenset(FIRST)], place[frozenset(SECOND)]}
    assert waves.bans >= LEAST_BANS
    assert [(item.feature, item.value) for item in waves.shared] == [
        ("means", "m0"),
        ("wording", "lorry"),
        ("wording", "parcel"),
    ]


def test_other_dates_leave_them_as_much_alike() -> None:
    assert [one.bans for one in found(120.0).kin] == [one.bans for one in found().kin]


def test_no_campaign_or_one_is_like_no_other() -> None:
    rows = stream()
    reports = everyone(rows)

    for many in (0, 1):
        assert kin(rows, reports, np.zeros((many, reports.count), dtype=np.bool_), Parameters(), likeness=None) == ()


def test_in_a_full_collection_values_weigh_as_pairs_do() -> None:
    rows = [
        incident("a", "fire", "nl"),
        incident("b", "fire", "be"),
        incident("c", "flood", ""),
        *(incident(f"x{number}", f"m{number}", f"c{number}") for number in range(20)),
    ]
    reports = everyone(rows)
    weight = across(reports, np.array([0, 1, 2]))
    match, (means, country) = (
        match_bans(reports),
        mismatch_bans(reports)[[names(reports, "means"), names(reports, "place")]],
    )
    fire = next(number for number, value in enumerate(reports.value) if value == "fire")

    assert weight[0, 1] == pytest.approx(match[fire] + country)
    assert weight[0, 2] == pytest.approx(means)
    assert weight == pytest.approx(weight.T)


def test_a_group_of_a_thin_collection_weighs_for_a_person_what_it_weighed_for_the_run() -> None:
    rows, result = stream(), found()

    given = weigh(rows, Parameters(seed=1), [one.incidents for one in result.campaigns])

    assert result.thin
    assert [one.bans for one in given] == [one.bans for one in result.campaigns]
    assert [one.shared for one in given] == [one.shared for one in result.campaigns]


def incident(key: str, means: str, country: str) -> Incident:
    stated = [("means", means), ("country", country)]
    return Incident(
        key, "cyber", 1.0, 1.0, evidence=tuple(Evidence(name, value, key) for name, value in stated if value)
    )


def everyone(rows: Sequence[Incident]) -> Reports:
    return build(rows, Parameters(), [[place] for place in range(len(rows))])


def names(reports: Reports, block: str) -> int:
    return reports.block_names.index(block)
