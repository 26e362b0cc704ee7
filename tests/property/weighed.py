"""What is weighed: a scenario with all that experts say of it, with the row's word in every text."""

from __future__ import annotations

from datetime import datetime, timedelta

from verband.language.markings import Marking as MarkingValue
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.picture import markings
from verband.rooms.risk.models import Fixing, Scenario, ScenarioLink
from verband.rooms.risk.scenarios import describing, fixing, sessions

EXPERTS = ("expert-one", "expert-two")
_CRITERIA = ("2.1", "likelihood")


def key_of(word: str) -> str:
    """The key of the scenario with that word."""
    return f"scene-{word}"


def write(word: str, theme: str, interest: str, marking: MarkingValue, *, who: Reader, now: datetime) -> None:
    """A scenario that was linked, judged, agreed on, dissented from, challenged and fixed, then marked so."""
    key = key_of(word)
    titles = {"title_nl": f"Scenario {word}", "title_en": f"Scenario {word}", "text": f"It happens {word}."}
    describing.draft(key, theme=theme, interests=[interest], marking=MarkingValue("CLEAR"), who=who, now=now, **titles)
    describing.link(
        key,
        kind="dependency",
        text=f"Rests on {word}",
        observed_on="2025-01-01",
        valid_until="2026-01-01",
        who=who,
        now=now,
    )
    _judge(key, word, who, now)
    first = people.reader(people.person(EXPERTS[0]))
    describing.challenge(key, text=f"Against {word}", who=first, now=now)
    number = describing.scenario(key, who, now=now).challenges[0].pk
    describing.answer(key, number, text=f"Answer {word}", who=who, now=now)
    fixing.fix(key, reason=f"Fixed {word}", who=who, now=now)
    row = markings.row(marking)
    Scenario.objects.filter(key=key).update(marking=row)
    ScenarioLink.objects.filter(scenario__key=key).update(marking=row)
    Fixing.objects.filter(scenario__key=key).update(marking=row)


def _judge(key: str, word: str, who: Reader, now: datetime) -> None:
    sessions.begin(key, EXPERTS, who=who, now=now)
    experts = [people.reader(people.person(name)) for name in EXPERTS]
    for one in experts:
        sessions.accept(key, who=one, now=now)
    sessions.go_on(key, who=who, now=now)
    given = {"lower": "B", "expected": "C", "upper": "D"}
    for one in experts:
        for criterion in _CRITERIA:
            said = {"rationale": f"Because {word}", "knowledge": "moderate"}
            sessions.score(key, criterion, **given, **said, who=one, now=now)
    sessions.go_on(key, who=who, now=now)
    sessions.remark(key, text=f"Remark {word}", criterion="2.1", who=experts[0], now=now)
    sessions.go_on(key, who=who, now=now)
    sessions.go_on(key, who=who, now=now + timedelta(seconds=1))
    for criterion in _CRITERIA:
        sessions.agree(key, criterion, **given, text=f"Agreed {word}", who=who, now=now)
    sessions.dissent(key, "2.1", **given, text=f"Dissent {word}", signed="", who=experts[0], now=now)
    sessions.go_on(key, who=who, now=now)
