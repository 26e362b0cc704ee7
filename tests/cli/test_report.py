"""`verband report` as a person calls it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import call
from tests.rooms.reports.conftest import COLUMNS, ROWS, row


@pytest.fixture
def filled(workspace: Path, tmp_path: Path) -> Path:
    """A workspace with three incidents."""
    file = tmp_path / "incidents.csv"
    lines = [",".join(f'"{cell}"' for cell in row(*values).values()) for values in ROWS[:3]]
    file.write_text("\n".join([",".join(COLUMNS), *lines]).replace("<yet>", "yet"), "utf-8")
    done = call("ingest", str(file), "--workspace", str(workspace))
    assert done.returncode == 0, done.stderr
    return workspace


def test_a_report_lands_in_the_workspace_in_every_format(filled: Path) -> None:
    done = call("report", "picture", "--language", "en", "--json", "--workspace", str(filled))

    said = json.loads(done.stdout)
    names = sorted(path.name for path in (filled / "reports").iterdir())
    assert done.returncode == 0, done.stderr
    assert (said["incidents"], said["marking"], said["campaigns"]) == (3, "TLP:CLEAR", [])
    assert names == [f"picture-en-2026-01-10-1.{form}" for form in ("docx", "html", "json", "pdf")]


def test_two_reports_at_one_moment_are_equal_to_the_byte(filled: Path) -> None:
    for _ in range(2):
        call(
            "report", "picture", "--language", "nl", "--format", "json", "--format", "html", "--workspace", str(filled)
        )

    for form in ("json", "html"):
        first, second = sorted((filled / "reports").glob(f"*.{form}"))
        assert first.read_bytes() == second.read_bytes()


def test_out_names_the_format_by_its_ending(filled: Path, tmp_path: Path) -> None:
    target = tmp_path / "out" / "picture.json"

    done = call("report", "picture", "--out", str(target), "--language", "en", "--workspace", str(filled))

    assert done.returncode == 0, done.stderr
    assert json.loads(target.read_text("utf-8"))["title"] == "Threat picture"
    log = call("audit", "log", "--action", "exported", "--json", "--workspace", str(filled))
    assert "report" in json.loads(log.stdout)[0]["object"]


def test_one_file_for_two_formats_is_refused_before_anything_is_made(filled: Path) -> None:
    done = call(
        "report", "picture", "--out", "x.pdf", "--format", "pdf", "--format", "html", "--workspace", str(filled)
    )

    assert done.returncode == 2
    assert "--out" in done.stderr
    assert not list((filled / "reports").iterdir())


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("pictur",), "Known: picture"),
        (("picture", "--format", "pfd"), "html, pdf, docx, json"),
        (("picture", "--language", "de"), "nl, en"),
        (("picture", "--known-on", "soon"), "soon"),
    ],
)
def test_wrong_input_is_answered_with_the_way_out(workspace: Path, arguments: tuple[str, ...], words: str) -> None:
    done = call("report", *arguments, "--workspace", str(workspace))

    assert done.returncode == 2
    assert words in done.stderr
    assert not list((workspace / "reports").iterdir())
