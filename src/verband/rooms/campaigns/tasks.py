"""The long job of this room: connecting again, by the worker."""

from __future__ import annotations

from datetime import UTC, datetime

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from verband.rooms.campaigns import services
from verband.rooms.people import services as people


@task()
def connect_again(username: str) -> dict[str, int]:
    """Connect under the ceiling of the person who asked and under every lower one; the run's number and campaigns.

    The powers of the person are looked up when the job runs, not when it was asked for.
    """
    who = people.reader(people.person(username))
    outcome = services.run_for_everyone(who=who, now=datetime.now(UTC))
    return {"run": outcome.run.pk, "campaigns": len(outcome.result.campaigns)}


def waiting() -> bool:
    """Whether such a job waits or runs now."""
    open_jobs = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path=connect_again.module_path, status__in=open_jobs).exists()
