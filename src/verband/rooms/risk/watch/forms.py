"""The forms on the pages of watching."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from verband.language.markings import TLP
from verband.rooms.forms import Field, Form, Options, marking, marking_to_choose, options, with_blank
from verband.rooms.people.services import Reader


def theme() -> Field:
    """The choice of a theme."""
    return Field("theme", _("Theme"), "choice", with_blank(options("themes")))


def no_persons() -> str:
    """What stands under a field in which persons and lawful gatherings are refused."""
    return _("No persons, no single lawful gathering. A bare name is not recognised: leave it out yourself.")


def check(who: Reader) -> Form:
    """The yearly check of an interest."""
    return Form(
        "check",
        _("Check an interest"),
        _("Keep the check"),
        (
            Field("interest", _("Interest"), "choice", with_blank(options("interests"))),
            Field("verdict", _("Are the parties equipped?"), "choice", with_blank(options("adequacy"))),
            Field("evidence", _("What does it rest on?"), "text"),
            Field("follow_up", _("Action that follows"), "text", required=False, help=_("Needed with “not equipped”.")),
            Field(
                "downside",
                _("What speaks against it"),
                "text",
                required=False,
                help=_("Every choice has a downside: cost, freedom, flexibility. Needed with an action."),
            ),
            Field(
                "existing",
                _("Which existing measure does it use, or why does none do?"),
                "text",
                required=False,
                help=_("What exists comes first. Needed with an action."),
            ),
            Field("function", _("It serves to"), "choice", with_blank(options("measure_functions")), required=False),
            Field("owner", _("Who does it"), required=False, help=_("A function or organisation.")),
            Field("due_on", _("By when"), "date", required=False),
            marking_to_choose(who),
        ),
    )


def follow_up_done(number: int, about: str) -> Form:
    """That the action after a check is done."""
    fields = (Field("result", _("What came of it?"), "text"),)
    return Form("done", _("It is done…"), _("Note it"), fields, number=str(number), about=about)


def scan(who: Reader) -> Form:
    """A new horizon scan."""
    fields = (
        Field("title", _("Name of the scan")),
        Field(
            "period_days",
            _("Days after which a trend is stale"),
            "number",
            value="365",
            help=_("A year is our own choice; no source states a period."),
        ),
        marking_to_choose(who),
    )
    return Form("scan", _("Open a scan"), _("Open"), fields)


def trend(who: Reader, scans: Options) -> Form:
    """A trend of a scan."""
    fields = (
        Field("scan", _("Scan"), "choice", scans),
        theme(),
        Field("title", _("Trend")),
        Field("text", _("What is happening"), "text", help=no_persons()),
        Field("source", _("Source")),
        Field("horizon", _("Horizon"), "choice", with_blank(options("horizons"))),
        Field("observed", _("Observed"), help=_("A day, month or year: 2026-05-03, 2026-05 or 2026.")),
        marking_to_choose(who),
    )
    return Form("trend", _("Write down a trend"), _("Write down"), fields)


def look(number: int, about: str) -> Form:
    """That somebody looked at a trend."""
    fields = (Field("seen", _("What did you see?")),)
    return Form("look", _("I looked…"), _("Note it"), fields, number=str(number), about=about)


def indicator(who: Reader) -> Form:
    """A warning indicator with its rule."""
    expected = tuple(
        Field(f"expected-{key}", word, "choice", (("", _("not judged")), *options("consistency")), required=False)
        for key, word in options("hypotheses")
    )
    fields = (
        Field(
            "statement", _("What would be a sign?"), "text", help=_("Conduct or means, never a person or lawful act.")
        ),
        theme(),
        Field("collectable", _("Where can it be seen?")),
        Field("observer", _("Who may lawfully look?")),
        Field("lawful_ground", _("On what ground?")),
        Field("unit", _("What is counted")),
        Field("direction", _("Worse is"), "choice", (("rising", _("more of it")), ("falling", _("less of it")))),
        Field("raised_at", _("Raised from"), "number"),
        Field("high_at", _("High from"), "number", required=False),
        Field("margin", _("Margin on the way back"), "number", value="0"),
        Field("in_a_row", _("Observations in a row"), "number", value="2"),
        Field("look_days", _("Look every … days"), "number", value="30"),
        Field("expires_on", _("Last day"), "date"),
        marking_to_choose(who),
        *expected,
    )
    return Form("indicator", _("Set an indicator"), _("Set"), fields)


def observation(number: int, today: date) -> Form:
    """What somebody saw when he looked for an indicator."""
    fields = (
        Field("observed_on", _("Day"), "date", value=today.isoformat()),
        Field("value", _("Value"), "number"),
        Field("seen", _("What did you see?"), "text", help=no_persons()),
    )
    return Form("observe", _("I looked"), _("Note it"), fields, number=str(number), at=str(number))


def confirmation(number: int, level: str, word: str) -> Form:
    """The confirmation of the level that the rule proposes."""
    fields = (
        Field("level", _("Level"), "choice", ((level, word),)),
        Field("reason", _("Why do you agree?"), "text"),
    )
    return Form("confirm", _("Confirm the level"), _("Confirm"), fields, number=str(number), at=str(number))


def outcome(number: int, today: date) -> Form:
    """What an indicator did in hindsight."""
    fields = (
        Field("outcome", _("In hindsight"), "choice", with_blank(options("warning_outcomes"))),
        Field("happened_on", _("Day"), "date", value=today.isoformat()),
        Field("text", _("What happened?"), "text", help=no_persons()),
    )
    return Form("outcome", _("Log a miss or a false alarm"), _("Log it"), fields, number=str(number), at=str(number))


def plan(who: Reader, indicators: Options) -> Form:
    """A watch plan for an attention moment."""
    looked = Field("indicators", _("Indicators"), "checks", indicators, required=False)
    fields = (
        Field("title", _("Attention moment")),
        Field("kind", _("Kind"), "choice", with_blank(options("moment_kinds"))),
        theme(),
        Field("watched", _("What is watched"), "text", help=no_persons()),
        Field("starts_on", _("First day"), "date"),
        Field("ends_on", _("Last day"), "date", help=_("The plan ends by itself after this day.")),
        Field("review_on", _("Day of review"), "date"),
        marking_to_choose(who),
        *((looked,) if indicators else ()),
    )
    return Form("plan", _("Make a watch plan"), _("Make it"), fields)


def plan_step(step: str, number: int, about: str) -> Form:
    """A step of a plan: `extend`, `close` or `review`."""
    reason = Field("reason", _("Reason"), "text")
    if step == "extend":
        fields: tuple[Field, ...] = (Field("ends_on", _("New last day"), "date"), reason)
        return Form("extend", _("extend…"), _("Extend"), fields, number=str(number), about=about)
    if step == "close":
        return Form("close", _("close now…"), _("Close"), (reason,), number=str(number), about=about)
    found = Field("reason", _("What did the review find?"), "text", help=no_persons())
    return Form("review", _("review…"), _("Keep the review"), (found,), number=str(number), about=about)


def situation(who: Reader) -> Form:
    """A new shared picture."""
    fields = (
        Field("title", _("Title")),
        theme(),
        Field("valid_until", _("Holds until"), "date"),
        marking_to_choose(who),
    )
    return Form("picture", _("Begin a picture"), _("Begin"), fields)


def line(number: int) -> Form:
    """A statement of a picture."""
    fields = (
        Field("text", _("Statement"), "text", help=no_persons()),
        Field("source", _("Source")),
    )
    return Form("line", _("Add a statement"), _("Add"), fields, number=str(number), at=str(number))


def proposal(number: int) -> Form:
    """Laying a picture before the parties."""
    return Form("propose", _("Propose"), _("Propose to the parties"), (), number=str(number), at=str(number))


def voice(number: int, at: int, about: str) -> Form:
    """What one's own organisation says of a statement."""
    verdicts = (("endorse", _("we endorse it")), ("dissent", _("we dissent")))
    fields = (
        Field("verdict", _("Your organisation"), "choice", with_blank(verdicts)),
        Field("reason", _("Reason")),
    )
    return Form("speak", _("endorse or dissent…"), _("Say so"), fields, number=str(number), at=str(at), about=about)


