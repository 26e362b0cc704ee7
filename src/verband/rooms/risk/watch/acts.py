"""What a person does on the pages of watching: one address for each act, the page again with what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from verband.rooms.doing import Act, Given, do
from verband.rooms.problems import Problem
from verband.rooms.risk import models
from verband.rooms.risk.watch import (
    adequacy,
    keeping,
    phenomena,
    pictures,
    plans,
    scope,
    shared_views,
    trends,
    views,
    warning,
)


@dataclass(frozen=True)
class _On(Act):
    """An act of watching; `address` names the page that it is done on."""

    address: str


_PAGES: Mapping[str, Callable[..., HttpResponse]] = {
    "resilience": views.resilience_page,
    "trends": views.trends_page,
    "indicators": views.indicators_page,
    "indicator": views.indicator_page,
    "watch_plans": views.plans_page,
    "pictures": shared_views.pictures_page,
    "situation": shared_views.situation_page,
    "phenomena": shared_views.phenomena_page,
    "scope": shared_views.scope_page,
}
_KEPT = _("Kept with your name; it can be withdrawn.")


def _on(run: Callable[[Given], object], address: str, done: str | Promise) -> _On:
    def page(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
        return _PAGES[address](request, at=given.at, problem=problem, status=status)

    return _On(run, page, done, address)


def _withdrawing(kind: type[models.Kept], act: str) -> Callable[[Given], object]:
    return lambda g: keeping.withdraw(kind, g.number, act=act, reason=g.text("reason"), who=g.who, now=g.now)


ACTS: Mapping[str, _On] = {
    "check": _on(lambda g: adequacy.check(g.values, who=g.who, now=g.now), "resilience", _KEPT),
    "done": _on(
        lambda g: adequacy.done(g.number, result=g.text("result"), who=g.who, now=g.now),
        "resilience",
        _("The action is noted as done."),
    ),
    "scan": _on(lambda g: trends.open_scan(g.values, who=g.who, now=g.now), "trends", _("The scan is open.")),
    "trend": _on(lambda g: trends.add(g.values, who=g.who, now=g.now), "trends", _KEPT),
    "look": _on(
        lambda g: trends.look(g.number, seen=g.text("seen"), who=g.who, now=g.now),
        "trends",
        _("Noted with your name and today's date."),
    ),
    "indicator": _on(lambda g: warning.set_up(g.values, who=g.who, now=g.now), "indicators", _KEPT),
    "observe": _on(
        lambda g: warning.observe(g.number, g.values, who=g.who, now=g.now),
        "indicator",
        _("Noted with your name and today's date."),
    ),
    "confirm": _on(
        lambda g: warning.confirm(g.number, level=g.text("level"), reason=g.text("reason"), who=g.who, now=g.now),
        "indicator",
        _("The level stands, by the rule and in your name."),
    ),
    "outcome": _on(
        lambda g: warning.judge_outcome(g.number, g.values, who=g.who, now=g.now), "indicator", _("Logged.")
    ),
    "plan": _on(
        lambda g: plans.make(g.values, indicators=g.list("indicators"), who=g.who, now=g.now),
        "watch_plans",
        _("The plan is made; it ends by itself."),
    ),
    "extend": _on(
        lambda g: plans.extend(g.number, ends_on=g.text("ends_on"), reason=g.text("reason"), who=g.who, now=g.now),
        "watch_plans",
        _("The plan runs on, with your reason."),
    ),
    "close": _on(
        lambda g: plans.close(g.number, reason=g.text("reason"), who=g.who, now=g.now),
        "watch_plans",
        _("The plan is closed."),
    ),
    "review": _on(
        lambda g: plans.review(g.number, reason=g.text("reason"), who=g.who, now=g.now),
        "watch_plans",
        _("The review is kept."),
    ),
    "picture": _on(
        lambda g: pictures.draw_up(g.values, who=g.who, now=g.now),
        "pictures",
        _("The picture is begun; open it to add statements."),
    ),
    "line": _on(lambda g: pictures.add_line(g.number, g.values, who=g.who, now=g.now), "situation", _("Added.")),
    "propose": _on(
        lambda g: pictures.propose(g.number, who=g.who, now=g.now),
        "situation",
        _("The picture lies before the parties; it no longer changes."),
    ),
    "speak": _on(
        lambda g: pictures.speak(g.number, verdict=g.text("verdict"), reason=g.text("reason"), who=g.who, now=g.now),
        "situation",
        _("Said for your organisation."),
    ),
    "scope": _on(lambda g: scope.write(g.at, g.values, who=g.who, now=g.now), "scope", _("Kept with your name.")),
    "scope-review": _on(
        lambda g: scope.review(g.at, reasons=g.text("reasons"), who=g.who, now=g.now),
        "scope",
        _("The test is reviewed."),
    ),
    "scope-reopen": _on(
        lambda g: scope.reopen(g.at, reasons=g.text("reasons"), who=g.who, now=g.now),
        "scope",
        _("The test is open again."),
    ),
    "note": _on(lambda g: phenomena.write(g.values, who=g.who, now=g.now), "phenomena", _KEPT),
    "proxy": _on(lambda g: phenomena.relate(g.number, g.values, who=g.who, now=g.now), "phenomena", _KEPT),
    "level": _on(lambda g: phenomena.state_level(g.values, who=g.who, now=g.now), "phenomena", _KEPT),
    **{
        f"withdraw-{kind}": _on(_withdrawing(model, act), page, _("Withdrawn; it stays in the history."))
        for kind, model, act, page in (
            ("check", models.AdequacyCheck, "adequacy check withdrawn", "resilience"),
            ("trend", models.Trend, "trend withdrawn", "trends"),
            ("indicator", models.WarningIndicator, "warning indicator withdrawn", "indicators"),
            ("observation", models.Observation, "observation withdrawn", "indicator"),
            ("plan", models.WatchPlan, "watch plan withdrawn", "watch_plans"),
            ("picture", models.SituationPicture, "situation picture withdrawn", "pictures"),
            ("note", models.PhenomenonNote, "phenomenon note withdrawn", "phenomena"),
            ("level", models.ThreatLevel, "threat level withdrawn", "phenomena"),
        )
    },
}


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Do one act of watching and go back to its page, or show that page again with the error beside the field."""

    def back(given: Given, _: object) -> HttpResponse:
        return redirect(f"risk:{ACTS[act].address}", *([given.at] if given.at else []))

    return do(request, act, ACTS, back, none="watch.none")
