"""What the page Picture shows, put together from the rooms that the reader may enter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, ngettext

from verband.language.catalogues import catalogue
from verband.language.markings import highest
from verband.language.time import Interval
from verband.rooms.campaigns import services as campaigns
from verband.rooms.people.services import Reader
from verband.rooms.picture import charts, pairs
from verband.rooms.picture import newest as age
from verband.rooms.picture import services as picture
from verband.rooms.picture.services import IncidentView
from verband.rooms.risk import services as risk
from verband.workbench.words import span_words, when_words

WEEK_S, MONTH_S = 7 * 86_400, 31 * 86_400
_SHOWN_NEW = 4
_SHOWN_CAMPAIGNS = 12
_SHOWN_COINCIDENCES = 3
_SHOWN_GAPS = 4
_ORDER = {"proposed": 0, "accepted": 1, "rejected": 2, "coincidence": 3}


@dataclass(frozen=True)
class News:
    """What is new: since the last visit, or in the last seven days of the collection where there was none."""

    incidents: tuple[IncidentView, ...]
    since_visit: bool
    until: str
    shown: tuple[IncidentView, ...]


def page(who: Reader, *, now: datetime, known_on: int | None, last_visit: int | None, language: str) -> dict[str, Any]:
    """The context of the page; keys of rooms that stay closed are absent."""
    incidents = picture.incidents(who.ceiling, known_on=known_on)
    now_s = known_on or int(now.timestamp())
    shown: dict[str, Any] = {"incidents": incidents, "news": news(incidents, last_visit, now_s=now_s)}
    shown["marking"] = highest(view.marking for view in incidents)
    shown["pairs"] = pairs.number_open(who.ceiling) if known_on is None else 0
    if incidents:
        shown |= _figure(incidents, language)
    if "campaigns" in who.rooms:
        rows = [campaign_row(row, language) for row in campaigns.overview(who, known_on=known_on)]
        rows.sort(key=lambda row: _ORDER.get(row["state"], 9))
        run = shown["run"] = campaigns.newest_run(who.ceiling, known_on=known_on)
        shown["limits"] = run.limits(language) if run else ""
        above = [row for row in rows if row["state"] != "coincidence"]
        below = [row for row in rows if row["state"] == "coincidence"]
        shown["campaigns"] = above[:_SHOWN_CAMPAIGNS] + below[:_SHOWN_COINCIDENCES]
        shown["above_chance"] = len(above)
        shown["not_shown"] = max(0, len(above) - _SHOWN_CAMPAIGNS) + max(0, len(below) - _SHOWN_COINCIDENCES)
        shown["waiting"] = sum(row["state"] == "proposed" for row in rows)
    if "risk" in who.rooms:
        found = risk.triangle(who, now=_moment(now, known_on), known_on=known_on)
        shown["triangle"] = [_corner(cell, found.gaps, language) for cell in found.interests]
        early = [cell.trend for cell in found.interests if cell.trend.word == "ends_early"]
        shown["trend_notes"] = [f"* {early[0].label(language).capitalize()}"] if early else []
        shown["triangle_marking"] = found.marking
        shown["gaps"] = found.gaps
        shown["says_something"] = found.says_something
        shown["gaps_shown"] = found.gaps[:_SHOWN_GAPS]
    return shown


def news(incidents: Sequence[IncidentView], last_visit: int | None, *, now_s: int) -> News:
    """What is new, and the newest few to show where nothing is.

    An incident that is dated to more than a month, or to a day that is still to come, says nothing about the last week.
    """
    dated = [view for view in incidents if view.when and view.when.end - view.when.start <= MONTH_S]
    newest = age.ends(incidents, until=now_s) or 0
    until = when_words(Interval(newest - 1, newest, "day")) if newest else ""
    if last_visit is not None:
        new = [view for view in incidents if max(record.recorded_at for record in view.records) > last_visit]
    else:
        new = [view for view in dated if view.when and newest - WEEK_S < age.last_day(view.when) <= newest]
    return News(tuple(new), last_visit is not None, until, tuple((new or dated)[:_SHOWN_NEW]))


def campaign_row(row: campaigns.CampaignRow, language: str) -> dict[str, Any]:
    """One campaign as a row of a table, with its words in the language of the page."""
    span = span_words(row.start, row.end) if row.start is not None and row.end is not None else "–"
    return {
        "uuid": row.uuid,
        "address": campaign_address(row.uuid),
        "title": row.title_nl if language == "nl" else row.title_en,
        "n": row.n,
        "domains": row.domains,
        "span": span,
        "bans": row.bans,
        "p": row.p,
        "state": row.state,
        "state_words": state_words(row.state),
        "decided_by": row.decided_by,
        "marking": row.marking,
        "rhythm": row.rhythm,
        "things": " ".join(str(number) for number in row.things),
    }


def state_words(state: str) -> str:
    """The state of a campaign in words."""
    return {
        "proposed": gettext("proposed"),
        "accepted": gettext("accepted"),
        "rejected": gettext("rejected"),
        "coincidence": gettext("held for coincidence"),
    }.get(state, state)


def campaign_address(uuid: str) -> str:
    """Where a campaign's page is; the list where the room has no such page."""
    for name, args in (("campaigns:campaign", [uuid]), ("campaigns:list", [])):
        try:
            return reverse(name, args=args)
        except NoReverseMatch:
            continue
    return reverse("workbench:picture")


