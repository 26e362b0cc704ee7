"""World tables as npz and cases of the inoperability model: read, or refused with the place."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from verband.formats.limits import LIMITS
from verband.formats.sector_tables import read_sector_case, read_world_table
from verband.language.errors import InputError


def world(path: Path, **more: Any) -> Path:
    arrays: dict[str, Any] = {
        "Z": np.eye(4, dtype=np.float32),
        "x": np.full(4, 5.0),
        "countries": np.array(["AUS", "BEL"]),
        "industries": np.array(["c1", "c2"]),
    }
    with path.open("wb") as out:
        np.savez_compressed(out, **{key: value for key, value in (arrays | more).items() if value is not None})
    return path


def case(folder: Path, csv: str, **more: Any) -> Path:
    (folder / "table.csv").write_text(csv, encoding="utf-8")
    raw = {
        "DIIM": {"amatrix_type": "interdependency", "amat_file": "table.csv", **more.pop("DIIM", {})},
        "Perturbation": {"pinfra": ["b"], "cvalue": [0.6], **more.pop("Perturbation", {})},
    }
    path = folder / "case.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_a_world_table_is_read_by_country_and_industry(tmp_path: Path) -> None:
    found = read_world_table(world(tmp_path / "world.npz"))

    assert (found.flows.shape, found.flows.dtype, found.output.tolist()) == ((4, 4), np.float64, [5, 5, 5, 5])
    assert (found.countries, found.industries) == (("AUS", "BEL"), ("c1", "c2"))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"x": None}, "x"),
        ({"Z": np.eye(3)}, "Z: 3 x 3"),
        ({"x": np.array(["a", "b", "c", "d"])}, "x: 4"),
        ({"countries": np.array(["AUS", "AUS"])}, "AUS: 2 x"),
        ({"Z": np.full((4, 4), np.nan)}, "NaN"),
        ({"x": np.array([1, 2, 3, None], dtype=object)}, "pickle|Object"),
    ],
)
def test_a_world_table_that_does_not_fit_says_where(more: dict[str, Any], said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read_world_table(world(tmp_path / "world.npz", **more))

    assert caught.value.code == "supply.world_table"


def test_what_is_no_npz_is_refused_and_what_is_too_large_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "text.npz").write_text("Z", encoding="utf-8")

    with pytest.raises(InputError, match="no world input-output table"):
        read_world_table(tmp_path / "text.npz")
    with pytest.raises(InputError, match="There is no file"):
        read_world_table(tmp_path / "none.npz")
    with pytest.raises(InputError, match="more than 0 MiB"):
        read_world_table(world(tmp_path / "world.npz"), limits=replace(LIMITS, file_bytes=100))


def test_a_square_and_its_sparse_form_are_one_case(tmp_path: Path) -> None:
    square = read_sector_case(case(tmp_path, "a,b\n0,.8\n.2,0\n"))
    sparse = read_sector_case(case(tmp_path, "a,b\n0,1,.8\n1,0,.2\n", DIIM={"amatrix_type": "sparse_interdependency"}))

    assert square.matrix.tolist() == sparse.matrix.tolist() == [[0, 0.8], [0.2, 0]]
    assert square.sectors == sparse.sectors == ("a", "b")
    assert square.shock == {"b": 0.6}


SPARSE = {"DIIM": {"amatrix_type": "sparse_interdependency"}}


@pytest.mark.parametrize(
    ("csv", "more", "said"),
    [
        ("a,b\n0,.8\n.2,x\n", {}, "Line 3"),
        ("a,b\n0,.8\n", {}, "Line 2 of 'table.csv': 1 x 2"),
        ("a,b\n0,.8\n.2\n", {}, "Line 3"),
        ("a,b\n0,5,.8\n", SPARSE, "Line 2"),
        ("a,b\n0,1,.8\n0,1,.8\n", SPARSE, "Line 3 of 'table.csv': 0, 1: 2 x"),
        ("a,b\n0,.5,.8\n", SPARSE, "Line 2"),
        ("a,b\n0,1\n1,0\n", {"DIIM": {"amatrix_type": "leontief"}}, "amatrix_type"),
        ("a,b\n0,1\n1,0\n", {"DIIM": {"amat_file": "../x.csv"}}, "without a folder"),
        ("a,b\n0,1\n1,0\n", {"Perturbation": {"pinfra": ["c"]}}, "no sector 'c'"),
        ("a,b\n0,1\n1,0\n", {"Perturbation": {"cvalue": [0.1, 0.2]}}, "pinfra, cvalue"),
        ("a,b\n0,1\n1,0\n", {"Perturbation": {"cvalue": ["much"]}}, "cvalue of b"),
        ("a,a\n0,1\n1,0\n", {}, "a"),
    ],
)
def test_a_case_that_cannot_be_read_says_where(csv: str, more: dict[str, Any], said: str, tmp_path: Path) -> None:
    path = case(tmp_path, csv, **{key: dict(value) for key, value in more.items()})

    with pytest.raises(InputError, match=said):
        read_sector_case(path)


def test_what_is_no_json_or_lacks_a_part_is_refused(tmp_path: Path) -> None:
    (tmp_path / "case.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="JSON"):
        read_sector_case(tmp_path / "case.json")

    (tmp_path / "case.json").write_text('{"DIIM": {}}', encoding="utf-8")
    with pytest.raises(InputError, match=r"DIIM\.amatrix_type: missing"):
        read_sector_case(tmp_path / "case.json")
