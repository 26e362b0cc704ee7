"""Why two incidents are in one campaign: each shared value with its weight, and nearness in time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from .model import Incident, Link, LinkEvidence, Parameters
from .pairs import SAME_SOURCE, match_bans, mismatch_bans, time_bans
from .phrases import alike
from .reports import Reports, readable
from .table import TABLE
from .times import Clock

Floats = NDArray[np.float64]

TIME = "time"
MISMATCH = "differs"
Words = Callable[[int, int], LinkEvidence | None]


def links(
    incidents: Sequence[Incident],
    reports: Reports,
    times: Clock,
    rows: Sequence[int],
    parameters: Parameters,
    *,
    words: Words = lambda a, b: None,
) -> tuple[Link, ...]:
    """Links between the reports `rows` of one group whose evidence together is above 0 bans, strongest first.

    Each end is the first incident of its report. Evidence within a link: strongest first; what speaks against comes
    last. `words`: what the words of two reports say, where words are read.
    """
    found = []
    weights = match_bans(reports), mismatch_bans(reports)
    for place, a in enumerate(rows):
        for b in rows[place + 1 :]:
            evidence = _evidence(incidents, reports, times, (a, b), parameters, weights=weights)
            said = words(a, b)
            if said is not None:
                evidence = sorted([*evidence, said], key=lambda item: (item.bans < 0, -max(item.bans, 0.0)))
            bans = sum(item.bans for item in evidence)
            if bans > 0 and any(item.feature not in {TIME, MISMATCH} for item in evidence):
                first, second = sorted((reports.members[a][0], reports.members[b][0]))
                found.append(Link(first, second, round(bans, 9), tuple(evidence)))
    return tuple(sorted(found, key=lambda link: (-link.bans, link.a, link.b)))


def _evidence(
    incidents: Sequence[Incident],
    reports: Reports,
    times: Clock,
    pair: tuple[int, int],
    parameters: Parameters,
    *,
    weights: tuple[Floats, Floats],
) -> list[LinkEvidence]:
    (a, b), (match, lost) = pair, weights
    mine, other = _columns(reports, a), _columns(reports, b)
    same = SAME_SOURCE if not reports.sources[a].isdisjoint(reports.sources[b]) else 1.0
    found, against = [], []
    for number, block in enumerate(reports.blocks):
        shared = [column for column in mine if column in other and block.start <= column < block.stop]
        if shared:
            best = max(shared, key=lambda column: float(match[column]))
            records = _records(incidents, reports, pair, best, parameters)
            df = int(reports.df[best])
            item = (reports.feature[best], reports.value[best], round(float(match[best]) * same, 9))
            found.append(LinkEvidence(*item, records, df, reports.count))
        elif reports.stated[number, a] and reports.stated[number, b] and lost[number] < 0:
            against.append(
                LinkEvidence(MISMATCH, reports.block_names[number], round(float(lost[number]), 9), (), 0, reports.count)
            )
    near = float(time_bans(times, np.array([a]), np.array([b]), spans_days=parameters.spans_days)[0])
    days = f"{abs(times.middle[a] - times.middle[b]):.0f}"
    if near != 0.0:
        (found if near > 0 else against).append(LinkEvidence(TIME, days, round(near, 9), (), 0, reports.count))
    return sorted(found, key=lambda item: -item.bans) + against


def _columns(reports: Reports, row: int) -> list[int]:
    indptr, indices = reports.carries.indptr, reports.carries.indices
    return [int(column) for column in indices[indptr[row] : indptr[row + 1]]]


def _records(
    incidents: Sequence[Incident], reports: Reports, rows: Sequence[int], column: int, parameters: Parameters
) -> tuple[str, ...]:
    """The records of these reports that state the column's value, in input order, each once."""
    feature, value = reports.feature[column], reports.value[column]
    return tuple(
        dict.fromkeys(
            item.record
            for row in rows
            for place in reports.members[row]
            for item in readable(incidents[place], parameters)
            if item.feature == feature and item.value == value
        )
    )


def shared(
    incidents: Sequence[Incident], reports: Reports, rows: Sequence[int], parameters: Parameters
) -> tuple[LinkEvidence, ...]:
    """What the group shares: values that two or more of its reports carry, the weightiest first, each thing once.

    `bans`: what the value adds for the reports that carry it, beyond the first; `df`: reports of the collection that
    carry it.
    """
    match = match_bans(reports)
    counts: dict[int, list[int]] = {}
    for row in rows:
        for column in _columns(reports, row):
            counts.setdefault(column, []).append(row)
    found = [
        LinkEvidence(
            reports.feature[column],
            reports.value[column],
            round(float(match[column]) * (len(carriers) - 1), 9),
            _records(incidents, reports, carriers, column, parameters),
            int(reports.df[column]),
            reports.count,
        )
        for column, carriers in sorted(counts.items())
        if len(carriers) >= 2 and TABLE[reports.feature[column]].carries > 0 and match[column] > 0
    ]
    ordered = sorted(found, key=lambda item: (-item.bans, -len(item.value.split())))
    kept: list[LinkEvidence] = []
    for item in ordered:
        if not any(_says_again(item, other) for other in kept):
            kept.append(item)
    return tuple(kept)


def _says_again(item: LinkEvidence, other: LinkEvidence) -> bool:
    """Whether a weightier value says the same: the feature and records are its own, and words are in common."""
    return item.feature == other.feature and set(item.records) <= set(other.records) and alike(item.value, other.value)
