"""The long jobs of this room: connecting again and asking what if, by the worker."""

from __future__ import annotations

from datetime import UTC, datetime

from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from verband.rooms.campaigns import comparing, services
from verband.rooms.campaigns import what_if as asking
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


@task()
def what_if(username: str, run: str, left_out: dict[str, list[str]]) -> dict[str, int]:
    """Connect again without what is left out, over what the run with that key read; the number of the what-if run."""
    who = people.reader(people.person(username))
    without = asking.LeftOut(**{kind: tuple(left_out.get(kind, ())) for kind in asking.KINDS})
    return {"run": asking.ask(comparing.run(run, who), without, who=who, now=datetime.now(UTC)).pk}


def what_if_waits(run: str, left_out: dict[str, list[str]]) -> bool:
    """Whether exactly that what-if of the run with that key waits or is worked on now."""
    open_jobs = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    jobs = DBTaskResult.objects.filter(task_path=what_if.module_path, status__in=open_jobs)
    return any(job.args_kwargs["args"][1:] == [run, left_out] for job in jobs)
