"""The embedded tables of the cycle in the shape that the room takes: editions, lines of the review, strategies."""

from __future__ import annotations

from collections.abc import Iterator

from verband.demo import tables
from verband.demo.rows import place, source
from verband.rooms.risk.cycle.services import CellRow, EditionRow, GoalRow, LineRow


def editions() -> Iterator[EditionRow]:
    """Every edition that a policy text mentions."""
    for row in tables.load("cycle_editions"):
        own = source(row.own_text) if row.own_text else None
        yield EditionRow(
            key=row.key,
            kind=row.kind,
            title_nl=row.title_nl,
            title_en=row.title_en,
            appeared=row.appeared,
            appeared_on=row.appeared_on,
            due_as_stated=row.due_as_stated,
            period_as_stated=row.period_as_stated,
            follows=row.follows,
            replaces=row.replaces,
            replaces_as_stated=row.replaces_as_stated,
            called_nl=row.called_nl,
            called_en=row.called_en,
            own_text_nl=own.title_nl if own else "",
            own_text_number=own.kamerstuk if own else "",
            marking=row.marking,
            place=place(row.source, row.section, row.line, row.anchor_nl),
        )


def review_lines() -> Iterator[LineRow]:
    """Introduction, instruments and conclusion of the midterm review 2021, and its verdicts as we read them."""
    for row in tables.load("review_lines"):
        yield LineRow(
            edition=row.edition,
            part=row.part,
            theme=row.theme_key,
            verdict=row.verdict,
            text=row.text_en,
            as_read=row.as_read,
            marking=row.marking,
            place=place(row.source, row.section, row.line, row.anchor_nl),
        )


def goals() -> Iterator[GoalRow]:
    """What the strategies set themselves."""
    for row in tables.load("strategy_goals"):
        yield GoalRow(
            edition=row.edition,
            key=row.id.lower(),
            theme=row.theme_key,
            text=row.text_en,
            marking=row.marking,
            place=place(row.source, row.section, row.line, row.anchor_nl),
        )


def cells() -> Iterator[CellRow]:
    """What the texts say about the strategies, aspect by aspect."""
    for row in tables.load("strategy_cells"):
        yield CellRow(
            edition=row.edition,
            aspect=row.aspect,
            text=row.text_en,
            marking=row.marking,
            place=place(row.source, row.section, row.line, row.anchor_nl),
        )
