"""What is kept of outages: one that was computed and saved, and what of the picture a node stands for."""

from __future__ import annotations

from django.db import models

from verband.rooms.exposure.models import Kept


class Outage(Kept):
    """A what-if that was saved: what fails at hour 0, for how many hours, what was stated, and what came out then.

    `result` holds the nodes that fail with hour, reason and source; `digest` names the part of the network that it was
    computed from. Neither is ever computed anew.
    """

    key = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=2)
    picks = models.JSONField(default=list)
    horizon_h = models.FloatField()
    result = models.JSONField(default=list)
    lost_h = models.FloatField()
    low_h = models.FloatField()
    high_h = models.FloatField()
    digest = models.CharField(max_length=64)
    method_version = models.CharField(max_length=20)

    class Meta(Kept.Meta):
        constraints = [models.UniqueConstraint(fields=["key"], name="one_outage_by_key")]


class StandsFor(Kept):
    """That a node stands for a thing of the picture (STIX id), or for a target as sources name it; a person says so."""

    node = models.CharField(max_length=80)
    thing = models.CharField(max_length=300)
    reason = models.TextField()
