"""A picture with a reader of each kind, on whichever database the run is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from verband.language.markings import Ceiling
from verband.language.records import Attribute, Link, Record, Reject, SourceInfo, Stripped
from verband.language.time import parse_time
from verband.methods.engine import Engine, Spark
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.picture import ingest

NOW = datetime(2026, 1, 10, 12, 0, tzinfo=UTC)


class Reading:
    """Literal units as a file's reading."""

    format = "literal"
    total: int | None = None

    def __init__(self, units: list[Record | Reject], source: str = "press", marking: str = "CLEAR") -> None:
        self._units = units
        self.source = SourceInfo(key=source, name=source.title(), marking=marking)

    def __iter__(self) -> Iterator[Record | Reject]:
        return iter(self._units)

    @property
    def stripped(self) -> tuple[Stripped, ...]:
        return ()


def incident(key: str, **given: object) -> Record:
    """An incident of that key; what is given overrides the rest."""
    values: dict[str, object] = {
        "key": key,
        "kind": "incident",
        "thing": f"incident--00000000-0000-4000-8000-{sum(key.encode()):012d}",
        "name": f"Incident {key}",
        "content": f'{{"key":"{key}"}}'.encode(),
        "line": 1,
        "when": parse_time("2025-05-03"),
        "certainty": "stated as fact",
        "evidence": True,
        "attributes": (Attribute("domain", "cyber", "cyber"), Attribute("country", "nl", "NL")),
    }
    return Record(**(values | given))  # type: ignore[arg-type]


@pytest.fixture
def analyst(db: None) -> Reader:
    home = people.add_organisation(
        "home",
        name_nl="Thuis",
        name_en="Home",
        legal_task="coordination",
        source="test",
        actor="test",
        profile="coordinator",
    )
    return people.reader(people.add_person("ann", role="analyst", organisation=home, actor="test", tlp="AMBER"))


@pytest.fixture
def store(tmp_path: Path, analyst: Reader) -> Callable[..., ingest.Counts]:
    """Stores literal units as one file."""

    def keep(
        units: list[Record | Reject],
        *,
        source: str = "press",
        marking: str = "CLEAR",
        now: datetime = NOW,
        top: str = "RED",
    ) -> ingest.Counts:
        path = tmp_path / f"{source}.json"
        path.write_text(str(units))
        return ingest.store(
            Reading(units, source, marking),
            path=path,
            sha256=f"{hash(str(units)) & (2**64 - 1):064x}",
            actor="ann",
            ceiling=Ceiling(top),
            now=now,
        )

    return keep


__all__ = ["NOW", "Attribute", "Link", "Reading", "incident"]


@pytest.fixture(scope="session")
def engines() -> Iterator[dict[str, Engine]]:
    """Each engine by its name; Spark starts with its first question and ends with the session.

    Java compiles in one pass: for a few questions the second costs more than it saves.
    """
    made: dict[str, Engine] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")
        yield made
    for one in made.values():
        if isinstance(one, Spark):
            one.stop()
