"""The front door of measures: what is done and promised, which interest it serves, what people keep about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verband.language.errors import NotFoundError
from verband.rooms.measures import autonomy, reading, stated
from verband.rooms.measures.importing import read_rows
from verband.rooms.measures.kinds import Kind, kinds
from verband.rooms.measures.loading import CommitmentRow, Loaded, load, measure_key
from verband.rooms.measures.reading import Choices, Citation, CommitmentView, Coverage, Filter, MeasureView
from verband.rooms.measures.register import standing
from verband.rooms.measures.register.against import Against, lineage
from verband.rooms.measures.register.standing import Known
from verband.rooms.people.services import Reader

__all__ = [
    "Against",
    "AutonomyBoard",
    "AutonomyTag",
    "Choices",
    "Citation",
    "CommitmentRow",
    "CommitmentView",
    "Coverage",
    "Filter",
    "Kind",
    "Known",
    "Loaded",
    "MeasureView",
    "autonomy_board",
    "choices",
    "commitment",
    "commitments",
    "coverage",
    "exported",
    "kinds",
    "lineage",
    "load",
    "measure",
    "measure_key",
    "measures",
    "read_rows",
    "register",
    "shown_as_stated",
    "stated_html",
]

measures = reading.measures
autonomy_board = autonomy.board
AutonomyBoard = autonomy.Board
AutonomyTag = autonomy.Tag
commitments = reading.commitments
choices = reading.choices
exported = reading.exported
register = standing.register
shown_as_stated = stated.stated
stated_html = stated.html


def measure(key: str, who: Reader, *, known_on: int | None = None) -> MeasureView:
    """One measure. Raises NotFoundError("measures.unknown") alike where there is none and where it may not be seen."""
    found = next((view for view in measures(who, known_on=known_on) if view.key == key), None)
    if found is None:
        raise NotFoundError("measures.unknown", key=key)
    return found


def commitment(key: str, who: Reader, *, known_on: int | None = None) -> CommitmentView:
    """One commitment. Raises NotFoundError("measures.unknown") as `measure` does."""
    found = next((view for view in commitments(who, known_on=known_on) if view.key == key), None)
    if found is None:
        raise NotFoundError("measures.unknown", key=key)
    return found


def coverage(who: Reader, *, known_on: int | None = None) -> Mapping[tuple[str, str], Sequence[MeasureView]]:
    """For each (interest, theme) the measures that serve it and that the reader may see, by key."""
    found: dict[tuple[str, str], list[MeasureView]] = {}
    for view in measures(who, known_on=known_on):
        for item in view.coverage:
            found.setdefault((item.interest, item.theme), []).append(view)
    return found
