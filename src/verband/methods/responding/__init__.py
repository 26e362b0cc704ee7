"""How often an instrument was named as a response to incidents alike: counts with intervals, thin ones not shown."""

from .agreement import Agreement, agreement
from .intervals import interval
from .model import EUREPOC, GROUPINGS, LEVEL, SMALLEST, Beside, Case, Cell, Group, RateTable
from .rates import rates
from .worded import NOTABLE, UNSTATED, beside_sentence, sentence

__all__ = [
    "EUREPOC",
    "GROUPINGS",
    "LEVEL",
    "NOTABLE",
    "SMALLEST",
    "UNSTATED",
    "Agreement",
    "Beside",
    "Case",
    "Cell",
    "Group",
    "RateTable",
    "agreement",
    "beside_sentence",
    "interval",
    "rates",
    "sentence",
]
