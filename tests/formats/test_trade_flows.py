"""Trade flows in csv: checked rows in batches, rejects with their line, one kind of unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from verband.formats import trade_flows
from verband.formats.trade_flows import TradeReading, read_trade_flows
from verband.language.errors import InputError

HEAD = "year,product,exporter,importer,value\n"


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "flows.csv"
    path.write_bytes(text.encode(encoding))
    return path


def rows(reading: TradeReading) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for batch in reading for row in batch.to_pylist()]


def test_rows_come_checked_and_trimmed_and_an_unstated_country_is_none(tmp_path: Path) -> None:
    reading = read_trade_flows(written(tmp_path, HEAD + '2020, 850110 ,CN,NL,5\r\n2021,"850,1",,NL,1.5e3\r\n'))

    assert rows(reading) == [(2020, "850110", "CN", "NL", 5.0), (2021, "850,1", None, "NL", 1500.0)]
    assert reading.rejects == []


def test_every_row_that_cannot_stand_is_told_with_its_line(tmp_path: Path) -> None:
    lines = ["2020,a,CN,NL,1", "2020,a,CN", "20x0,a,CN,NL,1", "2020,,CN,NL,1", "2020,a,CN,NL,-1", "2020,a,CN,NL,nan"]
    more = ["", "2020,b,CN,NL,2", "2020,b,CN,NL,2,2", "2020,b,CN,NL,"]
    text = HEAD + "\n".join([*lines, *more]) + "\n"

    reading = read_trade_flows(written(tmp_path, text))

    assert rows(reading) == [(2020, "a", "CN", "NL", 1.0), (2020, "b", "CN", "NL", 2.0)]
    assert [(one.line, one.field, one.code) for one in reading.rejects] == [
        (3, "", "table.width"),
        (4, "year", "supply.flow"),
        (5, "product", "supply.flow"),
        (6, "value", "supply.flow"),
        (7, "value", "supply.flow"),
        (8, "year", "supply.flow"),
        (10, "", "table.width"),
        (11, "value", "supply.flow"),
    ]
    assert reading.rejected == 8


def test_lines_are_right_behind_the_first_block_and_rejects_are_bounded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trade_flows, "_BLOCK", 4096)
    monkeypatch.setattr(trade_flows, "TOLD", 3)
    lines = ["2020,a,CN,NL,1"] * 1000
    for at in (0, 500, 900, 950, 960):
        lines[at] = "2020,a,CN,NL,much"
    lines[400] = "2020,a"

    reading = read_trade_flows(written(tmp_path, HEAD + "\n".join(lines) + "\n"))

    assert len(rows(reading)) == 994
    assert [one.line for one in reading.rejects] == [2, 402, 502]
    assert reading.rejected == 6


def test_units_of_one_kind_come_in_one(tmp_path: Path) -> None:
    text = (
        "year,product,exporter,importer,value,unit\n2020,a,CN,NL,5,kEUR\n2020,a,CN,NL,7,EUR\n2020,a,US,NL,2,mln EUR\n"
    )

    reading = read_trade_flows(written(tmp_path, text))

    assert [row[-1] for row in rows(reading)] == [5_000.0, 7.0, 2_000_000.0]
    assert reading.unit_kind == "euro"


def test_an_unknown_unit_and_units_of_two_kinds_are_refused_with_their_line(tmp_path: Path) -> None:
    head = "year,product,exporter,importer,value,unit\n2020,a,CN,NL,x,t\n2020,a,CN,NL,5,kEUR\n"

    with pytest.raises(InputError, match=r"Line 4 of 'flows\.csv' has the unit 'barrels'"):
        rows(read_trade_flows(written(tmp_path, head + "2020,a,CN,NL,5,barrels\n")))
    with pytest.raises(InputError, match="adds euro and, on line 4, mass"):
        rows(read_trade_flows(written(tmp_path, head + "2020,a,CN,NL,5,t\n")))


def test_columns_may_be_called_something_else(tmp_path: Path) -> None:
    path = written(tmp_path, "t;k;i;j;v;q\n2020;850110;156;528;5;9\n")

    found = rows(
        read_trade_flows(path, columns={"year": "t", "product": "k", "exporter": "i", "importer": "j", "value": "v"})
    )

    assert found == [(2020, "850110", "156", "528", 5.0)]


def test_a_column_that_is_missing_is_named_with_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="exporters"):
        read_trade_flows(written(tmp_path, "year,product,exporters,importer,value\n2020,a,CN,NL,5\n"))


def test_another_encoding_is_read_where_it_is_stated_and_refused_where_not(tmp_path: Path) -> None:
    path = written(tmp_path, HEAD + "2020,café,CN,NL,5\n", "cp1252")

    assert rows(read_trade_flows(path, encoding="cp1252"))[0][1] == "café"
    with pytest.raises(InputError) as caught:
        rows(read_trade_flows(path))
    assert caught.value.code in {"text.encoding", "supply.text_damaged"}
