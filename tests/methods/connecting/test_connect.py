"""The whole run: what it finds, what it leaves, and what may not move it."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.streams import empty_stream, planted_stream
from verband.methods.connecting import Evidence, Incident, Parameters, Result, connect
from verband.methods.connecting.chance import SEARCHED
from verband.methods.connecting.thin import PROPOSED_BANS

QUICK = Parameters(replicates=39, replicates_least=9)


def shape(result: Result) -> list[tuple[tuple[int, ...], float, float, float]]:
    groups = (*result.campaigns, *result.coincidences)
    return [(group.incidents, group.bans, group.p, group.e_value) for group in groups]


@pytest.mark.requirement("R018")
def test_a_planted_campaign_is_found_and_its_links_are_explained() -> None:
    stream = planted_stream(4, count=900)

    result = connect(stream.incidents, Parameters(seed=1, replicates=79))

    best = result.campaigns[0]
    assert best.strength <= best.bans - SEARCHED.allowance + 1e-9
    origins = {stream.origin[place] for place in best.incidents}
    assert len(origins & stream.planted[0]) >= 6
    assert len(origins - stream.planted[0]) <= 2
    assert best.links
    assert all(link.evidence and link.bans > 0 for link in best.links)
    assert all(item.records for link in best.links for item in link.evidence if item.df)


def test_a_stream_without_a_campaign_proposes_none_and_shows_its_coincidences() -> None:
    stream = empty_stream(3, "independent", count=900)

    result = connect(stream.incidents, QUICK)

    assert result.campaigns == ()
    assert result.coincidences
    assert len(result.null_best) >= 9


@pytest.mark.requirement("P1")
@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 10_000))
def test_renaming_everything_one_for_one_changes_nothing_but_the_names(seed: int) -> None:
    stream = planted_stream(5, count=150)
    mix = random.Random(seed)
    values = sorted({item.value for row in stream.incidents for item in row.evidence})
    renamed = dict(zip(values, mix.sample([f"v{mix.random()}" for _ in values], len(values)), strict=True))
    domains = sorted({row.domain for row in stream.incidents})
    swapped = dict(zip(domains, mix.sample(domains, len(domains)), strict=True))
    other = [
        replace(
            row,
            key=f"k{mix.random()}",
            domain=swapped[row.domain],
            evidence=tuple(Evidence(item.feature, renamed[item.value], f"r{mix.random()}") for item in row.evidence),
        )
        for row in stream.incidents
    ]
    parameters = replace(QUICK, replicates=9)

    assert shape(connect(other, parameters)) == shape(connect(stream.incidents, parameters))


def test_the_order_of_the_input_changes_no_group() -> None:
    stream = planted_stream(6, count=400)
    order = list(range(len(stream.incidents)))
    random.Random(1).shuffle(order)

    here = connect(stream.incidents, QUICK)
    there = connect([stream.incidents[place] for place in order], QUICK)

    back = [(tuple(sorted(order[place] for place in group)), bans, p, e) for group, bans, p, e in shape(there)]
    assert back == shape(here)


def test_two_runs_give_the_same_bits() -> None:
    incidents = planted_stream(7, count=300).incidents

    assert connect(incidents, QUICK) == connect(incidents, QUICK)


def test_a_searched_group_that_is_hardly_likelier_one_campaign_is_not_proposed_at_any_rate() -> None:
    stream = planted_stream(47, count=250)

    result = connect(stream.incidents, Parameters(seed=37, fdr=0.99, replicates=19, replicates_least=5))

    (weak,) = (group for group in result.coincidences if group.bans > 0)
    assert not result.thin
    assert weak.bans < PROPOSED_BANS
    assert weak.p < 0.99 * SEARCHED.few
    assert [group.bans > PROPOSED_BANS for group in result.campaigns] == [True]


def test_near_copies_of_a_report_are_one_report() -> None:
    background = empty_stream(8, "independent", count=200).incidents
    told = tuple(Evidence(name, f"{name}-rare", "r") for name in ("country", "means", "malware", "device"))
    copies = [Incident(f"copy-{n}", "domain-0", 18_400.0 + n, 18_400.0 + n, evidence=told) for n in range(5)]

    result = connect([*background, *copies], replace(QUICK, replicates=9))

    assert result.incidents == 205
    assert result.reports <= 201


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_hardly_any_input_gives_an_empty_result(count: int) -> None:
    incidents = [Incident(f"i{n}", "cyber", float(n), float(n)) for n in range(count)]

    result = connect(incidents, QUICK)

    assert (result.incidents, result.campaigns, result.coincidences) == (count, (), ())


def test_all_alike_all_undated_and_a_value_of_everyone_are_taken_without_a_proposal() -> None:
    same = (Evidence("country", "NL", "r"), Evidence("means", "ddos", "r"))
    alike = [Incident(f"i{n}", "cyber", evidence=same) for n in range(40)]

    result = connect(alike, QUICK)

    assert result.campaigns == ()


def test_an_excluded_source_takes_its_incidents_and_its_records_along() -> None:
    incidents = [
        Incident("a", "cyber", 1.0, 1.0, sources=("x",)),
        Incident("b", "cyber", 2.0, 2.0, sources=("x", "y")),
        Incident("c", "cyber", 3.0, 3.0, sources=("y",)),
    ]

    assert connect(incidents, replace(QUICK, exclude_sources=("x",))).incidents == 2
