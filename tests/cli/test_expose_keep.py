"""`verband expose --keep`: what was computed stands in a workspace, by year, with source and marking."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import call

FLOWS = "year,product,exporter,importer,value\n2022,chips,TW,NL,60\n2022,chips,US,NL,20\n2023,chips,TW,NL,60\n"
SHARES = "Material,Stage,Country,Share,t\nGallium,P,Ruritania,90%,1\nGallium,P,Graustark,5%,1\n"
SAID = ("--keep", "--source", "A published table", "--tlp", "GREEN")


def rows(workspace: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(next(workspace.glob("*.sqlite3"))) as database:
        return database.execute(question).fetchall()


def test_each_year_of_trade_is_kept_and_the_flows_are_not(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "flows.csv"
    file.write_text(FLOWS, encoding="utf-8")
    asked = ("expose", "trade", str(file), "--members", "NL", "--workspace", str(workspace))

    shown = call(*asked, "--json")
    kept = call(*asked, *SAID, "--json")
    again = call(*asked, *SAID)

    assert (shown.returncode, kept.returncode) == (0, 0), kept.stderr
    assert json.loads(shown.stdout) == json.loads(kept.stdout)
    assert "Kept in the workspace: 2 (2022, 2023)." in kept.stderr
    found = rows(workspace, "select year, scope, source, kept_by from exposure_edition order by year")
    assert [row[:3] for row in found] == [(2022, "NL", "A published table"), (2023, "NL", "A published table")]
    assert str(found[0][3]).startswith("command line")
    assert rows(workspace, "select count(*) from exposure_figure") == [(2,)]
    assert again.returncode == 2
    assert "stands already for 2022, 2023" in again.stderr


def test_shares_are_kept_for_the_year_that_the_source_states(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "shares.csv"
    file.write_text(SHARES, encoding="utf-8")
    asked = ("expose", "materials", str(file), "--workspace", str(workspace), *SAID)

    without = call(*asked)
    kept = call(*asked, "--year", "2023", "--scope", "eu")

    assert without.returncode == 2
    assert "--year" in without.stderr
    assert kept.returncode == 0, kept.stderr
    assert rows(workspace, "select year, scope, kind from exposure_edition") == [(2023, "eu", "materials")]


def test_a_shock_to_a_sector_is_kept_with_its_unit(workspace: Path, tmp_path: Path) -> None:
    table = {"Z": np.array([[0.0, 40.0], [20.0, 0.0]]), "x": np.array([100.0, 100.0])}
    np.savez(tmp_path / "t.npz", countries=np.array(["A", "B"]), industries=np.array(["c1"]), **table)
    shock = ("--country", "A", "--industry", "c1", "--share", "10%", "--year", "2011")
    asked = ("expose", "sector", str(tmp_path / "t.npz"), *shock, "--workspace", str(workspace), *SAID)

    without = call(*asked)
    kept = call(*asked, "--unit", "million")

    assert without.returncode == 2
    assert "--unit" in without.stderr
    assert kept.returncode == 0, kept.stderr
    assert rows(workspace, "select country, unit, table_ from exposure_sectorresult".replace("table_", '"table"')) == [
        ("A", "million", "t.npz")
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (("--source", ""), "Nothing was filled in"),
        (("--tlp", "PURPLE"), "PURPLE"),
        (("--year", "12"), "The year 12 cannot be"),
        (("--workspace", "/no/such/place"), "/no/such/place"),
    ],
)
def test_what_is_not_kept_is_said_with_the_way_out(
    changed: tuple[str, str], words: str, workspace: Path, tmp_path: Path
) -> None:
    file = tmp_path / "shares.csv"
    file.write_text(SHARES, encoding="utf-8")
    asked = ("expose", "materials", str(file), "--workspace", str(workspace), *SAID, "--year", "2023")

    done = call(*asked, *changed)

    assert done.returncode == 2
    assert words in done.stderr
    assert rows(workspace, "select count(*) from exposure_edition") == [(0,)]
