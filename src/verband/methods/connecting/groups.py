"""Groups: a campaign as a profile of values and a stretch of time, grown from pairs and weighed as a whole.

The strength of a group is the log10 Bayes factor of "one campaign made these" against "each came by itself", summed
over blocks of correlated features and time. The campaign's value of a block is unknown and drawn as the collection
draws, so a value that is common in the collection says little and searching many values is paid for. For two reports
it is the weight of a pair.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from .model import Parameters
from .pairs import time_bans
from .profile import nearness, profile, readings, spans
from .space import Space
from .times import Clock

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

ROUNDS = 5
KEPT = 60
"""Groups that are grown past the first round."""
POLISHED = 30
"""Groups of a world that are looked at to the end."""
POLISHES = 2
"""Times that each member is held against the group without it."""
JOINS = 1.0
"""ln odds from which a report belongs to a group in the end: a stranger costs more than a member that is missed."""
EXPECTED = 10.0
"""Reports that a campaign is expected to have before it is known; a smaller one is joined less readily."""
FEW = 4.0
"""Alike reports outside a group that are no habit yet."""
VALUES_BANS = 1.0
"""What alike values may say at most before the dates are looked at."""
AGAINST_BANS = -1.5
"""What values may say against one campaign at most: news brings together in time what is not alike."""
AGAINST_MORE = 0.4
AGAINST_FROM = 5
"""So much more for each member above this many: one stranger does not undo a large group."""
NOT_ENOUGH = -99.0
"""The strength of a group that does not count."""
LN10 = float(np.log(10.0))


@dataclass(frozen=True)
class Groups:
    """Candidate groups of one world, strongest first: members (reports by groups), weight and what stands, in bans."""

    members: Flags
    bans: Floats
    stands: Floats


def search(room: Space, times: Clock, parameters: Parameters, *, against: float = AGAINST_BANS) -> Groups:
    """Distinct groups grown from the strongest pairs of this world; none shares a report with a stronger one."""
    members = _seeds(room, times, parameters)
    if not members.shape[1]:
        return Groups(members, np.zeros(0), np.zeros(0))
    settled = members[:, :0]
    for number in range(ROUNDS):
        after, bans = _step(room, times, members, parameters)
        if number and members.shape[1] > KEPT:
            best = bans >= np.partition(bans, -KEPT)[-KEPT] - 1e-9
            members, after = members[:, best], after[:, best]
        alive = after.sum(axis=0) >= 2
        moved = (after != members).any(axis=0) & alive
        settled = np.concatenate([settled, members[:, ~moved & alive]], axis=1)
        members = _distinct(after[:, moved])
    members = _distinct(np.concatenate([settled, members], axis=1))
    members = _sized(members, parameters)
    values, near = _weight(room, times, members, parameters)
    members = members[:, _disjoint(members, values + near, most=POLISHED)]
    for _ in range(POLISHES):
        members = _distinct(_sized(_polished(room, times, members, parameters), parameters))
    found = strength(room, times, members, parameters, against=against)
    apart = np.array(_disjoint(members, found.bans, most=POLISHED), dtype=np.int64)
    chosen = apart[np.argsort(-np.round(found.stands[apart], 9), kind="stable")]
    return Groups(members[:, chosen], found.bans[chosen], found.stands[chosen])


def _sized(members: Flags, parameters: Parameters) -> Flags:
    size = members.sum(axis=0)
    return members[:, (size >= parameters.smallest) & (size <= parameters.largest)]


def _polished(room: Space, times: Clock, members: Flags, parameters: Parameters) -> Flags:
    """Each group with those who belong to it judged by the others: a member is held against the group without it.

    In either reading, so that strangers who came in under the loose one do not keep a group from the firm one.
    """
    if not members.shape[1]:
        return members
    groups, rows = np.nonzero(members.T)
    without = members[:, groups]
    without[rows, np.arange(len(rows))] = False
    everyone = np.concatenate([members, without], axis=1)
    centre, span, _ = spans(times, everyone, parameters)
    outside = nearness(times, centre, span, parameters) + room.entry
    outside += np.log(np.clip(everyone.sum(axis=0), parameters.smallest, EXPECTED) / EXPECTED).astype(np.float32)
    found = []
    for campaign in readings(room, everyone):
        odds = campaign.odds + outside
        after = odds[:, : members.shape[1]] > JOINS
        after[rows, groups] = odds[rows, members.shape[1] + np.arange(len(rows))] > JOINS
        found.append(after)
    return np.concatenate(found, axis=1)


def _seeds(room: Space, times: Clock, parameters: Parameters) -> Flags:
    """The strongest pairs, ties at the edge included."""
    pairs = room.pairs
    bans = pairs.bans + time_bans(times, pairs.a, pairs.b, spans_days=parameters.spans_days)
    wanted = max(20, round(parameters.seeds_per_hundred * room.reports.count / 100))
    if len(bans) > wanted:
        edge = np.partition(bans, len(bans) - wanted)[len(bans) - wanted]
        chosen = np.flatnonzero(bans >= edge - 1e-9)[: 2 * wanted]
    else:
        chosen = np.arange(len(bans))
    members = np.zeros((room.reports.count, len(chosen)), dtype=np.bool_)
    members[pairs.a[chosen], np.arange(len(chosen))] = True
    members[pairs.b[chosen], np.arange(len(chosen))] = True
    return members


def _distinct(members: Flags) -> Flags:
    """Each group once, in the order of first appearance."""
    packed = np.packbits(members, axis=0)
    keys = np.ascontiguousarray(packed.T).view(np.dtype((np.void, packed.shape[0]))).reshape(-1)
    _, first = np.unique(keys, return_index=True)
    return members[:, np.sort(first)]


def _step(room: Space, times: Clock, members: Flags, parameters: Parameters) -> tuple[Flags, Floats]:
    """Everyone joins a group who belongs to it rather than not, at the prior odds; and the groups' bans so far."""
    if not members.shape[1]:
        return members, np.zeros(0)
    campaign = profile(room, members)
    centre, span, near = spans(times, members, parameters)
    after = campaign.odds + nearness(times, centre, span, parameters) > -room.entry
    bans = campaign.block.sum(axis=0) + campaign.domains + campaign.reading + near + members.sum(axis=0) * room.entry
    return after, bans / LN10


