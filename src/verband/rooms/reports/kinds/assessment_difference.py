"""What one assessment says and what another says, statement by statement."""

from __future__ import annotations

from collections.abc import Sequence

from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.reports.document import Block, Document, Paragraph, Section, Span, Table, Text, say
from verband.rooms.reports.kinds import statement_tables as tables
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.citing import STORED
from verband.rooms.reports.kinds.heading import headed
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.cycle.services import Difference, Pair
from verband.rooms.risk.services import StatementView

#: The columns of a table of pairs, by their words.
_COLUMNS = ("actor", "text", "means", "target", "certainty", "horizon", "place")


def document(basis: Basis) -> Document:
    """The difference between the two editions that the basis names, or the two newest.

    Raises NotFoundError("cycle.no_edition"), ("cycle.unknown_edition"), InputError("cycle.same"), ("cycle.two").
    """
    found, words = _found(basis), basis.words
    names = {
        "earlier": found.earlier.edition.called(words.language),
        "later": found.later.edition.called(words.language),
    }
    every = (*found.earlier.statements, *found.later.statements)
    sections = (
        _pairs("changed", words("difference.changed"), found.changed, found, basis),
        _pairs("alike", words("difference.alike"), found.alike, found, basis),
        _single("added", words("difference.added", **names), found.added, basis),
        _single("not-mentioned", words("difference.not_mentioned", **names), found.not_mentioned, basis),
        tables.sources((view.source for view in every), words),
    )
    return headed(
        basis,
        "threat-assessment-difference",
        title=words("difference.title", **names),
        subtitle="difference.subtitle",
        what=words("difference.what_text"),
        marking=found.marking,
        summary=_summary(found, basis),
        sections=sections,
    )


def marking(basis: Basis) -> Marking:
    """The highest marking of the two editions."""
    return _found(basis).marking


def numbers(basis: Basis) -> dict[str, object]:
    """How many statements and pairs are of each kind."""
    found = _found(basis)
    return {
        "from": found.earlier.edition.key,
        "to": found.later.edition.key,
        "statements": [len(found.earlier.statements), len(found.later.statements)],
        "added": len(found.added),
        "also_mentioned_otherwise": len(found.changed),
        "also_mentioned_alike": len(found.alike),
        "not_mentioned": len(found.not_mentioned),
    }


def _found(basis: Basis) -> Difference:
    named = basis.about or cycle.newest_two(basis.who, known_on=basis.known_on)
    if len(named) != 2:
        raise InputError("cycle.two", n=len(named))
    return cycle.difference(named[0], named[1], basis.who, known_on=basis.known_on)


def _summary(found: Difference, basis: Basis) -> tuple[Block, ...]:
    words = basis.words
    lead = words(
        "difference.lead",
        before=len(found.earlier.statements),
        after=len(found.later.statements),
        added=len(found.added),
        changed=len(found.changed),
        alike=len(found.alike),
        not_mentioned=len(found.not_mentioned),
    )
    return (Paragraph(say(lead), "lead"), Paragraph(say(words("difference.rule"))))


def _pairs(key: str, title: str, pairs: Sequence[Pair], found: Difference, basis: Basis) -> Section:
    words = basis.words
    if not pairs:
        return Section(key, title, blocks=(Paragraph(say(words("cycle.none"))),))
    head = tuple(words(f"cycle.{name}") for name in _COLUMNS)
    rows = [row for number, pair in enumerate(pairs, start=1) for row in _pair(number, pair, found, basis)]
    return Section(key, title, blocks=(Table(title, head, tuple(rows), (3, 3, 5, 4, 4, 2, 5)),))


def _pair(number: int, pair: Pair, of: Difference, basis: Basis) -> list[tuple[Text, ...]]:
    words = basis.words
    found: list[tuple[Text, ...]] = []
    for edition, view in ((of.earlier.edition, pair.earlier), (of.later.edition, pair.later)):
        head = words("difference.pair", n=number, actor="\0").partition("\0")
        actor = (Span(head[0]), tables.actor(view, words), Span(head[2]))
        found.append(
            (
                tuple(span for span in actor if span.text),
                say(edition.called(words.language)),
                say(tables.means(view, words)),
                _word(view.target, "target", pair, basis),
                _word(view.certainty_as_stated, "certainty_as_stated", pair, basis),
                _word(view.horizon, "horizon", pair, basis),
                tables.where(view.source, words, own=view.source.title_nl),
            )
        )
    return found


def _word(text: str, name: str, pair: Pair, basis: Basis) -> Text:
    """A word as stated, strong where the other text says something else."""
    kept = tables.kept(text or "–", STORED if text else basis.words.language, basis.words)
    return say(Span(kept.text, lang=kept.lang, style="strong" if name in pair.differs else ""))


def _single(key: str, title: str, views: Sequence[StatementView], basis: Basis) -> Section:
    words = basis.words
    if not views:
        return Section(key, title, blocks=(Paragraph(say(words("cycle.none"))),))
    source = views[0].source
    number = f" ({source.number})" if source.number else ""
    lead = Paragraph(say(f"{words('difference.where')} {source.title(words.language)}{number}."), "small")
    table = tables.statements(views, words, caption=title, own=source.title_nl)
    return Section(key, title, blocks=(lead, table))
