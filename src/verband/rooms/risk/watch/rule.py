"""The rule of a warning level: thresholds, a number of observations in a row, and a margin against flapping.

Pure: levels and values in, the level that the rule proposes out. A person confirms it or leaves it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEVELS = ("normal", "raised", "high")


@dataclass(frozen=True)
class Rule:
    """When a level changes. `thresholds` are those of `raised` and, where there is one, `high`.

    `rising` says whether a higher value is worse. `margin` (0 or more) is how far beyond a threshold a value must fall
    back before its level is left; `in_a_row` how many of the newest observations must agree.
    """

    thresholds: tuple[float, ...]
    margin: float
    in_a_row: int
    rising: bool = True


def proposed(level: str, values: Sequence[float], rule: Rule) -> str:
    """The level that the observations ask for, oldest first; the present one where there are too few of them.

    Up: the highest level whose threshold each of the newest observations meets. Down: only when each of them lies
    beyond the threshold of the present level by the margin. Between the two nothing changes.
    """
    if len(values) < rule.in_a_row:
        return level
    sign = 1.0 if rule.rising else -1.0
    newest = [sign * value for value in values[-rule.in_a_row :]]
    thresholds = [sign * threshold for threshold in rule.thresholds]
    now = min(LEVELS.index(level), len(thresholds))
    reached = max((rank for rank, at in enumerate(thresholds, 1) if min(newest) >= at), default=0)
    kept = max((rank for rank in range(1, now + 1) if max(newest) >= thresholds[rank - 1] - rule.margin), default=0)
    return LEVELS[max(reached, kept)]
