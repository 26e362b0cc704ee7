"""Lengths of time in the words of the page's language."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils.translation import ngettext

_DAY_S = 86_400
_MONTH_DAYS, _YEAR_DAYS = 30.4375, 365.25
#: Up to so many days are counted in days, up to so many months in months.
_FEW_DAYS, _FEW_MONTHS = 60, 24
_MONTHS = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "nl": ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"),
}


def duration(days: float) -> str:
    """A length of time in whole days, months or years: `12 days`, `3 months`, `4 years`."""
    whole = round(days)
    if whole <= _FEW_DAYS:
        return ngettext("%(n)s day", "%(n)s days", whole) % {"n": whole}
    months = round(days / _MONTH_DAYS)
    if months < _FEW_MONTHS:
        return ngettext("%(n)s month", "%(n)s months", months) % {"n": months}
    years = round(days / _YEAR_DAYS)
    return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}


def span(start: int | None, end: int | None, language: str) -> str:
    """First and last month, in words: `May 2025`, `Dec 2020 – Jan 2021`; a dash for a campaign without dates.

    `start` and `end` are seconds since 1970, the end exclusive.
    """
    if start is None or end is None:
        return "–"
    first, last = (_month(moment, language) for moment in (start, max(start, end - 1)))
    return first if first == last else f"{first} – {last}"


def length(start: int | None, end: int | None) -> str:
    """How long it is from the first moment to the last; empty for a campaign without dates."""
    return "" if start is None or end is None else duration(max(1, (end - start) / _DAY_S))


def month_labels(language: str) -> str:
    """A Vega expression that writes the month and year of a date in that language."""
    names = ", ".join(f"'{name}'" for name in _MONTHS["nl" if language == "nl" else "en"])
    return f"[{names}][utcmonth(datum.value)] + ' ' + utcyear(datum.value)"


def _month(moment: int, language: str) -> str:
    at = datetime.fromtimestamp(moment, UTC)
    return f"{_MONTHS['nl' if language == 'nl' else 'en'][at.month - 1]} {at.year}"
