"""A literal cycle: two texts with statements, a review, two strategies, commitments; and readers who may write."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.rooms.risk.conftest import reader
from verband.rooms.measures import services as measures
from verband.rooms.people.services import Reader
from verband.rooms.risk import services as risk
from verband.rooms.risk.cycle import services as cycle

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LATER = datetime(2026, 7, 1, tzinfo=UTC)
FIRST, SECOND = "first-review", "second-letter"


def place(title: str = "Nota", *, section: str = "1. Dreiging", line: int = 10, number: str = "") -> risk.Place:
    """A place in a text of that title."""
    return risk.Place(source_nl=title, source_en=f"{title} (en)", source_number=number, section=section, line=line)


def said(key: str, text: str, **fields: Any) -> risk.StatementRow:
    """A statement of the text; what is not named is alike for all."""
    base: dict[str, Any] = {
        "actor_en": "Aland",
        "actor_kind": "state",
        "interests": ("economic_security",),
        "instrument_en": "espionage",
        "domain": "espionage",
        "theme": "state_threats",
        "certainty_as_stated": "probable",
        "place": place(text),
    }
    return risk.StatementRow(key=key, **(base | fields))


def edition(key: str, kind: str, **fields: Any) -> cycle.EditionRow:
    """An edition whose own text is called after its key, where it is one with statements."""
    base: dict[str, Any] = {"title_nl": f"Titel {key}", "title_en": f"Title {key}", "place": place("Overzicht")}
    return cycle.EditionRow(key=key, kind=kind, **(base | fields))


def commitment(key: str, kind: str = "law", **fields: Any) -> measures.CommitmentRow:
    """A commitment, which is a measure as well where its kind is one."""
    base: dict[str, Any] = {
        "title_nl": f"Belofte {key}",
        "title_en": f"Promise {key}",
        "owner": "JenV",
        "owner_basis": "stated",
        "accent": "generic",
        "theme": "state_threats",
        "source_nl": "Eerste",
        "source_en": "Eerste (en)",
        "section": "1. Aanpak",
        "line": 20,
    }
    return measures.CommitmentRow(key=key, kind=kind, **(base | fields))


@pytest.fixture
def analyst(db: None) -> Reader:
    """Somebody who may load and write, up to AMBER."""
    return reader("upload", "assess", "export", tlp="AMBER")


@pytest.fixture
def texts(analyst: Reader) -> Reader:
    """Two editions: a review of 2021 and a letter of 2022 that follows nothing; a strategy follows the review."""
    cycle.load_editions(
        [
            edition(FIRST, "review", appeared=True, appeared_on="2021", own_text_nl="Eerste"),
            edition("next-analysis", "analysis", follows=FIRST),
            edition(SECOND, "letter", appeared=True, appeared_on="2022-11-28", own_text_nl="Tweede"),
        ],
        who=analyst,
        now=NOW,
    )
    return analyst


def fill(key: str, who: Reader, *, but: cycle.Slot | None = None) -> None:
    """A line in every place of the review but one."""
    rows = [
        cycle.LineRow(
            edition=key,
            part=slot.part,
            theme=slot.theme,
            verdict="continue" if slot.part == "verdict" else "",
            text=f"Text of {slot.theme} {slot.part}",
            place=place("Eerste", line=number),
        )
        for number, slot in enumerate(cycle.slots(), start=1)
        if slot != but
    ]
    cycle.load_lines(rows, who=who, now=NOW)
