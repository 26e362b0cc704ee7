"""What is wrong with what a person filled in: one value for the forms of every room."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

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
