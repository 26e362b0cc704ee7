"""Saved outages: the list, one of them beside what the same would be now, saving one and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.errors import InputError, NotFoundError, RefusedError, VerbandError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import keeping, outages, words
from verband.rooms.exposure.asking import hours, now, page
from verband.rooms.exposure.outages import OutageView
from verband.rooms.exposure.what_if_views import asked_page
from verband.rooms.picture import exports
from verband.rooms.problems import Problem, problem_of


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Which outages were saved, by whom, and what did each come to?"""
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    views = outages.outages(who, known_on=known_on)
    if form := exports.wanted(request):
        rows = [_exported(view) for view in views]
        return exports.response(who, name="outage-scenarios", form=form, rows=rows)
    shown = {
        "rows": [
            {"view": view, "picked": view.picked(language), "hours": words.hours(view.row.horizon_h)} for view in views
        ],
        "standing": sum(not view.withdrawn for view in views),
        "may_save": who.may(keeping.POWER) and known_on is None,
    }
    return page(request, "outages", shown, [view.marking for view in views])


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """What was computed then, on what was it based, and would it be the same now?"""
    view = outages.outage(key, reader_of(request), known_on=known_on_of(request))
    if form := exports.wanted(request):
        language = page_language()
        rows = [
            {
                "key": fallen.key,
                "name": fallen.name(language),
                "class": fallen.grade,
                "owner": fallen.owner,
                "fails_at_h": fallen.fails_at_h,
                "supply_lost_at_h": fallen.supply_lost_at_h,
                "missing": [names[0] for names in fallen.missing],
                "source": fallen.source,
                "marking": view.marking.words(),
            }
            for fallen in view.fallen
        ]
        return exports.response(reader_of(request), name=f"outage-{key}", form=form, rows=rows)
    return _page(request, view)


@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Save what was asked as an outage scenario; what is wrong stands beside the field, and nothing is lost."""
    who = reader_of(request)
    posted = {name: str(request.POST.get(name, "")) for name in ("name", "text", "source", "marking", "hours")}
    fail = request.POST.getlist("fail")
    try:
        view = outages.save(
            fail,
            horizon_h=hours(posted["hours"]),
            name=posted["name"],
            text=posted["text"],
            source=posted["source"],
            marking=posted["marking"],
            language=page_language(),
            who=who,
            now=now(),
        )
    except (InputError, RefusedError) as error:
        if error.code == "people.no_power":
            raise
        problem = problem_of(error, "save", page_language(), posted=posted)
        return asked_page(request, fail, posted["hours"], problem=problem)
    messages.success(request, _("Saved with your name, as it was computed now; it can be withdrawn."))
    return redirect("exposure:outage", view.key)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take a saved outage back, with a reason."""
    who = reader_of(request)
    try:
        outages.withdraw(key, reason=str(request.POST.get("reason", "")), who=who, now=now())
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        problem = problem_of(error, "withdraw", page_language())
        return _page(request, outages.outage(key, who), problem=problem)
    messages.success(request, _("Withdrawn; it stays in the history."))
    return redirect("exposure:outage", key)


def _page(request: HttpRequest, view: OutageView, *, problem: Problem | None = None) -> HttpResponse:
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    today = outages.compared(view, who, language, known_on=known_on)
    shown = {
        "view": view,
        "row": view.row,
        "hours_text": words.hours(view.row.horizon_h),
        "fallen": [
            {
                "one": fallen,
                "name": fallen.name(language),
                "time": words.hours(fallen.fails_at_h),
                "lost": words.hours(fallen.supply_lost_at_h),
                "missing": fallen.missing_names(language),
            }
            for fallen in view.fallen
        ],
        "today": today,
        "compared": [
            {
                "name": row.name,
                "then": "–" if row.then_h is None else words.hours(row.then_h),
                "now": "–" if row.now_h is None else words.hours(row.now_h),
                "differs": row.then_h != row.now_h,
            }
            for row in today.rows
        ],
        "gone": ", ".join(today.gone),
        "problem": problem,
        "may_write": who.may(keeping.POWER) and known_on is None and not view.withdrawn,
        "may_weigh": who.may(keeping.POWER) and known_on is None and not view.withdrawn and "risk" in who.rooms,
    }
    return page(request, "outage", shown, [view.marking], status=problem.status if problem else 200)


def _exported(view: OutageView) -> dict[str, object]:
    row = view.row
    return {
        "key": view.key,
        "name": row.name,
        "picks": row.picks,
        "hours": row.horizon_h,
        "nodes_that_fail": len(view.fallen),
        "lost_h": row.lost_h,
        "low_h": row.low_h,
        "high_h": row.high_h,
        "network": row.digest,
        "method_version": row.method_version,
        "source": row.source,
        "marking": view.marking.words(),
        "withdrawn": row.withdrawn_reason,
    }
