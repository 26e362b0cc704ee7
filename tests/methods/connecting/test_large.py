"""Large collections: the same judgements in columns and parts, and what may not break them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.columns import stream
from benchmarks.streams import empty_stream, planted_stream
from verband.methods.connecting import (
    Capped,
    Evidence,
    Incident,
    Night,
    Parameters,
    Result,
    connect,
    connect_table,
    explain,
)
from verband.methods.connecting.columns import read, reports_of, tables
from verband.methods.connecting.copies import heads
from verband.methods.connecting.duplicates import collapse
from verband.methods.connecting.groups import strength
from verband.methods.connecting.growing import SEEDS_LEAST, _seeds
from verband.methods.connecting.large import NONE, WINDOW, worlds_for
from verband.methods.connecting.linking import Links
from verband.methods.connecting.parts import part, whole
from verband.methods.connecting.reports import build, canonical_order
from verband.methods.connecting.space import space
from verband.methods.connecting.times import clock


def merged(incidents: list[Incident]) -> list[tuple[int, ...]]:
    columns = read(*tables(incidents), Parameters())
    head = heads(columns)
    return sorted(tuple(sorted(columns.place[head == first].tolist())) for first in np.unique(head))


@pytest.mark.parametrize("kind", ["cascades", "communities"])
def test_copies_found_by_what_they_share_are_those_found_by_holding_all_side_by_side(kind: str) -> None:
    incidents = empty_stream(11, kind, count=500).incidents

    order = canonical_order(incidents, Parameters())
    one_by_one = sorted(tuple(sorted(group)) for group in collapse(incidents, order, Parameters()))

    assert merged(incidents) == one_by_one
    assert len(one_by_one) < len(incidents)


def test_reports_of_columns_are_the_reports_of_incidents() -> None:
    stream = planted_stream(3, count=400)
    columns = read(*tables(stream.incidents), Parameters())
    order = canonical_order(stream.incidents, Parameters())

    ours = reports_of(columns, heads(columns))
    theirs = build(stream.incidents, Parameters(), collapse(stream.incidents, order, Parameters()))

    assert ours.members == theirs.members
    assert dict(zip(zip(ours.feature, ours.value, strict=True), ours.df.tolist(), strict=True)) == dict(
        zip(zip(theirs.feature, theirs.value, strict=True), theirs.df.tolist(), strict=True)
    )
    assert ours.block_names == theirs.block_names
    assert (ours.stated == theirs.stated).all()
    assert np.array_equal(ours.middle, theirs.middle, equal_nan=True)
    assert ours.stratum.tolist() == theirs.stratum.tolist()
    assert ours.sources == tuple(frozenset() for _ in ours.sources)


def test_a_part_weighs_a_group_as_the_whole_does() -> None:
    stream = planted_stream(4, count=600)
    columns = read(*tables(stream.incidents), Parameters())
    reports = reports_of(columns, heads(columns))
    room = space(reports, NONE, reads_domain=True)
    times = clock(reports)
    places = np.arange(0, reports.count, 3)
    members = np.zeros((reports.count, 2), dtype=np.bool_)
    members[places[:5], 0] = True
    members[places[40:48], 1] = True

    ours = strength(part(whole(room), places, NONE), times.shuffled(places), members[places], Parameters())
    theirs = strength(room, times, members, Parameters())

    # A habit is looked for among the reports of the part, so a part may only weigh more.
    assert (ours.bans >= theirs.bans - 1e-6).all()
    assert np.abs(ours.stands - theirs.stands).max() < 0.2


def test_what_is_planted_is_found_and_explained() -> None:
    made = stream(0, 10_000)

    result = connect_table(made.evidence, made.incidents, Parameters())

    best = result.campaigns[0]
    assert len(set(best.incidents) & made.planted[0]) >= 6
    assert best.links
    assert all(item.records for link in best.links for item in link.evidence if item.df)
    assert result.notes["tail_distance"] <= result.notes["tail_allowed"]
    assert result.notes["tail_rate"] > 0
    assert 0 < best.p < 0.05


def test_two_runs_give_the_same_bits_and_names_change_nothing() -> None:
    made = planted_stream(6, count=900).incidents
    renamed = [
        replace(
            row,
            domain=row.domain[::-1],
            evidence=tuple(replace(item, value=f"{hash(item.value)}") for item in row.evidence),
        )
        for row in made
    ]

    first, again, other = (connect_table(*tables(rows), Parameters()) for rows in (made, made, renamed))

    assert first == again
    assert shape(first) == shape(other)


def shape(result: Result) -> list[tuple[tuple[int, ...], float, float, float]]:
    groups = (*result.campaigns, *result.coincidences)
    return [(group.incidents, group.bans, group.p, group.e_value) for group in groups]


def test_an_excluded_source_and_feature_are_not_read() -> None:
    rows = [
        Incident(f"i{n}", "cyber", float(n), sources=("gone",) if n == 0 else (), evidence=(
            Evidence("means", "x", "kept"), Evidence("malware", "y", "out"), Evidence("sector", "z", "kept"),
            Evidence("actor", "somebody", "kept"), Evidence("wording", "word", "kept"),
        ))
        for n in range(4)
    ]  # fmt: skip

    columns = read(*tables(rows), Parameters(exclude_sources=("out", "gone"), exclude_features=("sector",)))

    assert columns.place.tolist() == [1, 2, 3]
    assert columns.feature == ("means",)


EDGES: dict[str, list[Incident]] = {
    "no incidents": [],
    "one": [Incident("i", "cyber", 0.0, evidence=(Evidence("means", "x", "r"),))],
    "without evidence": [Incident(f"i{n}", "cyber", float(n)) for n in range(5)],
    "all identical": [
        Incident(f"i{n}", "cyber", 9.0, evidence=(Evidence("means", "x", "r"), Evidence("sector", "y", "r")))
        for n in range(120)
    ],
    "all unique": [
        Incident(f"i{n}", "cyber", float(n), evidence=(Evidence("means", f"m{n}", "r"),)) for n in range(90)
    ],
    "times missing": [Incident(f"i{n}", "cyber", evidence=(Evidence("malware", f"m{n % 9}", "r"),)) for n in range(90)],
    "1970 and 2200": [
        Incident(f"i{n}", "cyber", 84_000.0 * (n % 2) + n, evidence=(Evidence("malware", f"m{n % 9}", "r"),))
        for n in range(90)
    ],
    "one value in a feature": [
        Incident(
            f"i{n}", f"d{n % 3}", 3.0 * n, evidence=(Evidence("sector", "x", "r"), Evidence("device", f"{n % 20}", "r"))
        )
        for n in range(200)
    ],
}


@pytest.mark.parametrize("name", EDGES)
def test_nothing_is_proposed_and_nothing_breaks_where_there_is_nothing_to_find(name: str) -> None:
    few = Parameters(replicates=19, replicates_least=9)

    small, large = connect(EDGES[name], few), connect_table(*tables(EDGES[name]), few)

    assert small.campaigns == large.campaigns == ()
    assert small.incidents == large.incidents == len(EDGES[name])


def test_a_value_that_everything_shares_joins_nobody_and_is_said() -> None:
    rows = [
        Incident(f"i{n}", "cyber", n / 4, evidence=(Evidence("means", "x", "r"), Evidence("device", f"d{n}", "r")))
        for n in range(400)
    ]

    result = connect_table(*tables(rows), Parameters())

    assert result.notes["capped_values"] == 1
    assert result.capped == (Capped("means", "x", 400, 400),)
    assert result.notes["window_most"] == WINDOW.most
    assert result.notes["pairs"] == 0


def test_a_small_collection_says_what_is_too_common_to_join_as_well() -> None:
    rows = [
        Incident(f"i{n}", "cyber", n / 4, evidence=(Evidence("means", "x", "r"), Evidence("device", f"d{n}", "r")))
        for n in range(400)
    ]

    result = connect(rows, Parameters(replicates=19, replicates_least=9))

    assert result.capped == (Capped("means", "x", 400, 400),)
    assert result.notes["capped_values"] == 1
    assert result.notes["pairs"] == 0
    assert "means “x” (400 of 400 reports)." in explain.capped(result.capped, 1, "en")
    assert "middel “x” (400 van 400 meldingen)." in explain.capped(result.capped, 1, "nl")
    assert "; and 7 more." in explain.capped(result.capped, 8, "en")
    assert not explain.capped((), 0, "en")


@pytest.mark.parametrize("count", [3, 4, 9])
def test_each_thing_that_identical_incidents_share_is_told_once(count: int) -> None:
    shared = tuple(Evidence(name, "x", "r") for name in ("means", "sector", "device"))
    alone = [Incident(f"i{n}", "cyber", 9.0, evidence=shared) for n in range(count)]
    others = empty_stream(3, "independent", count=300).incidents
    few = Parameters(replicates=19, replicates_least=9)

    for rows, first in ((alone, 0), ([*others, *alone], len(others))):
        result = connect(rows, few)
        told = [item.feature for item in result.capped if item.value == "x"]
        for group in (*result.campaigns, *result.coincidences):
            told += [item.feature for item in group.shared if item.value == "x"]
        one_report = tuple(range(first, first + count)) in result.repeats

        assert sorted(told) == ([] if one_report else ["device", "means", "sector"])


def test_incidents_that_are_one_report_are_named_on_both_paths() -> None:
    others = empty_stream(3, "independent", count=600).incidents
    shared = tuple(Evidence(name, "zz", "r") for name in ("means", "sector", "malware"))
    rows = [*others, *(Incident(f"z{n}", "cyber", others[0].start + n, evidence=shared) for n in range(4))]

    small = connect(rows, Parameters(replicates=19, replicates_least=9))
    large = connect_table(*tables(rows), Parameters(replicates=2))

    assert (600, 601, 602, 603) in small.repeats
    assert (600, 601, 602, 603) in large.repeats
    assert small.reports == small.incidents - sum(len(places) - 1 for places in small.repeats)
    assert "repeats of others" in explain.repeated(small, "en")
    assert not explain.repeated(connect([], Parameters()), "en")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_incidents_for_any_campaign_are_said_to_be_so(count: int) -> None:
    rows = [Incident(f"i{n}", "cyber", 9.0, evidence=(Evidence("means", "x", "r"),)) for n in range(count)]

    for result in (connect(rows, Parameters()), connect_table(*tables(rows), Parameters())):
        assert result.smallest_showable == 41
        assert "could not have shown any campaign" in explain.smallest(result, "en")


def test_a_smaller_collection_is_held_against_more_worlds() -> None:
    assert [worlds_for(count) for count in (0, 20_001, 100_000, 150_000, 1_000_000)] == [19, 19, 19, 12, 9]


def test_a_report_in_many_triangles_is_grown_from_though_no_link_of_it_is_strong() -> None:
    pairs = [(a, b) for a in range(4) for b in range(a + 1, 4)]
    strong = [(10 + 2 * n, 11 + 2 * n) for n in range(SEEDS_LEAST + 5)]
    a, b = (np.array(column, dtype=np.int64) for column in zip(*pairs, *strong, strict=True))
    bans = np.where(a < 4, 2.0, 5.0)

    chosen = _seeds(Links(a, b, bans, np.zeros(len(a))), 1_000)

    grown_from = {(int(a[number]), int(b[number])) for number in chosen.tolist()}
    assert {(0, 1), (2, 3)} <= grown_from
    assert len(grown_from & set(strong)) >= SEEDS_LEAST


def test_a_night_in_a_large_collection_tests_what_is_new_and_keeps_what_was_proposed() -> None:
    stream = planted_stream(4, count=900)
    everything = tables(stream.incidents)
    first = connect_table(*everything, Parameters(replicates=9), night=Night(1, 0, frozenset()))
    groups = [*first.campaigns, *first.coincidences]
    kept = frozenset(groups[0].incidents)

    later = Night(2, 1, frozenset(), earlier=(kept,))
    second = connect_table(*everything, Parameters(replicates=9), night=later)

    assert [set(one.incidents) for one in second.campaigns] == [kept]
    assert second.notes["night"] == 2
    assert second.notes["night_level"] == later.level(0.05)
