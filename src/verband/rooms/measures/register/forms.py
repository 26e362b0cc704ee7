"""The forms of the register, made of the columns of its kinds, with what was posted and what is wrong with it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verband.rooms.forms import Field, Form, Options, bound, marking, marking_to_choose, with_blank
from verband.rooms.measures.reading import MeasureView
from verband.rooms.measures.register import words
from verband.rooms.measures.register.kinds import KINDS, PROPOSAL, Column
from verband.rooms.people.services import Reader
from verband.rooms.problems import Problem


def of_kind(
    kind: str, view: MeasureView, who: Reader, *, others: Options, kinds_of: Options = (), problem: Problem | None
) -> Form:
    """The form of a kind of row about a measure; `others` are the measures that it can be put against."""
    fields = [_field(column, kind, others, kinds_of) for column in KINDS[kind].columns]
    fields += [Field("source", words.label("source")), marking(who, least=view.marking.tlp)]
    return bound(Form(kind, words.acts()[kind], _("Keep"), tuple(fields), view.key), problem)


def proposal(who: Reader, *, kinds_of: Options, problem: Problem | None) -> Form:
    """The form by which a measure is proposed."""
    fields = [_field(column, "", (), kinds_of) for column in PROPOSAL]
    fields += [Field("source", words.label("source")), marking_to_choose(who)]
    return bound(Form("propose", _("propose a measure…"), _("Propose it"), tuple(fields)), problem)


def _field(column: Column, kind: str, others: Options, kinds_of: Options) -> Field:
    options: Options = ()
    if column.kind == "measure":
        options = others
    elif column.kind in ("choice", "checks"):
        options = words.options(column) if column.of or column.words else kinds_of
    if column.kind in ("choice", "measure"):
        options = with_blank(options)
    shape = {"measure": "choice", "day": "date"}.get(column.kind, column.kind)
    label, below = words.label(column.name, kind), words.helped(column.name, kind)
    return Field(column.name, label, shape, options, column.required, below)
