"""The forms on the pages of the registers, made from what each register holds."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from verband.rooms.asking import page_language
from verband.rooms.forms import Field, Form, Options, marking, with_blank
from verband.rooms.people.services import Reader
from verband.rooms.response.registers import offering
from verband.rooms.response.registers.kinds import BEGIN, Register, RegisterField, State, register
from verband.rooms.response.registers.models import RegisterStep
from verband.rooms.response.registers.reading import EntryView, Slot


def add(who: Reader, of: Register, slots: tuple[Slot, ...]) -> Form:
    """A new entry with its first step."""
    fields = (
        Field("title", _("Text of the point") if of.slots else _("Title"), "text" if of.slots else "line"),
        *(_field(one, slots) for one in of.field),
        *_step(of, of.next_states(BEGIN)),
        marking(who),
    )
    return Form("add", _("Enter something"), _("Keep"), fields)


def step(who: Reader, view: EntryView) -> Form | None:
    """The next step of an entry; None where none may follow."""
    allowed = view.of.next_states(view.state)
    if not allowed:
        return None
    fields = (*_step(view.of, allowed), marking(who, least=view.row.marking.value().tlp))
    return Form("step", _("Note the next step"), _("Keep"), fields, at=view.key, number=view.key)


def withdraw(view: EntryView) -> Form:
    """Taking an entry back."""
    fields = (Field("reason", _("Reason")),)
    return Form("withdraw", _("Withdraw this entry…"), _("Withdraw"), fields, at=view.key, number=view.key)


def withdraw_step(view: EntryView, row: RegisterStep) -> Form:
    """Taking the newest step back."""
    fields = (Field("reason", _("Reason")),)
    title, about = _("Withdraw…"), view.of.state_words(row.state, page_language())
    return Form("withdraw-step", title, _("Withdraw"), fields, at=view.key, number=row.key, about=about)


def file(who: Reader) -> Form:
    """The marking of a file; the file itself stands beside it on the page."""
    return Form("import", _("Bring in a csv file"), _("Bring in"), (marking(who),))


def of_option(who: Reader, day: date, instrument: str) -> tuple[Field, ...]:
    """What an option may take from the registers: a coalition for its channel, and a basis that is in force."""
    words = page_language()
    subjects = register(offering.COALITIONS).field[0]
    known: Options = tuple(
        (one.key, f"{one.title(words)} ({subjects.shown(one.value('subject'), words)})")
        for one in offering.coalitions(who)
    )
    coalition = Field(
        "coalition",
        _("Which registered coalition?"),
        "choice",
        (("", _("none")), *known),
        required=False,
        help=_("Goes with the channel coalition alone; the register of coalitions holds them."),
    )
    found = offering.bases(who, day, instrument=instrument)
    ready: Options = tuple((one.entry.key, one.entry.title(words)) for one in found if one.in_force)
    waits = [
        f"{one.entry.title(words)} ({one.entry.of.state_words(one.entry.state, words)})"
        for one in found
        if not one.in_force
    ]
    told = _("Not in force, so not to be chosen: %(laws)s.") % {"laws": "; ".join(waits)} if waits else ""
    basis = Field(
        "basis",
        _("Legal basis from the register"),
        "choice",
        (("", _("none from the register")), *ready),
        required=False,
        help=told or _("What is not yet in force cannot be chosen."),
    )
    return coalition, basis


def _field(one: RegisterField, slots: tuple[Slot, ...]) -> Field:
    words = page_language()
    if one.kind == "number":
        free: Options = tuple((str(slot.number), str(slot.number)) for slot in slots if slot.entry is None)
        return Field(one.name, one.label(words), "choice", with_blank(free))
    help_text = one.help_nl if words == "nl" else one.help_en
    if one.kind == "choice":
        found: Options = tuple(one.choices(words).items())
        blank = with_blank(found) if one.required else (("", "–"), *found)
        return Field(one.name, one.label(words), "choice", blank, required=one.required, help=help_text)
    return Field(one.name, one.label(words), one.kind, required=one.required, help=help_text)


def _step(of: Register, allowed: tuple[State, ...]) -> tuple[Field, ...]:
    words = page_language()
    states: Options = tuple((one.key, one.label(words)) for one in allowed)
    until: tuple[Field, ...] = ()
    if any(one.until for one in allowed):
        asked = [one.label(words) for one in allowed if one.until == "required"]
        needed = _("Needed with: %(states)s.") % {"states": ", ".join(asked)} if asked else ""
        until = (Field("until", of.text("until", words) or _("Look again by"), "date", required=False, help=needed),)
    return (
        Field("state", _("State"), "choice", with_blank(states)),
        Field(
            "happened",
            _("When?"),
            help=_("A year, a month or a day, as the source states it: 2022, 2022-10, 2022-10-31."),
        ),
        *until,
        Field("text", _("What was said or done?"), "text", required=False),
        Field("certainty", _("How sure, in the words of the source?"), required=False),
        Field("source", _("Source, with the place in it"), "text"),
    )
