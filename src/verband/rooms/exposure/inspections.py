"""What inspections found, by sector and quarter; a sector of few holders is not told apart (R066)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from verband.language.markings import Marking
from verband.rooms.exposure import keeping, models
from verband.rooms.exposure.scanning import SMALLEST
from verband.rooms.people.services import Reader

#: Two years, so that a year stands beside the one before.
QUARTERS = 8
_SHORTCOMING = "shortcoming"


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year, as `2026-Q2`."""

    year: int
    number: int

    @property
    def words(self) -> str:
        """Year and quarter."""
        return f"{self.year}-Q{self.number}"


@dataclass(frozen=True)
class SectorFindings:
    """A sector's findings: how many by quarter and how many of these shortcomings, oldest first.

    `holders` are the owners of the processes inspected; processes without a stated owner count as one holder.
    """

    sector: str
    holders: int
    found: tuple[int, ...]
    shortcomings: tuple[int, ...]

    @property
    def trend(self) -> int:
        """Shortcomings of the last year less those of the year before."""
        half = len(self.shortcomings) // 2
        return sum(self.shortcomings[half:]) - sum(self.shortcomings[:half])


@dataclass(frozen=True)
class Inspected:
    """What may be told: sectors of enough holders by name, and how many sectors were left out for having fewer."""

    quarters: tuple[Quarter, ...]
    sectors: tuple[SectorFindings, ...]
    suppressed: tuple[str, ...]
    #: Findings from before the quarters shown, of the sectors that are told.
    earlier: int


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day lies."""
    return Quarter(day.year, (day.month - 1) // 3 + 1)


def quarters_until(day: date, *, many: int = QUARTERS) -> tuple[Quarter, ...]:
    """So many quarters, the last of them that of the day, oldest first."""
    last = day.year * 4 + (day.month - 1) // 3
    return tuple(Quarter(at // 4, at % 4 + 1) for at in range(last - many + 1, last + 1))


def inspected(who: Reader, today: date, *, known_on: int | None = None) -> Inspected:
    """The findings that the reader may see of processes that he may see, by sector, the most shortcomings first.

    A sector whose findings come from fewer than `SMALLEST` holders is named without a number, and no total is given
    from which it would follow. A process without a stated sector is in the sector "".
    """
    processes = {row.key: row for row in keeping.standing(models.Process, who, known_on=known_on)}
    of: dict[str, list[models.Finding]] = defaultdict(list)
    for row in keeping.standing(models.Finding, who, known_on=known_on):
        if row.process in processes and row.found_on <= today:
            of[processes[row.process].sector].append(row)
    quarters = quarters_until(today)
    told, suppressed, earlier = [], [], 0
    for sector, rows in of.items():
        holders = len({processes[row.process].owner.strip() for row in rows})
        if holders < SMALLEST:
            suppressed.append(sector)
            continue
        told.append(SectorFindings(sector, holders, *_counted(rows, quarters)))
        earlier += sum(quarter_of(row.found_on) not in quarters for row in rows)
    ranked = sorted(told, key=lambda one: (-sum(one.shortcomings), one.sector))
    return Inspected(quarters, tuple(ranked), tuple(sorted(suppressed)), earlier)


def markings(who: Reader, *, known_on: int | None = None) -> list[Marking]:
    """The markings of the findings that count."""
    return [row.marking.value() for row in keeping.standing(models.Finding, who, known_on=known_on)]


def _counted(rows: Sequence[models.Finding], quarters: Sequence[Quarter]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    of = [quarter_of(row.found_on) for row in rows]
    short = [quarter_of(row.found_on) for row in rows if row.outcome == _SHORTCOMING]
    return tuple(of.count(one) for one in quarters), tuple(short.count(one) for one in quarters)
