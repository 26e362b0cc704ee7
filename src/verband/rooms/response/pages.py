"""A page of the room: drawn with the marking of all that is on it, and logged as read where something is marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

from verband.language.markings import Marking, highest
from verband.rooms.asking import reader_of
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem, rendered


@dataclass(frozen=True)
class Pages:
    """The pages of one part of the room: the folder of their templates, how the log names them, what each is given.

    `unmarked` is the marking of a page on which nothing is marked; None where such a page shows no marking.
    """

    folder: str
    read_as: str
    always: Mapping[str, Any] = field(default_factory=dict)
    unmarked: Marking | None = field(default_factory=lambda: highest(()))

    def show(
        self,
        request: HttpRequest,
        name: str,
        shown: Mapping[str, Any],
        marked: Iterable[Marking],
        *,
        problem: Problem | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page of that name."""
        marks = list(marked)
        picture.note_reading(reader_of(request), f"{self.read_as} {name}", marks)
        marking = highest(marks) if marks else self.unmarked
        context = {**self.always, "problem": problem, "marking_of_all": marking, **shown}
        return rendered(request, f"{self.folder}/{name}.html", context, problem=problem, status=status)
