"""Nights: a collection that grows is tested again and again, and all that was ever proposed keeps one promise.

The first night reads what is there. Each later one tests only groups with a report that came in since. Night t may
spend its share of the rate, times all proposals that there are after it; the shares sum to one. Nights may depend on
each other in any way: of all that was ever proposed, the expected share that is chance is at most the rate. What was
proposed stays proposed, also when it grows.

With D proposals before and e-values of K groups tonight (mean one by chance), k more are proposed where each is at
least K / (fdr share (D + k)). So the false ones among them, over D + k, are in expectation at most fdr times share.
Source: Xu & Ramdas 2024, Online multiple testing with e-values (e-LOND), here with one step of e-BH a night.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from verband.language.errors import InputError

from .chance import Spending
from .tail import e_values, tail

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FIRST = 0.5
"""Share of the rate that the first night may spend: it reads all that was collected before."""
MONTH = 30.0
"""Nights after which a night may spend a third of what the second may: later nights are many."""


@dataclass(frozen=True)
class Night:
    """What is known before a night's run.

    `number`: 1 for the first. `proposed`: how many campaigns were proposed in all nights before. `new`: places in the
    input of what came in since the night before; in the first night everything is new. `earlier`: members of the
    campaigns proposed before, as places in the input.
    """

    number: int
    proposed: int
    new: frozenset[int]
    earlier: tuple[frozenset[int], ...] = ()

    def __post_init__(self) -> None:
        if self.number < 1 or self.proposed < 0:
            raise InputError("connect.night", number=self.number, proposed=self.proposed)

    def level(self, fdr: float) -> float:
        """What a first proposal of this night may spend of the false discovery rate."""
        return fdr * share(self.number) * (1 + self.proposed)

    def fresh(self, members: Sequence[Collection[int]]) -> Flags:
        """Of reports or groups given as places: which hold anything new."""
        if self.number == 1:
            return np.ones(len(members), dtype=np.bool_)
        return np.array([not self.new.isdisjoint(places) for places in members], dtype=np.bool_)

    def carried(self, members: Sequence[Collection[int]]) -> Flags:
        """Of groups given as places: which hold more than half of a campaign that was proposed before."""
        found = [
            any(2 * len(before.intersection(places)) > len(before) for before in self.earlier) for places in members
        ]
        return np.array(found, dtype=np.bool_)


def share(number: int) -> float:
    """The share of the rate that night `number` may spend (1 is the first); over all nights they sum to one."""
    if number == 1:
        return FIRST
    left = [float(np.sqrt(MONTH / (MONTH + done))) for done in (number - 2, number - 1)]
    return (1.0 - FIRST) * (left[0] - left[1])


def tonight(
    stands: Floats,
    members: Sequence[Collection[int]],
    nulls: Sequence[Sequence[Floats]],
    *,
    night: Night,
    fdr: float,
    spending: Spending,
) -> Flags:
    """Which groups are proposed after this night: what was before, and what holds something new and stands.

    `stands`, `members`: strengths of the real groups and their incidents, as places in the input. `nulls`: for each
    kind of shuffled world, strengths of those groups of each world that hold something new; a group must stand against
    every kind. What no world reached is read from a modelled tail.
    """
    chosen = night.carried(members)
    asked = np.flatnonzero(night.fresh(members) & ~chosen)
    if len(asked):
        mine = replace(spending, before=float(night.proposed))
        share_of_night = fdr * share(night.number)
        e = [e_values(stands[asked], tail(null), fdr=share_of_night, spending=mine) for null in nulls]
        chosen[asked[np.min(e, axis=0) > 0]] = True
    return chosen


def said(night: Night | None, fdr: float) -> dict[str, float]:
    """What a result says of its night; nothing where there is none."""
    if night is None:
        return {}
    return {"night": night.number, "night_level": night.level(fdr), "night_new": len(night.new)}
