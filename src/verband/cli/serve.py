"""`verband serve`: open the application on this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import click

from verband.cli.shell import guarded, interface_language, open_workspace, say, workspace_option
from verband.language.errors import StateError

_RESTARTS = 3
_SAID = {
    "again": {
        "en": "The worker for long jobs stopped (code {code}) and was started again.",
        "nl": "De werker voor lange taken is gestopt (code {code}) en opnieuw gestart.",
    },
    "given up": {
        "en": "The worker for long jobs keeps stopping (code {code}): uploads wait. Start one to see why: "
        "verband worker --workspace {folder}",
        "nl": "De werker voor lange taken stopt steeds (code {code}): uploads wachten. Start er een om te zien waarom: "
        "verband worker --workspace {folder}",
    },
}


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
    _check_port(port)
    from django.conf import settings

    from verband.rooms.people import services as people

    accounts = list(people.persons()) if settings.VERBAND_DEMO else [people.person("admin")]
    say(f"Verband on http://127.0.0.1:{port}/ - each link signs one person in once, within ten minutes:")
    for person in accounts:
        token = people.make_link(person, actor=people.COMMAND_LINE)
        click.echo(f"  {person.username:<14} {person.role:<14} http://127.0.0.1:{port}/account/link/{token}/")
    sys.stdout.flush()
    worker = None if no_worker else _Worker(folder)
    try:
        _serve(port)
    finally:
        if worker is not None:
            worker.stop()


def _check_port(port: int) -> None:
    """Raise StateError("serve.port") before a link is printed that opens nothing."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise StateError("serve.port", port=port, reason=error.strerror or str(error)) from error


class _Worker:
    """The process that does long jobs; one that dies is started again a few times, and each time that is said."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stopping = threading.Event()
        self._process = self._start()
        self._watch = threading.Thread(target=self._look_after, daemon=True)
        self._watch.start()

    def stop(self) -> None:
        """End the process; one that does not listen is killed, its job is taken up at the next start."""
        self._stopping.set()
        self._process.terminate()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._watch.join(timeout=5)

    def _start(self) -> subprocess.Popen[bytes]:
        environment = os.environ | {"VERBAND_WORKSPACE": str(self._folder)}
        command = [sys.executable, "-m", "verband", "worker", "--workspace", str(self._folder)]
        return subprocess.Popen(command, env=environment)

    def _look_after(self) -> None:
        for left in range(_RESTARTS, -1, -1):
            code = self._process.wait()
            if self._stopping.is_set():
                return
            said = _SAID["again" if left else "given up"][interface_language()]
            say(said.format(code=code, folder=self._folder))
            if left:
                self._process = self._start()


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
