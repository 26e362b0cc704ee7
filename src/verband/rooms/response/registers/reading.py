"""Registers as one reader sees them: entries with their steps, what is due, pairs with their interval, places, gaps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from verband.language.catalogues import catalogue
from verband.language.errors import NotFoundError
from verband.language.markings import Marking
from verband.language.time import Interval, parse_time
from verband.language.words import fold
from verband.rooms.people.services import Reader
from verband.rooms.response import keeping
from verband.rooms.response.registers.kinds import BEGIN, NOT_IN_SOURCES, Register, place_words, register
from verband.rooms.response.registers.models import RegisterEntry, RegisterStep

OVERDUE, SOON, MISSING = "overdue", "soon", "missing"
_DAY_S = 86_400


@dataclass(frozen=True)
class EntryView:
    """An entry as one reader sees it, with its standing steps in their order, the newest last."""

    row: RegisterEntry
    of: Register
    steps: tuple[RegisterStep, ...]

    @property
    def key(self) -> str:
        """Its key."""
        return self.row.key

    @property
    def state(self) -> str:
        """The state that the newest step gave; BEGIN where every step was withdrawn."""
        return self.steps[-1].state if self.steps else BEGIN

    @property
    def ended(self) -> bool:
        """Whether nothing comes after its state."""
        return self.state != BEGIN and self.of.find_state(self.state).ended

    @property
    def withdrawn(self) -> bool:
        """Whether the entry was taken back."""
        return self.row.withdrawn_at is not None

    @property
    def until(self) -> date | None:
        """The day to look again, of the newest step alone."""
        return self.steps[-1].until if self.steps else None

    @property
    def markings(self) -> list[Marking]:
        """Its own and those of its steps."""
        return [self.row.marking.value(), *(step.marking.value() for step in self.steps)]

    def title(self, language: str) -> str:
        """Its title in `nl` or `en`, or in the other one where it has but that."""
        first, other = (self.row.title_nl, self.row.title_en)[:: 1 if language == "nl" else -1]
        return first or other

    def title_language(self, language: str) -> str:
        """The language that the title stands in."""
        own = self.row.title_nl if language == "nl" else self.row.title_en
        return language if own else ("en" if language == "nl" else "nl")

    def value(self, name: str) -> str:
        """The stored value of a field, empty where it has none."""
        return str(self.row.values.get(name, ""))


@dataclass(frozen=True)
class Reminder:
    """An entry somebody has to look at: its day has passed, comes within the days of the register, or is missing.

    `days` is how many are left; below zero how many it is late, 0 where the day is missing.
    """

    entry: EntryView
    until: date | None
    days: int
    state: str


@dataclass(frozen=True)
class Pair:
    """A step and the reaction to it, with the days between: fewest and most, equal where both days are stated.

    `reaction` and the days are None while there is none.
    """

    entry: EntryView
    step: RegisterStep
    reaction: RegisterStep | None
    fewest: int | None
    most: int | None


@dataclass(frozen=True)
class Slot:
    """A numbered place: the entry in it, or None while its text is not in the sources; always with state and owner."""

    number: int
    entry: EntryView | None
    state: str
    owner: str


@dataclass(frozen=True)
class MatrixRow:
    """A row of the matrix with the entries in each column; it is a gap where no entry stands in any of them."""

    key: str
    cells: tuple[tuple[EntryView, ...], ...]

    @property
    def gap(self) -> bool:
        """Whether nobody is registered for it."""
        return not any(self.cells)


@dataclass(frozen=True)
class MatrixView:
    """Rows by the words of their catalogue, columns by name; `without` are columns in which nothing stands."""

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    without: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """The rows that nobody is registered for."""
        return tuple(row.key for row in self.rows if row.gap)


def entries(key: str, who: Reader, *, known_on: int | None = None) -> tuple[EntryView, ...]:
    """Every entry of a register that the reader may see, withdrawn ones too, the oldest first.

    Raises NotFoundError("registers.none").
    """
    of = register(key)
    found = keeping.rows(RegisterEntry, who, known_on=known_on, register=of.key)
    steps: dict[int, list[RegisterStep]] = {}
    for step in keeping.standing(RegisterStep, who, known_on=known_on, entry__register=of.key):
        steps.setdefault(step.entry_id, []).append(step)
    return tuple(EntryView(row, of, _in_order(steps.get(row.pk, ()))) for row in sorted(found, key=_oldest))


def standing(key: str, who: Reader, *, known_on: int | None = None) -> tuple[EntryView, ...]:
    """Those that nobody withdrew; one that ended stays among them, in the history."""
    return tuple(view for view in entries(key, who, known_on=known_on) if not view.withdrawn)


def entry(key: str, number: str, who: Reader, *, known_on: int | None = None) -> EntryView:
    """One entry of that register, withdrawn or not. Raises NotFoundError("response.none")."""
    of = register(key)
    row = keeping.find(RegisterEntry, number, who, known_on=known_on)
    if row.register != of.key:
        raise NotFoundError("response.none")
    return EntryView(row, of, _in_order(keeping.standing(RegisterStep, who, known_on=known_on, entry=row)))


def history(view: EntryView, who: Reader, *, known_on: int | None = None) -> tuple[RegisterStep, ...]:
    """Every step of an entry, withdrawn ones too, in their order."""
    return _in_order(keeping.rows(RegisterStep, who, known_on=known_on, entry=view.row))


def reminders(views: Sequence[EntryView], day: date) -> tuple[Reminder, ...]:
    """What somebody has to look at on that day, the latest first; what ended or was withdrawn reminds nobody."""
    found = [one for view in views if (one := _reminder(view, day))]
    order = {OVERDUE: 0, SOON: 1, MISSING: 2}
    return tuple(sorted(found, key=lambda one: (order[one.state], one.days)))


def pairs(views: Sequence[EntryView]) -> tuple[Pair, ...]:
    """Each step that was taken with the first reaction after it, and the days between."""
    found = []
    for view in views:
        step = next((one for one in view.steps if one.state == "done"), None)
        if step is None:
            continue
        reaction = next((one for one in view.steps if one.state == "reaction"), None)
        few, many = days_between(step.happened, reaction.happened) if reaction else (None, None)
        found.append(Pair(view, step, reaction, few, many))
    return tuple(found)


def days_between(first: str, last: str) -> tuple[int, int]:
    """The fewest and most days from one stated time to a later one; equal where both are days."""
    start, end = when(first), when(last)
    few = (end.start - (start.end - _DAY_S)) // _DAY_S
    return max(few, 0), (end.end - _DAY_S - start.start) // _DAY_S


def slots(of: Register, views: Sequence[EntryView]) -> tuple[Slot, ...]:
    """Exactly as many places as the register has, each with state and owner; the newest standing entry counts."""
    held = {view.row.number: view for view in views if not view.withdrawn}
    return tuple(
        Slot(
            number=number,
            entry=held.get(number),
            state=held[number].state if number in held and held[number].steps else NOT_IN_SOURCES,
            owner=(held[number].value("owner") if number in held else "") or of.owner,
        )
        for number in range(1, of.slots + 1)
    )


def matrix(of: Register, views: Sequence[EntryView], language: str) -> MatrixView:
    """The register laid out by its two fields. Entries that ended or were withdrawn fill nothing."""
    if of.matrix is None:
        raise NotFoundError("registers.none", key=of.key, nearest="")
    live = [view for view in views if not view.withdrawn and view.steps and not view.ended]
    names: dict[str, str] = {}
    for word in of.known:
        names[fold(word.nl)] = word.label(language)
        names.setdefault(fold(word.en), word.label(language))
    columns = list(dict.fromkeys(word.label(language) for word in of.known))
    for view in live:
        name = view.value(of.matrix.across)
        label = names.setdefault(fold(name), name)
        if label not in columns:
            columns.append(label)
    down = next(field for field in of.field if field.name == of.matrix.down)
    held: dict[tuple[str, str], list[EntryView]] = {}
    for view in live:
        place = view.value(of.matrix.down), names[fold(view.value(of.matrix.across))]
        held.setdefault(place, []).append(view)
    known = catalogue(down.catalogue).keys()
    rows = tuple(MatrixRow(key, tuple(tuple(held.get((key, name), ())) for name in columns)) for key in known)
    empty = tuple(name for at, name in enumerate(columns) if not any(row.cells[at] for row in rows))
    return MatrixView(tuple(columns), rows, empty)


def source_words(row: RegisterEntry | RegisterStep, language: str) -> str:
    """Where a row comes from: title, number, section and line of a policy text, or what the writer said."""
    place: Mapping[str, object] = row.place
    return place_words(place, language) or row.source


def when(text: str) -> Interval:
    """The interval of a stored time. What is kept was read before."""
    return parse_time(text)


def as_date(seconds: int) -> date:
    """The day of a moment, in UTC."""
    return datetime.fromtimestamp(seconds, UTC).date()


def _reminder(view: EntryView, day: date) -> Reminder | None:
    if view.withdrawn or not view.steps or view.ended or not view.of.until_nl:
        return None
    if view.until is None:
        asked = view.of.find_state(view.state).until == "required"
        return Reminder(view, None, 0, MISSING) if asked else None
    left = (view.until - day).days
    if left < 0:
        return Reminder(view, view.until, left, OVERDUE)
    if view.until <= day + timedelta(days=view.of.remind_days):
        return Reminder(view, view.until, left, SOON)
    return None


def _oldest(row: RegisterEntry) -> tuple[int, int]:
    return row.kept_at, row.pk


def _in_order(steps: Sequence[RegisterStep]) -> tuple[RegisterStep, ...]:
    return tuple(sorted(steps, key=lambda step: (step.kept_at, step.pk)))
