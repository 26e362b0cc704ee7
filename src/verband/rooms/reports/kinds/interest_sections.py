"""Interests at risk, the corners of the triangle that are missing, and rows that may be one event."""

from __future__ import annotations

from typing import Any

from verband.rooms.reports.document import Block, Chart, Paragraph, Section, Span, Table, Text, say
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.citing import stored
from verband.rooms.risk import services as risk

_MEANS = 3
_LISTED = 25
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_RECENT, _BEFORE = "#1b4b8a", "#b3bdca"


def interests(basis: Basis) -> Section:
    """The six interests: incidents now and before, campaigns, means, measures."""
    words = basis.words
    columns = ("interest", "recent", "before", "trend", "campaigns", "means", "measures")
    rows = tuple(_interest_row(cell, basis) for cell in basis.triangle.interests)
    table = Table(
        words("interests.table"), tuple(words(f"columns.{name}") for name in columns), rows, (6, 3, 3, 6, 4, 8, 4)
    )
    alt = words("interests.chart_alt")
    chart = Chart(words("interests.chart"), alt, _bars(basis, alt), table)
    blocks = (Paragraph(say(words("interests.lead"))), chart, Paragraph(say(words("interests.caveat")), "caution"))
    return Section("interests", words("interests.title"), basis.triangle.marking.words(), blocks)


def gaps(basis: Basis) -> Section:
    """Pairs of interest and theme with a threat and a corner that is missing (R001)."""
    words, found = basis.words, basis.triangle.gaps
    blocks: list[Block] = [Paragraph(say(words("gaps.lead")))]
    if found:
        head = tuple(words(f"columns.{name}") for name in ("interest", "theme", "incidents_24", "missing"))
        rows = tuple(_gap_row(cell, basis) for cell in found[:_LISTED])
        blocks.append(Table(words("gaps.table"), head, rows, (6, 9, 3, 10)))
        if rest := len(found) - len(rows):
            blocks.append(Paragraph(say(words("format.more", n=rest)), "small"))
    else:
        blocks.append(Paragraph(say(words("gaps.none" if basis.triangle.says_something else "gaps.silent"))))
    if without := len(basis.triangle.without_interest):
        blocks.append(Paragraph(say(words("gaps.without_interest", n=without)), "small"))
    if idle := len(basis.triangle.measures_without_threat):
        blocks.append(Paragraph(say(words("gaps.idle", n=idle)), "small"))
    return Section("gaps", words("gaps.title"), blocks=tuple(blocks))


def same_event(basis: Basis) -> Section:
    """Rows that are proposed as one event and wait for a person."""
    words = basis.words
    name = words("same.title")
    if not basis.same:
        return Section("same", name, blocks=(Paragraph(say(words("same.none"))),))
    rows = tuple((_row(first, basis), _row(second, basis)) for _, first, second in basis.same[:_LISTED])
    head = (words("columns.first"), words("columns.second"))
    blocks: list[Block] = [Paragraph(say(words("same.lead"))), Table(words("same.table"), head, rows, (1, 1))]
    if rest := len(basis.same) - len(rows):
        blocks.append(Paragraph(say(words("format.more", n=rest)), "small"))
    return Section("same", name, blocks=tuple(blocks))


def _interest_row(cell: risk.Cell, basis: Basis) -> tuple[Text, ...]:
    words = basis.words
    means = [f"{words.label('means', key)} ({n})" for key, n in cell.means[:_MEANS]]
    return (
        say(Span(words.label("interests", cell.interest), style="strong")),
        say(str(cell.recent)),
        say(str(cell.before)),
        say(_trend(cell.trend, basis)),
        say(str(len(cell.campaigns))),
        say("; ".join(means) or "–"),
        say(str(len(cell.measures))),
    )


def _trend(trend: risk.Trend, basis: Basis) -> str:
    words = basis.words
    label = trend.label(words.language)
    if trend.word == "too_few":
        return label
    low, ratio, high = (
        "∞" if number == float("inf") else words.decimal(number, 2) for number in (trend.low, trend.ratio, trend.high)
    )
    return f"{label}: {ratio} ({low} – {high})"


def _bars(basis: Basis, alt: str) -> dict[str, Any]:
    words = basis.words
    spans = (words("columns.recent"), words("columns.before"))
    names = [words.label("interests", cell.interest) for cell in basis.triangle.interests]
    values = [
        {"interest": name, "span": span, "incidents": number}
        for name, cell in zip(names, basis.triangle.interests, strict=True)
        for span, number in zip(spans, (cell.recent, cell.before), strict=True)
    ]
    return {
        "$schema": _SCHEMA,
        "description": alt,
        "width": {"container": 0.62},
        "height": {"step": 11},
        "data": {"values": values},
        "mark": {"type": "bar"},
        "encoding": {
            "y": {
                "field": "interest",
                "type": "nominal",
                "sort": names,
                "axis": {"title": None, "labelLimit": 260, "ticks": False, "domain": False},
            },
            "yOffset": {"field": "span", "type": "nominal", "sort": list(spans)},
            "x": {
                "field": "incidents",
                "type": "quantitative",
                "axis": {"title": words("columns.incidents"), "tickMinStep": 1, "tickCount": 6},
            },
            "color": {
                "field": "span",
                "type": "nominal",
                "scale": {"domain": list(spans), "range": [_RECENT, _BEFORE]},
                "legend": {"title": None, "orient": "top"},
            },
        },
    }


def _gap_row(cell: risk.Cell, basis: Basis) -> tuple[Text, ...]:
    words = basis.words
    resilience = words("gaps.no_resilience")
    if cell.expired_on:
        resilience = words("gaps.resilience_expired", day=cell.expired_on.isoformat())
    corners = {"resilience": resilience, "measure": words("gaps.no_measure")}
    return (
        say(words.label("interests", cell.interest)),
        say(words.label("themes", cell.theme)),
        say(str(cell.last_24_months)),
        say("; ".join(corners[corner] for corner in cell.missing)),
    )


def _row(view: Any, basis: Basis) -> Text:
    cited = basis.citations.cite(view)
    return say(f"{basis.words.when(view.when)}: ", stored(view.name, basis.words), " ", *cited)
