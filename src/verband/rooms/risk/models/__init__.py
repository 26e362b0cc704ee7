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
from verband.rooms.risk.models.scenarios import (
    Agreed,
    Challenge,
    Dissent,
    ExpertScore,
    Fixing,
    Remark,
    Scenario,
    ScenarioLink,
    Seat,
    Session,
    Signed,
)

__all__ = [
    "Agreed",
    "Challenge",
    "CycleEdition",
    "CycleProduct",
    "Dissent",
    "ExpertScore",
    "FindingAnswer",
    "Fixing",
    "FrozenEdition",
    "GoalFate",
    "MeasureFunction",
    "Published",
    "Remark",
    "ResilienceJudgement",
    "ReviewLine",
    "Said",
    "Scenario",
    "ScenarioLink",
    "Seat",
    "Session",
    "Signed",
    "Statement",
    "StrategyCell",
    "StrategyGoal",
    "ThemeText",
]
