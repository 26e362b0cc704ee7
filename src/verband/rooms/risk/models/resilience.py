"""The triangle's third corner: what somebody judged about the resilience of an interest in a theme.

Times are whole seconds since 1970.
"""

from __future__ import annotations

from django.db import models


class ResilienceJudgement(models.Model):
    """A judgement with its evidence and day; without one, resilience is unknown. It can be withdrawn, not changed."""

    interest = models.CharField(max_length=60)
    theme = models.CharField(max_length=60)
    text = models.TextField()
    evidence = models.TextField()
    reason = models.TextField()
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")
    judged_by = models.CharField(max_length=200)
    judged_at = models.BigIntegerField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-judged_at", "-id"]
