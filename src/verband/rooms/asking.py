"""What a request asks, for the pages of every room: who, as known on which moment, and in which language."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import get_language

from verband.rooms.people.services import Reader


def reader_of(request: HttpRequest) -> Reader:
    """Who reads this page; the gate lets nobody else in."""
    who: Reader = request.reader  # type: ignore[attr-defined]
    return who


def known_on_of(request: HttpRequest) -> int | None:
    """The moment of "as known on", in seconds since 1970; None for now."""
    moment: int | None = request.known_on  # type: ignore[attr-defined]
    return moment


def page_language() -> str:
    """`nl` or `en`."""
    return "nl" if (get_language() or "nl").startswith("nl") else "en"
