"""The triangle's third corner: what somebody judged about the resilience of an interest in a theme.

Times are whole seconds since 1970.
"""

from __future__ import annotations

from django.db import models


class ResilienceJudgement(models.Model):
    """A judgement with its evidence and day; without one, resilience is unknown. It can be withdrawn, not changed.

    `party` and `level` are keys of `party_types` and `resilience_levels`; the level may be empty, and then only words
    stand. `level_version` is that of the catalogue when it was judged.
    """

    interest = models.CharField(max_length=60)
    theme = models.CharField(max_length=60)
    party = models.CharField(max_length=20, default="not_stated")
    level = models.CharField(max_length=20, blank=True)
    level_version = models.CharField(max_length=20, blank=True)
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


class ResilienceEvidence(models.Model):
    """One thing that a judgement rests on: the day it was observed and the last day on which it holds.

    `valid_until` is empty where no end was stated, which only judgements from before it was asked have.
    """

    judgement = models.ForeignKey(ResilienceJudgement, on_delete=models.CASCADE, related_name="items")
    text = models.TextField()
    observed_on = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
