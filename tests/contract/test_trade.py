"""Trade flows in tables and in Parquet give the same figures on every engine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from benchmarks.trade import MEMBERS, batches
from tests.contract.engines import NAMES, take
from verband.formats.trade_flows import SCHEMA, read_trade_flows
from verband.language.errors import InputError
from verband.methods.depending.supply import ProductYear, countries_named, product_shares, product_years
from verband.methods.depending.supply.trade import COLUMNS
from verband.methods.engine import ENGINES, DuckDB, Engine, Question, Stored, keep, stored

CSV = """year,product,exporter,importer,value
2020,chips,TW,NL,60
2020,chips,US,DE,20
2020,chips,DE,NL,10
2020,chips,NL,US,40
2020,chips,,NL,10
2020,chips,NL,NL,500
2020,tin,BR,NL,5
2020,tin,PE,NL,5
2021,tin,NL,PE,5
"""


def figures(one: ProductYear) -> tuple[Any, ...]:
    numbers = one.concentration, one.world_concentration, one.top_share, one.coverage, one.world_coverage
    amounts = one.outside, one.inside, one.unstated, one.exports_out, one.exports
    rounded = tuple(None if number is None else round(number, 9) for number in (*numbers, *amounts))
    return one.year, one.product, one.top, *rounded


def numbers(one: ProductYear) -> list[float]:
    return [-1.0 if number is None else number for number in figures(one)[3:]]


@pytest.mark.parametrize("name", NAMES)
def test_shares_of_countries_outside_are_those_worked_by_hand(
    name: str, engines: dict[str, Engine], tmp_path: Path
) -> None:
    (tmp_path / "flows.csv").write_text(CSV, encoding="utf-8")
    flows = keep(read_trade_flows(tmp_path / "flows.csv"), tmp_path / "flows.parquet", schema=SCHEMA)
    engine = take(engines, name)

    every = product_shares(flows, ["NL", "DE"], engine=engine)
    large = product_shares(flows, ["NL", "DE"], engine=engine, least=0.3)

    assert every == {
        (2020, "chips"): (("TW", 0.75), ("US", 0.25)),
        (2020, "tin"): (("BR", 0.5), ("PE", 0.5)),
    }
    assert large[2020, "chips"] == (("TW", 0.75),)
    assert countries_named(flows, engine=engine) == {"TW", "US", "DE", "NL", "BR", "PE"}


@pytest.mark.parametrize("name", NAMES)
def test_a_csv_kept_as_parquet_gives_the_figures_worked_by_hand(
    name: str, engines: dict[str, Engine], tmp_path: Path
) -> None:
    (tmp_path / "flows.csv").write_text(CSV, encoding="utf-8")
    flows = keep(read_trade_flows(tmp_path / "flows.csv"), tmp_path / "it's.parquet", schema=SCHEMA)

    found = product_years(flows, ["NL", "DE"], engine=take(engines, name))

    assert (flows.rows, flows.columns) == (9, COLUMNS)
    assert [figures(one) for one in found] == [
        (2020, "chips", ("TW",), 0.625, round(5700 / 16900, 9), 0.75, 0.9, round(130 / 140, 9), 80, 10, 10, 40, 50),
        (2020, "tin", ("BR", "PE"), 0.5, 0.5, 0.5, 1.0, 1.0, 10, 0, 0, 0, 0),
        (2021, "tin", (), None, 1.0, None, None, 1.0, 0, 0, 0, 5, 5),
    ]


@pytest.mark.spark
def test_spark_and_duckdb_agree_on_two_hundred_thousand_flows(engines: dict[str, Engine], tmp_path: Path) -> None:
    flows = keep(batches(7, 200_000, products=300), tmp_path / "flows.parquet", schema=SCHEMA)

    ours, theirs = (product_years(flows, MEMBERS, engine=take(engines, name)) for name in ENGINES)

    assert len(ours) > 800
    assert [(one.year, one.product, one.top) for one in ours] == [(one.year, one.product, one.top) for one in theirs]
    for one, other in zip(ours, theirs, strict=True):
        assert numbers(one) == pytest.approx(numbers(other), rel=1e-9)


def test_flows_that_do_not_fit_in_memory_give_the_same_figures(tmp_path: Path) -> None:
    flows = keep(batches(7, 300_000, products=5_000), tmp_path / "flows.parquet", schema=SCHEMA)

    ample, little = (product_years(flows, MEMBERS, engine=DuckDB(memory_mib=size)) for size in (1536, 48))

    assert len(ample) == len(little) > 10_000
    for one, other in zip(ample, little, strict=True):
        assert figures(one)[:3] == figures(other)[:3]
        assert numbers(one) == pytest.approx(numbers(other), rel=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_countries_and_products_may_be_numbers(name: str, engines: dict[str, Engine]) -> None:
    table = pa.table(
        {
            "year": pa.array([2020, 2020], pa.int64()),
            "product": pa.array([850110, 850110], pa.int64()),
            "exporter": pa.array([156, None], pa.int64()),
            "importer": pa.array([528, 528], pa.int64()),
            "value": pa.array([9, 1], pa.int64()),
        }
    )

    (one,) = product_years(table, ["528"], engine=take(engines, name))

    assert (one.product, one.top, one.outside, one.unstated) == ("850110", ("156",), 9.0, 1.0)


class Elsewhere(Question):
    """A question that reads another file than the one it was given."""

    def text(self) -> str:
        return f"select count(*) as many from '{self.name}'"


def test_a_stored_relation_opens_its_own_files_and_no_other(tmp_path: Path) -> None:
    for name in ("given", "other"):
        pq.write_table(pa.table({"a": [1, 2]}), tmp_path / f"{name}.parquet")
    given = stored(tmp_path / "given.parquet")

    answer = DuckDB().answer(Elsewhere("tests", str(tmp_path / "given.parquet")), relations={"seen": given})

    assert answer.to_pylist() == [{"many": 2}]
    with pytest.raises(Exception, match="disabled"):
        DuckDB().answer(Elsewhere("tests", str(tmp_path / "other.parquet")), relations={"seen": given})


def test_a_folder_of_files_is_one_relation(tmp_path: Path) -> None:
    for at in range(2):
        keep(batches(at, 100, products=3), tmp_path / f"part{at}.parquet", schema=SCHEMA)

    found = stored(tmp_path, columns=COLUMNS)

    assert (found.rows, len(found.paths)) == (200, 2)
    assert sum(one.outside > 0 for one in product_years(found, MEMBERS, engine=DuckDB())) > 0


def test_what_is_no_parquet_or_lacks_a_column_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.parquet").write_text("year,product", encoding="utf-8")
    pq.write_table(pa.table({"years": [1]}), tmp_path / "narrow.parquet")

    with pytest.raises(InputError, match="no Parquet file"):
        stored(tmp_path / "none.parquet")
    with pytest.raises(InputError, match="cannot be read as Parquet"):
        stored(tmp_path / "text.parquet")
    with pytest.raises(InputError, match=r"no column 'year'.*years"):
        stored(tmp_path / "narrow.parquet", columns=COLUMNS)


def test_a_file_that_cannot_be_finished_leaves_what_stood_there(tmp_path: Path) -> None:
    before = keep(batches(1, 100, products=3), tmp_path / "flows.parquet", schema=SCHEMA)
    (tmp_path / "flows.csv").write_text(
        "year,product,exporter,importer,value,unit\n2020,a,CN,NL,5,barrels\n", encoding="utf-8"
    )

    with pytest.raises(InputError, match="barrels"):
        keep(read_trade_flows(tmp_path / "flows.csv"), tmp_path / "flows.parquet", schema=SCHEMA)

    assert stored(tmp_path / "flows.parquet") == before
    assert not list(tmp_path.glob("*.part"))
    assert isinstance(before, Stored)
