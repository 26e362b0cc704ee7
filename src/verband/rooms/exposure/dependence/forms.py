"""The forms of the steps: the fields of a row, filled in again with what was refused, the error beside its field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from verband.language.decimals import whole
from verband.language.errors import VerbandError
from verband.language.markings import TLP
from verband.rooms.asking import page_language
from verband.rooms.exposure.columns import Column
from verband.rooms.exposure.dependence import words
from verband.rooms.exposure.dependence.steps import of
from verband.rooms.people.services import Reader
from verband.rooms.problems import Problem

_KINDS = {"text": "text", "day": "date", "number": "number", "choice": "choice", "keys": "checks"}


@dataclass(frozen=True)
class Refused(Problem):
    """What is wrong with what was posted, and, where a row could not be taken back, which."""

    @property
    def back_step(self) -> str:
        """The step whose row could not be taken back; empty where something else was asked."""
        return self.form.split("-")[1] if self.form.startswith("withdraw-") else ""

    @property
    def back_number(self) -> int:
        """The number of that row; 0 where there is none."""
        return (whole(self.form.rpartition("-")[2]) or 0) if self.back_step else 0


@dataclass(frozen=True)
class Field:
    """A field of a form. `kind` is `line`, `text`, `date`, `number`, `choice`, `checks` or `hidden`."""

    name: str
    label: str
    kind: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    error: str = ""

    @property
    def chosen(self) -> list[str]:
        """What is ticked among checks."""
        return self.value.split(";")


def posted(request: HttpRequest) -> dict[str, str]:
    """What was filled in; of what can be ticked more than once all, with ; between."""
    return {name: ";".join(map(str, request.POST.getlist(name))) for name in request.POST}


def refused(form: str, error: VerbandError, told: Mapping[str, str]) -> Refused:
    """The error as the page shows it."""
    language = page_language()
    message = f"{error.message(language)} {error.hint(language)}".strip()
    return Refused(form, str(error.params.get("field", "")), message, status=error.status, posted=told)


def fields(
    step: str,
    who: Reader,
    problem: Refused | None,
    *,
    preset: Mapping[str, str] | None = None,
    initial: Mapping[str, str] | None = None,
) -> list[Field]:
    """The fields of a step; what is `preset` goes along unseen, what is `initial` is filled in already."""
    columns = (*of(step).columns, Column("marking", "choice", words=markings(who)))
    mine = problem if problem is not None and problem.form == step else None
    given = dict(preset or {})
    names = [column.name for column in columns if column.name not in given]
    at = (mine.field if mine.field in names else names[0]) if mine else ""
    told = mine.posted if mine else initial or {}
    return [_field(column, told, mine.message if mine and column.name == at else "", given) for column in columns]


def markings(who: Reader) -> tuple[str, ...]:
    """The words of TLP up to the reader's ceiling."""
    return TLP[: TLP.index(who.ceiling.tlp) + 1]


def _field(column: Column, told: Mapping[str, str], error: str, preset: Mapping[str, str]) -> Field:
    if column.name in preset:
        return Field(column.name, "", "hidden", column.required, value=preset[column.name])
    kind = _KINDS.get(column.kind, "line")
    options = tuple((word, words.choice(word)) for word in column.words)
    return Field(
        name=column.name,
        label=words.label(column.name),
        kind=kind,
        required=column.required,
        options=(("", _("choose…")), *options) if kind == "choice" else options,
        value=told.get(column.name, ""),
        error=error,
    )
