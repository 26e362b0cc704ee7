"""Resilience for each interest and party type: the levels that people judged, the age of the evidence, or "unknown".

There is no number: levels are words, and the weakest stands for the whole. Without evidence that holds on the day that
is asked for, resilience is unknown (R015).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from verband.language.catalogues import catalogue
from verband.language.markings import Marking, highest
from verband.rooms.people.services import Reader
from verband.rooms.risk import judging
from verband.rooms.risk.judging import JudgementView
from verband.rooms.risk.watch import keeping

UNKNOWN = "unknown"


@dataclass(frozen=True)
class Profile:
    """One interest and party type on one day.

    `level` is the weakest of those that hold, or UNKNOWN; `because` then says why: `nobody`, `expired` or `no_level`.
    `held` are the judgements that hold, by theme; `expired` those whose evidence has ended.
    """

    interest: str
    party: str
    day: date
    level: str
    because: str
    held: tuple[JudgementView, ...]
    expired: tuple[JudgementView, ...]

    @property
    def observed_on(self) -> date | None:
        """When the newest evidence that holds was observed."""
        seen = [item.observed_on for view in self.held for item in view.holding(self.day)]
        return max(seen, default=None)

    @property
    def age_days(self) -> int | None:
        """How old that evidence is, in days."""
        return (self.day - self.observed_on).days if self.observed_on else None

    @property
    def expires_on(self) -> date | None:
        """When the first of the judgements that hold ends; None where none has an end."""
        return min((end for view in self.held if (end := view.expires_on)), default=None)

    @property
    def expired_on(self) -> date | None:
        """When the last judgement that was there ended."""
        return max((end for view in self.expired if (end := view.expires_on)), default=None)

    @property
    def marking(self) -> Marking:
        """The highest marking of what it rests on."""
        return highest(view.marking for view in (*self.held, *self.expired))


def profiles(who: Reader, *, now: datetime, known_on: int | None = None) -> tuple[Profile, ...]:
    """Every interest and party type in the order of the catalogues, as this reader may see them.

    Judgements from before party types were asked stand under `not_stated`, which is left out where it is empty.
    """
    day = keeping.today(now, known_on)
    judged = judging.current(who, known_on=known_on).values()
    found = []
    for entry in catalogue("party_types").entries:
        if entry.fields.get("asked") or any(view.party == entry.key for view in judged):
            for interest in keeping.keys("interests"):
                mine = [view for view in judged if (view.interest, view.party) == (interest, entry.key)]
                found.append(profile(interest, entry.key, mine, day=day))
    order = catalogue("interests").keys()
    return tuple(sorted(found, key=lambda one: order.index(one.interest)))


def profile(interest: str, party: str, judged: list[JudgementView], *, day: date) -> Profile:
    """What those judgements say on that day; each is the newest of its theme."""
    order = catalogue("themes").keys()
    held = sorted((view for view in judged if view.holding(day)), key=lambda view: order.index(view.theme))
    expired = [view for view in judged if not view.holding(day)]
    levels = [view.level for view in held if view.level]
    ranks = catalogue("resilience_levels").keys()
    level = min(levels, key=ranks.index, default=UNKNOWN)
    because = "" if levels else "no_level" if held else "expired" if expired else "nobody"
    return Profile(interest, party, day, level, because, tuple(held), tuple(expired))
