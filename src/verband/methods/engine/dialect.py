"""Questions: named .sql files in DuckDB's dialect, held to the functions that every engine computes alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from math import isfinite
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sqlglot import exp

CONFORMANCE: Final = (
    "abs", "and", "avg", "case", "cast", "coalesce", "count", "exp", "floor", "greatest", "if", "least", "ln",
    "max", "min", "or", "power", "sqrt", "sum",
)  # fmt: skip
"""Functions on whose answer DuckDB and Spark agree, as sqlglot names them. `floor` gives a double in the one and a
whole number in the other: cast it. Logarithms of base ten are taken as ln(x) / ln(10).
"""


@dataclass(frozen=True)
class Question:
    """A .sql file in a package: `Question("verband.methods.connecting", "links")` is links.sql there."""

    package: str
    name: str

    def text(self) -> str:
        """The file as it stands. Raises FileNotFoundError where there is none."""
        return resources.files(self.package).joinpath(f"{self.name}.sql").read_text(encoding="utf-8")


def written(question: Question, *, dialect: str, parameters: Mapping[str, float | int]) -> str:
    """The question in that dialect with its parameters filled in.

    Raises ValueError for a function outside CONFORMANCE, a parameter that is missing, and one that is no finite number.
    """
    return translated(question.text(), dialect=dialect, parameters=parameters)


def translated(text: str, *, dialect: str, parameters: Mapping[str, float | int]) -> str:
    """As `written`, for the text of a question."""
    return _filled(text, parameters).sql(dialect=dialect)


def _filled(text: str, parameters: Mapping[str, float | int]) -> exp.Expression:
    from sqlglot import exp

    def value(node: exp.Expression) -> exp.Expression:
        if not isinstance(node, exp.Placeholder):
            return node
        if node.name not in parameters:
            raise ValueError(f"the question needs a parameter {node.name}")
        return _literal(node.name, parameters[node.name])

    return _checked(text).transform(value)


@cache
def _checked(text: str) -> exp.Query:
    """The parsed question. Raises ValueError for more than one statement, or a function outside CONFORMANCE."""
    import sqlglot  # a tenth of a second that only a question needs
    from sqlglot import exp

    found = sqlglot.parse(text, dialect="duckdb")
    query = found[0]
    if len(found) != 1 or not isinstance(query, exp.Select | exp.SetOperation):
        raise ValueError("a question is one query")
    for node in query.find_all(exp.Func):
        name = (node.name if isinstance(node, exp.Anonymous) else node.sql_name()).lower()
        if name not in CONFORMANCE:
            raise ValueError(f"the function {name} is not on the conformance list")
    return query


def _literal(name: str, value: float | int) -> exp.Expression:
    from sqlglot import exp

    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"the parameter {name} must be a finite number")
    if isinstance(value, int):
        return exp.cast(exp.Literal.number(value), "bigint")
    return exp.cast(exp.Literal.string(repr(value)), "double")
