"""`verband measures`: import a file, list what is there."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import call

_HEAD = "id,type,title_en,owner,owner_basis,accent,source,line,status_as_stated\n"


def test_a_file_is_imported_once_and_listed_with_what_its_source_states(workspace: Path) -> None:
    file = workspace / "own.csv"
    file.write_text(f"{_HEAD}A-1,law,Act one,JenV,inferred,interference,001,12,in preparation\n", "utf-8")

    first = call("measures", "import", str(file), "--workspace", str(workspace), "--json")
    again = call("measures", "import", str(file), "--workspace", str(workspace), "--json")
    listed = call("measures", "list", "--workspace", str(workspace))

    assert json.loads(first.stdout) | {"refused": []} == {
        "in": 1,
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "measures": 1,
        "refused": [],
    }
    assert json.loads(again.stdout)["unchanged"] == 1
    assert listed.stdout == "MEA-1  Act one\n    JenV (inferred) · in preparation · 30 821 nr. 72 line 12\n"


def test_a_row_with_an_unknown_word_is_refused_and_the_others_come_in(workspace: Path) -> None:
    file = workspace / "own.csv"
    rows = "A-1,law,Act one,JenV,stated,generic,001,,\nA-2,lawe,Act two,JenV,stated,generic,001,,\n"
    file.write_text(f"{_HEAD}{rows}", "utf-8")

    done = call("measures", "import", str(file), "--workspace", str(workspace))

    assert done.returncode == 2
    assert "2 in = 1 new + 0 changed + 0 unchanged + 1 refused" in done.stderr
    assert "A-2" in done.stderr
    assert "Nearest: law." in done.stderr


def test_an_accent_that_does_not_exist_is_refused_with_the_nearest(workspace: Path) -> None:
    done = call("measures", "list", "--accent", "interferense", "--workspace", str(workspace))

    assert done.returncode == 2
    assert "interference" in done.stderr
