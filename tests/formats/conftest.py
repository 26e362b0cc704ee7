"""Small files for the formats, and the folder with public data where there is one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from verband.language.records import Reading, Record, Reject


@pytest.fixture
def shared() -> Path:
    root = Path(__file__).resolve().parents[2]
    folder = Path(os.environ.get("VERBAND_SHARED_DATA") or root / "../shared/data")
    if not folder.is_dir():
        pytest.skip(f"no public data in {folder}; set VERBAND_SHARED_DATA")
    return folder


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "file.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def split() -> Callable[[Reading], tuple[list[Record], list[Reject]]]:
    def split(reading: Reading) -> tuple[list[Record], list[Reject]]:
        read = list(reading)
        return [item for item in read if isinstance(item, Record)], [item for item in read if isinstance(item, Reject)]

    return split
