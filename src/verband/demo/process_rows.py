"""Vital processes, duties and the process of a sector in the shape that the room takes.

What depends on what is stated by no public source.
"""

from __future__ import annotations

from collections.abc import Iterator

from verband.demo import tables
from verband.demo.rows import source
from verband.language.catalogues import catalogue
from verband.rooms.exposure.services import DutyRow, ProcessRow, SectorRow

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


def duties() -> Iterator[DutyRow]:
    """Duties to report as the directives state them, and how the Dutch acts stood on the day of the source."""
    for row in tables.load("duties"):
        yield DutyRow(
            key=row.key,
            act=row.act,
            text=row.text_nl,
            text_en=row.text_en,
            status=row.status,
            stated_on=row.stated_on,
            report_within_h=row.report_within_h,
            report_within_months=row.report_within_months,
            counted_from=row.counted_from,
            source=row.source,
            marking=row.marking,
        )


def sector_processes() -> Iterator[SectorRow]:
    """The structural process for telecom networks, of which the midterm review says that it was set up (COM-038)."""
    said = next(row for row in tables.load("commitments") if row.id == "COM-038")
    yield SectorRow(
        key="telecom",
        sector="telecom",
        title_nl="Structureel proces voor telecomnetwerken",
        title_en="Structural process for telecom networks",
        source=f"{source(said.source).title_nl}, {said.section}, line {said.line}",
        marking=said.marking,
    )
