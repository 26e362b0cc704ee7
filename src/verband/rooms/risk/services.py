"""The front door of risk: the triangle and its gaps, judgements, scenarios, and what the assessments say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from verband.rooms.measures.services import MeasureView
from verband.rooms.people.services import Reader
from verband.rooms.picture.services import IncidentView
from verband.rooms.risk import judging, texts
from verband.rooms.risk.judging import EVIDENCE_DAYS, NOT_STATED, Evidence, JudgementView
from verband.rooms.risk.texts import Place, StatementRow, StatementView, TextView, ThemeTextRow
from verband.rooms.risk.trend import Trend, trend
from verband.rooms.risk.triangle import Cell, Triangle, belongs, incidents, themes_of, triangle
from verband.rooms.risk.watch import adequacy, phenomena, pictures, plans, profile, scope, trends, warning
from verband.rooms.risk.watch.phenomena import ThreatLevelRow
from verband.rooms.risk.watch.profile import Profile
from verband.rooms.risk.watch.scope import ScopeView, Subject
from verband.rooms.risk.watch.trends import TrendRow

__all__ = [
    "EVIDENCE_DAYS",
    "NOT_STATED",
    "Cell",
    "Evidence",
    "Gaps",
    "JudgementView",
    "Place",
    "Profile",
    "ScopeView",
    "StatementRow",
    "StatementView",
    "Subject",
    "TextView",
    "ThemeTextRow",
    "ThreatLevelRow",
    "Trend",
    "TrendRow",
    "Triangle",
    "adequacy_checks",
    "belongs",
    "evidence_of",
    "gaps",
    "gaps_of",
    "incidents",
    "judge",
    "judgements",
    "load_statements",
    "load_theme_texts",
    "load_threat_levels",
    "load_trends",
    "phenomenon_notes",
    "published_levels",
    "resilience",
    "scope_of",
    "scope_subject",
    "situation_pictures",
    "statements",
    "theme_texts",
    "themes_of",
    "trend",
    "trends_by_theme",
    "triangle",
    "warning_indicators",
    "watch_plans",
    "withdraw",
]

judge = judging.judge
withdraw = judging.withdraw
judgements = judging.judgements
evidence_of = judging.evidence_of
load_statements = texts.load_statements
load_theme_texts = texts.load_theme_texts
statements = texts.statements
theme_texts = texts.theme_texts
resilience = profile.profiles
adequacy_checks = adequacy.standings
load_trends = trends.load
trends_by_theme = trends.by_theme
warning_indicators = warning.indicators
watch_plans = plans.plans
situation_pictures = pictures.pictures
scope_of = scope.scope_of
scope_subject = scope.subject_of
phenomenon_notes = phenomena.notes
load_threat_levels = phenomena.load_levels
published_levels = phenomena.levels


@dataclass(frozen=True)
class Gaps:
    """Corners that are missing (R001): pairs with a threat and no judgement or measure, incidents with no interest.

    Measures without a threat are listed apart; they are no gap.
    """

    pairs: tuple[Cell, ...]
    incidents_without_interest: tuple[IncidentView, ...]
    measures_without_threat: tuple[MeasureView, ...]

    def __len__(self) -> int:
        return len(self.pairs) + len(self.incidents_without_interest)


def gaps(who: Reader, *, now: datetime, known_on: int | None = None) -> Gaps:
    """The gaps that this reader may see."""
    return gaps_of(triangle(who, now=now, known_on=known_on))


def gaps_of(found: Triangle) -> Gaps:
    """The gaps of a triangle that is there already."""
    return Gaps(found.gaps, found.without_interest, found.measures_without_threat)
