"""Measures and commitments as a reader may see them, filtered, and as rows for a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Q, QuerySet

from verband.language.catalogues import catalogue
from verband.language.markings import Marking
from verband.language.words import fold
from verband.rooms.measures.kinds import Kind, kinds
from verband.rooms.measures.models import Commitment, Measure, Stated
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture

_FIELDS = ("accent", "theme", "interest", "owner", "status", "kind")
_CATALOGUES = {"accent": "accents", "theme": "themes", "interest": "interests"}
_Row = TypeVar("_Row", Measure, Commitment)


@dataclass(frozen=True)
class Citation:
    """Where it stands: the source's title, its parliamentary number, section, line and the words to find it by."""

    title_nl: str
    title_en: str
    number: str
    section: str
    line: int | None
    anchor_nl: str

    def title(self, language: str) -> str:
        """The source's title in `nl` or `en`."""
        return self.title_nl if language == "nl" else self.title_en


@dataclass(frozen=True)
class Coverage:
    """An interest and theme that a measure serves; either may be empty. `verified` is False for our own reading."""

    interest: str
    theme: str
    verified: bool


@dataclass(frozen=True)
class _View:
    key: str
    title_nl: str
    title_en: str
    kind: str
    accent: str
    accent_verified: bool
    owner: str
    co_owners: tuple[str, ...]
    owner_basis: str
    stated_on: str
    due_as_stated: str
    status_as_stated: str
    note: str
    source: Citation
    marking: Marking
    recorded_at: int

    def title(self, language: str) -> str:
        """The title in `nl` or `en`."""
        return self.title_nl if language == "nl" else self.title_en

    @property
    def kind_words(self) -> Kind:
        """The kind's own words, and whether it is a measure."""
        return kinds()[self.kind]

    @property
    def owner_inferred(self) -> bool:
        """Whether the source does not name the owner and we read it."""
        return self.owner_basis == "inferred"


@dataclass(frozen=True)
class MeasureView(_View):
    """One measure with what it covers and the commitments that it comes from."""

    coverage: tuple[Coverage, ...]

    @property
    def themes(self) -> tuple[str, ...]:
        """The themes that it serves, each once."""
        return tuple(dict.fromkeys(item.theme for item in self.coverage if item.theme))

    @property
    def interests(self) -> tuple[str, ...]:
        """The interests that it serves, each once."""
        return tuple(dict.fromkeys(item.interest for item in self.coverage if item.interest))


@dataclass(frozen=True)
class CommitmentView(_View):
    """One commitment; `measure` is the key of the measure that it is as well, empty where it is none."""

    owed_to_parliament: str
    papers: tuple[str, ...]
    theme: str
    theme_verified: bool
    measure: str

    @property
    def themes(self) -> tuple[str, ...]:
        """Its theme, if it has one."""
        return (self.theme,) if self.theme else ()

    @property
    def interests(self) -> tuple[str, ...]:
        """A commitment names no interest; the measure does."""
        return ()


@dataclass(frozen=True)
class Filter:
    """What an address asks for, by keys of the catalogues; owner and status are words as stated."""

    values: Mapping[str, str] = field(default_factory=dict)
    text: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, Sequence[str]]) -> Filter:
        """The filter that a query means. Raises InputError("catalogue.unknown_word") with the nearest match."""
        chosen = {name: query[name][0].strip() for name in _FIELDS if query.get(name) and query[name][0].strip()}
        for name, words in _CATALOGUES.items():
            if name in chosen:
                chosen[name] = catalogue(words).resolve(chosen[name]).key
        return cls(chosen, (query.get("text") or [""])[0].strip())

    def admits(self, view: MeasureView | CommitmentView) -> bool:
        """Whether the row is asked for; every word of the text stands in its title, owner or source words."""
        have = {
            "accent": (view.accent,),
            "theme": view.themes,
            "interest": view.interests,
            "owner": (view.owner, *view.co_owners),
            "status": (view.status_as_stated,),
            "kind": (view.kind,),
        }
        if any(value not in have[name] for name, value in self.values.items()):
            return False
        where = fold(f"{view.key} {view.title_nl} {view.title_en} {view.owner} {view.source.anchor_nl}")
        return all(word in where for word in fold(self.text).split())


@dataclass(frozen=True)
class Choices:
    """The words that the filters can be set to: what occurs in the rows that the reader may see."""

    owners: tuple[str, ...]
    statuses: tuple[str, ...]
    kinds: tuple[str, ...]


