"""The register as a page, and what a person keeps in it or takes from it."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, VerbandError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.forms import Options
from verband.rooms.measures import views
from verband.rooms.measures.kinds import kinds
from verband.rooms.measures.reading import Filter
from verband.rooms.measures.register import charts, forms, keeping, proposing, standing, words
from verband.rooms.measures.register.kinds import PARTIES, STATES
from verband.rooms.measures.register.standing import LACKS, Known
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.problems import Problem, problem_of


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """What is known of each measure: state, parties, terms, means and effect, and what has nobody told yet?"""
    return _page(request)


@require_POST
def act(request: HttpRequest, act: str) -> HttpResponse:
    """Propose a measure, keep a row about one, or take a row back."""
    who, now = reader_of(request), timezone.now()
    posted = {name: request.POST.getlist(name) for name in request.POST}
    measure = keeping.one("measure", posted)
    try:
        if act == "propose":
            made = proposing.propose(posted, who=who, now=now)
            messages.success(request, _("Proposed with your name; its state is kept step by step."))
            return redirect("measures:measure", made.key)
        if act == "withdraw":
            kind, number = keeping.one("kind", posted), keeping.one("number", posted)
            row = keeping.withdraw(kind, number, reason=keeping.one("reason", posted), who=who, now=now)
            measure = measure or row.measure
            messages.success(request, _("Withdrawn; it stays in the history."))
        else:
            keeping.keep(act, measure, posted, who=who, now=now)
            messages.success(request, _("Kept with your name; it can be withdrawn."))
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        form = act if act != "withdraw" else f"withdraw-{kind}-{number}"
        problem = problem_of(error, form, page_language(), posted=posted)
        if act == "propose":
            return _page(request, problem, error.status)
        return views.measure_page(request, measure, problem=problem, status=error.status)
    return redirect("measures:measure", measure)


def _page(request: HttpRequest, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    who, known_on = reader_of(request), known_on_of(request)
    wanted = _wanted(request)
    every = standing.register(who, known_on=known_on)
    found = [item for item in every if _admits(item, wanted)]
    if form := exports.wanted(request):
        return exports.response(who, name="register-of-measures", form=form, rows=standing.exported(found))
    picture.note_reading(who, "register of measures", [mark for item in every for mark in item.markings])
    counted, may = standing.balance(every), known_on is None and who.may(keeping.POWER)
    lacking = Counter(name for item in every for name in item.lacks)
    kinds_of = tuple((key, one.nl if page_language() == "nl" else one.en) for key, one in kinds().items())
    shown: dict[str, Any] = {
        "rows": [_row(item) for item in found],
        "total": len(every),
        "with_state": sum(item.state is not None for item in every),
        "lacking": [(key, words.lacks()[key], lacking[key]) for key in LACKS],
        "wanted": wanted,
        "choices": {
            "accent": list(catalogue("accents").labels(page_language()).items()),
            "state": [*catalogue(STATES).labels(page_language()).items(), ("unknown", _("not known"))],
            "party": list(catalogue(PARTIES).labels(page_language()).items()),
            "lacks": [(key, words.lacks()[key]) for key in LACKS],
        },
        "figure": charts.balance(counted) if every else None,
        "form": forms.proposal(who, kinds_of=_measures_only(kinds_of), problem=problem) if may else None,
        "problem": problem,
        "marking": standing.marking_of(every) if every else None,
    }
    return render(request, "measures/register/register.html", shown, status=status)


def _measures_only(kinds_of: Options) -> Options:
    return tuple((key, word) for key, word in kinds_of if kinds()[key].measure)


def _wanted(request: HttpRequest) -> dict[str, str]:
    """The filters of the address. Raises InputError("register.word") for one that there is not."""
    wanted = {name: request.GET.get(name, "").strip() for name in ("accent", "state", "party", "lacks", "text")}
    known = {
        "accent": catalogue("accents").keys(),
        "state": (*catalogue(STATES).keys(), "unknown"),
        "party": catalogue(PARTIES).keys(),
        "lacks": LACKS,
    }
    for name, keys in known.items():
        if wanted[name] and wanted[name] not in keys:
            raise InputError("register.word", field=name, word=wanted[name], known=", ".join(keys))
    return wanted


def _admits(item: Known, wanted: dict[str, str]) -> bool:
    have = {
        "accent": (item.measure.accent,),
        "state": (item.state.state if item.state else "unknown",),
        "party": item.parties,
        "lacks": item.lacks,
    }
    found = Filter(text=wanted["text"]).admits(item.measure)
    return found and all(not wanted[name] or wanted[name] in keys for name, keys in have.items())


def _row(item: Known) -> dict[str, Any]:
    return {
        "item": item,
        "view": item.measure,
        "title": item.measure.title(page_language()),
        "told": [one.means for one in item.against if one.verified],
        "read": [one.means for one in item.against if not one.verified],
        "lacks": [words.lacks()[name] for name in item.lacks],
        "aim": words.choice(item.aim.aim) if item.aim else "",
    }
