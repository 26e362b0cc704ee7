"""Runs the named .sql files of the methods: DuckDB by default, Spark where one machine is too small."""

from .dialect import CONFORMANCE, Question
from .duck import DuckDB
from .protocol import Engine
from .spark import Spark, spark_is_here
from .stored import Stored, keep, stored

ENGINES = ("duckdb", "spark")

__all__ = [
    "CONFORMANCE",
    "ENGINES",
    "DuckDB",
    "Engine",
    "Question",
    "Spark",
    "Stored",
    "engine",
    "keep",
    "spark_is_here",
    "stored",
]


def engine(name: str) -> Engine:
    """The engine of that name, one of ENGINES, with its usual settings; nothing is started before the first question.

    Raises InputError("engine.unknown"), or InputError("engine.no_spark") where Java or PySpark is absent.
    """
    if name == "duckdb":
        return DuckDB()
    if name == "spark":
        return Spark()
    from verband.language.errors import InputError

    raise InputError("engine.unknown", name=name, known=", ".join(ENGINES))
