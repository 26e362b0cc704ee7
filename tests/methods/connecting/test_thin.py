"""Thin collections: likeness in units, groups as branches, and what must stand against two nulls."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from verband.methods.connecting import WORDING, Evidence, Incident, Parameters, connect, phrases, reached
from verband.methods.connecting.alike import _read_of, alike, bans
from verband.methods.connecting.both import bar_of_both, e_values_of_both, expected_of_both, null_of
from verband.methods.connecting.branches import branches
from verband.methods.connecting.chance import FIXED, passing
from verband.methods.connecting.dealt import dealt, hands
from verband.methods.connecting.phrases import UNREAD
from verband.methods.connecting.reports import build
from verband.methods.connecting.speaking import apart, texts_of

WORDS = tuple(f"word{first}{second}" for first in "abcdefghijklm" for second in "nopqrstuvwxyz")


def thin_stream(*, planted: int = 5, count: int = 120, seed: int = 3) -> list[Incident]:
    """Reports over ten years; the first `planted` share words and a means and lie within a week."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(count):
        own = [str(word) for word in rng.choice(WORDS, 14, replace=False)]
        campaign = number < planted
        said = [*own, "parcel", "depot", "courier", "warehouse", "vilnius"] if campaign else own
        values = {
            "means": "fire" if campaign else f"m{int(rng.integers(12))}",
            "country": f"c{int(rng.integers(9))}",
            "sector": f"s{int(rng.integers(9))}",
        }
        rows.append(
            Incident(
                key=f"k{number}",
                domain=f"d{number % 3}",
                start=6000.0 + number if campaign else float(rng.uniform(4000, 7600)),
                evidence=tuple(Evidence(name, value, f"r{number}") for name, value in values.items()),
                text=" ".join(said[:6]) + "\n" + " ".join(said[6:]),
            )
        )
    return [replace(row, end=row.start) for row in rows]


def test_reports_alike_in_words_and_close_in_time_are_proposed_and_words_explain_it() -> None:
    result = connect(thin_stream(), Parameters(seed=1))

    assert result.thin
    best = result.campaigns[0]
    assert set(best.incidents) == set(range(5))
    said = [item for link in best.links for item in link.evidence if item.feature == WORDING]
    assert said
    assert all(item.bans > 0 and item.records and item.df >= 2 for item in said)
    assert {"parcel", "depot", "courier", "warehouse", "vilnius"} >= {
        item.value for item in best.shared if item.feature == WORDING
    }


def test_words_can_be_left_out() -> None:
    rows = thin_stream()

    with_words, without = (connect(rows, Parameters(seed=1, exclude_features=names)) for names in ((), (WORDING,)))

    assert with_words.campaigns
    assert not any(item.feature == WORDING for one in without.campaigns for item in one.shared)
    assert without == connect([replace(row, text="") for row in rows], Parameters(seed=1, exclude_features=(WORDING,)))


def test_alike_reports_spread_over_the_whole_time_are_a_habit() -> None:
    rows = thin_stream()
    spread = [replace(row, start=4000.0 + 800 * place, end=4000.0 + 800 * place) for place, row in enumerate(rows[:5])]

    result = connect([*spread, *rows[5:]], Parameters(seed=1))

    assert not any(set(range(5)) <= set(one.incidents) for one in result.campaigns)


@pytest.mark.requirement("P3")
def test_words_of_faith_and_protest_are_evidence_for_nothing() -> None:
    rows = thin_stream()
    unread = sorted(UNREAD)
    more = [replace(row, text=f"{row.text} {unread[place % 7]} Muslims protests") for place, row in enumerate(rows)]

    assert [one.incidents for one in connect(rows, Parameters()).campaigns] == [
        one.incidents for one in connect(more, Parameters()).campaigns
    ]


def test_the_bans_of_a_unit_lose_where_likeness_means_nothing() -> None:
    likeness = np.random.default_rng(5).random((60, 60))
    likeness = likeness + likeness.T
    stated = np.arange(60) < 50

    found = bans(likeness, stated)

    pairs = found[np.triu_indices(50, 1)]
    assert (10.0**pairs).mean() <= 1.0 + 1e-9
    assert pairs.max() > 1.0
    assert not found[50:].any()
    assert np.array_equal(found, found.T)


