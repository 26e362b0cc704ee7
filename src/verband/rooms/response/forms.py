"""The forms on the pages of response."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from verband.language.instruments import Instrument
from verband.rooms.asking import page_language
from verband.rooms.forms import Field, Form, Options, filled, marking, options, with_blank
from verband.rooms.people.services import Reader
from verband.rooms.response import machine
from verband.rooms.response.models import Indicator, Option
from verband.rooms.response.options import OWN
from verband.rooms.response.registers import forms as registers


def case(who: Reader, origin: str, least: str) -> Form:
    """A new case about an origin."""
    fields = (
        Field("title", _("Title")),
        Field("question", _("What is asked?"), "text"),
        Field("aims", _("What should it do?"), "checks", options("response_goals")),
        Field("accents", _("Which accents does it touch?"), "checks", options("accents")),
        Field(
            "severity",
            _("How serious is it?"),
            "choice",
            with_blank(options("response_severities")),
            help=_("Our own words: the thresholds of the framework are not public."),
        ),
        Field("severity_reason", _("Why so serious?"), "text"),
        Field("answer_by", _("Answer wanted by"), "date", required=False),
        marking(who, least=least),
    )
    return Form("case", _("Open a case"), _("Open"), fields, at=origin)


def area(at: str, asked: Options) -> Form:
    """That a policy area was asked, or what it answered."""
    fields = (
        Field("area", _("Policy area"), "choice", with_blank(asked)),
        Field("answer", _("What happened?"), "choice", (("asked", _("it was asked")), ("answered", _("it answered")))),
        Field("text", _("What it answered"), "text", required=False, help=_("Needed with an answer.")),
        Field("party", _("Who was asked or answered?"), help=_("A function or organisation, no person.")),
    )
    return Form("area", _("Ask a policy area"), _("Keep"), fields, at=at)


def option(who: Reader, at: str, least: str, chosen: Instrument | None, day: date, *, day_now: date) -> Form:
    """A new option with that instrument; None for an own one. What the catalogue knows is filled in.

    `day` is when an indicator is looked at; what is in force on `day_now` is offered as a basis.
    """
    words = page_language()
    channels = options("response_channels", only=chosen.channels if chosen else ())
    own = (
        ()
        if chosen
        else (
            Field("own_name", _("What is the instrument called?")),
            Field("why_new", _("Why do the existing instruments not do?"), "text"),
            Field(
                "own_legal_basis", _("On which legal basis?"), "text", help=_("Text, article, and where it was read.")
            ),
            Field("own_gate", _("Who decides?"), "choice", with_blank(options("response_gates"))),
        )
    )
    fields = (
        *own,
        Field("what", _("What exactly?"), "text"),
        Field("owner", _("Who does it?"), value=chosen.text("owner", words) if chosen else ""),
        Field(
            "goals",
            _("What is it for?"),
            "checks",
            options("response_goals"),
            values=chosen.goals if chosen else (),
        ),
        Field(
            "theory", _("Why should it work?"), "text", help=_("From the step to the change in the other's conduct.")
        ),
        Field("channel", _("Channel"), "choice", channels, help=_("EU and NATO first; national only needs reasons.")),
        Field(
            "eu_type",
            _("Type in the EU hybrid toolbox"),
            "choice",
            (("", _("not through the EU")), *options("eu_hybrid_types")),
            required=False,
            help=_("Exactly one when the channel is the EU."),
        ),
        *registers.of_option(who, day_now, chosen.key if chosen else ""),
        Field(
            "proportionality",
            _("Why is it in proportion?"),
            "text",
            required=False,
            help=_("Needed before it is submitted."),
        ),
        Field(
            "alternative",
            _("What would be less intrusive?"),
            "text",
            required=False,
            help=_("Needed before it is submitted."),
        ),
        Field("chances", _("Chances"), "text", required=False, help=_("Needed before it is submitted.")),
        Field("risks", _("Risks"), "text", required=False, help=_("Needed before it is submitted.")),
        Field("downside", _("What does it cost?"), "text", help=_("Every choice has a downside.")),
        Field("reaction", _("What will the other side do?"), "text"),
        Field(
            "reversibility",
            _("Can it be taken back?"),
            "choice",
            options("reversibilities"),
            value=chosen.reversibility if chosen else "not_known",
        ),
        Field("indicator", _("What would show that it works?"), "text", required=False),
        Field("observe_on", _("When do we look?"), "date", required=False, value=day.isoformat()),
        Field("source", _("What does this rest on?"), "text"),
        marking(who, least=least),
    )
    title = chosen.label(words) if chosen else _("an instrument of our own")
    button = _("Keep the option")
    return Form("option", title, button, fields, at=at, number=chosen.key if chosen else OWN)


def replacement(form: Form, row: Option) -> Form:
    """The form of an option with what an older one says, which it replaces."""
    names = "own_name why_new own_legal_basis what owner theory channel eu_type proportionality alternative chances "
    names += "risks downside reaction reversibility source basis coalition"
    values = {name: str(getattr(row, name)) for name in names.split()}
    values |= {"own_gate": row.gate, "marking": row.marking.tlp, "indicator": "", "observe_on": ""}
    made = filled(form, values, {"goals": tuple(row.goals)})
    return Form("replace", made.title, _("Keep it instead of the older one"), made.fields, at=form.at, number=row.key)


def indicator(at: str, row: Option, day: date, about: str) -> Form:
    """An indicator more for an option."""
    fields = (
        Field("indicator", _("What would show that it works?"), "text"),
        Field("observe_on", _("When do we look?"), "date", value=day.isoformat()),
    )
    return Form("indicator", _("Add an indicator…"), _("Add"), fields, at=at, number=row.key, about=about)


def withdrawal(act: str, at: str, number: str, about: str) -> Form:
    """Taking a row back, with a reason."""
    fields = (Field("reason", _("Reason")),)
    title = _("Withdraw the case…") if act == "withdraw-case" else _("Withdraw…")
    return Form(act, title, _("Withdraw"), fields, at=at, number=number, about=about)


def legal_basis(who: Reader, number: str, about: str, missing: Sequence[str]) -> Form:
    """The legal basis of an instrument, as somebody looked it up."""
    owner = (Field("owner", _("Who owns it?")),) if "owner" in missing else ()
    fields = (
        Field("basis", _("Which text and article?"), "text", help=_("As a lawyer read it; nothing is filled in.")),
        *owner,
        Field("source", _("Where was it read?")),
        marking(who),
    )
    return Form("legal-basis", _("Keep its legal basis…"), _("Keep"), fields, number=number, about=about)


def pillar_reason(who: Reader, at: str, least: str, empty: tuple[str, ...]) -> Form:
    """Why a pillar of the FIMI toolbox has no measure."""
    fields = (
        Field("pillar", _("Pillar"), "choice", with_blank(options("fimi_pillars", only=empty))),
        Field("reason", _("Why is there no measure?"), "text"),
        Field("source", _("What does this rest on?")),
        marking(who, least=least),
    )
    return Form("pillar-reason", _("Say why a pillar is empty…"), _("Keep"), fields, at=at)


def package(who: Reader, at: str, least: str, offered: Options, parties: Options) -> Form:
    """A new package of options."""
    fields = (
        Field("title", _("Name of the package")),
        Field("options", _("Which options?"), "checks", offered, help=_("All behind the same gate.")),
        Field(
            "route",
            _("Under which own law?"),
            "choice",
            (("", _("none: a political decision")), *options("own_law_routes")),
            required=False,
        ),
        Field(
            "authority",
            _("Which authority is competent?"),
            "choice",
            (("", _("none: a political decision")), *parties),
            required=False,
        ),
        marking(who, least=least),
    )
    return Form("package", _("Put a package together"), _("Put together"), fields, at=at)


def put_in(at: str, number: str, offered: Options, about: str) -> Form:
    """An option more in a package."""
    fields = (Field("option", _("Option"), "choice", offered),)
    return Form("include", _("Put an option in…"), _("Put in"), fields, at=at, number=number, about=about)


def take_out(at: str, number: str, held: Options, about: str) -> Form:
    """An option out of a package."""
    fields = (Field("option", _("Option"), "choice", held), Field("reason", _("Reason")))
    return Form("leave-out", _("Take an option out…"), _("Take out"), fields, at=at, number=number, about=about)


def move(action: str, at: str, number: str, about: str, *, national: bool, single_area: bool) -> Form:
    """The form of a move of a package."""
    reason = Field("reason", _("Reason"), "text")
    titles = {
        "advise": (_("Submit with advice"), _("Submit")),
        "decide": (_("Decide"), _("Decide in my name")),
        "rework": (_("Back in preparation…"), _("Back in preparation")),
        "execute": (_("Note that it was executed"), _("It was executed")),
        "follow": (_("Judge the effects"), _("It was followed")),
        "close": (_("Close"), _("Close")),
        "withdraw": (_("Withdraw the package…"), _("Withdraw")),
    }
    title, button = titles[action]
    fields: tuple[Field, ...] = (reason,)
    if action == "advise":
        fields = _advice(national, single_area) + fields
    if action == machine.DECIDE:
        fields = (
            Field("outcome", _("Decision"), "choice", with_blank(options("response_outcomes"))),
            Field("text", _("Text of the decision"), "text"),
            Field("conditions", _("Conditions"), "text", required=False),
            reason,
        )
    return Form(action, title, button, fields, at=at, number=number, about=about)


def effect(at: str, number: str, watched: Sequence[tuple[Indicator, str]], day: date, about: str) -> Form:
    """What was seen of an indicator."""
    known = tuple((one.key, f"{name}: {one.text}") for one, name in watched)
    fields = (
        Field("indicator", _("Indicator"), "choice", known),
        Field("observed_on", _("Seen on"), "date", value=day.isoformat()),
        Field("seen", _("What was seen?"), "text", help=_("Also when it was nothing.")),
        Field("verdict", _("Against what was expected"), "choice", with_blank(options("effect_verdicts"))),
        Field("source", _("Source")),
    )
    return Form("effect", _("Keep an effect…"), _("Keep"), fields, at=at, number=number, about=about)


def _advice(national: bool, single_area: bool) -> tuple[Field, ...]:
    found = [
        Field("chances", _("Chances"), "text"),
        Field("risks", _("Risks"), "text"),
        Field("allied", _("How were EU and NATO considered?"), "text"),
    ]
    if national:
        found.append(Field("national_reasons", _("Why nationally only?"), "text"))
    if single_area:
        found.append(Field("single_area", _("Why did only one policy area answer?"), "text"))
    return tuple(found)
