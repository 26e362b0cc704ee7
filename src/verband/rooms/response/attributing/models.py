"""Decisions of attribution with their statement and mandate, and notes about the threshold with their reviews.

The levels of attribution have their one store in the ladder of the campaign; a decision here points at its step there.
"""

from __future__ import annotations

from django.db import models

from verband.rooms.response.kept import Kept


class AttributionDecision(Kept):
    """A decision on the political or public level: the statement, how sure, who dissents, with whom, and by whom.

    `campaign` is its id, `rung` the step in the ladder that was taken in the same transaction. `partners` are states
    (keys of the countries) or organisations as named; empty where the statement is not coordinated.
    """

    key = models.CharField(max_length=40, unique=True)
    campaign = models.CharField(max_length=40, db_index=True)
    level = models.CharField(max_length=20)
    statement = models.TextField()
    confidence = models.CharField(max_length=20)
    floor = models.CharField(max_length=20)
    dissent = models.TextField(blank=True)
    coordinated = models.BooleanField()
    partners = models.JSONField(default=list)
    statement_on = models.DateField(null=True)
    reason = models.TextField()
    day = models.DateField()
    rung = models.ForeignKey("campaigns.Rung", on_delete=models.PROTECT, related_name="+")
    mandate = models.ForeignKey("people.Mandate", on_delete=models.PROTECT, related_name="+")
    mandate_words = models.TextField()


class ThresholdNote(Kept):
    """Where a person puts a case: below, near or at the level of an armed attack, and why. Newest standing one counts.

    No code sets `level`; it is what was chosen in the form.
    """

    case = models.ForeignKey("response.Case", on_delete=models.PROTECT, related_name="threshold_notes")
    key = models.CharField(max_length=40, unique=True)
    level = models.CharField(max_length=10)
    grounds = models.TextField()
    support = models.CharField(max_length=20)
    consultation = models.TextField(blank=True)


class ThresholdReview(Kept):
    """The legal or the political review of a note, by another person; a political one under a mandate."""

    note = models.ForeignKey(ThresholdNote, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=20)
    outcome = models.CharField(max_length=20)
    text = models.TextField()
    function = models.CharField(max_length=200)
    day = models.DateField()
    mandate = models.ForeignKey("people.Mandate", on_delete=models.PROTECT, null=True, related_name="+")
    mandate_words = models.TextField(blank=True)
