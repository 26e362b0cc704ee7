"""`verband assess`: the triangle and the scenarios on the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import call


def test_an_empty_workspace_says_what_to_do_and_claims_nothing(workspace: Path) -> None:
    said = call("assess", "--workspace", str(workspace))
    told = json.loads(call("assess", "--workspace", str(workspace), "--json").stdout)

    assert said.returncode == 0
    assert "No scenario has been described yet" in said.stdout
    assert next(row["key"] for row in told["interests"]) == "territorial_security"
    assert len(told["themes"]) == 11
    assert {row["resilience"] for row in told["interests"]} == {"unknown"}
    assert told["scenarios"] == []


def test_a_theme_that_does_not_exist_is_refused_with_the_nearest(workspace: Path) -> None:
    done = call("assess", "--theme", "digital_threat", "--workspace", str(workspace))

    assert done.returncode == 2
    assert "digital_threats" in done.stderr
