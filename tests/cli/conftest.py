"""The command as a person calls it: in a process of its own, on a workspace of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Call = Callable[..., subprocess.CompletedProcess[str]]


def environment(**extra: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("VERBAND_", "DJANGO_"))}
    return kept | {"LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "1768046400"} | extra


def call(*arguments: str, cwd: Path | None = None, **extra: str) -> subprocess.CompletedProcess[str]:
    """`verband ARGUMENTS` to its end."""
    command = [sys.executable, "-W", "error", "-m", "verband", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env=environment(**extra), cwd=cwd, check=False, timeout=120
    )


@pytest.fixture(scope="session")
def _made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "workspace"
    done = call("init", "--workspace", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def workspace(_made: Path, tmp_path: Path) -> Path:
    """A new workspace, just made by `verband init`."""
    return Path(shutil.copytree(_made, tmp_path / "ws"))
