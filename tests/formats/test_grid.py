"""Grids as folders of csv: what exists, what leaves the files, what is planned, and what cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from verband.formats.grid import GridBranch, GridBus, GridGenerator, read_grid
from verband.language.errors import InputError

BUSES = (
    """bus_id,station_id,voltage,dc,symbol,under_construction,tags,x,y,country
1,10,380,f,Substation,f,"""
    + '"""oid""=>""7"""'
    + """,4.5,52.1,NL
2,10,220,f,Substation,f,,4.5,52.1,NL
3,11,,f,joint,,,5.0,52.0,
4,12,380,f,Substation,t,,5.5,52.0,NL
"""
)
LINES = """line_id,bus0,bus1,under_construction
7,1,3,False
8,3,99,False
9,1,2,True
10,1,4,False
"""
GENERATORS = """generator_id,bus_id,technology,capacity
5,2,Fossil gas,-1
6,1,Phase shifter,100
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "buses.csv").write_text(BUSES)
    (tmp_path / "lines.csv").write_text(LINES)
    (tmp_path / "generators.csv").write_text(GENERATORS)
    (tmp_path / "transformers.csv").write_text("transformer_id,bus0,bus1\n7,1,2\n")
    return tmp_path


def test_what_exists_is_read_in_the_order_of_the_files(folder: Path) -> None:
    read = read_grid(folder)

    assert read.buses[0] == GridBus("1", "10", 380.0, "NL", 4.5, 52.1)
    assert read.buses[2] == GridBus("3", "11", None, "", 5.0, 52.0)
    assert read.branches == (
        GridBranch("line 7", "line", "1", "3"),
        GridBranch("transformer 7", "transformer", "1", "2"),
    )
    assert read.generators[0] == GridGenerator("generator 5", "2", "Fossil gas", None)
    assert read.rejects == ()


def test_what_is_under_construction_or_ends_there_is_counted_and_left_out(folder: Path) -> None:
    read = read_grid(folder)

    assert read.names == ("1", "2", "3")
    assert read.planned == {"buses": 1, "lines": 2, "transformers": 0, "generators": 0}


def test_a_branch_that_leaves_the_files_is_an_import_and_a_phase_shifter_no_supply(folder: Path) -> None:
    read = read_grid(folder)

    assert read.imports == ("3",)
    assert read.supplied == {"2", "3"}


@pytest.mark.parametrize(
    ("file", "row", "code", "field"),
    [
        ("buses", "1,10,380,f,,f,,4,52,NL", "grid.id_twice", "bus_id"),
        ("buses", ",10,380,f,,f,,4,52,NL", "table.key_empty", "bus_id"),
        ("buses", "5,10,high,f,,f,,4,52,NL", "grid.number", "voltage"),
        ("buses", "5,10,nan,f,,f,,4,52,NL", "grid.number", "voltage"),
        ("buses", "5,10,380", "table.width", ""),
        ("lines", "11,1,1,False", "grid.loop", "bus1"),
        ("lines", "11,98,99,False", "grid.ends_unknown", "bus0"),
        ("generators", "7,99,Nuclear,5", "grid.bus_unknown", "bus_id"),
        ("generators", "7,1,Nuclear,much", "grid.number", "capacity"),
    ],
)
def test_a_row_that_cannot_be_read_is_a_reject_and_the_rest_lands(
    folder: Path, file: str, row: str, code: str, field: str
) -> None:
    whole = read_grid(folder)
    path = folder / f"{file}.csv"
    path.write_text(path.read_text() + row + "\n")

    read = read_grid(folder)

    assert [(name, reject.code, reject.field) for name, reject in read.rejects] == [(file, code, field)]
    assert read.rejects[0][1].line == len(path.read_text().splitlines())
    assert (read.buses, read.branches, read.generators) == (whole.buses, whole.branches, whole.generators)


def test_a_folder_without_lines_or_a_file_without_its_columns_is_refused(folder: Path) -> None:
    (folder / "generators.csv").write_text("generator_id,bus\n1,1\n")
    with pytest.raises(InputError, match="bus_id"):
        read_grid(folder)

    (folder / "lines.csv").unlink()
    with pytest.raises(InputError, match=r"lines\.csv"):
        read_grid(folder)


@pytest.mark.shared_data
def test_every_row_of_the_public_grid_is_read_planned_an_import_or_a_reject(shared: Path) -> None:
    read = read_grid(shared / "grid")

    assert (len(read.buses), len(read.branches), len(read.generators)) == (2287, 2686, 689)
    assert read.planned == {"buses": 22, "lines": 96, "links": 5, "transformers": 3, "generators": 11}
    assert [(file, reject.line, reject.code) for file, reject in read.rejects] == [("links", 37, "grid.loop")]
