"""How a note about the threshold stands: which reviews it needs, which it has, and whether a case may go on (R039)."""

from __future__ import annotations

from dataclasses import dataclass

from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.rooms.response.attributing.models import ThresholdNote, ThresholdReview
from verband.rooms.response.models import Case

AT = "at"
LEGAL, POLITICAL = "legal", "political"
KINDS = (LEGAL, POLITICAL)
AGREES = "agrees"


@dataclass(frozen=True)
class NoteView:
    """A note with its reviews, newest first, and which reviews it waits for."""

    row: ThresholdNote
    reviews: tuple[ThresholdReview, ...]

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The kinds of review that it needs and has not: legal always, political at the level."""
        return tuple(kind for kind in needed(self.row.level) if self.review(kind) is None)

    @property
    def stands(self) -> bool:
        """Whether every review that it needs is there and agrees."""
        found = [self.review(kind) for kind in needed(self.row.level)]
        return all(one is not None and one.outcome == AGREES for one in found)

    def review(self, kind: str) -> ThresholdReview | None:
        """The newest review of that kind."""
        return next((one for one in self.reviews if one.kind == kind), None)

    @property
    def markings(self) -> tuple[Marking, ...]:
        """The markings of the note and its reviews."""
        return tuple(one.marking.value() for one in (self.row, *self.reviews))


def needed(level: str) -> tuple[str, ...]:
    """The reviews that a note of that level needs: a legal one, and at the level a political one too."""
    return KINDS if level == AT else (LEGAL,)


def demand_reviewed(row: Case) -> None:
    """Raise InputError("threshold.waits") while the newest standing note says "at" and its reviews do not carry it.

    It looks at every note and review, whoever may see them.
    """
    newest = row.threshold_notes.filter(withdrawn_at=None).first()
    if newest is None or newest.level != AT:
        return
    reviews = tuple(newest.reviews.filter(withdrawn_at=None))
    if not NoteView(newest, reviews).stands:
        raise InputError("threshold.waits", field="reason")
