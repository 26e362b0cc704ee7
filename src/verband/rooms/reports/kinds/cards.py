"""Algorithm cards: what each method is for, reads, does not use, and who decides, from the card beside its code."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from verband.rooms.reports.document import Bullets, Document, Paragraph, Section, Span, say
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.picture import labels
from verband.rooms.reports.words import Words


def document(basis: Basis) -> Document:
    """The cards of the methods as one document; they hold nothing that is marked."""
    words = basis.words
    date = words.day(basis.moment)
    sections = tuple(_section(name, card, words) for name, card in cards().items())
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


def cards() -> dict[str, dict[str, Any]]:
    """The card of each method that has one, by the method's folder."""
    found: dict[str, dict[str, Any]] = {}
    for folder in sorted(files("verband.methods").iterdir(), key=lambda item: item.name):
        card = folder.joinpath("card.toml")
        if folder.is_dir() and card.is_file():
            found[folder.name] = tomllib.loads(card.read_text("utf-8"))
    return found


def _section(name: str, card: dict[str, Any], words: Words) -> Section:
    """One card: a field in the document's language, else as it is written, which is English."""
    lines = []
    for field, value in card.items():
        if isinstance(value, dict):
            value = value.get(words.language, value)
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        lines.append(say(Span(field.replace("_", " "), style="strong"), f": {text}"))
    return Section(f"card-{name}", name, blocks=(Bullets(tuple(lines)),))
