"""Values too common to bring reports together: which they are, so that a run can say it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from .model import Capped
from .pairs import most_carriers
from .reports import Reports

Ints = NDArray[np.int64]

TOLD = 12


def too_common(reports: Reports) -> Ints:
    """Values, by column, that more reports carry than `pairs.most_carriers` lets join anybody."""
    return np.flatnonzero(reports.df > most_carriers(reports.count)).astype(np.int64)


def told(reports: Reports, columns: Ints) -> tuple[Capped, ...]:
    """These values, the most common first and TOLD at most; ties by column."""
    order = columns[np.argsort(-reports.df[columns], kind="stable")][:TOLD]
    return tuple(
        Capped(reports.feature[column], reports.value[column], int(reports.df[column]), reports.count)
        for column in order.tolist()
    )


def repeats(reports: Reports) -> tuple[tuple[int, ...], ...]:
    """Places of the incidents that are one report, for each report of more than one, in their order."""
    return tuple(sorted(places for places in reports.members if len(places) > 1))
