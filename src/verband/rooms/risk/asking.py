"""What a request asks: who, in which language, as known on which day."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from verband.rooms.people.services import Reader


def reader_of(request: HttpRequest) -> Reader:
    """Who asks."""
    who: Reader = request.reader  # type: ignore[attr-defined]
    return who


def known_on_of(request: HttpRequest) -> int | None:
    """The moment of which the state is asked, in seconds since 1970; None for now."""
    moment: int | None = request.known_on  # type: ignore[attr-defined]
    return moment


def language_of() -> str:
    """`nl` or `en`."""
    return (get_language() or "nl")[:2]
