"""`verband serve`: open the application on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click

from verband.cli.shell import guarded, open_workspace, say, workspace_option


@click.command("serve")
@workspace_option
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="On this machine alone.")
@click.option("--no-worker", is_flag=True, help="Start no worker for long jobs.")
@guarded
def command(workspace: Path, port: int, no_worker: bool) -> None:
    """Serve the application on 127.0.0.1 and print a one-time link that signs you in.

    A demo workspace prints one link for each account. Stop with Ctrl-C.
    """
    folder = open_workspace(workspace, queue=True)
    from django.conf import settings

    from verband.rooms.people import services as people

    accounts = list(people.persons()) if settings.VERBAND_DEMO else [people.person("admin")]
    say(f"Verband on http://127.0.0.1:{port}/ - each link signs one person in once, within ten minutes:")
    for person in accounts:
        token = people.make_link(person, actor=people.COMMAND_LINE)
        click.echo(f"  {person.username:<14} {person.role:<14} http://127.0.0.1:{port}/account/link/{token}/")
    sys.stdout.flush()
    environment = os.environ | {"VERBAND_WORKSPACE": str(folder)}
    worker = None
    if not no_worker:
        worker = subprocess.Popen(
            [sys.executable, "-m", "verband", "worker", "--workspace", str(folder)], env=environment
        )
    try:
        _serve(port)
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=20)


def _serve(port: int) -> None:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "verband.workbench.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        log_access=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=5,
    ).serve()
