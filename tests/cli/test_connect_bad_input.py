"""`verband connect` on collections in which there is nothing, or nothing sensible, to find."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import call
from verband.formats.incidents import PUBLIC

ROW = dict.fromkeys(PUBLIC, "") | {
    "event_type": "incident",
    "title": "Drone",
    "domain": "maritime",
    "country": "NL",
    "actor_kind": "unknown",
}


def rows(count: int, **columns: str) -> list[dict[str, str]]:
    """Rows of the project's table; `{n}` in a column is the number of the row, `{day}` a day of its own."""
    return [
        ROW
        | {"id": f"X-{n}", "date_start": f"20{10 + n // 28 // 12}-{1 + n // 28 % 12:02}-{1 + n % 28:02}"}
        | {name: text.format(n=n, m=n % 7) for name, text in columns.items()}
        for n in range(count)
    ]


ALONE = {"title": "Event {n}", "target": "place {n}", "means": "means {n}"}
CASES = {
    "one incident": rows(1),
    "all identical": rows(12, date_start="2024-05-05", means="drone", target="base"),
    "all unique": rows(40, country="", **ALONE),
    "times missing": rows(40, date_start="", target="place {m}"),
    "1970 and 2199, the last year that is taken": [
        *rows(20, date_start="1970-01-01", **ALONE),
        *rows(20, id="Y-{n}", date_start="2199-12-31", **ALONE),
    ],
    "a value shared by everything": rows(40, means="drone", target="place {n}"),
    "a feature with one value": rows(40, target_sector="energy", target="place {m}", country=""),
}


def ingested(found: list[dict[str, str]], workspace: Path, folder: Path) -> str:
    file = folder / "rows.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, PUBLIC)
        writer.writeheader()
        writer.writerows(found)
    taken = call("ingest", str(file), "--workspace", str(workspace))
    assert taken.returncode == 0, taken.stderr
    return str(workspace)


SAID = {
    "one incident": "There was one incident to read, and one alone belongs with nothing: bring in more beside it.",
    "all identical": "All 12 incidents say exactly the same, dates included, so that nothing sets any of them apart",
    "times missing": "None of the 40 incidents has a date, and closeness in time is what is tested: fill in the dates",
}


@pytest.mark.parametrize("name", CASES)
def test_nothing_is_proposed_and_the_output_says_what_was_read(name: str, workspace: Path, tmp_path: Path) -> None:
    where = ingested(CASES[name], workspace, tmp_path)

    told = call("connect", "--workspace", where, "--null-replicates", "19")

    assert told.returncode == 0, told.stderr
    number = len(CASES[name])
    assert f"{number} incident{'s' if number > 1 else ''} read" in told.stdout
    assert "0 campaigns proposed" in told.stdout
    assert "could not have shown" in told.stdout
    assert [case for case, words in SAID.items() if words in told.stdout] == [case for case in SAID if case == name]


def test_a_value_shared_by_everything_is_named_in_the_words_of_the_source(workspace: Path, tmp_path: Path) -> None:
    where = ingested(rows(40, means="Drone flight", target="place {n}"), workspace, tmp_path)

    told = call("connect", "--workspace", where, "--null-replicates", "19")
    printed = json.loads(call("connect", "--workspace", where, "--null-replicates", "19", "--json").stdout)

    assert "no pairs were made from:" in told.stdout
    assert "means “Drone flight” (40 of 40 reports)" in told.stdout
    assert {"feature": "means", "value": "airspace_intrusion", "df": 40, "n": 40} in printed["capped"]
    assert printed["capped_values"] == len(printed["capped"])


@pytest.mark.parametrize("rate", ["nan", "inf"])
def test_a_rate_that_is_no_number_between_0_and_1_is_refused(workspace: Path, rate: str) -> None:
    answer = call("connect", "--workspace", str(workspace), "--fdr", rate)

    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
