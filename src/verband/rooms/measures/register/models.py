"""What people keep about measures, each row with its source beside its marking; withdrawn with a reason, never changed.

Rows name a measure by its key, so that they stay when its words as stated are read anew.
"""

from __future__ import annotations

from django.db import models

from verband.rooms.picture.keeping import Marked


class Told(Marked):
    """What every row has: the measure that it is about, and the source."""

    measure = models.CharField(max_length=40)
    source = models.CharField(max_length=400)

    class Meta:
        abstract = True
        ordering = ["id"]


class MeasureStep(Told):
    """The state of a measure as known from that day on (R010), beside the status as stated."""

    state = models.CharField(max_length=20)
    since = models.DateField()
    reason = models.TextField(blank=True)


class MeasureEffect(Told):
    """Evidence of an effect, or that none was seen: what, and the day that it is about."""

    what = models.TextField()
    day = models.DateField()


class MeasureTerm(Told):
    """A day by which the measure is evaluated or ends, and who sees to it."""

    kind = models.CharField(max_length=20)
    due = models.DateField()
    who = models.CharField(max_length=200)


class MeasureAim(Told):
    """Generic, or aimed at a state: then why a generic one does not do, until when, and who looks again (P1)."""

    aim = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    until = models.DateField(null=True)
    reviewer = models.CharField(max_length=200, blank=True)


class MeasureGround(Told):
    """The grounds of an economic measure, what it does to the investment climate, and when it is looked at (P10)."""

    grounds = models.JSONField(default=list)
    climate = models.TextField()
    review_on = models.DateField()


class MeasurePart(Told):
    """The part of one kind of party in the measure (P6). `applies`: whether government does it itself as well."""

    party = models.CharField(max_length=40)
    part = models.TextField()
    applies = models.CharField(max_length=20, blank=True)


class MeasureMeans(Told):
    """That a measure works against a means, or does not (R013): `stance` is `against` or `not_against`."""

    means = models.CharField(max_length=60)
    stance = models.CharField(max_length=20)
    reason = models.TextField()


class MeasureConflict(Told):
    """That two measures work against each other, and why."""

    other = models.CharField(max_length=40)
    reason = models.TextField()


class MeasureOrigin(Told):
    """Why a measure was proposed here while others exist (P17)."""

    existing = models.TextField()
