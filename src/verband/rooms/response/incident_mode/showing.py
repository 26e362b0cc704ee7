"""An intervention as one reader sees it: picture, clock, parts, tracks, actions, log, and what lacks before closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from verband.language.catalogues import catalogue
from verband.language.errors import NotFoundError
from verband.language.markings import Marking
from verband.rooms.campaigns import services as campaigns
from verband.rooms.campaigns.services import CampaignRow
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture
from verband.rooms.picture.services import ThingView
from verband.rooms.response import keeping
from verband.rooms.response.incident_mode import actions, logging_lines, modes, ruling
from verband.rooms.response.incident_mode.models import (
    ActionStep,
    EmptyTrack,
    HandOver,
    LogLine,
    Mode,
    ModeAction,
    ModeRole,
    ModeStep,
)
from verband.rooms.risk import services as risk
from verband.rooms.risk.services import ScopeView, Subject

#: From this many hours on the clock counts in days.
_HOURS = 48


@dataclass(frozen=True)
class ActionView:
    """An action with its steps, oldest first."""

    row: ModeAction
    steps: tuple[ActionStep, ...]

    @property
    def state(self) -> str:
        """The state that its newest step gave."""
        return self.steps[-1].state

    @property
    def ended(self) -> bool:
        """Whether nothing can follow any more."""
        return self.state in ruling.ENDED

    @property
    def decision(self) -> ActionStep | None:
        """The newest decision."""
        return next((step for step in reversed(self.steps) if step.action == "decide"), None)


@dataclass(frozen=True)
class TrackView:
    """One of the three tracks of R068: its actions that were not withdrawn, or why there is none."""

    key: str
    actions: tuple[ActionView, ...]
    why_empty: EmptyTrack | None

    @property
    def covered(self) -> str:
        """`filled`, `explained` or `open`."""
        if self.actions:
            return "filled"
        return "explained" if self.why_empty else "open"

    def count(self, *states: str) -> int:
        """How many actions are in one of those states."""
        return sum(one.state in states for one in self.actions)


@dataclass(frozen=True)
class Moment:
    """One line of the time line: when, how long after the alert, what kind, the words, and the row that says so."""

    at: int
    after: str
    kind: str
    row: LogLine | ActionStep | ModeStep
    action: ModeAction | None = None


@dataclass(frozen=True)
class ModeView:
    """An intervention. `subject` is None where the reader may not see what it is about."""

    row: Mode
    steps: tuple[ModeStep, ...]
    roles: tuple[ModeRole, ...]
    lines: tuple[LogLine, ...]
    actions: tuple[ActionView, ...]
    tracks: tuple[TrackView, ...]
    hand_over: HandOver | None
    subject: Subject | None
    thing: ThingView | None
    campaigns: tuple[CampaignRow, ...]
    scope: ScopeView
    intact: bool

    @property
    def key(self) -> str:
        """Its key."""
        return self.row.key

    @property
    def marking(self) -> Marking:
        """Its marking."""
        return self.row.marking.value()

    @property
    def state(self) -> str:
        """The state that its newest step gave."""
        return self.steps[-1].state

    @property
    def running(self) -> bool:
        """Whether it is neither closed nor withdrawn."""
        return self.state != modes.CLOSED and self.row.withdrawn_at is None

    @property
    def known(self) -> tuple[LogLine, ...]:
        """What the log says is known, newest first."""
        return tuple(line for line in reversed(self.lines) if line.kind == "known")

    @property
    def not_known(self) -> tuple[LogLine, ...]:
        """What the log says is not known, newest first."""
        return tuple(line for line in reversed(self.lines) if line.kind == "not_known")

    @property
    def markings(self) -> tuple[Marking, ...]:
        """The markings of all that the view shows."""
        of_rows = [one.marking.value() for one in (*self.roles, *self.lines)]
        of_rows += [one.row.marking.value() for one in self.actions]
        of_rows += [one.row.package.marking.value() for one in self.actions if one.row.package]
        of_rows += [track.why_empty.marking.value() for track in self.tracks if track.why_empty]
        shown = [self.subject.marking] if self.subject else []
        shown += [row.marking for row in self.campaigns]
        shown += [self.hand_over.marking.value()] if self.hand_over else []
        return (self.marking, self.scope.marking, *of_rows, *shown)

    def clock(self, now: datetime) -> str:
        """How long since the alert; up to its closing where it is closed."""
        end = self.steps[-1].kept_at if self.state == modes.CLOSED else int(now.timestamp())
        return after(self.row.alerted_at, end)

    def line(self) -> tuple[Moment, ...]:
        """Everything that happened, oldest first: steps of the intervention, of its actions, and lines of the log."""
        found = [self._at(step.kept_at, step.state, step) for step in self.steps]
        found += [self._at(line.happened_at, line.kind, line) for line in self.lines]
        found += [self._at(step.kept_at, step.action, step, one.row) for one in self.actions for step in one.steps]
        return tuple(sorted(found, key=lambda one: (one.at, one.row.kept_at)))

    def _at(self, at: int, kind: str, row: LogLine | ActionStep | ModeStep, action: ModeAction | None = None) -> Moment:
        return Moment(at, after(self.row.alerted_at, at), kind, row, action)


def mode(key: str, who: Reader, *, known_on: int | None = None) -> ModeView:
    """One intervention. Raises NotFoundError("response.none") alike where it is not and where it may not be seen."""
    return _view(keeping.find(Mode, key, who, known_on=known_on), who, known_on)


def every(who: Reader, *, known_on: int | None = None) -> tuple[ModeView, ...]:
    """Every intervention that the reader may see, withdrawn ones too, the newest first."""
    return tuple(_view(row, who, known_on) for row in keeping.rows(Mode, who, known_on=known_on))


def about(origin: str, who: Reader, *, known_on: int | None = None) -> tuple[Mode, ...]:
    """The standing interventions at that incident or campaign."""
    return tuple(keeping.standing(Mode, who, known_on=known_on, origin=origin))


def after(alerted_at: int, at: int) -> str:
    """The time since the alert as hours and minutes, `+02:15`, or in days past two days, `+3 d`; `-` before it."""
    sign, minutes = ("-" if at < alerted_at else "+"), abs(at - alerted_at) // 60
    if minutes >= _HOURS * 60:
        return f"{sign}{minutes // 1440} d"
    return f"{sign}{minutes // 60:02d}:{minutes % 60:02d}"


def _view(row: Mode, who: Reader, known_on: int | None) -> ModeView:
    found = tuple(
        _action(one, known_on) for one in reversed(keeping.standing(ModeAction, who, known_on=known_on, mode=row))
    )
    subject, thing = _subject(row.origin, who, known_on)
    over = keeping.standing(HandOver, who, known_on=known_on, mode=row)
    steps = [step for step in row.steps.all() if known_on is None or step.kept_at <= known_on]
    return ModeView(
        row=row,
        steps=tuple(steps),
        roles=tuple(reversed(keeping.standing(ModeRole, who, known_on=known_on, mode=row))),
        lines=tuple(keeping.rows(LogLine, who, known_on=known_on, mode=row)),
        actions=found,
        tracks=_tracks(found, keeping.standing(EmptyTrack, who, known_on=known_on, mode=row)),
        hand_over=over[0] if over else None,
        subject=subject,
        thing=thing,
        campaigns=_campaigns(row.origin, thing, who, known_on),
        scope=risk.scope_of(row.origin, who, known_on=known_on),
        intact=logging_lines.intact(row),
    )


def _action(row: ModeAction, known_on: int | None) -> ActionView:
    steps = row.steps.order_by("number").select_related("marking")
    return ActionView(row, tuple(step for step in steps if known_on is None or step.kept_at <= known_on))


def _tracks(found: Sequence[ActionView], reasons: Sequence[EmptyTrack]) -> tuple[TrackView, ...]:
    why: Mapping[str, EmptyTrack] = {one.track: one for one in reversed(reasons)}
    return tuple(
        TrackView(
            entry.key,
            tuple(one for one in found if one.row.track in actions.tracks_of(entry.key) and one.state != "withdrawn"),
            why.get(entry.key),
        )
        for entry in catalogue("response_tracks").entries
    )


def _subject(origin: str, who: Reader, known_on: int | None) -> tuple[Subject | None, ThingView | None]:
    try:
        subject = risk.scope_subject(origin, who, known_on=known_on)
    except NotFoundError:
        return None, None
    if subject.kind != "incident":
        return subject, None
    return subject, picture.thing(origin, who.ceiling, known_on=known_on)


def _campaigns(origin: str, thing: ThingView | None, who: Reader, known_on: int | None) -> tuple[CampaignRow, ...]:
    rows = campaigns.overview(who, known_on=known_on)
    if thing is None:
        return tuple(row for row in rows if row.uuid == origin)
    return tuple(row for row in rows if set(row.things) & set(thing.members))
