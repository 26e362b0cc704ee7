"""How alike reports of a small collection are, unit by unit: place, aim, means, traces, and what their texts say.

A unit is what says one thing in several features, so it counts once. Two reports are as alike in a unit as few pairs of
the collection are: with p the share of pairs that both state it and are at least so alike, a unit gives
log10(KAPPA * p ** (KAPPA - 1)) bans. That is a bet that loses on average where likeness means nothing (a calibrator of
p-values), so no weight has to be learned, and a unit that both state otherwise speaks against. No date is read.

Source: calibrators of p-values, Vovk & Wang 2021; likeness of words and letters as in `text`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from . import text
from .phrases import UNREAD, every_word
from .reports import Reports
from .table import WORDING

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

UNITS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "place": ("place",),
        "aim": ("target", "sector"),
        "means": ("means",),
        "traces": ("malware", "vulnerability", "infrastructure", "device", "vessel", "narrative", "document"),
    }
)
"""Blocks of the table that say one thing together."""
DATES: Final = frozenset(
    (  # noqa: SIM905 - a list this long reads better as text
        "january february march april may june july august september october november december januari februari maart "
        "mei juni juli augustus oktober monday tuesday wednesday thursday friday saturday sunday maandag dinsdag "
        "woensdag donderdag vrijdag zaterdag zondag spring summer autumn winter lente zomer herfst "
        "jan feb mar apr jun jul aug sep sept oct nov dec okt"
    ).split()
)
"""Words of a date are not read: the dates are what the groups are tested by."""
_DATE_NUMBER: Final = re.compile(r"(?:1[89]|20|21)?[0-9]{2}|[0-9]")
KAPPA: Final = 0.5
COMMON: Final = 0.5
"""A value that more than this share of the reports carries says nothing."""


@dataclass(frozen=True)
class Alike:
    """`units`: bans of each pair of reports, n by n, 0 on the diagonal, for each unit stated. `texts`: as read."""

    units: Mapping[str, Floats]
    texts: text.Texts | None

    @property
    def bans(self) -> Floats:
        """Bans of each pair, all units together; n by n."""
        return np.asarray(sum(self.units.values()), dtype=np.float64)


def alike(reports: Reports, texts: Sequence[str] | None) -> Alike:
    """How alike the reports are; `texts`: one for each, title, line break, summary; None where words are not read."""
    found: dict[str, Floats] = {}
    for name, blocks in UNITS.items():
        columns = [
            column
            for block, where in zip(reports.block_names, reports.blocks, strict=True)
            if block in blocks
            for column in range(where.start, where.stop)
        ]
        if columns:
            carries = csr_matrix(reports.carries[:, columns])
            found[name] = bans(_overlap(carries), np.diff(carries.indptr) > 0)
    if texts is None or not any(one.strip() for one in texts):
        return Alike(found, None)
    read = text.read([_read_of(one) for one in texts])
    said = np.array([bool(one.strip()) for one in texts], dtype=np.bool_)
    found[WORDING] = bans(_cosine(read.weights) + _cosine(read.letters), said)
    return Alike(found, read)


def _read_of(said: str) -> str:
    """The text without what must not be evidence; its lines stay."""
    return "\n".join(" ".join(filter(_is_read, line.split())) for line in said.split("\n"))


def _is_read(word: str) -> bool:
    """Whether a word may be evidence: no date, nothing of faith, descent or protest. `2025-03-14` is a date."""
    parts = every_word(word)
    numbers = re.findall(r"[0-9]+", word)
    if numbers and not re.search(r"[a-z]", word, re.IGNORECASE) and all(map(_DATE_NUMBER.fullmatch, numbers)):
        return False
    return UNREAD.isdisjoint(parts) and DATES.isdisjoint(parts)


def bans(likeness: Floats, stated: Flags) -> Floats:
    """Bans of each pair for its likeness among all pairs of reports that both state something; 0 for the others."""
    out = np.zeros_like(likeness)
    left, right = np.triu_indices(len(likeness), 1)
    both = stated[left] & stated[right]
    left, right = left[both], right[both]
    value = np.round(likeness[left, right], 9)
    below = np.searchsorted(np.sort(value), value, side="left")
    share = 1.0 - below / (len(value) + 1.0)
    out[left, right] = np.log10(KAPPA) + (KAPPA - 1.0) * np.log10(share)
    out[right, left] = out[left, right]
    return out


def _overlap(carries: Any) -> Floats:
    """Sum of the rarity (ln of one over the share) of the values that two reports share."""
    df = np.asarray(carries.sum(axis=0)).ravel()
    n = carries.shape[0]
    rarity = np.where(df > COMMON * n, 0.0, np.log((n + 1.0) / (df + 0.5)))
    weighed = csr_matrix(carries.multiply(rarity.reshape(1, -1)))
    return np.asarray((weighed @ carries.T).toarray(), dtype=np.float64)


def _cosine(weights: Any) -> Floats:
    length = np.sqrt(np.asarray(weights.multiply(weights).sum(axis=1)).ravel())
    unit = csr_matrix(weights.multiply(np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)[:, None]))
    return np.asarray((unit @ unit.T).toarray(), dtype=np.float64)
