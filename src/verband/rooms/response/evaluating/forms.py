"""The forms on the pages of evaluation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verband.rooms.asking import page_language
from verband.rooms.forms import Field, Form, Options, marking, with_blank
from verband.rooms.people.services import Reader
from verband.rooms.response.evaluating import evaluations, framework
from verband.rooms.response.evaluating.evaluations import EvaluationView, LessonView


def evaluation(who: Reader, view: EvaluationView, least: str) -> Form:
    """The template for what is evaluated, with what an older evaluation says."""
    words, older = page_language(), view.row
    asked = tuple(
        Field(one.key, one.label(words), "text", value=older.answers.get(one.key, "") if older else "")
        for one in evaluations.questions(view.about.kind)
    )
    fields = (
        *asked,
        Field(
            "why_no_action",
            _("Why does no action follow?"),
            "text",
            required=False,
            help=_("Only where the lessons ask for none; otherwise add actions below."),
            value=older.why_no_action if older else "",
        ),
        Field("source", _("What does this rest on?"), "text", value=older.source if older else ""),
        marking(who, least=least),
    )
    title = _("Write the evaluation anew…") if older else _("Write the evaluation")
    return Form("write", title, _("Keep the evaluation"), fields, at=view.about.subject, number=view.about.kind)


def lesson(at: str, kind: str, number: str, parties: Options) -> Form:
    """An action from a lesson."""
    fields = (
        Field("lesson", _("Which lesson?"), "text"),
        Field("what", _("What has to be done?"), "text"),
        Field("owner", _("Which organisation does it?"), "choice", with_blank(parties)),
        Field("due_on", _("By when?"), "date"),
    )
    return Form(f"lesson-{kind}", _("Make an action of a lesson"), _("Keep the action"), fields, at=at, number=number)


def mark(at: str, kind: str, one: LessonView) -> Form:
    """That an action is done, or open again."""
    act, title = ("open", _("Open it again…")) if one.done else ("done", _("It is done…"))
    label = _("What has to be done still?") if one.done else _("What shows that it is done?")
    fields = (Field("reason", label, "text"),)
    return Form(f"{act}-{kind}", title, _("Keep"), fields, at=at, number=one.row.key, about=one.row.what[:60])


def close(at: str) -> Form:
    """Closing the case on its evaluation."""
    return Form("close", _("Close the case"), _("Close the case"), (Field("reason", _("Reason")),), at=at)


def reopen(at: str) -> Form:
    """Opening a closed case again."""
    return Form("reopen", _("Open the case again…"), _("Open again"), (Field("reason", _("Reason")),), at=at)


def version(who: Reader) -> Form:
    """A new version of the framework, as a pilot."""
    fields = (
        Field("version", _("Name of the version"), help=_("For example 2026.1.")),
        Field("reason", _("What is new, and why a pilot?"), "text"),
        marking(who),
    )
    return Form("pilot", _("Begin a version as a pilot"), _("Begin"), fields)


def step(one: framework.VersionView) -> Form | None:
    """The next step of a version; None after the last."""
    to = framework.next_state(one.state)
    if not to:
        return None
    names = {framework.EVALUATED: _("It is evaluated…"), framework.LIVE: _("It goes live…")}
    fields = (Field("reason", _("Reason"), "text"),)
    return Form(to, names[to], _("Keep the step"), fields, number=one.version, about=one.version)
