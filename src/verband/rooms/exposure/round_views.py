"""Pages of the processes that sectors repeat: who runs one, which step comes now, and beginning one for a sector."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import NotFoundError, VerbandError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import forms, keeping, rounds, words
from verband.rooms.exposure.asking import now, page
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem

_INCIDENTS_SHOWN = 8


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Which sectors look again, round by round, at what keeps their networks resilient?"""
    return _list(request)


@require_GET
def shown(request: HttpRequest, key: str) -> HttpResponse:
    """Where is this sector's round, and what came of the steps before?"""
    return _one(request, key)


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Begin a process, keep a step, or take either back."""
    who, moment = reader_of(request), now()
    posted = {name: str(request.POST.get(name, "")) for name in request.POST}
    key = posted.get("key", "")
    try:
        if act == "begin":
            made = rounds.begin(posted, from_key=posted.get("from", ""), who=who, now=moment)
            messages.success(request, _("Begun, with all steps. It can be withdrawn."))
            return redirect("exposure:round", made.key)
        if act == "take":
            rounds.take(key, posted, who=who, now=moment)
            messages.success(request, _("Kept with your name; it can be withdrawn."))
        elif act == "withdraw-step":
            rounds.withdraw_step(posted.get("number", ""), reason=posted.get("reason", ""), who=who, now=moment)
            messages.success(request, _("Withdrawn; it stays in the history."))
        elif act == "withdraw":
            rounds.withdraw(posted.get("number", ""), reason=posted.get("reason", ""), who=who, now=moment)
            messages.success(request, _("Withdrawn; it stays in the history."))
            return redirect("exposure:rounds")
        else:
            raise NotFoundError("exposure.none")
    except VerbandError as error:
        form = f"{act}-{posted.get('number', '')}" if act.startswith("withdraw") else act
        wrong = forms.problem(error, form, posted)
        if act == "begin":
            return _list(request, wrong=wrong, status=error.status)
        return _one(request, key, wrong=wrong, status=error.status)
    return redirect("exposure:round", key)


def _list(request: HttpRequest, *, wrong: Problem | None = None, status: int = 200) -> HttpResponse:
    who, known_on, language = reader_of(request), known_on_of(request), page_language()
    found = rounds.processes(who, known_on=known_on)
    if form := exports.wanted(request):
        rows = [row for view in found for row in _exported(view)]
        return exports.response(who, name="sector-rounds", form=form, rows=rows)
    writes = known_on is None and who.may(keeping.POWER)
    told: dict[str, Any] = {
        "rows": [_row(view, language) for view in found],
        "steps": [_step(step, language) for step in rounds.template()],
        "problem": wrong,
        "may_write": writes,
    }
    if writes:
        told["fields"] = forms.fields(rounds.BEGIN, who, wrong, form="begin")
        told["sectors"] = _sectors(language)
        told["from"] = wrong.posted.get("from", "") if wrong else request.GET.get("from", "")
    return page(request, "rounds", told, [marking for view in found for marking in view.markings], status=status)


def _one(request: HttpRequest, key: str, *, wrong: Problem | None = None, status: int = 200) -> HttpResponse:
    who, known_on, language = reader_of(request), known_on_of(request), page_language()
    view = rounds.process(key, who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name=f"sector-round-{key}", form=form, rows=_exported(view))
    incidents = _incidents(view.row.sector, request)
    writes = known_on is None and who.may(keeping.POWER)
    taken = [row for one in view.rounds for _, row in one.steps if row is not None]
    told: dict[str, Any] = {
        "view": view,
        "head": _row(view, language),
        "rounds": [
            {
                "number": one.number,
                "steps": [
                    {**_step(step, language), "row": row, "next": one is view.running and step == one.next_step}
                    for step, row in one.steps
                ],
            }
            for one in reversed(view.rounds)
        ],
        "last": taken[-1].pk if taken else None,
        "last_text": str(taken[-1].pk) if taken else "",
        "own_text": str(view.row.pk),
        "next": _step(view.running.next_step, language),
        "due_on": view.due_on(),
        "incidents": incidents[:_INCIDENTS_SHOWN],
        "incidents_total": len(incidents),
        "problem": wrong,
        "may_write": writes,
    }
    if writes:
        every = forms.fields(rounds.STEP, who, wrong, form="take", elsewhere=("step",))
        told["fields"] = [field for field in every if field.name != "step"]
    marked = [*view.markings, *(one.marking for one in incidents[:_INCIDENTS_SHOWN])]
    return page(request, "round", told, marked, status=status)


def _row(view: rounds.SectorView, language: str) -> dict[str, Any]:
    running = view.running
    return {
        "view": view,
        "title": view.row.title_nl if language == "nl" else view.row.title_en,
        "sector": words.sector(view.row.sector),
        "round": running.number,
        "done": sum(row is not None for _, row in running.steps),
        "of": len(running.steps),
        "next": _step(running.next_step, language)["word"],
    }


def _step(key: str, language: str) -> dict[str, str]:
    entry = catalogue("sector_steps").find(key) if key else None
    if entry is None:
        return {"key": key, "word": key, "question": ""}
    question = "question_nl" if language == "nl" else "question_en"
    return {"key": key, "word": entry.label(language), "question": str(entry.fields.get(question, ""))}


def _sectors(language: str) -> list[tuple[str, str]]:
    """What a process can be begun for: sectors, then vital processes."""
    found = [*catalogue("sectors").labels(language).items(), *catalogue("vital_processes").labels(language).items()]
    return [(key, word) for key, word in found if key not in ("other", "unknown")]


def _incidents(sector: str, request: HttpRequest) -> list[picture.IncidentView]:
    """Incidents of the sector that the reader may see, newest first: matter for the input on the threat."""
    who = reader_of(request)
    if "picture" not in who.rooms:
        return []
    if catalogue("sectors").find(sector) is None:
        vital = catalogue("vital_processes").find(sector)
        sector = vital.strings("sector")[0] if vital else sector
    wanted = picture.Filter(values={"sector": (sector,)})
    return picture.incidents(who.ceiling, wanted, known_on=known_on_of(request))


def _exported(view: rounds.SectorView) -> list[dict[str, Any]]:
    return [
        {
            "process": view.row.key,
            "sector": view.row.sector,
            "round": one.number,
            "step": step,
            "done_on": row.done_on.isoformat() if row else "",
            "outcome": row.outcome if row else "",
            "decided_by": row.decided_by if row else "",
            "source": row.source if row else "",
            "marking": (row or view.row).marking.value().words(),
        }
        for one in view.rounds
        for step, row in one.steps
    ]
