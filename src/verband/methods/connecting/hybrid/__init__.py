"""Is a group of incidents a hybrid campaign by the definition? Element by element, with what says so."""

from .elements import (
    ELEMENTS,
    LABELS,
    OPTIONAL,
    PHASES,
    Act,
    Element,
    Finding,
    Result,
    Step,
    classify,
)

__all__ = ["ELEMENTS", "LABELS", "OPTIONAL", "PHASES", "Act", "Element", "Finding", "Result", "Step", "classify"]
