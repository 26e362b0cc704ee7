"""What is done about an incident: a case with all that belongs to it, with the row's word in every text."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.property.kept import kinds
from verband.language.markings import Ceiling
from verband.language.markings import Marking as MarkingValue
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings
from verband.rooms.response import services
from verband.rooms.response.models import Case, Indicator, Kept, Option
from verband.rooms.risk.watch import scope

#: Decides; has a mandate from the first day of the world on.
DECIDER = "response-decider"
_GAP = "gap--economic_security--digital_threats"


def register(home: people.Organisation, ceiling: Ceiling, now: datetime) -> None:
    """The account that decides, with its mandate."""
    holder = people.add_person(
        DECIDER,
        role="decider",
        organisation=home,
        actor="test",
        tlp=ceiling.tlp,
        classification=ceiling.classification,
        communities=tuple(ceiling.communities),
    )
    people.add_mandate(
        home,
        holder=holder,
        function="Function",
        power="decide",
        legal_basis="test",
        source="test",
        valid_from=now.date(),
        actor="test",
    )


def key_of(word: str) -> str:
    """The key of the case that was opened with that word; of nothing where there is none."""
    return Case.objects.filter(title__contains=word).values_list("key", flat=True).first() or "0" * 16


def first_option(case: str) -> str:
    """The key of the first option of that case; of nothing where there is none."""
    found = Option.objects.filter(case__key=case).order_by("pk")
    return found.values_list("key", flat=True).first() or "0" * 16


def write(word: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """Open a case with that word, go the line to an effect, and put a second package together; then mark all so."""
    if not scope.scope_of(_GAP, who).steps:
        values = {"step": "reasoned", "outcome": "actual", "route": "direct", "reasons": "For everybody to see."}
        scope.write(_GAP, values | {"marking": "CLEAR"}, who=who, now=now)
    before = {kind: set(kind._default_manager.values_list("pk", flat=True)) for kind in kinds(Kept)}
    _write(word, who, now)
    for kind, known in before.items():
        kind._default_manager.exclude(pk__in=known).update(marking=markings.row(marking))


def visible(ceiling: Ceiling) -> list[str]:
    """The keys of the first cases that somebody under the ceiling may see, oldest first."""
    found = Case.objects.filter(marking_id__in=markings.visible(ceiling)).order_by("pk")
    return list(found.values_list("key", flat=True)[:2])


def _write(word: str, who: Reader, now: datetime) -> None:
    told = {"title": f"Case {word}", "question": f"Question {word}", "severity_reason": f"Grave {word}"}
    case = services.open_case(
        {**told, "origin": _GAP, "severity": "serious", "marking": "CLEAR"},
        aims=["stop"],
        accents=["generic"],
        who=who,
        now=now,
    )
    for area in ("justice", "economy"):
        answer = {"area": area, "answer": "answered", "text": f"Answer {word}", "party": f"Party {word}"}
        services.ask_area(case.key, answer, who=who, now=now)
    names = "what owner theory downside reaction proportionality alternative chances risks indicator source"
    texts = {name: f"{name} {word}".capitalize() for name in names.split()}
    of = {"channel": "bilateral", "reversibility": "fully", "observe_on": "2025-08-30", "marking": "CLEAR"}
    option = services.add_option(case.key, {**texts, **of, "instrument": "dialogue"}, goals=["stop"], who=who, now=now)
    packages = [
        services.make_package(
            case.key, {"title": f"{name} {word}", "marking": "CLEAR"}, option_keys=[option.key], who=who, now=now
        )
        for name in ("First", "Second")
    ]
    advice = {name: f"{name} {word}".capitalize() for name in ("chances", "risks", "allied", "reason")}
    services.move(packages[0].key, "advise", advice, who=who, now=now)
    decision = {"outcome": "yes", "text": f"Text {word}", "conditions": f"If {word}", "reason": f"Fits {word}"}
    decider = people.reader(people.person(DECIDER))
    services.move(packages[0].key, "decide", decision, who=decider, now=now)
    services.move(packages[0].key, "execute", {"reason": f"Done {word}"}, who=who, now=now)
    seen = {"observed_on": now.date().isoformat(), "seen": f"Seen {word}", "verdict": "partly"}
    seen |= {"source": f"Source {word}", "indicator": Indicator.objects.get(option=option).key}
    services.observe_effect(packages[0].key, seen, who=who, now=now + timedelta(seconds=1))
    services.withdraw_option(option.key, reason=f"Later {word}", who=who, now=now + timedelta(days=2))
