"""Means × measures: what incidents show of each means, which measures work against it, and where that is lacking.

A measure against a coarse means (cyber attack) stands against the finer ones under it too, and says so. Which means a
measure works against is what people say, and else our reading of its own words; each is marked as what it is. Nothing
here reads an actor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from verband.language.catalogues import catalogue
from verband.language.markings import Marking, highest
from verband.rooms.campaigns.hybrid import means_in
from verband.rooms.measures import services as measures
from verband.rooms.measures.services import Against, Known, MeasureView
from verband.rooms.people.services import Reader
from verband.rooms.picture.services import IncidentView
from verband.rooms.risk.cycle import functions, saying
from verband.rooms.risk.cycle.functions import SCHEMES
from verband.rooms.risk.triangle import incidents, place

#: A means that is none by itself.
_NO_MEANS = "several_means"


@dataclass(frozen=True)
class Placed:
    """A measure in a row. `through` is the coarser means by which it stands there, empty where it names the row's own.

    `functions` are those of the scheme that the matrix is asked for; empty where nobody tagged it.
    """

    known: Known
    against: Against
    through: str
    functions: tuple[str, ...]

    @property
    def measure(self) -> MeasureView:
        """The measure itself."""
        return self.known.measure

    def stands_in(self, accent: str, function: str | None) -> bool:
        """Whether it stands in that column; a function of "" is where nobody tagged it, None is any."""
        if self.measure.accent != accent:
            return False
        return function is None or function in self.functions or (not function and not self.functions)


@dataclass(frozen=True)
class Row:
    """One means. `recent` are the incidents of the last 24 months that name it, newest first; `older` the others."""

    means: str
    recent: tuple[IncidentView, ...]
    older: tuple[IncidentView, ...]
    placed: tuple[Placed, ...]

    @property
    def is_hole(self) -> bool:
        """Whether it was used in the last 24 months and no measure is known against it."""
        return bool(self.recent) and not self.placed

    def cell(self, accent: str, function: str | None = None) -> tuple[Placed, ...]:
        """The measures in one column."""
        return tuple(one for one in self.placed if one.stands_in(accent, function))


@dataclass(frozen=True)
class Overlap:
    """Measures of different owners against one means in one accent: a question, no fault."""

    means: str
    accent: str
    placed: tuple[Placed, ...]


@dataclass(frozen=True)
class Conflict:
    """Two measures of which a person says that they work against each other."""

    first: MeasureView
    second: MeasureView
    reason: str
    source: str
    by: str
    at: int
    marking: Marking


@dataclass(frozen=True)
class Matrix:
    """The rows, most used first; `columns` are (accent, function), the function None where no scheme is asked for.

    `quiet` are (measure, means) where no incident on record names that means or a finer one under it; `untagged` the
    measures of which nothing says what they work against.
    """

    until: int
    scheme: str
    columns: tuple[tuple[str, str | None], ...]
    rows: tuple[Row, ...]
    quiet: tuple[tuple[Known, Against], ...]
    untagged: tuple[Known, ...]
    overlaps: tuple[Overlap, ...]
    conflicts: tuple[Conflict, ...]
    marking: Marking

    @property
    def holes(self) -> tuple[Row, ...]:
        """The means that were used in the last 24 months and have no measure, most used first."""
        return tuple(row for row in self.rows if row.is_hole)

    def row(self, means: str) -> Row | None:
        """The row of a means; None where it has no incident and no measure."""
        return next((row for row in self.rows if row.means == means), None)


def matrix(
    who: Reader, *, now: datetime, known_on: int | None = None, scheme: str = "", readings: bool = True
) -> Matrix:
    """The matrix as this reader may see it, counted back from `now`. `readings`: our own readings count as well.

    Raises InputError("cycle.word") for a scheme that there is not.
    """
    saying.one_of("scheme", scheme, ("", *SCHEMES))
    until = int(now.timestamp())
    used = _used(incidents(who, known_on=known_on), until)
    known = measures.register(who, known_on=known_on)
    tags = {item.measure.key: item for item in functions.tagged(who, known_on=known_on)} if scheme else {}
    told = {item.measure.key: tuple(one for one in item.against if one.verified or readings) for item in known}
    rows = tuple(
        Row(entry.key, *used.get(entry.key, ((), ())), _placed(entry.key, known, told, tags, scheme))
        for entry in catalogue("means").entries
        if entry.key != _NO_MEANS
    )
    shown = sorted((row for row in rows if row.recent or row.older or row.placed), key=lambda row: -len(row.recent))
    conflicts = _conflicts(known)
    named = {key for row in rows if row.recent or row.older for key in measures.lineage(row.means)}
    return Matrix(
        until=until,
        scheme=scheme,
        columns=_columns(scheme),
        rows=tuple(shown),
        quiet=tuple((item, one) for item in known for one in told[item.measure.key] if one.means not in named),
        untagged=tuple(item for item in known if not told[item.measure.key]),
        overlaps=tuple(_overlaps(shown)),
        conflicts=conflicts,
        marking=_marking(shown, known, tags.values()),
    )


def exported(found: Matrix) -> list[dict[str, str]]:
    """A row for each means and column, holes said on each."""
    return [
        {
            "means": row.means,
            "incidents_24_months": str(len(row.recent)),
            "incidents_on_record": str(len(row.recent) + len(row.older)),
            "accent": accent,
            "function": "" if function is None else function or "not tagged",
            "measures": str(len(row.cell(accent, function))),
            "keys": ";".join(one.measure.key for one in row.cell(accent, function)),
            "own_reading": ";".join(one.measure.key for one in row.cell(accent, function) if not one.against.verified),
            "through": ";".join(
                f"{one.measure.key}={one.through}" for one in row.cell(accent, function) if one.through
            ),
            "hole": "yes" if row.is_hole else "no",
            "marking": found.marking.words(),
        }
        for row in found.rows
        for accent, function in found.columns
    ]


def _used(
    views: Iterable[IncidentView], until: int
) -> Mapping[str, tuple[tuple[IncidentView, ...], tuple[IncidentView, ...]]]:
    """For each means the incidents of the last 24 months that name it, and the others."""
    found: dict[str, tuple[list[IncidentView], list[IncidentView]]] = {}
    for view in views:
        old = place(view.when, until) == "old"
        for entry in means_in(view):
            found.setdefault(entry.key, ([], []))[old].append(view)
    return {key: (tuple(recent), tuple(older)) for key, (recent, older) in found.items()}


def _placed(
    means: str,
    known: Sequence[Known],
    told: Mapping[str, Sequence[Against]],
    tags: Mapping[str, functions.Tagged],
    scheme: str,
) -> tuple[Placed, ...]:
    """The measures against a means, each by the nearest means that it names: the row's own, or one above it."""
    order = measures.lineage(means)
    found = []
    for item in known:
        near = [one for one in told[item.measure.key] if one.means in order]
        if near:
            nearest = min(near, key=lambda one: order.index(one.means))
            of = tags.get(item.measure.key)
            serves = tuple(dict.fromkeys(tag.function for tag in of.of(scheme))) if of else ()
            found.append(Placed(item, nearest, "" if nearest.means == means else nearest.means, serves))
    return tuple(found)


