"""One incident more: its links with those before it, in time that grows with what it states and not with the rest.

What is kept: who carries each value in each window, how often each value and block is stated, and the rhythm of the
dates. Weights follow from these counts as they are now, so the links are those of a run over the whole collection.
"""

from __future__ import annotations

from math import isnan, log10, nan

import numpy as np
from numpy.typing import NDArray

from .linking import Links, Window
from .model import Incident, Parameters
from .pairs import COMMON, LEAST_APART, SAME_SOURCE, time_bans
from .reports import VAGUE_DAYS, readable
from .table import TABLE
from .times import BIN_DAYS, Clock, rhythm

Floats = NDArray[np.float64]
Value = tuple[str, str]
Blocks = dict[str, list[Value]]


class Postings:
    """A collection that grows. Each incident is a report of its own, numbered in the order in which it came.

    `least` and `window` are those of `linked`.
    """

    def __init__(self, parameters: Parameters, *, least: float, window: Window | None = None) -> None:
        self._parameters, self._least, self._window = parameters, least, window
        self._rows: list[Blocks] = []
        self._sources: list[frozenset[str]] = []
        self._middle: list[float] = []
        self._width: list[float] = []
        self._carriers: dict[Value, dict[int, list[int]]] = {}
        self._df: dict[Value, int] = {}
        self._stating: dict[str, int] = {}
        self._squares: dict[str, int] = {}
        self._agree: dict[str, float] = {}
        self._bins = np.zeros(0)
        self._first = nan

    def __len__(self) -> int:
        """How many incidents there are."""
        return len(self._rows)

    def add(self, incident: Incident) -> Links:
        """The links of the incident, which comes last in the collection, with those before it: `b` is its number."""
        return self.links(self.take(incident))

    def take(self, incident: Incident) -> int:
        """The number that the incident gets; its links are not asked for."""
        number = len(self._rows)
        blocks: Blocks = {}
        for row in readable(incident, self._parameters):
            blocks.setdefault(TABLE[row.feature].block, []).append((row.feature, row.value))
        start = nan if incident.start is None else incident.start
        width = 0.0 if incident.end is None else max(0.0, incident.end - start)
        middle = (start + (start + width)) / 2 if width <= VAGUE_DAYS else nan
        self._rows.append(blocks)
        self._sources.append(frozenset(incident.sources))
        self._middle.append(middle)
        self._width.append(nan if isnan(start) else width)
        self._count(number, blocks)
        self._date(middle)
        return number

    def links(self, number: int) -> Links:
        """The links of that incident with all others, by the weights that hold now; `a` is the lower number."""
        found = self._alike(number)
        others = np.array(sorted(found), dtype=np.int64)
        bans = np.array([found[other] for other in others.tolist()], dtype=np.float64)
        kept = bans >= self._least
        others, bans = others[kept], bans[kept]
        near = self._near(number, others)
        return Links(np.minimum(others, number), np.maximum(others, number), bans, near)

    def _count(self, number: int, blocks: Blocks) -> None:
        bucket = self._bucket(number)
        for block, values in blocks.items():
            self._stating[block] = self._stating.get(block, 0) + 1
            for value in values:
                df = self._df.get(value, 0)
                self._df[value] = df + 1
                self._squares[block] = self._squares.get(block, 0) + 2 * df + 1
                self._agree[block] = max(self._agree.get(block, 0.0), TABLE[value[0]].carries)
                if bucket is not None:
                    self._carriers.setdefault(value, {}).setdefault(bucket, []).append(number)

    def _bucket(self, number: int) -> int | None:
        if self._window is None:
            return 0
        middle = self._middle[number]
        return None if isnan(middle) else int(middle // self._window.days)

    def _date(self, middle: float) -> None:
        if isnan(middle):
            return
        if not middle >= self._first:
            self._first = middle
            dates = np.array(self._middle)
            dates = dates[~np.isnan(dates)]
            self._bins = np.bincount(((dates - middle) // BIN_DAYS).astype(np.int64)).astype(np.float64)
            return
        place = int((middle - self._first) // BIN_DAYS)
        if place >= len(self._bins):
            self._bins = np.concatenate([self._bins, np.zeros(place + 1 - len(self._bins))])
        self._bins[place] += 1.0

    def _alike(self, number: int) -> dict[int, float]:
        """Bans of the features of each other incident that shares a value with this one."""
        best: dict[int, dict[str, float]] = {}
        mine = self._rows[number]
        for block, values in mine.items():
            for value in values:
                weight = self._match(value)
                if weight <= 0:
                    continue
                for other in self._beside(number, value):
                    blocks = best.setdefault(other, {})
                    blocks[block] = max(blocks.get(block, 0.0), weight)
        lost = {block: self._mismatch(block) for block in mine}
        out = {}
        for other, blocks in best.items():
            total = sum(blocks.values())
            total += sum(lost[block] for block in mine if block not in blocks and block in self._rows[other])
            same = not self._sources[number].isdisjoint(self._sources[other])
            out[other] = total * SAME_SOURCE if same else total
        return out

    def _beside(self, number: int, value: Value) -> list[int]:
        """Others that carry the value within the window; nobody where it occurs too often in a bucket."""
        bucket, by_bucket = self._bucket(number), self._carriers.get(value, {})
        if bucket is None:
            return []
        most = int(max(2.0, COMMON * len(self._rows))) if self._window is None else self._window.most
        if len(by_bucket.get(bucket, ())) > most:
            return []
        steps = (0,) if self._window is None else (-1, 0, 1)
        lists = (by_bucket.get(bucket + step, []) for step in steps)
        near = [other for rows in lists if len(rows) <= most for other in rows if other != number]
        if self._window is None:
            return near
        here, days = self._middle[number], self._window.days
        return [other for other in near if abs(self._middle[other] - here) <= days]

    def _match(self, value: Value) -> float:
        agree = TABLE[value[0]].carries ** 2
        rarity = (self._df[value] + 0.5) / (len(self._rows) + 1.0)
        return max(0.0, log10(agree / rarity + 1.0 - agree))

    def _mismatch(self, block: str) -> float:
        alike = self._squares[block] / self._stating[block] ** 2
        return min(0.0, log10(1.0 - self._agree[block] ** 2) - log10(max(LEAST_APART, 1.0 - alike)))

    def _near(self, number: int, others: NDArray[np.int64]) -> Floats:
        """Bans of nearness in time, by the rhythm of all dates so far."""
        rows = np.concatenate([[number], others]).astype(np.int64)
        middle = np.array([self._middle[row] for row in rows.tolist()])
        width = np.array([self._width[row] for row in rows.tolist()])
        known = ~np.isnan(middle)
        place = np.where(known, (np.nan_to_num(middle) - self._first) // BIN_DAYS, 0)
        place = np.nan_to_num(place).astype(np.int64) * known
        density = np.log(rhythm(self._bins))[place] if len(self._bins) else np.zeros(len(rows))
        times = Clock(middle, width, middle, middle, np.where(known, density, nan), place, len(self._bins))
        here = np.zeros(len(others), dtype=np.int64)
        there = np.arange(1, len(rows), dtype=np.int64)
        return time_bans(times, here, there, spans_days=self._parameters.spans_days)
