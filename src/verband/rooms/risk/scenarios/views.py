"""Pages of scenarios: how bad, how likely, how sure, and how does it move?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from verband.language.catalogues import catalogue
from verband.language.decimals import whole
from verband.language.errors import InputError, NotFoundError, VerbandError
from verband.language.markings import TLP, Marking, highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import services as exposure
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem
from verband.rooms.risk.scenarios import (
    assessing,
    charts,
    describing,
    edition_words,
    fixing,
    from_outage,
    method_words,
    result_rows,
    sessions,
)
from verband.rooms.risk.scenarios.describing import LINK_KINDS, POWER, ScenarioView
from verband.rooms.risk.scenarios.problems import problem_of

_NEW = ("key", "title_nl", "title_en", "text", "theme", "marking", "valid_until")


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Which scenarios weigh most, how sure are we, and how did they move?"""
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    theme, interest = request.GET.get("theme", ""), request.GET.get("interest", "")
    every = describing.scenarios(who, now=timezone.now(), known_on=known_on)
    views = [
        view
        for view in every
        if view.withdrawn_at is None
        and (not theme or view.theme == theme)
        and (not interest or interest in view.interests)
    ]
    risks = assessing.risks(views, who, known_on=known_on)
    views = result_rows.gravest_first(views, risks)
    if form := exports.wanted(request):
        return exports.response(who, name="scenarios", form=form, rows=result_rows.exported(views, risks, language))
    picture.note_reading(who, "scenarios", [view.marking for view in views])
    shown = {
        "rows": result_rows.listed(views, risks, language),
        "weighed": len(risks),
        "total": len(views),
        "missing": sum(bool(risk.missing) for risk in risks.values()),
        "diagram": charts.diagram(views, risks, language, fixing.trails(views, risks, who)) if risks else None,
        "ranks": charts.ranks(assessing.order(views, risks), views, language),
        "unverified": method_words.unverified(assessing.unverified(risks.values()), language),
        "mine": [
            {"key": row.key, "title": row.title_nl if language == "nl" else row.title_en, "seat": seat}
            for row, _session, seat in sessions.mine(who)
        ],
        "themes": catalogue("themes").entries,
        "interests": catalogue("interests").entries,
        "theme": theme,
        "interest": interest,
        "may_draft": who.may(POWER) and known_on is None,
        "marking": highest([view.marking for view in views]),
    }
    return render(request, "risk/scenarios/list.html", shown)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Describe what could happen, from nothing or from a saved outage; what is wrong stands beside the field."""
    who = reader_of(request)
    asked = request.POST.get("outage", "") or request.GET.get("outage", "")
    outage = from_outage.outage(asked, who) if asked else None
    posted = {name: request.POST.get(name, "") for name in _NEW}
    if outage and request.method == "GET":
        posted |= from_outage.first_words(outage)
    interests = request.POST.getlist("interests")
    problem: Problem | None = None
    status = 200
    if request.method == "POST":
        try:
            made = _made(posted, interests, outage, who)
        except VerbandError as error:
            problem, status = problem_of(error, "new", page_language()), error.status
        else:
            messages.success(request, _("The scenario stands. Say what it rests on, and ask experts."))
            return redirect("risk:scenario", made.key)
    shown = {
        "posted": posted,
        "outage": outage,
        "evidence": exposure.outage_told(outage, page_language()) if outage else "",
        "chosen": interests,
        "problem": problem,
        "themes": catalogue("themes").entries,
        "interests": catalogue("interests").entries,
        "markings": _markings(who, least=outage.marking.tlp if outage else TLP[0]),
        "may_draft": who.may(POWER),
    }
    if outage:
        picture.note_reading(who, f"scenario from outage {outage.key}", [outage.marking])
    return render(request, "risk/scenarios/new.html", shown, status=status)


def _made(
    posted: Mapping[str, str], interests: list[str], outage: exposure.OutageView | None, who: Reader
) -> ScenarioView:
    fields: dict[str, Any] = {name: posted[name] for name in ("title_nl", "title_en", "text", "theme")}
    fields |= {
        "interests": interests,
        "marking": Marking(posted["marking"] or who.ceiling.tlp),
        "language": page_language(),
        "who": who,
        "now": timezone.now(),
    }
    key = posted["key"].strip()
    if outage:
        return from_outage.draft(outage, key, valid_until=posted["valid_until"], **fields)
    return describing.draft(key, **fields)


@require_GET
def scenario(request: HttpRequest, key: str) -> HttpResponse:
    """What could happen, what does it rest on, and what do we make of it?"""
    if form := exports.wanted(request):
        who = reader_of(request)
        view = describing.scenario(key, who, now=timezone.now(), known_on=known_on_of(request))
        return exports.response(who, name=f"scenario-{key}", form=form, rows=result_rows.links(view))
    return _page(request, key)


@require_GET
def why(request: HttpRequest, key: str) -> HttpResponse:
    """Where does the number come from: which class, which value, which weight, from which source?"""
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    view = describing.scenario(key, who, now=timezone.now(), known_on=known_on)
    risk = assessing.risk(view, who, known_on=known_on)
    rows = result_rows.why(view, risk, language) if risk else []
    if form := exports.wanted(request):
        return exports.response(who, name=f"scenario-{key}-why", form=form, rows=rows)
    picture.note_reading(who, f"scenario {key} why", [view.marking])
    shown = {
        "view": view,
        "title": view.title(language),
        "risk": risk,
        "boxes": result_rows.boxes(risk, language) if risk else [],
        "rows": rows,
        "chart": charts.contributions(view, risk, language) if risk else None,
        "unverified": method_words.unverified(assessing.unverified([risk]), language) if risk else [],
        "without": result_rows.without(view, risk, language) if risk else [],
        "tab": "why",
    }
    return render(request, "risk/scenarios/why.html", shown)


@require_GET
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """How does this scenario differ from what was fixed before?"""
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    view = describing.scenario(key, who, now=timezone.now(), known_on=known_on)
    editions = fixing.editions(view, who, known_on=known_on)
    first, last = _asked(request, "from"), _asked(request, "to")
    difference = fixing.difference(view, editions, first, last, who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name=f"scenario-{key}-difference", form=form, rows=list(difference.rows))
    picture.note_reading(who, f"scenario {key} editions", [view.marking])
    shown = {
        "view": view,
        "title": view.title(language),
        "editions": editions,
        "difference": difference,
        "changes": edition_words.changes(difference.rows, view, page_language()),
        "may_fix": who.may(POWER) and known_on is None,
        "ready": fixing.missing(view, who) if who.may(POWER) else [],
        "tab": "compare",
    }
    return render(request, "risk/scenarios/compare.html", shown)


@require_GET
def edition(request: HttpRequest, key: str, number: int) -> HttpResponse:
    """What was fixed then, to the byte, and is it what the same judgements give now?"""
    who = reader_of(request)
    view = describing.scenario(key, who, now=timezone.now(), known_on=known_on_of(request))
    found = fixing.edition(view, number, who)
    if form := exports.wanted(request):
        return exports.response(who, name=f"scenario-{key}-{number}", form=form, rows=[dict(found.content)])
    picture.note_reading(who, f"scenario {key} edition {number}", [view.marking])
    shown = {
        "view": view,
        "title": view.title(page_language()),
        "edition": found,
        "rows": edition_words.rows(found.content, view, page_language()),
        "sound": fixing.is_sound(found),
        "again": fixing.made_again(view, found, who),
        "tab": "compare",
    }
    return render(request, "risk/scenarios/edition.html", shown)


_ACTS: Mapping[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "challenge": (describing.challenge, ("text",)),
    "withdraw": (describing.withdraw, ("reason",)),
    "fix": (fixing.fix, ("reason",)),
}


@require_POST
def act(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Link evidence, take it back, challenge, answer, fix an edition, or withdraw the scenario."""
    who, now, form = reader_of(request), timezone.now(), act
    try:
        if act == "link":
            describing.link(key, who=who, now=now, **_link_fields(request))
        elif act in ("unlink", "answer"):
            number = request.POST.get("number", "")
            form = f"{act}-{number}"
            found = whole(number)
            if found is None:
                raise NotFoundError("scenario.no_link" if act == "unlink" else "scenario.no_challenge")
            if act == "unlink":
                describing.unlink(key, found, reason=request.POST.get("reason", ""), who=who, now=now)
            else:
                describing.answer(key, found, text=request.POST.get("text", ""), who=who, now=now)
        elif act in _ACTS:
            service, fields = _ACTS[act]
            service(key, who=who, now=now, **{name: request.POST.get(name, "") for name in fields})
        else:
            raise InputError("scenario.act", act=act, known=", ".join(("link", "unlink", "answer", *_ACTS)))
    except VerbandError as error:
        return _page(request, key, status=error.status, problem=problem_of(error, form, page_language()))
    messages.success(request, _("Kept with your name."))
    return redirect("risk:scenario_compare" if act == "fix" else "risk:scenario", key)


