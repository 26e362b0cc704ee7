"""The database in the form that this version needs: older ones are brought up, newer ones are refused untouched."""

from __future__ import annotations

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
