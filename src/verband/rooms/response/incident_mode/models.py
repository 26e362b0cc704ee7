"""What an intervention is made of: its steps, parts of organisations, log, actions, empty tracks and hand-over.

Steps and lines of the log are never withdrawn. `ruling` alone adds steps of actions.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from verband.language.errors import RefusedError
from verband.rooms.response.kept import GateStep, Kept


class Mode(Kept):
    """An intervention at an incident or a campaign (`origin` as in the scope test); its clock runs from the alert."""

    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    origin = models.CharField(max_length=100, db_index=True)
    urgency = models.CharField(max_length=20)
    alert = models.TextField()
    alerted_at = models.BigIntegerField()


class ModeStep(Kept):
    """One step of an intervention; its state is that of the newest one."""

    mode = models.ForeignKey(Mode, on_delete=models.PROTECT, related_name="steps")
    number = models.IntegerField()
    state = models.CharField(max_length=20)
    reason = models.TextField()

    class Meta(Kept.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["mode", "number"], name="one_mode_step_of_a_number")]


class ModeRole(Kept):
    """The part that an organisation has, and in which function; never a person."""

    mode = models.ForeignKey(Mode, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30)
    organisation = models.CharField(max_length=60)
    function = models.CharField(max_length=200)


class LogLine(Kept):
    """A line of the log; never changed, taken out or withdrawn. `digest` covers the line and the one before it."""

    mode = models.ForeignKey(Mode, on_delete=models.PROTECT, related_name="lines")
    number = models.IntegerField()
    kind = models.CharField(max_length=20)
    text = models.TextField()
    happened_at = models.BigIntegerField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta(Kept.Meta):
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["mode", "number"], name="one_log_line_of_a_number")]

    def save(self, *args: Any, **options: Any) -> None:
        """Store a new line. Raises RefusedError("mode.append_only") for one that is there already."""
        if not self._state.adding:
            raise RefusedError("mode.append_only", field="text")
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Raises RefusedError("mode.append_only")."""
        raise RefusedError("mode.append_only", field="text")


class ModeAction(Kept):
    """Something that one organisation does, in one track.

    `gate` is `competent` (own law `route` of the organisation `authority`), `political` (a package of a response case)
    or `none` (with the reason why no decision is needed).
    """

    mode = models.ForeignKey(Mode, on_delete=models.PROTECT, related_name="actions")
    key = models.CharField(max_length=40, unique=True)
    what = models.TextField()
    owner = models.CharField(max_length=60)
    track = models.CharField(max_length=30)
    gate = models.CharField(max_length=20)
    route = models.CharField(max_length=30, blank=True)
    authority = models.CharField(max_length=60, blank=True)
    package = models.ForeignKey("response.Package", on_delete=models.PROTECT, null=True, related_name="mode_actions")
    why_none = models.TextField(blank=True)


class ActionStep(GateStep):
    """One step of an action, as one of a package."""

    of_action = models.ForeignKey(ModeAction, on_delete=models.PROTECT, related_name="steps")

    class Meta(GateStep.Meta):
        constraints = [models.UniqueConstraint(fields=["of_action", "number"], name="one_action_step_of_a_number")]


class EmptyTrack(Kept):
    """Why a track of R068 has no action."""

    mode = models.ForeignKey(Mode, on_delete=models.PROTECT, related_name="empty_tracks")
    track = models.CharField(max_length=30)
    reason = models.TextField()


class HandOver(Kept):
    """The hand-over: to whom it goes on, how it stands, what is open, and where the material is. The newest stands.

    `passed_on` are the keys of actions that were not ended and go on with their owner.
    """

    mode = models.ForeignKey(Mode, on_delete=models.PROTECT, related_name="hand_overs")
    organisation = models.CharField(max_length=60)
    function = models.CharField(max_length=200)
    situation = models.TextField()
    open_points = models.TextField()
    agreements = models.TextField()
    material = models.TextField()
    passed_on = models.JSONField(default=list)
