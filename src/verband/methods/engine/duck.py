"""DuckDB in this process."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .dialect import Question, written
from .stored import Stored

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

THREADS = 1
"""One thread adds floats in one order: two runs give the same bits."""
MEMORY_MIB = 1536


class DuckDB:
    """DuckDB in memory, a connection for each answer. It reads Arrow tables where they lie, and of files only those
    that are `Stored` relations of the question; no other file, no network. What does not fit in its memory it lays
    in a folder of its own under the system's temporary one, which is gone after the answer.
    """

    name = "duckdb"

    def __init__(self, *, threads: int = THREADS, memory_mib: int = MEMORY_MIB) -> None:
        self._settings: dict[str, str | bool | int | float | list[str]] = {
            "threads": threads,
            "memory_limit": f"{memory_mib}MiB",
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        }

    def answer(
        self, question: Question, *, relations: Mapping[str, Any], parameters: Mapping[str, float | int] | None = None
    ) -> Any:
        """See Engine.answer."""
        import duckdb

        text = written(question, dialect="duckdb", parameters=parameters or {})
        files = {name: list(table.paths) for name, table in relations.items() if isinstance(table, Stored)}
        with (
            tempfile.TemporaryDirectory(prefix="verband-") as spill,
            duckdb.connect(":memory:", config={**self._settings, "temp_directory": spill}) as connection,
        ):
            _closed(connection, [path for paths in files.values() for path in paths])
            for name, table in relations.items():
                if name in files:
                    connection.read_parquet(files[name]).create_view(name)
                else:
                    connection.register(name, table)
            return connection.sql(text).to_arrow_table()


def _closed(connection: DuckDBPyConnection, paths: Sequence[str]) -> None:
    """From here on the connection opens these files and no others; that cannot be undone."""
    quoted = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
    connection.execute(f"set allowed_paths = [{quoted}]")
    connection.execute("set enable_external_access = false")
