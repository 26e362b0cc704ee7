"""A form as data, for the forms of every room: its fields, what was posted in them, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.language.markings import TLP
from verband.rooms.asking import page_language
from verband.rooms.people.services import Reader
from verband.rooms.problems import Problem

Options = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Field:
    """One field: `kind` is `line`, `text`, `date`, `number`, `choice` or `checks` (several of the options)."""

    name: str
    label: str
    kind: str = "line"
    options: Options = ()
    required: bool = True
    help: str = ""
    value: str = ""
    values: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Form:
    """A form that posts the act of that name. `number` is the row that it acts on, `at` what its page is about."""

    act: str
    title: str
    button: str
    fields: tuple[Field, ...]
    at: str = ""
    number: str = ""
    about: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """The start of the ids of its fields; one form stands once on a page for each row."""
        return f"{self.act}-{self.number}" if self.number else self.act

    @property
    def wrong(self) -> bool:
        """Whether something in it is wrong."""
        return any(field.error for field in self.fields)


def bound(form: Form, problem: Problem | None) -> Form:
    """The form with what was posted in it and the error beside its field; beside the first one where none is named."""
    if problem is None or problem.form != form.id:
        return form
    names = [field.name for field in form.fields]
    at = problem.field if problem.field in names else names[0] if names else ""
    fields = []
    for field in form.fields:
        posted = problem.posted.get(field.name, [])
        error = problem.message if field.name == at else ""
        fields.append(replace(field, value=posted[0] if posted else "", values=tuple(posted), error=error))
    return replace(form, fields=tuple(fields))


def filled(form: Form, values: Mapping[str, str], several: Mapping[str, tuple[str, ...]]) -> Form:
    """The form with those values in its fields."""
    fields = (
        replace(field, value=values.get(field.name, field.value), values=several.get(field.name, field.values))
        for field in form.fields
    )
    return replace(form, fields=tuple(fields))


def options(name: str, *, only: tuple[str, ...] = ()) -> Options:
    """The words of a catalogue as options."""
    labels = catalogue(name).labels(page_language())
    return tuple((key, word) for key, word in labels.items() if not only or key in only)


def with_blank(found: Options) -> Options:
    """The options with an empty one in front, so that nothing is chosen by itself."""
    return (("", _("choose…")), *found)


def marking(who: Reader, *, least: str = TLP[0]) -> Field:
    """The marking, from that of what it rests on up to the reader's own."""
    words = TLP[TLP.index(least) : TLP.index(who.ceiling.tlp) + 1]
    return Field("marking", _("Marking"), "choice", tuple((word, f"TLP:{word}") for word in words))


def marking_to_choose(who: Reader) -> Field:
    """The marking of what rests on nothing: none is chosen by itself."""
    found = marking(who)
    return replace(found, options=with_blank(found.options))
