"""What the pages of watching show in rows: the matrix of resilience, the themes, and the words for states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from verband.language.markings import Marking
from verband.rooms.people.services import Reader
from verband.rooms.risk.watch import adequacy, keeping, phenomena, pictures, plans, profile, trends, warning
from verband.rooms.risk.watch.phenomena import LevelView
from verband.rooms.risk.watch.pictures import PictureView
from verband.rooms.risk.watch.plans import PlanView
from verband.rooms.risk.watch.rule import LEVELS
from verband.rooms.risk.watch.warning import IndicatorView


@dataclass(frozen=True)
class ThemeRow:
    """What is watched in one theme."""

    theme: str
    trends: int
    stale: int
    indicators: tuple[IndicatorView, ...]
    plans: tuple[PlanView, ...]
    pictures: tuple[PictureView, ...]
    notes: int
    published: LevelView | None

    @property
    def unlooked(self) -> int:
        """Indicators that nobody looked at in time."""
        return sum(view.unlooked for view in self.indicators)

    @property
    def level(self) -> str:
        """The highest level that somebody confirmed; empty where there is no running indicator."""
        running = [view.level for view in self.indicators if not view.expired]
        return max(running, key=LEVELS.index, default="")


@dataclass(frozen=True)
class Overview:
    """Everything that is watched: the themes in their order, what is due, and the crises that coincide."""

    themes: tuple[ThemeRow, ...]
    indicators: tuple[IndicatorView, ...]
    plans: tuple[PlanView, ...]
    stacking: tuple[PlanView, ...]
    pictures: tuple[PictureView, ...]
    overdue: tuple[adequacy.Standing, ...]
    markings: tuple[Marking, ...]

    @property
    def stale(self) -> int:
        """Trends that nobody looked at within the period of their scan."""
        return sum(row.stale for row in self.themes)

    @property
    def unlooked(self) -> int:
        """Indicators that nobody looked at in time."""
        return sum(row.unlooked for row in self.themes)


def overview(who: Reader, *, now: datetime, known_on: int | None = None) -> Overview:
    """All of it for one reader, as it stood."""
    found = trends.by_theme(who, now=now, known_on=known_on)
    looked = warning.indicators(who, now=now, known_on=known_on)
    planned = plans.plans(who, now=now, known_on=known_on)
    shared = pictures.pictures(who, now=now, known_on=known_on)
    notes = phenomena.notes(who, known_on=known_on)
    levels = phenomena.levels(who, known_on=known_on)
    themes = tuple(
        ThemeRow(
            theme=one.theme,
            trends=len(one.trends),
            stale=one.stale,
            indicators=tuple(view for view in looked if view.row.theme == one.theme),
            plans=tuple(view for view in planned if view.row.theme == one.theme and view.state != "closed"),
            pictures=tuple(view for view in shared if view.row.theme == one.theme),
            notes=sum(view.row.theme == one.theme for view in notes),
            published=next((view for view in levels if view.theme == one.theme), None),
        )
        for one in found
    )
    marked = [view.marking for one in found for view in one.trends]
    marked += [view.marking for views in (looked, planned, shared, notes, levels) for view in views]
    return Overview(
        themes=themes,
        indicators=tuple(looked),
        plans=tuple(view for view in planned if view.state != "closed" or view.review_due),
        stacking=plans.stacking(planned),
        pictures=tuple(shared),
        overdue=adequacy.overdue(who, now=now, known_on=known_on),
        markings=tuple(marked),
    )


def matrix(found: Sequence[profile.Profile]) -> list[tuple[str, list[profile.Profile]]]:
    """The profiles by interest, in the order in which they come."""
    return [(interest, [one for one in found if one.interest == interest]) for interest in keeping.keys("interests")]


def plan_states() -> dict[str, str]:
    """The words for the states of a watch plan."""
    return {"planned": _("planned"), "active": _("active"), "closed": _("closed")}


def picture_states() -> dict[str, str]:
    """The words for the states of a shared picture."""
    return {
        "draft": _("draft"),
        "proposed": _("proposed"),
        "endorsed": _("endorsed"),
        "outdated": _("out of date"),
    }


def scope_states() -> dict[str, str]:
    """The words for the states of a scope test."""
    return {
        "empty": _("not tested"),
        "draft": _("draft"),
        "reasoned": _("reasons given"),
        "reviewed": _("reviewed"),
        "reopened": _("reopened"),
    }
