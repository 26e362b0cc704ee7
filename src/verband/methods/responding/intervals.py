"""The exact interval of a share."""

from __future__ import annotations

from scipy.stats import beta

from verband.language.errors import InputError


def interval(used: int, cases: int, *, level: float) -> tuple[float, float]:
    """Lowest and highest share (0-1) that `used` of `cases` do not speak against, each tail at (1 - level) / 2.

    Of no case the lower end is 0, of every case the upper end is 1. It covers at least `level` for every share, so it
    is rather too wide than too narrow; it takes the cases as drawn independently, which collected incidents are not.
    Raises InputError("responding.interval") unless 0 <= used <= cases, cases > 0 and 0 < level < 1.
    Source: Clopper and Pearson 1934, Biometrika 26(4).
    """
    if not (0 <= used <= cases and cases > 0 and 0 < level < 1):
        raise InputError("responding.interval", used=used, cases=cases, level=level)
    tail = (1 - level) / 2
    low = float(beta.ppf(tail, used, cases - used + 1)) if used else 0.0
    high = float(beta.ppf(1 - tail, used + 1, cases - used)) if used < cases else 1.0
    return low, high
