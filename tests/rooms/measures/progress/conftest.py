"""Commitments to keep promises by, and who keeps them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from verband.language.markings import Ceiling
from verband.rooms.measures import services
from verband.rooms.measures.services import CommitmentRow
from verband.rooms.people.services import Reader

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


def reader(*powers: str, tlp: str = "CLEAR") -> Reader:
    """Somebody with those powers who may see up to that word."""
    return Reader("ann", "Ann", "home", "analyst", Ceiling(tlp), frozenset(), frozenset(), frozenset(powers))


WRITER = reader("upload", "write_report", tlp="AMBER")
LOW = reader("write_report")
_OF = {"owner_basis": "stated", "source_nl": "Brief", "source_en": "Letter", "section": "2b", "line": 156}


def row(key: str, **values: object) -> CommitmentRow:
    """A commitment with those values."""
    told = {"kind": "letter", "title_nl": f"belofte {key}", "title_en": f"promise {key}", "accent": "generic"}
    return CommitmentRow(key=key, **{**_OF, **told, "owner": "EZK", "marking": "CLEAR", **values})  # type: ignore[arg-type]


ROWS = (
    row("COM-1", owed_to_parliament="motie", due_as_stated="2022-12-31", status_as_stated="promised"),
    row("COM-2", owed_to_parliament="rapportage", owner="BZ", accent="interference", status_as_stated="running"),
    row("COM-3", due_as_stated="at the earliest in the first half of 2023: no deadline"),
    row("COM-4", due_as_stated="2022-11-28", status_as_stated="fulfilled by this letter"),
    row("COM-5", owed_to_parliament="motie", owner="OCW", marking="AMBER", due_as_stated="2021"),
)


@pytest.fixture
def promises(db: None) -> None:
    """The five commitments: one overdue, one without a term, one at the earliest, one done as stated, one AMBER."""
    services.load(ROWS, who=WRITER, now=datetime(2026, 1, 1, tzinfo=UTC))
