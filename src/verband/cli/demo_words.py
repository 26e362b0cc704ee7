"""What `verband demo` prints for people, in the language that is active."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.demo.loader import SameEvent, Summary
from verband.language.catalogues import catalogue
from verband.language.decimals import decimal
from verband.rooms.campaigns import wording
from verband.rooms.campaigns.services import CampaignRow

__all__ = ["lines", "made"]

_CAMPAIGNS, _COINCIDENCES, _SAME, _GAPS = 5, 3, 12, 5


def lines(found: Summary, language: str) -> Iterator[str]:
    """What came in, what is proposed and held for coincidence, what may stand twice, and the gaps."""
    yield from _came_in(found)
    yield ""
    yield _("Campaigns proposed: %(number)s (people decide)") % {"number": len(found.proposed)}
    for row in found.proposed[:_CAMPAIGNS]:
        yield from _campaign(row, language)
    yield "  " + _(
        "People chose what is in this collection, so what is shared here may be shared because it was chosen."
    )
    yield ""
    held = len(found.coincidences)
    yield ngettext(
        "Held for coincidence: %(number)s group looked at and not proposed",
        "Held for coincidence: %(number)s groups looked at and not proposed",
        held,
    ) % {"number": held}
    for row in found.coincidences[:_COINCIDENCES]:
        yield from _campaign(row, language)
    yield ""
    twice = len(found.same_events)
    yield ngettext(
        "Rows that may tell one event twice: %(number)s pair proposed as the same incident",
        "Rows that may tell one event twice: %(number)s pairs proposed as the same incident",
        twice,
    ) % {"number": twice}
    yield from (_same(pair, language) for pair in found.same_events[:_SAME])
    yield ""
    yield from _gaps(found, language)
    yield ""


def made(reports: Sequence[Path], command: str, workspace: Path) -> Iterator[str]:
    """Where the reports are, and how to open the application."""
    for report in reports:
        yield _("Report: %(file)s") % {"file": report}
    yield _("Open it: %(command)s   (or: verband serve --workspace %(workspace)s)") % {
        "command": command,
        "workspace": workspace,
    }


def _came_in(found: Summary) -> Iterator[str]:
    yield ""
    yield _("What came in")
    for counts in found.files:
        yield "  " + _("%(file)s: %(in)s rows = %(new)s new + %(unchanged)s unchanged + %(rejected)s rejected") % dict(
            counts
        )
    yield "  " + _(
        "%(statements)s statements, %(commitments)s commitments (%(measures)s of them measures as well), "
        "%(texts)s texts on eleven themes"
    ) % {
        "statements": found.statements,
        "commitments": found.commitments,
        "measures": found.measures,
        "texts": found.theme_texts,
    }
    newest = found.triangle.newest
    if newest is not None and newest.when is not None:
        yield "  " + _("Newest incident on record: %(when)s") % {"when": newest.when.words()}


def _campaign(row: CampaignRow, language: str) -> Iterator[str]:
    """What it is called, and how often a group like this arises by chance in this collection."""
    chance = decimal(100 * row.p, 1, language)
    chance = f"{chance} %" if row.p >= 0.001 else _("less than %(share)s") % {"share": wording.percent(0.001, language)}
    often = _("a group like this arises by chance in this collection in %(chance)s of shuffled versions")
    yield f"  {row.title_nl if language == 'nl' else row.title_en}"
    yield f"      {often % {'chance': chance}}"


def _same(pair: SameEvent, language: str) -> str:
    return f"  {_short(pair.first)}  =  {_short(pair.second)}  ({wording.bans(pair.bans, language)})"


def _gaps(found: Summary, language: str) -> Iterator[str]:
    interests, themes = catalogue("interests").labels(language), catalogue("themes").labels(language)
    words = {"resilience": _("no judgement of resilience"), "measure": _("no measure")}
    gaps = found.triangle.gaps
    yield ngettext(
        "Gaps: %(number)s pair of interest and theme with a threat and a missing corner",
        "Gaps: %(number)s pairs of interest and theme with a threat and a missing corner",
        len(gaps),
    ) % {"number": len(gaps)}
    for cell in gaps[:_GAPS]:
        said = ngettext(
            "%(number)s incident in 24 months", "%(number)s incidents in 24 months", cell.last_24_months
        ) % {"number": cell.last_24_months}
        missing = wording.listed([words[corner] for corner in cell.missing], language)
        yield f"  {interests[cell.interest]} x {themes[cell.theme]}: {said}, {missing}"


def _short(text: str, limit: int = 58) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
