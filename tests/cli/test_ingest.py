"""`verband ingest` in the hands of people, partners and power cuts."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.cli.conftest import call, environment

_MOMENTS = 20


def bundle(path: Path, objects: int, *, seed: int = 1) -> Path:
    """A STIX bundle of that many objects."""
    draw = random.Random(seed)
    made = [
        {
            "type": "malware",
            "spec_version": "2.1",
            "id": f"malware--{uuid.UUID(int=draw.getrandbits(128), version=4)}",
            "created": "2025-01-01T00:00:00.000Z",
            "modified": "2025-01-01T00:00:00.000Z",
            "name": f"Program {number}",
            "is_family": True,
            "description": "x" * 400,
            "x_of_our_own": {"kept": number},
        }
        for number in range(objects)
    ]
    path.write_text(json.dumps({"type": "bundle", "id": f"bundle--{uuid.UUID(int=1)}", "objects": made}))
    return path


def test_json_says_what_became_of_every_unit(workspace: Path, tmp_path: Path) -> None:
    file = bundle(tmp_path / "b.json", 5)

    done = call("ingest", str(file), "--workspace", str(workspace), "--json")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["files"] == [
        {
            "file": "b.json",
            "format": "stix",
            "in": 5,
            "new": 5,
            "unchanged": 0,
            "stripped": {},
            "rejected": 0,
            "rejects_file": None,
        }
    ]


def test_a_file_that_is_not_there_is_named(workspace: Path, tmp_path: Path) -> None:
    done = call("ingest", str(tmp_path / "no.json"), "--workspace", str(workspace))

    assert done.returncode == 2
    assert "no.json" in done.stderr


def test_one_bad_file_does_not_keep_the_others_out(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text('{"type": "bundle", "objects": [')
    good = bundle(tmp_path / "good.json", 3)

    done = call("ingest", str(tmp_path / "bad.json"), str(good), "--workspace", str(workspace), "--json")

    assert done.returncode == 2
    assert "bad.json" in done.stderr
    assert [file["new"] for file in json.loads(done.stdout)["files"]] == [3]


def test_a_folder_that_is_no_workspace_is_refused_with_the_way_out(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()

    done = call("ingest", "x.json", "--workspace", str(folder))

    assert done.returncode == 2
    assert "verband init" in done.stderr
    assert list(folder.iterdir()) == []


def test_a_workspace_of_a_newer_version_is_refused_untouched(workspace: Path, tmp_path: Path) -> None:
    (workspace / "workspace.json").write_text('{"format": 99}')
    before = (workspace / "verband.sqlite3").read_bytes()

    done = call("ingest", str(bundle(tmp_path / "b.json", 1)), "--workspace", str(workspace))

    assert done.returncode == 1
    assert "newer version" in done.stderr
    assert (workspace / "verband.sqlite3").read_bytes() == before


def test_a_database_with_migrations_of_a_newer_version_is_refused(workspace: Path, tmp_path: Path) -> None:
    with sqlite3.connect(workspace / "verband.sqlite3") as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('picture', '9999_later', '2030-01-01')"
        )

    done = call("ingest", str(bundle(tmp_path / "b.json", 1)), "--workspace", str(workspace))

    assert done.returncode == 1
    assert "9999_later" in done.stderr


def test_a_locked_database_is_waited_for_and_then_said(workspace: Path, tmp_path: Path) -> None:
    holder = sqlite3.connect(workspace / "verband.sqlite3", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")

    done = call("ingest", str(bundle(tmp_path / "b.json", 2)), "--workspace", str(workspace), VERBAND_LOCK_WAIT_S="0.2")
    holder.execute("ROLLBACK")
    holder.close()
    again = call("ingest", str(tmp_path / "b.json"), "--workspace", str(workspace))

    assert done.returncode == 1
    assert "in use by another program" in done.stderr
    assert again.returncode == 0


def test_a_full_disk_stores_nothing_of_the_file_and_says_so(workspace: Path, tmp_path: Path) -> None:
    file = bundle(tmp_path / "b.json", 4000)
    limit = "import resource, runpy, signal, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000)); "
    ignore = "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    arguments = ["verband", "ingest", str(file), "--workspace", str(workspace)]
    run = f"{limit}{ignore}sys.argv = {arguments!r}; runpy.run_module('verband', run_name='__main__')"

    done = subprocess.run(
        [sys.executable, "-c", run], capture_output=True, text=True, env=environment(), check=False, timeout=120
    )

    assert done.returncode == 1
    assert "disk" in done.stderr
    assert _records(workspace) == 0
    assert call("audit", "verify", "--workspace", str(workspace)).returncode == 0


def test_killed_at_any_moment_the_file_is_whole_or_absent_and_the_chain_holds(workspace: Path, tmp_path: Path) -> None:
    draw = random.Random(7)
    outcomes = set()
    for attempt in range(_MOMENTS):
        objects = 2500
        file = bundle(tmp_path / f"b{attempt}.json", objects, seed=100 + attempt)
        before = _records(workspace)
        command = [sys.executable, "-m", "verband", "ingest", str(file), "--workspace", str(workspace)]
        process = subprocess.Popen(command, env=environment(), stderr=subprocess.DEVNULL)
        try:
            process.wait(timeout=draw.uniform(0.15, 1.1))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        stored = _records(workspace) - before
        outcomes.add(stored)
        assert stored in (0, objects)
        assert call("audit", "verify", "--workspace", str(workspace)).returncode == 0
    assert 0 in outcomes


def _records(workspace: Path) -> int:
    with sqlite3.connect(workspace / "verband.sqlite3") as database:
        return int(database.execute("SELECT count(*) FROM picture_record").fetchone()[0])


@pytest.mark.requirement("P12")
def test_person_features_are_stripped_counted_and_logged_in_json(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    thing = {
        "type": "identity",
        "spec_version": "2.1",
        "id": f"identity--{uuid.UUID(int=9, version=4)}",
        "created": "2025-01-01T00:00:00.000Z",
        "modified": "2025-01-01T00:00:00.000Z",
        "name": "Ministry",
        "x_person": {"Nationality": "Elbonian", "geboorteplaats": "Elsewhere", "function": "minister"},
    }
    file.write_text(json.dumps({"type": "bundle", "id": f"bundle--{uuid.UUID(int=1)}", "objects": [thing]}))

    done = call("ingest", str(file), "--workspace", str(workspace), "--json")
    log = call("audit", "log", "--workspace", str(workspace), "--action", "ingested", "--json")

    assert json.loads(done.stdout)["files"][0]["stripped"] == {"Nationality": 1, "geboorteplaats": 1}
    assert "Nationality" in log.stdout
    with sqlite3.connect(workspace / "verband.sqlite3") as database:
        content = database.execute("SELECT content FROM picture_record").fetchone()[0].decode()
    assert "Elbonian" not in content
    assert "minister" in content