def test_branches_are_disjoint_and_as_wide_as_suits_each() -> None:
    weight = np.full((9, 9), -0.3)
    weight[:4, :4] = 3.0
    weight[4:8, 4:8] = 1.6
    weight[6:8, 4:6] = weight[4:6, 6:8] = 1.4

    found = branches(weight, prior=1.0, least=3, most=40)

    assert sorted(branch.rows.tolist() for branch in found) == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert max(branch.bans for branch in found) == pytest.approx(3 * (3.0 - 1.0))
    assert branches(weight, prior=4.0, least=3, most=40) == []
    assert branches(weight[:2, :2], prior=0.0, least=3, most=40) == []


def test_a_report_that_came_along_with_another_leaves_a_branch_that_speaks_against_it() -> None:
    weight = np.full((6, 6), -0.2)
    weight[:4, :4] = 3.0
    weight[3, 4] = weight[4, 3] = 4.0

    [found] = branches(weight, prior=1.0, least=3, most=40)
    [whole] = branches(weight, prior=1.0, least=5, most=40)

    assert found.rows.tolist() == [0, 1, 2, 3]
    assert found.bans == pytest.approx(3 * (3.0 - 1.0))
    assert whole.rows.tolist() == [0, 1, 2, 3, 4]


def test_what_only_one_null_lets_pass_is_not_proposed() -> None:
    observed = np.array([3.0, 2.9, 2.8, 1.0])
    empty = null_of([np.array([0.5, 0.4])] * 199)
    full = null_of([np.array([3.0, 2.9])] * 199)

    assert passing(e_values_of_both(observed, (empty, empty), fdr=0.1, spending=FIXED), fdr=0.1) == 4
    for nulls in ((empty, full), (full, empty)):
        assert not e_values_of_both(observed, nulls, fdr=0.1, spending=FIXED).any()
        assert bar_of_both(observed, nulls, fdr=0.1, spending=FIXED) > 3.0
        assert expected_of_both(2.95, nulls) == 1.0
    assert bar_of_both(observed, (null_of([]), empty), fdr=0.1, spending=FIXED) == float("inf")


def test_e_values_of_made_noise_hold_the_rate() -> None:
    rng = np.random.default_rng(8)
    raised = 0
    for _ in range(200):
        nulls = [null_of([rng.exponential(size=20) for _ in range(99)]) for _ in range(2)]
        e = e_values_of_both(np.sort(rng.exponential(size=20))[::-1], nulls, fdr=0.1, spending=FIXED)
        raised += passing(e, fdr=0.1) > 0

    assert raised <= 25


def test_dealing_keeps_each_unit_and_mixes_them_within_a_time() -> None:
    rows = thin_stream(planted=0, count=90)
    reports = build(rows, Parameters(), [[place] for place in range(90)])
    likeness = alike(reports, texts_of(reports, rows))
    units = {name: found.astype(np.float32) for name, found in likeness.units.items()}
    among = hands(reports)

    world = dealt(units, among, np.random.default_rng(1))

    assert sorted(np.concatenate(among).tolist()) == list(range(90))
    assert all(len(np.unique(reports.domain[one])) == 1 and 20 <= len(one) < 40 for one in among)
    assert world.sum() == pytest.approx(sum(unit.sum() for unit in units.values()), rel=1e-4)
    assert not np.allclose(world, likeness.bans, atol=1e-3)
    assert WORDING in likeness.units


def test_reports_with_texts_of_their_own_are_one_only_where_their_texts_are() -> None:
    rows = [Incident(key=str(place), domain="d", text=text) for place, text in enumerate(("a b", "c d", "", "e f"))]

    assert apart([[0, 1], [2, 3]], rows, []) == [[0], [1], [2, 3]]
    assert apart([[0, 1, 3]], rows, [(3, 0)]) == [[0, 3], [1]]


def test_what_a_named_group_reaches_says_why_it_could_not_be_shown() -> None:
    rows = thin_stream()

    whole, few, unlike = reached(rows, Parameters(seed=1), [[0, 1, 2, 3, 4], [0, 1], [10, 50, 90]], bar=1.5)

    assert whole.reports == whole.dated == 5
    assert whole.alike > 0
    assert whole.strength >= 1.5
    assert whole.needed == 3
    assert few.reports == 2
    assert unlike.alike < 0
    assert unlike.needed is None


def test_words_of_a_date_and_of_groups_of_people_are_not_read() -> None:
    said = "Wiper on 29 December 2025\nJewish centre, 2025-03-14: T1498 hit 15,000 hosts in March"

    assert _read_of(said) == "Wiper on\ncentre, T1498 hit 15,000 hosts in"
    assert phrases.values("target", "Jewish centre") == ("centre",)
    assert phrases.values("target", "Jewish") == ()
