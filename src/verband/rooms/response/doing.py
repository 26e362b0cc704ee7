"""An act of response: done as `rooms.doing` does it, its errors told in the words of this room."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse

from verband.rooms import doing
from verband.rooms.doing import Act, Given
from verband.rooms.response.telling import told


def do(
    request: HttpRequest, name: str, acts: Mapping[str, Act], back: Callable[[Given, object], HttpResponse]
) -> HttpResponse:
    """Do it, or show its page again. Raises what `doing.do` raises, NotFoundError("response.none") for no such act."""
    return doing.do(request, name, acts, back, none="response.none", told=told)
