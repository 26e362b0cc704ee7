"""How everything here is kept: as all that people keep, and the errors of the progress letter."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime

from verband.language.errors import InputError
from verband.rooms.picture.keeping import Codes, day_named, day_of

#: Who writes reports keeps what they are made from.
POWER = "write_report"
#: Most characters of a text and of a title.
TEXT, TITLE = 10_000, 200
ERRORS = Codes(
    none="progress.none",
    withdrawn="progress.withdrawn",
    empty="progress.empty",
    word="progress.word",
    above_ceiling="progress.above_ceiling",
    below_base="progress.below_base",
)


def filled(field: str, text: str, *, most: int = TEXT) -> str:
    """The text without spaces around it. Raises InputError("progress.empty"), ("progress.long")."""
    told = "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc").strip()
    if not told:
        raise InputError("progress.empty", field=field)
    if len(told) > most:
        raise InputError("progress.long", field=field, most=most)
    return told


def among(field: str, word: str, known: Sequence[str]) -> str:
    """The word, which must be one of those. Raises InputError("progress.word")."""
    if word not in known:
        raise InputError("progress.word", field=field, word=word, known=", ".join(known))
    return word


def day(field: str, text: str, *, now: datetime) -> date:
    """The day that an ISO text names, not after today. Raises InputError("progress.day"), ("progress.future")."""
    told = filled(field, text, most=TITLE)
    found = day_named(told)
    if found is None:
        raise InputError("progress.day", field=field, day=told)
    if found > day_of(int(now.timestamp())):
        raise InputError("progress.future", field=field, day=told)
    return found
