"""What no record states but what follows from it: a room above says how, so that incidents can be filtered by it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from verband.rooms.picture.reading import IncidentView

_HOW: dict[str, Callable[[IncidentView], tuple[str, ...]]] = {}


def derive(name: str, how: Callable[[IncidentView], tuple[str, ...]]) -> None:
    """Let `how` say the values of an attribute that records do not always state; a later call replaces it."""
    _HOW[name] = how


def is_derived(name: str) -> bool:
    """Whether a room said how to derive that attribute."""
    return name in _HOW


def values(view: IncidentView, name: str) -> tuple[str, ...]:
    """The folded values of an attribute: derived ones where a room says how, else what the records state."""
    return _HOW[name](view) if name in _HOW else view.values(name)
