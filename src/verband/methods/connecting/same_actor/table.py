"""What the method reads: a neutral table of incidents, without who is blamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verband.language.errors import InputError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Incidents:
    """Incidents side by side, one place in every sequence for each.

    `columns`: name of a column -> the set of stated values of each incident, empty where nothing is stated. `words`:
    the words of the text in order; the caller leaves out every word of an actor's name, alias or adjective (P1).
    `start`, `end`: days on any calendar, NaN where unknown. No column says who is blamed, and none says a feature of
    persons (P12): the caller answers for that.
    """

    columns: Mapping[str, tuple[frozenset[str], ...]]
    words: tuple[tuple[str, ...], ...]
    start: Floats
    end: Floats

    def __post_init__(self) -> None:
        lengths = {len(self.words), len(self.start), len(self.end), *map(len, self.columns.values())}
        if len(lengths) > 1:
            raise InputError("same_actor.lengths", lengths=", ".join(map(str, sorted(lengths))))

    @property
    def count(self) -> int:
        """How many incidents there are."""
        return len(self.words)


@dataclass(frozen=True)
class Pairs:
    """Pairs of incidents by their places: `first[i]` with `second[i]`. The order within a pair has no meaning."""

    first: Ints
    second: Ints

    @property
    def count(self) -> int:
        """How many pairs there are."""
        return len(self.first)


def all_pairs(places: Ints) -> Pairs:
    """Every pair of two of these places, each once, in the order of the places."""
    left, right = np.triu_indices(len(places), k=1)
    return Pairs(places[left], places[right])
