"""What is new: the newest incidents on map and in table, and the course of the last year."""

from __future__ import annotations

import json
from typing import Any

from verband.language.markings import highest
from verband.rooms.picture import charts
from verband.rooms.reports.document import Block, Chart, Paragraph, Section, Table, say
from verband.rooms.reports.kinds import incidents as tables
from verband.rooms.reports.kinds.basis import Basis
from verband.rooms.reports.kinds.campaign_sections import title

_LISTED = 25
_MAP_SHARE = 72
_MONTHS = 12
_MONTH_MS = 2_629_746_000


def new(basis: Basis) -> Section:
    """The section on what is new, with the window that it means."""
    words = basis.words
    blocks: list[Block] = [Paragraph(say(line)) for line in _meant(basis)]
    if not basis.new:
        blocks.append(Paragraph(say(words("new.none"))))
    else:
        here = {view.id for view in basis.new}
        if touched := [title(row, words) for row in basis.groups if here & set(row.things)]:
            blocks.append(Paragraph(say(words("new.touched", titles=words.listed([f"“{name}”" for name in touched])))))
        blocks += _listed(basis)
    blocks += _course(basis)
    own = highest(view.marking for view in basis.new).words()
    return Section("new", words("new.title"), own, tuple(blocks))


def _meant(basis: Basis) -> list[str]:
    """What `new` means here, and how long the collection has been silent."""
    words, window = basis.words, basis.window
    if basis.since is not None:
        return [words("new.window_since", since=words.day(basis.since))]
    if window is None:
        return [words("new.undated")]
    lines = [
        words("new.window", days=window.days, since=words.day(window.start), until=words.day(window.end - 1)),
    ]
    if window.silent:
        lines.append(words("new.silent", months=window.silent))
    return lines


def _listed(basis: Basis) -> list[Block]:
    """The newest incidents: on the map where any has a place, and in the table that says the same."""
    words, shown = basis.words, basis.new[:_LISTED]
    table = tables.table(words("new.table"), shown, words=words, citations=basis.citations)
    blocks: list[Block] = [table]
    rows = charts.points(shown, language=words.language)
    if any("lat" in row for row in rows):
        nowhere, outside = charts.off_map(rows)
        alt = words("new.map_alt", incidents=words.count("incident", len(rows) - nowhere - outside))
        spec = _explained(charts.world_map(_drawn(rows), words={**_chart_words(basis), "description": alt}), rows)
        blocks = [Chart(words("new.map"), alt, spec, table, share=_MAP_SHARE)]
        if nowhere or outside:
            blocks.append(Paragraph(say(words("new.off_map", nowhere=nowhere, outside=outside)), "small"))
    if rest := len(basis.new) - len(shown):
        blocks.append(Paragraph(say(words("format.more", n=rest)), "small"))
    return blocks


def _course(basis: Basis) -> list[Block]:
    """The last year of the collection by month and colour group."""
    words = basis.words
    if basis.window is None:
        return []
    end_ms = basis.window.end * 1000
    rows = charts.points(basis.incidents, language=words.language)
    starts = [start for row in rows for start in row["ms"] if start < end_ms]
    first = max(starts) - (_MONTHS - 1) * _MONTH_MS
    recent = [_cut(row, first, end_ms) for row in rows if any(first <= start < end_ms for start in row["ms"])]
    table = charts.months_table(
        recent, language=words.language, month_word=words("columns.month"), total_word=words("columns.total")
    )
    alt = words("new.timeline_alt", first=table["rows"][-1][0], last=table["rows"][0][0])
    spec = _explained(charts.timeline(_drawn(recent), words={**_chart_words(basis), "description": alt}), recent)
    rows_of_text = tuple(tuple(say(cell) for cell in row) for row in table["rows"])
    chart = Chart(
        words("new.timeline"), alt, spec, Table(words("new.timeline_table"), tuple(table["head"]), rows_of_text)
    )
    return [chart, Paragraph(say(words("new.timeline_note")), "small")]


def _cut(row: dict[str, Any], first: int, end: int) -> dict[str, Any]:
    """The row with those of its months that lie in the span; its weight for each month stays."""
    kept = [at for at, start in enumerate(row["ms"]) if first <= start < end]
    return {**row, "ms": [row["ms"][at] for at in kept], "me": [row["me"][at] for at in kept], "m": row["ms"][kept[0]]}


def _explained(spec: dict[str, Any], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The specification set for paper: with a legend, as nothing stands beside it that names its colours and shapes.

    Months are written as in the table, because the renderer knows the names of months in English alone.
    """
    named = {row["group"]: row["word"] for row in rows}
    legend = {
        "title": None,
        "orient": "top",
        "values": sorted(named),
        "labelExpr": f"({json.dumps(named)})[datum.label]",
    }
    for part in (spec, *spec.get("layer", ())):
        encoding = part.get("encoding", {})
        for channel in {"color", "shape"} & set(encoding):
            encoding[channel] = {**encoding[channel], "legend": legend}
        if encoding.get("x", {}).get("type") == "temporal":
            encoding["x"] = {**encoding["x"], "axis": {**encoding["x"].get("axis", {}), "format": "%Y-%m"}}
    return spec


def _drawn(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the picture draws of each row, no names: a document holds no more than it shows."""
    kept = ("group", "word", "m", "ms", "me", "weight", "lat", "lon")
    return [{name: row[name] for name in kept if name in row} for row in rows]


def _chart_words(basis: Basis) -> dict[str, str]:
    words = basis.words
    return {
        "incidents": words("columns.incidents"),
        "incident": words("columns.incident"),
        "when": words("columns.when"),
        "domain": words("columns.domain"),
        "kingdom": words("new.kingdom"),
    }
