"""What goes in and comes out: cases with the instruments that are stated of them, and a table of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: Groups of cases that may be compared. A country, an actor or a kind of actor is none of them (P1).
GROUPINGS: tuple[str, ...] = ("domain", "means")
#: A cell is shown from so many cases on: cases in its group, and cases among them that name the instrument.
SMALLEST = 5
#: Coverage of the intervals.
LEVEL = 0.95
#: The group of the cases for which a grouping says nothing.
UNNAMED = "none"


@dataclass(frozen=True)
class Case:
    """One incident: for each grouping the groups it is in, and which instruments are stated as response to it.

    `stated` is False where no response is stated at all; that is not the same as no response.
    """

    key: str
    groups: Mapping[str, tuple[str, ...]]
    instruments: frozenset[str]
    stated: bool = True


@dataclass(frozen=True)
class Group:
    """A group of cases: how many have a stated response, and of how many others nothing is known."""

    grouping: str
    key: str
    stated: int
    unstated: int


@dataclass(frozen=True)
class Cell:
    """How many cases of a group name an instrument. `grouping` and `group` are empty for all cases together.

    `used` of `cases` with a stated response; `share` is their ratio, `low` and `high` its interval. Where `shown` is
    False the four figures are None: there are too few cases, or from this figure one with too few would follow. Which
    of the two is not said, because that would give it away.
    """

    grouping: str
    group: str
    instrument: str
    shown: bool
    cases: int
    used: int | None = None
    share: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class RateTable:
    """All cells: by instrument, then all cases together, then each grouping; everything in the order of the input."""

    cells: tuple[Cell, ...]
    groups: tuple[Group, ...]
    stated: int
    unstated: int
    smallest: int
    level: float

    @property
    def shown(self) -> tuple[Cell, ...]:
        """The cells that are shown."""
        return tuple(cell for cell in self.cells if cell.shown)

    @property
    def suppressed(self) -> tuple[Cell, ...]:
        """The cells that are not shown."""
        return tuple(cell for cell in self.cells if not cell.shown)

    def cell(self, instrument: str, *, grouping: str = "", group: str = "") -> Cell | None:
        """One cell; None where no case is in that group."""
        return next(
            (
                cell
                for cell in self.cells
                if (cell.instrument, cell.grouping, cell.group) == (instrument, grouping, group)
            ),
            None,
        )


@dataclass(frozen=True)
class Beside:
    """Another collection that states so few responses that no rate can be made of it; `source` names it."""

    name: str
    source: str
    incidents: int
    political: int
    legal: int
    carries_a_rate: Literal[False] = False


#: Incidents that started before 2021 with at least one response of each kind, counted in the public snapshot.
EUREPOC = Beside("EuRepoC", "EuRepoC Global Database 1.1, incidents that started before 2021", 1330, 6, 8)
