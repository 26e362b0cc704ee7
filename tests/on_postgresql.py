"""Run tests on a throwaway PostgreSQL: `python -m tests.on_postgresql tests/contract`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_USER = "postgres"


def main() -> int:
    """The exit code of pytest; 0 with the reason where PostgreSQL's programs are not installed."""
    programs = find_programs()
    if programs is None:
        if "postgresql" in os.environ.get("VERBAND_REQUIRE", "").split():
            print("VERBAND_REQUIRE asks for PostgreSQL, and its programs are not installed", file=sys.stderr)
            return 1
        print("Not run on PostgreSQL: its programs (initdb, pg_ctl) are not installed.")
        return 0
    with cluster(programs) as url:
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *sys.argv[1:]]
        return subprocess.run(command, env=os.environ | {"VERBAND_DATABASE_URL": url}, check=False).returncode


def find_programs() -> Path | None:
    """The folder of PostgreSQL's server programs, the newest version first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: -int(file.parts[-3]))
    if versions:
        return versions[0].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def cluster(programs: Path) -> Iterator[str]:
    """The address of a new, empty server on a socket of its own; it ends with the block."""
    with tempfile.TemporaryDirectory(prefix="verband-pg-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        data = folder / "data"
        data.mkdir()
        as_user = []
        if os.geteuid() == 0:
            shutil.chown(folder, _USER)
            shutil.chown(data, _USER)
            as_user = ["setpriv", f"--reuid={_USER}", f"--regid={_USER}", "--clear-groups"]
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        _quiet([*as_user, programs / "initdb", "-D", data, "-U", _USER, "-A", "trust", "--no-sync", "-E", "UTF8"])
        _quiet([*as_user, programs / "pg_ctl", "-D", data, "-o", options, "-l", folder / "log", "-w", "start"])
        try:
            yield f"postgresql://{_USER}@/postgres?host={folder}"
        finally:
            _quiet([*as_user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])


def _quiet(command: list[str | Path]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd="/")
    if done.returncode:
        raise SystemExit(f"{command}: {done.stdout}{done.stderr}")


if __name__ == "__main__":
    raise SystemExit(main())
