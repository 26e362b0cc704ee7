"""The campaign as a profile: given its members, its likely values, when it likely was, and who else would fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from .model import Parameters
from .reports import Reports
from .space import FEW_DOMAINS, NOTHING, Space
from .times import Clock

Floats = NDArray[np.float64]
Singles = NDArray[np.float32]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Profile:
    """Per group: ln weight of each block and of its domains, and each report's odds to owe its values to it (ln).

    `reading`: ln prior of the reading that was chosen.
    """

    block: Floats
    domains: Floats
    odds: Floats
    reading: float = 0.0


def profile(room: Space, members: Flags) -> Profile:
    """The campaign's likely values, given the members, in the reading that fits each group better."""
    loose, *others = readings(room, members)
    for firm in others:
        better = firm.block.sum(axis=0) > loose.block.sum(axis=0)
        block, odds = np.where(better, firm.block, loose.block), np.where(better, firm.odds, loose.odds)
        return Profile(block, loose.domains, odds, reading=-float(np.log(2.0)))
    return loose


def readings(room: Space, members: Flags) -> tuple[Profile, ...]:
    """The profile in each reading, the loose one first."""
    groups, rows = np.nonzero(np.ascontiguousarray(members.T))
    rooms = (room,) if room.firm is None else (room, room.firm)
    return tuple(_profile(one, rows, groups, members.shape[1]) for one in rooms)


def _profile(room: Space, rows: Ints, groups: Ints, width: int) -> Profile:
    """One reading; blocks in which a report has one value at most in one go."""
    reports = room.reports
    size = np.bincount(groups, minlength=width).astype(np.float64)
    stated = np.stack([np.bincount(groups, weights=row[rows], minlength=width) for row in reports.stated])
    total, held, others, value, group = _posterior(
        room, rows, groups, stated + room.unstated[:, None] * (size[None, :] - stated)
    )
    gain = held / (room.rarity[value] * others[room.block_of[value], group])
    silence = np.log(others)
    weight, leaning = _domains(room, rows, groups, size)
    known, blocks = len(reports.rarity), len(silence)
    speaks = np.zeros((known + blocks + len(leaning), width), dtype=np.float32)
    speaks[value, group] = np.where(room.alone[value], np.log1p(gain), 0.0)
    speaks[known : known + blocks], speaks[known + blocks :] = silence, leaning
    odds = np.ascontiguousarray(room.reads @ speaks)
    odds += (room.unstated @ silence).astype(np.float32)
    for number in np.flatnonzero(~np.array(room.single)):
        block = reports.blocks[number]
        mine = (value >= block.start) & (value < block.stop)
        several = np.zeros((block.stop - block.start, width))
        several[value[mine] - block.start, group[mine]] = gain[mine]
        both = np.asarray(room.within[number] @ several.astype(np.float32))
        # Most reports carry none of these values: a logarithm of every cell would cost more than all the rest.
        carrying = np.flatnonzero(both != 0.0)
        odds.reshape(-1)[carrying] += np.log1p(both.reshape(-1)[carrying])
    return Profile(np.log(total), weight, odds)


def _domains(room: Space, rows: Ints, groups: Ints, size: Floats) -> tuple[Floats, Floats]:
    """ln weight of the few domains that each group keeps to, and of each domain for one more member of it.

    A campaign's domains are drawn from the collection's own by an urn that returns them (Dirichlet-multinomial).
    """
    share = room.domain_share
    if not room.reads_domain:
        return np.zeros(len(size)), np.zeros((len(share), len(size)))
    slot = room.reports.domain[rows] * len(size) + groups
    count = np.bincount(slot, minlength=len(share) * len(size)).reshape(len(share), len(size))
    prior = FEW_DOMAINS * share[:, None]
    urn = (gammaln(count + prior) - gammaln(prior)).sum(axis=0) + gammaln(FEW_DOMAINS) - gammaln(size + FEW_DOMAINS)
    weight = urn - (count * np.log(share)[:, None]).sum(axis=0)
    return weight, np.log((count + prior) / (size + FEW_DOMAINS)) - np.log(share)[:, None]


class _Posterior(NamedTuple):
    """`total`, `others` by block and group; `held` for each (`value`, `group`) that a member carries."""

    total: Floats
    held: Floats
    others: Floats
    value: Ints
    group: Ints


