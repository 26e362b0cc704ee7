"""Reports that were made: what, by whom, from which run, with the digest of each file."""

from __future__ import annotations

from django.db import models


class Report(models.Model):
    """One report as it was made. Its marking is the highest of what stands in it."""

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=2)
    run = models.ForeignKey("campaigns.Run", on_delete=models.SET_NULL, null=True)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT)
    #: {"html": {"file": ..., "sha256": ...}, ...}
    files = models.JSONField(default=dict)
    made_by = models.CharField(max_length=200)
    made_at = models.BigIntegerField()

    class Meta:
        ordering = ["-made_at", "-id"]
