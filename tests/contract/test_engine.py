"""One question, two engines, one answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from benchmarks.columns import stream
from benchmarks.connect_engines import apart
from benchmarks.streams import planted_stream
from tests.contract.engines import NAMES, take
from verband.language.errors import InputError
from verband.methods.connecting import Parameters, connect, connect_table
from verband.methods.connecting.columns import read, reports_of
from verband.methods.connecting.copies import heads
from verband.methods.connecting.duplicates import collapse
from verband.methods.connecting.large import LARGE
from verband.methods.connecting.linking import LINKS, Window, linked
from verband.methods.connecting.pairs import sharing, time_bans
from verband.methods.connecting.reports import Reports, build, canonical_order
from verband.methods.connecting.times import clock
from verband.methods.engine import CONFORMANCE, ENGINES, DuckDB, Engine, Question, engine
from verband.methods.engine.dialect import translated

SPANS = Parameters().spans_days


@dataclass(frozen=True)
class Written(Question):
    """A question whose text stands in the test."""

    sql: str = ""

    def text(self) -> str:
        return self.sql


def asked(sql: str) -> Question:
    return Written("tests", "written", sql)


SEEN: dict[str, Any] = {
    "seen": pa.table(
        {
            "place": pa.array([1, 1, 2, 2, 3], pa.int64()),
            "day": pa.array([-1.5, 2.0, 4.0, None, 1e6], pa.float64()),
            "mask": pa.array([1, 3, 6, 7, 4], pa.int64()),
        }
    )
}
EVERY_FUNCTION = """
select place, count(*) as many, avg(day) as mean, max(coalesce(abs(day), 0.0)) as far, min(day) as first,
    sum(case when day is null or day < 0.0 and place = 1 then 1 else 0 end) as odd,
    max(cast(floor(day / $width) as bigint)) as bucket, max(mask & 3) as low,
    max(ln(greatest(exp(least(day, 1.0)), 1e-6)) + sqrt(abs(power(day, 2)))) as figure
