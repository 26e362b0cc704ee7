"""The forms of the register, made of the columns of its kinds, with what was posted and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from verband.language.markings import TLP, Marking
from verband.rooms.measures.reading import MeasureView
from verband.rooms.measures.register import words
from verband.rooms.measures.register.kinds import KINDS, PROPOSAL, Column
from verband.rooms.measures.register.words import Options
from verband.rooms.people.services import Reader
from verband.rooms.problems import Problem


@dataclass(frozen=True)
class Field:
    """One field: `kind` is `line`, `text`, `day`, `choice` or `checks`; `values` are what stands in it."""

    name: str
    label: str
    kind: str
    options: Options = ()
    required: bool = True
    help: str = ""
    values: tuple[str, ...] = ()
    error: str = ""

    @property
    def value(self) -> str:
        """The first of its values; empty where there is none."""
        return self.values[0] if self.values else ""


@dataclass(frozen=True)
class Form:
    """A form that posts `act` about `measure`; `open` where something in it is wrong."""

    act: str
    title: str
    button: str
    fields: tuple[Field, ...]
    measure: str = ""

    @property
    def open(self) -> bool:
        """Whether something in it is wrong."""
        return any(field.error for field in self.fields)


def of_kind(
    kind: str, view: MeasureView, who: Reader, *, others: Options, kinds_of: Options = (), problem: Problem | None
) -> Form:
    """The form of a kind of row about a measure; `others` are the measures that it can be put against."""
    fields = [_field(column, kind, others, kinds_of) for column in KINDS[kind].columns]
    fields += [Field("source", words.label("source"), "line"), _marking(who, view.marking)]
    return _bound(Form(kind, words.acts()[kind], _("Keep"), tuple(fields), view.key), problem)


def proposal(who: Reader, *, kinds_of: Options, problem: Problem | None) -> Form:
    """The form by which a measure is proposed."""
    fields = [_field(column, "", (), kinds_of) for column in PROPOSAL]
    fields += [Field("source", words.label("source"), "line"), _marking(who, None)]
    return _bound(Form("propose", _("propose a measure…"), _("Propose it"), tuple(fields)), problem)


def _field(column: Column, kind: str, others: Options, kinds_of: Options) -> Field:
    options: Options = ()
    if column.kind == "measure":
        options = others
    elif column.kind in ("choice", "checks"):
        options = words.options(column) if column.of or column.words else kinds_of
    if column.kind in ("choice", "measure"):
        options = (("", _("choose…")), *options)
    shape = "choice" if column.kind == "measure" else column.kind
    label, below = words.label(column.name, kind), words.helped(column.name, kind)
    return Field(column.name, label, shape, options, column.required, below)


def _marking(who: Reader, least: Marking | None) -> Field:
    """From the marking of what it rests on up to the writer's own; to be chosen where it rests on nothing."""
    known = TLP[TLP.index(least.tlp) if least else 0 : TLP.index(who.ceiling.tlp) + 1]
    options = tuple((word, f"TLP:{word}") for word in known)
    return Field("marking", words.label("marking"), "choice", options if least else (("", _("choose…")), *options))


def _bound(form: Form, problem: Problem | None) -> Form:
    """The form with what was posted in it and the error beside its field; beside the first where none is named."""
    if problem is None or problem.form != form.act:
        return form
    names = [field.name for field in form.fields]
    at = problem.field if problem.field in names else names[0]
    return replace(
        form,
        fields=tuple(
            replace(
                field,
                values=tuple(problem.posted.get(field.name, ())),
                error=problem.message if field.name == at else "",
            )
            for field in form.fields
        ),
    )
