"""One trial: the groups that a collection holds, and those of its shuffled worlds beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from verband.methods.engine import Engine

from .alike import Alike
from .both import Null, bar_of_both, e_values_of_both, expected_of_both, null_of
from .chance import FIXED, SEARCHED, Spending, bar_of, e_values, expected_bar
from .closeness import CLOSEST
from .groups import Flags, Groups, search
from .linking import linked
from .model import Parameters
from .nights import Night
from .pairs import Pairs, sharing
from .power import smallest_showable
from .reports import Reports, reads
from .space import Space, space
from .thin import Thin, tested
from .times import Clock, busy, clock
from .worlds import Shuffler

Floats = NDArray[np.float64]

LEAST_BANS = 1.0
NOTHING_FOUND = -99.0


@dataclass(frozen=True)
class Trial:
    """The groups of the real world, strongest first, and the strengths of the groups of each shuffled one.

    `stands`: what is compared, the allowance taken off. `bans`: what each group weighs. `nulls`: for each kind of
    shuffled world. `fresh`: the same, of groups that may hold a report of this night alone. `pairs`: how many pairs of
    reports weigh anything. `room`: of a search; None in a thin collection, which has `likeness`.
    """

    reports: Reports
    members: Flags
    stands: Floats
    bans: Floats
    nulls: tuple[list[Floats], ...]
    pairs: int
    room: Space | None = None
    likeness: Alike | None = None
    fresh: tuple[list[Floats], ...] = ()

    @property
    def spending(self) -> Spending:
        return FIXED if self.thin else SEARCHED

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
            able = bar <= CLOSEST and self.reports.count >= parameters.smallest
            return parameters.smallest if able else parameters.largest + 1
        return smallest_showable(self.room, bar + SEARCHED.allowance, parameters)


def searched(reports: Reports, night: Night | None, parameters: Parameters, engine: Engine | None) -> Trial:
    """Groups are searched for over stretches of time, in the real world and in every shuffled one."""
    room = space(reports, _pairs(reports, parameters, engine), reads_domain=reads(parameters, "domain"))
    times = clock(reports)
    found = search(room, times, parameters)
    null, fresh = _null(room, times, found, night, parameters)
    stands = found.stands - SEARCHED.allowance
    pairs = len(room.pairs.a)
    return Trial(reports, found.members, stands, found.bans, (null,), pairs, room=room, fresh=(fresh,))


def fixed(thin: Thin, night: Night | None) -> Trial:
    """In a thin collection what is compared is how close the dates of a group lie.

    Groups of a world in which values were dealt are all held against a night: it is not known which would be new.
    """
    test = tested(thin)
    pairs = int((np.triu(thin.likeness.bans, 1) > 0).sum()) if thin.likeness.units else 0
    nulls = (test.dates, test.dealt)
    fresh = nulls
    if night:
        new = test.members[night.fresh(thin.reports.members)].any(axis=0)
        fresh = ([world[new] for world in test.dates], test.dealt)
    return Trial(
        thin.reports, test.members, test.strength, test.bans, nulls, pairs, likeness=thin.likeness, fresh=fresh
    )


def _best(null: Sequence[Floats]) -> tuple[float, ...]:
    return tuple(round(float(world.max()), 9) if len(world) else NOTHING_FOUND for world in null)


def _null(
    room: Space, times: Clock, found: Groups, night: Night | None, parameters: Parameters
) -> tuple[list[Floats], list[Floats]]:
    """Strengths of the groups of each shuffled world, and of those that hold a report of this night.

    Without a night it stops early where the strongest real group cannot pass any more.
    """
    shuffler = Shuffler(room.reports, times, busy(room.reports, times), follows=room.voices.follows())
    worlds: list[Floats] = []
    fresh: list[Floats] = []
    if not len(found.bans):
        return worlds, fresh
    new = night.fresh(room.reports.members) if night else None
    best, beaten = float(found.stands.max()) - SEARCHED.allowance, 0
    spare = SEARCHED.few * parameters.fdr * (parameters.replicates + 1)
    for number in range(parameters.replicates):
        rng = np.random.default_rng([parameters.seed, number])
        world = search(room, times.shuffled(shuffler.slots(rng)), parameters)
        worlds.append(world.stands)
        if new is not None:
            fresh.append(world.stands[world.members[new].any(axis=0)])
        beaten += len(world.stands) > 0 and float(world.stands.max()) >= best
        if new is None and len(worlds) >= parameters.replicates_least and beaten + 1 > spare:
            break
    return worlds, fresh


def _pairs(reports: Reports, parameters: Parameters, engine: Engine | None) -> Pairs:
    if engine is None:
        return sharing(reports, least=LEAST_BANS)
    times = clock(reports)
    return linked(reports, times, engine=engine, spans_days=parameters.spans_days, least=LEAST_BANS).pairs
