"""One document as a value: what it says, in order. Every format is made from this value, so that all say the same.

Stored text stands in its own language (`Span.lang`); nothing is translated. A chart has a table that says as much.
"""

from __future__ import annotations

from typing import Any

import msgspec


class Span(msgspec.Struct, frozen=True, omit_defaults=True):
    """A piece of text. `lang` where it is not the document's; `style`: `strong`, `em` or empty; `href` for the web."""

    text: str
    lang: str = ""
    style: str = ""
    href: str = ""


Text = tuple[Span, ...]


class Paragraph(msgspec.Struct, frozen=True, tag="paragraph", omit_defaults=True):
    """A paragraph. `role`: empty, `lead` (what the section comes to), `caution` (a limit) or `small`."""

    text: Text
    role: str = ""


class Bullets(msgspec.Struct, frozen=True, tag="bullets"):
    """A list without order."""

    lines: tuple[Text, ...]


class Table(msgspec.Struct, frozen=True, tag="table", omit_defaults=True):
    """A table with a header row. `widths` are parts of the line, one a column; the first column heads its row."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[int, ...] = ()


class Chart(msgspec.Struct, frozen=True, tag="chart", omit_defaults=True):
    """A figure: a Vega-Lite specification with its data, a sentence for whoever does not see it, and its table.

    `share` is the percentage of the line that it takes.
    """

    title: str
    alt: str
    spec: dict[str, Any]
    table: Table
    share: int = 100


Block = Paragraph | Bullets | Table | Chart


class Section(msgspec.Struct, frozen=True, omit_defaults=True):
    """A heading with what stands under it. `key` is its anchor; `marking` its own marking in words.

    `new_page` where it begins one on paper.
    """

    key: str
    title: str
    marking: str = ""
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    new_page: bool = False


class Document(msgspec.Struct, frozen=True):
    """A whole document. `marking` is the highest of everything in it; dates are ISO days, `known_on` empty for now."""

    kind: str
    language: str
    title: str
    subtitle: str
    marking: str
    tlp: str
    made_on: str
    known_on: str
    facts: tuple[tuple[str, str], ...]
    summary: tuple[Block, ...]
    sections: tuple[Section, ...]
    #: Words that the formats need themselves, in the document's language: contents, page, marking, data of the figure.
    #: Without contents it flows on as a letter does, with no list of its sections.
    labels: dict[str, str]
    #: What every page must say beside the marking: `method not verified`; empty where there is nothing to warn of.
    notice: str = ""


def plain(text: Text) -> str:
    """The text without its styles."""
    return "".join(span.text for span in text)


def say(*parts: str | Span) -> Text:
    """A text of plain strings and spans."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts if part)