@dataclass(frozen=True)
class Weighed:
    """Per group, in bans: what it weighs, and what stands against chance: dates count whole, values to a bound."""

    bans: Floats
    stands: Floats


def strength(
    room: Space, times: Clock, members: Flags, parameters: Parameters, *, against: float = AGAINST_BANS
) -> Weighed:
    """Weight of each group by those that speak for themselves; habits are marked down.

    Shuffled worlds keep all values, so what is tested is that these came together in time. However much alike a group
    is, its values make it at most ten times likelier one campaign than not before its dates are looked at; and no
    closeness in time makes up for values that say more than `against` bans against it, a little more in a large one.
    """
    if not members.shape[1]:
        return Weighed(np.zeros(0), np.zeros(0))
    voices = room.voices.of(members, times)
    size = voices.sum(axis=0)
    values, near = _weight(room, times, voices, parameters)
    values = (values - size * _habit(profile(room, voices).odds, voices)) / LN10
    near = near / LN10
    small = size < parameters.smallest
    least = against - AGAINST_MORE * np.maximum(0, size - AGAINST_FROM)
    stands = np.where(small | (values < least), NOT_ENOUGH, np.minimum(values, VALUES_BANS) + near)
    return Weighed(np.where(small, NOT_ENOUGH, values + near), stands)


def _weight(room: Space, times: Clock, members: Flags, parameters: Parameters) -> tuple[Floats, Floats]:
    """ln weight of what each group shares, and of its dates; the strongest block counts for what the others give and
    two bans at most.
    """
    campaign = profile(room, members)
    blocks = campaign.block
    _, _, near = spans(times, members, parameters)
    total = blocks.sum(axis=0)
    top = blocks.max(axis=0)
    total -= np.maximum(top - np.maximum(total - top, 0.0) - 2 * LN10, 0.0)
    return np.asarray(total + campaign.domains + campaign.reading + members.sum(axis=0) * room.entry), near


def _habit(odds: Floats, members: Flags) -> Floats:
    """ln of how much more often the profile stands outside the group than its values, taken apart, would meet by
    chance.

    Values that go together throughout the collection are a habit of it, not a campaign.
    """
    out = np.zeros(members.shape[1])
    n = members.shape[0]
    for number in range(members.shape[1]):
        mine = np.sort(odds[members[:, number], number])
        bar = mine[len(mine) // 2]
        expected = float(np.exp(-mine[len(mine) // 2 :]).sum() / len(mine) * n)
        outside = float((odds[~members[:, number], number] >= bar).sum())
        out[number] = max(0.0, np.log((outside + FEW) / (expected + FEW)))
    return out


def _disjoint(members: Flags, bans: Floats, *, most: int) -> list[int]:
    """The groups, strongest first; one that shares a report with a stronger one is left out."""
    order = np.argsort(-np.round(bans, 9), kind="stable")
    taken = np.zeros(members.shape[0], dtype=np.bool_)
    chosen: list[int] = []
    for number in order:
        mine = members[:, number]
        if not (mine & taken).any():
            chosen.append(int(number))
            taken |= mine
        if len(chosen) >= most:
            break
    return chosen
