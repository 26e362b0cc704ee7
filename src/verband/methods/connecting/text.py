"""How alike two texts are: telling words, rare words in common, letters in a row, and numbers of order that differ.

Nothing is downloaded or learned. The caller drops the words of actors beforehand (`phrases.without_actors`), so that
other actors' names give the same likeness (P1).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .phrases import tokens

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Vectors = Callable[[Sequence[str]], Floats]
"""An embedding that the caller may bring: texts to one row of figures each. None comes with the method."""

GRAM: Final = 4
COMMON_SHARE: Final = 0.2
"""Words that more texts than this use say nothing."""
_NUMBER = re.compile(r"(?<![\w.,])\d[\d.,]*(?!\w)")
_ORDINALS: Final = {
    **{word: place for place, word in enumerate("first second third fourth fifth sixth seventh".split(), 1)},  # noqa: SIM905
    **{word: place for place, word in enumerate("eerste tweede derde vierde vijfde zesde zevende".split(), 1)},  # noqa: SIM905
    **{word: place for place, word in enumerate("1st 2nd 3rd 4th 5th 6th 7th".split(), 1)},  # noqa: SIM905
    **{word: place for place, word in enumerate("i ii iii iv v vi vii".split(), 1)},  # noqa: SIM905
}
_PART = re.compile(r"\b(?:part|deel|no|number|nummer|grid|phase|wave|round) (\d)\b")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Texts:
    """Texts ready to be compared; one row each. `letters` and `titles` have rows of length 1, or 0 where nothing is
    said. `rarity`: log10 of how rare each word is. `names`: the words by column.
    """

    weights: csr_matrix
    letters: csr_matrix
    titles: csr_matrix
    rarity: Floats
    names: tuple[str, ...]
    order: tuple[frozenset[int], ...]
    vectors: Floats | None = None


def read(texts: Sequence[str], *, vectors: Vectors | None = None) -> Texts:
    """The texts, each a title and after a line break what follows it, compared among themselves.

    An empty text is like none. Rarity is counted in these texts alone.
    """
    said = [telling(text) for text in texts]
    titles = [frozenset(telling(text.partition("\n")[0])) for text in texts]
    names, holds = _columns([frozenset(words) for words in said])
    rarity = _rarity(holds, len(texts))
    weights = csr_matrix(holds.multiply(rarity.reshape(1, -1)))
    return Texts(
        weights=weights,
        letters=_weighed([frozenset(_grams(" ".join(words))) for words in said]),
        titles=csr_matrix(_held(titles, names).multiply(rarity.reshape(1, -1))),
        rarity=rarity,
        names=names,
        order=tuple(ordinals(text.partition("\n")[0]) for text in texts),
        vectors=None if vectors is None else _rows(np.asarray(vectors(texts), dtype=np.float64)),
    )


def telling(text: str) -> tuple[str, ...]:
    """Telling words and numbers of a text, each once: `15,000` is `15000`; numbers under 10 say nothing."""
    numbers = (re.sub(r"\D", "", found) for found in _NUMBER.findall(text))
    return (*tokens(text), *dict.fromkeys(f"#{number}" for number in numbers if len(number) > 1))


def ordinals(title: str) -> frozenset[int]:
    """Places in a row that a title names: `Second explosion` gives 2, `Part II` gives 2, `Yahoo Hack` none."""
    low = title.lower()
    named = {_ORDINALS[word] for word in _WORD.findall(low) if word in _ORDINALS}
    return frozenset(named | {int(found) for found in _PART.findall(low)})


def near(texts: Texts, *, most: int, least: float) -> tuple[Ints, Ints]:
    """Pairs that share words so rare that at most `most` texts use each, together at least `least` bans; ascending.

    No date is read. The work grows with the texts times `most`, not with their square.
    """
    count = np.asarray((texts.weights > 0).sum(axis=0)).ravel()
    rare = texts.weights[:, np.flatnonzero((count > 1) & (count <= most))]
    together = (rare @ _marks(rare).T).tocoo()
    keep = (together.row < together.col) & (together.data >= least)
    rows, columns = together.row[keep].astype(np.int64), together.col[keep].astype(np.int64)
    order = np.lexsort((columns, rows))
    return rows[order], columns[order]


def likeness(matrix: csr_matrix, a: Ints, b: Ints, *, where: NDArray[np.bool_] | None = None) -> Floats:
    """Cosine of rows `a` and `b` of a matrix of rows of length 1, 0 to 1; 0 outside `where`, without a look."""
    rows = np.arange(len(a)) if where is None else np.flatnonzero(where)
    out = np.zeros(len(a))
    out[rows] = np.asarray(matrix[a[rows]].multiply(matrix[b[rows]]).sum(axis=1)).ravel()
    return out


def titles_told(texts: Texts, a: Ints, b: Ints) -> Floats:
    """Share of a title's weight of words that the other text uses, the mean of the two titles; 0 to 1."""
    return np.asarray((_told(texts, a, b) + _told(texts, b, a)) / 2, dtype=np.float64)


