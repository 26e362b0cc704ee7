"""The front door of risk: the triangle and its gaps, judgements, scenarios, and what the assessments say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verband.rooms.measures.services import MeasureView
from verband.rooms.people.services import Reader
from verband.rooms.picture.services import IncidentView
from verband.rooms.risk import judging, texts
from verband.rooms.risk.judging import JudgementView
from verband.rooms.risk.texts import Place, StatementRow, StatementView, TextView, ThemeTextRow
from verband.rooms.risk.trend import Trend, trend
from verband.rooms.risk.triangle import Cell, Triangle, belongs, incidents, themes_of, triangle

__all__ = [
    "Cell",
    "Gaps",
    "JudgementView",
    "Place",
    "StatementRow",
    "StatementView",
    "TextView",
    "ThemeTextRow",
    "Trend",
    "Triangle",
    "belongs",
    "gaps",
    "gaps_of",
    "incidents",
    "judge",
    "judgements",
    "load_statements",
    "load_theme_texts",
    "statements",
    "theme_texts",
    "themes_of",
    "trend",
    "triangle",
    "withdraw",
]

judge = judging.judge
withdraw = judging.withdraw
judgements = judging.judgements
load_statements = texts.load_statements
load_theme_texts = texts.load_theme_texts
statements = texts.statements
theme_texts = texts.theme_texts


@dataclass(frozen=True)
class Gaps:
    """Corners that are missing (R001): pairs with a threat and no judgement or measure, incidents with no interest.

    Measures without a threat are listed apart; they are no gap.
    """

    pairs: tuple[Cell, ...]
    incidents_without_interest: tuple[IncidentView, ...]
    measures_without_threat: tuple[MeasureView, ...]

    def __len__(self) -> int:
        return len(self.pairs) + len(self.incidents_without_interest)


def gaps(who: Reader, *, now: datetime, known_on: int | None = None) -> Gaps:
    """The gaps that this reader may see."""
    return gaps_of(triangle(who, now=now, known_on=known_on))


def gaps_of(found: Triangle) -> Gaps:
    """The gaps of a triangle that is there already."""
    return Gaps(found.gaps, found.without_interest, found.measures_without_threat)
