"""Why official groupings are not proposed: what their own rows reach, and how many like them could have stood.

`python -m benchmarks.known_power` prints the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10
from typing import Any

import numpy as np

from benchmarks.known_groupings import LEAST, Truth, holder_of, official_of
from verband.methods.connecting import Incident, Parameters, Reached, Result, reached, same_events
from verband.methods.connecting.dealt import dealt, hands
from verband.methods.connecting.duplicates import collapse
from verband.methods.connecting.reports import canonical_order
from verband.methods.connecting.thin import thin_of

LEAST_BANS = 1.0
"""What weighs less is never proposed."""
WHYS = ("found", "few_reports", "not_alike", "not_close", "otherwise")


@dataclass(frozen=True)
class Power:
    """One grouping. `bar`: the strength that the run asked for, at the rate `fdr`.

    `why`: `found`; fewer than three separate reports; not alike, so that they are rather no group; alike but their
    dates no closer than chance has them; or they would stand as a group of their own, and are grouped otherwise.
    """

    name: str
    rows: int
    reached: Reached
    bar: float
    fdr: float
    why: str

    @property
    def provable(self) -> bool:
        """Whether a test of its dates could prove it to somebody who knew the grouping and asked of nothing else:
        three separate reports, and dates closer than in all but FDR of the shuffled worlds.
        """
        return self.reached.reports >= LEAST and self.reached.strength >= -log10(self.fdr) - 1e-9

    @property
    def showable(self) -> bool:
        """Whether its own rows, taken together, pass the test of this run."""
        return self.why in ("otherwise", "found") and _stands(self.reached, self.bar)


def power(incidents: Sequence[Incident], result: Result, truth: Truth) -> list[Power]:
    """Each official grouping against the bar of this run, most rows first."""
    place = {row.key: number for number, row in enumerate(incidents)}
    official = official_of(list(place), truth)
    groups = [frozenset(incidents[number].key for number in one.incidents) for one in result.campaigns]
    bar = float(result.notes["bar"])
    fdr = result.parameters.fdr
    names = sorted(official, key=lambda name: (-len(official[name]), name))
    given = [sorted(place[key] for key in official[name]) for name in names]
    return [
        Power(
            name,
            len(official[name]),
            own,
            bar,
            fdr,
            _why(own, bar, found=holder_of(official[name], groups) is not None),
        )
        for name, own in zip(names, reached(incidents, result.parameters, given, bar=bar), strict=True)
    ]


def by_values(incidents: Sequence[Incident], parameters: Parameters, truth: Truth) -> dict[str, float]:
    """For each official grouping of three separate reports the share of worlds, the real one counted in, in which its
    own reports are at least so alike when what goes together is dealt anew within a time. A habit's share is small too.
    """
    order = canonical_order(incidents, parameters)
    thin = thin_of(incidents, collapse(incidents, order, parameters), same_events(incidents), parameters)
    row_of = {incidents[place].key: row for row, places in enumerate(thin.reports.members) for place in places}
    official = official_of([row.key for row in incidents], truth)
    held = {name: np.array(sorted({row_of[key] for key in keys})) for name, keys in official.items()}
    own = {name: heard for name, rows in held.items() if len(heard := thin.speaking(rows)) >= LEAST}
    units = {name: bans.astype(np.float32) for name, bans in thin.likeness.units.items()}
    among = hands(thin.reports)
    real = {name: _mean(thin.likeness.bans, rows) for name, rows in own.items()}
    beaten = dict.fromkeys(own, 1)
    for number in range(parameters.replicates):
        world = dealt(units, among, np.random.default_rng([parameters.seed, 1, number]))
        for name, rows in own.items():
            beaten[name] += _mean(world, rows) >= real[name] - 1e-6
    return {name: many / (parameters.replicates + 1) for name, many in beaten.items()}


def counts(rows: Sequence[Power]) -> dict[str, float | int]:
    """How many could have been shown, by this run and to who knew them, why the others were not, and the bar."""
    out: dict[str, float | int] = {
        "showable": sum(row.showable for row in rows),
        "provable": sum(row.provable for row in rows),
    }
    out.update({f"missed_{why}": sum(row.why == why for row in rows) for why in WHYS if why != "found"})
    out["bar"] = round(rows[0].bar, 4) if rows else 0.0
    return out


def table(rows: Sequence[Power]) -> str:
    """The groupings as a table in Markdown."""
    head = "| grouping | rows | separate reports | dated | alike | weight | dates | needed | |"
    lines = [
        f"| {row.name} | {row.rows} | {row.reached.reports} | {row.reached.dated} | {row.reached.alike:+.2f} "
        f"| {row.reached.bans:.1f} | {row.reached.strength:.2f} | {row.reached.needed or '-'} "
        f"| {row.why.replace('_', ' ')} |"
        for row in rows
    ]
    return "\n".join([head, "| --- |" + " ---: |" * 7 + " --- |", *lines])


def _mean(weight: Any, rows: Any) -> float:
    return float(weight[np.ix_(rows, rows)].sum()) / (len(rows) * (len(rows) - 1))


def _stands(own: Reached, bar: float) -> bool:
    return own.reports >= LEAST and own.alike > 0 and own.bans >= LEAST_BANS and own.strength >= bar - 1e-9


def _why(own: Reached, bar: float, *, found: bool) -> str:
    if found:
        return "found"
    if own.reports < LEAST:
        return "few_reports"
    if own.alike <= 0 or own.bans < LEAST_BANS:
        return "not_alike"
    return "otherwise" if _stands(own, bar) else "not_close"


if __name__ == "__main__":
    from benchmarks.known_campaigns import SHARED, proposed
    from benchmarks.known_groupings import linked_rows, read_truth

    for without in ((), SHARED):
        rows = power(linked_rows(), proposed(linked_rows(), 0, without=without), read_truth())
        alone = by_values(linked_rows(), Parameters(exclude_features=without), read_truth())
        print(
            f"{'without' if without else 'with'} shared_features, dates must reach {rows[0].bar:.2f}\n{table(rows)}\n"
            f"More alike than in nineteen of twenty worlds with dealt values: "
            f"{sum(share <= 0.05 for share in alone.values())} of {len(rows)}\n"
        )