def _told(texts: Texts, a: Ints, b: Ints) -> Floats:
    total = np.asarray(texts.titles.sum(axis=1)).ravel()[a]
    both = np.asarray(texts.titles[a].multiply(_marks(texts.weights)[b]).sum(axis=1)).ravel()
    return np.asarray(np.divide(both, total, out=np.zeros_like(both), where=total > 0), dtype=np.float64)


def rare_in_common(texts: Texts, a: Ints, b: Ints, *, above: float, most: float) -> Floats:
    """Sum of the rarity, as far as it is over `above` bans, of the words that both use; `most` at most."""
    over = texts.weights.copy()
    over.data = np.maximum(0.0, over.data - above)
    found = np.asarray(over[a].multiply(_marks(texts.weights)[b]).sum(axis=1), dtype=np.float64).ravel()
    return np.asarray(np.minimum(most, found), dtype=np.float64)


def _marks(matrix: csr_matrix) -> csr_matrix:
    marks = matrix.copy()
    marks.data = np.ones_like(marks.data)
    return marks


def words_in_common(texts: Texts, a: int, b: int) -> list[tuple[str, float, int]]:
    """The words that both use, with their rarity in bans and how many texts use each; rarest first."""
    count = np.asarray((texts.weights > 0).sum(axis=0)).ravel()
    both = np.intersect1d(texts.weights[a].indices, texts.weights[b].indices)
    found = [(texts.names[column].lstrip("#"), float(texts.rarity[column]), int(count[column])) for column in both]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def _columns(rows: Sequence[frozenset[str]]) -> tuple[tuple[str, ...], csr_matrix]:
    """Words in the order in which they first come, and which row holds which."""
    place: dict[str, int] = {}
    columns: list[int] = []
    starts = [0]
    for row in rows:
        columns.extend(place.setdefault(word, len(place)) for word in sorted(row))
        starts.append(len(columns))
    held = csr_matrix(
        (np.ones(len(columns)), np.array(columns, dtype=np.int64), np.array(starts, dtype=np.int64)),
        shape=(len(rows), len(place)),
    )
    held.sort_indices()
    return tuple(place), held


def _held(rows: Sequence[frozenset[str]], names: Sequence[str]) -> csr_matrix:
    """Which row holds which of the names."""
    place = {name: column for column, name in enumerate(names)}
    columns = [sorted(place[word] for word in row if word in place) for row in rows]
    starts = np.cumsum([0, *(len(row) for row in columns)])
    flat = np.array([column for row in columns for column in row], dtype=np.int64)
    return csr_matrix((np.ones(len(flat)), flat, starts), shape=(len(rows), len(names)))


def _rarity(holds: csr_matrix, n: int) -> Floats:
    """log10 of one over the share of texts; nothing for what more than COMMON_SHARE of many texts use."""
    count = np.asarray(holds.sum(axis=0)).ravel()
    rare = np.maximum(0.0, np.log10((n + 1.0) / (count + 0.5)))
    return np.asarray(np.where((n > 20) & (count > COMMON_SHARE * n), 0.0, rare), dtype=np.float64)


def _weighed(rows: Sequence[frozenset[str]]) -> csr_matrix:
    _, holds = _columns(rows)
    return _unit(csr_matrix(holds.multiply(_rarity(holds, len(rows)).reshape(1, -1))))


def _unit(matrix: csr_matrix) -> csr_matrix:
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return csr_matrix(matrix.multiply(scale.reshape(-1, 1)))


def _rows(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0))


def _grams(text: str) -> list[str]:
    """Runs of GRAM letters within words, a blank before and behind each word."""
    return [
        padded[start : start + GRAM]
        for word in text.split()
        for padded in [f" {word} "]
        for start in range(max(1, len(padded) - GRAM + 1))
    ]
