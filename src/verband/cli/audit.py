"""`verband audit`: the tamper-evident log."""

from __future__ import annotations

from pathlib import Path

import click

from verband.cli.shell import guarded, json_option, open_workspace, print_json, say, workspace_option


@click.group("audit")
def command() -> None:
    """Check or read the tamper-evident log."""


@command.command("verify")
@workspace_option
@json_option
@guarded
def verify(workspace: Path, as_json: bool) -> None:
    """Recompute every digest; exit 1 and name the entry where the chain breaks."""
    open_workspace(workspace)
    from verband.rooms.audit import services

    verdict = services.verify()
    if as_json:
        print_json(
            {
                "intact": verdict.intact,
                "entries": verdict.entries,
                "broken_at": verdict.broken_at,
                "reason": verdict.reason,
            }
        )
    elif verdict.intact:
        say(f"The log is intact: {verdict.entries} entries.")
    else:
        say(f"The log is broken at entry {verdict.broken_at} ({verdict.reason}). Compare it with a backup.")
    if not verdict.intact:
        raise click.exceptions.Exit(1)


@command.command("log")
@workspace_option
@json_option
@click.option("--action", default="", help="Only entries of this action.")
@click.option("--newest", type=click.IntRange(1), default=50, show_default=True, help="How many.")
@guarded
def log(workspace: Path, as_json: bool, action: str, newest: int) -> None:
    """The newest entries, newest first."""
    open_workspace(workspace)
    from verband.rooms.audit import services

    found = list(services.entries(action=action, newest=newest))
    if as_json:
        fields = ("number", "actor", "action", "object", "detail", "previous", "digest")
        print_json([{name: getattr(entry, name) for name in fields} for entry in found])
        return
    for entry in found:
        click.echo(
            f"{entry.number:>6}  {entry.at:%Y-%m-%d %H:%M:%S} UTC  {entry.actor}  {entry.action}  {entry.object}"
        )
