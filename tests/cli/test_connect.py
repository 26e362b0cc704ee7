"""`verband connect`: what it takes and what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import call


@pytest.mark.requirement("P1")
@pytest.mark.parametrize("name", ["actor", "narrative", "mens"])
def test_a_feature_that_is_never_read_is_refused_with_what_is_read(name: str, tmp_path: Path) -> None:
    call("init", "--workspace", str(tmp_path))

    told = call("connect", "--workspace", str(tmp_path), "--features", f"country,{name}")

    assert told.returncode == 2
    assert f"'{name}' is not a feature that connecting reads" in told.stderr
    assert "means" in told.stderr


def test_an_empty_workspace_connects_to_nothing_and_says_so(tmp_path: Path) -> None:
    call("init", "--workspace", str(tmp_path))

    told = call("connect", "--workspace", str(tmp_path))

    assert told.returncode == 0, told.stderr
    assert "0 campaigns proposed" in told.stdout
    assert "People chose what is in this collection" in told.stdout
