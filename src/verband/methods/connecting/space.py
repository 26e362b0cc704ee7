"""What stays the same in every world: values, their rarity, and what carrying one says for and against a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from .pairs import Pairs
from .reports import Reports
from .voices import Voices

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ints = NDArray[np.int64]

LEVELS = (0.7, 1.0, 1.3)
"""A campaign may carry its value less or more often than the table states: factors on `carries`."""
FIRM_LEVELS = (0.8, 0.95)
"""How often a member of a firm campaign that states a block states the campaign's value."""
NOTHING = 0.15
"""Prior that a campaign has no value of its own in a block."""
MISSING = 1.0
"""Weight at most of a block that a report does not state, against one in which it states something else."""
FEW_DOMAINS = 4.0
"""Concentration of the urn of domains: a campaign of eight is expected in three to five."""
OFTEN = 0.5
"""Share of reports that state a block, from which that weight is full."""


@dataclass(frozen=True)
class Space:
    """What does not change between worlds.

    A campaign is read in two ways. Loosely, a member may state something else about as well as nothing. In `firm`, the
    second reading, what is not stated says nothing, and what is stated is nearly always the campaign's value.

    `level`, `gain`, `loss` (levels by values): how often a campaign carries its value, and ln of what a carrier adds
    and what anyone else costs. `prior`: ln chance that a campaign has this value. `mass`, `feature_level`,
    `feature_loss`: the same by feature. `entry`: ln prior odds that a report belongs to the campaign at hand.
    `single`: blocks in which a report has one value at most (`alone`: their values); `within`: the columns of the
    others. `reads`: reports by values, then blocks, with what stating a block adds, then domains. `unstated`:
    weight of a block not stated. `domain_share`: of all reports; `reads_domain`: whether domains are evidence.
    """

    reports: Reports
    pairs: Pairs
    voices: Voices
    rarity: Floats
    level: Floats
    gain: Floats
    loss: Floats
    prior: Floats
    block_of: Ints
    feature_of: Ints
    block_of_feature: Ints
    mass: Floats
    feature_level: Floats
    feature_loss: Floats
    entry: float
    single: tuple[bool, ...]
    alone: Flags
    within: tuple[Any, ...]
    reads: Any
    unstated: Floats
    domain_share: Floats
    reads_domain: bool
    firm: Space | None = None


def space(reports: Reports, pairs: Pairs, *, reads_domain: bool) -> Space:
    """The space in which groups of these reports are grown, in both readings."""
    loose = np.minimum(np.array(LEVELS)[:, None] * reports.agree[None, :], 0.95)
    firm = np.minimum(np.array(FIRM_LEVELS)[:, None], np.where(reports.agree > 0, 1.0, 0.0)[None, :])
    share = np.ones(len(reports.rarity))
    for number, block in enumerate(reports.blocks):
        share[block] = max(1.0, float(reports.stated[number].sum())) / (reports.count + 1.0)
    stated = np.minimum(reports.rarity / share, 0.95)
    first = _space(reports, pairs, Voices(reports), (loose, reports.rarity, _unstated(reports)))
    second = _space(reports, pairs, first.voices, (firm, stated, np.zeros(len(reports.blocks))))
    return replace(first, reads_domain=reads_domain, firm=replace(second, reads_domain=reads_domain))


def _space(reports: Reports, pairs: Pairs, voices: Voices, reading: tuple[Floats, Floats, Floats]) -> Space:
    """One reading: `level` by levels and values, `rarity` by values, weight of a block that is not stated."""
    level, rarity, unstated = reading
    known = list(dict.fromkeys(reports.feature))
    feature_of = np.array([known.index(name) for name in reports.feature], dtype=np.int64)
    first = np.array([reports.feature.index(name) for name in known], dtype=np.int64)
    prior, block_of = np.zeros(len(rarity)), np.zeros(len(rarity), dtype=np.int64)
    for number, block in enumerate(reports.blocks):
        prior[block] = rarity[block] / rarity[block].sum() * (1.0 - NOTHING) / len(level)
        block_of[block] = number
    most = [int(np.diff(reports.carries[:, block].tocsr().indptr).max(initial=0)) for block in reports.blocks]
    single = np.array([count <= 1 for count in most], dtype=np.bool_)
    return Space(
        reports=reports,
        pairs=pairs,
        voices=voices,
        rarity=rarity,
        level=level,
        gain=np.log(level / rarity[None, :] + 1.0 - level) - np.log(1.0 - level),
        loss=np.log(1.0 - level),
        prior=np.log(prior),
        block_of=block_of,
        feature_of=feature_of,
        block_of_feature=block_of[first],
        mass=np.bincount(feature_of, weights=prior, minlength=len(known)).astype(np.float64),
        feature_level=level[:, first],
        feature_loss=np.log(1.0 - level[:, first]),
        entry=-float(np.log(max(2.0, reports.count / 10.0))),
        single=tuple(bool(flag) for flag in single),
        alone=single[block_of],
        within=_within(reports, [bool(flag) for flag in single]),
        reads=_reads(reports, unstated),
        unstated=unstated,
        domain_share=np.bincount(reports.domain) / max(1, reports.count),
        reads_domain=False,
    )


def _reads(reports: Reports, unstated: Floats) -> Any:
    extra = (reports.stated * (1.0 - unstated)[:, None]).T
    domains = int(reports.domain.max(initial=-1)) + 1
    member = sparse.csr_array(
        (np.ones(reports.count), (np.arange(reports.count), reports.domain)), shape=(reports.count, domains)
    )
    return sparse.hstack([reports.carries, sparse.csr_array(extra), member], format="csr").astype(np.float32)


def _within(reports: Reports, single: Sequence[bool]) -> tuple[Any, ...]:
    blocks = zip(single, reports.blocks, strict=True)
    return tuple(None if one else reports.carries[:, block].tocsr().astype(np.float32) for one, block in blocks)


def _unstated(reports: Reports) -> Floats:
    """Weight of each block for a report that does not state it: little where hardly any report states it."""
    share = reports.stated.mean(axis=1) if reports.count else np.zeros(len(reports.blocks))
    return np.asarray(MISSING * np.minimum(1.0, share / OFTEN), dtype=np.float64)