def scope(who: Reader, least: str, values: Mapping[str, str], areas: Mapping[str, str]) -> Form:
    """The scope test: outcome, way, reasons and the domains that were asked."""
    answers = (("", _("not asked")), ("asked", _("asked, not touched")), ("touched", _("touched")))
    steps = (("reasoned", _("reasons are complete")), ("draft", _("draft")))
    asked = tuple(
        Field(f"area-{key}", word, "choice", answers, required=False, value=areas.get(key, ""))
        for key, word in options("domains")
    )
    fields = (
        Field("outcome", _("Is national security at stake?"), "choice", with_blank(options("scope_outcomes"))),
        Field("route", _("In what way?"), "choice", with_blank(options("scope_routes"))),
        Field("reasons", _("Reasons"), "text", help=no_persons()),
        Field("owner", _("Ordinary owner"), required=False, help=_("Needed with “neither”: who handles it further.")),
        Field("step", _("This is"), "choice", steps, value="reasoned"),
        marking_to_choose(who) if least == TLP[0] else marking(who, least=least),
        *asked,
    )
    filled = tuple(replace(one, value=values[one.name]) if values.get(one.name) else one for one in fields)
    return Form("scope", _("Write the test"), _("Keep it"), filled)


def scope_step(step: str) -> Form:
    """Reviewing or reopening a scope test."""
    if step == "scope-review":
        fields = (Field("reasons", _("What did you check?"), "text"),)
        return Form(step, _("Review"), _("Agree with the reasons"), fields)
    return Form(step, _("Reopen"), _("Reopen the test"), (Field("reasons", _("Reason"), "text"),))


