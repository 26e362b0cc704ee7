"""How far two codings of the same rows agree, beyond what chance would give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from verband.language.errors import InputError


@dataclass(frozen=True)
class Agreement:
    """One instrument over all rows: named by both codings, by one alone, by neither, and Cohen's kappa.

    `kappa` is None where both codings say the same of every row because the instrument occurs in none or in all:
    chance then agrees fully. `instrument` is empty for all instruments together.
    """

    instrument: str
    both: int
    first_only: int
    second_only: int
    neither: int
    kappa: float | None


def agreement(
    first: Mapping[str, Set[str]], second: Mapping[str, Set[str]], *, instruments: Sequence[str]
) -> tuple[Agreement, ...]:
    """All decisions together first (each row by each instrument is one), then each instrument in the given order.

    Raises InputError("responding.rows") unless both codings hold the same rows, at least one.
    Source: Cohen 1960, Educational and Psychological Measurement 20(1).
    """
    if not first or first.keys() != second.keys():
        raise InputError("responding.rows", row=next(iter(sorted(first.keys() ^ second.keys())), ""))
    counted = [_counts(first, second, instrument) for instrument in instruments]
    both, first_only, second_only, neither = (sum(counts[at] for counts in counted) for at in range(4))
    together = (both, first_only, second_only, neither)
    return tuple(
        Agreement(name, *counts, kappa=kappa(*counts))
        for name, counts in zip(("", *instruments), (together, *counted), strict=True)
    )


def kappa(both: int, first_only: int, second_only: int, neither: int) -> float | None:
    """Cohen's kappa of a table of two by two; None where chance agrees fully."""
    n = both + first_only + second_only + neither
    if n == 0:
        return None
    seen = (both + neither) / n
    first, second = (both + first_only) / n, (both + second_only) / n
    chance = first * second + (1 - first) * (1 - second)
    return None if chance == 1 else (seen - chance) / (1 - chance)


def _counts(
    first: Mapping[str, Set[str]], second: Mapping[str, Set[str]], instrument: str
) -> tuple[int, int, int, int]:
    pairs = [(instrument in first[row], instrument in second[row]) for row in first]
    return (
        pairs.count((True, True)),
        pairs.count((True, False)),
        pairs.count((False, True)),
        pairs.count((False, False)),
    )
