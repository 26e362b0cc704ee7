"""`verband doctor`: whether this machine and workspace are sound."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from verband.cli.shell import guarded, json_option, open_workspace, print_json, workspace_option

_LEAST_FREE_BYTES = 500_000_000


@click.command("doctor")
@workspace_option
@json_option
@guarded
def command(workspace: Path, as_json: bool) -> None:
    """Check Python, the database, writing, the room on the disk, the log's chain and the secret key.

    Exits with 1 if one fails.
    """
    folder = open_workspace(workspace)
    from django.db import connection

    from verband.rooms.audit import services as audit
    from verband.workbench import workspace as folders

    verdict = audit.verify()
    damage = _damage(connection)
    writable = os.access(folder, os.W_OK)
    checks = [
        ("python", sys.version_info >= (3, 11), sys.version.split()[0]),
        ("database", not damage, damage or connection.vendor),
        ("writing", writable, "the workspace can be written" if writable else "the workspace may only be read"),
        ("room on the disk", folders.free_bytes(folder) > _LEAST_FREE_BYTES, f"{folders.free_bytes(folder) >> 20} MiB"),
        ("log", verdict.intact, f"{verdict.entries} entries" if verdict.intact else f"breaks at {verdict.broken_at}"),
        ("secret key", (folder / "secret-key").stat().st_mode & 0o077 == 0, "readable by its owner alone"),
    ]
    if as_json:
        print_json({name: {"ok": ok, "found": found} for name, ok, found in checks})
    for name, ok, found in [] if as_json else checks:
        click.echo(f"{'ok  ' if ok else 'FAIL'}  {name}: {found}")
    if not all(ok for _, ok, _ in checks):
        raise click.exceptions.Exit(1)


def _damage(connection: Any) -> str:
    """What SQLite finds wrong with its file; empty where nothing is, and for another database, which checks itself."""
    if connection.vendor != "sqlite":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check(1)")
        found = str(cursor.fetchone()[0])
    return "" if found == "ok" else f"damaged: {found}"
