"""Pages of a session: what do the experts judge, where do they differ, and what did they agree on?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, RefusedError, VerbandError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem
from verband.rooms.risk.scenarios import describing, session_charts, session_rows, sessions
from verband.rooms.risk.scenarios.method_words import LIKELIHOOD
from verband.rooms.risk.scenarios.problems import problem_of
from verband.rooms.risk.scenarios.sessions import SessionView

_TRIPLE = ("lower", "expected", "upper")


@require_GET
def session(request: HttpRequest, key: str) -> HttpResponse:
    """Where does the session stand, and what is mine to do?"""
    if form := exports.wanted(request):
        who = reader_of(request)
        view = describing.scenario(key, who, now=timezone.now(), known_on=known_on_of(request))
        found = _newest(sessions.sessions(view, who, known_on=known_on_of(request)))
        rows = session_rows.exported(found, view.method, page_language()) if found else []
        return exports.response(who, name=f"scenario-{key}-session", form=form, rows=rows)
    return _page(request, key)


@require_POST
def scores(request: HttpRequest, key: str) -> HttpResponse:
    """Keep the scores that were filled in; those that cannot be read stand there with what is wrong."""
    who = reader_of(request)
    view = describing.scenario(key, who, now=timezone.now())
    sessions.demand_seat(key, who)
    problems: list[Problem] = []
    kept = 0
    for criterion in sessions.criteria(view.method):
        filled = {name: request.POST.get(f"{criterion}-{name}", "").strip() for name in (*_TRIPLE, "rationale")}
        if not any(filled.values()):
            continue
        knowledge = request.POST.get(f"{criterion}-knowledge", "moderate")
        try:
            sessions.score(key, criterion, knowledge=knowledge, who=who, now=timezone.now(), **filled)
            kept += 1
        except RefusedError:
            raise
        except VerbandError as error:
            problems.append(problem_of(error, criterion, page_language(), field="expected"))
    if not problems and not kept:
        messages.info(request, _("Nothing was filled in."))
        return redirect("risk:session", key)
    if problems:
        return _page(request, key, status=400, problems=problems, kept=kept)
    messages.success(request, _("Your scores are kept. Nobody sees them before the round is closed."))
    return redirect("risk:session", key)


_ACTS: Mapping[str, tuple[Callable[..., object], tuple[str, ...]]] = {
    "accept": (sessions.accept, ()),
    "leave": (sessions.give_up, ("reason",)),
    "remark": (sessions.remark, ("text", "criterion")),
    "next": (sessions.go_on, ("stage",)),
    "cancel": (sessions.cancel, ("reason",)),
    "agree": (sessions.agree, ("criterion", *_TRIPLE, "text")),
    "dissent": (sessions.dissent, ("criterion", *_TRIPLE, "text", "signed")),
}


@require_POST
def act(request: HttpRequest, key: str, act: str) -> HttpResponse:
    """Open a session, invite, accept, leave, say something, go on, write down what is agreed, or dissent."""
    who, now = reader_of(request), timezone.now()
    try:
        if act in ("begin", "invite"):
            names = request.POST.get("experts", "").replace(",", " ").split()
            (sessions.begin if act == "begin" else sessions.invite)(key, names, who=who, now=now)
        elif act in _ACTS:
            service, fields = _ACTS[act]
            service(key, who=who, now=now, **{name: request.POST.get(name, "") for name in fields})
        else:
            raise InputError("session.act", act=act, known=", ".join(("begin", "invite", *_ACTS)))
    except VerbandError as error:
        return _page(request, key, status=error.status, problems=[problem_of(error, act, page_language())])
    messages.success(request, _done(act))
    return redirect("risk:session", key)


def _page(
    request: HttpRequest, key: str, *, status: int = 200, problems: list[Problem] | None = None, kept: int = 0
) -> HttpResponse:
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    view = describing.scenario(key, who, now=timezone.now(), known_on=known_on)
    every = sessions.sessions(view, who, known_on=known_on)
    found = _newest(every)
    picture.note_reading(who, f"scenario {key} session", [view.marking])
    rows = session_rows.rows(found, view.method, language) if found else []
    posted = {name: request.POST.get(name, "") for name in request.POST}
    shown: dict[str, Any] = {
        "view": view,
        "title": view.title(language),
        "found": found,
        "rows": session_rows.filled(rows, posted) if problems else rows,
        "classes": session_rows.classes(view.method, language),
        "bands": session_rows.bands(view.method, language),
        "knowledge": catalogue("confidence").entries,
        "stages": session_rows.stages(found),
        "chart": session_charts.dots(found, view.method, language) if found and found.standing() else None,
        "problem": problems[0] if problems and not _of_scores(problems) else None,
        "wrong": {one.form: one for one in problems or [] if _of_scores(problems or [])},
        "posted": posted,
        "kept": kept,
        "may_lead": who.may(describing.POWER) and known_on is None,
        "now": known_on is None,
        "may_score": _may_score(found, who) and known_on is None,
        "tab": "session",
    }
    return render(request, "risk/scenarios/session.html", shown, status=status)


def _of_scores(problems: list[Problem]) -> bool:
    return all("." in one.form or one.form == LIKELIHOOD for one in problems)


def _may_score(found: SessionView | None, who: Reader) -> bool:
    return found is not None and found.open and found.seat is not None and found.seat.accepted_at is not None


def _newest(every: list[SessionView]) -> SessionView | None:
    return every[0] if every else None


def _done(act: str) -> str:
    return {
        "begin": _("The session is open; those invited see it under Risk."),
        "invite": _("They are invited."),
        "accept": _("You take part, under a letter drawn by lot."),
        "leave": _("You left the session; your scores count no more."),
        "remark": _("What you said stands there under your letter."),
        "cancel": _("The session is cancelled; another can be held."),
        "next": _("The next stage is open."),
        "agree": _("What was agreed is written down."),
        "dissent": _("Your view stands beside what was agreed, and in the report."),
    }[act]
