"""What registers hold: entries, and the steps of each; kept like all in this room, and told apart by the register."""

from __future__ import annotations

from django.db import models

from verband.rooms.response.kept import Kept


class RegisterEntry(Kept):
    """An entry of a register: its title in one or both languages, the values of its fields, a number in a slot.

    `place` names section and line of the policy text that it was read from; empty where a person wrote it.
    """

    register = models.CharField(max_length=30, db_index=True)
    key = models.CharField(max_length=40, unique=True)
    title_nl = models.TextField(blank=True)
    title_en = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    number = models.IntegerField(null=True)
    place = models.JSONField(default=dict)


class RegisterStep(Kept):
    """One step of an entry: the state that it gave, when (a year, a month or a day, as stated), and what was said.

    The newest that stands gives the state of the entry. `until` is the day on which somebody has to look again.
    """

    entry = models.ForeignKey(RegisterEntry, on_delete=models.PROTECT, related_name="steps")
    key = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=30)
    happened = models.CharField(max_length=30)
    until = models.DateField(null=True)
    text_nl = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    certainty = models.CharField(max_length=200, blank=True)
    place = models.JSONField(default=dict)