def _columns(scheme: str) -> tuple[tuple[str, str | None], ...]:
    serves: tuple[str | None, ...] = (*catalogue(scheme).keys(), "") if scheme else (None,)
    return tuple((accent, function) for accent in catalogue("accents").labels("en") for function in serves)


def _overlaps(rows: Iterable[Row]) -> Iterable[Overlap]:
    """What names the row's own means only: through a coarser one everything would overlap."""
    order = catalogue("accents").keys()
    for row in rows:
        direct = sorted((one for one in row.placed if not one.through), key=lambda one: order.index(one.measure.accent))
        for accent, group in groupby(direct, key=lambda one: one.measure.accent):
            placed = tuple(group)
            if len({ministry(one.measure.owner) for one in placed}) > 1:
                yield Overlap(row.means, accent, placed)


def ministry(owner: str) -> str:
    """The owner without the part of it that is named in brackets: `JenV (NCTV)` is `JenV`."""
    return owner.partition(" (")[0].strip()


def _conflicts(known: Iterable[Known]) -> tuple[Conflict, ...]:
    """Each conflict once, in the order in which they were kept."""
    views = {item.measure.key: item.measure for item in known}
    rows = {row.pk: row for item in known for row in item.conflicts}
    return tuple(
        Conflict(
            views[row.measure], views[row.other], row.reason, row.source, row.kept_by, row.kept_at, row.marking.value()
        )
        for _, row in sorted(rows.items())
    )


def _marking(rows: Iterable[Row], known: Iterable[Known], tags: Iterable[functions.Tagged]) -> Marking:
    used = [view.marking for row in rows for view in (*row.recent, *row.older)]
    kept = [marking for item in known for marking in item.markings]
    return highest([*used, *kept, *(tag.stamp.marking for item in tags for tag in item.tags)])
