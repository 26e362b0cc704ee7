"""Competing hypotheses for one group of incidents: what speaks against each, and which item the ranking hangs on."""

from .certainty import level
from .filling import fill, first_hypothesis
from .model import (
    HYPOTHESES,
    NOT_DECIDED,
    STATE,
    Cell,
    Item,
    Parameters,
    Result,
    Score,
    Statement,
    Told,
)
from .ranking import rank

__all__ = [
    "HYPOTHESES",
    "NOT_DECIDED",
    "STATE",
    "Cell",
    "Item",
    "Parameters",
    "Result",
    "Score",
    "Statement",
    "Told",
    "fill",
    "first_hypothesis",
    "level",
    "rank",
]
