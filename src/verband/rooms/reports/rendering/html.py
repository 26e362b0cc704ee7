"""The document as one HTML file: styles and pictures inside, no script, fit to print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from verband.rooms.reports.document import Chart, Document, Section
from verband.rooms.reports.rendering import figures

#: What stands between these is the document without its head, for a page that has one of its own.
BODY_FROM, BODY_TO = "<!-- document -->", "<!-- /document -->"


def render(document: Document, *, drawn: Mapping[int, str] | None = None) -> bytes:
    """The bytes of the file; the same document gives the same bytes. `drawn` as for the PDF."""
    pictures = drawn or figures.drawn(document)
    numbers = iter(range(len(pictures)))

    def shown(blocks: tuple[object, ...]) -> list[dict[str, object]]:
        return [
            {"block": block, "picture": mark_safe(_bare(pictures[next(numbers)]))}  # noqa: S308 - drawn by us, escaped
            if isinstance(block, Chart)
            else {"block": block}
            for block in blocks
        ]

    summary = shown(document.summary)
    parts = [
        {"level": level, "section": section, "blocks": shown(section.blocks)}
        for top in document.sections
        for level, section in _levels(top, 2)
    ]
    shown_with = {"summary": summary, "parts": parts, "marking_css": mark_safe(_css(_beside(document)))}  # noqa: S308
    return render_to_string("reports/document.html", {"document": document, **shown_with}).encode("utf-8")


def _beside(document: Document) -> str:
    """What stands on every page: the notice, where there is one, and the marking."""
    return f"{document.notice} · {document.marking}" if document.notice else document.marking


def _css(text: str) -> str:
    """The text inside a string of a style sheet: everything but letters, digits and spaces by its number."""
    return "".join(letter if letter.isalnum() or letter == " " else f"\\{ord(letter):06x}" for letter in text)


def body(file: bytes) -> str:
    """What stands between the marks of a file that `render` made."""
    return file.decode("utf-8").partition(BODY_FROM)[2].partition(BODY_TO)[0]


def _bare(svg: str) -> str:
    """The picture as it may stand in a page: hidden from readers, whom the figure's own name serves."""
    return svg[svg.index("<svg") :].replace("<svg", '<svg aria-hidden="true" focusable="false"', 1)


def _levels(section: Section, level: int) -> Iterator[tuple[int, Section]]:
    yield level, section
    for child in section.sections:
        yield from _levels(child, level + 1)
