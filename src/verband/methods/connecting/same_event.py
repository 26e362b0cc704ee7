"""Two records of one event: near in time, about the same place and target, and told in the same words.

Only proposes; a person decides, and the decision can be undone. Reads `wording`, which `connect` never does.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import asin, cos, exp, log, log10, radians, sin, sqrt

from .model import Evidence, Incident, LinkEvidence, SameEvent
from .table import TABLE, WORDING

LEAST_BANS = 6.0
PRIOR_BANS = -3.0
"""log10 odds that two records taken at random tell one event, in a collection gathered from several sides."""
AGREE_WORD = 0.35
"""Chance that a second report of an event uses a given word of the first."""
WORDS_COUNT = 0.55
"""Words come in company: share of their summed bans that counts."""
AGREE = 0.6
NEAR_DAYS = 3.0
TIME_BANS = 1.8
"""Bans of two records of one day."""
FAR_DAYS = 45.0
NEAR_KM = 25.0


def same_events(incidents: Sequence[Incident], *, least_bans: float = LEAST_BANS) -> tuple[SameEvent, ...]:
    """Pairs proposed as one event, strongest first, with what speaks for it; ties in input order.

    Pairs further apart than FAR_DAYS, or with a time that is unknown, are not looked at. Two records that rest on the
    same document and nothing else are not proposed for that: a document may tell several events.
    """
    rows = [_values(incident) for incident in incidents]
    df: dict[tuple[str, str], int] = {}
    for row in rows:
        for key in row:
            df[key] = df.get(key, 0) + 1
    weight = {key: _bans_of(key, count, len(incidents)) for key, count in df.items()}
    keys = [frozenset(row) for row in rows]
    found = []
    for a, b, days in _near(incidents):
        if _most(days) + sum(weight[key] for key in keys[a] & keys[b]) < least_bans:
            continue
        evidence = _evidence(incidents, rows, df, (a, b), days=days)
        bans = PRIOR_BANS + sum(item.bans for item in evidence)
        if bans >= least_bans:
            shown = tuple(sorted(evidence, key=lambda item: -item.bans))
            found.append(SameEvent(a, b, round(bans, 9), shown))
    return tuple(sorted(found, key=lambda pair: -pair.bans))


def _values(incident: Incident) -> dict[tuple[str, str], Evidence]:
    return {
        (row.feature, row.value): row
        for row in incident.evidence
        if row.feature == WORDING or (row.feature in TABLE and TABLE[row.feature].carries > 0)
    }


def _bans_of(key: tuple[str, str], df: int, n: int) -> float:
    """Bans of two records that both state the key, which `df` of `n` state."""
    share = (df + 0.5) / (n + 1.0)
    if key[0] == WORDING:
        return WORDS_COUNT * log10(AGREE_WORD / share + 1 - AGREE_WORD)
    return log10(AGREE / share + 1 - AGREE)


def _most(days: float) -> float:
    """The most bans that two records so many days apart can have, before what both state."""
    return PRIOR_BANS + max(0.0, TIME_BANS - days / NEAR_DAYS / log(10)) + _place_bans(0.0)


def _near(incidents: Sequence[Incident]) -> list[tuple[int, int, float]]:
    """Pairs at most FAR_DAYS apart, by place in the input, with the days between their intervals."""
    dated = [
        (row.start, row.start if row.end is None else row.end, place)
        for place, row in enumerate(incidents)
        if row.start is not None
    ]
    dated.sort(key=lambda item: item[0])
    out = []
    for number, (_, end, place) in enumerate(dated):
        for start, _, other in dated[number + 1 :]:
            days = max(0.0, start - end)
            if days <= FAR_DAYS:
                out.append((min(place, other), max(place, other), days))
            elif start - end > FAR_DAYS:
                break
    return sorted(out)


def _evidence(
    incidents: Sequence[Incident],
    rows: Sequence[dict[tuple[str, str], Evidence]],
    df: dict[tuple[str, str], int],
    pair: tuple[int, int],
    *,
    days: float,
) -> list[LinkEvidence]:
    a, b = (incidents[place] for place in pair)
    mine, other = (rows[place] for place in pair)
    n = len(incidents)
    out = [LinkEvidence("time", f"{days:.0f}", round(_time_bans(a, b, days), 9), (), 0, n)]
    best: dict[str, LinkEvidence] = {}
    said: list[LinkEvidence] = []
    for key in mine:
        if key not in other:
            continue
        feature, value = key
        records = tuple(dict.fromkeys((mine[key].record, other[key].record)))
        item = LinkEvidence(feature, value, round(_bans_of(key, df[key], n), 9), records, df[key], n)
        if feature == WORDING:
            said.append(item)
            continue
        block = TABLE[feature].block
        if block not in best or item.bans > best[block].bans:
            best[block] = item
    unsaid = _unsaid(mine, other)
    if unsaid:
        said.append(LinkEvidence(WORDING, "differs", round(unsaid, 9), (), 0, n))
    distance = _distance_km(a, b)
    if distance is not None:
        out.append(LinkEvidence("near", f"{distance:.0f}", round(_place_bans(distance), 9), (), 0, n))
        best.pop("place", None)
    return [*out, *best.values(), *said]


def _unsaid(mine: dict[tuple[str, str], Evidence], other: dict[tuple[str, str], Evidence]) -> float:
    """Bans, below zero, of words of the shorter record that the longer one does not use."""
    left = {value for feature, value in mine if feature == WORDING}
    right = {value for feature, value in other if feature == WORDING}
    missing = min(len(left), len(right)) - len(left & right)
    return WORDS_COUNT * missing * log10(1 - AGREE_WORD) * 0.5


def _time_bans(a: Incident, b: Incident, days: float) -> float:
    """Nearness in time: a second source is days off at most; wide intervals say less."""
    width = max(_width(a), _width(b))
    if width > 92:
        return -0.5
    near = TIME_BANS - days / NEAR_DAYS / log(10)
    return max(-2.0, near - log10(1.0 + width / 10.0))


def _width(incident: Incident) -> float:
    start = incident.start if incident.start is not None else 0.0
    return 0.0 if incident.end is None else max(0.0, incident.end - start)


def _distance_km(a: Incident, b: Incident) -> float | None:
    """Great-circle distance; None where a place is unknown."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    rise, turn = radians(b.lat - a.lat), radians(b.lon - a.lon)
    chord = sin(rise / 2) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(turn / 2) ** 2
    return 2 * 6371.0 * asin(min(1.0, sqrt(chord)))


def _place_bans(distance: float) -> float:
    return log10(15.0 * exp(-distance / NEAR_KM) + 0.001)
