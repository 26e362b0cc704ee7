"""How alike two texts and two profiles are: matrices of incidents by incidents, made without any label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from scipy.sparse import csr_array

from .table import Floats, Incidents, Pairs

DECIMALS = 9
"""Sums of many products differ in their last bits from one processor to the next; places and bins must not."""
NOTHING = 1e-9
"""A vector or a direction with no more than this is none: it would be what rounding left."""


def cosine(rows: Sequence[Iterable[str]], *, least: int = 2) -> Floats:
    """Cosine of TF-IDF vectors of every two rows; a term in fewer than `least` rows is left out.

    Each term counts once per row; idf = ln((1 + N) / (1 + df)) + 1 over all rows. A row with no terms is like nothing.
    """
    weights = _weights([set(row) for row in rows], least=least)
    return np.asarray((weights @ weights.T).toarray())


def latent(rows: Sequence[Iterable[str]], *, rank: int, least: int = 2) -> Floats:
    """Cosine after the TF-IDF vectors are brought back to `rank` directions: words that go together count as alike.

    What has nothing in these directions is like nothing.

    Source: Deerwester et al. 1990, latent semantic analysis.
    """
    gram = cosine(rows, least=least)
    values, vectors = np.linalg.eigh(gram)
    values = np.where(values > NOTHING, values, 0.0)
    places = vectors[:, -rank:] * np.sqrt(values[-rank:])
    length = np.linalg.norm(places, axis=1)
    places = places / np.where(length > NOTHING, length, np.inf)[:, None]
    return np.asarray(np.round(places @ places.T, DECIMALS))


def grams(words: Iterable[str], *, sizes: tuple[int, ...] = (3, 4, 5)) -> set[str]:
    """Runs of letters within each word, its edges marked."""
    marked = [f"<{word}>" for word in words]
    return {word[at : at + size] for word in marked for size in sizes for at in range(len(word) - size + 1)}


def stems(rows: Iterable[Iterable[str]], *, letters: int = 5) -> list[set[str]]:
    """The first letters of each word: one value for forms of one word."""
    return [{word[:letters] for word in row} for row in rows]


def rarest(rows: Sequence[Iterable[str]]) -> Floats:
    """log10(1 / p) of the rarest term that two rows share, 0 where they share none; p is the share of rows with it."""
    carried = sorted(_carried([set(row) for row in rows]), key=len, reverse=True)
    best = np.zeros((len(rows), len(rows)))
    for places in carried:
        if len(places) > 1:
            best[np.ix_(places, places)] = np.log10((len(rows) + 1.0) / (len(places) + 0.5))
    return best


def neighbourly(likeness: Floats) -> Floats:
    """Cosine of how alike two incidents are to each of all others: high where they resemble the same ones."""
    others = _others(likeness)
    length = np.linalg.norm(others, axis=1)
    others = others / np.where(length > 0, length, 1.0)[:, None]
    return np.round(others @ others.T, DECIMALS)


def standing(likeness: Floats, pairs: Pairs) -> tuple[Floats, Floats]:
    """Of each pair: how alike the two are to others on average (the geometric mean of both), and the better of each
    one's places among the likest of the other, from 1; equal ones share the best place.
    """
    others = _others(likeness)
    mean = others.sum(axis=1) / max(1, len(likeness) - 1)
    usual = np.sqrt(np.maximum(mean[pairs.first] * mean[pairs.second], 0.0))
    ordered = np.sort(-others, axis=1)
    ranks = np.stack([1.0 + np.searchsorted(row, -values) for row, values in zip(ordered, others, strict=True)])
    return usual, np.minimum(ranks[pairs.first, pairs.second], ranks[pairs.second, pairs.first])


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
    kept = sorted(places for places in _carried(rows) if len(places) >= least)
    data = [float(np.log((1 + len(rows)) / (1 + len(places))) + 1) for places in kept]
    where = (
        np.array([place for places in kept for place in places], dtype=np.int64),
        np.repeat(np.arange(len(kept)), [len(places) for places in kept]),
    )
    weights = csr_array((np.array(data)[where[1]], where), shape=(len(rows), max(1, len(kept))))
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    return csr_array(weights.multiply(1 / np.where(length > 0, length, 1.0)[:, None]))


def _carried(rows: Sequence[set[str]]) -> list[list[int]]:
    """For each term the rows that carry it."""
    carried: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for term in row:
            carried.setdefault(term, []).append(place)
    return list(carried.values())


def _others(likeness: Floats) -> Floats:
    """The same without the likeness of each to itself."""
    return likeness - np.diag(np.diag(likeness))
