"""What other rooms may ask of scenarios: views, what they come to, the diagram, the order, and who judged what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verband.methods.weighing import Ranks
from verband.rooms.people.services import Reader
from verband.rooms.risk.scenarios import assessing, charts, describing, fixing, method_words, result_rows
from verband.rooms.risk.scenarios import sessions as sitting
from verband.rooms.risk.scenarios.assessing import Risk
from verband.rooms.risk.scenarios.charts import Figure
from verband.rooms.risk.scenarios.describing import ScenarioView

__all__ = [
    "Figure",
    "Judged",
    "Risk",
    "ScenarioView",
    "criterion_name",
    "judged",
    "risk_diagram",
    "scenario_order",
    "scenario_rows",
    "scenarios",
    "unverified",
]


@dataclass(frozen=True)
class Judged:
    """One criterion, or the likelihood, as its session judged it.

    `given` and `agreed` are in words (`A: B – C – D`). `dissents`: name (empty where it was not signed), letter, lower,
    expected and upper, and the reason.
    """

    name: str
    given: str
    agreed: str
    dissents: tuple[tuple[str, str, tuple[str, str, str], str], ...]


def scenarios(
    who: Reader, *, now: datetime, known_on: int | None = None
) -> tuple[Sequence[ScenarioView], Mapping[str, Risk]]:
    """Scenarios that stand and that the reader may see, gravest first, and what those that were scored come to."""
    views = [view for view in describing.scenarios(who, now=now, known_on=known_on) if view.withdrawn_at is None]
    risks = assessing.risks(views, who, known_on=known_on)
    return result_rows.gravest_first(views, risks), risks


def scenario_rows(who: Reader, language: str, *, now: datetime, known_on: int | None = None) -> list[dict[str, Any]]:
    """The same as one flat row for each scenario: impact and chance from 5 to 95 %, what is missing, who dissents."""
    return result_rows.exported(*scenarios(who, now=now, known_on=known_on), language)


def scenario_order(views: Sequence[ScenarioView], risks: Mapping[str, Risk]) -> tuple[Ranks, ...]:
    """How often each scenario takes each rank when the weights are uncertain, per base; empty below two."""
    return assessing.order(views, risks)


def risk_diagram(views: Sequence[ScenarioView], risks: Mapping[str, Risk], language: str, who: Reader) -> Figure:
    """Chance against impact as a figure with its table."""
    return charts.diagram(views, risks, language, fixing.trails(views, risks, who))


def unverified(risks: Mapping[str, Risk], language: str) -> list[tuple[str, str]]:
    """What was used of the methods and nobody checked against the document, with where it comes from."""
    return [(cell.label(language), cell.source) for cell in assessing.unverified(risks.values())]


def criterion_name(view: ScenarioView, key: str, language: str) -> str:
    """What a criterion of the scenario's method is called."""
    return method_words.name(view.method, key, language)


def judged(view: ScenarioView, risk: Risk, who: Reader, language: str, *, known_on: int | None = None) -> list[Judged]:
    """What the session that a result comes from said of each criterion that anybody scored."""
    every = sitting.sessions(view, who, known_on=known_on)
    session = next(one for one in every if one.number == risk.session)
    found = []
    for key in sitting.criteria(view.method):
        given = [one for one in session.standing() if one.criterion == key]
        if not given:
            continue
        agreed = session.agreed.get(key)
        found.append(
            Judged(
                name=method_words.name(view.method, key, language),
                given="; ".join(f"{one.alias}: {one.lower} – {one.expected} – {one.upper}" for one in given),
                agreed=f"{agreed.lower} – {agreed.expected} – {agreed.upper}" if agreed else "",
                dissents=tuple(
                    (one.name, one.seat.alias, (one.lower, one.expected, one.upper), one.text)
                    for one in session.dissents
                    if one.criterion == key
                ),
            )
        )
    return found
