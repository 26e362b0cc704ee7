"""A status or a term as stated, in the reader's language: the one home of how pages and documents show it.

The register holds our own English words for what a Dutch text states, or a code for a term. Files, filters and the
reading of terms keep to the stored text; only what a person reads comes from here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from verband.language.catalogues import catalogue
from verband.rooms.measures.progress import terms
from verband.rooms.measures.progress.terms import Period

WORDS = "stated_words"
#: The language of the stored words.
STORED = "en"


@dataclass(frozen=True)
class Shown:
    """What a reader is shown. `lang` is the language of the text where that is not the reader's, else empty."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


def stated(text: str, language: str) -> Shown:
    """The stored text of a status or a term in the reader's language, `nl` or `en`; empty for an empty one.

    A code becomes words in either language; English words stay as they are stored. Words without Dutch ones in the
    catalogue `stated_words` (imported rows) are shown as they are, and say that they are English.
    """
    if not text:
        return Shown("")
    period = terms.period(text) if re.match(r"\s*\d{4}", text) else None
    if period is not None:
        return Shown(_period_words(period, language))
    if language == STORED:
        return Shown(text)
    entry = catalogue(WORDS).find(text)
    return Shown(text, STORED) if entry is None else Shown(entry.label(language))


def html(text: str, language: str) -> SafeString:
    """The same for a page: a dash for none, and a mark of the language where it is another than the page's."""
    shown = stated(text, language)
    if shown.lang:
        return format_html('<span lang="{}">{}</span>', shown.lang, shown.text)
    return format_html("{}", shown.text or "–")


def options(texts: Iterable[str], language: str) -> list[tuple[str, Shown]]:
    """What a filter offers: each stored text with what is shown for it, in order of what is shown."""
    found = [(text, stated(text, language)) for text in texts]
    return sorted(found, key=lambda pair: (pair[1].text.casefold(), pair[0]))


def _period_words(period: Period, language: str) -> str:
    """A day, a month, a quarter, a season, a year or years in words."""
    first, last = period.first, period.last
    with translation.override(language):
        match period.rule:
            case "day":
                return date_format(first, "j F Y")
            case "month":
                return date_format(first, "F Y")
            case "quarter":
                return _quarter(last.month // 3) % {"year": first.year}
            case "season":
                return f"{_season(first.month)} {first.year}"
            case "years":
                return _("%(first)s to %(last)s") % {"first": first.year, "last": last.year}
    return str(first.year)


def _quarter(number: int) -> str:
    return {
        1: _("first quarter of %(year)s"),
        2: _("second quarter of %(year)s"),
        3: _("third quarter of %(year)s"),
        4: _("fourth quarter of %(year)s"),
    }[number]


def _season(month: int) -> str:
    """A season by the month in which it begins."""
    return {3: _("spring"), 6: _("summer"), 9: _("autumn"), 12: _("winter")}[month]
