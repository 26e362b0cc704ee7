"""Interventions, versions of the framework with an evaluation, notes about a threshold, and decisions of attribution,
each with the row's word in every text.
"""

from __future__ import annotations

from datetime import datetime

from tests.property.kept import kinds
from verband.language.markings import Ceiling
from verband.language.markings import Marking as MarkingValue
from verband.rooms.campaigns.models import Rung
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings
from verband.rooms.picture import services as picture
from verband.rooms.response import services
from verband.rooms.response.attributing.models import AttributionDecision
from verband.rooms.response.incident_mode.models import Mode
from verband.rooms.response.models import Kept


def key_of(word: str) -> str:
    """The key of the intervention that was begun with that word; of nothing where there is none."""
    return Mode.objects.filter(title__contains=word).values_list("key", flat=True).first() or "0" * 16


def version_of(word: str) -> str:
    """The version of the framework that was named with that word."""
    return f"v-{word}"


def visible(ceiling: Ceiling) -> list[str]:
    """The keys of the first interventions that somebody under the ceiling may see, oldest first."""
    found = Mode.objects.filter(marking_id__in=markings.visible(ceiling)).order_by("pk")
    return list(found.values_list("key", flat=True)[:2])


def write(word: str, case: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """An intervention at an incident that everybody may see, where there is one, up to its hand-over; a version with
    its evaluation and an action; a note about the threshold of that case. Then mark all so.
    """
    before = {kind: set(kind._default_manager.values_list("pk", flat=True)) for kind in kinds(Kept)}
    everybody = sorted(view.stix_id for view in picture.incidents(Ceiling("CLEAR")))
    if everybody:
        _intervene(word, everybody[0], who, now)
    _evaluate(word, who, now)
    note = {name: f"{name} {word}".capitalize() for name in ("grounds", "consultation", "source")}
    note |= {"level": "near", "support": "asked", "marking": ""}
    services.note_threshold(case, note, who=who, now=now)
    for kind, known in before.items():
        kind._default_manager.exclude(pk__in=known).update(marking=markings.row(marking))


def decide(rung: Rung, words: str, *, who: Reader, now: datetime) -> None:
    """A decision of attribution about that step, as somebody with a mandate would leave it."""
    held = people.mandates_of(people.person("response-decider"))[0]
    AttributionDecision.objects.create(
        key=f"attribution-{rung.pk}",
        campaign=str(rung.uuid),
        level=rung.level,
        statement=words,
        confidence="low",
        floor="moderate",
        dissent=words,
        coordinated=True,
        partners=[words],
        statement_on=now.date(),
        reason=words,
        day=now.date(),
        rung=rung,
        mandate=held,
        mandate_words=words,
        source=words,
        person=who.username,
        marking=rung.marking,
        kept_by=who.signature,
        kept_at=int(now.timestamp()),
    )


def _intervene(word: str, origin: str, who: Reader, now: datetime) -> None:
    told = {name: f"{name} {word}".capitalize() for name in ("title", "alert", "source")}
    mode = services.open_mode({**told, "origin": origin, "urgency": "current", "marking": ""}, who=who, now=now)
    part = {"role": "coordinates", "organisation": "home", "function": f"Function {word}"}
    services.add_mode_role(mode.key, part, who=who, now=now)
    services.mode_goes_on(mode.key, "coordination", reason=f"Together {word}", who=who, now=now)
    for kind in ("known", "not_known", "event"):
        line = {"kind": kind, "text": f"Line {kind} {word}", "source": f"From {word}", "marking": ""}
        services.add_log_line(mode.key, line, who=who, now=now)
    warning = {"what": f"Warn {word}", "owner": "home", "track": "resilience", "gate": "none", "marking": ""}
    warn = services.plan_action(mode.key, warning | {"why_none": f"Open {word}"}, who=who, now=now)
    police = {"gate": "competent", "route": "police", "authority": "home", "track": "criminal", "marking": ""}
    services.plan_action(mode.key, police | {"what": f"Stop {word}", "owner": "home"}, who=who, now=now)
    services.mode_goes_on(mode.key, "actions", reason=f"Agreed {word}", who=who, now=now)
    services.move_action(warn.key, "execute", {"reason": f"Done {word}"}, who=who, now=now)
    reason = {"track": "diplomatic", "reason": f"Not now {word}"}
    services.explain_empty_track(mode.key, reason, who=who, now=now)
    names = ("function", "situation", "open_points", "agreements", "material")
    over = {name: f"{name} {word}".capitalize() for name in names} | {"organisation": "home", "marking": ""}
    services.hand_over_mode(mode.key, over, passed_on=(), who=who, now=now)


def _evaluate(word: str, who: Reader, now: datetime) -> None:
    version = version_of(word)
    services.framework_step(version, "pilot", reason=f"Tried {word}", who=who, now=now)
    names = ("expected", "happened", "cooperation", "breadth", "order", "lessons", "source")
    answers = {name: f"{name} {word}".capitalize() for name in names} | {"why_no_action": "", "marking": ""}
    row = services.evaluate("framework", version, answers, who=who, now=now)
    lesson = {"lesson": f"Lesson {word}", "what": f"Do {word}", "owner": "home", "due_on": "2025-08-20"}
    one = services.add_lesson(row.key, lesson, who=who, now=now)
    services.mark_lesson(one.key, "done", reason=f"Finished {word}", who=who, now=now)
