"""Long jobs of the workbench: reading an uploaded file into the picture."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django_tasks import task

from verband.language.errors import LANGUAGES, VerbandError
from verband.rooms.people import services as people
from verband.rooms.picture import services as picture


@task()
def ingest_upload(path: str, username: str, form: str = "", mapping: str = "") -> dict[str, Any]:
    """Bring the kept file in for that person: its counts, or the error in both languages.

    The folder that held the upload is removed; the raw bytes are kept as a document of the picture.
    """
    file = Path(path)
    who = people.reader(people.person(username))
    try:
        counts = picture.ingest_file(
            file,
            who=who,
            now=datetime.now(UTC),
            format=form or None,
            mapping=Path(mapping) if mapping else None,
            progress=lambda done, total: _note_progress(file, done, total),
        )
    except VerbandError as error:
        return {
            "stored": False,
            "code": error.code,
            "message": {language: error.message(language) for language in LANGUAGES},
            "hint": {language: error.hint(language) for language in LANGUAGES},
        }
    finally:
        shutil.rmtree(file.parent, ignore_errors=True)
        _progress_file(file).unlink(missing_ok=True)
    return {"stored": True, "counts": counts.as_json()}


def progress_of(path: str) -> tuple[int, int | None]:
    """How many units of the upload are done, and of how many where that is known; (0, None) before the start."""
    try:
        found = json.loads(_progress_file(Path(path)).read_text("utf-8"))
    except (OSError, ValueError):
        return 0, None
    return int(found["done"]), found["total"]


def _progress_file(path: Path) -> Path:
    """Beside the folder of the upload: inside it, a file could have been uploaded under that name."""
    return path.parent.with_suffix(".progress")


def _note_progress(path: Path, done: int, total: int | None) -> None:
    _progress_file(path).write_text(json.dumps({"done": done, "total": total}), "utf-8")
