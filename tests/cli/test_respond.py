"""`verband respond` reads; what is decided is decided by a signed-in person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import call


@pytest.mark.parametrize(("lang", "said"), [("C.UTF-8", "No case has been opened"), ("nl_NL.UTF-8", "nog geen zaak")])
def test_a_workspace_without_a_case_says_who_opens_one(workspace: Path, lang: str, said: str) -> None:
    shown = call("respond", "list", "--workspace", str(workspace), LANG=lang)
    printed = call("respond", "list", "--workspace", str(workspace), "--json")

    assert (shown.returncode, printed.returncode) == (0, 0), shown.stderr
    assert said in shown.stdout
    assert json.loads(printed.stdout) == []


def test_a_key_of_nothing_is_refused_with_where_the_keys_are(workspace: Path) -> None:
    told = call("respond", "show", "no-such-key", "--workspace", str(workspace))

    assert told.returncode == 2
    assert "'no-such-key'" in told.stderr
    assert "verband respond list" in told.stderr


@pytest.mark.requirement("P8")
def test_nothing_is_decided_on_the_command_line() -> None:
    assert "list" in call("respond", "--help").stdout
    for verb in ("decide", "move", "execute", "open"):
        assert call("respond", verb).returncode == 2
