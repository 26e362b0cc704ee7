"""Scenarios and what experts judged about them, in rounds; every row is kept. Times are seconds since 1970."""

from __future__ import annotations

from typing import Any

from django.db import models

from verband.language.errors import StateError
from verband.rooms.audit import services as audit


class Signed(models.Model):
    """Who said it and when; it can be withdrawn with a reason, never changed."""

    said_by = models.CharField(max_length=200)
    said_at = models.BigIntegerField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        abstract = True


class Scenario(Signed):
    """What could happen, to which interests, under which theme; weighed by one method in one version."""

    key = models.SlugField(max_length=80, unique=True)
    title_nl = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200)
    text = models.TextField()
    language = models.CharField(max_length=2, default="nl")
    theme = models.CharField(max_length=60)
    interests = models.JSONField(default=list)
    #: Risk method, its version and the profile of weights.
    method = models.CharField(max_length=60)
    method_version = models.CharField(max_length=20)
    profile = models.CharField(max_length=60)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["key"]


class ScenarioLink(Signed):
    """What a scenario rests on: a campaign, incident, statement, measure, or a dependency that a source states.

    After `valid_until` it counts as old. For a measure `without` says what each class would be if it were not there.
    """

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="links")
    kind = models.CharField(max_length=20)
    ref = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    observed_on = models.DateField()
    valid_until = models.DateField()
    #: {criterion: class}, for `likelihood` a band.
    without = models.JSONField(default=dict)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]


class Challenge(Signed):
    """What somebody other than its author holds against a scenario, and what was answered."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="challenges")
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=200, blank=True)
    answered_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]

    @property
    def number(self) -> str:
        """Its number as a word of an address or a form."""
        return str(self.pk)


class Session(models.Model):
    """Experts who judge one scenario: a round without names, a discussion, a second round, and what they agree on."""

    scenario = models.ForeignKey(Scenario, on_delete=models.CASCADE, related_name="sessions")
    number = models.IntegerField()
    stage = models.CharField(max_length=20)
    led_by = models.CharField(max_length=200)
    #: Account of who leads it.
    leader = models.CharField(max_length=150)
    opened_at = models.BigIntegerField()
    #: [{"stage", "at", "by"}]: when each stage began.
    steps = models.JSONField(default=list)

    class Meta:
        ordering = ["-number"]
        unique_together = [("scenario", "number")]


class Seat(models.Model):
    """An expert in a session. `alias` is drawn by lot; it is all that others see of him, unless he signs a dissent."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats")
    username = models.CharField(max_length=150)
    alias = models.CharField(max_length=20)
    invited_at = models.BigIntegerField()
    accepted_at = models.BigIntegerField(null=True)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["alias"]
        unique_together = [("session", "username"), ("session", "alias")]


class ExpertScore(models.Model):
    """What one expert says of one criterion (or `likelihood`) in one round; the newest of a round stands."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="scores")
    round = models.IntegerField()
    criterion = models.CharField(max_length=40)
    #: Classes (bands for the likelihood); all three X where the criterion does not apply.
    lower = models.CharField(max_length=20)
    expected = models.CharField(max_length=20)
    upper = models.CharField(max_length=20)
    rationale = models.TextField()
    #: How strong the knowledge is that it rests on (catalogue `confidence`).
    knowledge = models.CharField(max_length=20)
    said_at = models.BigIntegerField()

    class Meta:
        ordering = ["id"]


class Remark(models.Model):
    """What an expert says in the discussion, under his alias."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="remarks")
    criterion = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    said_at = models.BigIntegerField()

    class Meta:
        ordering = ["id"]


class Agreed(Signed):
    """What the session agreed on for one criterion, as its leader wrote it down."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="agreed")
    criterion = models.CharField(max_length=40)
    lower = models.CharField(max_length=20)
    expected = models.CharField(max_length=20)
    upper = models.CharField(max_length=20)
    text = models.TextField()

    class Meta:
        ordering = ["id"]


class Dissent(models.Model):
    """What an expert holds against what was agreed, kept beside it for good. `name` is empty where he did not sign."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="dissents")
    criterion = models.CharField(max_length=40)
    lower = models.CharField(max_length=20)
    expected = models.CharField(max_length=20)
    upper = models.CharField(max_length=20)
    text = models.TextField()
    name = models.CharField(max_length=200, blank=True)
    said_at = models.BigIntegerField()

    class Meta:
        ordering = ["id"]


class Fixing(models.Model):
    """An edition of a scenario: what it came to, frozen, with the digest of its bytes."""

    scenario = models.ForeignKey(Scenario, on_delete=models.PROTECT, related_name="fixings")
    number = models.IntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField()
    fixed_by = models.CharField(max_length=200)
    fixed_at = models.BigIntegerField()
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-number"]
        unique_together = [("scenario", "number")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep a new edition. A change of one that is there is noted and refused: StateError("scenario.frozen")."""
        if not self._state.adding:
            audit.note("refused", actor="", object=f"scenario {self.scenario.key}, edition {self.number}: change")
            raise StateError("scenario.frozen", number=self.number)
        super().save(*args, **kwargs)
