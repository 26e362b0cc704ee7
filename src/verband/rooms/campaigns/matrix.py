"""The evidence of a campaign as a matrix: incidents in time order by shared values, weightiest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verband.rooms.campaigns import wording
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.campaigns.together import Reason, Row
from verband.rooms.picture.services import IncidentView


@dataclass(frozen=True)
class Column:
    """A shared value: its word, feature and weight, and how many of the collection's reports state it."""

    value: str
    feature: str
    bans: float
    df: int
    n: int


@dataclass(frozen=True)
class Line:
    """One incident with, for each column, the records that state the value; empty where none does."""

    incident: IncidentView
    cells: tuple[tuple[Row, ...], ...]

    @property
    def stated(self) -> int:
        """How many of the columns it states."""
        return sum(bool(cell) for cell in self.cells)


@dataclass(frozen=True)
class Matrix:
    """Columns by bans; lines by time, undated ones last."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def matrix(view: CampaignView, reasons: Sequence[Reason], language: str) -> Matrix:
    """What the campaign's incidents share and who states it; nearness, which nobody states, is left out."""
    stated = [reason for reason in reasons if not reason.close and reason.rows]
    columns = tuple(
        Column(reason.value, wording.feature_word(reason.feature, language), reason.bans, reason.df, reason.n)
        for reason in stated
    )
    in_time = sorted(view.incidents, key=lambda incident: incident.when.start if incident.when else 2**40)
    lines = tuple(
        Line(
            incident,
            tuple(tuple(row for row in reason.rows if row.incident.id == incident.id) for reason in stated),
        )
        for incident in in_time
    )
    return Matrix(columns, lines)


def as_values(table: Matrix) -> list[dict[str, object]]:
    """A row for each incident: a column for each value with the records that state it as `source key`."""
    heads = [f"{column.feature}: {column.value}" for column in table.columns]
    return [
        {
            "incident": line.incident.stix_id,
            "title": line.incident.name,
            "when": line.incident.when.words() if line.incident.when else "",
            **{
                head: [f"{row.record.source} {row.record.key}" for row in cell]
                for head, cell in zip(heads, line.cells, strict=True)
            },
        }
        for line in table.lines
    ]
