"""The policy cycle of vital processes: assessed, designated, and when each is looked at again (R061)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from verband.rooms.exposure import keeping
from verband.rooms.exposure.models import Process
from verband.rooms.people.services import Reader

ASSESSED, DESIGNATED = "assessed", "designated"


@dataclass(frozen=True)
class Cycle:
    """A process whose impact was judged. `days` is how long its review is overdue: 0 on the day itself and before it.

    `state` is ASSESSED while it has no class, then DESIGNATED.
    """

    process: Process
    state: str
    days: int

    @property
    def overdue(self) -> bool:
        """Whether its day of review has passed; a newer row of the process gives a new one."""
        return self.days > 0

    @property
    def undated(self) -> bool:
        """Whether it was designated without a day of review."""
        return self.state == DESIGNATED and self.process.review_on is None


def cycle(who: Reader, *, day: date, known_on: int | None = None) -> tuple[Cycle, ...]:
    """Every process that was assessed or designated, the longest overdue first, then by name."""
    found = [
        Cycle(
            row,
            DESIGNATED if row.grade else ASSESSED,
            max(0, (day - row.review_on).days) if row.review_on else 0,
        )
        for row in keeping.standing(Process, who, known_on=known_on)
        if row.grade or row.impact
    ]
    return tuple(sorted(found, key=lambda one: (-one.days, one.process.key)))


def overdue(found: Sequence[Cycle]) -> tuple[Cycle, ...]:
    """Those whose review is overdue."""
    return tuple(one for one in found if one.overdue)
