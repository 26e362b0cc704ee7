"""Cases: a question about a campaign, an incident, a scenario or a gap, its scope test, and who was asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.response import keeping
from verband.rooms.response.evaluating.models import Closing
from verband.rooms.response.models import AreaStep, Case
from verband.rooms.risk import services as risk
from verband.rooms.risk.services import ScopeView, Subject

ASKED, ANSWERED, NOT_ASKED = "asked", "answered", "not_asked"
NEITHER = "neither"


@dataclass(frozen=True)
class AreaView:
    """A policy area: `answered`, `asked` or `not_asked`, with the step that says so (None for the last)."""

    area: str
    state: str
    step: AreaStep | None


@dataclass(frozen=True)
class CaseView:
    """A case as one reader sees it. `subject` is None where the reader may not see what the case is about.

    `closed`: it has its evaluation and nothing more is prepared in it.
    """

    row: Case
    subject: Subject | None
    scope: ScopeView
    areas: tuple[AreaView, ...]
    closed: bool = False

    @property
    def key(self) -> str:
        """Its key."""
        return self.row.key

    @property
    def marking(self) -> Marking:
        """The marking of the case."""
        return self.row.marking.value()

    @property
    def handed_over(self) -> bool:
        """Whether the scope test says "neither", with reasons: then the ordinary owner has it until it is reopened."""
        return self.scope.outcome == NEITHER and self.scope.state in ("reasoned", "reviewed")

    @property
    def blocked(self) -> bool:
        """Whether the scope test keeps a response from going on."""
        return self.scope.blocks_response

    def areas_in(self, state: str) -> tuple[str, ...]:
        """The policy areas in that state."""
        return tuple(one.area for one in self.areas if one.state == state)

    @property
    def single_area(self) -> bool:
        """Whether at most one policy area answered while others were not asked: the case is challenged (P14)."""
        return len(self.areas_in(ANSWERED)) < 2 and bool(self.areas_in(NOT_ASKED))

    @property
    def markings(self) -> tuple[Marking, ...]:
        """The markings of all that the view shows."""
        steps = (one.step.marking.value() for one in self.areas if one.step)
        return (self.marking, self.scope.marking, *steps, *((self.subject.marking,) if self.subject else ()))


def open_case(
    values: Mapping[str, str], *, aims: Sequence[str], accents: Sequence[str], who: Reader, now: datetime
) -> Case:
    """Open a case: `origin`, `title`, `question`, `severity`, `severity_reason`, `answer_by` (or empty), `marking`.

    The marking is never below that of the origin and its scope test. Raises NotFoundError("watch.no_subject"),
    InputError("response.empty"), ("response.word"), ("response.day") and what `keeping.keep` raises.
    """
    subject = risk.scope_subject(values.get("origin", ""), who)
    title = keeping.filled("title", values.get("title", ""), most=keeping.TITLE)
    scale = catalogue("response_severities")
    fields = {
        "key": keeping.new_key("case", subject.key, title, who=who, now=now),
        "title": title,
        "question": keeping.filled("question", values.get("question", "")),
        "origin": subject.key,
        "aims": keeping.several("aims", aims, "response_goals"),
        "accents": keeping.several("accents", accents, "accents"),
        "severity": keeping.chosen("severity", values.get("severity", ""), scale.name),
        "severity_version": scale.version,
        "severity_reason": keeping.filled("severity_reason", values.get("severity_reason", "")),
        "answer_by": keeping.day("answer_by", values["answer_by"]) if values.get("answer_by") else None,
    }
    return keeping.keep(
        Case,
        act="response case opened",
        about=f"response {fields['key']}",
        fields=fields,
        source=f"{subject.kind} {' '.join(subject.parts)}",
        who=who,
        now=now,
        marking=values.get("marking", ""),
        rests_on=(subject.marking, risk.scope_of(subject.key, who).marking),
    )


def ask(key: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> AreaStep:
    """Note that a policy area was asked, or what it answered: `area`, `answer` (asked, answered), `text`, `party`.

    An answer needs its text and the party that gave it. Raises InputError("response.withdrawn") and `keeping`'s.
    """
    row = keeping.find_standing(Case, key, who)
    answered = keeping.among("answer", values.get("answer", ""), (ASKED, ANSWERED)) == ANSWERED
    text = values.get("text", "")
    fields = {
        "case": row,
        "area": keeping.chosen("area", values.get("area", ""), "policy_areas"),
        "answered": answered,
        "text": keeping.filled("text", text) if answered else keeping.short("text", text),
    }
    return keeping.keep(
        AreaStep,
        act="policy area answered" if answered else "policy area asked",
        about=f"response {key}",
        fields=fields,
        source=keeping.filled("party", values.get("party", ""), most=keeping.TITLE),
        who=who,
        now=now,
        marking=values.get("marking", ""),
        rests_on=(row.marking.value(),),
    )


def case(key: str, who: Reader, *, known_on: int | None = None) -> CaseView:
    """One case. Raises NotFoundError("response.none") alike where there is none and where it may not be seen."""
    return _view(keeping.find(Case, key, who, known_on=known_on), who, known_on)


def cases(who: Reader, *, known_on: int | None = None) -> tuple[CaseView, ...]:
    """Every case that the reader may see, withdrawn ones too, the newest first."""
    return tuple(_view(row, who, known_on) for row in keeping.rows(Case, who, known_on=known_on))


def about(origin: str, who: Reader, *, known_on: int | None = None) -> tuple[Case, ...]:
    """The standing cases about that campaign, incident, scenario or gap."""
    return tuple(keeping.standing(Case, who, known_on=known_on, origin=origin))


def demand_open(row: Case, who: Reader) -> None:
    """Raise InputError("response.scope") unless the scope test lets a response go on, ("evaluation.closed") once the
    case is closed.

    It looks at every step of the test, those above the reader's ceiling too: a test that was reopened out of his sight
    must not let him go on.
    """
    if row.withdrawn_at is not None:
        raise InputError("response.withdrawn", field="reason")
    if row.closings.filter(withdrawn_at=None).exists():
        raise InputError("evaluation.closed", field="reason")
    found = risk.scope_of(row.origin, replace(who, ceiling=people.installation()))
    if found.blocks_response:
        raise InputError("response.scope", field="reason")


def _view(row: Case, who: Reader, known_on: int | None) -> CaseView:
    try:
        subject = risk.scope_subject(row.origin, who, known_on=known_on)
    except NotFoundError:
        subject = None
    newest: dict[str, AreaStep] = {}
    for step in reversed(keeping.standing(AreaStep, who, known_on=known_on, case=row)):
        newest[step.area] = step
    known = catalogue("policy_areas").keys()
    areas = tuple(_area(key, newest.get(key)) for key in known)
    closed = bool(keeping.standing(Closing, who, known_on=known_on, case=row))
    return CaseView(row, subject, risk.scope_of(row.origin, who, known_on=known_on), areas, closed)


def _area(key: str, step: AreaStep | None) -> AreaView:
    if step is None:
        return AreaView(key, NOT_ASKED, None)
    return AreaView(key, ANSWERED if step.answered else ASKED, step)


def due(row: Case, day: date) -> bool:
    """Whether the answer was wanted before that day."""
    return row.answer_by is not None and row.answer_by < day
