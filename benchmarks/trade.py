"""Fifty million made-up trade flows in Parquet: indicators of each product and year, on DuckDB and on Spark.

The flows are written in pieces and read where they lie. `python -m benchmarks.trade ENGINE FILE OUT` is a child, which
writes what it found to OUT.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.contender import run_python
from verband.formats.trade_flows import SCHEMA
from verband.methods.depending.supply import geodep_dependence, product_years
from verband.methods.engine import ENGINES, Spark, engine, keep, spark_is_here, stored

COUNT, QUICK = 50_000_000, 1_000_000
PRODUCTS, COUNTRIES, YEARS = 5_200, 200, (2018, 2019, 2020)
MEMBERS = [f"C{at:03}" for at in range(27)]
PIECE = 500_000
#: The part of the flows whose exporter is not stated.
UNSTATED = 0.03
#: One product in this many comes mostly from its leader, so that some are dependent.
ONE_SOURCE_IN, FROM_LEADER = 10, 0.8


def figures(*, seed: int, quick: bool) -> dict[str, float | int]:
    """`duckdb_s` and `duckdb_mib`: CPU seconds and peak memory of a child that reads the flows and judges them.

    Beside them, where Java and PySpark are: `rows_apart`, products and years that only one of the two engines has or
    that they judge otherwise, and `largest_difference` of any figure, as a share of it.
    """
    count = QUICK if quick else COUNT
    with tempfile.TemporaryDirectory() as folder:
        flows = Path(folder) / "flows.parquet"
        keep(batches(seed, count), flows, schema=SCHEMA)
        out: dict[str, float | int] = {"flows": count, "file_mib": flows.stat().st_size / 2**20}
        rows: dict[str, list[list[Any]]] = {}
        for name in ENGINES if spark_is_here() else ENGINES[:1]:
            file = Path(folder) / f"{name}.json"
            ended = run_python(["-m", "benchmarks.trade", name, str(flows), str(file)])
            # Of Spark the work is done in a Java process, which is no part of the child's figures.
            if name == "duckdb":
                out |= {"duckdb_s": ended.cpu_s, "duckdb_mib": ended.peak_mib}
            rows[name] = json.loads(file.read_text("utf-8"))
    out["product_years"] = len(rows["duckdb"])
    out["dependent"] = sum(row[2] == "dependent" for row in rows["duckdb"])
    if len(rows) > 1:
        out |= apart(rows["duckdb"], rows["spark"])
    return out


def apart(ours: list[list[Any]], theirs: list[list[Any]]) -> dict[str, float | int]:
    """Rows that only one of the two has, and the largest difference of a figure in the others."""
    mine, other = ({tuple(row[:4]): row[4:] for row in rows} for rows in (ours, theirs))
    both = [(mine[key], other[key]) for key in mine if key in other]
    far = [
        abs(a - b) / max(abs(a), 1e-300) for one, two in both for a, b in zip(one, two, strict=True) if a is not None
    ]
    return {"rows_apart": len(mine.keys() ^ other.keys()), "largest_difference": max(far, default=0.0)}


def batches(seed: int, count: int, *, products: int = PRODUCTS) -> Iterator[Any]:
    """Flows in pieces: exporters with Zipf frequencies, values lognormal, some exporters not stated, some products that
    come mostly from one.
    """
    names = pa.array([f"C{at:03}" for at in range(COUNTRIES)])
    codes = pa.array([f"{at:06}" for at in range(products)])
    shares = 1.0 / np.arange(1, COUNTRIES + 1)
    for start in range(0, count, PIECE):
        rng = np.random.default_rng([seed, start])
        size = min(PIECE, count - start)
        product = rng.integers(0, products, size)
        # Each product has its own leader, so that who is first differs by product.
        rank = rng.choice(COUNTRIES, size, p=shares / shares.sum())
        rank[(product % ONE_SOURCE_IN == 0) & (rng.random(size) < FROM_LEADER)] = 0
        exporter = (rank + 37 * product) % COUNTRIES
        hidden = rng.random(size) < UNSTATED
        yield pa.record_batch(
            [
                pa.array(rng.choice(YEARS, size), pa.int32()),
                codes.take(pa.array(product)),
                names.take(pa.array(exporter, mask=hidden)),
                names.take(pa.array(rng.integers(0, COUNTRIES, size))),
                pa.array(np.exp(rng.normal(3.0, 2.0, size))),
            ],
            schema=SCHEMA,
        )


def _child(name: str, flows: str, file: str) -> None:
    asked = engine(name)
    years = product_years(stored(flows), MEMBERS, engine=asked)
    if isinstance(asked, Spark):
        asked.stop()
    rows = [
        [one.year, one.product, two.verdict, "/".join(one.top), one.concentration, one.world_concentration,
         one.coverage, one.outside, one.inside, one.unstated, one.exports_out, one.exports]
        for one, two in zip(years, geodep_dependence(years), strict=True)
    ]  # fmt: skip
    Path(file).write_text(json.dumps(rows), encoding="utf-8")
    print(json.dumps({"rows": len(rows)}))


if __name__ == "__main__":
    _child(*sys.argv[1:])
