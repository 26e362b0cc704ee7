"""What is wrong with what a person filled in: one value for the forms of every room."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from verband.language.errors import VerbandError


@dataclasses.dataclass(frozen=True)
class Problem:
    """The form, the field in it that the words stand beside, what to do, the status to answer, and what was posted."""

    form: str
    field: str
    message: str
    hint: str = ""
    status: int = 400
    posted: Mapping[str, Any] = dataclasses.field(default_factory=lambda: MappingProxyType({}))

    @property
    def at(self) -> str:
        """The id of the field that it stands beside."""
        return f"{self.form}-{self.field}"


def problem_of(error: VerbandError, form: str, language: str, *, posted: Mapping[str, Any] | None = None) -> Problem:
    """The problem that an error stands for, at the field that it names, with message and hint as one text."""
    message = f"{error.message(language)} {error.hint(language)}".strip()
    return Problem(form, str(error.params.get("field", "")), message, status=error.status, posted=posted or {})


def rendered(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, problem: Problem | None, status: int
) -> HttpResponse:
    """The page; where the form that was posted is not on it any more, with all that was typed in `typed`.

    That is so where somebody else was first: the step is no longer offered, and its form is gone.
    """
    page = render(request, template, {**context}, status=status)
    if problem is None or f'id="{problem.form}-' in page.content.decode():
        return page
    return render(request, template, {**context, "gone": True, "typed": typed(problem)}, status=status)


def typed(problem: Problem) -> tuple[str, ...]:
    """The texts that a person typed, without what the form itself named."""
    found = (value for name, value in problem.posted.items() if name not in _NAMED_BY_THE_FORM)
    texts = (text for value in found for text in ([value] if isinstance(value, str) else value))
    return tuple(text.strip() for text in texts if str(text).strip())


_NAMED_BY_THE_FORM = frozenset(
    {"csrfmiddlewaretoken", "at", "number", "letter", "measure", "commitment", "kind", "marking"}
)
