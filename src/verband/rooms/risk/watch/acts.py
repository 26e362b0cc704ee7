"""What a person does on the pages of watching: one address for each act, the page again with what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

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


class _On(NamedTuple):
    """What an act does, the page that it is done on, and what is said when it is done."""

    run: Callable[[Given], object]
    page: str
    done: str | Promise


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


def _withdrawing(kind: type[models.Kept], act: str) -> Callable[[Given], object]:
    return lambda g: keeping.withdraw(kind, g.number, act=act, reason=g.text("reason"), who=g.who, now=g.now)


ACTS: Mapping[str, _On] = {
    "check": _On(lambda g: adequacy.check(g.values, who=g.who, now=g.now), "resilience", _KEPT),
    "done": _On(
        lambda g: adequacy.done(g.number, result=g.text("result"), who=g.who, now=g.now),
        "resilience",
        _("The action is noted as done."),
    ),
    "scan": _On(lambda g: trends.open_scan(g.values, who=g.who, now=g.now), "trends", _("The scan is open.")),
    "trend": _On(lambda g: trends.add(g.values, who=g.who, now=g.now), "trends", _KEPT),
    "look": _On(
        lambda g: trends.look(g.number, seen=g.text("seen"), who=g.who, now=g.now),
        "trends",
        _("Noted with your name and today's date."),
    ),
    "indicator": _On(lambda g: warning.set_up(g.values, who=g.who, now=g.now), "indicators", _KEPT),
    "observe": _On(
        lambda g: warning.observe(g.number, g.values, who=g.who, now=g.now),
        "indicator",
        _("Noted with your name and today's date."),
    ),
    "confirm": _On(
        lambda g: warning.confirm(g.number, level=g.text("level"), reason=g.text("reason"), who=g.who, now=g.now),
        "indicator",
        _("The level stands, by the rule and in your name."),
    ),
    "outcome": _On(
        lambda g: warning.judge_outcome(g.number, g.values, who=g.who, now=g.now), "indicator", _("Logged.")
    ),
    "plan": _On(
        lambda g: plans.make(g.values, indicators=g.several.get("indicators", []), who=g.who, now=g.now),
        "watch_plans",
        _("The plan is made; it ends by itself."),
    ),
    "extend": _On(
        lambda g: plans.extend(g.number, ends_on=g.text("ends_on"), reason=g.text("reason"), who=g.who, now=g.now),
        "watch_plans",
        _("The plan runs on, with your reason."),
    ),
    "close": _On(
        lambda g: plans.close(g.number, reason=g.text("reason"), who=g.who, now=g.now),
        "watch_plans",
        _("The plan is closed."),
    ),
    "review": _On(
        lambda g: plans.review(g.number, reason=g.text("reason"), who=g.who, now=g.now),
        "watch_plans",
        _("The review is kept."),
    ),
    "picture": _On(
        lambda g: pictures.draw_up(g.values, who=g.who, now=g.now),
        "pictures",
        _("The picture is begun; open it to add statements."),
    ),
    "line": _On(lambda g: pictures.add_line(g.number, g.values, who=g.who, now=g.now), "situation", _("Added.")),
    "propose": _On(
        lambda g: pictures.propose(g.number, who=g.who, now=g.now),
        "situation",
        _("The picture lies before the parties; it no longer changes."),
    ),
    "speak": _On(
        lambda g: pictures.speak(g.number, verdict=g.text("verdict"), reason=g.text("reason"), who=g.who, now=g.now),
        "situation",
        _("Said for your organisation."),
    ),
    "scope": _On(lambda g: scope.write(g.at, g.values, who=g.who, now=g.now), "scope", _("Kept with your name.")),
    "scope-review": _On(
        lambda g: scope.review(g.at, reasons=g.text("reasons"), who=g.who, now=g.now),
        "scope",
        _("The test is reviewed."),
    ),
    "scope-reopen": _On(
        lambda g: scope.reopen(g.at, reasons=g.text("reasons"), who=g.who, now=g.now),
        "scope",
        _("The test is open again."),
    ),
    "note": _On(lambda g: phenomena.write(g.values, who=g.who, now=g.now), "phenomena", _KEPT),
    "proxy": _On(lambda g: phenomena.relate(g.number, g.values, who=g.who, now=g.now), "phenomena", _KEPT),
    "level": _On(lambda g: phenomena.state_level(g.values, who=g.who, now=g.now), "phenomena", _KEPT),
    **{
        f"withdraw-{kind}": _On(_withdrawing(model, act), page, _("Withdrawn; it stays in the history."))
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
        return redirect(f"risk:{ACTS[act].page}", *([given.at] if given.at else []))

    return do(
        request,
        act,
        {name: Act(on.run, _again(on.page), on.done) for name, on in ACTS.items()},
        back,
        none="watch.none",
    )


def _again(name: str) -> Callable[[HttpRequest, Given, Problem, int], HttpResponse]:
    def page(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
        return _PAGES[name](request, at=given.at, problem=problem, status=status)

    return page
