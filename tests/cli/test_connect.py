"""`verband connect`: what it takes and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import call


@pytest.mark.requirement("P1")
@pytest.mark.parametrize("name", ["actor", "narrative", "mens"])
def test_a_feature_that_is_never_read_is_refused_with_what_is_read(name: str, workspace: Path) -> None:
    told = call("connect", "--workspace", str(workspace), "--features", f"country,{name}")

    assert told.returncode == 2
    assert f"'{name}' is not a feature that connecting reads" in told.stderr
    assert "means" in told.stderr


@pytest.mark.parametrize("given", ["", ",", " , "])
def test_features_that_name_none_are_refused_with_the_option_and_what_is_read(given: str, workspace: Path) -> None:
    told = call("connect", "--workspace", str(workspace), "--features", given)

    assert told.returncode == 2
    assert f"--features names no feature: '{given}'" in told.stderr
    assert "country, area, target" in told.stderr


def test_a_feature_like_no_other_has_no_nearest_one_but_what_is_read(workspace: Path) -> None:
    unlike, near = (
        call("connect", "--workspace", str(workspace), "--features", name) for name in ("nonsense", "contry")
    )

    assert unlike.returncode == near.returncode == 2
    assert "Nearest" not in unlike.stderr
    assert "It reads: place, country" in unlike.stderr
    assert "Nearest: country." in near.stderr


def test_an_empty_workspace_connects_to_nothing_and_says_so(workspace: Path) -> None:
    told = call("connect", "--workspace", str(workspace))

    assert told.returncode == 0, told.stderr
    assert "0 campaigns proposed" in told.stdout
    assert "There was no incident to read: bring files in first (verband ingest" in told.stdout
    assert "People chose what is in this collection" in told.stdout


@pytest.mark.spark
def test_spark_and_duckdb_print_the_same(tmp_path: Path) -> None:
    call("init", "--workspace", str(tmp_path))

    ours, theirs = (
        call("connect", "--workspace", str(tmp_path), "--engine", name, "--json") for name in ("duckdb", "spark")
    )

    assert ours.returncode == theirs.returncode == 0, theirs.stderr
    assert ours.stdout == theirs.stdout


def test_an_engine_that_is_not_there_is_refused(tmp_path: Path) -> None:
    told = call("connect", "--workspace", str(tmp_path), "--engine", "abacus")

    assert told.returncode == 2
    assert "duckdb" in told.stderr
