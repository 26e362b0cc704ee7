"""One run, from incidents to proposed campaigns and the coincidences beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from verband.methods.engine import Engine

from .alike import Alike
from .both import Null, bar_of_both, e_values_of_both, expected_of_both, null_of
from .chance import FIXED, SEARCHED, bar_of, e_values, expected_bar, p_value, passing
from .closeness import CLOSEST
from .columns import tables
from .duplicates import collapse
from .groups import Flags, Groups, search
from .large import LARGE, connect_table
from .linking import linked
from .links import links, shared
from .model import METHOD, VERSION, Campaign, Incident, Link, LinkEvidence, Parameters, Result
from .pairs import Pairs, sharing
from .power import smallest_showable
from .reports import Reports, build, canonical_order
from .same_event import same_events
from .space import Space, space
from .speaking import apart, texts_of
from .table import WORDING
from .thin import PROPOSED_BANS, Thin, is_thin, tested
from .times import Clock, busy, clock
from .worded import between, in_common
from .worlds import Shuffler

Floats = NDArray[np.float64]

SHOWN = 12
LEAST_BANS = 1.0


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
    groups_of_places = collapse(incidents, order, parameters)
    reports = build(incidents, parameters, groups_of_places)
    twice = same_events(incidents)
    if is_thin(reports, clock(reports)):
        twins = [(pair.a, pair.b) for pair in twice]
        trial = _fixed(
            incidents, build(incidents, parameters, apart(groups_of_places, incidents, twins)), twins, parameters
        )
    else:
        trial = _searched(reports, parameters, engine)
    reports, times = trial.reports, clock(trial.reports)
    able = trial.bans >= PROPOSED_BANS
    e = np.zeros(len(able))
    e[able] = trial.e_values(trial.stands[able], parameters.fdr)
    proposed = passing(e[able], fdr=parameters.fdr)
    first = np.argsort(~able, kind="stable")[: proposed + SHOWN]
    shown = trial.members[:, first]
    groups = tuple(
        Campaign(
            **_members(incidents, trial, times, np.flatnonzero(column).tolist(), parameters),
            **_standing(trial, int(number), float(e[number])),
        )
        for number, column in zip(first, shown.T, strict=True)
    )
    bar = trial.bar(trial.stands[able], parameters.fdr)
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
        notes=MappingProxyType({"bar": round(bar, 9), "pairs": trial.pairs}),
    )


def _pairs(reports: Reports, parameters: Parameters, engine: Engine | None) -> Pairs:
    if engine is None:
        return sharing(reports, least=LEAST_BANS)
    times = clock(reports)
    return linked(reports, times, engine=engine, spans_days=parameters.spans_days, least=LEAST_BANS).pairs


@dataclass(frozen=True)
class _Trial:
    """The groups of the real world, strongest first, and the strengths of the groups of each shuffled one.

    `stands`: what is compared, the allowance taken off. `bans`: what each group weighs. `nulls`: for each kind of
    shuffled world. `pairs`: how many pairs of reports weigh anything. `room`: of a search; None in a thin collection,
    which has `likeness`.
    """

    reports: Reports
    members: Flags
    stands: Floats
    bans: Floats
    nulls: tuple[list[Floats], ...]
    pairs: int
    room: Space | None = None
    likeness: Alike | None = None

    @property
    def thin(self) -> bool:
        return self.room is None

    @cached_property
    def best(self) -> tuple[float, ...]:
        """The best strength of each world in which dates were shuffled."""
        return _best(self.nulls[0])

    @cached_property
    def both(self) -> tuple[Null, ...]:
        return tuple(null_of(null) for null in self.nulls)

    def e_values(self, stands: Floats, fdr: float) -> Floats:
        if self.thin:
            return e_values_of_both(stands, self.both, fdr=fdr, spending=FIXED)
        return e_values(stands, self.nulls[0], fdr=fdr, spending=SEARCHED)

    def bar(self, stands: Floats, fdr: float) -> float:
        """What a group must reach: strength, the allowance taken off."""
        if self.thin:
            return bar_of_both(stands, self.both, fdr=fdr, spending=FIXED)
        bar = bar_of(stands, self.nulls[0], fdr=fdr, spending=SEARCHED)
        return expected_bar(self.best, fdr=fdr, spending=SEARCHED) if np.isinf(bar) else bar

    def expected(self, strength: float) -> float:
        return expected_of_both(strength, self.both)

    def smallest_showable(self, bar: float, parameters: Parameters) -> int:
        if self.room is None:
            return parameters.smallest if bar <= CLOSEST else parameters.largest + 1
        return smallest_showable(self.room, bar + SEARCHED.allowance, parameters)


def _searched(reports: Reports, parameters: Parameters, engine: Engine | None) -> _Trial:
    room = space(reports, _pairs(reports, parameters, engine), reads_domain=_reads(parameters, "domain"))
    times = clock(reports)
    found = search(room, times, parameters)
    null = _null(room, times, found, parameters)
    stands = found.stands - SEARCHED.allowance
    return _Trial(reports, found.members, stands, found.bans, (null,), len(room.pairs.a), room=room)


def _fixed(
    incidents: Sequence[Incident], reports: Reports, twins: Sequence[tuple[int, int]], parameters: Parameters
) -> _Trial:
    """In a thin collection what is compared is how close the dates of a group lie."""
    texts, words = texts_of(reports, incidents), _reads(parameters, WORDING)
    thin = Thin(reports, clock(reports), texts, parameters, twins=twins, words=words)
    test = tested(thin)
    pairs = int((np.triu(thin.likeness.bans, 1) > 0).sum()) if thin.likeness.units else 0
    nulls = (test.dates, test.dealt)
    return _Trial(reports, test.members, test.strength, test.bans, nulls, pairs, likeness=thin.likeness)


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
        "expected": round(trial.expected(stands), 6),
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
    shuffler = Shuffler(room.reports, times, busy(room.reports, times), follows=room.voices.follows())
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
    incidents: Sequence[Incident], trial: _Trial, times: Clock, rows: list[int], parameters: Parameters
) -> _Members:
    """What a campaign says of its reports `rows`."""
    reports, likeness = trial.reports, trial.likeness
    members = [reports.members[row] for row in rows]
    joined = shared(incidents, reports, rows, parameters)
    if likeness is None:
        found = links(incidents, reports, times, rows, parameters)
    else:
        found = links(incidents, reports, times, rows, parameters, words=partial(between, incidents, reports, likeness))
        joined = tuple(sorted((*joined, *in_common(incidents, reports, likeness, rows)), key=lambda item: -item.bans))
    return {
        "incidents": tuple(sorted(place for row in members for place in row)),
        "links": found,
        "reports": len(members),
        "merged": tuple(row for row in members if len(row) > 1),
        "shared": joined,
    }


class _Members(TypedDict):
    incidents: tuple[int, ...]
    links: tuple[Link, ...]
    reports: int
    merged: tuple[tuple[int, ...], ...]
    shared: tuple[LinkEvidence, ...]
