"""What every page of watching shares: who asks, for which moment, whether he may write, and how it is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from verband.language.markings import Marking, highest
from verband.rooms.asking import known_on_of, reader_of
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem
from verband.rooms.risk.watch import keeping


def page(
    request: HttpRequest,
    name: str,
    shown: Mapping[str, Any],
    marked: Iterable[Marking],
    *,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of that name in its template, logged as read where something on it is marked."""
    who, _ = asking(request)
    every = list(marked)
    picture.note_reading(who, name.replace("_", " "), every)
    context = {
        **shown,
        "post_to": "risk:watch_act",
        "tab": name,
        "writes": writes(request),
        "problem": problem,
        "marking_of_all": highest(every),
    }
    return render(request, f"risk/watch/{name}.html", context, status=status)


def writes(request: HttpRequest) -> bool:
    """Whether the reader may write here; nobody writes into the past."""
    who, moment = asking(request)
    return who.may(keeping.POWER) and moment["known_on"] is None


def asking(request: HttpRequest) -> tuple[Reader, dict[str, Any]]:
    """Who asks, and the moment that is asked for."""
    who = reader_of(request)
    return who, {"now": timezone.now(), "known_on": known_on_of(request)}
