"""How large a file, a row and an object may be before it is refused: the bounds that keep memory bounded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds in bytes, but `ratio`, which is how many times larger than the compressed file its content may be.

    The ratio counts only above `free_bytes`: a small file may be as repetitive as it likes. `json_bytes` is for JSON,
    which is read whole; a table is read row by row. `objects`, `rows` and `depth` are numbers.
    """

    file_bytes: int = 2 << 30
    free_bytes: int = 256 << 20
    ratio: int = 200
    row_bytes: int = 1 << 20
    object_bytes: int = 32 << 20
    json_bytes: int = 1 << 30
    objects: int = 1_000_000
    rows: int = 20_000_000
    depth: int = 200


LIMITS = Limits()