from seen group by place order by place
"""


@pytest.mark.parametrize("name", NAMES)
def test_every_function_of_the_conformance_list_gives_one_answer(name: str, engines: dict[str, Engine]) -> None:
    rows = take(engines, name).answer(asked(EVERY_FUNCTION), relations=SEEN, parameters={"width": 2.0}).to_pylist()

    figures = [{key: round(value, 9) for key, value in row.items()} for row in rows]
    assert figures == [
        {"place": 1, "many": 2, "mean": 0.25, "far": 2.0, "first": -1.5, "odd": 1, "bucket": 1, "low": 3,
         "figure": 3.0},
        {"place": 2, "many": 2, "mean": 4.0, "far": 4.0, "first": 4.0, "odd": 1, "bucket": 2, "low": 3,
         "figure": 5.0},
        {"place": 3, "many": 1, "mean": 1e6, "far": 1e6, "first": 1e6, "odd": 0, "bucket": 500_000, "low": 0,
         "figure": 1_000_001.0},
    ]  # fmt: skip
    assert all(type(row["bucket"]) is int for row in rows)


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_relation_gives_an_empty_answer(name: str, engines: dict[str, Engine]) -> None:
    nothing = {"seen": SEEN["seen"].slice(0, 0)}

    table = take(engines, name).answer(asked(EVERY_FUNCTION), relations=nothing, parameters={"width": 2.0})

    assert table.num_rows == 0
    assert table.column_names[0] == "place"


@pytest.mark.parametrize("function", ["median(day)", "hash(place)", "log10(day)", "round(day)", "random()"])
def test_a_function_that_is_not_on_the_list_is_refused(function: str) -> None:
    with pytest.raises(ValueError, match="conformance list"):
        DuckDB().answer(asked(f"select {function} as x from seen"), relations=SEEN)


@pytest.mark.parametrize("sql", ["drop table seen", "select 1; select 2", "insert into seen values (1)"])
def test_what_is_not_one_query_is_refused(sql: str) -> None:
    with pytest.raises(ValueError, match="one query"):
        translated(sql, dialect="duckdb", parameters={})


def test_a_question_reads_no_file() -> None:
    with pytest.raises(Exception, match="disabled"):
        DuckDB().answer(asked("select * from '/etc/hostname.csv'"), relations={})


def test_a_parameter_that_is_missing_or_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a parameter width"):
        DuckDB().answer(asked(EVERY_FUNCTION), relations=SEEN)
    with pytest.raises(ValueError, match="finite"):
        DuckDB().answer(asked(EVERY_FUNCTION), relations=SEEN, parameters={"width": float("nan")})


def test_an_engine_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(InputError, match="duckdb, spark"):
        engine("abacus")


def test_the_list_and_the_names_stand() -> None:
    assert ENGINES == ("duckdb", "spark")
    assert not set(CONFORMANCE) & {"round", "log", "median", "random", "current_date"}
    assert list(CONFORMANCE) == sorted(CONFORMANCE)
    assert "select" in LINKS.text()


def collection(count: int, seed: int = 3) -> Reports:
    incidents = planted_stream(seed, count=count).incidents
    return build(incidents, Parameters(), collapse(incidents, canonical_order(incidents, Parameters()), Parameters()))


@pytest.mark.parametrize("name", NAMES)
def test_links_are_those_of_the_pairs_in_numpy(name: str, engines: dict[str, Engine]) -> None:
    reports = collection(400)
    times = clock(reports)

    found = linked(reports, times, engine=take(engines, name), spans_days=SPANS, least=0.5)
    pairs = sharing(reports, least=0.5)

    assert found.a.tolist() == pairs.a.tolist()
    assert found.b.tolist() == pairs.b.tolist()
    assert np.abs(found.bans - pairs.bans).max() < 1e-9
    assert np.abs(found.near - time_bans(times, pairs.a, pairs.b, spans_days=SPANS)).max() < 1e-9


@pytest.mark.spark
def test_spark_and_duckdb_agree_to_the_link_on_fifty_thousand_incidents(engines: dict[str, Engine]) -> None:
    made = stream(2, 50_000)
    columns = read(made.evidence, made.incidents, Parameters())
    reports = reports_of(columns, heads(columns, most=16))
    times = clock(reports)
    window = Window(days=60.0, most=30)

    ours, theirs = (
        linked(reports, times, engine=take(engines, name), spans_days=SPANS, least=1.0, window=window)
        for name in ENGINES
    )

    assert len(ours.a) > 100_000
    assert (ours.a == theirs.a).all()
    assert (ours.b == theirs.b).all()
    assert np.abs(ours.bans - theirs.bans).max() < 1e-9
    assert np.abs(ours.near - theirs.near).max() < 1e-9


@pytest.mark.parametrize("name", NAMES)
def test_a_run_on_an_engine_is_the_run_without_one(name: str, engines: dict[str, Engine]) -> None:
    incidents = planted_stream(5, count=300).incidents
    parameters = Parameters(replicates=19, replicates_least=9)

    assert connect(incidents, parameters, engine=take(engines, name)) == connect(incidents, parameters)


@pytest.mark.spark
def test_spark_and_duckdb_agree_to_the_campaign_in_a_large_collection(engines: dict[str, Engine]) -> None:
    made = stream(2, 21_000, per_campaign=3_000)
    parameters = Parameters(replicates=2)

    ours, theirs = (
        connect_table(made.evidence, made.incidents, parameters, engine=take(engines, name)) for name in ENGINES
    )

    assert ours.incidents > LARGE
    assert ours.campaigns or ours.coincidences
    assert ours.notes["pairs"] == theirs.notes["pairs"] > 10_000
    assert apart(ours, theirs)["groups_apart"] == 0
    assert apart(ours, theirs)["largest_difference"] < 1e-9
