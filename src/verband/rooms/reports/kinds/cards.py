"""Algorithm cards: what each method is for, reads, does not use, and who decides, from the card beside its code."""

from __future__ import annotations

from verband.rooms.method_cards import MethodCard, cards
from verband.rooms.reports.document import Bullets, Document, Paragraph, Section, Span, say
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.picture import labels


def document(basis: Basis) -> Document:
    """The cards of the methods as one document; they hold nothing that is marked."""
    words = basis.words
    date = words.day(basis.moment)
    sections = tuple(_section(card) for card in cards(words.language))
    text = "cards.what_text" if sections else "cards.none"
    return Document(
        kind="algorithm-cards",
        language=words.language,
        title=words("cards.title"),
        subtitle=words("cards.subtitle", date=date),
        marking="TLP:CLEAR",
        tlp="CLEAR",
        made_on=date,
        known_on=date,
        facts=(),
        summary=(Paragraph(say(words(text)), "lead"),),
        sections=sections,
        labels=labels(words, date),
    )


def _section(card: MethodCard) -> Section:
    """One card: a field in the document's language, else as it is written, which is English."""
    lines = [
        say(Span(f"{name[:1].upper()}{name[1:]}", style="strong"), f": {'; '.join(texts)}") for name, texts in card.rows
    ]
    return Section(f"card-{card.key}", card.name, blocks=(Bullets(tuple(lines)),))