def _link_fields(request: HttpRequest) -> dict[str, Any]:
    fields: dict[str, Any] = {
        name: request.POST.get(name, "").strip() for name in ("kind", "ref", "text", "observed_on", "valid_until")
    }
    criterion, word = request.POST.get("criterion", ""), request.POST.get("class", "")
    if criterion and word:
        fields["without"] = {criterion: word}
    if tlp := request.POST.get("marking", ""):
        fields["marking"] = Marking(tlp)
    return fields


def _page(request: HttpRequest, key: str, *, status: int = 200, problem: Problem | None = None) -> HttpResponse:
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    view = describing.scenario(key, who, now=timezone.now(), known_on=known_on)
    risk = assessing.risk(view, who, known_on=known_on)
    picture.note_reading(who, f"scenario {key}", [view.marking])
    shown = {
        "view": view,
        "title": view.title(language),
        "risk": risk,
        "boxes": result_rows.boxes(risk, language) if risk else [],
        "state": fixing.state(view, who, known_on=known_on),
        "links": view.links,
        "kinds": LINK_KINDS,
        "criteria": [(one, method_words.name(view.method, one, language)) for one in sessions.criteria(view.method)],
        "classes": [(one.key, f"{one.key} · {one.label(language)}") for one in view.method.classes],
        "markings": _markings(who),
        "posted": {name: request.POST.get(name, "") for name in request.POST},
        "problem": problem,
        "may_say": _may_say(who, view) and known_on is None,
        "mine": view.said_by == who.signature,
        "today": timezone.now().date().isoformat(),
        "tab": "scenario",
    }
    return render(request, "risk/scenarios/scenario.html", shown, status=status)


def _may_say(who: Reader, view: ScenarioView) -> bool:
    return who.may(POWER) and view.withdrawn_at is None


def _markings(who: Reader, *, least: str = TLP[0]) -> tuple[str, ...]:
    return TLP[TLP.index(least) : TLP.index(who.ceiling.tlp) + 1]


def _asked(request: HttpRequest, name: str) -> int | None:
    return whole(request.GET.get(name, ""))
