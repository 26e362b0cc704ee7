"""Streams of made-up incidents for the benchmarks: empty ones of four kinds, and ones with a planted campaign.

One generator for connect_null, connect_plant and connect_power: 2,000 incidents over five years, six features with
Zipf(1.1) frequencies over 12, 60, 40, 300, 150 and 200 values, 40 % missing; cascades of duplicated reports, the
rhythm of the day and news shocks on top. Every value of a planted campaign comes from the same frequencies as the
background.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from verband.methods.connecting import Evidence, Incident

SIZES = (12, 60, 40, 300, 150, 200)
NAMES = ("sector", "country", "means", "infrastructure", "malware", "device")
DOMAINS = 13
DAYS = 5 * 365
START = 18_262.0  # 2020-01-01
MISSING = 0.4
KINDS = ("independent", "cascades", "diurnal_shocks", "communities")

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass
class Stream:
    """Incidents and the truth beside them: `origin` names the incident a report copies, `planted` the origins of each
    plant.
    """

    incidents: list[Incident]
    origin: list[int]
    planted: list[frozenset[int]] = field(default_factory=list)


@dataclass
class _Table:
    """Values by incident and feature (-1 where missing), domains and times in days, before they become incidents."""

    values: Ints
    domain: Ints
    time: Floats
    origin: Ints


def zipf(size: int) -> Floats:
    """Zipf(1.1) frequencies over `size` values."""
    weight = 1.0 / np.arange(1, size + 1) ** 1.1
    return np.asarray(weight / weight.sum(), dtype=np.float64)


def _draw(rng: np.random.Generator, count: int) -> Ints:
    columns = [rng.choice(size, count, p=zipf(size)) for size in SIZES]
    values = np.stack(columns, axis=1).astype(np.int64)
    values[rng.random(values.shape) < MISSING] = -1
    return values


def _base(rng: np.random.Generator, count: int) -> _Table:
    return _Table(
        values=_draw(rng, count),
        domain=rng.choice(DOMAINS, count, p=zipf(DOMAINS)).astype(np.int64),
        time=rng.random(count) * DAYS,
        origin=np.arange(count, dtype=np.int64),
    )


def _communities(rng: np.random.Generator, table: _Table, *, number: int = 25, leaning: float = 0.5) -> None:
    """Give each incident a community that lasts all five years and leans towards its own values, domains included."""
    member = rng.choice(number, len(table.time), p=zipf(number))
    liked = np.stack([rng.choice(size, number, p=zipf(size)) for size in SIZES], axis=1)
    home = rng.choice(DOMAINS, number, p=zipf(DOMAINS))
    leans = (rng.random(table.values.shape) < leaning) & (table.values >= 0)
    table.values = np.where(leans, liked[member], table.values)
    table.domain = np.where(rng.random(len(table.time)) < leaning, home[member], table.domain)


def _rhythm(rng: np.random.Generator, table: _Table) -> None:
    """Move the hour of each incident to the working day, and the day away from the weekend for two in three."""
    day = np.floor(table.time)
    weekend = (day.astype(np.int64) % 7 >= 5) & (rng.random(len(day)) < 2 / 3)
    hour = np.clip(rng.normal(13.0, 4.0, len(day)), 0.0, 23.9)
    table.time = np.clip(day - np.where(weekend, 2, 0), 0, None) + hour / 24.0


def _shocks(rng: np.random.Generator, table: _Table, *, number: int = 8, extra: int = 20) -> _Table:
    """Add `number` weeks in which the news is full of one value of one feature: about `extra` more incidents each."""
    parts = [table]
    for _ in range(number):
        count = int(rng.poisson(extra))
        more = _base(rng, count)
        more.time = np.clip(rng.random() * DAYS + rng.exponential(5.0, count), 0, DAYS)
        feature = int(rng.integers(len(SIZES)))
        value = int(rng.choice(SIZES[feature], p=zipf(SIZES[feature])))
        hit = rng.random(count) < 0.6
        more.values[hit, feature] = value
        parts.append(more)
    return _join(parts)


def _cascades(rng: np.random.Generator, table: _Table, *, share: float = 0.06) -> _Table:
    """Report some incidents again: 1 to 12 copies within days, each field lost with .15 and changed with .05."""
    again = np.flatnonzero(rng.random(len(table.time)) < share)
    copies = np.minimum(rng.geometric(0.4, len(again)), 12)
    source = np.repeat(again, copies)
    values = table.values[source].copy()
    changed = (rng.random(values.shape) < 0.05) & (values >= 0)
    values = np.where(changed, _draw(rng, len(source)), values)
    values[rng.random(values.shape) < 0.15] = -1
    time = np.clip(table.time[source] + rng.exponential(2.0, len(source)), 0, DAYS)
    return _join([table, _Table(values, table.domain[source], time, table.origin[source])], keep_origin=True)


def _join(parts: list[_Table], *, keep_origin: bool = False) -> _Table:
    origin = [part.origin for part in parts]
    if not keep_origin:
        offset = np.cumsum([0] + [len(part.time) for part in parts[:-1]])
        origin = [part.origin + start for part, start in zip(parts, offset, strict=True)]
    return _Table(
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.domain for part in parts]),
        np.concatenate([part.time for part in parts]),
        np.concatenate(origin),
    )


def _plant(
    rng: np.random.Generator, table: _Table, *, size: int, domains: int, spread_days: float, contradicts: bool
) -> frozenset[int]:
    """Turn `size` incidents into a campaign: shared values from the same frequencies, each carried with .6.

    "40 % missing" and "carried with .6" are read as one and the same: what is not carried is missing. With
    `contradicts` it stays as the background drew it instead: in three of five cases another value.
    """
    members = rng.choice(len(table.time), size, replace=False)
    profile = np.array([rng.choice(count, p=zipf(count)) for count in SIZES])
    carries = rng.random((size, len(SIZES))) < 0.6
    table.values[members] = np.where(carries, profile, table.values[members] if contradicts else -1)
    chosen = rng.choice(DOMAINS, domains, replace=False, p=zipf(DOMAINS))
    table.domain[members] = chosen[np.arange(size) % domains]
    begin = rng.random() * (DAYS - spread_days)
    table.time[members] = begin + rng.random(size) * spread_days
    return frozenset(int(member) for member in members)


def _incidents(rng: np.random.Generator, table: _Table) -> Stream:
    """Incidents in an order that says nothing, each with its own report."""
    order = rng.permutation(len(table.time))
    incidents = []
    for place, row in enumerate(order):
        record = f"record-{place}"
        evidence = tuple(
            Evidence(name, f"{name}-{value}", record)
            for name, value in zip(NAMES, table.values[row].tolist(), strict=True)
            if value >= 0
        )
        time = START + float(table.time[row])
        incidents.append(
            Incident(
                key=f"incident-{place}",
                domain=f"domain-{int(table.domain[row])}",
                start=time,
                end=time,
                sources=(f"report-{place}",),
                evidence=evidence,
            )
        )
    return Stream(incidents, [int(table.origin[row]) for row in order])


def empty_stream(seed: int, kind: str, *, count: int = 2_000) -> Stream:
    """A stream with no campaign in it, of one of `KINDS`. Communities come with duplicated reports."""
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    table = _base(rng, count)
    if kind == "diurnal_shocks":
        table = _shocks(rng, table)
        _rhythm(rng, table)
    if kind == "communities":
        _communities(rng, table)
    if kind in {"cascades", "communities"}:
        table = _cascades(rng, table)
    return _incidents(rng, table)


def _decoys(rng: np.random.Generator, table: _Table, members: frozenset[int], *, jitter_days: float) -> None:
    """Jitter the dates of the members, and make two strangers look like them.

    A false flag happens within the campaign's own weeks and carries two of the values that most of its members carry.
    A copycat comes one to four months after it and carries, like a member, each of its first three features with .6:
    how and against whom is public, infrastructure, malware and devices are not.
    """
    rows = np.array(sorted(members), dtype=np.int64)
    begin, end = float(table.time[rows].min()), float(table.time[rows].max())
    table.time[rows] = np.clip(table.time[rows] + rng.normal(0.0, jitter_days, len(rows)), 0.0, DAYS)
    often = np.array([_most_common(table.values[rows, feature]) for feature in range(len(SIZES))])
    strangers = rng.choice(np.setdiff1d(np.arange(len(table.time)), rows), 2, replace=False)
    planted = rng.choice(np.flatnonzero(often >= 0), 2, replace=False)
    table.values[strangers[0], planted] = often[planted]
    table.time[strangers[0]] = begin + rng.random() * (end - begin)
    copied = (rng.random(3) < 0.6) & (often[:3] >= 0)
    table.values[strangers[1], :3] = np.where(copied, often[:3], table.values[strangers[1], :3])
    table.time[strangers[1]] = min(DAYS, end + 30.0 + 90.0 * rng.random())


def _most_common(values: Ints) -> int:
    stated = values[values >= 0]
    return int(np.bincount(stated).argmax()) if len(stated) else -1


def planted_stream(
    seed: int,
    *,
    count: int = 2_000,
    size: int = 8,
    domains: int = 3,
    spread_days: float = 60.0,
    decoys: bool = False,
    contradicts: bool = False,
) -> Stream:
    """A stream with one campaign planted, under cascades, the rhythm of the day and news shocks. No actor is stated.

    `contradicts`: members state other values where they do not carry the campaign's.
    `decoys` adds a false flag and a copycat, and a jitter of three days on the dates of the members.
    """
    rng = np.random.default_rng([seed, len(KINDS)])
    table = _base(rng, count)
    members = _plant(rng, table, size=size, domains=domains, spread_days=spread_days, contradicts=contradicts)
    if decoys:
        _decoys(rng, table, members, jitter_days=3.0)
    table = _shocks(rng, table)
    table = _cascades(rng, table)
    _rhythm(rng, table)
    stream = _incidents(rng, table)
    stream.planted.append(members)
    return stream
