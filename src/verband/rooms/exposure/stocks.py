"""Strategic stocks: how many days each good lasts, worked out from use where that is stated (R065)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from verband.rooms.exposure import models
from verband.rooms.exposure.scanning import is_old


@dataclass(frozen=True)
class Good:
    """A good over all places. `days` is its amount by its use, in `unit`; None where it cannot be worked out.

    `least` and `most` are the days of its single stocks. Stocks past their day are in `old` and in no figure.
    """

    product: str
    days: float | None
    unit: str
    least: float | None
    most: float | None
    stocks: int
    old: int


def goods(rows: Sequence[models.Stock], today: date) -> list[Good]:
    """The goods by name. Days over all places are worked out where every stock states amount and use in one unit."""
    by_name: dict[str, list[models.Stock]] = defaultdict(list)
    for row in rows:
        by_name[row.product.strip().casefold()].append(row)
    return sorted((_good(of, today) for of in by_name.values()), key=lambda good: good.product.casefold())


def _good(rows: Sequence[models.Stock], today: date) -> Good:
    now = [row for row in rows if not is_old(row, today)]
    units = {row.unit.strip() for row in now}
    amounts = [row.amount for row in now if row.amount is not None]
    uses = [row.use_per_day for row in now if row.use_per_day]
    whole = bool(now) and len(units) == 1 and len(amounts) == len(uses) == len(now)
    return Good(
        product=rows[0].product.strip(),
        days=sum(amounts) / sum(uses) if whole else None,
        unit=next(iter(units), "") if whole else "",
        least=min((row.days for row in now), default=None),
        most=max((row.days for row in now), default=None),
        stocks=len(now),
        old=len(rows) - len(now),
    )
