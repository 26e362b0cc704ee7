"""What a scenario comes to: the judgements of its last session, weighed by its method, as distributions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from verband.language.errors import InputError
from verband.language.markings import Marking
from verband.language.risk_methods import Cell
from verband.methods.weighing import Box, Judgement, LikelihoodScore, Ranks, ScenarioRisk, Score, ranks, scenario_risk
from verband.rooms.people.services import Reader
from verband.rooms.risk.scenarios import sessions
from verband.rooms.risk.scenarios.describing import LinkView, ScenarioView
from verband.rooms.risk.scenarios.method_words import LIKELIHOOD
from verband.rooms.risk.scenarios.sessions import Given, SessionView

#: Who speaks where the session agreed: it counts as one judgement.
AGREED = "agreed"
SEED = 0
#: How firmly the weights lie where it is asked what order of scenarios they give (Dirichlet, our own choice).
CONCENTRATION = 50.0


@dataclass(frozen=True)
class Risk:
    """What a scenario comes to, from one session.

    `basis` is `agreed` where all that was scored was agreed on, else `experts`. `weighed` is of that basis,
    `of_experts` of the experts' last scores, whatever was agreed. `without`: for each measure that says what it
    changes, the box if it were not there.
    """

    key: str
    session: int
    basis: str
    experts: int
    dissents: int
    judgements: tuple[Judgement, ...]
    weighed: ScenarioRisk
    of_experts: ScenarioRisk
    without: tuple[tuple[LinkView, Box], ...]
    marking: Marking

    @property
    def base(self) -> int:
        """The usual base of the method."""
        return next(iter(self.weighed.boxes))

    @property
    def box(self) -> Box:
        """Chance and impact under the usual base: 5 %, median and 95 %, no median while a criterion is missing."""
        return self.weighed.boxes[self.base]

    @property
    def missing(self) -> tuple[str, ...]:
        """Criteria that nobody scored."""
        return self.weighed.missing


def risks(views: Sequence[ScenarioView], who: Reader, *, known_on: int | None = None) -> dict[str, Risk]:
    """The risk of each scenario that was scored in a session that has come to agreement, by key."""
    found = ((view.key, risk(view, who, known_on=known_on)) for view in views)
    return {key: one for key, one in found if one is not None}


def risk(view: ScenarioView, who: Reader, *, known_on: int | None = None) -> Risk | None:
    """What the newest closed session makes of a scenario; None where none was closed, or nothing was scored."""
    for session in sessions.sessions(view, who, known_on=known_on):
        if session.stage == "closed" and session.standing():
            return _of(view, session)
    return None


def unverified(found: Iterable[Risk]) -> tuple[Cell, ...]:
    """What was used of the methods and nobody checked against the document, each once."""
    return tuple(dict.fromkeys(cell for one in found for cell in one.weighed.unverified))


def judgements_of(session: SessionView) -> list[Judgement]:
    """What each expert says last, under his letter."""
    by: dict[str, list[Given]] = {}
    for one in session.standing():
        by.setdefault(one.alias, []).append(one)
    return [
        _judgement(alias, {one.criterion: (one.lower, one.expected, one.upper) for one in said})
        for alias, said in by.items()
    ]


def agreed_of(session: SessionView) -> Judgement | None:
    """What was agreed, as one judgement; None where something that was scored was not agreed on."""
    scored = {one.criterion for one in session.standing()}
    if not session.agreed or scored - set(session.agreed):
        return None
    return _judgement(AGREED, {key: (row.lower, row.expected, row.upper) for key, row in session.agreed.items()})


def order(views: Sequence[ScenarioView], found: Mapping[str, Risk]) -> tuple[Ranks, ...]:
    """How often each scenario takes each rank of impact, per base, for those of the method that most of them use.

    Empty where fewer than two can be ranked.
    """
    mine = [view for view in views if view.key in found]
    if not mine:
        return ()
    method, profile = mine[0].method, mine[0].profile
    alike = [view for view in mine if (view.method, view.profile) == (method, profile)]
    if len(alike) < 2:
        return ()
    said = {view.key: found[view.key].judgements for view in alike}
    try:
        ranked = ranks(method, said, method.profile(profile), seed=SEED, concentration=CONCENTRATION)
    except InputError:
        return ()
    return ranked if len(ranked[0].scenarios) > 1 else ()


def _of(view: ScenarioView, session: SessionView) -> Risk | None:
    experts = judgements_of(session)
    agreed = agreed_of(session)
    used = [agreed] if agreed else experts
    if not any(one.scores for one in used):
        return None
    profile = view.method.profile(view.profile)
    return Risk(
        key=view.key,
        session=session.number,
        basis=AGREED if agreed else "experts",
        experts=session.accepted,
        dissents=len(session.dissents),
        judgements=tuple(used),
        weighed=scenario_risk(view.method, used, profile, scenario=view.key),
        of_experts=scenario_risk(view.method, experts, profile, scenario=view.key),
        without=tuple((link, _without(view, used, link)) for link in view.standing_links if link.without),
        marking=view.marking,
    )


def _without(view: ScenarioView, used: Sequence[Judgement], link: LinkView) -> Box:
    """The box if the measure were not there: each class that it holds down is the one that the link says."""
    changed = [_changed(one, link.without) for one in used]
    base = view.method.bases[0].value
    found = scenario_risk(view.method, changed, view.method.profile(view.profile), scenario=view.key, bases=[base])
    return found.boxes[base]


def _changed(one: Judgement, without: Mapping[str, str]) -> Judgement:
    scores = tuple(Score.sure(s.criterion, without[s.criterion]) if s.criterion in without else s for s in one.scores)
    band = without.get(LIKELIHOOD)
    return replace(one, scores=scores, likelihood=LikelihoodScore.sure(band) if band else one.likelihood)


def _judgement(alias: str, said: Mapping[str, tuple[str, str, str]]) -> Judgement:
    scores = tuple(Score(key, *words) for key, words in sorted(said.items()) if key != LIKELIHOOD)
    likelihood = LikelihoodScore(*said[LIKELIHOOD]) if LIKELIHOOD in said else None
    return Judgement(alias, scores, likelihood)
