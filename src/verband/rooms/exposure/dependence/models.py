"""Editions of computed indicators, and the register of strategic dependencies in which every step is a row by name.

Flows themselves are never here, only what was computed of them for each product and year, or material and stage.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verband.rooms.exposure.models import Kept

TRADE, MATERIALS = "trade", "materials"


class Edition(Kept):
    """What was computed from one table for one year: of which supply (`scope`), by which method and thresholds.

    `scope`: the members of the bloc with commas, or `world` or `eu` for whose supply of materials. `unit`: what values
    are in, empty where the table has none. `rejected`: rows of the file that could not be read.
    """

    kind = models.CharField(max_length=20)
    year = models.IntegerField()
    scope = models.CharField(max_length=400)
    unit = models.CharField(max_length=20, blank=True)
    method = models.CharField(max_length=20)
    thresholds = models.CharField(max_length=20)
    rejected = models.IntegerField(default=0)


class Figure(models.Model):
    """What an edition says of one product, or material and stage: figures by name, and shares of countries.

    `figures` of a product are those of the method's `ProductYear`; a material has none. `shares` holds
    [country, value, low, high, t], fractions of the whole. Its marking is that of its edition.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="figures")
    item = models.SlugField(max_length=120)
    name = models.CharField(max_length=200)
    stage = models.CharField(max_length=40, blank=True)
    figures = models.JSONField(default=dict)
    shares = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]
        unique_together = [("edition", "item")]


class SectorResult(Kept):
    """What a shock to one sector did in a world input-output table; `result` holds the losses by country and sector."""

    table = models.CharField(max_length=200)
    year = models.IntegerField()
    country = models.CharField(max_length=100)
    industry = models.CharField(max_length=100)
    share = models.FloatField()
    side = models.CharField(max_length=10)
    unit = models.CharField(max_length=60)
    method = models.CharField(max_length=20)
    result = models.JSONField()


class Dependency(Kept):
    """That a dependency was identified: on whom for what, and for whom. `item` is that of a product or material."""

    key = models.SlugField(max_length=80)
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    item = models.SlugField(max_length=120, blank=True)
    on_whom = models.CharField(max_length=300)
    for_whom = models.CharField(max_length=300)
    reason = models.TextField()

    class Meta(Kept.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(withdrawn_at=None), name="one_standing_dependency")
        ]


class Judgement(Kept):
    """Whether it is risky, why, how far another source could take its place, and after how many days it hurts."""

    dependency = models.CharField(max_length=80)
    verdict = models.CharField(max_length=20)
    reason = models.TextField()
    substitutability = models.CharField(max_length=20)
    replaced_percent = models.FloatField(null=True)
    impact_days = models.FloatField(null=True)
    impact_low_days = models.FloatField(null=True)
    impact_high_days = models.FloatField(null=True)


class Mitigation(Kept):
    """What is done about it, on which ground, why that is no protectionism (P10), and what milder was weighed (P11).

    A measure that is aimed at one country says why a general one does not do, and who reviews it (P1).
    """

    dependency = models.CharField(max_length=80)
    text = models.TextField()
    direction = models.CharField(max_length=20)
    measure = models.CharField(max_length=40, blank=True)
    grounds = models.JSONField(default=list)
    no_protectionism = models.TextField()
    investment_climate = models.TextField()
    milder = models.TextField()
    aimed_at = models.CharField(max_length=100, blank=True)
    why_aimed = models.TextField(blank=True)
    reviewer = models.CharField(max_length=200, blank=True)
    review_on = models.DateField()


class Residual(Kept):
    """What remains after the mitigation, and whether that is accepted until its review."""

    dependency = models.CharField(max_length=80)
    text = models.TextField()
    accepted = models.CharField(max_length=20)
    review_on = models.DateField()


class Tie(Kept):
    """That a person says: what this process holds of this supplier is, or holds, this product or material."""

    item = models.SlugField(max_length=120)
    supplier = models.CharField(max_length=80)
    process = models.CharField(max_length=80)
    product = models.CharField(max_length=200)
    reason = models.TextField()
