"""What every engine does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from .dialect import Question


class Engine(Protocol):
    """Answers questions over named relations: Arrow tables, or rows in Parquet files (`Stored`)."""

    @property
    def name(self) -> str:
        """The engine's name, one of ENGINES."""
        ...

    def answer(
        self, question: Question, *, relations: Mapping[str, Any], parameters: Mapping[str, float | int] | None = None
    ) -> Any:
        """The answer as an Arrow table, in the order that the question asks for.

        `relations`: Arrow tables or `Stored` by the name that the question uses; nothing in them is changed. The same
        question, relations and parameters give the same rows on every engine, figures to 1e-9.
        Raises ValueError for a parameter that is missing, and for a function that is not in CONFORMANCE.
        """
        ...
