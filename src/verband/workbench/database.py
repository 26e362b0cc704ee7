"""The database in the form that this version needs: older ones are brought up, newer ones are refused untouched."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, OperationalError

from verband.language.errors import StateError


def bring_up_to_date() -> None:
    """Run the migrations that are missing.

    Raises StateError("workspace.newer") where the database knows migrations that this program does not,
    ("database.locked") and ("database.unusable").
    """
    try:
        applied, on_disk = _applied(), _on_disk()
        ours = {label for label, _ in on_disk}
        if on_disk == {item for item in applied if item[0] in ours}:
            return
        executor = MigrationExecutor(connection)
        known = set(executor.loader.disk_migrations)
        ours = {app for app, _ in known}
        unknown = [item for item in executor.loader.applied_migrations if item[0] in ours and item not in known]
        if unknown:
            app, name = sorted(unknown)[-1]
            raise StateError(
                "workspace.newer", folder=settings.VERBAND_WORKSPACE, found=f"{app} {name}", known="older migrations"
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        if "locked" in str(error):
            raise StateError("database.locked", seconds=settings.VERBAND_LOCK_WAIT_S) from error
        raise StateError("database.unusable", reason=str(error).strip()) from error
    except DatabaseError as error:
        raise StateError("database.unusable", reason=str(error).strip()) from error


def _applied() -> set[tuple[str, str]]:
    """Migrations that the database says it has had; none for a new one."""
    with connection.cursor() as cursor:
        if "django_migrations" not in connection.introspection.table_names(cursor):
            return set()
        cursor.execute("SELECT app, name FROM django_migrations")
        return {(str(app), str(name)) for app, name in cursor.fetchall()}


def _on_disk() -> set[tuple[str, str]]:
    """Migrations that this program has, by their file names alone: loading them takes longer than most commands."""
    return {
        (config.label, file.stem)
        for config in apps.get_app_configs()
        for file in (Path(config.path) / "migrations").glob("[0-9]*.py")
    }
