"""The letter on a response: what was decided and why, and what was seen of it so far (R030, R040).

It names the mandate and no account.
"""

from __future__ import annotations

from verband.language.markings import Marking, highest
from verband.rooms.reports.document import Bullets, Document, Section, say
from verband.rooms.reports.kinds import response_content as content
from verband.rooms.reports.kinds import response_sections as sections
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.words import Words
from verband.rooms.response import services as response
from verband.rooms.response.services import PackageView, Step


def document(basis: Basis) -> Document:
    """The decided package that the basis names. Raises InputError("reports.not_decided")."""
    (package, decision), words = content.decided(basis), basis.words
    lead = words(
        "response.letter_lead",
        title=package.row.title,
        day=content.on_day(decision.day, words),
        outcome=words.label("response_outcomes", decision.outcome),
    )
    return content.made(
        basis,
        "response-letter",
        name="letter",
        title=package.row.title,
        case=package.case,
        package=package,
        marking=marking(basis),
        lead=lead,
        sections=(
            _what(package, decision, words),
            _why(package, decision, words),
            _options(package, words),
            sections.effects(package, words),
        ),
    )


def marking(basis: Basis) -> Marking:
    """The highest marking of the case, what it is about, the package, its options and the effects."""
    package, _ = content.decided(basis)
    subject = package.case.subject
    return highest(
        [
            package.case.marking,
            package.case.scope.marking,
            *((subject.marking,) if subject else ()),
            *package.markings,
        ]
    )


def numbers(basis: Basis) -> dict[str, object]:
    """The outcome, the day, how many options, and how many indicators were looked at."""
    package, decision = content.decided(basis)
    return {
        "outcome": decision.outcome,
        "day": decision.day.isoformat(),
        "options": len(package.options),
        "indicators": len(package.watched),
        "looked_at": sum(bool(one.effects) for one in package.watched),
    }


def _what(package: PackageView, decision: Step, words: Words) -> Section:
    title = words("response.letter_decided")
    text = response.decision_text(decision, words.language)
    rows = (
        ("outcome", words.label("response_outcomes", decision.outcome)),
        ("gate", words.label("response_gates", package.row.gate)),
        ("mandate", decision.mandate_words),
        ("day", content.on_day(decision.day, words)),
        ("state", words.label("response_states", package.state)),
    )
    return Section("decided", title, blocks=(*content.paragraphs(text), content.facts(title, rows, words)))


def _why(package: PackageView, decision: Step, words: Words) -> Section:
    case, advice = package.case, package.advice
    about = case.subject.name(words.language) if case.subject else words("response.about_hidden")
    severity = f"{words.label('response_severities', case.row.severity)}: {case.row.severity_reason}"
    rows = [("about", about), ("severity", severity), ("reason", decision.reason)]
    if advice is not None:
        rows += [(key, str(getattr(advice, key))) for key in ("chances", "risks", "allied") if getattr(advice, key)]
    title = words("response.letter_why")
    return Section("why", title, blocks=(content.facts(title, rows, words),))


def _options(package: PackageView, words: Words) -> Section:
    lines = tuple(say(f"{content.called(one, words)}: {one.row.what}") for one in package.options)
    return Section("options", words("response.letter_done"), blocks=(Bullets(lines),) if lines else ())
