"""Numbers as a source prints them: the value, and everything that rounds to it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation


@dataclass(frozen=True)
class Rounded:
    """A printed number: `value`, and the `low`..`high` that its printed digits allow, both ends included."""

    value: float
    low: float
    high: float

    @classmethod
    def exact(cls, value: float) -> Rounded:
        """A number that was not rounded."""
        return cls(value, value, value)

    @property
    def width(self) -> float:
        """How far the ends are apart."""
        return self.high - self.low

    def meets(self, other: Rounded, *, slack: float = 1e-9) -> bool:
        """Whether one number lies in both; `slack` is for the digits that a computer drops."""
        return self.low <= other.high + slack and other.low <= self.high + slack


def rounded(
    printed: str | float, *, digits: int | None = None, least: float = -math.inf, most: float = math.inf
) -> Rounded:
    """A number with the interval that rounding to `digits` decimals allows, cut off at `least` and `most`.

    Without `digits` the text says how many: "0.40" has two. A float has lost its last zeros, so it needs `digits`.
    Raises ValueError for no number, for more decimals than stated, and for a value outside `least`..`most`.
    """
    try:
        number = Decimal(str(printed).strip())
        exponent = number.as_tuple().exponent
    except InvalidOperation as error:
        raise ValueError(f"{printed!r} is no number") from error
    if not number.is_finite() or not isinstance(exponent, int):
        raise ValueError(f"{printed!r} is no number")
    if digits is None:
        if not isinstance(printed, str):
            raise ValueError("a float needs the number of its decimals")
        digits = max(0, -exponent)
    if -number.normalize().as_tuple().exponent > digits:  # type: ignore[operator]
        raise ValueError(f"{printed} has more than {digits} decimals")
    value, half = float(number), Decimal(5).scaleb(-digits - 1)
    if not least <= value <= most:
        raise ValueError(f"{printed} lies outside {least:g} to {most:g}")
    return Rounded(value, max(least, float(number - half)), min(most, float(number + half)))
