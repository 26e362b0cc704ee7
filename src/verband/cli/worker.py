"""`verband worker`: does the long jobs that the application hands over."""

from __future__ import annotations

from pathlib import Path

import click

from verband.cli.shell import guarded, open_workspace, workspace_option


@click.command("worker")
@workspace_option
@click.option("--once", is_flag=True, help="Stop when no job waits.")
@guarded
def command(workspace: Path, once: bool) -> None:
    """Do the jobs that wait, one after another, until stopped."""
    open_workspace(workspace, queue=True)
    from django.core.management import call_command

    options = {"batch": True} if once else {}
    call_command("db_worker", interval=1, verbosity=0, **options)
