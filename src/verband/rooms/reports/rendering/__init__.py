"""From one document value to html, pdf, docx and json; what a format needs is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import msgspec

from verband.rooms.reports.document import Document
from verband.rooms.reports.rendering import figures

FORMATS = ("html", "pdf", "docx", "json")
MEDIA = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "json": "application/json",
}


def render(document: Document, formats: Sequence[str], *, made_at: datetime) -> dict[str, bytes]:
    """The bytes of each format; the same document and moment give the same bytes. Charts are drawn once."""
    made: dict[str, bytes] = {}
    drawn: dict[int, str] = {}
    if {"html", "pdf"} & set(formats):
        drawn = figures.drawn(document)
    for form in formats:
        if form == "json":
            made[form] = as_json(document)
        elif form == "html":
            from verband.rooms.reports.rendering import html

            made[form] = html.render(document, drawn=drawn)
        elif form == "pdf":
            from verband.rooms.reports.rendering import pdf

            made[form] = pdf.render(document, made_at=made_at, drawn=drawn)
        else:
            from verband.rooms.reports.rendering import word

            made[form] = word.render(document, made_at=made_at)
    return made


def as_json(document: Document) -> bytes:
    """The document value itself, keys in the order in which they are declared."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
