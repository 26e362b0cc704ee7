"""Dutch terms that occur in a document, with what they mean."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from verband.rooms.reports.document import Chart, Document, Section, Span, Table, say
from verband.rooms.reports.words import Words

_TERMS = Path(__file__).parent.parent / "data" / "dutch_terms.toml"


def glossary(document: Document, words: Words) -> Document:
    """The document with a list of the Dutch terms that occur in it; a Dutch document needs none."""
    if words.language == "nl":
        return document
    text = "\n".join(_texts(document))
    found = [(term, meaning) for term, meaning in _terms().items() if re.search(rf"(?i)\b{re.escape(term)}\b", text)]
    if not found:
        return document
    rows = tuple((say(Span(term, lang="nl", style="em")), say(meaning)) for term, meaning in found)
    head = (words("columns.term"), words("columns.meaning"))
    part = Section("terms", words("glossary.title"), blocks=(Table(words("glossary.table"), head, rows, (1, 2)),))
    return msgspec.structs.replace(document, sections=(*document.sections, part))


@cache
def _terms() -> dict[str, str]:
    terms: dict[str, str] = tomllib.loads(_TERMS.read_text("utf-8"))["terms"]
    return terms


def _texts(document: Document) -> Iterator[str]:
    """Every piece of text; specifications of charts stay out."""
    yield from (document.title, document.subtitle, document.marking)
    for name, value in document.facts:
        yield f"{name} {value}"
    for section in (Section("", "", blocks=document.summary), *document.sections):
        yield from _of_section(section)


def _of_section(section: Section) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        table = block.table if isinstance(block, Chart) else block
        if isinstance(table, Table):
            yield from (span.text for row in table.rows for cell in row for span in cell)
        elif hasattr(table, "lines"):
            yield from (span.text for line in table.lines for span in line)
        else:
            yield from (span.text for span in table.text)
    for child in section.sections:
        yield from _of_section(child)
