"""Two records of one event: told in the same words, about the same time and place, with nothing that contradicts it.

Only proposes; a person decides, and the decision can be undone. Reads `text` and `kind`, which `connect` never does,
and never who is blamed. Where there is no text, words given as `wording` evidence are read in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from .likeness import Pairs, compare, on_one_report, with_letters
from .model import Incident, LinkEvidence, SameEvent
from .table import WORDING
from .text import Texts, Vectors, near, read, words_in_common

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

LEAST_BANS: Final = 0.0
"""Even odds: what a person is asked about is as likely one event as not, or likelier."""
# Bans for one unit of each feature, and the prior. Fitted once by penalised logistic regression (penalty .3) on all
# pairs of the public incidents and the pairs of EuRepoC and CFR read for development, rounded, and left alone. The
# prior is .3 higher than fitted: the penalty pulls few positives down, and in eight-fold trials this was best.
PRIOR_BANS: Final = -2.3
ACROSS: Final = 1.2
"""Two lists tell one event more often than one list tells it twice."""
DESK: Final = -1.55
TIME: Final = 0.85
TIME_ACROSS: Final = -0.45
"""Two lists date by different rules, one when it began and one when it became known: nearness says less."""
PLACE: Final = 0.25
OTHER_DAY: Final = -0.9
ELSEWHERE: Final = -0.65
OTHER_COUNTRY: Final = -1.05
SAME_COUNTRY: Final = 0.35
OTHER_TARGET: Final = -1.25
OTHER_KIND: Final = -0.5
OTHER_ORDER: Final = -2.0
"""Set by hand: titles that count on are too few to fit."""
REPORT: Final = 1.25
LETTERS: Final = 0.7
COPY: Final = 6.0
COPY_FROM: Final = 0.75
"""Set by hand: a likeness over this is a copy of the words, which no labelled pair is. In a small collection, in which
no word is rare, it is what there is to go by. Within one list it says nothing: a series is told alike."""
TITLE: Final = 0.85
RARE: Final = 0.35
THIN: Final = -0.6
THIN_RARE: Final = 0.7
THIN_TITLE: Final = 0.25
"""With fewer rare words and less of the titles in common than this, and no report, little but the date is left."""
RARE_IN: Final = 100
"""A word that more records than this use makes nobody look at a pair."""
SHARED_BANS: Final = 1.2
"""Rarity that the words of two records have in common at least before the pair is looked at."""
ALL_PAIRS: Final = 60
"""In a collection this small every pair is looked at."""
_SHOWN_WORDS: Final = 8


def same_events(
    incidents: Sequence[Incident], *, least_bans: float = LEAST_BANS, vectors: Vectors | None = None
) -> tuple[SameEvent, ...]:
    """Pairs proposed as one event, strongest first, with what speaks for and against it; ties in input order.

    `vectors`, if the caller brings them, are an embedding of the texts: where it finds two texts more alike than their
    letters do, it counts in their place. Records without text are in no pair; without a date or a place they are
    compared by what there is.
    """
    texts = read([_text(row) for row in incidents], vectors=vectors)
    a, b = _candidates(incidents, texts)
    if not len(a):
        return ()
    pairs = compare(incidents, texts, a, b)
    pairs = with_letters(pairs, texts, where=_bans(pairs) >= least_bans)
    weighed, bans = _weighed(pairs), _bans(pairs)
    kept = np.flatnonzero((bans >= least_bans) & ~_outdone(incidents, pairs, bans))
    kept = kept[np.argsort(-bans[kept], kind="stable")]
    return tuple(
        SameEvent(int(a[row]), int(b[row]), float(bans[row]), _evidence(incidents, texts, pairs, weighed, int(row)))
        for row in kept.tolist()
    )


def _text(incident: Incident) -> str:
    if incident.text.strip():
        return incident.text
    return "\n" + " ".join(row.value for row in incident.evidence if row.feature == WORDING)


def _candidates(incidents: Sequence[Incident], texts: Texts) -> tuple[Ints, Ints]:
    """Pairs worth a look, ascending: all of few, else those that share words rare enough or a report. No date is read.

    A report on which more than RARE_IN records rest brings nobody together.
    """
    n = len(incidents)
    if n > ALL_PAIRS:
        left, right = near(texts, most=RARE_IN, least=SHARED_BANS)
        one, two = on_one_report(incidents, most=RARE_IN)
        keys = np.unique(np.concatenate([left * n + right, one * n + two]))
        return keys // n, keys % n
    said = np.flatnonzero(np.diff(texts.weights.indptr))
    left, right = np.triu_indices(len(said), 1)
    return said[left].astype(np.int64), said[right].astype(np.int64)


def _outdone(incidents: Sequence[Incident], pairs: Pairs, bans: Floats) -> NDArray[np.bool_]:
    """Pairs across two collections of which either record fits another record of the other collection better."""
    number = {name: place for place, name in enumerate(dict.fromkeys(row.collection for row in incidents))}
    collection = np.array([number[row.collection] for row in incidents], dtype=np.int64)
    out = np.zeros(len(bans), dtype=np.bool_)
    rows = np.flatnonzero(pairs.across > 0)
    for one, other in ((pairs.a[rows], pairs.b[rows]), (pairs.b[rows], pairs.a[rows])):
        _, at = np.unique(one * len(number) + collection[other], return_inverse=True)
        best = np.full(len(rows), -np.inf)
        np.maximum.at(best, at, bans[rows])
        out[rows] |= bans[rows] < best[at]
    return out


def _bans(pairs: Pairs) -> Floats:
    prior = PRIOR_BANS + ACROSS * pairs.across + DESK * pairs.desk
    return np.asarray(np.round(prior + np.sum(list(_weighed(pairs).values()), axis=0), 9), dtype=np.float64)


def _weighed(pairs: Pairs) -> dict[str, Floats]:
    """The bans of each piece of evidence, pair by pair; their sum and the prior are the score."""
    alike = np.maximum(pairs.letters, pairs.vector)
    copied = np.maximum(0.0, alike - COPY_FROM) * (1.0 - pairs.desk)
    thin = (pairs.rare < THIN_RARE) & (pairs.title < THIN_TITLE) & (pairs.report == 0)
    said = LETTERS * alike + COPY * copied + RARE * pairs.rare + TITLE * pairs.title + THIN * thin
    return {
        "time": (TIME + TIME_ACROSS * pairs.across) * pairs.time + OTHER_DAY * pairs.sharp,
        "near": PLACE * pairs.place + ELSEWHERE * pairs.elsewhere,
        "wording": said,
        "country": OTHER_COUNTRY * pairs.country + SAME_COUNTRY * pairs.same_country,
        "target": OTHER_TARGET * pairs.target,
        "report": REPORT * pairs.report,
        "kind": OTHER_KIND * pairs.kind,
        "order": OTHER_ORDER * pairs.order,
    }


def _evidence(
    incidents: Sequence[Incident], texts: Texts, pairs: Pairs, weighed: dict[str, Floats], row: int
) -> tuple[LinkEvidence, ...]:
    """What is shown of one pair, weightiest first. The words that both use are shown; the likeness is what weighs."""
    a, b, n = int(pairs.a[row]), int(pairs.b[row]), len(incidents)
    days, km = float(pairs.days[row]), float(pairs.km[row])
    words = words_in_common(texts, a, b)
    records = tuple(dict.fromkeys(item.record for place in (a, b) for item in incidents[place].evidence))
    shown = {
        "time": "" if np.isnan(days) else f"{days:.0f}",
        "near": f"{km:.0f}" if not np.isnan(km) else "elsewhere" if pairs.elsewhere[row] else "",
        "wording": ", ".join(word for word, _, _ in words[:_SHOWN_WORDS]) or "alike",
        "country": "differs" if pairs.country[row] else ", ".join(_shared(incidents, a, b)),
        "target": "differs" if pairs.target[row] else "",
        "report": "same" if pairs.report[row] else "",
        "kind": "differs" if pairs.kind[row] else "",
        "order": "differs" if pairs.order[row] else "",
    }
    found = [
        LinkEvidence(
            feature,
            value,
            round(float(weighed[feature][row]), 9),
            records if feature == "wording" else (),
            min((df for _, _, df in words), default=0) if feature == "wording" else 0,
            n,
        )
        for feature, value in shown.items()
        if value
    ]
    return tuple(sorted(found, key=lambda item: -item.bans))


def _shared(incidents: Sequence[Incident], a: int, b: int) -> list[str]:
    stated = ({row.value for row in incidents[place].evidence if row.feature == "country"} for place in (a, b))
    return sorted(set.intersection(*stated))[:_SHOWN_WORDS]
