"""The scope test of a campaign, an incident, a scenario or a gap: is national security at stake, and why (R003)?

The newest step says how it stands. An empty test, a draft and a reopened one block a response.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError
from verband.language.markings import Marking, highest
from verband.rooms.campaigns import services as campaigns
from verband.rooms.people.services import Reader
from verband.rooms.picture import services as picture
from verband.rooms.risk.models import ScopeStep
from verband.rooms.risk.scenarios import describing
from verband.rooms.risk.watch import keeping, persons

EMPTY = "empty"
NEITHER = "neither"
#: Which states a step may follow.
_AFTER = {
    "draft": (EMPTY, "draft", "reopened"),
    "reasoned": (EMPTY, "draft", "reopened"),
    "reviewed": ("reasoned",),
    "reopened": ("reasoned", "reviewed"),
}
ASKED, TOUCHED = "asked", "touched"
#: How the keys of a scenario and of a gap (an interest in a theme) begin as subjects.
SCENARIO, GAP = "scenario--", "gap--"
#: What an act on each kind is said to be about in the log.
_ABOUT = {"campaign": "campaign", "incident": "thing", "scenario": "scenario", "gap": "risk"}


@dataclass(frozen=True)
class Subject:
    """What a test is about, its name and its marking; `kind` is campaign, incident, scenario or gap.

    `key` is a campaign's UUID, a thing's id, `scenario--KEY` or `gap--INTEREST--THEME`.
    """

    key: str
    kind: str
    name_nl: str
    name_en: str
    marking: Marking

    def name(self, language: str) -> str:
        """Its name in `nl` or `en`."""
        return self.name_nl if language == "nl" else self.name_en

    @property
    def parts(self) -> tuple[str, ...]:
        """The key of the scenario, or the interest and the theme of the gap; the key itself for the others."""
        return tuple(self.key.split("--")[1:]) if self.kind in ("scenario", "gap") else (self.key,)


@dataclass(frozen=True)
class ScopeView:
    """How the test stands: `empty`, `draft`, `reasoned`, `reviewed` or `reopened`, with its steps, newest first.

    Outcome, route, reasons, owner and areas are those of the newest step that has them.
    """

    subject: str
    state: str
    outcome: str
    route: str
    reasons: str
    owner: str
    areas: Mapping[str, str]
    steps: tuple[ScopeStep, ...]

    @property
    def blocks_response(self) -> bool:
        """Whether a response may not start: without reasons, reopened, or where the outcome is "neither"."""
        if self.state not in ("reasoned", "reviewed"):
            return True
        return not catalogue("scope_outcomes").get(self.outcome).fields.get("response")

    @property
    def areas_touched(self) -> tuple[str, ...]:
        """The domains that the case touches."""
        return tuple(key for key in keeping.keys("domains") if self.areas.get(key) == TOUCHED)

    @property
    def areas_not_asked(self) -> tuple[str, ...]:
        """The domains that nobody asked about; a case of one area has to look at these (P14)."""
        return tuple(key for key in keeping.keys("domains") if key not in self.areas)

    @property
    def single_area(self) -> bool:
        """Whether at most one domain is touched while others were not asked."""
        return len(self.areas_touched) < 2 and bool(self.areas_not_asked)

    @property
    def marking(self) -> Marking:
        """The highest marking of its steps."""
        return highest(step.marking.value() for step in self.steps)


def subject_of(key: str, who: Reader, *, known_on: int | None = None) -> Subject:
    """The campaign, incident, scenario or gap of that key.

    A gap is open to everyone: an interest and a theme of the catalogues. Raises NotFoundError("watch.no_subject") alike
    where there is none and where it may not be seen.
    """
    if key.startswith(GAP):
        return _gap(key)
    try:
        if key.startswith(SCENARIO):
            row = describing.heading(key.removeprefix(SCENARIO), who, known_on=known_on)
            return Subject(key, "scenario", row.title_nl, row.title_en, row.marking.value())
        if _is_uuid(key):
            view = campaigns.campaign(key, who, known_on=known_on)
            return Subject(key, "campaign", view.row.title_nl, view.row.title_en, view.row.marking)
        thing = picture.thing(key, who.ceiling, known_on=known_on)
    except NotFoundError as error:
        raise NotFoundError("watch.no_subject") from error
    return Subject(key, "incident", thing.name, thing.name, thing.marking)


def scope_of(subject: str, who: Reader, *, known_on: int | None = None) -> ScopeView:
    """How the test of that campaign or incident stands for this reader."""
    steps = tuple(keeping.standing(ScopeStep, who, known_on=known_on, subject=subject))
    newest = steps[0] if steps else None
    last = next((step for step in steps if step.step in ("draft", "reasoned")), None)
    return ScopeView(
        subject=subject,
        state=newest.step if newest else EMPTY,
        outcome=last.outcome if last else "",
        route=last.route if last else "",
        reasons=last.reasons if last else "",
        owner=last.owner if last else "",
        areas=dict(last.areas) if last else {},
        steps=steps,
    )


def write(subject: str, values: Mapping[str, str], *, who: Reader, now: datetime) -> ScopeStep:
    """Write a draft or give the reasons: `step`, `outcome`, `route`, `reasons`, `owner`, `area-<domain>`, `marking`.

    A draft may leave anything open. Raises InputError("watch.empty"), ("watch.scope_route"), ("watch.no_owner"),
    ("watch.scope_order") and what `keeping` and `persons` raise.
    """
    about = subject_of(subject, who)
    step = keeping.among("step", values.get("step", ""), ("draft", "reasoned"))
    _demand_order(subject, step, who)
    fields = _fields(values, complete=step == "reasoned")
    persons.refuse_persons(who, reasons=str(fields["reasons"]))
    return _keep(about, {"step": step, **fields}, who, now, marking=values.get("marking", ""))


def review(subject: str, *, reasons: str, who: Reader, now: datetime) -> ScopeStep:
    """Agree, as somebody else than the one who gave the reasons. Raises InputError("watch.same_person")."""
    about = subject_of(subject, who)
    _demand_order(subject, "reviewed", who)
    if scope_of(subject, who).steps[0].kept_by == who.signature:
        raise InputError("watch.same_person", field="reasons")
    return _keep(about, {"step": "reviewed", "reasons": keeping.filled("reasons", reasons)}, who, now)


def reopen(subject: str, *, reasons: str, who: Reader, now: datetime) -> ScopeStep:
    """Open a test again, with a reason; until new reasons are given it blocks a response."""
    about = subject_of(subject, who)
    _demand_order(subject, "reopened", who)
    return _keep(about, {"step": "reopened", "reasons": keeping.filled("reasons", reasons)}, who, now)


def every(who: Reader, *, known_on: int | None = None) -> tuple[ScopeView, ...]:
    """The tests of every campaign and incident that the reader may see, the one that moved last first."""
    subjects = dict.fromkeys(row.subject for row in keeping.standing(ScopeStep, who, known_on=known_on))
    return tuple(scope_of(subject, who, known_on=known_on) for subject in subjects)


def _fields(values: Mapping[str, str], *, complete: bool) -> dict[str, object]:
    get = values.get
    outcomes = catalogue("scope_outcomes")
    outcome, route, reasons, owner = (get(name, "").strip() for name in ("outcome", "route", "reasons", "owner"))
    if complete or outcome:
        keeping.chosen("outcome", outcome, "scope_outcomes")
    if complete or route:
        keeping.chosen("route", route, "scope_routes")
    if outcome == "indirect" and route == "direct":
        raise InputError("watch.scope_route", field="route")
    if complete:
        keeping.filled("reasons", reasons)
    if complete and outcome == NEITHER and not owner:
        raise InputError("watch.no_owner", field="owner")
    areas = {key: word for key in keeping.keys("domains") if (word := get(f"area-{key}", "")) in (ASKED, TOUCHED)}
    return {
        "outcome": outcome,
        "outcome_version": outcomes.version if outcome else "",
        "route": route,
        "reasons": reasons,
        "owner": owner,
        "areas": areas,
    }


def _demand_order(subject: str, step: str, who: Reader) -> None:
    state = scope_of(subject, who).state
    if state not in _AFTER[step]:
        raise InputError("watch.scope_order", field="reasons", state=state)


def _keep(about: Subject, fields: dict[str, object], who: Reader, now: datetime, *, marking: str = "") -> ScopeStep:
    return keeping.keep(
        ScopeStep,
        act=f"scope test {fields['step']}",
        about=f"{_ABOUT[about.kind]} {' '.join(about.parts)}",
        fields={"subject": about.key, **fields},
        marking=marking,
        rests_on=(about.marking, *(step.marking.value() for step in scope_of(about.key, who).steps[:1])),
        who=who,
        now=now,
    )


def _gap(key: str) -> Subject:
    words = [catalogue("interests"), catalogue("themes")]
    parts = key.removeprefix(GAP).split("--")
    found = [one.find(part) for part, one in zip(parts, words, strict=False)]
    if len(parts) != 2 or [entry.key if entry else "" for entry in found] != parts:
        raise NotFoundError("watch.no_subject")
    nl, en = (" × ".join(entry.label(language) for entry in found if entry) for language in ("nl", "en"))
    return Subject(key, "gap", nl, en, Marking())


def _is_uuid(key: str) -> bool:
    try:
        UUID(key)
    except ValueError:
        return False
    return True
