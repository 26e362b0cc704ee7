"""What if these fail: the picks, the hours played on the network, and the form that saves it as an outage scenario."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from verband.language.errors import InputError
from verband.language.markings import TLP, highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import analysing, figures, keeping, network, words
from verband.rooms.exposure.asking import HORIZON_H, hours, page
from verband.rooms.exposure.network import Network
from verband.rooms.exposure.shown import closed, node_row
from verband.rooms.picture import exports
from verband.rooms.problems import Problem, problem_of

#: Moments to choose from; those at which something fails are added.
_STEPS_H = (0.0, 1.0, 4.0, 8.0, 24.0, 48.0, 72.0)
_MOST_STEPS = 40


@require_GET
def what_if(request: HttpRequest) -> HttpResponse:
    """What fails, and when, if these fail at hour 0? The address holds the picks."""
    return asked_page(request, request.GET.getlist("fail"), request.GET.get("hours", ""))


def asked_page(
    request: HttpRequest,
    fail: Sequence[str],
    hours_text: str,
    *,
    problem: Problem | None = None,
) -> HttpResponse:
    """The page for these picks; `problem` is what is wrong with what was filled in to save it."""
    who, language, known_on = reader_of(request), page_language(), known_on_of(request)
    found = network.network(who, known_on=known_on)
    picks = list(dict.fromkeys(fail))
    horizon_h, wrong = _hours(hours_text)
    shown: dict[str, Any] = {
        "nodes": [node_row(one, found, language) | {"picked": one.key in picks} for one in found.nodes.values()],
        "picks": picks,
        "requirements": len(found.requirements),
        "closed": closed(found, language),
        "horizon_h": horizon_h,
        "hours_text": hours_text or words.hours(horizon_h),
        "problem": wrong or problem,
        "may_save": who.may(keeping.POWER) and known_on is None,
    }
    if picks and not wrong:
        part, blast = found.part(picks), analysing.cascade(found, picks, horizon_h=horizon_h)
        rows = figures.cascade_rows(blast, part)
        if form := exports.wanted(request):
            told = figures.exported_cascade(rows, language)
            return exports.response(who, name="what-if", form=form, rows=told)
        shown |= _played(request, rows, horizon_h, found, language, picks=picks, hours_text=hours_text)
        shown |= {"blast": blast, "impact": _impact(rows, picks, language), "down_of": _repairs(picks)}
        shown["markings"] = _markings(part, who.ceiling.tlp)
    status = wrong.status if wrong else problem.status if problem else 200
    return page(request, "what_if", shown, found.markings, status=status)


def _markings(part: Network, most: str) -> tuple[str, ...]:
    least = highest(part.markings).tlp
    return TLP[TLP.index(least) : TLP.index(most) + 1]


def _hours(text: str) -> tuple[float, Problem | None]:
    try:
        return hours(text), None
    except InputError as error:
        return HORIZON_H, problem_of(error, "hours", page_language())


def _impact(rows: Sequence[Mapping[str, Any]], picks: Sequence[str], language: str) -> dict[str, str] | None:
    """The first process that fails and was not chosen, and when."""
    for row in rows:
        if row["node"].kind == "process" and row["node"].key not in picks:
            return {"name": row["node"].name(language), "time": words.hours(row["time_h"])}
    return None


def _repairs(picks: Sequence[str]) -> str:
    return f"{reverse('exposure:restoration')}?{urlencode({'fail': list(picks)}, doseq=True)}"


def _played(
    request: HttpRequest,
    rows: list[dict[str, Any]],
    horizon_h: float,
    found: Network,
    language: str,
    *,
    picks: Sequence[str],
    hours_text: str,
) -> dict[str, Any]:
    """The moments to choose from, and what is down at the one that is chosen (the horizon, where none is)."""
    times = {row["time_h"] for row in rows}
    steps = sorted({*times, *(step for step in _STEPS_H if step < horizon_h), horizon_h})
    if len(steps) > _MOST_STEPS:
        steps = [*steps[: _MOST_STEPS - 1], horizon_h]
    try:
        at = min(hours(request.GET.get("at", ""), field="at", otherwise=horizon_h), horizon_h)
    except InputError:
        at = 0.0
    fails_h = {row["node"].key: row["time_h"] for row in rows}
    told = [
        {
            **row,
            "name": row["node"].name(language),
            "time": words.hours(row["time_h"]),
            "lost": words.hours(row["supply_lost_h"]),
            "missing": ", ".join(node.name(language) for node in row["missing"]),
            "down": row["time_h"] <= at,
        }
        for row in rows
    ]
    moments = [
        {
            "at": f"{step:g}",
            "text": words.hours(step),
            "here": step == at,
            "href": _address(request, picks, hours_text, f"{step:g}"),
            "down": [key for key, time in fails_h.items() if time <= step],
        }
        for step in steps
    ]
    return {
        "rows": told,
        "steps": moments,
        "at": words.hours(at),
        "down": sum(time <= at for time in fails_h.values()),
        "figure": figures.figure(found, language, fails_h, at_h=at),
        "played": {
            "steps": [
                {"down": moment["down"], "says": figures.says_down(len(moment["down"]), moment["text"])}
                for moment in moments
            ],
            "labels": {row["node"].key: [row["name"], f"{row['name']}: {row['time']} h"] for row in told},
        },
    }


def _address(request: HttpRequest, picks: Sequence[str], hours_text: str, at: str) -> str:
    """The address of that hour, with the picks, the hours and the day as known on."""
    asked = {"fail": list(picks), "hours": hours_text, "at": at, "known_on": request.GET.get("known_on", "")}
    kept = {name: value for name, value in asked.items() if value}
    return f"{reverse('exposure:what_if')}?{urlencode(kept, doseq=True)}"
