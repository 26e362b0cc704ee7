"""What was coded of the responses that public incidents state, in the shape that the room of response takes."""

from __future__ import annotations

from collections.abc import Iterator

from verband.demo.responses import coded
from verband.demo.tables import load
from verband.rooms.response.services import CodedRow

#: The key of the source that the public incidents come from, and where the rules of the coding stand.
COLLECTION = "public-incidents"
CODE_BOOK = "response_codes.csv; code book: docs/concepts/response-rates.md; one coder, checked by no person"


def coded_incidents() -> Iterator[CodedRow]:
    """The incidents that count as cases: no row that is itself a response, none that is marked as no act of a state.

    An incident with no stated response is one too. Rows of one event are one case where people held them to be one.
    """
    codes = coded()
    phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for part in load("response_codes"):
        phrases.setdefault(part.id, []).append((part.phrase, tuple(part.instruments)))
    for row in load("public_incidents"):
        if row.event_type == "response" or row.decoy:
            continue
        yield CodedRow(
            collection=COLLECTION,
            record=row.id,
            stated=bool(row.response_as_stated),
            instruments=tuple(sorted(codes.get(row.id, ()))),
            phrases=tuple(phrases.get(row.id, ())),
            source=CODE_BOOK,
            marking=row.marking,
        )
