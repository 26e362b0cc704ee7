"""`verband demo`: the whole line on the embedded data, twice the same."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import call


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A demonstration's workspace and what the command printed."""
    folder = tmp_path_factory.mktemp("demo") / "workspace"
    done = call("demo", "--workspace", str(folder))
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_the_end_says_what_came_in_what_is_proposed_what_is_missing_and_how_to_open_it(demo: tuple[Path, str]) -> None:
    folder, shown = demo

    for words in (
        "477 rows = 477 new",
        "62 rows = 62 new",
        "Campaigns proposed:",
        "by chance in this collection",
        "Held for coincidence:",
        "pairs proposed as the same incident",
        "Gaps:",
        "make open",
        str(folder),
    ):
        assert words in shown


def test_a_second_run_says_the_same_and_changes_nothing(demo: tuple[Path, str]) -> None:
    folder, first = demo
    before = hashlib.sha256((folder / "verband.sqlite3").read_bytes()).hexdigest()

    again = call("demo", "--workspace", str(folder))

    assert again.stdout == first
    assert hashlib.sha256((folder / "verband.sqlite3").read_bytes()).hexdigest() == before


def test_a_report_as_a_page_and_as_a_pdf_is_there(demo: tuple[Path, str]) -> None:
    folder, _ = demo

    found = json.loads(call("demo", "--workspace", str(folder), "--json").stdout)

    assert sorted(Path(name).suffix for name in found["reports"]) == [".html", ".pdf"]
    assert all((folder / name).stat().st_size > 1000 for name in found["reports"])


def test_at_least_ten_rows_that_stand_twice_are_proposed_and_none_is_decided(demo: tuple[Path, str]) -> None:
    found = json.loads(call("demo", "--workspace", str(demo[0]), "--json").stdout)

    assert len(found["same_events"]) >= 10
    assert found["campaigns"]


def test_the_log_of_a_demonstration_is_intact(demo: tuple[Path, str]) -> None:
    done = call("audit", "verify", "--workspace", str(demo[0]))

    assert done.returncode == 0


@pytest.mark.requirement("P19")
def test_a_folder_with_work_of_its_own_is_left_alone(workspace: Path) -> None:
    done = call("demo", "--workspace", str(workspace))

    assert done.returncode == 2
    assert not (workspace / "demo.json").exists()


def test_accounts_of_every_role_are_made_with_different_ceilings(demo: tuple[Path, str]) -> None:
    accounts = json.loads(call("user", "list", "--workspace", str(demo[0]), "--json").stdout)

    assert {row["username"]: row["role"] for row in accounts} == {
        "admin": "administrator",
        "analyst": "analyst",
        "decider": "decider",
        "desk": "desk",
        "executor": "desk",
        "oversight": "oversight",
        "partner": "analyst",
        "prosecutor": "decider",
    }
    assert {row["tlp"] for row in accounts if row["role"] == "analyst"} == {"AMBER+STRICT", "CLEAR"}


def test_where_the_language_is_dutch_demo_and_connect_print_dutch_titles_and_words(
    demo: tuple[Path, str], tmp_path: Path
) -> None:
    place = str(shutil.copytree(demo[0], tmp_path / "copy"))

    shown = call("demo", "--workspace", place, "--language", "en", LANG="nl_NL.UTF-8").stdout
    connected = call("connect", "--workspace", place, LANG="nl_NL.UTF-8").stdout

    for said in (shown, connected):
        assert "geweld en intimidatie · 5 incidenten, 2020-2021" in said
        assert " incidents, " not in said
    assert "Voorgestelde campagnes:" in shown
    assert "incidenten gelezen" in connected
    assert "campagnes voorgesteld; een mens beslist" in connected
