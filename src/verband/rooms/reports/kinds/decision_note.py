"""The decision note of a package: what is to be decided, by whom, what it lacks, and what was decided (R030)."""

from __future__ import annotations

from verband.language.markings import Marking, highest
from verband.rooms.people import services as people
from verband.rooms.reports.document import Block, Bullets, Document, Paragraph, Section, Table, say
from verband.rooms.reports.kinds import response_content as content
from verband.rooms.reports.kinds import response_sections as sections
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.words import Words
from verband.rooms.response import services as response
from verband.rooms.response.services import PackageView

PREPARED = "prepared"


def document(basis: Basis) -> Document:
    """The package that the basis names. Raises NotFoundError("response.none")."""
    package, words = content.of_package(basis), basis.words
    lead = words(
        "response.decision_lead",
        title=package.row.title,
        n=len(package.options),
        state=words.label("response_states", package.state),
    )
    after = (sections.effects(package, words),) if any(one.effects for one in package.watched) else ()
    return content.made(
        basis,
        "decision-note",
        name="decision",
        title=package.row.title,
        case=package.case,
        package=package,
        marking=marking(basis),
        lead=lead,
        sections=(
            _to_decide(package, words),
            _mandate(package, words),
            _lacks(package, words),
            _advice(package, words),
            _decision(package, words),
            *after,
            content.asked(package.case, words),
        ),
    )


def marking(basis: Basis) -> Marking:
    """The highest marking of the case, the package and all that is told of it."""
    package = content.of_package(basis)
    return highest([*package.case.markings, *package.markings])


def numbers(basis: Basis) -> dict[str, object]:
    """State, gate, how many options, what lacks, and the outcome where one was decided."""
    package = content.of_package(basis)
    return {
        "state": package.state,
        "gate": package.row.gate,
        "options": len(package.options),
        "lacks": [one.key for one in package.lacks],
        "outcome": package.decision.outcome if package.decision else "",
    }


def _to_decide(package: PackageView, words: Words) -> Section:
    head = tuple(words(f"response.{key}") for key in ("option", "what", "channel", "owner", "downside"))
    rows = []
    for at, one in enumerate(package.options, start=1):
        what = one.row.what
        if one.row.withdrawn_at is not None:
            what += f" ({words('response.withdrawn', reason=one.row.withdrawn_reason)})"
        told = (what, content.channel(one, words), one.row.owner, one.row.downside)
        rows.append((say(content.name(at, one, words)), *(content.cell(text, words) for text in told)))
    table = Table(words("response.package_options"), head, tuple(rows), (3, 4, 3, 3, 3))
    return Section("to-decide", words("response.to_decide"), blocks=(table,))


def _mandate(package: PackageView, words: Words) -> Section:
    text = words("response.mandate_political")
    if package.row.route:
        home = people.organisation(package.row.authority)
        text = words(
            "response.mandate_competent",
            route=words.label("own_law_routes", package.row.route),
            authority=home.name_nl if words.language == "nl" else home.name_en,
        )
    return Section("mandate", words("response.mandate_asked"), blocks=(Paragraph(say(text)),))


def _lacks(package: PackageView, words: Words) -> Section:
    title, lacks = words("response.lacks"), response.package_lacks(package, words.language)
    if not lacks:
        return Section("lacks", title, blocks=(Paragraph(say(words("response.lacks_none"))),))
    blocks: list[Block] = [Bullets(tuple(say(text) for text in lacks))]
    if package.state == PREPARED:
        blocks.append(Paragraph(say(words("response.lacks_advice")), "small"))
    return Section("lacks", title, blocks=tuple(blocks))


def _advice(package: PackageView, words: Words) -> Section:
    title, advice = words("response.advice"), package.advice
    if advice is None or package.state == PREPARED:
        return Section("advice", title, blocks=(Paragraph(say(words("response.advice_none"))),))
    keys = ("chances", "risks", "allied", "national_reasons", "single_area", "reason")
    rows = [(key, str(getattr(advice, key))) for key in keys if getattr(advice, key)]
    return Section("advice", title, blocks=(content.facts(title, rows, words),))


def _decision(package: PackageView, words: Words) -> Section:
    title, decision = words("response.decision"), package.decision
    if decision is None:
        return Section("decision", title, blocks=(Paragraph(say(words("response.decision_none"))),))
    rows = [
        ("outcome", words.label("response_outcomes", decision.outcome)),
        ("text", decision.text),
        ("conditions", decision.conditions or words("response.none_given")),
        *([("national_reasons", decision.national_reasons)] if decision.national_reasons else []),
        ("reason", decision.reason),
        ("mandate", decision.mandate_words),
        ("day", content.on_day(decision.day, words)),
    ]
    return Section("decision", title, blocks=(content.facts(title, rows, words),))
