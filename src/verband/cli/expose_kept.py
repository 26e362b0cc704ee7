"""What `--keep` asks of `verband expose`: the workspace, and what is said of what is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from verband.cli.shell import interface_language, now, open_workspace, say, workspace_option
from verband.rooms.reports.words import Words

if TYPE_CHECKING:
    from verband.rooms.exposure.dependence.editions import Said
    from verband.rooms.people.services import Reader

_Command = TypeVar("_Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class Kept:
    """Where it is kept, and its source and marking."""

    source: str
    tlp: str
    now: datetime

    def said(self) -> Said:
        """Source and marking as the room takes them."""
        from verband.rooms.exposure.dependence.editions import Said

        return Said(self.source, self.tlp)

    def who(self) -> Reader:
        """Whoever holds the workspace."""
        from verband.rooms.people import services as people

        return people.operator()

    def tell(self, many: int, what: str) -> None:
        """Say on stderr what was kept."""
        say(Words(interface_language())("expose.kept", n=many, what=what))


def keep_options(command: _Command) -> _Command:
    """The options that keep what was computed in a workspace."""
    for option in (
        workspace_option,
        click.option(
            "--tlp",
            type=click.Choice(["CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"]),
            default="AMBER",
            show_default=True,
            help="With --keep: the marking of what is kept.",
        ),
        click.option("--source", default="", help="With --keep: where the file is from."),
        click.option("--keep", "keep", is_flag=True, help="Keep what was computed in the workspace, by year."),
    ):
        command = option(command)
    return command


def kept_in(workspace: Path, *, keep: bool, source: str, tlp: str) -> Kept | None:
    """What is asked, with the workspace open; None where nothing is kept. Raises as `open_workspace`."""
    if not keep:
        return None
    open_workspace(workspace)
    return Kept(source, tlp, now())
