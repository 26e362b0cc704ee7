"""Thin streams without a campaign: the rows of a real collection, in which what goes together is dealt anew.

`dealt`: date, place, target, sector, means, text and every other feature each go to another row of the domain.
`period`: the same among some twenty rows of a domain that follow on each other, so that a time keeps its subjects.
`communities`: the same as `dealt`, then 25 habits that last the whole time (Zipf(1.1) in size): with chance .5 each
feature is that of the habit's own row, and two words in five of a text come from four texts of the habit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from benchmarks.streams import zipf
from verband.methods.connecting import Evidence, Incident

KINDS = ("dealt", "period", "communities")
TOGETHER = 20
HABITS = 25
LEANING = 0.5
LEANING_WORDS = 0.4
_PLACE = ("place", "country", "area")

Given = Callable[[Incident, Incident], Incident]


def stream(incidents: Sequence[Incident], *, kind: str, rng: np.random.Generator) -> list[Incident]:
    """As many incidents, in the order of those given, each with its own domain and key."""
    strata = _strata(incidents, kind)
    parts = _parts(incidents)
    out = [replace(row, evidence=(), sources=()) for row in incidents]
    if kind != "communities":
        for part in parts:
            giver = _dealt(strata, rng)
            out = [part(row, incidents[other]) for row, other in zip(out, giver, strict=True)]
        return out
    habit = rng.choice(HABITS, len(incidents), p=zipf(HABITS))
    own = rng.choice(len(incidents), HABITS, replace=False)
    for part in parts[:-1]:
        giver = np.where(rng.random(len(incidents)) < LEANING, own[habit], _dealt(strata, rng))
        if part is _dates:
            giver = np.array(_dealt(strata, rng))
        out = [part(row, incidents[other]) for row, other in zip(out, giver.tolist(), strict=True)]
    return _spoken(out, incidents, habit.tolist(), _dealt(strata, rng), rng)


def _spoken(
    out: Sequence[Incident],
    incidents: Sequence[Incident],
    habit: Sequence[int],
    giver: Sequence[int],
    rng: np.random.Generator,
) -> list[Incident]:
    """Texts that lean towards the words of a habit, of the length of the text that was dealt."""
    found = []
    spoken = [
        [word for place in rng.choice(len(incidents), 4) for word in incidents[int(place)].text.split()]
        for _ in range(HABITS)
    ]
    for row, mine, other in zip(out, habit, giver, strict=True):
        words = incidents[other].text.split()
        said = [str(rng.choice(spoken[mine])) if rng.random() < LEANING_WORDS else word for word in words]
        found.append(replace(row, text=" ".join(said[:6]) + "\n" + " ".join(said[6:])))
    return found


def _strata(incidents: Sequence[Incident], kind: str) -> list[tuple[str, int]]:
    strata = [(row.domain, 0) for row in incidents]
    if kind != "period":
        return strata
    for domain in dict.fromkeys(row.domain for row in incidents):
        rows = [place for place, row in enumerate(incidents) if row.domain == domain]
        rows.sort(key=lambda place: incidents[place].start or 0.0)
        for number, part in enumerate(np.array_split(np.array(rows), max(1, len(rows) // TOGETHER))):
            for place in part.tolist():
                strata[place] = (domain, number)
    return strata


def _parts(incidents: Sequence[Incident]) -> list[Given]:
    """What is dealt, each by itself; the text last."""
    features = dict.fromkeys(item.feature for row in incidents for item in row.evidence)
    return [*(_values(feature) for feature in features if feature not in _PLACE), _place, _dates, _text]


def _dealt(strata: Sequence[tuple[str, int]], rng: np.random.Generator) -> list[int]:
    """For each row the row of its stratum that it is dealt something of."""
    places: dict[tuple[str, int], list[int]] = {}
    for place, stratum in enumerate(strata):
        places.setdefault(stratum, []).append(place)
    giver = list(range(len(strata)))
    for rows in places.values():
        for row, other in zip(rows, rng.permutation(rows).tolist(), strict=True):
            giver[row] = other
    return giver


def _values(feature: str) -> Given:
    def given(row: Incident, giver: Incident) -> Incident:
        values = tuple(Evidence(feature, item.value, row.key) for item in giver.evidence if item.feature == feature)
        return replace(row, evidence=(*row.evidence, *values))

    return given


def _place(row: Incident, giver: Incident) -> Incident:
    where = tuple(Evidence(item.feature, item.value, row.key) for item in giver.evidence if item.feature in _PLACE)
    return replace(row, evidence=(*row.evidence, *where), lat=giver.lat, lon=giver.lon)


def _dates(row: Incident, giver: Incident) -> Incident:
    return replace(row, start=giver.start, end=giver.end)


def _text(row: Incident, giver: Incident) -> Incident:
    return replace(row, text=giver.text)
