"""The tables of the room, one module for each subject."""

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
)

__all__ = [
    "Agreed",
    "Challenge",
    "Dissent",
    "ExpertScore",
    "Fixing",
    "Published",
    "Remark",
    "ResilienceJudgement",
    "Scenario",
    "ScenarioLink",
    "Seat",
    "Session",
    "Statement",
    "ThemeText",
]
