"""How alike two texts and two profiles are: matrices of incidents by incidents, made without any label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_array

from .table import Floats, Incidents


def cosine(rows: Sequence[Iterable[str]], *, least: int = 2) -> Floats:
    """Cosine of TF-IDF vectors of every two rows; a term in fewer than `least` rows is left out.

    Each term counts once per row; idf = ln((1 + N) / (1 + df)) + 1 over all rows. A row with no terms is like nothing.
    """
    weights = _weights([set(row) for row in rows], least=least)
    return np.asarray((weights @ weights.T).toarray())


def latent(rows: Sequence[Iterable[str]], *, rank: int, least: int = 2) -> Floats:
    """Cosine after the TF-IDF vectors are brought back to `rank` directions: words that go together count as alike.

    Source: Deerwester et al. 1990, latent semantic analysis.
    """
    gram = cosine(rows, least=least)
    values, vectors = np.linalg.eigh(gram)
    places = vectors[:, -rank:] * np.sqrt(np.clip(values[-rank:], 0.0, None))
    length = np.linalg.norm(places, axis=1)
    places = places / np.where(length > 0, length, 1.0)[:, None]
    return np.asarray(places @ places.T)


def grams(words: Iterable[str], *, sizes: tuple[int, ...] = (3, 4, 5)) -> set[str]:
    """Runs of letters within each word, its edges marked."""
    marked = [f"<{word}>" for word in words]
    return {word[at : at + size] for word in marked for size in sizes for at in range(len(word) - size + 1)}


def profiles(incidents: Incidents) -> list[set[str]]:
    """All stated values of each incident as terms `column=value`."""
    return [
        {f"{name}={value}" for name, cells in incidents.columns.items() for value in cells[place]}
        for place in range(incidents.count)
    ]


def _weights(rows: Sequence[set[str]], *, least: int) -> csr_array:
    """Rows of length 1. Terms stand in the order of the rows that carry them, so that the sums come out the same to the
    bit, whatever the terms are called.
    """
    carried: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for term in row:
            carried.setdefault(term, []).append(place)
    kept = sorted(places for places in carried.values() if len(places) >= least)
    data = [float(np.log((1 + len(rows)) / (1 + len(places))) + 1) for places in kept]
    where = (
        np.array([place for places in kept for place in places], dtype=np.int64),
        np.repeat(np.arange(len(kept)), [len(places) for places in kept]),
    )
    weights = csr_array((np.array(data)[where[1]], where), shape=(len(rows), max(1, len(kept))))
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    return csr_array(weights.multiply(1 / np.where(length > 0, length, 1.0)[:, None]))
