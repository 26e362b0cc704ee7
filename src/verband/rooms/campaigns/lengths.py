"""Lengths of time and the settings of a run, in the words of the page's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue

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


def method_rows(stated: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """The figures behind a campaign: settings by a name, spans of days as lengths, the method by its word."""
    return [_row(str(item["name"]), str(item["value"])) for item in stated]


def setting_row(key: str, value: str) -> dict[str, str]:
    """One setting of a run: its name in words, and its value."""
    return {"name": _settings().get(key, key.replace("_", " ")), "value": _setting(key, value)}


def _row(name: str, value: str) -> dict[str, str]:
    first, _space, key = name.partition(" ")
    if first in ("setting", "instelling"):
        return setting_row(key, value)
    method, _space, version = value.partition(" ")
    if version and (entry := catalogue("methods").find(method)):
        known = entry.label(_language())
        return {"name": name, "value": _("%(method)s, version %(version)s") % {"method": known, "version": version}}
    return {"name": name, "value": value}


def _setting(key: str, value: str) -> str:
    if value == "-":
        return _("all") if key == "features" else _("none")
    if key == "spans_days":
        return _spans(value)
    try:
        number = f"{float(value):g}"
    except ValueError:
        return value
    return number.replace(".", ",") if _language() == "nl" else number


def _spans(value: str) -> str:
    parts = [part.strip() for part in value.split(",")]
    try:
        return ", ".join(duration(float(part)) for part in parts)
    except ValueError:
        return value


def _settings() -> dict[str, str]:
    return {
        "seed": _("seed"),
        "fdr": _("highest share of chance among what is proposed"),
        "replicates": _("shuffled worlds of the first look"),
        "replicates_least": _("fewest shuffled worlds"),
        "features": _("only these features"),
        "smallest": _("smallest group"),
        "largest": _("largest group"),
        "spans_days": _("spans of time tried"),
        "seeds_per_hundred": _("starting pairs for each hundred incidents"),
        "exclude_sources": _("sources left out"),
        "exclude_features": _("features left out"),
    }


def _language() -> str:
    return "nl" if (get_language() or "nl").startswith("nl") else "en"


def _month(moment: int, language: str) -> str:
    at = datetime.fromtimestamp(moment, UTC)
    return f"{_MONTHS['nl' if language == 'nl' else 'en'][at.month - 1]} {at.year}"
