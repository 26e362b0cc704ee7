"""The document as tagged PDF (PDF/UA-1), with its marking on every page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from verband.rooms.reports.document import Document
from verband.rooms.reports.rendering import figures
from verband.rooms.reports.text import FONTS, in_print

_TEMPLATE = Path(__file__).with_name("report.typ")


def render(document: Document, *, made_at: datetime, drawn: Mapping[int, str] | None = None) -> bytes:
    """The bytes of the PDF; the same document and moment give the same bytes.

    `drawn` holds the charts as SVG by number, in reading order; without it they are drawn here.
    """
    import typst

    pictures = drawn or figures.drawn(document)
    value = _numbered(_inked(msgspec.to_builtins(document)), [0])
    made: bytes = typst.compile(  # type: ignore[call-overload]
        _TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={
            "document": msgspec.json.encode(value).decode(),
            "figures": msgspec.json.encode({str(n): picture for n, picture in pictures.items()}).decode(),
        },
        pdf_standards=["ua-1"],
        timestamp=int(made_at.timestamp()),
    )
    return made


def _inked(value: Any) -> Any:
    """Every text in characters that the fonts have; addresses stay as they are."""
    if isinstance(value, str):
        return in_print(value)
    if isinstance(value, list | tuple):
        return [_inked(part) for part in value]
    if isinstance(value, dict):
        return {key: part if key in ("href", "spec") else _inked(part) for key, part in value.items()}
    return value


def _numbered(value: Any, count: list[int]) -> Any:
    """Charts in reading order carry the number of their picture; their specification stays out."""
    if isinstance(value, list):
        return [_numbered(part, count) for part in value]
    if isinstance(value, dict):
        if value.get("type") == "chart":
            count[0] += 1
            return {**{key: part for key, part in value.items() if key != "spec"}, "number": count[0] - 1}
        return {key: _numbered(part, count) for key, part in value.items()}
    return value
