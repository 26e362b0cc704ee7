"""What two incidents have in common, and how far apart they are: one number per feature and pair.

Every feature is symmetric and reads agreement, rarity, likeness or distance; none reads which value it is that two
incidents share, so that other names give the same numbers (P1).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .likeness import cosine, grams, latent, profiles
from .table import Floats, Incidents, Ints, Pairs

BOTH_MISSING, ONE_MISSING, DIFFERENT = -2.0, -1.0, 0.0
RANK = 50


@dataclass(frozen=True)
class PairFeatures:
    """`values`: pairs by features, in the order of `names`. Not a number never occurs: what is missing has a value."""

    names: tuple[str, ...]
    values: Floats


def pair_features(incidents: Incidents, pairs: Pairs) -> PairFeatures:
    """All features of these pairs.

    Rarity and likeness are counted over all the incidents, without any label: also over those that are in no pair.
    """
    named: dict[str, Floats] = {}
    for column, cells in incidents.columns.items():
        named[f"shared {column}"] = _shared(cells, pairs)
    named |= _times(incidents, pairs)
    texts = {
        "words": cosine(incidents.words),
        "letters": cosine([grams(words) for words in incidents.words]),
        "topics": latent(incidents.words, rank=min(RANK, incidents.count)),
        "profile": cosine(profiles(incidents), least=1),
    }
    for name, likeness in texts.items():
        named[f"alike {name}"] = likeness[pairs.first, pairs.second]
    for name in ("words", "profile"):
        named |= _standing(name, texts[name], pairs)
    named |= _amounts(incidents, pairs)
    return PairFeatures(tuple(named), np.column_stack(list(named.values())))


def _shared(cells: tuple[frozenset[str], ...], pairs: Pairs) -> Floats:
    """log10(1 / p) of the rarest shared value plus a tenth per further one; 0 where all differ, below 0 where missing.

    p is the share of incidents with the value, of those that state any.
    """
    known = {value: place for place, value in enumerate({value for cell in cells for value in cell})}
    carries = np.zeros((len(cells), max(1, len(known))))
    for row, cell in enumerate(cells):
        carries[row, [known[value] for value in cell]] = 1.0
    stated = carries.sum(axis=1) > 0
    rarity = np.log10((stated.sum() + 1.0) / (carries.sum(axis=0) + 0.5))
    shared, best = np.zeros(pairs.count), np.zeros(pairs.count)
    for place in range(len(known)):
        both = (carries[:, place][pairs.first] * carries[:, place][pairs.second]) > 0
        shared += both
        best = np.where(both, np.maximum(best, rarity[place]), best)
    found = np.where(shared > 0, np.maximum(best, 0.001) + 0.1 * (shared - 1), DIFFERENT)
    missing = (~stated[pairs.first]).astype(int) + ~stated[pairs.second]
    return np.where(missing == 2, BOTH_MISSING, np.where(missing == 1, ONE_MISSING, found))


def _times(incidents: Incidents, pairs: Pairs) -> dict[str, Floats]:
    """Days between the starts, the gap or overlap of the intervals and how the durations differ, as log10(1 + days)."""
    start, end = incidents.start, np.fmax(incidents.start, incidents.end)
    a, b = pairs.first, pairs.second
    apart = np.abs(start[a] - start[b])
    gap = np.maximum(start[a], start[b]) - np.minimum(end[a], end[b])
    lengths = np.log10(1 + end - start)
    found = {
        "days apart": np.log10(1 + apart),
        "gap in days": np.sign(gap) * np.log10(1 + np.abs(gap)),
        "durations differ": np.abs(lengths[a] - lengths[b]),
        "longest duration": np.maximum(lengths[a], lengths[b]),
    }
    return {name: np.where(np.isnan(value), -9.0, value) for name, value in found.items()}


def _standing(name: str, likeness: Floats, pairs: Pairs) -> dict[str, Floats]:
    """How far the pair stands above how alike the two are to all others on average, and its place among the likest."""
    others = likeness - np.diag(np.diag(likeness))
    mean = others.sum(axis=1) / max(1, len(likeness) - 1)
    usual = np.sqrt(np.maximum(mean[pairs.first] * mean[pairs.second], 0.0))
    ranks = _ranks(others)
    nearer = np.minimum(ranks[pairs.first, pairs.second], ranks[pairs.second, pairs.first])
    return {
        f"above usual {name}": likeness[pairs.first, pairs.second] - usual,
        f"neighbour by {name}": np.log10(nearer),
    }


def _ranks(others: Floats) -> Floats:
    """Place of each incident among the likest of each row, from 1; equal ones share the best place."""
    ordered = np.sort(-others, axis=1)
    return np.stack([1.0 + np.searchsorted(row, -values) for row, values in zip(ordered, others, strict=True)])


def _amounts(incidents: Incidents, pairs: Pairs) -> dict[str, Floats]:
    """How much is told of the two: words of text and stated values, the less and by how much they differ."""
    amounts: dict[str, Ints] = {
        "length of text": np.array([len(words) for words in incidents.words], dtype=np.int64),
        "stated values": np.array([len(row) for row in profiles(incidents)], dtype=np.int64),
    }
    found: dict[str, Floats] = {}
    for name, amount in amounts.items():
        logs = np.log10(1.0 + amount)
        a, b = logs[pairs.first], logs[pairs.second]
        found[f"{name}, less"] = np.minimum(a, b)
        found[f"{name} differs"] = np.abs(a - b)
    return found
