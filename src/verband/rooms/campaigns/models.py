"""Runs of connecting, the campaigns they propose, and what people decided about them."""

from __future__ import annotations

import hashlib

from django.db import models

from verband.language.markings import Ceiling
from verband.language.records import json_bytes


class Run(models.Model):
    """One run of a method under a ceiling: it used only records at or below it and can be made again to the bit."""

    method = models.CharField(max_length=60)
    method_version = models.CharField(max_length=20)
    parameters = models.JSONField()
    ceiling_tlp = models.CharField(max_length=20)
    ceiling_classification = models.CharField(max_length=40)
    ceiling_communities = models.CharField(max_length=400, blank=True)
    input_digest = models.CharField(max_length=64)
    incidents = models.IntegerField()
    #: How many of these differ in anything that was read, and how many have a date; None where that was not kept.
    different = models.IntegerField(null=True)
    dated = models.IntegerField(null=True)
    comparisons = models.IntegerField()
    fdr = models.FloatField()
    smallest_showable = models.IntegerField()
    #: Groups were fixed before a date was read, and their dates are what was tested.
    thin = models.BooleanField(default=False)
    null_best = models.JSONField(default=list)
    #: {"values": [{"feature", "value", "df", "n"}], "many": n}: too common to make pairs from; empty where none was.
    capped = models.JSONField(default=dict)
    #: [{"a", "b", "bans", "shared": [{"feature", "value", "stated"}]}]: ids of proposals that look alike, most first.
    kin = models.JSONField(default=list)
    run_by = models.CharField(max_length=200)
    run_at = models.BigIntegerField()
    #: Set for a what-if run: made of the same records as that run, but for what is left out. Nobody's newest run.
    what_if_of = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="what_ifs")
    #: {"sources": [...], "publishers": [...], "features": [...]}: what a what-if run leaves out.
    left_out = models.JSONField(default=dict)

    class Meta:
        ordering = ["-run_at", "-id"]

    def limits(self, language: str) -> str:
        """What this collection could not have shown, and which values made no pairs; empty where it is not known."""
        from verband.methods.connecting import explain  # numpy, scipy: half a second most verbs do not need

        largest = int(self.parameters.get("largest", self.smallest_showable))
        if not self.smallest_showable:
            return ""
        return f"{explain.showable(self.smallest_showable, largest, language)} {self.too_common(language)}".strip()

    def too_common(self, language: str) -> str:
        """Which values were so common that no pair was made from them; empty where there were none."""
        from verband.methods.connecting import Capped, explain  # as above

        values = [Capped(**item) for item in self.capped.get("values", [])]
        return explain.capped(values, self.capped.get("many", 0), language)

    @property
    def key(self) -> str:
        """What names the run in an address: made of what it is, so that it tells nothing of runs that are hidden."""
        settings = {name: value for name, value in self.parameters.items() if name != "exclude_sources"}
        said = [self.method, self.method_version, self.run_at, self.run_by, self.ceiling_tlp]
        said += [self.ceiling_classification, self.ceiling_communities, settings, self.left_out]
        return hashlib.sha256(json_bytes(said)).hexdigest()[:10]

    def ceiling(self) -> Ceiling:
        """The ceiling as the language knows it."""
        communities = frozenset(filter(None, self.ceiling_communities.split(",")))
        return Ceiling(self.ceiling_tlp, self.ceiling_classification, communities)


class Night(models.Model):
    """A run that tested only what was new since the night before, so that all nights together keep one promise."""

    run = models.OneToOneField(Run, on_delete=models.CASCADE, related_name="night")
    #: Names the ceiling that was asked for: each has its own row of nights. A digest, so that it tells nothing.
    under = models.CharField(max_length=10, db_index=True)
    #: 1 for the first.
    number = models.IntegerField()
    #: Incidents that came in since the night before, and what a first proposal of this night could spend.
    new = models.IntegerField()
    level = models.FloatField()
    #: Campaigns proposed in this night for the first time.
    proposed = models.IntegerField()
    #: Things that were read in this night or one before it; kept for the newest night of its row alone.
    read = models.JSONField(default=list)

    class Meta:
        ordering = ["number"]
        unique_together = [("under", "number")]


