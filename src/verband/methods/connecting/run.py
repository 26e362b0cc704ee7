"""One run, from incidents to proposed campaigns and the coincidences beside them."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from .chance import FIXED, SEARCHED, bar_of, e_values, expected_bar, mean_above, p_value, passing
from .duplicates import collapse
from .groups import Groups, completed, search, strength
from .links import links, shared
from .model import METHOD, VERSION, Campaign, Incident, Link, LinkEvidence, Parameters, Result
from .pairs import sharing
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


def connect(incidents: Sequence[Incident], parameters: Parameters) -> Result:
    """Campaigns proposed at `parameters.fdr`, strongest first, with the groups held for coincidence beside them.

    Places in the result are places in `incidents`. The same incidents, parameters and version give the same bits;
    names, keys and values may be exchanged one for one without any other change. No incident, or only one, gives an
    empty result.
    """
    order = canonical_order(incidents, parameters)
    reports = build(incidents, parameters, collapse(incidents, order, parameters))
    room = space(reports, sharing(reports, least=LEAST_BANS), reads_domain=_reads(parameters, "domain"))
    times = clock(reports)
    thin = is_thin(reports, times)
    spending = FIXED if thin else SEARCHED
    twice = same_events(incidents)
    if thin:
        test = tested(reports, times, parameters, twins=[(pair.a, pair.b) for pair in twice])
        found, null, bans = test.groups, test.null, strength(room, times, test.groups.members, parameters)
    else:
        found = search(room, times, parameters)
        null, bans = _null(room, times, found, parameters), found.bans
    stands = found.bans - spending.allowance
    best = tuple(round(float(world.max()), 9) if len(world) else NOTHING_FOUND for world in null)
    able = bans >= PROPOSED_BANS
    order_of = np.concatenate([np.flatnonzero(able), np.flatnonzero(~able)])
    stands, bans, able = stands[order_of], bans[order_of], able[order_of]
    e = np.zeros(len(stands))
    e[able] = e_values(stands[able], null, fdr=parameters.fdr, spending=spending)
    proposed = passing(e[able], fdr=parameters.fdr)
    shown = found.members[:, order_of[: proposed + SHOWN]]
    if not thin:
        shown = completed(room, times, shown, parameters)
    rows = [np.flatnonzero(column).tolist() for column in shown.T]
    groups = tuple(
        Campaign(
            **_members(incidents, reports, times, rows[number], parameters),
            bans=round(float(bans[number]), 9),
            strength=round(float(stands[number]), 9),
            p=p_value(float(stands[number]), best),
            e_value=round(float(e[number]), 9),
            rank=int((stands >= stands[number] - 1e-9).sum()),
            expected=round(mean_above(float(stands[number]), null), 6),
        )
        for number in range(len(rows))
    )
    bar = bar_of(stands[able], null, fdr=parameters.fdr, spending=spending)
    if np.isinf(bar):
        bar = expected_bar(best, fdr=parameters.fdr, spending=spending)
    return Result(
        method=METHOD,
        version=VERSION,
        parameters=parameters,
        incidents=len(order),
        reports=reports.count,
        comparisons=len(e),
        smallest_showable=parameters.smallest
        if thin
        else smallest_showable(room, bar + spending.allowance, parameters),
        campaigns=groups[:proposed],
        coincidences=groups[proposed:],
        null_best=best,
        same_event=twice,
        thin=thin,
        notes=MappingProxyType({"bar": round(bar, 9), "pairs": len(room.pairs.a)}),
    )


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
    best, beaten = float(found.bans.max()) - SEARCHED.allowance, 0
    spare = SEARCHED.few * parameters.fdr * (parameters.replicates + 1)
    for number in range(parameters.replicates):
        rng = np.random.default_rng([parameters.seed, number])
        world = search(room, times.shuffled(shuffler.slots(rng)), parameters)
        worlds.append(world.bans)
        beaten += len(world.bans) > 0 and float(world.bans.max()) >= best
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
