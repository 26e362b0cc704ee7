"""What each item seen says for and against each group, as a likelihood ratio against the background."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .model import Kind, Parameters, Profile, Query

Array = NDArray[np.float64]
_MOST_PROGRAMS: Final = 3
_UNSEEN: Final = 0.5
_BAN: Final = log(10.0)


@dataclass(frozen=True)
class Seen:
    """The items seen of one kind against the profiles: arrays of profiles x items, and totals per profile.

    `reported` 0 or 1, `backing` log of the reports, `through` programs of the group that bring the item, `share` the
    item's share of the background, `groups` how many profiles have it.
    """

    kind: Kind
    items: tuple[str, ...]
    reported: Array
    backing: Array
    through: Array
    share: Array
    groups: NDArray[np.int64]
    total_reported: Array
    total_backing: Array
    total_through: Array


@dataclass(frozen=True)
class Counted:
    """A query laid beside the profiles: one `Seen` per kind, and the number of items of each profile."""

    techniques: Seen
    software: Seen
    sizes: Array


def count(query: Query, profiles: Sequence[Profile]) -> Counted:
    """The query beside the profiles, in their order."""
    techniques = _seen(
        "technique", query.techniques, [p.techniques for p in profiles], [p.through_software for p in profiles]
    )
    software = _seen("software", query.software, [p.software for p in profiles], [{} for _ in profiles])
    return Counted(techniques, software, techniques.total_reported + software.total_reported)


def item_bans(seen: Seen, parameters: Parameters) -> Array:
    """Bans of each item for each profile, profiles x items.

    A profile is a multinomial with Dirichlet smoothing towards the background: the items drawn by the frequencies of
    the collection, whose own bans are 0. Drawn from the background, 10 ** bans is 1 on average at full weight and
    less than that below it.
    Source: Zhai & Lafferty 2004, A study of smoothing methods for language models, Dirichlet prior.
    """
    technique = seen.kind == "technique"
    smoothing = parameters.smoothing_technique if technique else parameters.smoothing_software
    backing = parameters.backing_technique if technique else parameters.backing_software
    weight = parameters.weight_technique if technique else 1.0
    through = parameters.through_software
    held = seen.reported + backing * seen.backing + through * seen.through
    total = seen.total_reported + backing * seen.total_backing + through * seen.total_through
    ratio = (held / seen.share + smoothing) / (total[:, None] + smoothing)
    return weight * np.log(ratio) / _BAN


def prior_bans(sizes: Array, parameters: Parameters) -> Array:
    """Bans of each profile beforehand: its share of all profiles, by size."""
    logs = parameters.size * np.log1p(sizes)
    return np.asarray((logs - _log_sum(logs)) / _BAN)


def scores(counted: Counted, parameters: Parameters) -> Array:
    """The bans of each profile: what was thought beforehand and what was seen."""
    seen = item_bans(counted.techniques, parameters).sum(axis=1) + item_bans(counted.software, parameters).sum(axis=1)
    return np.asarray(prior_bans(counted.sizes, parameters) + seen)


def _seen(
    kind: Kind,
    wanted: Sequence[str],
    held: Sequence[Mapping[str, int]],
    through: Sequence[Mapping[str, int]],
) -> Seen:
    items = tuple(dict.fromkeys(wanted))
    groups = Counter(item for one in held for item in one)
    universe = {*groups, *items, *(item for one in through for item in one)}
    total = sum(groups.values()) + _UNSEEN * len(universe)
    share = np.array([(groups[item] + _UNSEEN) / total for item in items], dtype=float)
    reports = _grid([[one.get(item, 0) for item in items] for one in held], len(items))
    programs = _grid([[min(one.get(item, 0), _MOST_PROGRAMS) for item in items] for one in through], len(items))
    return Seen(
        kind=kind,
        items=items,
        reported=np.minimum(reports, 1.0),
        backing=np.log(np.maximum(reports, 1.0)),
        through=programs,
        share=share,
        groups=np.array([groups[item] for item in items], dtype=np.int64),
        total_reported=np.array([len(one) for one in held], dtype=float),
        total_backing=np.array([sum(map(log, one.values())) for one in held], dtype=float),
        total_through=np.array([sum(min(n, _MOST_PROGRAMS) for n in one.values()) for one in through], dtype=float),
    )


def _grid(rows: Sequence[Sequence[int]], width: int) -> Array:
    return np.array(rows, dtype=float).reshape(len(rows), width)


def _log_sum(logs: Array) -> float:
    if not len(logs):
        return 0.0
    top = float(logs.max())
    return top + log(float(np.exp(logs - top).sum()))
