"""Measures and commitments: what is being done about which interest, and who promised it.

Rows are written once. A row that says something else under the same key closes the one before by `replaced_at`, so
that a status as stated is never overwritten and "as known on" holds. Times are whole seconds since 1970.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verband.rooms.measures.progress.models import Contribution, KnownLater, LetterStep, ProgressLetter
from verband.rooms.measures.register.models import (
    MeasureAim,
    MeasureConflict,
    MeasureEffect,
    MeasureGround,
    MeasureMeans,
    MeasureOrigin,
    MeasurePart,
    MeasureStep,
    MeasureTerm,
)

__all__ = [
    "AutonomyTag",
    "Commitment",
    "Contribution",
    "Coverage",
    "KnownLater",
    "LetterStep",
    "Measure",
    "MeasureAim",
    "MeasureConflict",
    "MeasureEffect",
    "MeasureGround",
    "MeasureMeans",
    "MeasureOrigin",
    "MeasurePart",
    "MeasureStep",
    "MeasureTerm",
    "ProgressLetter",
    "Stated",
]


class Stated(models.Model):
    """What both have: the words of the source, where they stand in it, and from when to when we held them."""

    key = models.CharField(max_length=40)
    title_nl = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400)
    kind = models.CharField(max_length=40)
    accent = models.CharField(max_length=60)
    accent_verified = models.BooleanField(default=False)
    owner = models.CharField(max_length=200)
    co_owners = models.JSONField(default=list)
    owner_basis = models.CharField(max_length=20)
    stated_on = models.CharField(max_length=20, blank=True)
    due_as_stated = models.CharField(max_length=200, blank=True)
    status_as_stated = models.CharField(max_length=200, blank=True)
    source_nl = models.CharField(max_length=400)
    source_en = models.CharField(max_length=400)
    source_number = models.CharField(max_length=60, blank=True)
    section = models.CharField(max_length=300, blank=True)
    line = models.IntegerField(null=True)
    anchor_nl = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)
    digest = models.CharField(max_length=64)
    recorded_at = models.BigIntegerField()
    replaced_at = models.BigIntegerField(null=True)

    class Meta:
        abstract = True


class Measure(Stated):
    """Something that prevents, mitigates or answers. Its status is as stated; later knowledge stands apart."""

    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(replaced_at=None), name="one_current_measure"),
        ]


class Commitment(Stated):
    """What was promised, to whom and by when, as stated: "before the summer" stays text."""

    owed_to_parliament = models.CharField(max_length=60)
    papers = models.JSONField(default=list, help_text="numbers of the parliamentary papers that the row names")
    theme = models.CharField(max_length=60, blank=True)
    theme_verified = models.BooleanField(default=False)
    measure_key = models.CharField(max_length=40, blank=True)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key", "id"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(replaced_at=None), name="one_current_commitment"),
        ]


class Coverage(models.Model):
    """The interest and theme that a measure serves; `verified` is False for our own reading."""

    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="coverage")
    interest = models.CharField(max_length=60, blank=True)
    theme = models.CharField(max_length=60, blank=True)
    verified = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        unique_together = [("measure", "interest", "theme")]


class AutonomyTag(models.Model):
    """Under which pillar of open strategic autonomy a person puts a measure, and whether it protects, promotes or
    partners (R050). It has the marking that the measure had; it is withdrawn with a reason, never changed.
    """

    measure = models.CharField(max_length=40)
    pillar = models.CharField(max_length=40)
    direction = models.CharField(max_length=20)
    reason = models.TextField()
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")
    kept_by = models.CharField(max_length=200)
    kept_at = models.BigIntegerField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
