"""Forms of the room: fields made of the columns of a register, and what was wrong with what was posted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.language.errors import NotFoundError, VerbandError
from verband.language.markings import TLP
from verband.rooms.asking import page_language
from verband.rooms.exposure import words
from verband.rooms.exposure.columns import Column
from verband.rooms.people.services import Reader
from verband.rooms.problems import Problem, problem_of

#: Columns that name rows of other registers.
_REFERENCES = ("node", "members", "process", "supplier", "asset", "obligation", "claim")
_KINDS = {"text": "text", "day": "date", "number": "number", "whole": "number", "choice": "choice"}


@dataclass(frozen=True)
class Field:
    """A field of the form. `kind` is `line`, `text`, `date`, `number` or `choice`; `listed` offers the known keys."""

    name: str
    label: str
    kind: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    error: str = ""
    listed: bool = False


def problem(error: VerbandError, form: str, posted: Mapping[str, str]) -> Problem:
    """What a page shows beside the field. Raises the error itself where no form can mend it."""
    if isinstance(error, NotFoundError) or error.code == "people.no_power":
        raise error
    return problem_of(error, form, page_language(), posted=posted)


def fields(
    columns: tuple[Column, ...], who: Reader, wrong: Problem | None, *, form: str, elsewhere: tuple[str, ...] = ()
) -> list[Field]:
    """The fields of a new row, the marking last; what was posted stands in them where that form was refused.

    What is wrong with none of them, nor with a field that the page shows `elsewhere`, stands beside the first.
    """
    mine = wrong if wrong is not None and wrong.form == form else None
    marking = Column("marking", "choice", words=markings(who), required=True)
    every = (*columns, marking)
    names = [column.name for column in every]
    at = (mine.field if mine.field in (*names, *elsewhere) else names[0]) if mine else ""
    return [_field(column, mine, at) for column in every]


def markings(who: Reader) -> tuple[str, ...]:
    """The words of TLP that this writer may give."""
    return TLP[: TLP.index(who.ceiling.tlp) + 1]


def _field(column: Column, wrong: Problem | None, at: str) -> Field:
    if column.of:
        options = tuple(catalogue(column.of).labels(page_language()).items())
    else:
        options = tuple((word, words.choice(word)) for word in column.words)
    return Field(
        name=column.name,
        label=words.label(column.name),
        kind=_KINDS.get(column.kind, "line"),
        required=column.required,
        options=(("", _("choose…")), *options) if column.kind == "choice" else (),
        value=wrong.posted.get(column.name, "") if wrong else "",
        error=wrong.message if wrong and column.name == at else "",
        listed=column.name in _REFERENCES,
    )
