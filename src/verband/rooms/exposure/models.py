"""The registers of what depends on what. Rows name each other by key, so that one can be withdrawn and said anew.

Every row is kept with marking, source, name and moment, and withdrawn with a reason, never changed or deleted. Times
are whole seconds since 1970, buffers hours.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verband.rooms.picture.keeping import Marked


class Kept(Marked):
    """What every row has: its source beside its marking, who and when, and whether it was withdrawn."""

    source = models.CharField(max_length=400)

    class Meta:
        abstract = True
        ordering = ["id"]


class Process(Kept):
    """A process or an asset. `grade` is the class of a vital process (A, B), which needs its `impact` (R061).

    `asset_class` is a key of the catalogue `asset_classes`; the place is in degrees where a source states one. `intake`
    is the number of the import that it came by.
    """

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
    #: In which language `impact` stands (nl, en); empty where nobody said.
    impact_language = models.CharField(max_length=2, blank=True)
    review_on = models.DateField(null=True)
    asset_class = models.CharField(max_length=40, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    intake = models.BigIntegerField(null=True, db_index=True)

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
    intake = models.BigIntegerField(null=True, db_index=True)


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
    """A duty under an act, as it stood on a day. Anything that is not in force is coming (R063).

    What must be reported is due within hours or within calendar months, counted from noticing or from the
    notification that was sent before. `text_en` says it in English, where somebody wrote that.
    """

    key = models.SlugField(max_length=80, blank=True)
    act = models.CharField(max_length=100)
    text = models.TextField()
    text_en = models.TextField(blank=True)
    status = models.CharField(max_length=20)
    stated_on = models.DateField()
    sector = models.CharField(max_length=60, blank=True)
    report_within_h = models.FloatField(null=True)
    report_within_months = models.IntegerField(null=True)
    counted_from = models.CharField(max_length=20, blank=True)

    class Meta(Kept.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(withdrawn_at=None) & ~Q(key=""), name="one_standing_obligation"
            )
        ]


class Fulfilment(Kept):
    """How far a process is with a duty on a day: open, in progress or met, the last with its evidence (R063)."""

    obligation = models.CharField(max_length=80)
    process = models.CharField(max_length=80)
    state = models.CharField(max_length=20)
    as_of = models.DateField()
    evidence = models.TextField(blank=True)


class Claim(Kept):
    """What armed forces or an ally ask of an asset from one day to another, both counted (R024)."""

    key = models.SlugField(max_length=80)
    kind = models.CharField(max_length=20)
    asker = models.CharField(max_length=200)
    asset = models.CharField(max_length=80)
    from_day = models.DateField()
    until_day = models.DateField()
    purpose = models.TextField()

    class Meta(Kept.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(withdrawn_at=None), name="one_standing_claim")
        ]


class ClaimAnswer(Kept):
    """That a claim was agreed or declined: by whom, on which day, on what terms. The newest one says how it stands."""

    claim = models.CharField(max_length=80)
    answer = models.CharField(max_length=20)
    answered_by = models.CharField(max_length=200)
    answered_on = models.DateField()
    text = models.TextField(blank=True)


class SectorProcess(Kept):
    """A process that a sector repeats to keep its networks resilient (R051), with the steps of each of its rounds.

    `steps` are keys of the catalogue `sector_steps`, in order; `begun_from` is the process whose steps were taken over.
    """

    key = models.SlugField(max_length=80)
    sector = models.CharField(max_length=60)
    title_nl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    parties = models.TextField(blank=True)
    every_months = models.IntegerField(null=True)
    steps = models.JSONField(default=list)
    begun_from = models.CharField(max_length=80, blank=True)

    class Meta(Kept.Meta):
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(withdrawn_at=None), name="one_standing_sector_process")
        ]


class SectorStep(Kept):
    """That a step of a round was taken: when, what came of it, and who decided."""

    process = models.ForeignKey(SectorProcess, on_delete=models.PROTECT, related_name="steps_taken")
    round = models.IntegerField()
    step = models.CharField(max_length=40)
    done_on = models.DateField()
    outcome = models.TextField()
    decided_by = models.CharField(max_length=200)


class Intake(Kept):
    """Files with a topology as they were uploaded, packed, with what whoever brought them in takes to be so.

    `assumption` says what its connections mean for what needs what; `buffer_h` how long a point lasts without. The key
    follows from the files and what is assumed.
    """

    key = models.SlugField(max_length=60)
    form = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    prefix = models.SlugField(max_length=40)
    assumption = models.CharField(max_length=20)
    buffer_h = models.FloatField()
    countries = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()


class Registered(Kept):
    """That an import was registered: how many assets and requirements it made, and how many were there already."""

    intake = models.ForeignKey(Intake, on_delete=models.PROTECT, related_name="registrations")
    assets = models.IntegerField()
    requirements = models.IntegerField()
    unchanged = models.IntegerField()


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


# Django finds the models of an app by this module.
from verband.rooms.exposure.dependence import models as dependence  # noqa: E402, F401 - Django finds them from here
from verband.rooms.exposure.outage_models import Outage as Outage  # noqa: E402
from verband.rooms.exposure.outage_models import StandsFor as StandsFor  # noqa: E402
