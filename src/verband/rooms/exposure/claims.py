"""Civil-military requests: how each stands, and which of them lay claim to one asset in the same days (R024)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby

from verband.language.markings import Marking
from verband.rooms.exposure import keeping, models
from verband.rooms.people.services import Reader

REQUESTED = "requested"
#: A claim that was declined stands in nobody's way.
_DECLINED = "declined"


@dataclass(frozen=True)
class ClaimView:
    """A claim with the answers to it, oldest first. `state` is requested, agreed or declined, by the newest answer."""

    row: models.Claim
    answers: tuple[models.ClaimAnswer, ...]

    @property
    def state(self) -> str:
        """How it stands."""
        return self.answers[-1].answer if self.answers else REQUESTED

    @property
    def markings(self) -> list[Marking]:
        """The markings of all that is shown of it."""
        return [self.row.marking.value(), *(answer.marking.value() for answer in self.answers)]


@dataclass(frozen=True)
class Conflict:
    """Two claims on one asset that were not declined, and the days that both cover, first and last counted."""

    first: ClaimView
    second: ClaimView
    from_day: date
    until_day: date

    @property
    def days(self) -> int:
        """How many days both cover."""
        return (self.until_day - self.from_day).days + 1


def standing(who: Reader, *, known_on: int | None = None) -> list[ClaimView]:
    """The claims that the reader may see and nobody withdrew, by their first day."""
    answers: dict[str, list[models.ClaimAnswer]] = {}
    for answer in keeping.standing(models.ClaimAnswer, who, known_on=known_on):
        answers.setdefault(answer.claim, []).append(answer)
    rows = keeping.standing(models.Claim, who, known_on=known_on)
    found = [ClaimView(row, _answers(row, answers.get(row.key, ()))) for row in rows]
    return sorted(found, key=lambda view: (view.row.from_day, view.row.pk))


def _answers(row: models.Claim, answers: Sequence[models.ClaimAnswer]) -> tuple[models.ClaimAnswer, ...]:
    """Its answers, oldest first; one to an earlier claim of the same key is none to this."""
    own = [answer for answer in answers if answer.kept_at >= row.kept_at]
    return tuple(sorted(own, key=lambda answer: (answer.answered_on, answer.pk)))


def conflicts(claims: Sequence[ClaimView]) -> list[Conflict]:
    """Each pair of claims on one asset that share a day and of which none was declined, by the first day shared.

    Nothing says which of the two goes first: people agree on that.
    """
    open_ones = [view for view in claims if view.state != _DECLINED]
    by_asset = groupby(sorted(open_ones, key=lambda view: view.row.asset), key=lambda view: view.row.asset)
    found = [
        Conflict(one, other, max(one.row.from_day, other.row.from_day), min(one.row.until_day, other.row.until_day))
        for _, group in by_asset
        for one, other in combinations(list(group), 2)
        if one.row.from_day <= other.row.until_day and other.row.from_day <= one.row.until_day
    ]
    return sorted(found, key=lambda conflict: (conflict.from_day, conflict.first.row.pk, conflict.second.row.pk))
