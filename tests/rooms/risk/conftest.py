"""A picture with literal incidents, and readers with the ceilings that a test names."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from verband.language.markings import Ceiling
from verband.language.records import Attribute, Record, Reject, SourceInfo, Stripped
from verband.language.time import parse_time
from verband.rooms.people.services import Reader
from verband.rooms.picture import ingest

NOW = datetime(2026, 6, 1, tzinfo=UTC)


class Literal:
    """Literal records as a file's reading."""

    format = "literal"
    total: int | None = None
    source = SourceInfo(key="press", name="Press")
    stripped: tuple[Stripped, ...] = ()

    def __init__(self, records: list[Record]) -> None:
        self._records = records

    def __iter__(self) -> Iterator[Record | Reject]:
        return iter(self._records)


def incident(
    key: str,
    when: str = "2026-05-03",
    *,
    domain: str = "cyber",
    interests: tuple[str, ...] = ("economic_security",),
    marking: str | None = None,
    event_type: str = "incident",
) -> Record:
    """An incident of that key."""
    return Record(
        key=key,
        kind=event_type,
        thing=f"incident--00000000-0000-4000-8000-{sum(key.encode()):012d}",
        name=f"Incident {key}",
        content=f'{{"id":"{key}"}}'.encode(),
        line=1,
        when=parse_time(when),
        marking=marking,
        attributes=(
            Attribute("domain", domain, domain),
            Attribute("event_type", event_type, event_type),
            Attribute("means", "phishing", "phishing"),
            *(Attribute("interest", word, word) for word in interests),
        ),
    )


def reader(*powers: str, tlp: str = "CLEAR") -> Reader:
    """Somebody with that ceiling and those powers."""
    return Reader("ann", "Ann", "home", "analyst", Ceiling(tlp), frozenset(), frozenset(), frozenset(powers))


@pytest.fixture
def store(db: None, tmp_path: Path) -> Callable[..., None]:
    """Stores literal incidents as one file."""

    def keep(*records: Record) -> None:
        path = tmp_path / f"{records[0].key}.json"
        path.write_text(str(records))
        digest = f"{sum(path.read_bytes()):064x}"
        ingest.store(Literal(list(records)), path=path, sha256=digest, actor="ann", ceiling=Ceiling("RED"), now=NOW)

    return keep
