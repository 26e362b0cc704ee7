"""Attention moments: what is watched from one day to another, ended by its date, and crises that stack (R086, R116)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from verband.language.catalogues import catalogue
from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.people.services import Reader
from verband.rooms.risk.models import PlanStep, WarningIndicator, WatchPlan
from verband.rooms.risk.watch import keeping, persons


@dataclass(frozen=True)
class PlanView:
    """A plan on a day: `planned`, `active`, or `closed` after its last day or when somebody closed it.

    `ends_on` is its last day with extensions, or the day on which it was closed. `stacked_with` are the titles of other
    crises that run at the same time.
    """

    row: WatchPlan
    day: date
    ends_on: date
    steps: tuple[PlanStep, ...]
    indicators: tuple[WarningIndicator, ...]
    stacked_with: tuple[str, ...] = ()

    @property
    def state(self) -> str:
        """`planned`, `active` or `closed`."""
        if self.closed_early or self.day > self.ends_on:
            return "closed"
        return "planned" if self.day < self.row.starts_on else "active"

    @property
    def closed_early(self) -> bool:
        """Whether somebody closed it before its last day."""
        return any(step.step == "closed" for step in self.steps)

    @property
    def review(self) -> PlanStep | None:
        """What the review found; None where there was none yet."""
        return next((step for step in self.steps if step.step == "reviewed"), None)

    @property
    def review_due(self) -> bool:
        """Whether it ended, its day of review has come and nobody has reviewed it."""
        return self.state == "closed" and self.review is None and self.day >= self.row.review_on

    @property
    def marking(self) -> Marking:
        """Its marking."""
        marking: Marking = self.row.marking.value()
        return marking


def make(values: Mapping[str, str], *, indicators: Sequence[str], who: Reader, now: datetime) -> WatchPlan:
    """Make a plan: `title`, `kind`, `theme`, `watched`, `starts_on`, `ends_on`, `review_on`, `marking`.

    `indicators` are numbers of indicators; the plan is marked at least as high as these.
    Raises InputError("watch.order") and what `keeping` and `persons` raise.
    """
    get = values.get
    title, watched = (keeping.filled(name, get(name, "")) for name in ("title", "watched"))
    persons.refuse_persons(who, title=title)
    persons.refuse_lawful(who, watched=watched)
    starts_on, ends_on, review_on = (keeping.day(name, get(name, "")) for name in ("starts_on", "ends_on", "review_on"))
    if ends_on < starts_on:
        raise InputError("watch.order", field="ends_on", first=starts_on)
    if review_on < starts_on:
        raise InputError("watch.order", field="review_on", first=starts_on)
    chosen = [keeping.find(WarningIndicator, one, who) for one in indicators]
    theme = keeping.chosen("theme", get("theme", ""), "themes")
    fields = {
        "title": title,
        "kind": keeping.chosen("kind", get("kind", ""), "moment_kinds"),
        "theme": theme,
        "watched": watched,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "review_on": review_on,
    }
    with transaction.atomic():
        made = keeping.keep(
            WatchPlan,
            act="watch plan made",
            about=f"risk {theme}",
            fields=fields,
            marking=get("marking", ""),
            rests_on=tuple(row.marking.value() for row in chosen),
            who=who,
            now=now,
        )
        made.indicators.set(chosen)
    return made


def extend(number: str, *, ends_on: str, reason: str, who: Reader, now: datetime) -> PlanStep:
    """Move the last day of a plan that has not ended, with a reason.

    Raises InputError("watch.plan_ended"), ("watch.empty"), ("watch.order") for a day that is not later.
    """
    view = plan(number, who, now=now)
    if view.state == "closed":
        raise InputError("watch.plan_ended", field="ends_on", day=view.ends_on)
    until = keeping.day("ends_on", ends_on)
    if until <= view.ends_on:
        raise InputError("watch.order", field="ends_on", first=view.ends_on)
    return _step(view, "extended", reason, who, now, ends_on=until)


def close(number: str, *, reason: str, who: Reader, now: datetime) -> PlanStep:
    """End a plan before its last day, with a reason. Raises InputError("watch.plan_ended")."""
    view = plan(number, who, now=now)
    if view.state == "closed":
        raise InputError("watch.plan_ended", field="reason", day=view.ends_on)
    return _step(view, "closed", reason, who, now, ends_on=keeping.today(now))


def review(number: str, *, reason: str, who: Reader, now: datetime) -> PlanStep:
    """Keep what the review of an ended plan found. Raises InputError("watch.plan_runs")."""
    view = plan(number, who, now=now)
    if view.state != "closed":
        raise InputError("watch.plan_runs", field="reason")
    return _step(view, "reviewed", reason, who, now)


def plans(who: Reader, *, now: datetime, known_on: int | None = None) -> list[PlanView]:
    """The plans that the reader may see: those that run first, then those to come, then the ended ones."""
    day = keeping.today(now, known_on)
    steps = keeping.standing(PlanStep, who, known_on=known_on)
    visible = {row.pk: row for row in keeping.standing(WarningIndicator, who, known_on=known_on)}
    found = []
    for row in keeping.standing(WatchPlan, who, known_on=known_on):
        mine = tuple(step for step in steps if step.plan_id == row.pk)
        ends_on = next((step.ends_on for step in mine if step.ends_on), row.ends_on)
        looked = tuple(visible[pk] for pk in row.indicators.values_list("pk", flat=True) if pk in visible)
        found.append(PlanView(row, day, ends_on, mine, looked))
    order = ("active", "planned", "closed")
    return sorted(
        (replace(view, stacked_with=_stacked(view, found)) for view in found),
        key=lambda view: (order.index(view.state), view.row.starts_on),
    )


def plan(number: str, who: Reader, *, now: datetime) -> PlanView:
    """One of them. Raises NotFoundError("watch.none") and InputError("watch.withdrawn")."""
    row = keeping.find(WatchPlan, number, who)
    return next(view for view in plans(who, now=now) if view.row.pk == row.pk)


def stacking(found: Sequence[PlanView]) -> tuple[PlanView, ...]:
    """The crises that are not over and coincide with another one."""
    return tuple(view for view in found if view.stacked_with)


def _stacked(view: PlanView, every: Sequence[PlanView]) -> tuple[str, ...]:
    if not _stacks(view):
        return ()
    return tuple(
        other.row.title
        for other in every
        if other is not view
        and _stacks(other)
        and other.row.starts_on <= view.ends_on
        and view.row.starts_on <= other.ends_on
    )


def _stacks(view: PlanView) -> bool:
    """Whether it is a crisis that is not over."""
    crisis = bool(catalogue("moment_kinds").get(view.row.kind).fields.get("stacks"))
    return crisis and view.state != "closed"


def _step(
    view: PlanView, step: str, reason: str, who: Reader, now: datetime, *, ends_on: date | None = None
) -> PlanStep:
    text = keeping.filled("reason", reason)
    persons.refuse_persons(who, reason=text)
    return keeping.keep(
        PlanStep,
        act=f"watch plan {step}",
        about=f"risk {view.row.theme}",
        fields={"plan": view.row, "step": step, "ends_on": ends_on, "reason": text},
        rests_on=(view.marking,),
        who=who,
        now=now,
    )
