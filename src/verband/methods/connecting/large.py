"""Large collections: links by the engine within windows of time, groups grown in parts, few worlds and a modelled tail.

The weights are those of a small collection, with rarity and prior of the whole. What differs: only reports linked
within a window can seed or join a group, a value that is common within a window joins nobody by itself, few shuffled
worlds are made and the tail of their groups is modelled, and no pairs are proposed as one event.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import log10
from types import MappingProxyType
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from verband.methods.engine import DuckDB, Engine

from .capped import repeats, told
from .chance import LARGE as SPENT
from .chance import mean_above, passing
from .columns import Columns, read, reports_of
from .copies import heads
from .growing import Found, grown, touching
from .linking import Links, Window, answered, dated, fixed, stated, too_often
from .links import links, shared
from .model import METHOD, VERSION, Campaign, Evidence, Incident, Parameters, Result
from .nights import Night, said, tonight
from .pairs import Pairs
from .parts import Whole, whole
from .power import smallest_showable
from .reports import Reports, reads
from .seasons import periods, seasons
from .space import space
from .tail import Tail, bar_of, e_values, tail
from .times import Clock, clock
from .worlds import Shuffler

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LARGE = 20_000
"""Reports above which a collection is read in this way."""
WINDOW = Window(days=60.0, most=30)
COPIES = 16
"""Two values that more than this many others of the next weeks state as well make no copy."""
WORLDS = (9, 19)
"""Shuffled worlds at least and at most: more where each holds few groups, for the fewer groups a tail is read from the
slower it is taken to be.
"""
READ = 1_900_000
"""Reports of all shuffled worlds together that are enough for a tail."""
LEAST_BANS = 1.0
"""Bans of a link at least in a collection of LARGE; more in a larger one, as any two are less likely one campaign."""
PROPOSED_BANS = 1.0
SHOWN = 12
NOTHING_FOUND = -99.0
NONE = Pairs(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))


def connect_table(
    evidence: Any,
    incidents: Any,
    parameters: Parameters,
    *,
    engine: Engine | None = None,
    night: Night | None = None,
) -> Result:
    """Campaigns in a collection that is too large to hold every two reports side by side.

    `incidents`: an Arrow table with a row for each, `domain`, `start`, and where known `end` (days since 1970-01-01),
    `lat`, `lon` (degrees) and `sources` (lists of keys). `evidence`: a table of `incident` (row in the other),
    `feature`, `value` and `record`. Places in the result are rows of `incidents`. DuckDB answers where no `engine` is
    given. `notes` holds the fit of the tail (`tail_rate` per ban, `tail_distance` against `tail_allowed`) and how many
    values were too common within a window to join anybody (`capped_values`). Same input, same bits.
    """
    columns = read(evidence, incidents, parameters)
    reports = reports_of(columns, heads(columns, most=COPIES if columns.count > LARGE else None))
    if not reports.count or not len(reports.rarity):
        return _empty(columns, reports, parameters)
    times = clock(reports)
    collection = whole(space(reports, NONE, reads_domain=reads(parameters, "domain")))
    tables, masks = fixed(reports, parameters.spans_days), stated(reports)
    asked = engine or DuckDB()

    def links_of(now: Clock) -> Links:
        return answered(tables | dated(now, masks, WINDOW), asked, least_bans(reports.count), WINDOW)

    real = links_of(times)
    pairs = len(real.a)
    found = grown(collection, times, real, parameters)
    real = touching(real, found.rows, reports.count)
    worlds = _null(collection, times, links_of, parameters) if len(found.bans) else []
    null = [world.stands for world in worlds]
    able = np.flatnonzero(found.bans >= PROPOSED_BANS)
    stands = found.stands[able] - SPENT.allowance
    chance = tail(null)
    e = e_values(stands, chance, fdr=parameters.fdr, spending=SPENT)
    proposed = passing(e, fdr=parameters.fdr)
    order = np.arange(len(able))
    if night:
        held = [[place for row in found.rows[number] for place in reports.members[row]] for number in able]
        fresh = night.fresh(reports.members)
        new = [
            np.array([stood for rows, stood in zip(world.rows, world.stands, strict=True) if fresh[rows].any()])
            for world in worlds
        ]
        chosen = tonight(stands, held, (new,), night=night, fdr=parameters.fdr, spending=SPENT)
        order, proposed = np.argsort(~chosen, kind="stable"), int(chosen.sum())
    able, stands, e = able[order], stands[order], e[order]
    groups = [found.rows[number] for number in able[: proposed + SHOWN].tolist()]
    rows = Rows(evidence, incidents)
    shown = [
        Campaign(
            **_members(rows, reports, times, members.tolist(), parameters),
            bans=round(float(found.bans[able[number]]), 9),
            strength=round(float(stands[number]), 9),
            p=round(float(-np.expm1(-chance.expected(stands[number : number + 1])[0])), 9),
            e_value=round(float(e[number]), 9),
            rank=int((stands >= stands[number] - 1e-9).sum()),
            expected=round(mean_above(float(stands[number]), null), 6),
        )
        for number, members in enumerate(groups)
    ]
    bar = bar_of(stands, chance, fdr=parameters.fdr, spending=SPENT)
    common = too_often(reports, times, WINDOW)
    return Result(
        method=METHOD,
        version=VERSION,
        parameters=parameters,
        incidents=columns.count,
        reports=reports.count,
        comparisons=len(able),
        smallest_showable=smallest_showable(collection.room, bar + SPENT.allowance, parameters),
        campaigns=tuple(shown[:proposed]),
        coincidences=tuple(shown[proposed:]),
        null_best=tuple(round(float(world.max()), 9) if len(world) else NOTHING_FOUND for world in null),
        repeats=repeats(reports),
        capped=told(reports, common),
        notes=MappingProxyType(
            _notes(chance, bar) | {"pairs": pairs, "capped_values": len(common)} | said(night, parameters.fdr)
        ),
    )


def least_bans(count: int) -> float:
    """Bans of the features of a link, at least, in a collection of so many reports."""
    return LEAST_BANS + log10(max(1.0, count / LARGE))


def worlds_for(count: int) -> int:
    """How many shuffled worlds of so many reports a tail is read from."""
    fewest, most = WORLDS
    return max(fewest, min(most, READ // max(1, count)))


def _empty(columns: Columns, reports: Reports, parameters: Parameters) -> Result:
    showable = parameters.largest + 1
    return Result(METHOD, VERSION, parameters, columns.count, reports.count, 0, showable, repeats=repeats(reports))


def _notes(chance: Tail, bar: float) -> dict[str, float]:
    return {
        "bar": round(bar, 9),
        "worlds": chance.worlds,
        "tail_threshold": round(chance.threshold, 9),
        "tail_rate": round(chance.rate, 9),
        "tail_excesses": chance.excesses,
        "tail_distance": round(chance.distance, 6),
        "tail_allowed": round(chance.allowed, 6),
        "window_days": WINDOW.days,
        "window_most": WINDOW.most,
    }


def _null(collection: Whole, times: Clock, links_of: Callable[[Clock], Links], parameters: Parameters) -> list[Found]:
    """The groups of each shuffled world, which goes through the whole search."""
    reports = collection.room.reports
    cut = periods(times)
    shuffler = Shuffler(reports, cut, seasons(reports, cut))
    worlds = []
    for number in range(min(worlds_for(reports.count), parameters.replicates)):
        now = times.shuffled(shuffler.slots(np.random.default_rng([parameters.seed, number])))
        worlds.append(grown(collection, now, links_of(now), parameters))
    return worlds


def _members(
    incidents: Sequence[Incident], reports: Reports, times: Clock, rows: list[int], parameters: Parameters
) -> dict[str, Any]:
    members = [reports.members[row] for row in rows]
    return {
        "incidents": tuple(sorted(place for row in members for place in row)),
        "links": links(incidents, reports, times, rows, parameters),
        "reports": len(members),
        "merged": tuple(row for row in members if len(row) > 1),
        "shared": shared(incidents, reports, rows, parameters),
    }


class Rows(Sequence[Incident]):
    """Incidents of the tables, each made when it is asked for."""

    def __init__(self, evidence: Any, incidents: Any) -> None:
        self._evidence, self._incidents = evidence, incidents
        number = evidence.column("incident").to_numpy()
        self._order = np.argsort(number, kind="stable")
        self._edges = np.searchsorted(number[self._order], np.arange(incidents.num_rows + 1))

    def __len__(self) -> int:
        return int(self._incidents.num_rows)

    @overload
    def __getitem__(self, place: int) -> Incident: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Incident]: ...
    def __getitem__(self, place: int | slice) -> Incident | Sequence[Incident]:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        rows = self._order[self._edges[place] : self._edges[place + 1]]
        stated = self._evidence.take(rows).to_pylist()
        given = {name: self._incidents.column(name)[place].as_py() for name in self._incidents.column_names}
        return Incident(
            key=str(place),
            domain=given["domain"],
            start=given.get("start"),
            end=given.get("end"),
            lat=given.get("lat"),
            lon=given.get("lon"),
            sources=tuple(given.get("sources") or ()),
            evidence=tuple(Evidence(row["feature"], row["value"], row["record"]) for row in stated),
        )
