"""The ranking: every known group and "none of these", with what each score is made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from . import weighing
from .model import METHOD, VERSION, Basis, Contribution, Parameters, Profile, Query, Ranking, Standing
from .weighing import Array, Counted, Seen

_NONE = ""


def rank(query: Query, profiles: Sequence[Profile], parameters: Parameters | None = None) -> Ranking:
    """Every profile and "none of these", highest score first, each with the bans of every item seen.

    Null hypothesis: the items were drawn by the frequencies of the collection, and no known group is behind them.
    Equal scores stay in input order, "none of these" before the groups that it ties with. Without profiles, or with
    nothing seen, "none of these" is an answer still.
    """
    settings = parameters or Parameters()
    counted = weighing.count(query, profiles)
    before = weighing.prior_bans(counted.sizes, settings)
    parts = [(seen, weighing.item_bans(seen, settings)) for seen in (counted.techniques, counted.software)]
    groups = np.asarray(before + sum(bans.sum(axis=1) for _, bans in parts))
    every = np.concatenate([[settings.none], groups])
    chances = _chances(every)
    standings = [
        Standing(
            profile=place - 1 if place else None,
            key=profiles[place - 1].key if place else _NONE,
            rank=int((every >= every[place]).sum()),
            bans=float(every[place]),
            prior_bans=float(before[place - 1]) if place else float(every[0]),
            chance=float(chances[place]),
            contributions=_contributions(parts, place - 1) if place else (),
        )
        for place in np.argsort(-every, kind="stable")
    ]
    return Ranking(METHOD, VERSION, settings, query, len(profiles), tuple(standings), _unknown(counted))


def _contributions(parts: Sequence[tuple[Seen, Array]], place: int) -> tuple[Contribution, ...]:
    found = [
        Contribution(item, seen.kind, float(bans[place, at]), int(seen.groups[at]), _basis(seen, place, at))
        for seen, bans in parts
        for at, item in enumerate(seen.items)
    ]
    return tuple(sorted(found, key=lambda one: -one.bans))


def _basis(seen: Seen, place: int, at: int) -> Basis:
    if seen.reported[place, at]:
        return "reported"
    return "through_software" if seen.through[place, at] else "absent"


def _unknown(counted: Counted) -> tuple[str, ...]:
    return tuple(
        item
        for seen in (counted.techniques, counted.software)
        for at, item in enumerate(seen.items)
        if not seen.groups[at]
    )


def _chances(bans: Array) -> Array:
    odds = np.power(10.0, bans - bans.max())
    return np.asarray(odds / odds.sum())
