"""What the published assessments say about themes and actors. Times are whole seconds since 1970."""

from __future__ import annotations

from django.db import models


class Published(models.Model):
    """What a row of a published text has: where it stands, its marking, and since when we hold it."""

    source_nl = models.CharField(max_length=400)
    source_en = models.CharField(max_length=400)
    source_number = models.CharField(max_length=60, blank=True)
    section = models.CharField(max_length=300, blank=True)
    line = models.IntegerField(null=True)
    anchor_nl = models.CharField(max_length=300, blank=True)
    recorded_at = models.BigIntegerField()

    class Meta:
        abstract = True


class ThemeText(Published):
    """What one edition says about one part of a theme. `as_read` is True for our own reading of it."""

    theme = models.CharField(max_length=60)
    edition = models.CharField(max_length=60)
    part = models.CharField(max_length=20)
    text = models.TextField()
    language = models.CharField(max_length=2, default="en")
    as_read = models.BooleanField(default=False)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        unique_together = [("theme", "edition", "part")]


class Statement(Published):
    """A finding of a published assessment: actor, interest, means, certainty and horizon as stated."""

    key = models.CharField(max_length=40, unique=True)
    actor_en = models.CharField(max_length=300)
    actor_nl = models.CharField(max_length=300, blank=True)
    actor_kind = models.CharField(max_length=60)
    interests = models.JSONField(default=list)
    sub_interest = models.CharField(max_length=300, blank=True)
    instrument_en = models.CharField(max_length=400)
    instrument_nl = models.CharField(max_length=400, blank=True)
    domain = models.CharField(max_length=60)
    theme = models.CharField(max_length=60, blank=True)
    theme_verified = models.BooleanField(default=False)
    target = models.CharField(max_length=400, blank=True)
    intent_as_read = models.TextField(blank=True)
    effect_as_read = models.TextField(blank=True)
    certainty_as_stated = models.CharField(max_length=300)
    horizon = models.CharField(max_length=200, blank=True)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key"]
