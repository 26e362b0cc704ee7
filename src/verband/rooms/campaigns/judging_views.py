"""Pages of judging a campaign: the hybrid test, the competing hypotheses, and the ladder of attribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, RefusedError
from verband.rooms import method_cards
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.audit import services as audit
from verband.rooms.campaigns import (
    hybrid,
    hypotheses,
    judging_charts,
    judging_exports,
    judging_rows,
    judging_words,
    ladder,
    saying,
    services,
)
from verband.rooms.campaigns import views as pages
from verband.rooms.campaigns.models import Rung
from verband.rooms.campaigns.services import CampaignView
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import exports as tables
from verband.rooms.problems import Problem


@require_GET
def hybrid_test(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Is this a hybrid campaign by the definition: which elements are met, not met, unknown, and who says so?"""
    who, view = _asked(request, uuid)
    found = hybrid.checklist(view, who, known_on=known_on_of(request))
    if form := tables.wanted(request):
        rows = judging_exports.checklist(found)
        return tables.response(who, name=f"campaign-{uuid}-hybrid", form=form, rows=rows)
    return _hybrid_page(request, view)


@require_POST
def hybrid_state(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep what a person states about one element; what is wrong stands beside the field."""
    posted = _posted(request, "element", "state", "source", "reason", "marking")
    done = _("Your finding stands here with your name; you can withdraw it.")
    return _act(
        request, uuid, "state", _hybrid_page, lambda v, w: hybrid.state(v, who=w, now=timezone.now(), **posted), done
    )


@require_POST
def hybrid_withdraw(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Take a finding about an element back, with a reason."""
    reason = request.POST.get("reason", "")

    def act(view: CampaignView, who: Reader) -> object:
        return hybrid.withdraw(view, number, reason=reason, who=who, now=timezone.now())

    return _act(request, uuid, f"withdraw-{number}", _hybrid_page, act, _withdrawn())


@require_GET
def competing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Which explanation is contradicted least, and on which item of evidence does that hang?"""
    who, view = _asked(request, uuid)
    if form := tables.wanted(request):
        found = hypotheses.table(view, who, known_on=known_on_of(request))
        rows = judging_exports.matrix(found, page_language())
        return tables.response(who, name=f"campaign-{uuid}-hypotheses", form=form, rows=rows)
    return _hypotheses_page(request, view)


_ACTS: Mapping[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "judge": (hypotheses.judge, ("item", "hypothesis", "consistency", "likelihood", "reason", "marking")),
    "add": (hypotheses.add_item, ("text", "source", "weight", "reason", "marking")),
    "assume": (hypotheses.assume, ("text", "state", "reason", "marking")),
    "watch": (hypotheses.watch, ("text", "toward", "due_on", "reason", "marking")),
    "sign": (hypotheses.sign, ("reason", "marking")),
}


@require_POST
def competing_act(request: HttpRequest, uuid: UUID, act: str) -> HttpResponse:
    """Judge a cell, add evidence, state an assumption, set an indicator, or sign the table, each with a reason."""
    if act not in _ACTS:
        raise InputError("campaigns.word", field="act", word=act, known=", ".join(_ACTS))
    service, fields = _ACTS[act]
    posted = _posted(request, *fields)
    done = _("Kept with your name; it can be withdrawn.")
    return _act(
        request, uuid, act, _hypotheses_page, lambda v, w: service(v, who=w, now=timezone.now(), **posted), done
    )


@require_POST
def competing_look(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Note what somebody saw when he looked for an indicator, and when to look again."""
    posted = _posted(request, "seen", "due_on")

    def act(view: CampaignView, who: Reader) -> object:
        return hypotheses.look(view, number, who=who, now=timezone.now(), **posted)

    return _act(request, uuid, f"look-{number}", _hypotheses_page, act, _("Noted with your name and today's date."))


@require_POST
def competing_withdraw(request: HttpRequest, uuid: UUID, kind: str, number: int) -> HttpResponse:
    """Take back a judgement, an item, an assumption, an indicator or a signature, with a reason."""
    reason = request.POST.get("reason", "")

    def act(view: CampaignView, who: Reader) -> object:
        return hypotheses.withdraw(view, kind, number, reason=reason, who=who, now=timezone.now())

    return _act(request, uuid, f"withdraw-{kind}-{number}", _hypotheses_page, act, _withdrawn())


@require_GET
def attribution(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who says who is behind it, on which level, how surely, and under which mandate?"""
    who, view = _asked(request, uuid)
    if form := tables.wanted(request):
        rows = judging_exports.ladder(ladder.ladder(view, who, known_on=known_on_of(request)))
        return tables.response(who, name=f"campaign-{uuid}-attribution", form=form, rows=rows)
    return _ladder_page(request, view)


@require_POST
def attribution_take(request: HttpRequest, uuid: UUID, level: str) -> HttpResponse:
    """Take one step of the ladder in one's own name: technical, analytic, or legal with a registered mandate."""
    _demand_taken_here(level, request)
    posted = _posted(request, "statement", "certainty", "source", "confidence", "dissent", "reason", "marking")

    def act(view: CampaignView, who: Reader) -> object:
        return ladder.take(view, level=level, values=posted, who=who, now=timezone.now())

    return _act(request, uuid, level, _ladder_page, act, _("The step is taken in your name; it can be withdrawn."))


@require_POST
def attribution_withdraw(request: HttpRequest, uuid: UUID, number: int) -> HttpResponse:
    """Take a step of the ladder back, with a reason; it stays in the history."""
    reason = request.POST.get("reason", "")

    def act(view: CampaignView, who: Reader) -> object:
        _demand_taken_here(saying.find(Rung, str(uuid), number, who).level, request)
        return ladder.withdraw(view, number, reason=reason, who=who, now=timezone.now())

    return _act(request, uuid, f"withdraw-{number}", _ladder_page, act, _withdrawn())


def _demand_taken_here(level: str, request: HttpRequest) -> None:
    """Raise RefusedError("attribution.decided_in_response") for a level that needs a decision under Response."""
    if level in ladder.DECIDED_ABOVE:
        audit.note("refused", actor=reader_of(request).signature, object=ladder.mandate_of(level))
        raise RefusedError("attribution.decided_in_response", field="statement")


def _act(
    request: HttpRequest,
    uuid: UUID,
    form: str,
    page: Callable[..., HttpResponse],
    act: Callable[[CampaignView, Reader], object],
    done: str,
) -> HttpResponse:
    """Do it and go back to the page, or show the page again with the error beside the field."""
    who = reader_of(request)
    if not who.may(saying.POWER) and not who.may("decide"):
        demand(who, saying.POWER)
    view = services.campaign(str(uuid), who)
    try:
        act(view, who)
    except InputError as error:
        field = str(error.params.get("field", "reason"))
        language = page_language()
        return page(request, view, Problem(form, field, error.message(language), error.hint(language)))
    messages.success(request, done)
    names = {_hybrid_page: "hybrid", _hypotheses_page: "hypotheses", _ladder_page: "attribution"}
    return redirect(f"campaigns:{names[page]}", uuid=uuid)


def _hybrid_page(request: HttpRequest, view: CampaignView, problem: Problem | None = None) -> HttpResponse:
    who, language = reader_of(request), page_language()
    found = hybrid.checklist(view, who, known_on=known_on_of(request))
    shown = {
        "found": found,
        "label": judging_words.label_words(found.result),
        "rows": judging_rows.elements(found, view, language),
        "missing": [row for row in catalogue("hybrid_elements").entries if row.key in found.result.missing],
        "chart": judging_charts.phases(view.incidents, language),
        "steps": found.result.phases,
        "element_options": catalogue("hybrid_elements").entries,
        "states": judging_words.state_words(),
        "card": method_cards.card("hybrid", language),
    }
    return _page(request, view, "hybrid", shown, problem)


def _hypotheses_page(request: HttpRequest, view: CampaignView, problem: Problem | None = None) -> HttpResponse:
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    found = hypotheses.table(view, who, known_on=known_on)
    labels = catalogue("hypotheses").labels(language)
    shown = {
        "found": found,
        "first": judging_words.first_words(found.result.first, labels.get(found.result.first, "")),
        "tied": [labels[name] for name in found.result.tied],
        "columns": [catalogue("hypotheses").get(score.hypothesis) for score in found.result.scores],
        "rows": judging_rows.matrix(found, view, language),
        "hinges": judging_rows.hinges(found, language),
        "chart": judging_charts.against(found.result, language),
        "consistencies": catalogue("consistency").entries,
        "hypotheses": catalogue("hypotheses").entries,
        "assumption_states": catalogue("assumption_states").entries,
        "weights": judging_words.weight_words(),
        "due": [row.pk for row in found.indicators if hypotheses.is_due(row, timezone.localdate())],
        "asked": {name: request.GET.get(name, "") for name in ("item", "hypothesis")},
        "card": method_cards.card("hypotheses", language),
        "history": judging_rows.history(found, language),
    }
    return _page(request, view, "hypotheses", shown, problem)


def _ladder_page(request: HttpRequest, view: CampaignView, problem: Problem | None = None) -> HttpResponse:
    who, now = reader_of(request), timezone.now()
    steps = ladder.ladder(view, who, known_on=known_on_of(request))
    rows = [
        {
            "step": step,
            "above": step.level.key in ladder.DECIDED_ABOVE,
            "may": step.level.key not in ladder.DECIDED_ABOVE and ladder.may_take(step.level.key, who, now),
        }
        for step in steps
    ]
    shown = {
        "rows": rows,
        "taken": sum(step.standing is not None for step in steps),
        "confidences": catalogue("confidence").entries,
        "stated": judging_rows.stated(view),
    }
    return _page(request, view, "attribution", shown, problem)


def _page(
    request: HttpRequest, view: CampaignView, tab: str, shown: Mapping[str, Any], problem: Problem | None
) -> HttpResponse:
    who = reader_of(request)
    pages.note_reading(who, view)
    base = pages.base_context(who, view, pages.Forms.blank(), tab, known_on=known_on_of(request))
    writes = who.may(saying.POWER) and known_on_of(request) is None
    context = (
        base
        | {
            "may_say": writes,
            "tlp_words": saying.choices(view, who),
            "problem": problem,
            "posted": request.POST if problem else {},
        }
        | dict(shown)
    )
    context["erring"] = base["erring"] or problem is not None
    return render(request, f"campaigns/{tab}.html", context, status=400 if problem else 200)


def _asked(request: HttpRequest, uuid: UUID) -> tuple[Reader, CampaignView]:
    who = reader_of(request)
    return who, services.campaign(str(uuid), who, known_on=known_on_of(request))


def _posted(request: HttpRequest, *names: str) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in names}


def _withdrawn() -> str:
    return _("Withdrawn; it stays in the history.")
