"""`verband user`: the command that comes next is one that can be pasted."""

from __future__ import annotations

import os
import shlex
import shutil
from pathlib import Path

from tests.cli.conftest import call


def test_the_command_for_a_link_names_the_workspace_that_was_given(workspace: Path) -> None:
    place = workspace.with_name("a work space")
    shutil.move(workspace, place)

    made = call("user", "add", "petra", "--role", "analyst", "--workspace", str(place))
    command = made.stderr.splitlines()[-1].removeprefix("A link to sign in: verband ")
    link = call(*shlex.split(command))

    assert shlex.split(command)[-2:] == ["--workspace", str(place)]
    assert link.returncode == 0, link.stderr
    assert "/account/link/" in link.stdout


def test_the_command_for_a_link_is_short_where_no_workspace_was_given(workspace: Path) -> None:
    made = call("user", "add", "petra", "--role", "analyst", VERBAND_WORKSPACE=os.fspath(workspace))

    assert "A link to sign in: verband user link petra\n" in made.stderr
