"""Statements and other rows of the policy texts as tables: words as stated, each with its section and line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from verband.rooms.measures.services import Citation, CommitmentView, shown_as_stated
from verband.rooms.reports.document import Block, Paragraph, Section, Span, Table, Text, say
from verband.rooms.reports.kinds.citing import STORED
from verband.rooms.reports.words import Words
from verband.rooms.risk.services import StatementView


def kept(text: str, language: str, words: Words) -> Span:
    """Stored text, marked with its language where that is not the document's."""
    return Span(text, lang="" if language == words.language else language)


def as_stated(text: str, words: Words) -> Span:
    """A status or a term of the measures in the document's language, marked where there are no words for it."""
    shown = shown_as_stated(text, words.language)
    return Span(shown.text or "–", lang=shown.lang)


def where(source: Citation, words: Words, *, own: str = "") -> Text:
    """Section, line and quotation; before them title and number of the text, unless it is `own` (Dutch title)."""
    spans: list[Span] = []
    if source.title_nl != own:
        number = f" ({source.number})" if source.number else ""
        spans.append(Span(f"{source.title(words.language)}{number}, "))
    if source.line is None:
        spans.append(kept(source.section, "nl", words))
    elif source.section:
        before, _, after = words("cycle.where", section="\0", line=source.line).partition("\0")
        spans += [Span(before), kept(source.section, "nl", words), Span(after)]
    else:
        spans.append(Span(words("cycle.where_line", line=source.line)))
    if source.anchor_nl:
        spans += [Span(" “"), kept(source.anchor_nl, "nl", words), Span("”")]
    return tuple(span for span in spans if span.text)


def actor(view: StatementView, words: Words) -> Span:
    """The actor as stated, in the source's own word where the document is Dutch and we have it."""
    own = words.language == "nl" and view.actor_nl
    return kept(view.actor(words.language), "nl" if own else STORED, words)


def means(view: StatementView, words: Words) -> Span:
    """The means, likewise."""
    own = words.language == "nl" and view.instrument_nl
    return kept(view.instrument(words.language), "nl" if own else STORED, words)


def statements(views: Iterable[StatementView], words: Words, *, caption: str, own: str = "") -> Table:
    """A table of statements, in their order."""
    head = tuple(words(f"cycle.{name}") for name in ("actor", "means", "interests", "certainty", "horizon", "place"))
    rows = tuple(
        (
            say(actor(view, words)),
            say(means(view, words)),
            say(words.labels("interests", view.interests)),
            say(kept(view.certainty_as_stated, STORED, words)),
            say(kept(view.horizon, STORED, words) if view.horizon else "–"),
            where(view.source, words, own=own),
        )
        for view in views
    )
    return Table(caption, head, rows, (3, 5, 4, 3, 2, 5))


def commitments(views: Iterable[CommitmentView], words: Words, *, caption: str, own: str = "") -> Table:
    """A table of commitments, in their order."""
    head = tuple(words(f"cycle.{name}") for name in ("title", "owner", "status", "place"))
    rows = tuple(
        (
            say(f"{view.key} {view.title(words.language)}"),
            say(words("cycle.inferred", owner=view.owner) if view.owner_inferred else view.owner),
            say(as_stated(view.status_as_stated, words)),
            where(view.source, words, own=own),
        )
        for view in views
    )
    return Table(caption, head, rows, (6, 3, 3, 5))


def sources(cited: Iterable[Citation], words: Words, *, own: Citation | None = None) -> Section:
    """The texts that were cited, each once, in their order; `own` is named in the sentence above the table."""
    found = {(source.title_nl, source.number): source for source in cited}
    rows = tuple((say(source.title(words.language)), say(source.number or "–")) for source in found.values())
    lead: Sequence[Block] = ()
    if own is not None:
        lead = (Paragraph(say(f"{words('cycle.sources_lead')} {own.title(words.language)}.")),)
    table = Table(words("cycle.sources_table"), (words("cycle.title"), words("cycle.number")), rows, (4, 1))
    return Section("sources", words("cycle.sources"), blocks=(*lead, table))
