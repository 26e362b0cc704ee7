"""The midterm review: introduction, eleven themes of four parts with a verdict, two instruments, conclusion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verband.language.catalogues import Entry, catalogue
from verband.language.markings import Marking, highest
from verband.rooms.measures import services as measures
from verband.rooms.measures.services import Citation, CommitmentView
from verband.rooms.reports.document import Block, Bullets, Document, Paragraph, Section, Span, Table, Text, say
from verband.rooms.reports.kinds import statement_tables as tables
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.heading import headed
from verband.rooms.risk.cycle import services as cycle
from verband.rooms.risk.cycle.services import Line, Review, Slot
from verband.rooms.risk.services import StatementView

_PARTS = ("summary", "threat", "resilience", "approach")


@dataclass(frozen=True)
class _Content:
    """A whole review with the statements and commitments of its own text."""

    review: Review
    statements: tuple[StatementView, ...]
    commitments: tuple[CommitmentView, ...]

    @property
    def own(self) -> str:
        """The Dutch title of its own text."""
        return self.review.edition.own_text_nl

    @property
    def marking(self) -> Marking:
        """The highest marking of everything in it."""
        stated = [view.marking for view in self.statements]
        return highest([self.review.marking, *stated, *(view.marking for view in self.commitments)])

    def cited(self) -> Iterator[Citation]:
        """Every place that the document cites, in its order."""
        for slot in cycle.slots():
            yield from (line.source for line in self.review.at(slot))
        yield from (view.source for view in self.statements)
        yield from (view.source for view in self.commitments)


def document(basis: Basis) -> Document:
    """The review that the basis names, or the newest.

    Raises InputError("cycle.review_empty") while a part or verdict is empty, NotFoundError("cycle.no_edition"),
    ("cycle.unknown_edition").
    """
    content, words = _content(basis), basis.words
    title = content.review.edition.title(words.language)
    own = next((source for source in content.cited() if source.title_nl == content.own), None)
    sections = (
        _single("introduction", content, basis),
        *(_theme(number, entry.key, content, basis) for number, entry in _themes()),
        *(_single(part, content, basis) for part in ("crisis_management", "research_programme", "conclusion")),
        *_apart(content, basis),
        tables.sources(content.cited(), words, own=own),
    )
    return headed(
        basis,
        "midterm-review",
        title=title,
        subtitle="review.subtitle",
        what=words("review.what_text", title=content.review.edition.called(words.language)),
        marking=content.marking,
        summary=_summary(content, basis),
        sections=sections,
    )


def marking(basis: Basis) -> Marking:
    """The highest marking of everything in the review."""
    return _content(basis).marking


def numbers(basis: Basis) -> dict[str, object]:
    """What it comes to: the verdict of each theme, and how many statements stand in it."""
    content = _content(basis)
    return {
        "edition": content.review.edition.key,
        "verdicts": {entry.key: _verdict(entry.key, content).verdict for _, entry in _themes()},
        "statements": len(content.statements),
        "commitments": len(content.commitments),
    }


def _content(basis: Basis) -> _Content:
    who, known_on = basis.who, basis.known_on
    key = basis.about[0] if basis.about else cycle.newest_review(who, known_on=known_on)
    review = cycle.build(key, who, known_on=known_on)
    own = (review.edition.own_text_nl, review.edition.own_text_number)
    stated = measures.commitments(who, known_on=known_on)
    return _Content(
        review,
        cycle.statements_of(review.edition, who, known_on=known_on),
        tuple(view for view in stated if own[0] and (view.source.title_nl, view.source.number) == own),
    )


def _themes() -> list[tuple[int, Entry]]:
    return list(enumerate(catalogue("themes").entries, start=1))


def _verdict(theme: str, content: _Content) -> Line:
    return content.review.at(Slot("verdict", theme))[0]


def _summary(content: _Content, basis: Basis) -> tuple[Block, ...]:
    words = basis.words
    counted = Counter(_verdict(entry.key, content).verdict for _, entry in _themes())
    verdicts = [
        words("review.verdict_of", verdict=words.label("verdicts", entry.key), n=counted[entry.key])
        for entry in catalogue("verdicts").entries
        if counted[entry.key]
    ]
    lines = [words("review.lead", verdicts=", ".join(verdicts))]
    lines.append(words("review.findings", n=len(content.statements), m=len(content.commitments)))
    return (Bullets(tuple(say(line) for line in lines)),)


def _single(part: str, content: _Content, basis: Basis) -> Section:
    name = basis.words.label("review_parts", part)
    lines = content.review.at(Slot(part))
    return Section(part.replace("_", "-"), _capital(name), blocks=(_bullets(lines, content, basis),))


def _theme(number: int, theme: str, content: _Content, basis: Basis) -> Section:
    words = basis.words
    title = words("review.theme", n=number, theme=words.label("themes", theme))
    parts = tuple(_part(part, theme, content, basis) for part in _PARTS)
    verdict = _verdict(theme, content)
    label = Span(words.label("verdicts", verdict.verdict), style="strong")
    judged = Paragraph((label, Span(": "), *_line(verdict, content, basis)))
    said = Section(f"{theme}-verdict", _capital(words.label("review_parts", "verdict")), blocks=(judged,))
    return Section(theme, title, sections=(*parts, said, *_rows(number, theme, content, basis)))


def _part(part: str, theme: str, content: _Content, basis: Basis) -> Section:
    name = _capital(basis.words.label("review_parts", part))
    lines = content.review.at(Slot(part, theme))
    blocks = tuple(Paragraph(_line(line, content, basis)) for line in lines)
    return Section(f"{theme}-{part}", name, blocks=blocks)


def _rows(number: int, theme: str, content: _Content, basis: Basis) -> Iterator[Section]:
    """The statements and commitments that stand under the theme, where there are any."""
    words = basis.words
    stated = [view for view in content.statements if view.theme == theme]
    if stated:
        caption = words("review.statements_table", n=number)
        table = tables.statements(stated, words, caption=caption, own=content.own)
        yield Section(f"{theme}-statements", words("review.statements"), blocks=(table,))
    promised = [view for view in content.commitments if view.theme == theme and _of_a_theme(view)]
    if promised:
        caption = words("review.commitments_table", n=number)
        table = tables.commitments(promised, words, caption=caption, own=content.own)
        yield Section(f"{theme}-commitments", words("review.commitments"), blocks=(table,))


def _apart(content: _Content, basis: Basis) -> Iterator[Section]:
    """Statements without a theme, and commitments whose theme is only our reading."""
    words = basis.words
    stated = [view for view in content.statements if not view.theme]
    promised = [view for view in content.commitments if not _of_a_theme(view)]
    blocks: list[Table] = []
    if stated:
        blocks.append(tables.statements(stated, words, caption=words("review.statements"), own=content.own))
    if promised:
        blocks.append(tables.commitments(promised, words, caption=words("review.commitments"), own=content.own))
    if blocks:
        yield Section("no-theme", words("review.elsewhere"), blocks=tuple(blocks))


def _of_a_theme(view: CommitmentView) -> bool:
    return bool(view.theme) and view.theme_verified


def _bullets(lines: Sequence[Line], content: _Content, basis: Basis) -> Block:
    return Bullets(tuple(_line(line, content, basis) for line in lines))


def _line(line: Line, content: _Content, basis: Basis) -> Text:
    """A line with where it stands in brackets, and whether it is our reading."""
    words = basis.words
    read = f"; {words('cycle.as_read')}" if line.as_read else ""
    place = tables.where(line.source, words, own=content.own)
    return (tables.kept(line.text, line.language, words), Span(" ("), *place, Span(f"{read})"))


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
