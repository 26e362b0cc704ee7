"""What an address of the commitments asks for beyond the words of the register: owed, overdue, known later, term."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from verband.rooms.measures.progress import keeping, knowing, terms, tracker
from verband.rooms.measures.progress.tracker import Tracked
from verband.rooms.measures.reading import Filter

#: What `term` may ask for: the columns of the grid.
COLUMNS = ("overdue", *terms.KINDS)


@dataclass(frozen=True)
class Asked:
    """The filter of the register, and `owed` (`yes`, `no` or empty), `later` (a state) and `term` (a column)."""

    plain: Filter
    owed: str
    later: str
    term: str

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Asked:
        """What a query means. Raises InputError("progress.word"), ("catalogue.unknown_word") with the nearest match."""
        return cls(
            Filter.from_query(query),
            _one(query, "owed", ("yes", "no")),
            _one(query, "later", knowing.STATES),
            _one(query, "term", COLUMNS),
        )

    def admits(self, row: Tracked) -> bool:
        """Whether the row is asked for."""
        if self.owed and (self.owed == "yes") != row.owed:
            return False
        if self.later and self.later != row.state:
            return False
        return not self.term or self.term == tracker.column(row)


def _one(query: Mapping[str, Sequence[str]], name: str, known: Sequence[str]) -> str:
    word = (query.get(name) or [""])[0].strip()
    return keeping.among(name, word, known) if word else ""
