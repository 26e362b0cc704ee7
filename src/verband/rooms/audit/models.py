"""The log: rows that are only ever added, each holding the digest of the one before."""

from __future__ import annotations

from django.db import models


class Entry(models.Model):
    """One act: who did what to what, when. `digest` covers every other field and the digest before."""

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    action = models.CharField(max_length=60, db_index=True)
    object = models.CharField(max_length=300)
    detail = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]


class Head(models.Model):
    """The number and digest of the newest entry, so that a cut tail shows."""

    number = models.BigIntegerField()
    digest = models.CharField(max_length=64)