def measures(who: Reader, wanted: Filter | None = None, *, known_on: int | None = None) -> list[MeasureView]:
    """Measures that match and that the reader may see, by key."""
    rows = _visible(Measure.objects.all(), who, known_on).prefetch_related("coverage")
    found = (_measure(row) for row in rows)
    return [view for view in found if (wanted or Filter()).admits(view)]


def commitments(who: Reader, wanted: Filter | None = None, *, known_on: int | None = None) -> list[CommitmentView]:
    """Commitments that match and that the reader may see, by key. An interest is looked up at its measure."""
    wanted = wanted or Filter()
    interest = wanted.values.get("interest")
    by_measure = {view.key: view.interests for view in measures(who, known_on=known_on)} if interest else {}
    rest = Filter({name: value for name, value in wanted.values.items() if name != "interest"}, wanted.text)
    found = (_commitment(row) for row in _visible(Commitment.objects.all(), who, known_on))
    return [
        view for view in found if rest.admits(view) and (not interest or interest in by_measure.get(view.measure, ()))
    ]


def choices(views: Iterable[MeasureView | CommitmentView]) -> Choices:
    """What the filters offer for these rows, each once, in order of the alphabet."""
    rows = list(views)
    return Choices(
        owners=tuple(sorted({row.owner for row in rows})),
        statuses=tuple(sorted({row.status_as_stated for row in rows if row.status_as_stated})),
        kinds=tuple(key for key in kinds() if any(row.kind == key for row in rows)),
    )


def exported(views: Iterable[MeasureView | CommitmentView]) -> list[dict[str, str]]:
    """The rows as they go into a file: words as stated, the source with its line, and the marking of each."""
    return [_exported(view) for view in views]


def _exported(view: MeasureView | CommitmentView) -> dict[str, str]:
    row = {
        "key": view.key,
        "kind": view.kind,
        "title_nl": view.title_nl,
        "title_en": view.title_en,
        "accent": view.accent,
        "accent_verified": _yes(view.accent_verified),
        "themes": ";".join(view.themes),
        "owner": view.owner,
        "owner_basis": view.owner_basis,
        "co_owners": ";".join(view.co_owners),
        "stated_on": view.stated_on,
        "due_as_stated": view.due_as_stated,
        "status_as_stated": view.status_as_stated,
        "source_nl": view.source.title_nl,
        "source_en": view.source.title_en,
        "source_number": view.source.number,
        "section": view.source.section,
        "line": "" if view.source.line is None else str(view.source.line),
        "anchor_nl": view.source.anchor_nl,
        "note": view.note,
        "marking": view.marking.words(),
    }
    if isinstance(view, MeasureView):
        return {**row, "interests": ";".join(view.interests)}
    own = {"owed_to_parliament": view.owed_to_parliament, "papers": ";".join(view.papers), "measure": view.measure}
    return {**row, **own, "theme_verified": _yes(view.theme_verified)}


def _yes(value: bool) -> str:
    return "yes" if value else "no"


def _visible(rows: QuerySet[_Row], who: Reader, known_on: int | None) -> QuerySet[_Row]:
    """Rows under the reader's ceiling: current ones, or those current at the moment. Every query starts here."""
    found = rows.filter(marking_id__in=picture.visible_markings(who.ceiling)).select_related("marking")
    if known_on is None:
        return found.filter(replaced_at=None)
    return found.filter(Q(replaced_at=None) | Q(replaced_at__gt=known_on), recorded_at__lte=known_on)


def _measure(row: Measure) -> MeasureView:
    covered = tuple(Coverage(item.interest, item.theme, item.verified) for item in row.coverage.all())
    return MeasureView(**_shared(row, row.marking.value()), coverage=covered)


def _commitment(row: Commitment) -> CommitmentView:
    return CommitmentView(
        **_shared(row, row.marking.value()),
        owed_to_parliament=row.owed_to_parliament,
        papers=tuple(row.papers),
        theme=row.theme,
        theme_verified=row.theme_verified,
        measure=row.measure_key,
    )


def _shared(row: Stated, marking: Marking) -> dict[str, Any]:
    same = (
        "key", "title_nl", "title_en", "kind", "accent", "accent_verified", "owner", "owner_basis", "stated_on",
        "due_as_stated", "status_as_stated", "note", "recorded_at",
    )  # fmt: skip
    return {
        **{name: getattr(row, name) for name in same},
        "co_owners": tuple(row.co_owners),
        "source": Citation(row.source_nl, row.source_en, row.source_number, row.section, row.line, row.anchor_nl),
        "marking": marking,
    }
