"""The list of vital processes in the shape that the room takes. What depends on what is stated by no public source."""

from __future__ import annotations

from collections.abc import Iterator

from verband.language.catalogues import catalogue
from verband.rooms.exposure.services import ProcessRow

SOURCE = "NCTV, overzicht vitale processen (NCTV overview of vital processes)"
_IMPACT = "Class {grade} as the overview lists it; the assessment behind the class is not in the overview."


def processes() -> Iterator[ProcessRow]:
    """Every vital process with its class as the overview lists it; the wording of names is our own."""
    for entry in catalogue("vital_processes").entries:
        yield ProcessRow(
            vital=entry.key,
            name_nl=entry.nl,
            name_en=entry.en,
            impact=_IMPACT.format(grade=entry.strings("class")[0]),
            impact_language="en",
            source=SOURCE,
        )
