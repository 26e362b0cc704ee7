"""The forms on the page of an intervention."""

from __future__ import annotations

from django.utils.translation import gettext as _

from verband.rooms.forms import Field, Form, Options, marking, options, with_blank
from verband.rooms.people.services import Reader
from verband.rooms.response.incident_mode import modes
from verband.rooms.response.incident_mode.showing import ActionView, ModeView


def begin(who: Reader, origin: str, least: str) -> Form:
    """A new intervention at an incident or a campaign."""
    fields = (
        Field("title", _("Title")),
        Field("urgency", _("Now or soon?"), "choice", with_blank(options("incident_urgencies"))),
        Field("alert", _("What does the alert say?"), "text", help=_("No names of persons.")),
        Field(
            "alerted_at",
            _("When did the alert come?"),
            required=False,
            help=_("As 2026-11-28 21:05; empty is now. The clock runs from here."),
        ),
        Field("source", _("Who gave the alert?"), help=_("A function or organisation, no person.")),
        marking(who, least=least),
    )
    return Form("open", _("Begin an intervention"), _("Begin"), fields, at=origin)


def go_on(at: str, state: str) -> Form | None:
    """The next step but the last; None where that is the next one."""
    to = {modes.ALERT: modes.COORDINATION, modes.COORDINATION: modes.ACTIONS}.get(state)
    if to is None:
        return None
    names = {modes.COORDINATION: _("Go on to coordination"), modes.ACTIONS: _("Go on to actions")}
    fields = (Field("reason", _("Reason")),)
    return Form("go-on", names[to], names[to], fields, at=at, number=to)


def role(at: str, parties: Options) -> Form:
    """A part for an organisation."""
    fields = (
        Field("role", _("Part"), "choice", with_blank(options("incident_roles"))),
        Field("organisation", _("Organisation"), "choice", with_blank(parties)),
        Field("function", _("Function"), help=_("For example: officer on duty. No name.")),
    )
    return Form("role", _("Give a part…"), _("Keep"), fields, at=at)


def line(who: Reader, at: str, least: str) -> Form:
    """A line more in the log."""
    fields = (
        Field("kind", _("Kind"), "choice", with_blank(options("incident_log_kinds"))),
        Field("text", _("What happened or is known?"), "text", help=_("No names of persons.")),
        Field("happened_at", _("When?"), required=False, help=_("As 2026-11-28 21:05; empty is now.")),
        Field("source", _("From whom?"), help=_("A function, organisation or document.")),
        marking(who, least=least),
    )
    return Form("line", _("Add a line to the log"), _("Add the line"), fields, at=at)


def action(who: Reader, at: str, least: str, *, parties: Options, packages: Options) -> Form:
    """A new action."""
    fields = (
        Field("what", _("What exactly?"), "text"),
        Field("owner", _("Which organisation does it?"), "choice", with_blank(parties)),
        Field("track", _("Track"), "choice", with_blank(options("incident_tracks"))),
        Field(
            "gate",
            _("What does it need?"),
            "choice",
            with_blank(options("incident_gates")),
            help=_("Administrative and criminal: always the own law. Diplomatic: always a package."),
        ),
        Field(
            "route",
            _("Under which own law?"),
            "choice",
            (("", _("none")), *options("own_law_routes")),
            required=False,
            help=_("Criminal: police or public prosecution."),
        ),
        Field("authority", _("Which authority is competent?"), "choice", (("", _("none")), *parties), required=False),
        Field(
            "package",
            _("On which package?"),
            "choice",
            (("", _("none")), *packages),
            required=False,
            help=_("For the diplomatic track: it is executed on the political “yes” of that package."),
        ),
        Field(
            "why_none",
            _("Why is no decision needed?"),
            "text",
            required=False,
            help=_("Only in the track resilience, where nobody's rights are touched."),
        ),
        marking(who, least=least),
    )
    return Form("action", _("Write an action…"), _("Keep the action"), fields, at=at)


def move(move_name: str, at: str, one: ActionView) -> Form:
    """A move of an action."""
    reason = Field("reason", _("Reason"), "text")
    titles = {
        "advise": (_("Lay it before the authority…"), _("Lay before")),
        "decide": (_("Decide"), _("Decide in my name")),
        "rework": (_("Back in preparation…"), _("Back in preparation")),
        "execute": (_("Note that it was executed…"), _("It was executed")),
        "withdraw": (_("Withdraw the action…"), _("Withdraw")),
    }
    title, button = titles[move_name]
    fields: tuple[Field, ...] = (reason,)
    if move_name == "decide":
        fields = (
            Field("outcome", _("Decision"), "choice", with_blank(options("response_outcomes"))),
            Field("text", _("Text of the decision"), "text"),
            Field("conditions", _("Conditions"), "text", required=False),
            reason,
        )
    return Form(move_name, title, button, fields, at=at, number=one.row.key, about=one.row.what[:60])


def empty_track(at: str, track: str, name: str) -> Form:
    """Why a track has no action."""
    fields = (Field("reason", _("Why is there none?"), "text"),)
    return Form("empty-track", _("Say why it is empty…"), _("Keep"), fields, at=at, number=track, about=name)


def hand_over(who: Reader, view: ModeView, least: str, parties: Options) -> Form:
    """The hand-over, with the actions that may go on with their owner."""
    running = tuple((one.row.key, one.row.what[:80]) for one in view.actions if not one.ended)
    older = view.hand_over
    fields = [
        Field("organisation", _("To which organisation?"), "choice", with_blank(parties)),
        Field("function", _("To which function?"), value=older.function if older else ""),
        Field("situation", _("How does it stand?"), "text", value=older.situation if older else ""),
        Field("open_points", _("What is open?"), "text", value=older.open_points if older else ""),
        Field("agreements", _("What was agreed, with whom?"), "text", value=older.agreements if older else ""),
        Field("material", _("Where is the material?"), "text", value=older.material if older else ""),
    ]
    if running:
        fields.append(
            Field(
                "passed_on",
                _("Which actions go on with their owner?"),
                "checks",
                running,
                required=False,
                help=_("Every other action has to be ended before closing."),
            )
        )
    fields.append(marking(who, least=least))
    title = _("Write the hand-over anew…") if older else _("Write the hand-over…")
    return Form("hand-over", title, _("Keep the hand-over"), tuple(fields), at=view.key)


def close(at: str) -> Form:
    """The last step."""
    return Form("close", _("Close"), _("Close the intervention"), (Field("reason", _("Reason")),), at=at)


def withdrawal(act: str, at: str, number: str, about: str) -> Form:
    """Taking a part or the whole back, with a reason."""
    title = _("Withdraw the intervention…") if act == "withdraw-mode" else _("Withdraw…")
    return Form(act, title, _("Withdraw"), (Field("reason", _("Reason")),), at=at, number=number, about=about)
