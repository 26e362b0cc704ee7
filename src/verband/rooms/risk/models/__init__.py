"""The tables of the room, one module for each subject."""

from verband.rooms.risk.models.published import Published, Statement, ThemeText
from verband.rooms.risk.models.resilience import ResilienceJudgement

__all__ = ["Published", "ResilienceJudgement", "Statement", "ThemeText"]
