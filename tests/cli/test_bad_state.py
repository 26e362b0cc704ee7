"""A workspace that is damaged, half there or closed: said in a sentence with a way out, and nothing is made worse."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import call, environment
from tests.cli.test_ingest import _records, bundle


def settle(workspace: Path) -> Path:
    """The database's file with everything in it, nothing beside it."""
    file = workspace / "verband.sqlite3"
    database = sqlite3.connect(file)
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    return file


@pytest.mark.parametrize("damage", ["head", "middle", "cut"])
def test_a_damaged_database_is_said_to_be_one(workspace: Path, damage: str) -> None:
    file = settle(workspace)
    whole = file.read_bytes()
    middle = whole[:20_000] + b"\x5a" * (len(whole) - 40_000) + whole[-20_000:]
    file.write_bytes({"head": b"junk" * 30 + whole[120:], "middle": middle, "cut": whole[:100_000]}[damage])

    done = call("audit", "verify", "--workspace", str(workspace))

    assert done.returncode == 1
    assert "The database cannot be used" in done.stderr
    assert "backup" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_gone_is_not_replaced_by_an_empty_one(workspace: Path, tmp_path: Path) -> None:
    settle(workspace).unlink()

    done = call("ingest", str(bundle(tmp_path / "b.json", 1)), "--workspace", str(workspace))
    verdict = call("audit", "verify", "--workspace", str(workspace), LANG="nl_NL.UTF-8")

    assert (done.returncode, verdict.returncode) == (1, 1)
    assert "missing or empty" in done.stderr
    assert "ontbreekt of is leeg" in verdict.stderr
    assert not (workspace / "verband.sqlite3").exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00" * 20])
def test_a_secret_key_that_is_none_is_refused(workspace: Path, content: bytes) -> None:
    (workspace / "secret-key").write_bytes(content)

    done = call("doctor", "--workspace", str(workspace))

    assert done.returncode == 1
    assert "holds no secret key" in done.stderr


def test_a_secret_key_that_is_missing_is_made_anew_and_that_is_said(workspace: Path) -> None:
    (workspace / "secret-key").unlink()

    first = call("user", "list", "--workspace", str(workspace))
    second = call("user", "list", "--workspace", str(workspace))

    assert "everybody signs in again" in first.stderr
    assert (first.returncode, second.stderr) == (0, "")
    assert (workspace / "secret-key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["{", '{"format": 1e400}', "\udcff"])
def test_a_damaged_workspace_file_is_named(workspace: Path, text: str) -> None:
    (workspace / "workspace.json").write_bytes(os.fsencode(text))

    done = call("doctor", "--workspace", str(workspace))

    assert done.returncode == 1
    assert "workspace.json cannot be read" in done.stderr


@pytest.mark.parametrize("name", ["documents", "rejects"])
def test_a_folder_that_cannot_be_written_keeps_the_file_out_whole(workspace: Path, tmp_path: Path, name: str) -> None:
    shutil.rmtree(workspace / name)
    (workspace / name).write_text("in the way")
    file = tmp_path / "b.json"
    file.write_text('[{"type": "tool"}, 7]')

    done = call("ingest", str(file), "--workspace", str(workspace))

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert _records(workspace) == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SOURCE_DATE_EPOCH", "noon"),
        ("SOURCE_DATE_EPOCH", "99999999999999999"),
        ("VERBAND_LOCK_WAIT_S", "a while"),
        ("VERBAND_CEILING_TLP", "PURPLE"),
        ("VERBAND_DATABASE_URL", "postgresql://name@host:port/name"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(workspace: Path, name: str, value: str) -> None:
    done = call("report", "picture", "--workspace", str(workspace), **{name: value})

    assert done.returncode == 2
    assert f"The variable {name}" in done.stderr


@pytest.mark.parametrize("name", ["", "a\nb", "x" * 151])
def test_an_account_needs_a_name_that_can_be_read(workspace: Path, name: str) -> None:
    done = call("user", "add", name, "--role", "analyst", "--workspace", str(workspace))

    assert done.returncode == 2
    assert "cannot be the name of an account" in done.stderr


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("UPDATE audit_entry SET actor = 'somebody' WHERE number = 1", "entry 1 (altered)"),
        ("UPDATE audit_entry SET at = 'never' WHERE number = 2", "entry 2 (altered)"),
        ("DELETE FROM audit_entry WHERE number = 1", "entry 1 (missing)"),
        ("DELETE FROM audit_entry WHERE number = (SELECT max(number) FROM audit_entry)", "(cut)"),
        ("DELETE FROM audit_head", "(head missing)"),
    ],
)
def test_a_log_that_somebody_wrote_in_is_said_to_be_broken(workspace: Path, change: str, reason: str) -> None:
    with sqlite3.connect(workspace / "verband.sqlite3") as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (trigger,) in triggers:
            database.execute(f"DROP TRIGGER {trigger}")
        database.execute(change)

    done = call("audit", "verify", "--workspace", str(workspace))

    assert done.returncode == 1
    assert reason in done.stderr


def test_measures_from_something_that_is_no_table_are_refused(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "sheet.csv").write_bytes(b"PK\x03\x04 a spreadsheet")

    sheet = call("measures", "import", str(tmp_path / "sheet.csv"), "--workspace", str(workspace))
    folder = call("measures", "import", str(tmp_path), "--workspace", str(workspace))

    assert (sheet.returncode, folder.returncode) == (2, 2)
    assert "zip file, not text" in sheet.stderr
    assert "is a folder" in folder.stderr


def test_a_report_of_an_empty_workspace_is_made(workspace: Path, tmp_path: Path) -> None:
    out = tmp_path / "picture.html"

    done = call("report", "picture", "--out", str(out), "--workspace", str(workspace))

    assert done.returncode == 0, done.stderr
    assert "<html" in out.read_text("utf-8")


@pytest.mark.parametrize(
    ("language", "words"), [("en_GB.UTF-8", "cannot be used"), ("nl_NL.UTF-8", "is niet bruikbaar")]
)
def test_a_port_in_use_is_said_before_a_link_is_printed(workspace: Path, language: str, words: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = call("serve", "--workspace", str(workspace), "--port", port, LANG=language)

    assert done.returncode == 1
    assert f"{port} {words}" in done.stderr
    assert "--port" in done.stderr
    assert (done.stdout, "Traceback" in done.stderr) == ("", False)


def test_a_worker_that_dies_is_started_again_until_it_keeps_dying(tmp_path: Path) -> None:
    """The folder is no workspace, so that every worker ends at once."""
    code = (
        "import sys; from pathlib import Path; from verband.cli.serve import _Worker; "
        "worker = _Worker(Path(sys.argv[1])); worker._watch.join(60); worker.stop()"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        capture_output=True, text=True, env=environment(), check=False, timeout=100,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    assert done.stderr.count("was started again") == 3
    assert done.stderr.count("keeps stopping (code 2)") == 1
