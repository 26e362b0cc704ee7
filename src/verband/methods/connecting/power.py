"""What the collection could have shown: the smallest campaign that would stand out, had all spoken for it."""

from __future__ import annotations

import numpy as np

from .groups import VALUES_BANS
from .model import Parameters
from .space import NOTHING, Space

STATED_OFTEN = 0.3
LN10 = float(np.log(10.0))


def smallest_showable(room: Space, bar: float, parameters: Parameters) -> int:
    """The fewest separate reports with which a group could reach `bar` bans.

    The best case: in every block that three in ten reports state, all members carry one value that nobody else has,
    and all fall on one day of an even rhythm. No smaller campaign could have been proposed. One more than `largest`
    where even that does not reach the bar.
    """
    for size in range(parameters.smallest, parameters.largest + 1):
        if _best_case(room, size, parameters) >= bar:
            return size
    return parameters.largest + 1


def _best_case(room: Space, size: int, parameters: Parameters) -> float:
    """What stands of that best case for a group of `size`, in bans."""
    reports = room.reports
    rarity = (size + 0.5) / (reports.count + 1.0)
    total = 0.0
    for number, block in enumerate(reports.blocks):
        if reports.stated[number].mean() >= STATED_OFTEN:
            level = room.level[:, block].max(axis=1)
            prior = rarity / max(1.0, float(reports.rarity[block].sum())) * (1.0 - NOTHING) / len(level)
            total += float(np.log(NOTHING + (prior * (level / rarity + 1.0 - level) ** size).sum()))
    total = min((total + size * room.entry) / LN10, VALUES_BANS) * LN10
    dated = reports.middle[~np.isnan(reports.middle)]
    if len(dated) > 1:
        days = min(parameters.spans_days)
        even = np.log(max(1.0, float(np.ptp(dated))) / (np.sqrt(2 * np.pi) * days))
        total += max(0.0, float((size - 1) * even - 0.5 * np.log(size)) - float(np.log(len(parameters.spans_days))))
    return total / LN10
