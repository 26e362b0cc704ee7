"""Literal measures, and a person who may write."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.rooms.exposure.conftest import WRITER
from verband.rooms.measures import services
from verband.rooms.measures.register import keeping
from verband.rooms.measures.register.models import Told

NOW = datetime(2026, 6, 1, tzinfo=UTC)
#: Key, title, owner, accent, marking.
MEASURES = (
    ("COM-1", "Investment test on takeovers", "EZK", "economic_and_knowledge_security", "CLEAR"),
    ("COM-2", "Sector investment test", "Defensie", "economic_and_knowledge_security", "CLEAR"),
    ("COM-3", "Cyber Security Agenda", "JenV (NCTV)", "generic", "AMBER"),
    ("COM-4", "A desk", "JenV", "interference", "CLEAR"),
)


def commitment(key: str, title: str, owner: str, accent: str, marking: str) -> services.CommitmentRow:
    """A commitment that is a measure as well."""
    return services.CommitmentRow(
        key=key,
        kind="law",
        title_nl=f"{title} (nl)",
        title_en=title,
        owner=owner,
        owner_basis="stated",
        accent=accent,
        theme="digital_threats",
        source_nl="Brief",
        source_en="Letter",
        status_as_stated="running",
        marking=marking,
    )


@pytest.fixture(autouse=True)
def measures(db: None) -> None:
    services.load([commitment(*row) for row in MEASURES], who=WRITER, now=NOW)


#: What a complete row of each kind says.
ROWS: dict[str, dict[str, str | list[str]]] = {
    "step": {"state": "running", "since": "2026-05-01"},
    "effect": {"what": "Two takeovers were tested.", "day": "2026-04-01"},
    "term": {"kind": "evaluate", "due": "2027-01-01", "who": "EZK"},
    "aim": {"aim": "generic"},
    "ground": {"grounds": ["dependency"], "climate": "Some weeks longer.", "review_on": "2027-01-01"},
    "part": {"party": "government", "part": "Tests."},
    "means": {"means": "takeover_investment", "stance": "against", "reason": "It tests takeovers."},
    "conflict": {"other": "MEA-4", "reason": "One asks openness, the other silence."},
}


def keep(kind: str, measure: str = "MEA-1", /, *, at: datetime = NOW, **fields: str | list[str]) -> Told:
    """Keep a complete row, with other values where they are given."""
    return keeping.keep(kind, measure, {"source": "Letter of May", **ROWS[kind], **fields}, who=WRITER, now=at)
