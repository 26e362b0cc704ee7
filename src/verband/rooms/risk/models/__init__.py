"""The tables of the room, one module for each subject."""

from verband.rooms.risk.models.cycle import (
    CycleEdition,
    CycleProduct,
    FindingAnswer,
    FrozenEdition,
    GoalFate,
    MeasureFunction,
    ReviewLine,
    Said,
    StrategyCell,
    StrategyGoal,
)
from verband.rooms.risk.models.published import Published, Statement, ThemeText
from verband.rooms.risk.models.resilience import ResilienceJudgement

__all__ = [
    "CycleEdition",
    "CycleProduct",
    "FindingAnswer",
    "FrozenEdition",
    "GoalFate",
    "MeasureFunction",
    "Published",
    "ResilienceJudgement",
    "ReviewLine",
    "Said",
    "Statement",
    "StrategyCell",
    "StrategyGoal",
    "ThemeText",
]
