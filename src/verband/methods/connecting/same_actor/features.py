"""What two incidents have in common, and how far apart they are: one number per feature and pair.

Every feature is symmetric and reads agreement, rarity, likeness or distance; none reads which value it is that two
incidents share, so that other names give the same numbers (P1). What is missing says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .likeness import cosine, grams, latent, neighbourly, profiles, rarest, standing, stems
from .table import Floats, Incidents, Ints, Pairs

RANK = 50
"""Directions that are kept of words and of values that go together."""


@dataclass(frozen=True)
class PairFeatures:
    """`values`: pairs by features, in the order of `names`; NaN where a feature can say nothing about the pair.

    `rises`: for each feature 1 where more of it can only speak for one initiator, -1 where it can only speak against.
    """

    names: tuple[str, ...]
    values: Floats
    rises: Ints


def pair_features(incidents: Incidents, pairs: Pairs) -> PairFeatures:
    """All features of these pairs.

    Rarity and likeness are counted over all the incidents, without any label: also over those that are in no pair.
    """
    near = {f"shared {column}": _shared(cells, pairs) for column, cells in incidents.columns.items()}
    far = _times(incidents, pairs)
    texts = _likenesses(incidents)
    for name, likeness in texts.items():
        usual, rank = standing(likeness, pairs)
        near[f"alike {name}"] = likeness[pairs.first, pairs.second]
        near[f"above usual {name}"] = near[f"alike {name}"] - usual
        far[f"neighbour by {name}"] = np.log10(rank)
    for name in ("words", "profile"):
        near[f"alike to the same others by {name}"] = neighbourly(texts[name])[pairs.first, pairs.second]
    near["rarest word"] = rarest(incidents.words)[pairs.first, pairs.second]
    near["rarest start of a word"] = rarest(stems(incidents.words))[pairs.first, pairs.second]
    return PairFeatures(
        (*near, *far),
        np.column_stack([*near.values(), *far.values()]),
        np.repeat(np.array([1, -1], dtype=np.int64), [len(near), len(far)]),
    )


def _likenesses(incidents: Incidents) -> dict[str, Floats]:
    """How alike every two incidents are: by words, by stated values (the profile) and by both together."""
    stated = profiles(incidents)
    rank = min(RANK, incidents.count)
    words, profile = cosine(incidents.words), cosine(stated, least=1)
    both = [value | set(row) for value, row in zip(stated, incidents.words, strict=True)]
    return {
        "words": words,
        "letters": cosine([grams(row) for row in incidents.words]),
        "topics": latent(incidents.words, rank=rank),
        "profile": profile,
        "topics of words and profile": latent(both, rank=rank),
    }


def _shared(cells: tuple[frozenset[str], ...], pairs: Pairs) -> Floats:
    """log10(1 / p) of the rarest shared value plus a tenth per further one; 0 where all differ, NaN where one of the
    two states nothing.

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
    found = np.where(shared > 0, np.maximum(best, 0.001) + 0.1 * (shared - 1), 0.0)
    return np.where(stated[pairs.first] & stated[pairs.second], found, np.nan)


def _times(incidents: Incidents, pairs: Pairs) -> dict[str, Floats]:
    """Days between the starts, the gap or overlap of the intervals and how the durations differ, as log10(1 + days)."""
    start, end = incidents.start, np.fmax(incidents.start, incidents.end)
    a, b = pairs.first, pairs.second
    gap = np.maximum(start[a], start[b]) - np.minimum(end[a], end[b])
    lengths = np.log10(1 + end - start)
    return {
        "days apart": np.log10(1 + np.abs(start[a] - start[b])),
        "gap in days": np.sign(gap) * np.log10(1 + np.abs(gap)),
        "durations differ": np.abs(lengths[a] - lengths[b]),
    }
