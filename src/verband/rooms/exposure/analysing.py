"""What the method says of the network that a reader sees: cascades, pairs, what helps most, and restoration."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import permutations

from verband.methods.depending.cascades import (
    Blast,
    Effort,
    Gain,
    Pair,
    Parameters,
    Restoration,
    System,
    blast_radius,
    criticality,
    propagate,
    restore,
    strengthen,
)
from verband.methods.depending.cascades import pairs as pairs_of
from verband.rooms.exposure.network import Network, NodeView, RequirementView

#: Pairs that are shown, each with an interval: what a person reads.
_PAIRS = 25
#: Every order of so many repairs is tried: 120 at five, 720 at six.
MOST_ORDERED = 5
#: Below this a loss beyond the two alone is a matter of adding up.
_NOTHING_H = 1e-6


@dataclass(frozen=True)
class PairView:
    """Two nodes that lose more together than the two alone, by `beyond_h`; the interval is of the loss together."""

    one: NodeView
    other: NodeView
    lost_h: float
    low_h: float
    high_h: float
    beyond_h: float


@dataclass(frozen=True)
class GainView:
    """One way to strengthen a requirement of a node, and what it saves over all single failures."""

    node: NodeView
    requirement: RequirementView
    gain: Gain


@dataclass(frozen=True)
class Order:
    """Repairs one after the other: each node with the hour at which it is repaired, and what that comes to.

    `all_up_h` is when the last outage ends; infinite where something does not come back.
    """

    repaired_h: Mapping[str, float]
    lost_h: float
    all_up_h: float


def cascade(found: Network, picks: Sequence[str], *, horizon_h: float) -> Blast:
    """What fails if these nodes fail together, and what is lost in the horizon, with 5-95 % of the draws.

    It is computed on `found.part(picks)`, so that nothing else of the network moves a figure. Raises
    NotFoundError("exposure.no_node"), what `blast_radius` raises.
    """
    return _blast(found.part(picks).system, tuple(dict.fromkeys(picks)), horizon_h)


def impact_h(found: Network, key: str, *, horizon_h: float) -> float | None:
    """The hour at which the first other process fails if this node fails alone; None where none does (R048)."""
    steps = propagate(found.system, [key], horizon_h=horizon_h).steps()
    return next((step.time_h for step in steps if step.group and found.nodes[step.name].kind == "process"), None)


def pairs(found: Network, *, horizon_h: float) -> list[PairView]:
    """Up to 25 pairs of nodes that lose more together than apart, most beyond the two alone first."""
    system = found.system
    told = [pair for pair in _pairs(system, horizon_h) if pair.beyond_h > _NOTHING_H][:_PAIRS]
    if not told:
        return []
    drawn = _together(system, tuple((pair.one, pair.other) for pair in told), horizon_h)
    return [
        PairView(found.nodes[pair.one], found.nodes[pair.other], pair.lost_h, *bounds, pair.beyond_h)
        for pair, bounds in zip(told, drawn, strict=True)
    ]


def strengthening(found: Network, *, horizon_h: float, effort: Effort) -> list[GainView]:
    """Where a longer buffer or one supplier more saves anything, most per unit of effort first."""
    return [
        GainView(found.nodes[gain.node], found.needs(gain.node)[gain.group - 1], gain)
        for gain in _gains(found.system, horizon_h, effort)
        if gain.saved_h > _NOTHING_H
    ]


def restoration(found: Network, repaired_h: Mapping[str, float], *, until_h: float) -> Restoration:
    """What is down from when to when if these fail at hour 0 and each is repaired at its hour. Raises as `restore`."""
    return restore(found.part(tuple(repaired_h)).system, repaired_h, until_h=until_h)


def orders(found: Network, takes_h: Mapping[str, float], *, until_h: float) -> list[Order]:
    """Every order in which one crew can repair these, each taking its hours; least lost first, then soonest all up.

    Empty for fewer than two or more than five.
    """
    if not 2 <= len(takes_h) <= MOST_ORDERED:
        return []
    system = found.part(tuple(takes_h)).system
    tried = []
    for order in permutations(takes_h):
        hour, repaired = 0.0, {}
        for key in order:
            hour += takes_h[key]
            repaired[key] = hour
        told = restore(system, repaired, until_h=until_h)
        tried.append(Order(repaired, told.lost_h, all_up_h(told)))
    return sorted(tried, key=lambda one: (one.lost_h, one.all_up_h))


def all_up_h(told: Restoration) -> float:
    """When the last outage ends; infinite where one does not."""
    return max((outage.to_h for outage in told.outages), default=0.0) if not told.never else math.inf


@lru_cache(maxsize=16)
def _blast(system: System, picks: tuple[str, ...], horizon_h: float) -> Blast:
    return blast_radius(system, picks, Parameters(horizon_h=horizon_h))


@lru_cache(maxsize=16)
def _pairs(system: System, horizon_h: float) -> tuple[Pair, ...]:
    return pairs_of(system, Parameters(horizon_h=horizon_h))


@lru_cache(maxsize=16)
def _together(system: System, told: tuple[tuple[str, str], ...], horizon_h: float) -> tuple[tuple[float, float], ...]:
    """5 and 95 % of what each pair loses together, in the order given."""
    candidates = {str(at): pair for at, pair in enumerate(told)}
    result = criticality(system, Parameters(horizon_h=horizon_h, with_interval=len(told)), candidates=candidates)
    bounds = {one.name: (one.low_h or 0.0, one.high_h or 0.0) for one in result.standings}
    return tuple(bounds[str(at)] for at in range(len(told)))


@lru_cache(maxsize=16)
def _gains(system: System, horizon_h: float, effort: Effort) -> tuple[Gain, ...]:
    return strengthen(system, Parameters(horizon_h=horizon_h), effort=effort)
