"""The forms of a decision of attribution and of a note about the threshold."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from verband.rooms.campaigns import ladder
from verband.rooms.forms import Field, Form, marking, options, with_blank
from verband.rooms.people.services import Reader
from verband.rooms.response.attributing import deciding
from verband.rooms.response.attributing.reviewed import POLITICAL, NoteView


def decision(who: Reader, at: str, level: str, least: str, day: date) -> Form:
    """A decision on the political or the public level."""
    floors = options("confidence", only=deciding.floors())
    fields = (
        Field("statement", _("Text of the statement"), "text"),
        Field("certainty", _("How sure, in the words of the statement?")),
        Field("confidence", _("Our own confidence"), "choice", with_blank(options("confidence"))),
        Field(
            "floor",
            _("Floor: below it the dissent is said"),
            "choice",
            floors,
            value=ladder.FLOOR,
            help=_("With less confidence than this the dissent stands with the statement."),
        ),
        Field("dissent", _("Who sees it otherwise, and why?"), "text", required=False, help=_("No names of persons.")),
        Field(
            "coordinated",
            _("Alone or with partners?"),
            "choice",
            (("", _("choose…")), (deciding.ALONE, _("alone")), (deciding.TOGETHER, _("with partners"))),
        ),
        Field("partners", _("Partners"), "text", required=False, help=_("States or organisations, one on a line.")),
        Field(
            "statement_on",
            _("Day of the statement"),
            "date",
            required=False,
            help=_("Needed with partners: everybody says it on one day."),
            value=day.isoformat() if level == "public" else "",
        ),
        Field("source", _("What does this rest on?"), "text"),
        Field("reason", _("Reason"), "text"),
        marking(who, least=least),
    )
    titles = {"political": _("Decide on the political level"), "public": _("Decide on the public level")}
    return Form("decide", titles[level], _("Decide in my name"), fields, at=at, number=level)


def withdrawal(act: str, at: str, number: str, about: str) -> Form:
    """Taking a decision or a note back, with a reason."""
    fields = (Field("reason", _("Reason")),)
    return Form(act, _("Withdraw…"), _("Withdraw"), fields, at=at, number=number, about=about)


def note(who: Reader, at: str, least: str) -> Form:
    """A note about the threshold. No level is filled in."""
    fields = (
        Field(
            "level",
            _("Where does a person put this?"),
            "choice",
            with_blank(options("threshold_levels")),
            help=_("The software never chooses or proposes a level."),
        ),
        Field("grounds", _("On what grounds?"), "text"),
        Field("support", _("NATO counter-hybrid support team"), "choice", options("support_requests")),
        Field("consultation", _("What is brought to consultation?"), "text", required=False),
        Field("source", _("What does this rest on?"), "text"),
        marking(who, least=least),
    )
    return Form("note", _("Write a note"), _("Keep the note"), fields, at=at)


def review(at: str, kind: str, view: NoteView) -> Form:
    """The legal or the political review of a note."""
    fields = (
        Field("outcome", _("What does the review say?"), "choice", with_blank(options("review_outcomes"))),
        Field("text", _("Why?"), "text"),
        Field("function", _("In which function?"), help=_("No name.")),
    )
    title = _("Political review") if kind == POLITICAL else _("Legal review")
    return Form(f"review-{kind}", title, _("Keep the review"), fields, at=at, number=view.row.key, about=title)
