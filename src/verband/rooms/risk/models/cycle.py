"""The cycle: its editions and products, goals of strategies, lines of reviews, answers to findings, frozen content.

What a person says is kept with name, day and marking; it is withdrawn with a reason, never changed or deleted.
Times are whole seconds since 1970.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verband.rooms.risk.models.published import Published, Statement


class Said(models.Model):
    """Who said it, when, under which marking; and who took it back, when and why."""

    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")
    said_by = models.CharField(max_length=200)
    said_at = models.BigIntegerField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        abstract = True


class CycleEdition(Published):
    """One edition of a phase, or a text beside the cycle. `own_text_*` name its own text where that is a source here,
    `called_*` name it within a sentence.

    `appeared` where a source says so; `appeared_on` is as exact as the source (ISO year, month or day), or empty.
    """

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    title_nl = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    appeared = models.BooleanField(default=False)
    appeared_on = models.CharField(max_length=10, blank=True)
    due_as_stated = models.CharField(max_length=200, blank=True)
    period_as_stated = models.CharField(max_length=200, blank=True)
    follows = models.CharField(max_length=60, blank=True)
    replaces = models.JSONField(default=list)
    replaces_as_stated = models.CharField(max_length=300, blank=True)
    called_nl = models.CharField(max_length=200, blank=True)
    called_en = models.CharField(max_length=200, blank=True)
    own_text_nl = models.CharField(max_length=400, blank=True)
    own_text_number = models.CharField(max_length=60, blank=True)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=200)
    closed_by = models.CharField(max_length=200, blank=True)
    closed_at = models.BigIntegerField(null=True)
    closed_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]


class CycleProduct(models.Model):
    """What an edition has to bring. `as_stated` where its source says that it appeared and nobody here delivered it."""

    edition = models.ForeignKey(CycleEdition, on_delete=models.CASCADE, related_name="products")
    title_nl = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    mandatory = models.BooleanField(default=True)
    as_stated = models.BooleanField(default=False)
    evidence = models.TextField(blank=True)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=200)
    made_at = models.BigIntegerField()
    delivered_by = models.CharField(max_length=200, blank=True)
    delivered_at = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]


class StrategyGoal(Published, Said):
    """What a strategy sets itself, for a theme where its source says so; `text` in the language that it is kept in."""

    edition = models.ForeignKey(CycleEdition, on_delete=models.CASCADE, related_name="goals")
    key = models.CharField(max_length=80)
    theme = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=2, default="en")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "key"], condition=Q(withdrawn_at=None), name="one_standing_goal_of_a_key"
            ),
        ]


class GoalFate(Said):
    """What became of a goal when its strategy was followed by another: its successor, or that it is not continued."""

    goal = models.ForeignKey(StrategyGoal, on_delete=models.CASCADE, related_name="fates")
    successor = models.ForeignKey(StrategyGoal, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField()

    class Meta:
        ordering = ["-said_at", "-id"]


class StrategyCell(Published, Said):
    """One cell of the comparison of strategies: what a source says about one aspect of one of them."""

    edition = models.ForeignKey(CycleEdition, on_delete=models.CASCADE, related_name="cells")
    aspect = models.CharField(max_length=40)
    text = models.TextField()
    language = models.CharField(max_length=2, default="en")

    class Meta:
        ordering = ["id"]


class ReviewLine(Published, Said):
    """One line of a review: the part, the theme where it has one, the text and where it stands.

    A verdict has its key in `verdict`; `as_read` marks our own reading.
    """

    edition = models.ForeignKey(CycleEdition, on_delete=models.CASCADE, related_name="lines")
    part = models.CharField(max_length=30)
    theme = models.CharField(max_length=60, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=2, default="en")
    verdict = models.CharField(max_length=20, blank=True)
    as_read = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]


class FindingAnswer(Said):
    """How a finding is answered: by a measure, by a commitment, elsewhere, or not, with the reason."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="answers")
    kind = models.CharField(max_length=20)
    target = models.CharField(max_length=40, blank=True)
    reason = models.TextField()

    class Meta:
        ordering = ["-said_at", "-id"]


class MeasureFunction(Said):
    """What a measure is for, in one of the schemes of the policy texts."""

    measure = models.CharField(max_length=40)
    scheme = models.CharField(max_length=60)
    function = models.CharField(max_length=40)
    reason = models.TextField()

    class Meta:
        ordering = ["-said_at", "-id"]


class FrozenEdition(Said):
    """The content of an edition as it was on one day: canonical JSON and its digest. It is never changed."""

    edition = models.ForeignKey(CycleEdition, on_delete=models.PROTECT, related_name="frozen")
    number = models.IntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField()

    class Meta:
        ordering = ["-said_at", "-id"]
        unique_together = [("edition", "number")]
