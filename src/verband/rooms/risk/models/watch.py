"""What is watched: adequacy, trends, indicators, attention moments, shared pictures, scope tests and phenomena.

Everything is kept with marking, name and moment, and withdrawn, never changed. Times are whole seconds since 1970.
"""

from __future__ import annotations

from django.db import models

from verband.rooms.picture.keeping import Marked
from verband.rooms.risk.models.published import Published


class Kept(Marked):
    """What every row has that a person keeps here, newest first."""

    class Meta:
        abstract = True
        ordering = ["-kept_at", "-id"]


class AdequacyCheck(Kept):
    """The yearly answer whether the parties to an interest are equipped (R011), with the action that follows."""

    interest = models.CharField(max_length=60)
    verdict = models.CharField(max_length=20)
    evidence = models.TextField()
    follow_up = models.TextField(blank=True)
    #: What speaks against the action (R110), and which measure that is there it uses, or why none does (P17).
    downside = models.TextField(blank=True)
    existing = models.TextField(blank=True)
    function = models.CharField(max_length=20, blank=True)
    owner = models.CharField(max_length=200, blank=True)
    due_on = models.DateField(null=True)


class FollowUpDone(Kept):
    """That the action after a check is done, and what came of it."""

    check_of = models.ForeignKey(AdequacyCheck, on_delete=models.PROTECT, related_name="done")
    result = models.TextField()


class Scan(Kept):
    """A horizon scan (R006); a trend not looked at for `period_days` is stale."""

    title = models.CharField(max_length=200)
    period_days = models.IntegerField()


class Trend(Kept):
    """A development that a source names, for one theme; `as_read` is True for our own reading of it.

    `key` is that of a loaded row, empty for one that a person wrote. `observed` is a time as written.
    """

    scan = models.ForeignKey(Scan, on_delete=models.PROTECT, related_name="trends")
    key = models.CharField(max_length=60, blank=True)
    theme = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=2, blank=True)
    horizon = models.CharField(max_length=20)
    observed = models.CharField(max_length=40)
    source_nl = models.CharField(max_length=400)
    source_en = models.CharField(max_length=400)
    source_number = models.CharField(max_length=60, blank=True)
    line = models.IntegerField(null=True)
    as_read = models.BooleanField(default=False)


class TrendLook(Kept):
    """That somebody looked at a trend again, and what he saw."""

    trend = models.ForeignKey(Trend, on_delete=models.PROTECT, related_name="looks")
    seen = models.TextField()


class WarningIndicator(Kept):
    """What would warn (R097): who may lawfully see it, what it says for each hypothesis, and the rule of its level.

    `expected` holds a key of `consistency` for each hypothesis that was judged. Thresholds are in `unit`; `margin` is
    how far a value must fall back before a level goes down, `in_a_row` how many observations it takes either way.
    """

    theme = models.CharField(max_length=60)
    statement = models.TextField()
    collectable = models.TextField()
    observer = models.TextField()
    lawful_ground = models.TextField()
    expected = models.JSONField(default=dict)
    rising = models.BooleanField(default=True)
    unit = models.CharField(max_length=60)
    raised_at = models.FloatField()
    high_at = models.FloatField(null=True)
    margin = models.FloatField()
    in_a_row = models.IntegerField()
    look_days = models.IntegerField()
    expires_on = models.DateField()


class Observation(Kept):
    """What somebody saw when he looked for an indicator."""

    indicator = models.ForeignKey(WarningIndicator, on_delete=models.PROTECT, related_name="observations")
    observed_on = models.DateField()
    value = models.FloatField()
    seen = models.TextField()


class LevelChange(Kept):
    """That a person confirmed the level which the rule proposed; `values` are the observations that it rested on."""

    indicator = models.ForeignKey(WarningIndicator, on_delete=models.PROTECT, related_name="changes")
    was = models.CharField(max_length=20)
    level = models.CharField(max_length=20)
    values = models.JSONField(default=list)
    reason = models.TextField()


class WarningOutcome(Kept):
    """What an indicator did in hindsight: warned in time, missed it, or raised a false alarm."""

    indicator = models.ForeignKey(WarningIndicator, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(max_length=20)
    happened_on = models.DateField()
    text = models.TextField()


class WatchPlan(Kept):
    """An attention moment (R086): what is watched from one day to another, and when it is reviewed."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    theme = models.CharField(max_length=60)
    watched = models.TextField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    review_on = models.DateField()
    indicators = models.ManyToManyField(WarningIndicator, related_name="plans")


class PlanStep(Kept):
    """A step of a plan: `extended` to another day, `closed` early, or `reviewed` afterwards, with the reason."""

    plan = models.ForeignKey(WatchPlan, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20)
    ends_on = models.DateField(null=True)
    reason = models.TextField()


class SituationPicture(Kept):
    """What parties hold of a theme together, until a day (R018)."""

    theme = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    valid_until = models.DateField()


class PictureLine(Kept):
    """One statement of a picture with its source."""

    picture = models.ForeignKey(SituationPicture, on_delete=models.PROTECT, related_name="lines")
    text = models.TextField()
    source = models.TextField()


class PictureProposal(Kept):
    """That a picture is laid before the parties; from then on it no longer changes."""

    picture = models.ForeignKey(SituationPicture, on_delete=models.PROTECT, related_name="proposals")


class Voice(Kept):
    """A party endorses a statement or dissents, with a reason; a newer voice of the same party stands in front."""

    line = models.ForeignKey(PictureLine, on_delete=models.PROTECT, related_name="voices")
    party = models.CharField(max_length=60)
    verdict = models.CharField(max_length=20)
    reason = models.TextField()


class ScopeStep(Kept):
    """One step of a scope test (R003): `draft`, `reasoned`, `reviewed` or `reopened`; the newest says how it stands.

    `subject` is a campaign's UUID or the id of an incident. `areas` says of each domain whether it is touched, or was
    asked and is not; one that is absent was not asked (P14).
    """

    subject = models.CharField(max_length=100, db_index=True)
    step = models.CharField(max_length=20)
    outcome = models.CharField(max_length=30, blank=True)
    outcome_version = models.CharField(max_length=20, blank=True)
    route = models.CharField(max_length=20, blank=True)
    reasons = models.TextField(blank=True)
    owner = models.CharField(max_length=200, blank=True)
    areas = models.JSONField(default=dict)


class PhenomenonNote(Kept):
    """A phenomenon of a theme with advice: never a person, never one lawful gathering (R112, R113)."""

    theme = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    text = models.TextField()
    source = models.TextField()
    #: Advice has a part about chances and one about risks (P15); notes of before this were asked for have neither.
    chances = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    advice = models.TextField()


class ProxyRelation(Kept):
    """That one kind of actor acts for another in a phenomenon, with the confidence and what says so (R113)."""

    note = models.ForeignKey(PhenomenonNote, on_delete=models.PROTECT, related_name="proxies")
    principal = models.CharField(max_length=30)
    agent = models.CharField(max_length=30)
    confidence = models.CharField(max_length=20)
    statement = models.TextField()
    source = models.TextField()


class ThreatLevel(Kept, Published):
    """A published threat level of a theme as stated: context, with its date and source (R114)."""

    key = models.CharField(max_length=60, blank=True)
    theme = models.CharField(max_length=60)
    level = models.CharField(max_length=60)
    stated_on = models.CharField(max_length=40)
    text = models.TextField()
    language = models.CharField(max_length=2, blank=True)
    as_read = models.BooleanField(default=False)
