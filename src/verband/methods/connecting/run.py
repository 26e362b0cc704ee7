"""One run, from incidents to proposed campaigns and the coincidences beside them."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import TypedDict

import numpy as np

from verband.methods.engine import Engine

from .capped import repeats, told, too_common
from .chance import p_value, passing
from .columns import tables
from .duplicates import collapse
from .groups import NOT_ENOUGH
from .kin import kin
from .large import LARGE, connect_table
from .members import members
from .model import METHOD, VERSION, Campaign, Incident, Parameters, Result
from .nights import Night, said, tonight
from .reports import build, canonical_order
from .same_event import same_events
from .thin import PROPOSED_BANS, is_thin, thin_of
from .times import clock
from .trial import Trial, fixed, searched

SHOWN = 12


def connect(
    incidents: Sequence[Incident], parameters: Parameters, *, engine: Engine | None = None, night: Night | None = None
) -> Result:
    """Campaigns proposed at `parameters.fdr`, strongest first, with the groups held for coincidence beside them.

    Places in the result are places in `incidents`. The same incidents, parameters and version give the same bits;
    names, keys and values may be exchanged one for one without any other change. No incident, or only one, gives an
    empty result. `engine` answers which reports are linked, numpy where there is none: the result is the same.
    More than LARGE incidents are read as `connect_table` reads them.

    `night`: test only what holds something new, at that night's level; what was proposed before stays proposed.
    """
    if len(incidents) > LARGE:
        return connect_table(*tables(incidents), parameters, engine=engine, night=night)
    order = canonical_order(incidents, parameters)
    groups_of_places = collapse(incidents, order, parameters)
    reports = build(incidents, parameters, groups_of_places)
    twice = same_events(incidents)
    if is_thin(reports, clock(reports)):
        trial = fixed(thin_of(incidents, groups_of_places, twice, parameters), night)
    else:
        trial = searched(reports, night, parameters, engine)
    reports, times = trial.reports, clock(trial.reports)
    able = trial.bans >= PROPOSED_BANS
    e = np.zeros(len(able))
    e[able] = trial.e_values(trial.stands[able], parameters.fdr)
    chosen = np.zeros(len(able), dtype=np.bool_)
    chosen[np.flatnonzero(able)[: passing(e[able], fdr=parameters.fdr)]] = True
    if night:
        rows = [np.flatnonzero(column) for column in trial.members[:, able].T]
        held = [[place for row in group for place in reports.members[row]] for group in rows]
        chosen[able] = tonight(
            trial.stands[able], held, trial.fresh, night=night, fdr=parameters.fdr, spending=trial.spending
        )
    proposed = int(chosen.sum())
    first = np.lexsort((np.arange(len(able)), ~able, ~chosen))[: proposed + SHOWN]
    first = first[trial.stands[first] > NOT_ENOUGH / 2]
    shown = trial.members[:, first]
    groups = tuple(
        Campaign(
            **members(incidents, reports, times, np.flatnonzero(column).tolist(), parameters, likeness=trial.likeness),
            **_standing(trial, int(number), float(e[number])),
        )
        for number, column in zip(first, shown.T, strict=True)
    )
    bar = trial.bar(trial.stands[able], parameters.fdr)
    common = too_common(reports)
    return Result(
        method=METHOD,
        version=VERSION,
        parameters=parameters,
        incidents=len(order),
        reports=reports.count,
        comparisons=len(e),
        smallest_showable=trial.smallest_showable(bar, parameters),
        campaigns=groups[:proposed],
        coincidences=groups[proposed:],
        null_best=trial.best,
        same_event=twice,
        thin=trial.thin,
        repeats=repeats(reports),
        kin=kin(incidents, reports, trial.members[:, first[:proposed]].T, parameters, likeness=trial.likeness),
        capped=told(reports, common),
        notes=MappingProxyType(
            {"bar": round(bar, 9), "pairs": trial.pairs, "capped_values": len(common)} | said(night, parameters.fdr)
        ),
    )


def _standing(trial: Trial, number: int, e: float) -> _Standing:
    """Where a group stands against chance."""
    stands = float(trial.stands[number])
    return {
        "bans": round(float(trial.bans[number]), 9),
        "strength": round(stands, 9),
        "p": p_value(stands, trial.best),
        "e_value": round(e, 9),
        "rank": int((trial.stands >= stands - 1e-9).sum()),
        "expected": round(trial.expected(stands), 6),
    }


class _Standing(TypedDict):
    bans: float
    strength: float
    p: float
    e_value: float
    rank: int
    expected: float
