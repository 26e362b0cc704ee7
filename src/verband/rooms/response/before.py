"""What happened before in like cases: counts of coded incidents beside each option, of what the reader may see.

The figures are those of `verband.methods.responding`: shown from five cases on, with an exact interval. They rank
nothing and say nothing of effect. A coded incident counts where the reader may see both the incident and its coding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import transaction

from verband.language.instruments import instruments
from verband.language.markings import Marking, highest
from verband.methods.responding import NOTABLE, SMALLEST, UNSTATED, Case, Cell, rates
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import markings
from verband.rooms.picture import services as picture
from verband.rooms.picture.services import IncidentView
from verband.rooms.response import keeping, origins
from verband.rooms.response.cases import CaseView
from verband.rooms.response.models import CodedIncident
from verband.rooms.response.options import OptionView

#: Most groups of means beside one option; the first that the origin names.
_MEANS = 3


class CodedRow(msgspec.Struct, frozen=True, kw_only=True):
    """The coding of one incident as it is loaded. `phrases` are (words of the source, instruments)."""

    collection: str
    record: str
    stated: bool
    instruments: tuple[str, ...]
    phrases: tuple[tuple[str, tuple[str, ...]], ...]
    source: str
    marking: str


@dataclass(frozen=True)
class Before:
    """The cells of one instrument: of each group that fits the case, and of all cases last."""

    instrument: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class LikeCases:
    """What stands beside the options of a case. `stated` counts all coded cases with a stated response.

    `groups` are the domains and means of what the case is about, as (grouping, key), as far as a coded case is in them.
    """

    groups: tuple[tuple[str, str], ...]
    stated: int
    unstated: int
    before: Mapping[str, Before]
    marking: Marking

    @property
    def coded(self) -> bool:
        """Whether there is a coded case to count at all."""
        return bool(self.stated or self.unstated)


def load(rows: Iterable[CodedRow], *, who: Reader, now: datetime) -> int:
    """Keep codings that were never here before, withdrawn ones included; how many came in.

    Raises InputError("response.word") for an instrument that the catalogue has not, RefusedError("people.no_power").
    """
    demand(who, "upload")
    known = {one.key for one in instruments()}
    here = set(CodedIncident.objects.values_list("collection", "record"))
    new = [row for row in rows if (row.collection, row.record) not in here]
    for row in new:
        for word in row.instruments:
            keeping.among("instruments", word, sorted(known))
    marked = {word: markings.row(Marking(word)) for word in dict.fromkeys(row.marking for row in new)}
    with transaction.atomic():
        CodedIncident.objects.bulk_create(
            CodedIncident(
                collection=row.collection,
                record=row.record,
                stated=row.stated,
                instruments=list(row.instruments),
                phrases=[[phrase, list(keys)] for phrase, keys in row.phrases],
                source=row.source,
                person=who.username,
                marking=marked[row.marking],
                kept_by=who.signature,
                kept_at=int(now.timestamp()),
            )
            for row in new
        )
        if new:
            audit.note("codings of responses loaded", actor=who.signature, detail={"rows": len(new)})
    return len(new)


def like_cases(case: CaseView, offered: Sequence[OptionView], who: Reader, *, known_on: int | None = None) -> LikeCases:
    """What was coded of incidents like those that the case is about, for the instruments of the options."""
    wanted = list(dict.fromkeys(one.row.instrument for one in offered if one.instrument))
    found, marking = _cases(who, wanted, known_on)
    table = rates(found, instruments=wanted)
    have = {(group.grouping, group.key) for group in table.groups if group.stated}
    kind = origins.kind_of(case, who, known_on=known_on)
    fitting = [pair for pair in kind.groups if pair in have]
    groups = (
        *(pair for pair in fitting if pair[0] == "domain"),
        *[pair for pair in fitting if pair[0] == "means"][:_MEANS],
    )
    before = {}
    for key in wanted:
        cells = [table.cell(key, grouping=grouping, group=group) for grouping, group in (*groups, ("", ""))]
        before[key] = Before(key, tuple(cell for cell in cells if cell))
    return LikeCases(groups, table.stated, table.unstated, before, marking)


def cautions(language: str) -> tuple[str, ...]:
    """What the figures do not say: to stand wherever one of them stands."""
    if language == "nl":
        return (
            NOTABLE["nl"],
            UNSTATED["nl"],
            f"Onder {SMALLEST} gevallen wordt geen getal getoond. Het is geen advies, geen volgorde en geen score.",
        )
    return (
        NOTABLE["en"],
        UNSTATED["en"],
        f"Under {SMALLEST} cases no figure is shown. It is no advice, no order and no score.",
    )


def _cases(who: Reader, wanted: Sequence[str], known_on: int | None) -> tuple[list[Case], Marking]:
    """The coded incidents as cases, with the highest marking of incidents and codings that were counted.

    Records of one incident are one case; it states what any of them states.
    """
    coded = {(row.collection, row.record): row for row in keeping.standing(CodedIncident, who, known_on=known_on)}
    found: list[Case] = []
    marked: list[Marking] = []
    for view in picture.incidents(who.ceiling, known_on=known_on) if coded else ():
        rows = [coded[key] for record in view.records if (key := (record.source, record.key)) in coded]
        if rows:
            found.append(_case(view, rows, frozenset(wanted)))
            marked += [view.marking, *(row.marking.value() for row in rows)]
    return found, highest(set(marked)) if marked else Marking()


def _case(view: IncidentView, rows: Sequence[CodedIncident], wanted: frozenset[str]) -> Case:
    named = frozenset(key for row in rows for key in row.instruments)
    return Case(
        key=str(view.id),
        groups={"domain": view.domains, "means": origins.means_in(view)},
        instruments=named & wanted,
        stated=any(row.stated for row in rows),
    )
