"""Words as evidence that a reader can check: which rare words two reports both use, and which a group has in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .alike import Alike
from .model import Incident, LinkEvidence
from .reports import Reports
from .table import WORDING
from .text import Texts, words_in_common

SHOWN = 4
COMMON_WORDS = 3


def between(incidents: Sequence[Incident], reports: Reports, likeness: Alike, a: int, b: int) -> LinkEvidence | None:
    """What the words of two reports say, with the rarest they share; None where they say nothing.

    `df`: reports that use the rarest of these words.
    """
    texts = likeness.texts
    bans = round(float(likeness.units[WORDING][a, b]), 9) if WORDING in likeness.units else 0.0
    if texts is None or bans == 0.0:
        return None
    words = words_in_common(texts, a, b)
    if not words:
        return LinkEvidence("differs", WORDING, bans, (), 0, reports.count) if bans < 0 else None
    shown = ", ".join(word for word, _, _ in words[:SHOWN])
    records = _records(incidents, reports, (a, b))
    return LinkEvidence(WORDING, shown, bans, records, min(df for _, _, df in words), reports.count)


def in_common(
    incidents: Sequence[Incident], reports: Reports, likeness: Alike, rows: Sequence[int]
) -> tuple[LinkEvidence, ...]:
    """The rarest words that at least half of a group use, each with its part of what the words of the group weigh."""
    texts = likeness.texts
    if texts is None or len(rows) < 2:
        return ()
    weight = likeness.units[WORDING][np.ix_(rows, rows)]
    bans = float(weight.sum()) / len(rows)
    used = _used(texts, rows)
    if bans <= 0 or not used:
        return ()
    part = round(bans / len(used), 9)
    return tuple(
        LinkEvidence(
            WORDING, texts.names[column].lstrip("#"), part, _records(incidents, reports, own), df, reports.count
        )
        for column, own, df in used
    )


def _used(texts: Texts, rows: Sequence[int]) -> list[tuple[int, list[int], int]]:
    """Column, the reports of the group that use it and how many of all do, of the rarest words of half the group."""
    uses = texts.weights > 0
    count = np.asarray(uses.sum(axis=0)).ravel()
    mine = uses[list(rows)].toarray()
    often = np.flatnonzero((2 * mine.sum(axis=0) >= len(rows)) & (mine.sum(axis=0) >= 2))
    ranked = sorted(often.tolist(), key=lambda column: (-int(mine[:, column].sum()), int(count[column]), column))
    return [
        (column, [rows[place] for place in np.flatnonzero(mine[:, column]).tolist()], int(count[column]))
        for column in ranked[:COMMON_WORDS]
    ]


def _records(incidents: Sequence[Incident], reports: Reports, rows: Sequence[int]) -> tuple[str, ...]:
    """The records of these reports, in input order, each once."""
    places = [place for row in rows for place in reports.members[row]]
    return tuple(dict.fromkeys(item.record for place in places for item in incidents[place].evidence))
