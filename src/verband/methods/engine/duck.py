"""DuckDB in this process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .dialect import Question, written

THREADS = 1
"""One thread adds floats in one order: two runs give the same bits."""
MEMORY_MIB = 1536


class DuckDB:
    """DuckDB in memory, a connection for each answer. It reads Arrow tables where they lie; no file, no network."""

    name = "duckdb"

    def __init__(self, *, threads: int = THREADS, memory_mib: int = MEMORY_MIB) -> None:
        self._settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": threads,
            "memory_limit": f"{memory_mib}MiB",
            "enable_external_access": False,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }

    def answer(
        self, question: Question, *, relations: Mapping[str, Any], parameters: Mapping[str, float | int] | None = None
    ) -> Any:
        """See Engine.answer."""
        import duckdb

        text = written(question, dialect="duckdb", parameters=parameters or {})
        with duckdb.connect(":memory:", config=self._settings) as connection:
            for name, table in relations.items():
                connection.register(name, table)
            return connection.sql(text).to_arrow_table()
