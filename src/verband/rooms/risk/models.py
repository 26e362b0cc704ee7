"""The triangle's third corner: what somebody judged about the resilience of an interest in a theme."""

from __future__ import annotations

from django.db import models


class ResilienceJudgement(models.Model):
    """A judgement with its evidence and day; without one, resilience is unknown. It can be withdrawn, not changed."""

    interest = models.CharField(max_length=60)
    theme = models.CharField(max_length=60)
    text = models.TextField()
    evidence = models.TextField()
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT)
    judged_by = models.CharField(max_length=200)
    judged_at = models.BigIntegerField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-judged_at", "-id"]


class ThemeText(models.Model):
    """What a published review says about a theme, in its own language, with its lines. Readings are marked as such."""

    theme = models.CharField(max_length=60)
    edition = models.CharField(max_length=60)
    part = models.CharField(max_length=20)
    text = models.TextField()
    language = models.CharField(max_length=2, default="en")
    source = models.CharField(max_length=400)
    line = models.CharField(max_length=60)

    class Meta:
        unique_together = [("theme", "edition", "part")]


class Statement(models.Model):
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
    target = models.CharField(max_length=400, blank=True)
    intent_as_read = models.TextField(blank=True)
    effect_as_read = models.TextField(blank=True)
    certainty_as_stated = models.CharField(max_length=300)
    horizon = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=400)
    source_line = models.CharField(max_length=200)
    anchor_nl = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["key"]
