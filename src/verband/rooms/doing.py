"""What was posted and what it does: an act with its page, and the page again with what is wrong beside the field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise

from verband.language.errors import NotFoundError, VerbandError
from verband.rooms.asking import page_language, reader_of
from verband.rooms.people.services import Reader
from verband.rooms.problems import Problem, problem_of


@dataclass(frozen=True)
class Given:
    """What was posted: the fields, the row's key, what the page is about, the files, who and when."""

    values: Mapping[str, str]
    several: Mapping[str, list[str]]
    who: Reader
    now: datetime
    files: Mapping[str, UploadedFile[Any]]

    @property
    def number(self) -> str:
        """The row that is acted on."""
        return self.values.get("number", "")

    @property
    def at(self) -> str:
        """What the page is about: the key of a case, an intervention or the like."""
        return self.values.get("at", "")

    def text(self, name: str) -> str:
        """One field, empty where it was not posted."""
        return self.values.get(name, "")

    def list(self, name: str) -> list[str]:
        """Every value of one field."""
        return list(self.several.get(name, ()))


@dataclass(frozen=True)
class Act:
    """An act: what it does, the page that it is done on, and what is said when it is done, or made of what came of it.

    Where that is empty, nothing is said.
    """

    run: Callable[[Given], object]
    page: Callable[[HttpRequest, Given, Problem, int], HttpResponse]
    done: str | Promise | Callable[[Any], str]

    def told(self, made: object) -> str:
        """What is said of what came of it."""
        return str(self.done) if isinstance(self.done, str | Promise) else self.done(made)


def do(
    request: HttpRequest,
    name: str,
    acts: Mapping[str, Act],
    back: Callable[[Given, object], HttpResponse],
    *,
    none: str,
    told: Callable[[VerbandError], VerbandError] = lambda error: error,
) -> HttpResponse:
    """Do the act of that name and go `back`, or show its page again with the error beside the field.

    `told`: the error in the words of the room. Raises NotFoundError(none) for an act that there is not,
    RefusedError("people.no_power").
    """
    if name not in acts:
        raise NotFoundError(none)
    found = acts[name]
    several = {field: [str(value) for value in request.POST.getlist(field)] for field in request.POST}
    values = {field: given[-1] for field, given in several.items() if given}
    given = Given(values, several, reader_of(request), timezone.now(), request.FILES)
    try:
        made = found.run(given)
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        number = f"-{given.number}" if given.number else ""
        problem = problem_of(told(error), f"{name}{number}", page_language(), posted=several)
        return found.page(request, given, problem, error.status)
    messages.success(request, found.told(made))
    return back(given, made)
