"""Two people decide about one package at the same moment, each in a process of his own, on a real database file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[3]
_START = """
import os, sys
from datetime import timedelta
from pathlib import Path
import django
django.setup()
from tests.rooms.response.conftest import ADVICE, NOW, YES, Room, ingested, one_row, prepare, register
from verband.language.errors import VerbandError
from verband.rooms.people import services as people
from verband.rooms.response import services as response
"""
_PREPARE = """
made = register()
room = Room(ingested(one_row("CYB-001"), Path(sys.argv[1])), made)
package = prepare(room).political
room.move(package, "advise", "bo", ADVICE)
print(package.key)
"""
_DECIDE = """
who = people.reader(people.person(sys.argv[2]))
print("ready", flush=True)
sys.stdin.readline()
try:
    print(response.move(sys.argv[1], "decide", YES, who=who, now=NOW).state)
except VerbandError as error:
    print(error.code, error.params.get("state"))
"""


def run(environment: dict[str, str], script: str, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _START + script, *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@contextmanager
def database(folder: Path) -> Iterator[str]:
    """A database that is no other test's: a file, or one more in the PostgreSQL server of the run."""
    server = os.environ.get("VERBAND_DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield f"sqlite:///{folder}/verband.sqlite3"
        return
    import psycopg

    name = "race"
    with psycopg.connect(server, autocommit=True) as link:
        link.execute(f"CREATE DATABASE {name}")
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            link.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.requirement("R030")
def test_of_two_decisions_at_once_the_second_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "race"
    folder.mkdir()
    environment = {
        **os.environ,
        "VERBAND_WORKSPACE": str(folder),
        "DJANGO_SETTINGS_MODULE": "verband.workbench.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }
    with database(folder) as url:
        environment["VERBAND_DATABASE_URL"] = url
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env=environment, cwd=ROOT, check=True, capture_output=True)
        key, problem = run(environment, _PREPARE, str(folder)).communicate()
        assert key.strip(), problem

        deciders = [run(environment, _DECIDE, key.strip(), name) for name in ("min", "both")]
        assert [one.stdout.readline().strip() for one in deciders if one.stdout] == ["ready", "ready"]
        for one in deciders:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        said = sorted(one.communicate()[0].strip() for one in deciders)

    assert said == ["decided_yes", "response.move decided_yes"]