def note(who: Reader) -> Form:
    """A phenomenon note."""
    fields = (
        Field("title", _("Phenomenon")),
        theme(),
        Field("text", _("What is seen, over time"), "text", help=no_persons()),
        Field("source", _("Source")),
        Field("chances", _("Chances: what is worth keeping open"), "text"),
        Field("risks", _("Risks"), "text"),
        Field("advice", _("Advice"), "text"),
        marking_to_choose(who),
    )
    return Form("note", _("Write a note"), _("Write"), fields)


def proxy(number: int, about: str, principals: tuple[str, ...], agents: tuple[str, ...]) -> Form:
    """A relation of a proxy in a phenomenon."""
    confidences = with_blank(options("confidence", only=("low", "moderate", "high")))
    fields = (
        Field("agent", _("Who acts"), "choice", options("actor_kinds", only=agents)),
        Field("principal", _("For whom"), "choice", options("actor_kinds", only=principals)),
        Field("confidence", _("Confidence"), "choice", confidences),
        Field("statement", _("What is stated"), "text", help=no_persons()),
        Field("source", _("Source")),
    )
    return Form("proxy", _("state a proxy…"), _("State it"), fields, number=str(number), about=about)


def level(who: Reader) -> Form:
    """A published threat level."""
    fields = (
        theme(),
        Field("level", _("Level as published")),
        Field("stated_on", _("Published on"), help=_("A day, month or year: 2026-05-03, 2026-05 or 2026.")),
        Field("text", _("In the words of the source"), "text"),
        Field("source", _("Source")),
        marking_to_choose(who),
    )
    return Form("level", _("Add a published level"), _("Add"), fields)


def withdrawal(kind: str, number: int, about: str, *, at: str = "") -> Form:
    """Taking a row back with a reason."""
    fields = (Field("reason", _("Reason to withdraw it")),)
    return Form(f"withdraw-{kind}", _("withdraw…"), _("Withdraw"), fields, number=str(number), at=at, about=about)
