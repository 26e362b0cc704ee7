"""What a file may try on the picture: all of it is stored as it says, or nothing is."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import call, environment
from tests.cli.test_ingest import _records, bundle
from tests.formats.test_hostile_input import bundle as bundle_of
from tests.formats.test_hostile_input import thing
from verband.language.errors import InputError
from verband.rooms.audit import services as audit
from verband.rooms.people import services as people
from verband.rooms.picture import ingest
from verband.rooms.picture import services as picture
from verband.rooms.picture.models import Record

NOW = datetime(2026, 6, 1, tzinfo=UTC)
Take = Callable[..., picture.Counts]


@pytest.fixture
def take(db: None) -> Take:
    people.set_up("home", name="Home", profile="researcher", legal_task="t", source="s")

    def take(path: Path, **more: Any) -> picture.Counts:
        return picture.ingest_file(path, who=people.operator(), now=NOW, **more)

    return take


def reject_codes(folder: Path) -> list[str]:
    return [json.loads(line)["code"] for file in folder.iterdir() for line in file.read_bytes().splitlines()]


def test_a_file_that_changes_before_it_is_kept_is_not_stored(
    take: Take, tmp_path: Path, workspace_folders: Path
) -> None:
    path = tmp_path / "b.json"
    path.write_text(bundle_of(thing(1), 7))

    with pytest.raises(InputError) as caught:
        take(path, progress=lambda done, total: path.write_text("other"))

    assert caught.value.code == "file.changed"
    assert Record.objects.count() == 0
    assert [file for file in workspace_folders.rglob("*") if file.is_file()] == []
    assert audit.verify().intact


def test_what_no_column_holds_is_a_reject_on_every_database(
    take: Take, tmp_path: Path, workspace_folders: Path
) -> None:
    path = tmp_path / "b.json"
    relation = thing(5) | {"type": "relationship", "id": thing(5)["id"].replace("malware", "relationship")}
    path.write_text(
        bundle_of(
            thing(1, name="zero \0 here"),
            thing(2, modified="2" * 61),
            thing(3, aliases=["zero \0 here"]),
            relation | {"relationship_type": "uses", "source_ref": "a--" + "b" * 200, "target_ref": "c--d"},
            thing(4, name="n" * 700, x_zero="\0"),
        )
    )

    counts = take(path)

    assert (counts.units, counts.new, counts.rejected) == (5, 1, 4)
    assert sorted(reject_codes(workspace_folders / "rejects")) == [
        "ingest.too_long", "ingest.too_long", "ingest.zero_character", "ingest.zero_character",
    ]  # fmt: skip
    assert Record.objects.get().name == "n" * 500


def test_a_table_of_nothing_but_rejects_is_refused_and_leaves_nothing(
    take: Take, tmp_path: Path, workspace_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ingest, "_REJECTS", 10)
    path = tmp_path / "b.json"
    path.write_text(bundle_of(*range(11)))

    with pytest.raises(InputError) as caught:
        take(path)

    assert caught.value.code == "ingest.too_many_rejects"
    assert "(1) Here stands a number" in caught.value.hint()
    assert list((workspace_folders / "rejects").iterdir()) == []


@pytest.mark.parametrize("name", ["n" * 245 + ".json", "é" * 120 + ".json", os.fsdecode(b"caf\xe9.json"), "a\nb.json"])
def test_any_name_that_a_disk_takes_is_taken(take: Take, tmp_path: Path, workspace_folders: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(bundle_of(thing(1), 7))

    counts = take(path)

    assert (counts.new, counts.rejected) == (1, 1)
    assert reject_codes(workspace_folders / "rejects") == ["stix.not_object"]
    assert json.dumps(counts.as_json()).isascii()


def test_rejects_of_a_file_given_twice_are_written_once(take: Take, tmp_path: Path, workspace_folders: Path) -> None:
    path = tmp_path / "b.json"
    path.write_text(bundle_of(thing(1), 7))

    first, second = take(path), take(path)

    assert (first.rejects_file, second.units) == (second.rejects_file, 2)
    assert reject_codes(workspace_folders / "rejects") == ["stix.not_object"]


def test_the_same_id_with_other_content_is_kept_beside_the_first_and_flagged(take: Take, tmp_path: Path) -> None:
    maker = "identity--00000000-0000-4000-8000-000000000001"
    for name, word in (("a.json", "one"), ("b.json", "other")):
        (tmp_path / name).write_text(bundle_of(thing(1, name=word, created_by_ref=maker)))

    first, second, third = take(tmp_path / "a.json"), take(tmp_path / "b.json"), take(tmp_path / "a.json")

    assert (first.new, second.new, third.unchanged) == (1, 1, 1)
    assert list(Record.objects.order_by("pk").values_list("name", "disputed")) == [("one", False), ("other", True)]


def test_an_encoding_that_is_said_is_used(workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    file.write_bytes(bundle_of(thing(1, name="X")).replace('"X"', '"café"').encode("latin-1"))

    without = call("ingest", str(file), "--workspace", str(workspace), LANG="nl_NL.UTF-8")
    said = call("ingest", str(file), "--workspace", str(workspace), "--encoding", "latin-1")

    assert (without.returncode, said.returncode) == (2, 0)
    assert "niet opgeslagen" in without.stderr
    assert "--encoding" in without.stderr


def test_two_that_bring_in_the_same_file_at_once_store_it_once(workspace: Path, tmp_path: Path) -> None:
    file = bundle(tmp_path / "b.json", 1500)
    command = [sys.executable, "-m", "verband", "ingest", str(file), "--workspace", str(workspace), "--json"]

    both = [subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True) for _ in range(2)]
    counts = [json.loads(process.communicate(timeout=100)[0])["files"][0] for process in both]

    assert sorted((count["new"], count["unchanged"]) for count in counts) == [(0, 1500), (1500, 0)]
    assert _records(workspace) == 1500
    assert call("audit", "verify", "--workspace", str(workspace)).returncode == 0
    with sqlite3.connect(workspace / "verband.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM picture_document").fetchone() == (1,)
