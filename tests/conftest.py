"""What every test may use: the data folder beside the project, and a workspace's folders of its own."""

from __future__ import annotations

import gc
import os
import shutil
from pathlib import Path

import hypothesis
import pytest
from pytest_django import Settings

from verband.methods.engine import spark_is_here

# No test is timed: speed belongs in benchmarks.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

# As the command line does: tests make rows and pages, not cycles.
gc.set_threshold(100_000, 20, 20)

ROOT = Path(__file__).resolve().parent.parent
SHARED_DATA = Path(os.environ.get("VERBAND_SHARED_DATA") or ROOT / "../shared/data")
_REQUIRED = os.environ.get("VERBAND_REQUIRE", "").split()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = pytest.mark.skip(reason="the public data folder is not beside the project (VERBAND_SHARED_DATA)")
    no_browser = pytest.mark.skip(reason="Chromium is not installed")
    no_spark = pytest.mark.skip(reason="Java or PySpark is not installed")
    for item in items:
        if item.get_closest_marker("spark") and not spark_is_here():
            if "java" in _REQUIRED:
                raise pytest.UsageError("VERBAND_REQUIRE asks for Java, and it or PySpark is not installed")
            item.add_marker(no_spark)
        if item.get_closest_marker("shared_data") and not SHARED_DATA.is_dir():
            item.add_marker(absent)
        if item.get_closest_marker("browser") and not chromium():
            if "chromium" in _REQUIRED:
                raise pytest.UsageError("VERBAND_REQUIRE asks for Chromium, and it is not installed")
            item.add_marker(no_browser)


def chromium() -> str | None:
    """Where Chromium is, None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture
def shared_data() -> Path:
    return SHARED_DATA


@pytest.fixture(autouse=True)
def workspace_folders(settings: Settings, tmp_path: Path) -> Path:
    """The folders of a workspace for this test alone; nothing is written beside the project."""
    folder = tmp_path / "workspace"
    for name in ("documents", "rejects", "reports", "uploads"):
        (folder / name).mkdir(parents=True)
    settings.VERBAND_WORKSPACE = folder
    settings.VERBAND_DOCUMENTS = folder / "documents"
    settings.VERBAND_REJECTS = folder / "rejects"
    return folder
