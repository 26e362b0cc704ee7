"""Every commitment with its term as read, what is known later, and whether it is overdue on a day."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from verband.language.catalogues import catalogue
from verband.language.markings import Marking
from verband.rooms.measures import reading
from verband.rooms.measures.progress import knowing, terms
from verband.rooms.measures.progress.knowing import Later
from verband.rooms.measures.progress.terms import Term
from verband.rooms.measures.reading import CommitmentView
from verband.rooms.people.services import Reader

#: The word of the source texts for a row that is not owed to parliament.
NOT_OWED = "none"


@dataclass(frozen=True)
class Tracked:
    """A commitment as stated (`view`), its term as read, and apart from it what is known later on the day asked."""

    view: CommitmentView
    term: Term
    later: Later | None
    overdue: bool

    @property
    def state(self) -> str:
        """What is known later: `unknown` where nothing is."""
        return self.later.state if self.later is not None else "unknown"

    @property
    def owed(self) -> bool:
        """Whether it is owed to parliament."""
        return self.view.owed_to_parliament != NOT_OWED

    @property
    def markings(self) -> tuple[Marking, ...]:
        """Those of the row and of what is known later."""
        return (self.view.marking,) if self.later is None else (self.view.marking, self.later.marking)


def tracked(who: Reader, *, on: date, known_on: int | None = None) -> list[Tracked]:
    """Every commitment that the reader may see, by key, as it stands on that day."""
    found = knowing.known(who, on=on, known_on=known_on)
    return [track(view, found.get(view.key), on=on) for view in reading.commitments(who, known_on=known_on)]


def track(view: CommitmentView, later: Later | None, *, on: date) -> Tracked:
    """The commitment on that day. Overdue: its stated end is past, and neither source nor later knowledge says done."""
    term = terms.read(view.due_as_stated, title=view.title_en)
    done = done_as_stated(view.status_as_stated) or (later is not None and later.state == "fulfilled")
    return Tracked(view, term, later, term.past(on) and not done)


def counts(rows: Iterable[Tracked]) -> dict[str, int]:
    """How many there are, are owed to parliament, are overdue, and stand in each later state."""
    found = list(rows)
    states = Counter(row.state for row in found)
    return {
        "all": len(found),
        "owed": sum(row.owed for row in found),
        "overdue": sum(row.overdue for row in found),
        **{state: states[state] for state in knowing.STATES},
    }


def by_accent(rows: Iterable[Tracked]) -> dict[str, list[Tracked]]:
    """The rows under each of the four accents and `generic`, in the order of the catalogue (R107)."""
    found: dict[str, list[Tracked]] = {key: [] for key in catalogue("accents").keys()}  # noqa: SIM118 - a catalogue is no dict
    for row in rows:
        found[row.view.accent].append(row)
    return found


def by_term(rows: Iterable[Tracked]) -> list[Tracked]:
    """In order of term: stated ends by day, then beginnings, continuous ones, and those without a readable end."""

    def place(row: Tracked) -> tuple[int, date, str]:
        day = row.term.last or row.term.first or date.max
        return terms.KINDS.index(row.term.kind), day, row.view.key

    return sorted(rows, key=place)


def owners(rows: Iterable[Tracked]) -> list[str]:
    """The owners of what is owed to parliament, in order of the alphabet: of each a letter wants a contribution."""
    return sorted({row.view.owner for row in rows if row.owed})


def grid(rows: Sequence[Tracked]) -> dict[str, Mapping[str, int]]:
    """For each owner how many of his terms are overdue, to come or done, only begin, are continuous or hold no end."""
    found: dict[str, Counter[str]] = {owner: Counter() for owner in sorted({row.view.owner for row in rows})}
    for row in rows:
        found[row.view.owner][column(row)] += 1
    return dict(found)


def column(row: Tracked) -> str:
    """The column of the grid: `overdue`, or the kind of its term."""
    return "overdue" if row.overdue else row.term.kind


def done_as_stated(status: str) -> bool:
    """Whether the source's own word says that it was done (our reading of the words: progress_words.2026.toml)."""
    return status in _done()


@cache
def _done() -> frozenset[str]:
    text = files("verband.rooms.measures").joinpath("data", "progress_words.2026.toml").read_text("utf-8")
    return frozenset(tomllib.loads(text)["done"])
