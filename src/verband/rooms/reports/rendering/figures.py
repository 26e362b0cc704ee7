"""Charts as pictures: the same Vega-Lite specification that a page draws, set for paper."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from verband.rooms.picture.charts import sized
from verband.rooms.reports.document import Block, Chart, Document, Section
from verband.rooms.reports.text import FONTS, in_print

WIDTH_PX = 640
_INK, _SOFT, _RULE = "#16202e", "#566174", "#dde2e8"
#: What makes a chart answer to a hand; paper has none.
_INTERACTIVE = ("params", "usermeta", "autosize")
_LOOK: Mapping[str, Any] = {
    "font": "Noto Sans",
    "background": "#ffffff",
    "aria": False,
    "axis": {
        "labelColor": _SOFT,
        "titleColor": _SOFT,
        "labelFontSize": 11,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": _RULE,
        "domainColor": _RULE,
        "tickColor": _RULE,
    },
    "legend": {"labelColor": _INK, "titleColor": _SOFT, "labelFontSize": 11, "titleFontSize": 11},
    "title": {"color": _INK, "fontSize": 12},
    "view": {"stroke": None},
}
#: How d3 names the way in which a language writes numbers.
_NUMBERS = {"nl": "nl-NL", "en": "en-US"}
# Numbers that the renderer counts on over all charts of a process: they say nothing and would differ between runs.
_NUMBERED = re.compile(r'(id="|url\(#|href="#)([A-Za-z_]+?)_?\d+(?=["\)])')


def charts(document: Document) -> list[Chart]:
    """Every chart of the document, in reading order."""
    return [block for block in _blocks(document) if isinstance(block, Chart)]


def drawn(document: Document) -> dict[int, str]:
    """Every chart of the document as SVG, by its number in reading order."""
    return {n: svg(chart, number=n, language=document.language) for n, chart in enumerate(charts(document))}


def svg(chart: Chart, *, number: int, language: str) -> str:
    """The chart as SVG; `number` keeps its inner names apart from those of the document's other charts.

    Numbers of its axes are written as in `language`.
    """
    made = _converter().vegalite_to_svg(printed(chart), allowed_base_urls=[], format_locale=_NUMBERS[language])
    return _renumbered(made, number)


def png(chart: Chart, *, language: str, scale: float = 2.0) -> bytes:
    """The chart as PNG at `scale` pixels per pixel of the specification, with numbers as in `language`."""
    made = _converter().vegalite_to_png(
        printed(chart), scale=scale, allowed_base_urls=[], format_locale=_NUMBERS[language]
    )
    return bytes(made)


def printed(chart: Chart) -> dict[str, Any]:
    """The specification set for paper: fixed width, the document's font, nothing that answers to a hand."""
    width = WIDTH_PX * chart.share / 100
    still = {key: value for key, value in copy.deepcopy(chart.spec).items() if key not in _INTERACTIVE}
    made: dict[str, Any] = sized(_inked(still), width)
    made["config"] = {**made.get("config", {}), **_LOOK}
    if made.get("width", "container") == "container":
        made["width"] = width * 0.8
    return made


def _inked(value: Any) -> Any:
    if isinstance(value, str):
        return in_print(value)
    if isinstance(value, list | tuple):
        return [_inked(part) for part in value]
    if isinstance(value, dict):
        return {key: _inked(part) for key, part in value.items()}
    return value


def _renumbered(drawn: str, number: int) -> str:
    seen: dict[str, str] = {}

    def fresh(match: re.Match[str]) -> str:
        old = match.group(0)[len(match.group(1)) :]
        return match.group(1) + seen.setdefault(old, f"f{number}-{match.group(2)}-{len(seen)}")

    return _NUMBERED.sub(fresh, drawn)


def _blocks(document: Document) -> Iterator[Block]:
    yield from document.summary
    for section in document.sections:
        yield from _of_section(section)


def _of_section(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for child in section.sections:
        yield from _of_section(child)


@cache
def _converter() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
