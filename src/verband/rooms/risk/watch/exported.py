"""The tables of watching as rows for csv and json, with the keys of the catalogues."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from verband.rooms.risk.watch.phenomena import NoteView
from verband.rooms.risk.watch.pictures import PictureView
from verband.rooms.risk.watch.plans import PlanView
from verband.rooms.risk.watch.profile import Profile
from verband.rooms.risk.watch.rows import Overview
from verband.rooms.risk.watch.trends import TrendView
from verband.rooms.risk.watch.warning import IndicatorView


def overview(found: Overview) -> list[dict[str, Any]]:
    """A row for each theme."""
    return [
        {
            "theme": row.theme,
            "trends": row.trends,
            "stale_trends": row.stale,
            "indicators": len(row.indicators),
            "not_looked_at": row.unlooked,
            "level": row.level,
            "plans": len(row.plans),
            "pictures": len(row.pictures),
            "notes": row.notes,
            "published_level": row.published.level if row.published else "",
        }
        for row in found.themes
    ]


def profiles(found: Iterable[Profile]) -> list[dict[str, Any]]:
    """A row for each interest and party type."""
    return [
        {
            "interest": one.interest,
            "party": one.party,
            "resilience": one.level,
            "unknown_because": one.because,
            "themes": [view.theme for view in one.held],
            "levels": [view.level for view in one.held],
            "evidence_observed_on": _day(one.observed_on),
            "evidence_age_days": one.age_days,
            "first_expires_on": _day(one.expires_on),
            "expired_on": _day(one.expired_on),
            "marking": one.marking.words(),
        }
        for one in found
    ]


def trends(found: Iterable[TrendView]) -> list[dict[str, Any]]:
    """A row for each trend."""
    return [
        {
            "scan": view.scan,
            "theme": view.theme,
            "title": view.title,
            "text": view.text,
            "as_read": view.as_read,
            "horizon": view.horizon,
            "observed": view.observed.words(),
            "source": view.source.title_en,
            "line": view.source.line,
            "last_looked_at": view.looked_at,
            "stale": view.stale,
            "marking": view.marking.words(),
        }
        for view in found
    ]


def indicators(found: Iterable[IndicatorView]) -> list[dict[str, Any]]:
    """A row for each indicator."""
    return [
        {
            "statement": view.row.statement,
            "theme": view.row.theme,
            "collectable": view.row.collectable,
            "observer": view.row.observer,
            "lawful_ground": view.row.lawful_ground,
            "unit": view.row.unit,
            "rising": view.row.rising,
            "raised_at": view.row.raised_at,
            "high_at": view.row.high_at,
            "margin": view.row.margin,
            "in_a_row": view.row.in_a_row,
            "look_days": view.row.look_days,
            "expires_on": _day(view.row.expires_on),
            "level": view.level,
            "rule_proposes": view.proposes,
            "last_looked_at": view.looked_at,
            "not_looked_at_in_time": view.unlooked,
            "says_nothing": view.says_nothing,
            "misses": view.count("miss"),
            "false_alarms": view.count("false_alarm"),
            "marking": view.marking.words(),
        }
        for view in found
    ]


def observations(view: IndicatorView) -> list[dict[str, Any]]:
    """A row for each observation of one indicator, oldest first."""
    return [
        {"observed_on": _day(one.observed_on), "value": one.value, "seen": one.seen, "by": one.kept_by}
        for one in view.observations
    ]


def plans(found: Iterable[PlanView]) -> list[dict[str, Any]]:
    """A row for each watch plan."""
    return [
        {
            "title": view.row.title,
            "kind": view.row.kind,
            "theme": view.row.theme,
            "state": view.state,
            "starts_on": _day(view.row.starts_on),
            "ends_on": _day(view.ends_on),
            "review_on": _day(view.row.review_on),
            "watched": view.row.watched,
            "indicators": [row.statement for row in view.indicators],
            "stacks_with": list(view.stacked_with),
            "review": view.review.reason if view.review else "",
            "marking": view.marking.words(),
        }
        for view in found
    ]


def pictures(found: Iterable[PictureView]) -> list[dict[str, Any]]:
    """A row for each shared picture."""
    return [
        {
            "title": view.row.title,
            "theme": view.row.theme,
            "state": view.state,
            "valid_until": _day(view.row.valid_until),
            "statements": len(view.lines),
            "parties": list(view.parties),
            "dissents": view.dissents,
            "marking": view.marking.words(),
        }
        for view in found
    ]


def picture(view: PictureView) -> list[dict[str, Any]]:
    """A row for each statement of one picture; who dissents stands in it with the reason."""
    return [
        {
            "statement": line.row.text,
            "source": line.row.source,
            "endorsed_by": [voice.party for voice in line.endorsed],
            "dissent": [f"{voice.party}: {voice.reason}" for voice in line.dissent],
            "state": view.state,
        }
        for line in view.lines
    ]


def notes(found: Iterable[NoteView]) -> list[dict[str, Any]]:
    """A row for each phenomenon note."""
    return [
        {
            "theme": view.row.theme,
            "title": view.row.title,
            "text": view.row.text,
            "source": view.row.source,
            "chances": view.row.chances,
            "risks": view.row.risks,
            "advice": view.row.advice,
            "proxies": [f"{one.agent} for {one.principal}, confidence {one.confidence}" for one in view.proxies],
            "marking": view.marking.words(),
        }
        for view in found
    ]


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