def _posterior(room: Space, rows: Ints, groups: Ints, spoke: Floats) -> _Posterior:
    """Weight of each block for each group; per value that a member carries, the chance to be carried; and of none of
    them.
    """
    width = spoke.shape[1]
    carried = _carried(room.reports, rows, groups, width)
    value, group = np.divmod(np.flatnonzero(carried), width)
    count = carried[value * width + group]
    block, feature = room.block_of[value], room.feature_of[value]
    heard = spoke[block, group]
    term = np.exp(room.prior[value] + room.gain[:, value] * count + room.loss[:, value] * heard)
    slot = block * width + group
    shape = spoke.shape
    total = NOTHING + np.bincount(slot, weights=term.sum(axis=0), minlength=spoke.size).reshape(shape)
    seen = np.bincount(
        feature * width + group, weights=np.exp(room.prior[value]), minlength=len(room.mass) * width
    ).reshape(len(room.mass), width)
    kept = np.zeros(shape)
    for step in range(len(room.level)):
        rest = np.maximum(room.mass[:, None] - seen, 0.0)
        rest *= np.exp(room.feature_loss[step][:, None] * spoke[room.block_of_feature])
        np.add.at(total, room.block_of_feature, rest)
        np.add.at(kept, room.block_of_feature, rest * room.feature_level[step][:, None])
    held = (term * room.level[:, value]).sum(axis=0) / total[block, group]
    others = 1.0 - np.bincount(slot, weights=held, minlength=spoke.size).reshape(shape) - kept / total
    return _Posterior(
        total.astype(np.float64),
        held,
        np.maximum(others, 0.02),
        value.astype(np.int64),
        group.astype(np.int64),
    )


def _carried(reports: Reports, rows: Ints, groups: Ints, width: int) -> Floats:
    """How many members of each group carry each value, at value * width + group."""
    start = reports.carries.indptr[rows].astype(np.int64)
    many = reports.carries.indptr[rows + 1] - start
    place = np.repeat(start - np.concatenate([[0], np.cumsum(many)[:-1]]), many) + np.arange(int(many.sum()))
    slot = reports.carries.indices[place].astype(np.int64) * width + np.repeat(groups, many)
    return np.bincount(slot, minlength=len(reports.rarity) * width).astype(np.float64)


def spans(times: Clock, members: Flags, parameters: Parameters) -> tuple[Floats, Ints, Floats]:
    """Per group: centre, number of the span that fits best, ln weight of its times against the rhythm."""
    rows, groups = np.nonzero(members & ~np.isnan(times.middle)[:, None])
    width = members.shape[1]
    middle = times.middle[rows]
    origin = float(middle.mean()) if len(middle) else 0.0
    count = np.bincount(groups, minlength=width).astype(np.float64)
    safe = np.maximum(count, 1.0)
    centre = np.bincount(groups, weights=middle - origin, minlength=width) / safe
    apart = (middle - origin - centre[groups]) ** 2 + times.width[rows] ** 2 / 12.0
    spread = np.bincount(groups, weights=apart, minlength=width)
    density = np.bincount(groups, weights=times.log_density[rows], minlength=width)
    best = np.full(width, -np.inf)
    span = np.zeros(width, dtype=np.int64)
    for number, days in enumerate(parameters.spans_days):
        gauss = -(count - 1) * np.log(np.sqrt(2 * np.pi) * days) - spread / (2 * days**2) - 0.5 * np.log(safe)
        weight = gauss - density * (count - 1) / safe - np.log(len(parameters.spans_days))
        better = weight > best
        best, span = np.where(better, weight, best), np.where(better, number, span)
    return centre + origin, span, np.where(count >= 2, best, 0.0)


def nearness(times: Clock, centre: Floats, span: Ints, parameters: Parameters) -> Singles:
    """ln weight of each report's time under each group's stretch of time; a vague time speaks against at most."""
    out = np.empty((len(times.middle), len(centre)), dtype=np.float32)
    vague = np.isnan(times.middle)
    width = np.nan_to_num(times.width, nan=0.0) ** 2 / 12.0
    origin = float(centre.mean()) if len(centre) else 0.0
    middle, off = (times.middle - origin).astype(np.float32), (centre - origin).astype(np.float32)
    for number, days in enumerate(parameters.spans_days):
        mine = np.flatnonzero(span == number)
        if not len(mine):
            continue
        variance = days**2 * 1.15 + width
        constant = -0.5 * np.log(2 * np.pi * variance) - times.log_density
        sharp = middle[:, None] - off[None, mine]
        sharp *= sharp
        sharp *= (-0.5 / variance).astype(np.float32)[:, None]
        sharp += constant.astype(np.float32)[:, None]
        if vague.any():
            early = np.nan_to_num(times.start[vague, None] - centre[None, mine], nan=0.0)
            late = np.nan_to_num(centre[None, mine] - times.end[vague, None], nan=0.0)
            sharp[vague] = -0.5 * np.maximum(np.maximum(early, late), 0.0) ** 2 / days**2
        out[:, mine] = sharp
    return out
