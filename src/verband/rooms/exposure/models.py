"""The registers of what depends on what. Rows name each other by key, so that one can be withdrawn and said anew.

Every row is kept with marking, source, name and moment, and withdrawn with a reason, never changed or deleted. Times
are whole seconds since 1970, buffers hours.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Kept(models.Model):
    """What every row has: its marking and source, who kept it and when, and whether it was withdrawn."""

    source = models.CharField(max_length=400)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")
    kept_by = models.CharField(max_length=200)
    kept_at = models.BigIntegerField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["id"]


class Process(Kept):
    """A process or an asset. `grade` is the class of a vital process (A, B), which needs its `impact` (R061)."""

    kind = models.CharField(max_length=20)
    key = models.SlugField(max_length=80)
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    owner = models.CharField(max_length=200, blank=True)
    grade = models.CharField(max_length=1, blank=True)
    vital = models.CharField(max_length=60, blank=True)
    sector = models.CharField(max_length=60, blank=True)
    interest = models.CharField(max_length=60, blank=True)
    impact = models.TextField(blank=True)
    review_on = models.DateField(null=True)

    class Meta(Kept.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(withdrawn_at=None), name="one_standing_process")
        ]


class Supplier(Kept):
    """Who supplies, and from where it is and is controlled as the source states it. It stands in the network too."""

    key = models.SlugField(max_length=80)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=100, blank=True)
    controlled_from = models.CharField(max_length=100, blank=True)

    class Meta(Kept.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(withdrawn_at=None), name="one_standing_supplier")
        ]


class Requirement(Kept):
    """That a node needs k of the members, and how long it lasts without; the bounds where a source states them."""

    node = models.CharField(max_length=80)
    members = models.JSONField(default=list)
    k = models.IntegerField()
    buffer_low_h = models.FloatField(null=True)
    buffer_h = models.FloatField()
    buffer_high_h = models.FloatField(null=True)


class Supply(Kept):
    """What a process holds of a supplier. By itself it makes nothing fail; a requirement does."""

    supplier = models.CharField(max_length=80)
    process = models.CharField(max_length=80)
    product = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    function = models.CharField(max_length=200, blank=True)
    access = models.CharField(max_length=200, blank=True)


class Stock(Kept):
    """How many days a process lasts on what lies there: stated, or its amount by its use."""

    process = models.CharField(max_length=80)
    product = models.CharField(max_length=200)
    amount = models.FloatField(null=True)
    use_per_day = models.FloatField(null=True)
    unit = models.CharField(max_length=40, blank=True)
    days = models.FloatField()
    valid_until = models.DateField()


class Obligation(Kept):
    """A duty under an act, as it stood on a day. Anything that is not in force is coming (R063)."""

    act = models.CharField(max_length=100)
    text = models.TextField()
    status = models.CharField(max_length=20)
    stated_on = models.DateField()
    report_within_h = models.FloatField(null=True)


class Finding(Kept):
    """What an inspection found at a process."""

    process = models.CharField(max_length=80)
    found_on = models.DateField()
    outcome = models.CharField(max_length=20)
    text = models.TextField()


class CountryRule(Kept):
    """Why suppliers from one state may be looked for, on which legal ground, until when, and who reviews it (P1)."""

    country = models.CharField(max_length=100)
    reason = models.TextField()
    legal_ground = models.CharField(max_length=300)
    valid_until = models.DateField()
    reviewer = models.CharField(max_length=200)


from verband.rooms.exposure.dependence import models as dependence  # noqa: E402, F401 - Django finds them from here
