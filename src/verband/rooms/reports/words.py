"""What a report says in its own words, in one language: texts, counts, days, shares and words of the catalogues."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from verband.language.catalogues import catalogue
from verband.language.decimals import decimal
from verband.language.time import Interval

_MONTHS: Mapping[str, Sequence[str]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
}


@dataclass(frozen=True)
class Words:
    """The words of one language (`nl` or `en`)."""

    language: str

    def __call__(self, name: str, /, **values: object) -> str:
        """The text `section.key` of the files `data/texts*.toml`, filled."""
        section, _, key = name.partition(".")
        return texts()[section][key][self.language].format_map(values)

    def count(self, what: str, n: int) -> str:
        """`1 incident`, `3 incidents`."""
        return self(f"count.{what}_one" if n == 1 else f"count.{what}", n=n)

    def agreeing(self, name: str, n: int, /, **values: object) -> str:
        """The text, in the singular where `n` is one: `1 node fails`, `3 nodes fail`."""
        return self(f"{name}_one" if n == 1 else name, n=n, **values)

    def label(self, name: str, key: str) -> str:
        """The catalogue's word for a key; the key itself where it has none. A word only recalled says so."""
        entry = catalogue(name).find(key)
        if entry is None:
            return key.replace("_", " ")
        word = entry.label(self.language)
        return word if entry.verified else f"{word} ({self('format.unverified')})"

    def decoy(self, key: str) -> str:
        """The collection's word that a row only looks like an act of a state; the key where it has no other."""
        return texts()["decoy"].get(key, {}).get(self.language, key.replace("_", " "))

    def labels(self, name: str, keys: Iterable[str]) -> str:
        """Several words of a catalogue, each once, with commas; `none` where there are none."""
        return ", ".join(dict.fromkeys(self.label(name, key) for key in keys)) or self("format.none")

    def listed(self, words: Sequence[str]) -> str:
        """`a, b and c`."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {'en' if self.language == 'nl' else 'and'} {words[-1]}"

    def day(self, moment: int) -> str:
        """The day of a moment (seconds since 1970) in UTC: `3 May 2021`."""
        at = _utc(moment)
        return f"{at.day} {self._month(at)} {at:%Y}"

    def time(self, moment: int) -> str:
        """Day and minute in UTC."""
        return f"{self.day(moment)}, {_utc(moment):%H:%M} UTC"

    def when(self, interval: Interval | None) -> str:
        """A time with no more precision than its source gave: `2021`, `May 2021`, `3 May 2021`, `3 – 9 May 2021`."""
        if interval is None:
            return self("format.no_date")
        first, last = _utc(interval.start), _utc(max(interval.start, interval.end - 1))
        match interval.precision:
            case "year":
                return f"{first:%Y}"
            case "quarter":
                return f"{'K' if self.language == 'nl' else 'Q'}{(first.month + 2) // 3} {first:%Y}"
            case "month":
                return f"{self._month(first)} {first:%Y}"
            case "day" | "second":
                return self.day(interval.start)
        return self._range(first, last)

    def span(self, start: int | None, end: int | None) -> str:
        """From the month of the first moment to that of the last (the end exclusive): `April – October 2024`."""
        if start is None or end is None:
            return self("format.no_date")
        first, last = _utc(start), _utc(max(start, end - 1))
        if (first.year, first.month) == (last.year, last.month):
            return f"{self._month(first)} {first:%Y}"
        left = self._month(first) if first.year == last.year else f"{self._month(first)} {first:%Y}"
        return f"{left} – {self._month(last)} {last:%Y}"

    def percent(self, share: float) -> str:
        """A share in percent, one decimal under ten: `0.8 %`, `< 0.1 %`, `12 %`."""
        number = 100 * share
        if number < 0.1:
            return f"< {self.decimal(0.1)} %"
        text = self.decimal(number) if number < 9.95 else f"{number:.0f}"
        return f"{text.removesuffix('.0').removesuffix(',0')} %"

    def decimal(self, number: float, places: int = 1) -> str:
        """A number with the decimal mark of the language."""
        return decimal(number, places, self.language)

    def _range(self, first: datetime, last: datetime) -> str:
        whole = first.day == 1 and (last + timedelta(seconds=1)).day == 1
        if whole:
            left = self._month(first) if first.year == last.year else f"{self._month(first)} {first:%Y}"
            return f"{left} – {self._month(last)} {last:%Y}"
        right = f"{last.day} {self._month(last)} {last:%Y}"
        if first.date() == last.date():
            return right
        if first.year != last.year:
            return f"{first.day} {self._month(first)} {first:%Y} – {right}"
        return f"{first.day} {self._month(first)} – {right}" if first.month != last.month else f"{first.day} – {right}"

    def _month(self, at: datetime) -> str:
        return _MONTHS[self.language][at.month - 1]


@cache
def texts() -> dict[str, dict[str, dict[str, str]]]:
    """Every text by section, key and language."""
    files = sorted(Path(__file__).with_name("data").glob("texts*.toml"))
    found: dict[str, dict[str, dict[str, str]]] = {}
    for file in files:
        found |= tomllib.loads(file.read_text("utf-8"))
    return found


def _utc(moment: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment)