class Campaign(models.Model):
    """A group of incidents that a run found. `proposed` is False for one that chance could well have made."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="campaigns")
    uuid = models.UUIDField(db_index=True)
    proposed = models.BooleanField()
    title_nl = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    bans = models.FloatField()
    #: What was compared with the shuffled worlds of the run.
    strength = models.FloatField()
    p = models.FloatField()
    e_value = models.FloatField()
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT)
    start = models.BigIntegerField(null=True)
    end = models.BigIntegerField(null=True)
    domains = models.JSONField(default=list)
    #: {"nl": {...}, "en": {...}}: sentences of why together and why it could be coincidence.
    why = models.JSONField(default=dict)

    class Meta:
        ordering = ["-proposed", "-bans", "id"]
        unique_together = [("run", "uuid")]


class Member(models.Model):
    """An incident of a campaign: the thing that led its group in that run."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="members")
    thing = models.ForeignKey("picture.Thing", on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField()

    class Meta:
        ordering = ["place"]


class LinkEvidence(models.Model):
    """What speaks for one link of a campaign, feature by feature, with the records that say so."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="evidence")
    first = models.IntegerField(help_text="place of the one member")
    second = models.IntegerField(help_text="place of the other member")
    link_bans = models.FloatField()
    feature = models.CharField(max_length=40)
    value = models.CharField(max_length=300)
    bans = models.FloatField()
    incidents_with_value = models.IntegerField()
    records = models.JSONField(default=list)

    class Meta:
        ordering = ["-link_bans", "first", "second", "-bans", "id"]


class Decision(models.Model):
    """What a person decided about a group of incidents, with the reason. It outlives the run and can be undone."""

    uuid = models.UUIDField(db_index=True)
    verdict = models.CharField(max_length=10)
    reason = models.TextField()
    evidence_digest = models.CharField(max_length=64)
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT)
    decided_by = models.CharField(max_length=200)
    decided_at = models.BigIntegerField()
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.BigIntegerField(null=True)
    undone_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-decided_at", "-id"]


class Said(models.Model):
    """What a person said about a group of incidents. It outlives the run; it is withdrawn, never changed or deleted.

    `marking` is the highest of the campaign as its author saw it. `evidence_digest` is that of the records then.
    """

    uuid = models.UUIDField(db_index=True)
    reason = models.TextField()
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT, related_name="+")
    evidence_digest = models.CharField(max_length=64)
    said_by = models.CharField(max_length=200)
    said_at = models.BigIntegerField()
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.BigIntegerField(null=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["-said_at", "-id"]

    @property
    def number(self) -> str:
        """The row's number as a text, for the ids of a form."""
        return str(self.pk)


class ElementFinding(Said):
    """Whether an element of the definition of a hybrid campaign is met, not met or unknown, and what says so."""

    element = models.CharField(max_length=40)
    state = models.CharField(max_length=10)
    source = models.TextField()


class EvidenceItem(Said):
    """A piece of evidence that a person adds to the table of hypotheses: what it says and where that stands."""

    text = models.TextField()
    source = models.TextField()
    weight = models.FloatField()


class CellJudgement(Said):
    """How an item fits one hypothesis according to a person; it stands before the tool's own reading."""

    item = models.CharField(max_length=60)
    hypothesis = models.CharField(max_length=20)
    consistency = models.CharField(max_length=2)
    likelihood = models.FloatField(null=True)


class Assumption(Said):
    """What the judgement rests on without proof, and how well it holds."""

    text = models.TextField()
    state = models.CharField(max_length=20)


class Indicator(Said):
    """What would change the view if it were seen: by when to look, and when somebody last looked."""

    text = models.TextField()
    toward = models.CharField(max_length=20)
    due_on = models.DateField()
    looked_on = models.DateField(null=True)
    looked_by = models.CharField(max_length=200, blank=True)
    seen = models.TextField(blank=True)


class SignOff(Said):
    """A person puts his name to the table as it stands: what came first, and the digest of the whole table."""

    first = models.CharField(max_length=20)
    table_digest = models.CharField(max_length=64)


class Rung(Said):
    """One step of the ladder of attribution, taken by a person. No method writes here."""

    level = models.CharField(max_length=20)
    statement = models.TextField()
    certainty = models.TextField()
    source = models.TextField()
    confidence = models.CharField(max_length=20)
    dissent = models.TextField(blank=True)
    mandate = models.CharField(max_length=400, blank=True)


class DecisionMember(models.Model):
    """An incident of the group that was decided about, with the records about it that the run had read."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="members")
    thing = models.ForeignKey("picture.Thing", on_delete=models.PROTECT, related_name="+")
    records = models.JSONField(default=list)

    class Meta:
        ordering = ["id"]


class Grouping(models.Model):
    """What a person made of campaigns: one of several (merge) or parts of one (split), with the reason."""

    uuid = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10)
    #: [{"uuid", "title_nl", "title_en"}]: the campaigns that it was made from.
    origins = models.JSONField(default=list)
    reason = models.TextField()
    marking = models.ForeignKey("picture.Marking", on_delete=models.PROTECT)
    made_by = models.CharField(max_length=200)
    made_at = models.BigIntegerField()
    undone_by = models.CharField(max_length=200, blank=True)
    undone_at = models.BigIntegerField(null=True)
    undone_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-made_at", "-id"]


class GroupingPart(models.Model):
    """One group of a person's grouping. `bans` is its weight as a given group; it was not tested against chance."""

    grouping = models.ForeignKey(Grouping, on_delete=models.CASCADE, related_name="parts")
    place = models.IntegerField()
    #: The id that a campaign of exactly these incidents has in every run.
    uuid = models.UUIDField(db_index=True)
    title_nl = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    bans = models.FloatField(null=True)
    #: [{"feature", "value", "stated", "bans", "incidents", "df", "n", "records"}]: what it shares, weightiest first.
    shared = models.JSONField(default=list)

    class Meta:
        ordering = ["place"]


class GroupingMember(models.Model):
    """An incident of one part of a person's grouping."""

    part = models.ForeignKey(GroupingPart, on_delete=models.CASCADE, related_name="members")
    thing = models.ForeignKey("picture.Thing", on_delete=models.PROTECT, related_name="+")
    place = models.IntegerField()

    class Meta:
        ordering = ["place"]
