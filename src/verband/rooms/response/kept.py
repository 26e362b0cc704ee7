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
