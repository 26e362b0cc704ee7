"""The shared picture: what each source said, never merged, and the things that the records are about.

Rows of `Record`, `Name`, `Attribute` and `Link` are written once. A later version closes the record before it by
`replaced_at`; nothing else changes. Ids of bulk tables are given out by `ingest`, so that rows can be written many at
a time on every database.
"""

from __future__ import annotations

from django.db import models

from verband.language.markings import Marking as MarkingValue


class Marking(models.Model):
    """One combination of TLP, classification and releasability that occurs here."""

    tlp = models.CharField(max_length=20)
    classification = models.CharField(max_length=40)
    #: Community keys joined by commas with one at each end; NULL = not restricted to communities.
    released = models.CharField(max_length=400, null=True)  # noqa: DJ001 - NULL and empty differ

    class Meta:
        unique_together = [("tlp", "classification", "released")]

    def value(self) -> MarkingValue:
        """The marking as the language knows it."""
        released = None if self.released is None else frozenset(filter(None, self.released.split(",")))
        return MarkingValue(self.tlp, self.classification, released)


class Source(models.Model):
    """Who says it. Purpose and retention hold for everything that comes from here (D2)."""

    key = models.CharField(max_length=200, unique=True)
    name = models.CharField(max_length=300)
    publisher = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=500, blank=True)
    licence = models.CharField(max_length=300, blank=True)
    reliability = models.CharField(max_length=1, default="F")
    marking = models.ForeignKey(Marking, on_delete=models.PROTECT)
    purpose = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=300)
    retention_days = models.IntegerField(default=3650)


class Document(models.Model):
    """The raw bytes as they arrived: their hash and where they came from. The bytes lie in the workspace, AMBER."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="documents")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=300)
    format = models.CharField(max_length=40)
    size = models.BigIntegerField()
    received_at = models.BigIntegerField()
    received_by = models.CharField(max_length=200)
    counts = models.JSONField(default=dict)

    class Meta:
        unique_together = [("source", "sha256")]


class Thing(models.Model):
    """What records are about. Which things are held to be the same stands in `Sameness` alone."""

    id = models.BigAutoField(primary_key=True)
    stix_id = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=60)


class Record(models.Model):
    """One source's statement, immutable. Times are whole seconds since 1970, ends exclusive."""

    id = models.BigAutoField(primary_key=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, db_index=False)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="records", db_index=False)
    thing = models.ForeignKey(Thing, on_delete=models.PROTECT, null=True, related_name="records")
    key = models.CharField(max_length=300)
    kind = models.CharField(max_length=60)
    version = models.CharField(max_length=60, blank=True)
    #: What kind of event it tells of (incident, disclosure, response, event); NULL for every other record.
    event = models.CharField(max_length=20, null=True)  # noqa: DJ001 - the index holds only what is not NULL
    digest = models.CharField(max_length=32)
    name = models.CharField(max_length=500, blank=True)
    summary = models.TextField(blank=True)
    about_start = models.BigIntegerField(null=True)
    about_end = models.BigIntegerField(null=True)
    about_precision = models.CharField(max_length=10, blank=True)
    certainty = models.TextField(blank=True)
    reliability = models.CharField(max_length=1, default="F")
    credibility = models.CharField(max_length=1, default="6")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    live = models.BooleanField(default=True)
    evidence = models.BooleanField(default=False)
    disputed = models.BooleanField(default=False)
    marking = models.ForeignKey(Marking, on_delete=models.PROTECT, db_index=False)
    line = models.BigIntegerField(default=0)
    recorded_at = models.BigIntegerField()
    replaced_at = models.BigIntegerField(null=True)
    retain_until = models.BigIntegerField()
    #: The whole object as it arrived. Last, so that the other columns are read without it.
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "key", "version", "digest"], name="one_record_per_content"),
        ]
        indexes = [
            models.Index(fields=["event"], name="record_event", condition=models.Q(event__isnull=False)),
            models.Index(fields=["about_start"], name="record_evidence_time", condition=models.Q(evidence=True)),
        ]


class Name(models.Model):
    """A name that a record gives to a thing."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="names")
    thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(max_length=500)
    folded = models.CharField(max_length=500, db_index=True)


class Attribute(models.Model):
    """A value of a record by which it is filtered and, if the record is evidence, linked."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="attributes")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=300)
    stated = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["name", "value"], name="attribute_value")]


class Link(models.Model):
    """What a record says about two things."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="links", db_index=False)
    kind = models.CharField(max_length=60)
    source_thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    target_thing = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")


class Sameness(models.Model):
    """That two things are one: proposed by a method or a person, decided by a person, and undone without loss."""

    first = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Thing, on_delete=models.PROTECT, related_name="+")
    evidence = models.JSONField(default=dict)
    strength = models.FloatField(null=True)
    marking = models.ForeignKey(Marking, on_delete=models.PROTECT)
    proposed_by = models.CharField(max_length=200)
    proposed_at = models.BigIntegerField()
    accepted_by = models.CharField(max_length=200, blank=True)
    accepted_at = models.BigIntegerField(null=True)
    rejected_by = models.CharField(max_length=200, blank=True)
    rejected_at = models.BigIntegerField(null=True)
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.BigIntegerField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        unique_together = [("first", "second")]
