"""What people keep beside a status as stated: what is known later, and the progress letter with what it is made from.

Rows are withdrawn with a reason, never changed. A letter's state is that of its newest step.
"""

from __future__ import annotations

from django.db import models

from verband.rooms.picture.keeping import Marked


class KnownLater(Marked):
    """What became of a commitment after its status was stated: state, words, source, and the day that they are of."""

    commitment = models.CharField(max_length=40, db_index=True)
    state = models.CharField(max_length=20)
    text = models.TextField()
    source = models.TextField()
    day = models.DateField()

    class Meta:
        ordering = ["day", "id"]


class ProgressLetter(Marked):
    """A progress letter to parliament: what it is called and the day whose state it tells."""

    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    day = models.DateField()
    reason = models.TextField()

    class Meta:
        ordering = ["day", "id"]


class LetterStep(Marked):
    """A step of a letter by a person, with the reason. The step `sent` holds its content and the digest of that."""

    letter = models.ForeignKey(ProgressLetter, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=20)
    reason = models.TextField()
    content = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]


class Contribution(Marked):
    """What an owner has to say in a letter: text, who gave it, and the day."""

    letter = models.ForeignKey(ProgressLetter, on_delete=models.PROTECT, related_name="contributions")
    owner = models.CharField(max_length=200)
    text = models.TextField()
    source = models.TextField()
    day = models.DateField()

    class Meta:
        ordering = ["owner", "day", "id"]
