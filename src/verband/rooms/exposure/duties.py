"""Duties as dated facts: what is due when after an incident, and how far each process is with each duty (R063)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from verband.language.errors import InputError
from verband.language.time import months_later
from verband.rooms.exposure import keeping, models
from verband.rooms.people.services import Reader

IN_FORCE = "in_force"


@dataclass(frozen=True)
class Deadline:
    """What a duty to report asks. `due` is None where it is coming, or counts from a notification not yet sent.

    `state`: `due`, `coming`, or `waits` for the moment that it is counted from.
    """

    row: models.Obligation
    state: str
    due: datetime | None


@dataclass(frozen=True)
class DutyView:
    """A duty with the newest standing of each process, in the order in which they were kept."""

    row: models.Obligation
    fulfilments: tuple[models.Fulfilment, ...]

    def count(self, state: str) -> int:
        """How many processes are in that state."""
        return sum(one.state == state for one in self.fulfilments)

    @property
    def coming(self) -> bool:
        """Whether it is anything but in force."""
        return self.row.status != IN_FORCE


def duties(who: Reader, *, known_on: int | None = None) -> list[DutyView]:
    """The duties that the reader may see, those in force first, each with what is known of its fulfilment."""
    processes = {row.key for row in keeping.standing(models.Process, who, known_on=known_on)}
    newest: dict[str, dict[str, models.Fulfilment]] = {}
    rows = [row for row in keeping.standing(models.Fulfilment, who, known_on=known_on) if row.process in processes]
    for row in sorted(rows, key=lambda one: (one.as_of, one.pk)):
        newest.setdefault(row.obligation, {})[row.process] = row
    found = keeping.standing(models.Obligation, who, known_on=known_on)
    views = [DutyView(row, tuple(newest.get(row.key, {}).values()) if row.key else ()) for row in found]
    return sorted(views, key=lambda view: view.coming)


def clock(
    rows: Sequence[models.Obligation], noticed: datetime, *, notified: datetime | None, zone: tzinfo
) -> list[Deadline]:
    """When each duty with a term is due, earliest first, then those that wait, then those that are coming.

    Hours pass as on a clock, weekends and holidays counted; a month ends on the same day of the next one, or on its
    last day, in `zone`. A duty that is not in force gets no deadline. Raises InputError("exposure.notified_first").
    """
    if notified is not None and notified < noticed:
        raise InputError("exposure.notified_first", field="notified")
    found = []
    for row in rows:
        if row.report_within_h is None and row.report_within_months is None:
            continue
        since = notified if row.counted_from == "notification" else noticed
        if row.status != IN_FORCE:
            found.append(Deadline(row, "coming", None))
        elif since is None:
            found.append(Deadline(row, "waits", None))
        else:
            found.append(Deadline(row, "due", due(row, since, zone=zone)))
    order = {"due": 0, "waits": 1, "coming": 2}
    return sorted(found, key=lambda one: (order[one.state], one.due or noticed, one.row.pk))


def due(row: models.Obligation, since: datetime, *, zone: tzinfo) -> datetime | None:
    """Until when must be done what counts from that moment; None where the duty states no term."""
    if row.report_within_h is not None:
        # In UTC: within a zone a sum is one on the wall clock, an hour off where the clock changes.
        return (since.astimezone(UTC) + timedelta(hours=row.report_within_h)).astimezone(zone)
    return None if row.report_within_months is None else months_later(since.astimezone(zone), row.report_within_months)
