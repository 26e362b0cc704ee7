"""A workspace: the folder that holds one installation's database, documents, secret key and rejects."""

from __future__ import annotations

import json
import os
import secrets
import shutil
from pathlib import Path

from verband.language.errors import InputError, StateError

#: Raised by one whenever an older program could not read the folder any more.
FORMAT = 1
_FILE = "workspace.json"


def folder() -> Path:
    """The workspace that this process works in: VERBAND_WORKSPACE, else the current folder."""
    return Path(os.environ.get("VERBAND_WORKSPACE") or ".").resolve()


def database_url() -> str:
    """VERBAND_DATABASE_URL, else the SQLite file in the workspace; in memory where the folder is no workspace."""
    file = f"{folder()}/verband.sqlite3" if (folder() / _FILE).exists() else ":memory:"
    return os.environ.get("VERBAND_DATABASE_URL") or f"sqlite:///{file}"


def create(path: Path) -> bool:
    """Make the folder a workspace; whether it is a new one.

    Raises StateError("workspace.newer") for a folder of a newer version, StateError("workspace.unwritable").
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        if (path / _FILE).exists():
            check(path)
            return False
        for name in ("documents", "rejects", "reports"):
            (path / name).mkdir(exist_ok=True)
        secret_key(path)
        (path / _FILE).write_text(json.dumps({"format": FORMAT}) + "\n", "utf-8")
    except OSError as error:
        raise StateError("workspace.unwritable", folder=path, reason=error.strerror) from error
    return True


def check(path: Path) -> None:
    """Raise unless the folder is a workspace that this version can open.

    Raises InputError("workspace.missing"), StateError("workspace.newer") or ("workspace.damaged").
    """
    file = path / _FILE
    if not file.exists():
        raise InputError("workspace.missing", folder=path)
    try:
        version = int(json.loads(file.read_text("utf-8"))["format"])
    except (ValueError, OverflowError, KeyError, TypeError, OSError) as error:
        raise StateError("workspace.damaged", file=file) from error
    if version > FORMAT:
        raise StateError("workspace.newer", folder=path, found=version, known=FORMAT)


def secret_key(path: Path) -> str:
    """The installation's secret, made at first use, readable by its owner alone."""
    file = path / "secret-key"
    if not file.exists():
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as stream:
            stream.write(secrets.token_urlsafe(50))
    return file.read_text("utf-8").strip()


def free_bytes(path: Path) -> int:
    """Room left on the workspace's disk, in bytes."""
    return shutil.disk_usage(path).free
