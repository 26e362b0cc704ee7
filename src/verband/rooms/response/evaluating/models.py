"""Evaluations, what lessons become, closings of cases, and the steps of the framework's own versions."""

from __future__ import annotations

from django.db import models

from verband.rooms.response.kept import Kept


class Evaluation(Kept):
    """An evaluation of a case, an intervention or a version of the framework; the newest standing one counts.

    `of_kind` is case, mode or framework; `subject` its key or version. `answers` by question of the template in
    `template_version`.
    """

    key = models.CharField(max_length=40, unique=True)
    of_kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=60, db_index=True)
    template_version = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    why_no_action = models.TextField(blank=True)


class Lesson(Kept):
    """An action that follows from an evaluation: who does it, and by when."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="lessons")
    key = models.CharField(max_length=40, unique=True)
    lesson = models.TextField()
    what = models.TextField()
    owner = models.CharField(max_length=60)
    due_on = models.DateField()


class LessonStep(Kept):
    """That an action was opened again or done, with what says so; the newest stands."""

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="steps")
    done = models.BooleanField()
    reason = models.TextField()


class Closing(Kept):
    """That a case is closed, on which evaluation; withdrawn with a reason, the case is open again."""

    case = models.ForeignKey("response.Case", on_delete=models.PROTECT, related_name="closings")
    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()


class FrameworkStep(Kept):
    """One step of a version of this installation's framework: pilot, evaluated, live; taken by a person.

    `catalogues` are the word lists that the version was made of then, with their versions.
    """

    version = models.CharField(max_length=40, db_index=True)
    state = models.CharField(max_length=20)
    reason = models.TextField()
    catalogues = models.JSONField(default=dict)
