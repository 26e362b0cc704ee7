"""What a person does on the pages of watching: one address for each act, the page again with what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from verband.language.errors import NotFoundError, VerbandError
from verband.rooms.forms import language
from verband.rooms.people.services import Reader
from verband.rooms.problems import problem_of
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
class Given:
    """What was posted: the fields, the row's number, what the page is about, who and when."""

    values: Mapping[str, str]
    several: Mapping[str, list[str]]
    who: Reader
    now: datetime

    @property
    def number(self) -> str:
        """The row that is acted on."""
        return self.values.get("number", "")

    @property
    def at(self) -> str:
        """What the page is about."""
        return self.values.get("at", "")

    def text(self, name: str) -> str:
        """One field, empty where it was not posted."""
        return self.values.get(name, "")


@dataclass(frozen=True)
class Act:
    """An act: what it does, the page that it is done on, and what is said when it is done."""

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


ACTS: Mapping[str, Act] = {
    "check": Act(lambda g: adequacy.check(g.values, who=g.who, now=g.now), "resilience", _KEPT),
    "done": Act(
        lambda g: adequacy.done(g.number, result=g.text("result"), who=g.who, now=g.now),
        "resilience",
        _("The action is noted as done."),
    ),
    "scan": Act(lambda g: trends.open_scan(g.values, who=g.who, now=g.now), "trends", _("The scan is open.")),
    "trend": Act(lambda g: trends.add(g.values, who=g.who, now=g.now), "trends", _KEPT),
    "look": Act(
        lambda g: trends.look(g.number, seen=g.text("seen"), who=g.who, now=g.now),
        "trends",
        _("Noted with your name and today's date."),
    ),
    "indicator": Act(lambda g: warning.set_up(g.values, who=g.who, now=g.now), "indicators", _KEPT),
    "observe": Act(
        lambda g: warning.observe(g.number, g.values, who=g.who, now=g.now),
        "indicator",
        _("Noted with your name and today's date."),
    ),
    "confirm": Act(
        lambda g: warning.confirm(g.number, level=g.text("level"), reason=g.text("reason"), who=g.who, now=g.now),
        "indicator",
        _("The level stands, by the rule and in your name."),
    ),
    "outcome": Act(
        lambda g: warning.judge_outcome(g.number, g.values, who=g.who, now=g.now), "indicator", _("Logged.")
    ),
    "plan": Act(
        lambda g: plans.make(g.values, indicators=g.several.get("indicators", []), who=g.who, now=g.now),
        "watch_plans",
        _("The plan is made; it ends by itself."),
    ),
    "extend": Act(
        lambda g: plans.extend(g.number, ends_on=g.text("ends_on"), reason=g.text("reason"), who=g.who, now=g.now),
        "watch_plans",
        _("The plan runs on, with your reason."),
    ),
    "close": Act(
        lambda g: plans.close(g.number, reason=g.text("reason"), who=g.who, now=g.now),
        "watch_plans",
        _("The plan is closed."),
    ),
    "review": Act(
        lambda g: plans.review(g.number, reason=g.text("reason"), who=g.who, now=g.now),
        "watch_plans",
        _("The review is kept."),
    ),
    "picture": Act(
        lambda g: pictures.draw_up(g.values, who=g.who, now=g.now),
        "pictures",
        _("The picture is begun; open it to add statements."),
    ),
    "line": Act(lambda g: pictures.add_line(g.number, g.values, who=g.who, now=g.now), "situation", _("Added.")),
    "propose": Act(
        lambda g: pictures.propose(g.number, who=g.who, now=g.now),
        "situation",
        _("The picture lies before the parties; it no longer changes."),
    ),
    "speak": Act(
        lambda g: pictures.speak(g.number, verdict=g.text("verdict"), reason=g.text("reason"), who=g.who, now=g.now),
        "situation",
        _("Said for your organisation."),
    ),
    "scope": Act(lambda g: scope.write(g.at, g.values, who=g.who, now=g.now), "scope", _("Kept with your name.")),
    "scope-review": Act(
        lambda g: scope.review(g.at, reasons=g.text("reasons"), who=g.who, now=g.now),
        "scope",
        _("The test is reviewed."),
    ),
    "scope-reopen": Act(
        lambda g: scope.reopen(g.at, reasons=g.text("reasons"), who=g.who, now=g.now),
        "scope",
        _("The test is open again."),
    ),
    "note": Act(lambda g: phenomena.write(g.values, who=g.who, now=g.now), "phenomena", _KEPT),
    "proxy": Act(lambda g: phenomena.relate(g.number, g.values, who=g.who, now=g.now), "phenomena", _KEPT),
    "level": Act(lambda g: phenomena.state_level(g.values, who=g.who, now=g.now), "phenomena", _KEPT),
    **{
        f"withdraw-{kind}": Act(_withdrawing(model, act), page, _("Withdrawn; it stays in the history."))
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
    if act not in ACTS:
        raise NotFoundError("watch.none")
    found = ACTS[act]
    who: Reader = request.reader  # type: ignore[attr-defined]
    several = {name: [str(value) for value in request.POST.getlist(name)] for name in request.POST}
    given = Given({name: values[-1] for name, values in several.items() if values}, several, who, timezone.now())
    try:
        found.run(given)
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        number = f"-{given.number}" if given.number else ""
        problem = problem_of(error, f"{act}{number}", language(), posted=several)
        return _PAGES[found.page](request, at=given.at, problem=problem, status=error.status)
    messages.success(request, str(found.done))
    where = [given.at] if given.at else []
    return redirect(f"risk:{found.page}", *where)
