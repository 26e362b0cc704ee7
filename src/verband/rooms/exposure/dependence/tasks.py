"""A table that was uploaded becomes editions while the person goes on; how far it is stands beside its folder."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django_tasks import task

from verband.language.errors import LANGUAGES, VerbandError
from verband.methods.engine import engine
from verband.rooms.exposure.dependence import editions, reading
from verband.rooms.exposure.dependence.models import TRADE, Figure
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader


@task()
def bring_in(path: str, username: str, told: dict[str, str]) -> dict[str, Any]:
    """Keep what is computed of the file for that person: years, items and rejects, or the error in both languages.

    `told` is what the form said: kind, source, marking, members, columns, year, scope. The folder that held the upload
    is removed. The powers of the person are looked up when the job runs, not when it was asked for.
    """
    file = Path(path)
    who = people.reader(people.person(username))
    try:
        return {"stored": True, **_kept(file, told, who)}
    except VerbandError as error:
        return {
            "stored": False,
            "message": {language: error.message(language) for language in LANGUAGES},
            "hint": {language: error.hint(language) for language in LANGUAGES},
        }
    finally:
        shutil.rmtree(file.parent, ignore_errors=True)
        _beside(file).unlink(missing_ok=True)


def read_so_far(path: str) -> int:
    """How many rows of the upload have been read; 0 before the start."""
    try:
        return int(_beside(Path(path)).read_text("utf-8"))
    except (OSError, ValueError):
        return 0


def _kept(file: Path, told: Mapping[str, str], who: Reader) -> dict[str, Any]:
    said = editions.Said(told["source"], told["marking"])
    now = datetime.now(UTC)
    if told["kind"] == TRADE:
        with tempfile.TemporaryDirectory(prefix="verband-") as folder:
            columns = reading.columns_of(told["columns"])
            found = reading.trade_rows([file], columns, Path(folder), progress=lambda rows: _note(file, rows))
            members = reading.members_of(told["members"])
            made = editions.keep_trade(found, members, said, engine=engine("duckdb"), who=who, now=now)
        rejects = [one for part in found.readings.values() for one in part.rejects]
        rejected = found.rejected
    else:
        shares = reading.supply_shares(file)
        reading.share_table(file, shares)
        rejects, rejected = list(shares.rejects), len(shares.rejects)
        year, scope = int(told["year"]), told["scope"]
        made = (
            editions.keep_materials(shares.rows, said, year=year, scope=scope, rejected=rejected, who=who, now=now),
        )
    figures = Figure._default_manager.filter(edition__in=[one.pk for one in made])
    return {
        "years": [one.year for one in made],
        "items": len(set(figures.values_list("item", flat=True))),
        "rejected": rejected,
        "rejects": [[one.line, one.field or "", one.reason] for one in rejects[:_TOLD]],
    }


#: Of so many rejects each is told on the page.
_TOLD = 100


def _beside(path: Path) -> Path:
    """Beside the folder of the upload: inside it, a file could have been uploaded under that name."""
    return path.parent.with_suffix(".progress")


def _note(path: Path, rows: int) -> None:
    _beside(path).write_text(str(rows), "utf-8")