def _figure(incidents: Sequence[IncidentView], language: str) -> dict[str, Any]:
    rows = charts.points(incidents, language=language)
    nowhere, outside = charts.off_map(rows)
    words = {
        "description": gettext("Incidents on the map of Europe and the Kingdom, and by month"),
        "incidents": gettext("incidents"),
        "incident": gettext("Incident"),
        "when": gettext("When"),
        "domain": gettext("Domain"),
        "kingdom": gettext("Caribbean"),
    }
    left_out = []
    if nowhere:
        left_out.append(ngettext("%(n)s has no place", "%(n)s have no place", nowhere) % {"n": nowhere})
    if outside:
        text = ngettext("%(n)s lies outside of the map", "%(n)s lie outside of the map", outside)
        left_out.append(text % {"n": outside})
    mapped = nowhere + outside < len(rows)
    draw = charts.map_and_timeline if mapped else _months_alone
    return {
        "mapped": mapped,
        "groups": catalogue("colour_groups").keys(),
        "figure": draw(rows, language=language, words=words),
        "places": charts.places_table(
            incidents,
            language=language,
            place_word=gettext("Place as stated"),
            country_word=gettext("Country"),
            total_word=gettext("Incidents"),
        ),
        "months": charts.months_table(rows, language=language, month_word=gettext("Month"), total_word=gettext("All")),
        "left_out": "; ".join(left_out),
    }


def _months_alone(rows: Sequence[dict[str, Any]], *, language: str, words: dict[str, str]) -> dict[str, Any]:
    """The timeline without a map, where no incident has a place on it."""
    return charts.timeline(rows, words=words | {"description": gettext("Incidents by month")})


def _corner(cell: risk.Cell, gaps: Sequence[risk.Cell], language: str) -> dict[str, Any]:
    """One interest of the triangle: its threat, trend and resilience, each with a level for its ground."""
    threat = 0 if not cell.recent else 1 if cell.recent < 5 else 2 if cell.recent < 20 else 3
    measures = len(cell.measures)
    mine = [gap for gap in gaps if gap.interest == cell.interest]
    return {
        "interest": cell.interest,
        "recent": cell.recent,
        "before": cell.before,
        "unplaced": cell.unplaced,
        "level": threat,
        "trend": cell.trend.label(language),
        "short": cell.trend.label(language).split(",")[0] + (" *" if cell.trend.word == "ends_early" else ""),
        "sentence": cell.trend.sentence(language),
        "arrow": {"rising": "▲", "falling": "▼", "no_clear_change": "►"}.get(cell.trend.word, "·"),
        "campaigns": len(cell.campaigns),
        "measures": measures,
        "strength": 0 if not measures else 1 if measures < 5 else 2 if measures < 15 else 3,
        "gaps": len(mine),
        "marking": cell.marking,
    }


def _moment(now: datetime, known_on: int | None) -> datetime:
    return now if known_on is None else datetime.fromtimestamp(known_on, UTC)
