"""Findings, measures and commitments: what answers which finding, and which finding has no answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from verband.language.markings import Marking
from verband.rooms.reports.document import Block, Document, Paragraph, Section, Span, Table, Text, say
from verband.rooms.reports.kinds import statement_tables as tables
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.heading import headed
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.cycle.services import Answer, Finding, Promised

_STATES = ("answered", "explained", "unanswered")


def document(basis: Basis) -> Document:
    """The trace of every edition with statements, or of those that the basis names.

    Raises NotFoundError("cycle.unknown_edition").
    """
    found, words = _found(basis), basis.words
    held = cycle.promised(basis.who, known_on=basis.known_on)
    names = {one.edition.key: one.edition for one in cycle.assessments(basis.who, known_on=basis.known_on)}
    editions = dict.fromkeys(item.edition for item in found)
    sections = (
        _counts(found, {key: names[key].title(words.language) for key in editions}, basis),
        *(
            _edition(key, names[key].called(words.language), [one for one in found if one.edition == key], held, basis)
            for key in editions
        ),
        tables.sources((item.statement.source for item in found), words),
    )
    return headed(
        basis,
        "commitments-trace",
        title=words("trace.title"),
        subtitle="trace.subtitle",
        what=words("trace.what_text"),
        marking=marking(basis),
        summary=_summary(found, basis),
        sections=sections if found else (),
    )


def marking(basis: Basis) -> Marking:
    """The highest marking of the findings and of what answers them."""
    return cycle.marking_of(_found(basis))


def numbers(basis: Basis) -> dict[str, object]:
    """How many findings are answered, explained and unanswered, in all and by edition and theme."""
    found = _found(basis)
    editions = dict.fromkeys(item.edition for item in found)
    return {
        "findings": len(found),
        **cycle.counts(found),
        "by_edition": {key: cycle.counts(item for item in found if item.edition == key) for key in editions},
        "by_theme": cycle.by_theme(found),
    }


def _found(basis: Basis) -> list[Finding]:
    if not basis.about:
        return cycle.findings(basis.who, known_on=basis.known_on)
    keys = [cycle.edition(key, basis.who, known_on=basis.known_on).key for key in basis.about]
    return [item for key in keys for item in cycle.findings(basis.who, edition=key, known_on=basis.known_on)]


def _summary(found: Sequence[Finding], basis: Basis) -> tuple[Block, ...]:
    words = basis.words
    if not found:
        return (Paragraph(say(words("trace.empty")), "lead"),)
    lead = words("trace.lead", total=len(found), **cycle.counts(found))
    return (Paragraph(say(lead), "lead"), Paragraph(say(words("trace.rule"))))


def _counts(found: Sequence[Finding], titles: dict[str, str], basis: Basis) -> Section:
    words = basis.words
    by_text = [(title, cycle.counts(item for item in found if item.edition == key)) for key, title in titles.items()]
    themes = [
        (words.label("themes", theme) if theme else words("trace.no_theme"), counted)
        for theme, counted in cycle.by_theme(found).items()
    ]
    return Section(
        "counts",
        words("trace.counts"),
        blocks=(
            _counted(words("trace.by_text"), words("cycle.text"), by_text, basis),
            _counted(words("trace.by_theme"), words("trace.theme"), themes, basis),
        ),
    )


def _counted(caption: str, first: str, rows: Iterable[tuple[str, dict[str, int]]], basis: Basis) -> Table:
    words = basis.words
    head = (first, *(words(f"trace.{state}") for state in _STATES))
    body = tuple((say(name), *(say(str(counted[state])) for state in _STATES)) for name, counted in rows)
    return Table(caption, head, body, (5, 2, 2, 2))


def _edition(key: str, called: str, found: Sequence[Finding], held: Promised, basis: Basis) -> Section:
    words = basis.words
    head = (
        words("trace.finding"),
        words("cycle.certainty"),
        words("cycle.place"),
        words("trace.state"),
        words("trace.answer"),
        words("trace.proposed"),
    )
    rows = tuple(_row(item, held, basis) for item in found)
    source = found[0].statement.source
    number = f" ({source.number})" if source.number else ""
    lead = Paragraph(say(f"{source.title(words.language)}{number}"), "small")
    table = Table(words("trace.table"), head, rows, (6, 3, 5, 3, 6, 3))
    return Section(key, words("trace.of_text", text=called), blocks=(lead, table))


def _row(item: Finding, held: Promised, basis: Basis) -> tuple[Text, ...]:
    words, view = basis.words, item.statement
    return (
        say(tables.actor(view, words), Span(": "), tables.means(view, words)),
        say(tables.kept(view.certainty_as_stated, "en", words)),
        tables.where(view.source, words, own=view.source.title_nl),
        say(words(f"trace.{item.state}")),
        say("; ".join(_answer(one, basis) for one in item.answers) or "–"),
        say(str(len(cycle.proposals(item, held)))),
    )


def _answer(one: Answer, basis: Basis) -> str:
    """An answer as `MEA-031 title (from COM-031): reason`, or its kind and the reason."""
    words = basis.words
    if one.hidden:
        return words("trace.hidden")
    if one.target is None:
        return f"{words.label('answer_kinds', one.kind)}: {one.reason}"
    chain = f"{one.target.key} {one.target.title(words.language)}"
    if before := [view.key for view in one.commitments if view.key != one.target.key]:
        chain = words("trace.from", measure=chain, commitments=", ".join(before))
    return f"{chain}: {one.reason}"
