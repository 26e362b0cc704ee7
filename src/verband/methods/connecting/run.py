"""One run, from incidents to proposed campaigns and the coincidences beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from verband.methods.engine import Engine

from .capped import repeats, told, too_common
from .chance import FIXED, SEARCHED, Spending, bar_of, e_values, expected_bar, mean_above, p_value, passing
from .columns import tables
from .duplicates import collapse
from .groups import Flags, Groups, search, strength
from .large import LARGE, connect_table
from .linking import linked
from .links import links, shared
from .model import METHOD, VERSION, Campaign, Incident, Link, LinkEvidence, Parameters, Result, SameEvent
from .pairs import Pairs, sharing
from .power import smallest_showable
from .reports import Reports, build, canonical_order
from .same_event import same_events
from .space import Space, space
from .thin import is_thin, tested
from .times import Clock, busy, clock
from .worlds import Shuffler

Floats = NDArray[np.float64]

SHOWN = 12
LEAST_BANS = 1.0
PROPOSED_BANS = 1.0
"""What is no ten times likelier to be one campaign than not is not proposed, however close its dates lie."""


def connect(incidents: Sequence[Incident], parameters: Parameters, *, engine: Engine | None = None) -> Result:
    """Campaigns proposed at `parameters.fdr`, strongest first, with the groups held for coincidence beside them.

    Places in the result are places in `incidents`. The same incidents, parameters and version give the same bits;
    names, keys and values may be exchanged one for one without any other change. No incident, or only one, gives an
    empty result. `engine` answers which reports are linked, numpy where there is none: the result is the same.
    More than LARGE incidents are read as `connect_table` reads them.
    """
    if len(incidents) > LARGE:
        return connect_table(*tables(incidents), parameters, engine=engine)
    order = canonical_order(incidents, parameters)
    reports = build(incidents, parameters, collapse(incidents, order, parameters))
    room = space(reports, _pairs(reports, parameters, engine), reads_domain=_reads(parameters, "domain"))
    times = clock(reports)
    twice = same_events(incidents)
    trial = _fixed(room, times, twice, parameters) if is_thin(reports, times) else _searched(room, times, parameters)
    able = trial.bans >= PROPOSED_BANS
    e = np.zeros(len(able))
    e[able] = e_values(trial.stands[able], trial.null, fdr=parameters.fdr, spending=trial.spending)
    proposed = passing(e[able], fdr=parameters.fdr)
    first = np.argsort(~able, kind="stable")[: proposed + SHOWN]
    shown = trial.members[:, first]
    groups = tuple(
        Campaign(
            **_members(incidents, reports, times, np.flatnonzero(column).tolist(), parameters),
            **_standing(trial, int(number), float(e[number])),
        )
        for number, column in zip(first, shown.T, strict=True)
    )
    bar = bar_of(trial.stands[able], trial.null, fdr=parameters.fdr, spending=trial.spending)
    if np.isinf(bar):
        bar = expected_bar(trial.best, fdr=parameters.fdr, spending=trial.spending)
    common = too_common(reports)
    least = smallest_showable(room, bar + trial.spending.allowance, parameters)
    if trial.thin:
        least = parameters.smallest if reports.count >= parameters.smallest else parameters.largest + 1
    return Result(
        method=METHOD,
        version=VERSION,
        parameters=parameters,
        incidents=len(order),
        reports=reports.count,
        comparisons=len(e),
        smallest_showable=least,
        campaigns=groups[:proposed],
        coincidences=groups[proposed:],
        null_best=trial.best,
        same_event=twice,
        thin=trial.thin,
        repeats=repeats(reports),
        capped=told(reports, common),
        notes=MappingProxyType({"bar": round(bar, 9), "pairs": len(room.pairs.a), "capped_values": len(common)}),
    )


def _pairs(reports: Reports, parameters: Parameters, engine: Engine | None) -> Pairs:
    if engine is None:
        return sharing(reports, least=LEAST_BANS)
    times = clock(reports)
    return linked(reports, times, engine=engine, spans_days=parameters.spans_days, least=LEAST_BANS).pairs


@dataclass(frozen=True)
class _Trial:
    """The groups of the real world, strongest first, and the strengths of the groups of each shuffled one.

    `stands`: what is compared, the allowance taken off. `bans`: what each group weighs. `best`: of each world.
    """

    members: Flags
    stands: Floats
    bans: Floats
    null: list[Floats]
    best: tuple[float, ...]
    spending: Spending
    thin: bool


def _searched(room: Space, times: Clock, parameters: Parameters) -> _Trial:
    found = search(room, times, parameters)
    null = _null(room, times, found, parameters)
    return _Trial(found.members, found.stands - SEARCHED.allowance, found.bans, null, _best(null), SEARCHED, thin=False)


def _fixed(room: Space, times: Clock, twice: Sequence[SameEvent], parameters: Parameters) -> _Trial:
    """In a thin collection what is compared is how close the dates of a group lie."""
    test = tested(room.reports, times, parameters, twins=[(pair.a, pair.b) for pair in twice])
    members, stands = test.groups.members, test.groups.stands - FIXED.allowance
    bans = strength(room, times, members, parameters).bans
    return _Trial(members, stands, bans, test.null, _best(test.null), FIXED, thin=True)


def _best(null: Sequence[Floats]) -> tuple[float, ...]:
    return tuple(round(float(world.max()), 9) if len(world) else NOTHING_FOUND for world in null)


def _standing(trial: _Trial, number: int, e: float) -> _Standing:
    """Where a group stands against chance."""
    stands = float(trial.stands[number])
    return {
        "bans": round(float(trial.bans[number]), 9),
        "strength": round(stands, 9),
        "p": p_value(stands, trial.best),
        "e_value": round(e, 9),
        "rank": int((trial.stands >= stands - 1e-9).sum()),
        "expected": round(mean_above(stands, trial.null), 6),
    }


class _Standing(TypedDict):
    bans: float
    strength: float
    p: float
    e_value: float
    rank: int
    expected: float


NOTHING_FOUND = -99.0


def _reads(parameters: Parameters, feature: str) -> bool:
    wanted = parameters.features is None or feature in parameters.features
    return wanted and feature not in parameters.exclude_features


def _null(room: Space, times: Clock, found: Groups, parameters: Parameters) -> list[Floats]:
    """Strengths of the groups in each shuffled world. It stops early where the strongest real group cannot pass any
    more.
    """
    shuffler = Shuffler(room.reports, times, busy(room.reports, times))
    worlds: list[Floats] = []
    if not len(found.bans):
        return worlds
    best, beaten = float(found.stands.max()) - SEARCHED.allowance, 0
    spare = SEARCHED.few * parameters.fdr * (parameters.replicates + 1)
    for number in range(parameters.replicates):
        rng = np.random.default_rng([parameters.seed, number])
        world = search(room, times.shuffled(shuffler.slots(rng)), parameters)
        worlds.append(world.stands)
        beaten += len(world.stands) > 0 and float(world.stands.max()) >= best
        if len(worlds) >= parameters.replicates_least and beaten + 1 > spare:
            break
    return worlds


def _members(
    incidents: Sequence[Incident], reports: Reports, times: Clock, rows: list[int], parameters: Parameters
) -> _Members:
    """What a campaign says of its reports `rows`."""
    members = [reports.members[row] for row in rows]
    return {
        "incidents": tuple(sorted(place for row in members for place in row)),
        "links": links(incidents, reports, times, rows, parameters),
        "reports": len(members),
        "merged": tuple(row for row in members if len(row) > 1),
        "shared": shared(incidents, reports, rows, parameters),
    }


class _Members(TypedDict):
    incidents: tuple[int, ...]
    links: tuple[Link, ...]
    reports: int
    merged: tuple[tuple[int, ...], ...]
    shared: tuple[LinkEvidence, ...]
