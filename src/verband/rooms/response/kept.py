"""What every row of the room has that a person keeps."""

from __future__ import annotations

from django.db import models

from verband.rooms.picture.keeping import Marked


class Kept(Marked):
    """What every row has: its source beside its marking, the account and how the log names it, when, and withdrawn."""

    source = models.TextField()
    person = models.CharField(max_length=80)

    class Meta:
        abstract = True
        ordering = ["-kept_at", "-id"]


class GateStep(Kept):
    """One step of what goes through a gate of `machine`: who, when and why, what state that gave, on what content.

    `content` is the digest of what was moved. A decision has outcome, text, conditions and the mandate (its number in
    the register, and in words).
    """

    number = models.IntegerField()
    action = models.CharField(max_length=20)
    state = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    reason = models.TextField()
    content = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    conditions = models.TextField(blank=True)
    mandate = models.ForeignKey("people.Mandate", on_delete=models.PROTECT, null=True, related_name="+")
    mandate_words = models.TextField(blank=True)

    class Meta(Kept.Meta):
        abstract = True
        ordering = ["number"]
