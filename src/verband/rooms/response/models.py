"""What a response is made of: cases, asked policy areas, options, packages, their steps, and effects.

Everything is kept with marking, source, name and moment; rows are withdrawn with a reason, never changed. Times are
whole seconds since 1970. The state of a package is that of its newest step, and `moving` alone adds steps.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from verband.rooms.response.attributing.models import AttributionDecision, ThresholdNote, ThresholdReview
from verband.rooms.response.evaluating.models import Closing, Evaluation, FrameworkStep, Lesson, LessonStep
from verband.rooms.response.incident_mode.models import (
    ActionStep,
    EmptyTrack,
    HandOver,
    LogLine,
    Mode,
    ModeAction,
    ModeRole,
    ModeStep,
)
from verband.rooms.response.kept import GateStep, Kept
from verband.rooms.response.registers.models import RegisterEntry, RegisterStep

__all__ = [
    "ActionStep",
    "AreaStep",
    "AttributionDecision",
    "Case",
    "Closing",
    "CodedIncident",
    "Effect",
    "EmptyTrack",
    "Evaluation",
    "FrameworkStep",
    "HandOver",
    "Inclusion",
    "Indicator",
    "Kept",
    "LegalBasis",
    "Lesson",
    "LessonStep",
    "LogLine",
    "Mode",
    "ModeAction",
    "ModeRole",
    "ModeStep",
    "Option",
    "Package",
    "PillarReason",
    "RegisterEntry",
    "RegisterStep",
    "Step",
    "ThresholdNote",
    "ThresholdReview",
]


class Case(Kept):
    """A question about one origin: a campaign, an incident, a scenario or a gap (`origin` as in the scope test)."""

    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    question = models.TextField()
    origin = models.CharField(max_length=100, db_index=True)
    aims = models.JSONField(default=list)
    accents = models.JSONField(default=list)
    severity = models.CharField(max_length=30)
    severity_version = models.CharField(max_length=20)
    severity_reason = models.TextField()
    answer_by = models.DateField(null=True)


class AreaStep(Kept):
    """That a policy area was asked, or what it answered; the newest stands. An area without one was not asked (P14)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="areas")
    area = models.CharField(max_length=40)
    answered = models.BooleanField()
    text = models.TextField(blank=True)


class Option(Kept):
    """One thing that could be done: an instrument of the catalogue, or an own one with a name and why (P17).

    A newer option may replace it; then the older one is withdrawn. `basis` and `coalition` are keys of entries in the
    registers of law in the making and of coalitions.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="options")
    key = models.CharField(max_length=40, unique=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    instrument = models.CharField(max_length=60)
    instrument_version = models.CharField(max_length=20)
    own_name = models.CharField(max_length=200, blank=True)
    why_new = models.TextField(blank=True)
    own_legal_basis = models.TextField(blank=True)
    gate = models.CharField(max_length=20)
    what = models.TextField()
    owner = models.CharField(max_length=200)
    goals = models.JSONField(default=list)
    theory = models.TextField()
    proportionality = models.TextField(blank=True)
    alternative = models.TextField(blank=True)
    channel = models.CharField(max_length=20)
    eu_type = models.CharField(max_length=30, blank=True)
    downside = models.TextField()
    chances = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    reaction = models.TextField()
    reversibility = models.CharField(max_length=20)
    basis = models.CharField(max_length=40, blank=True, default="")
    coalition = models.CharField(max_length=40, blank=True, default="")

    class Meta(Kept.Meta):
        constraints = [
            models.CheckConstraint(
                condition=(Q(channel="eu") & ~Q(eu_type="")) | (~Q(channel="eu") & Q(eu_type="")),
                name="eu_option_has_one_type",
            ),
        ]


class Indicator(Kept):
    """What would show that an option works, and the day on which somebody looks (R040)."""

    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="indicators")
    key = models.CharField(max_length=40, unique=True)
    text = models.TextField()
    observe_on = models.DateField()


class Package(Kept):
    """A set of options that is decided as one, behind one gate.

    `route` and `authority` (an organisation's key) say who is competent under an own law; empty at the political gate.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="packages")
    key = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    gate = models.CharField(max_length=20)
    route = models.CharField(max_length=30, blank=True)
    authority = models.CharField(max_length=60, blank=True)


class Inclusion(Kept):
    """That an option is in a package; withdrawn, it is out of it."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="inclusions")
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="inclusions")


class Step(GateStep):
    """One step of a package; an advice has chances, risks and how EU and NATO were considered. Never withdrawn."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="steps")
    chances = models.TextField(blank=True)
    risks = models.TextField(blank=True)
    allied = models.TextField(blank=True)
    national_reasons = models.TextField(blank=True)
    single_area = models.TextField(blank=True)

    class Meta(GateStep.Meta):
        constraints = [
            models.UniqueConstraint(fields=["package", "number"], name="one_step_of_a_number"),
        ]


class Effect(Kept):
    """What was seen of an indicator after a package was executed, against what was expected (R040)."""

    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="effects")
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="effects")
    observed_on = models.DateField()
    seen = models.TextField()
    verdict = models.CharField(max_length=20)


class LegalBasis(Kept):
    """The legal basis of an instrument, and its owner where the catalogue has none, as somebody looked it up (R032).

    `basis` names the text and article, `source` where it was read. The software fills none in.
    """

    key = models.CharField(max_length=40, unique=True)
    instrument = models.CharField(max_length=60, db_index=True)
    instrument_version = models.CharField(max_length=20)
    basis = models.TextField()
    owner = models.CharField(max_length=200, blank=True)


class PillarReason(Kept):
    """Why a case about information manipulation has no measure in a pillar of the FIMI toolbox (R036)."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="pillar_reasons")
    key = models.CharField(max_length=40, unique=True)
    pillar = models.CharField(max_length=40)
    reason = models.TextField()


class CodedIncident(Kept):
    """What was coded of the response that a source states of one incident: instruments of the catalogue.

    `collection` and `record` are the keys of the source and of its record. `stated` is False where the source states no
    response, which is not the same as none; then `instruments` is empty. `phrases` are the words that were coded.
    """

    collection = models.CharField(max_length=80)
    record = models.CharField(max_length=80)
    stated = models.BooleanField()
    instruments = models.JSONField(default=list)
    phrases = models.JSONField(default=list)

    class Meta(Kept.Meta):
        constraints = [
            models.UniqueConstraint(fields=["collection", "record"], name="one_coding_of_a_record"),
        ]


from verband.rooms.response.attributing import models as attributing  # noqa: E402, F401 - Django finds them from here
from verband.rooms.response.evaluating import models as evaluating  # noqa: E402, F401
from verband.rooms.response.incident_mode import models as incident_mode  # noqa: E402, F401
