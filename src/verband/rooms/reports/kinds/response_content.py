"""What the documents of a response are made of: one case or package as its reader sees it, and the parts they share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.rooms.reports.document import Block, Document, Paragraph, Section, Table, Text, say
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.heading import headed
from verband.rooms.reports.words import Words
from verband.rooms.response import services as response
from verband.rooms.response.services import CaseView, LikeCases, Mapped, OptionView, PackageView, Step

EU, NATO = "eu", "nato"
_DIALOGUE = "dialogue"


@dataclass(frozen=True)
class Content:
    """A case with the options that a document is about: all that stand, or those of one package."""

    case: CaseView
    options: tuple[OptionView, ...]
    package: PackageView | None


def of_case(basis: Basis) -> Content:
    """The case, or the package, that the report is about. Raises NotFoundError("response.none")."""
    key = basis.about[0]
    try:
        case = response.case(key, basis.who, known_on=basis.known_on)
    except NotFoundError:
        package = of_package(basis)
        return Content(package.case, package.options, package)
    return Content(case, response.options(case.row, basis.who, known_on=basis.known_on), None)


def of_package(basis: Basis) -> PackageView:
    """The package that the report is about. Raises NotFoundError("response.none")."""
    return response.package_of(basis.about[0], basis.who, now=basis.now, known_on=basis.known_on)


def decided(basis: Basis) -> tuple[PackageView, Step]:
    """The package with the decision about it. Raises InputError("reports.not_decided") besides."""
    found = of_package(basis)
    if found.decision is None:
        raise InputError("reports.not_decided", field="about")
    return found, found.decision


def like_cases(content: Content, basis: Basis) -> LikeCases:
    """What happened before in like cases, for these options."""
    return response.like_cases(content.case, content.options, basis.who, known_on=basis.known_on)


def toolboxes(content: Content, options: Sequence[OptionView], basis: Basis) -> Mapped:
    """How these options stand in the toolboxes."""
    return response.toolboxes(content.case, options, basis.who, known_on=basis.known_on)


def option_markings(options: Iterable[OptionView]) -> list[Marking]:
    """The markings of options with all that stands in them."""
    return [mark for one in options for mark in one.markings]


def reason_markings(found: Mapped) -> list[Marking]:
    """The markings of the reasons for empty pillars."""
    return [row.marking.value() for pillar in found.pillars for row in pillar.reasons]


def made(
    basis: Basis,
    kind: str,
    *,
    name: str,
    title: str,
    case: CaseView,
    package: PackageView | None,
    marking: Marking,
    lead: str,
    sections: tuple[Section, ...],
) -> Document:
    """The document of that kind, with the sentence that the framework is an open one; `name` starts its words.

    It begins by saying so where the case or the package was withdrawn.
    """
    words = basis.words
    withdrawn = case.row.withdrawn_at is not None or (package is not None and package.withdrawn)
    summary: tuple[Block, ...] = (
        *((Paragraph(say(words("response.taken_back")), "lead"),) if withdrawn else ()),
        Paragraph(say(lead), "lead"),
        Paragraph(say(words("response.open")), "caution"),
    )
    return headed(
        basis,
        kind,
        title=words(f"response.{name}_title", title=title),
        subtitle="response.subtitle",
        what=words(f"response.{name}_what"),
        marking=marking,
        summary=summary,
        sections=sections,
    )


def asked(case: CaseView, words: Words) -> Section:
    """What is asked, about what, how serious it is, what the scope test says and which policy areas were asked."""
    about = case.subject.name(words.language) if case.subject else words("response.about_hidden")
    scope = words("response.scope_none")
    if case.scope.outcome:
        scope = f"{words.label('scope_outcomes', case.scope.outcome)}. {case.scope.reasons}"
    severity = words.label("response_severities", case.row.severity)
    rows = (
        ("about", about),
        ("aims", words.labels("response_goals", case.row.aims)),
        ("severity", f"{severity}: {case.row.severity_reason}"),
        ("scope", scope),
        ("areas", _areas(case, words)),
    )
    title = words("response.asked")
    return Section("asked", title, blocks=(*paragraphs(case.row.question), facts(title, rows, words)))


def facts(caption: str, rows: Iterable[tuple[str, str]], words: Words) -> Table:
    """A table of two columns: a part by the key of its word, and what is said of it."""
    head = (words("response.part"), words("response.value"))
    return Table(caption, head, tuple((say(words(f"response.{key}")), say(text)) for key, text in rows), (1, 3))


def paragraphs(text: str) -> tuple[Block, ...]:
    """A text of several lines as paragraphs."""
    return tuple(Paragraph(say(line.strip())) for line in text.splitlines() if line.strip())


def name(number: int, one: OptionView, words: Words) -> str:
    """`2. Summons`."""
    return f"{number}. {called(one, words)}"


def called(one: OptionView, words: Words) -> str:
    """The name of its instrument as a sentence begins."""
    told = one.name(words.language)
    return f"{told[:1].upper()}{told[1:]}"


def channel(one: OptionView, words: Words) -> str:
    """The channel, with the type of the EU hybrid toolbox where it goes through the EU."""
    told = words.label("response_channels", one.row.channel)
    if not one.row.eu_type:
        return told
    return f"{told}; {words('response.eu_type', type=words.label('eu_hybrid_types', one.row.eu_type))}"


def legal_basis(one: OptionView, words: Words) -> str:
    """Every legal basis with how sure it is; an own instrument with why it is needed."""
    told = "; ".join(one.legal_basis) or words("response.unknown")
    if one.sheet is None:
        return f"{told} ({words('response.own_instrument', why=one.row.why_new)})"
    sure = words.label("statement_certainties", one.sheet.instrument.legal_basis_certainty)
    return f"{told} ({words('response.looked_up') if one.sheet.given else sure})"


def indicators(one: OptionView, words: Words) -> str:
    """What would show that it works, with the days to look."""
    told = [words("response.look_on", text=each.text, day=on_day(each.observe_on, words)) for each in one.indicators]
    return "; ".join(told) or words("response.missing")


def on_day(day: date, words: Words) -> str:
    """A day in words."""
    return words.day(int((day - date(1970, 1, 1)).days) * 86_400)


def dialogue(options: Iterable[OptionView]) -> tuple[OptionView, ...]:
    """The options that are talks and dialogue."""
    return tuple(one for one in options if one.row.instrument == _DIALOGUE)


def cell(text: str, words: Words) -> Text:
    """A text in a table; what nobody wrote is said to be missing."""
    return say(text.strip() or words("response.missing"))


def _areas(case: CaseView, words: Words) -> str:
    told = []
    for state in ("answered", "asked", "not_asked"):
        if held := case.areas_in(state):
            told.append(words(f"response.area_{state}", areas=words.labels("policy_areas", held)))
    return "; ".join(told)
