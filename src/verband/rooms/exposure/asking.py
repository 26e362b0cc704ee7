"""What a request asks in this room: hours, numbers, the moment; and the page that answers, its reading in the log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from verband.language.errors import InputError
from verband.language.markings import Marking, highest
from verband.rooms.asking import reader_of
from verband.rooms.exposure import words
from verband.rooms.picture import services as picture

#: A year: further ahead no buffer says anything.
_LONGEST_H = 8_760
HORIZON_H = 72.0
_HIGHEST = 1e6


def now() -> datetime:
    """The moment of asking."""
    return timezone.now()


def hours(text: str, *, field: str = "hours", otherwise: float = HORIZON_H) -> float:
    """Hours above 0 and up to a year. Raises InputError("exposure.number", field=...)."""
    if not text.strip():
        return otherwise
    try:
        value = float(text.replace(",", "."))
    except ValueError as error:
        raise InputError("exposure.number", field=field, value=text) from error
    if not 0 < value <= _LONGEST_H:
        raise InputError("exposure.hours", field=field, value=text, most=_LONGEST_H)
    return value


def positive(text: str, *, field: str) -> float:
    """A number above 0 and at most a million. Raises InputError("exposure.number") and ("exposure.below_zero")."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError as error:
        raise InputError("exposure.number", field=field, value=text) from error
    if not value > 0:
        raise InputError("exposure.below_zero", field=field, value=text)
    if value > _HIGHEST:
        raise InputError("exposure.number", field=field, value=text)
    return value


def page(
    request: HttpRequest, name: str, shown: Mapping[str, Any], markings: Sequence[Marking], *, status: int = 200
) -> HttpResponse:
    """The page of that name; what is marked on it is logged as read."""
    picture.note_reading(reader_of(request), f"exposure {name}", list(markings))
    every = {**shown, "tab": name, "marking": highest(list(markings)), "registers": words.titles()}
    return render(request, f"exposure/{name}.html", every, status=status)
