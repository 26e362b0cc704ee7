"""Solves q = A q + c for shares or money that run through a table, with a stated error and never an inverse."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verband.language.errors import InputError

Floats = NDArray[np.float64]

SERIES, SOLVE = "series", "solve"
#: The series is cut where what is left out is below this share of what is there.
ENOUGH = 1e-10
#: A table whose columns, or rows, sum to more than this needs so many terms that solving is quicker.
SLOW = 0.99


@dataclass(frozen=True)
class Equilibrium:
    """The answer, how it was found (SERIES or SOLVE), and `error`: no value is further off than this.

    `terms` of the series that were added; 0 where the equations were solved.
    """

    values: Floats
    how: str
    error: float
    terms: int


def equilibrium(matrix: Floats, direct: Floats) -> Equilibrium:
    """q in q = A q + c, for A (n, n) and c (n) without negative values.

    Where every column of A sums to `most` < SLOW, or every row, the terms c, A c, A^2 c ... are added until the rest,
    at most most / (1 - most) times the last term in that norm, is below ENOUGH of the sum. Otherwise the equations
    are solved; then |error| <= max|r| w with r the residual and w in w = A w + 1, which is positive exactly where A
    has an equilibrium: the inverse of I - A then holds nothing negative, so that the rows of its sum, which are w,
    bound what a residual of 1 can do. Raises InputError("supply.coefficient") with the place of a value that is
    negative or no number, ("supply.no_equilibrium") where failures feed themselves without end.
    The series is Leontief's rounds; the bound follows from the above and is worked out here, not cited.
    """
    _check(matrix)
    # A norm is wanted in which every round is smaller than the one before.
    by_column, by_row = (float(matrix.sum(axis=axis).max(initial=0.0)) for axis in (0, 1))
    if min(by_column, by_row) < SLOW:
        return _series(matrix, direct, most=min(by_column, by_row), order=1 if by_column <= by_row else np.inf)
    return _solved(matrix, direct)


def _series(matrix: Floats, direct: Floats, *, most: float, order: float) -> Equilibrium:
    total, term, terms = direct.copy(), direct, 1
    rest = most / (1.0 - most)
    while (left := rest * float(np.linalg.norm(term, order))) > ENOUGH * float(np.linalg.norm(total, order)):
        term = matrix @ term
        total += term
        terms += 1
    return Equilibrium(total, SERIES, left, terms)


def _solved(matrix: Floats, direct: Floats) -> Equilibrium:
    system = np.eye(len(direct)) - matrix
    try:
        values, ones = np.linalg.solve(system, np.column_stack([direct, np.ones(len(direct))])).T
    except np.linalg.LinAlgError as error:
        raise InputError("supply.no_equilibrium") from error
    if not (np.isfinite(ones).all() and (ones > 0).all() and (system @ ones > 0.5).all()):
        raise InputError("supply.no_equilibrium")
    residual = float(np.abs(matrix @ values + direct - values).max(initial=0.0))
    # w solves its equations to within a half, so twice w is large enough.
    return Equilibrium(np.maximum(values, 0.0), SOLVE, 2.0 * residual * float(ones.max(initial=1.0)), 0)


def _check(matrix: Floats) -> None:
    wrong = ~np.isfinite(matrix) | (matrix < 0)
    if wrong.any():
        row, column = (int(at) for at in np.argwhere(wrong)[0])
        raise InputError("supply.coefficient", row=row + 1, column=column + 1, value=float(matrix[row, column]))
