"""The register of strategic dependencies: all of them, one with its steps, and what a person enters or takes back."""

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
from verband.rooms.exposure import keeping
from verband.rooms.exposure import words as room_words
from verband.rooms.exposure.asking import now, page
from verband.rooms.exposure.dependence import bringing_views, items, scenario_views, steps, views, words
from verband.rooms.exposure.dependence.forms import Refused, fields, posted, refused
from verband.rooms.exposure.dependence.models import Edition, SectorResult
from verband.rooms.exposure.dependence.steps import STATES, Trail
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports

#: What can be taken back here beside the steps.
_TABLES: dict[str, Any] = {"editions": Edition, "sectors": SectorResult}


@require_GET
def register(request: HttpRequest) -> HttpResponse:
    """Which dependencies are known, which are risky, what limits them, and what remains?"""
    return _register(request)


@require_GET
def dependency(request: HttpRequest, key: str) -> HttpResponse:
    """How far is this dependency: identified, judged, limited, what remains; by whom, and why?"""
    return _dependency(request, key)


@require_POST
def act(request: HttpRequest, step: str, act: str) -> HttpResponse:
    """Enter a row of a step, or take a row back."""
    who, moment, told = reader_of(request), now(), posted(request)
    try:
        if act == "add":
            steps.add(step, told, who=who, now=moment)
            messages.success(request, _("Kept with your name; it can be withdrawn."))
        elif act == "withdraw":
            _take_back(step, told, who, moment)
            messages.success(request, _("Withdrawn; it stays in the history."))
        else:
            raise NotFoundError("exposure.none")
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        form = step if act == "add" else f"withdraw-{step}-{told.get('number', '')}"
        return _again(request, step, refused(form, error, told), error.status)
    return _there(step, act, told)


def _take_back(step: str, told: dict[str, str], who: Reader, moment: Any) -> None:
    given = {"number": told.get("number", ""), "reason": told.get("reason", ""), "who": who, "now": moment}
    if step in _TABLES:
        keeping.withdraw(_TABLES[step], register=step, **given)
    else:
        steps.withdraw(step, **given)


def _there(step: str, act: str, told: dict[str, str]) -> HttpResponse:
    if step == "editions":
        return redirect("exposure:strategic_editions")
    if step == "sectors":
        return redirect("exposure:strategic_sectors")
    if step == "ties":
        return redirect("exposure:strategic_item", told.get("back") or told.get("item", ""))
    if step == "dependencies" and act == "withdraw":
        return redirect("exposure:strategic_register")
    return redirect("exposure:strategic_dependency", told.get("key") or told.get("dependency") or told.get("back", ""))


def _again(request: HttpRequest, step: str, problem: Refused, status: int) -> HttpResponse:
    told = problem.posted
    if step == "editions":
        return bringing_views.editions_page(request, problem=problem, status=status)
    if step == "sectors":
        return scenario_views.sectors_page(request, problem=problem, status=status)
    if step == "ties":
        return views.card_page(request, told.get("back") or told.get("item", ""), problem=problem, status=status)
    key = told.get("dependency") or told.get("back", "")
    if step == "dependencies" and not key:
        return _register(request, problem=problem, status=status)
    return _dependency(request, key, problem=problem, status=status)


def _register(request: HttpRequest, *, problem: Refused | None = None, status: int = 200) -> HttpResponse:
    who, known_on = reader_of(request), known_on_of(request)
    every = steps.trails(who, known_on=known_on)
    state = request.GET.get("state", "")
    found = [one for one in every if not state or one.state == state]
    if form := exports.wanted(request):
        return exports.response(who, name="dependency-register", form=form, rows=[_exported(one) for one in found])
    known = {one.key: one.title for one in items.items(who, known_on=known_on)}
    writes = known_on is None and who.may(keeping.POWER)
    shown = {
        "rows": [{**views.trail_row(one), "item": known.get(one.row.item, "")} for one in found],
        "total": len(every),
        "states": [(key, words.choice(key), sum(one.state == key for one in every), key == state) for key in STATES],
        "problem": problem,
        "may_write": writes,
        "fields": fields("dependencies", who, problem, initial={"item": request.GET.get("item", "")}) if writes else [],
        "known": known,
    }
    return page(request, "strategic/register", shown, [mark for one in every for mark in one.markings], status=status)


def _dependency(request: HttpRequest, key: str, *, problem: Refused | None = None, status: int = 200) -> HttpResponse:
    who, known_on = reader_of(request), known_on_of(request)
    found = steps.trail(key, who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name=f"dependency-{key}", form=form, rows=_exported_steps(found))
    writes = known_on is None and who.may(keeping.POWER)
    known = {one.key: one.title for one in items.items(who, known_on=known_on, key=found.row.item or "-")}
    preset = {"dependency": key}
    next_step = {
        "identified": "judgements", "not_risky": "judgements", "risky": "mitigations", "mitigated": "residuals",
        "residual": "residuals",
    }[found.state]  # fmt: skip
    shown = {
        **views.trail_row(found),
        "path": [(state, words.choice(state), state == found.state) for state in STATES if _on_path(state, found)],
        "item_title": known.get(found.row.item, ""),
        "judgements": [_judgement(one) for one in reversed(found.judgements)],
        "mitigations": [_mitigation(one) for one in reversed(found.mitigations)],
        "residuals": [{"row": one, "accepted": words.choice(one.accepted)} for one in reversed(found.residuals)],
        "sides": _sides(found),
        "forms": [
            {"key": step, "open": problem.form == step if problem else step == next_step, "title": title,
             "fields": fields(step, who, problem, preset=preset)}
            for step, title in (
                ("judgements", _("Judge it")),
                ("mitigations", _("Enter what is done about it")),
                ("residuals", _("Say what remains")),
            )
        ] if writes else [],
        "problem": problem,
        "may_write": writes,
        "subject": views.subject(found.row.item, [found]),
    }  # fmt: skip
    return page(request, "strategic/dependency", shown, found.markings, status=status)


def _on_path(state: str, found: Trail) -> bool:
    """The states that it went through or may go through: what is not risky ends there."""
    return state != "not_risky" if found.state != "not_risky" else state in ("identified", "not_risky")


def _judgement(one: Any) -> dict[str, Any]:
    return {
        "row": one,
        "verdict": words.choice(one.verdict),
        "substitutability": words.choice(one.substitutability),
        "impact": views.impact(one),
        "replaced": "" if one.replaced_percent is None else f"{room_words.hours(one.replaced_percent)} %",
    }


def _mitigation(one: Any) -> dict[str, Any]:
    country = catalogue("countries").get(one.aimed_at).label(page_language()) if one.aimed_at else ""
    return {
        "row": one,
        "direction": words.choice(one.direction),
        "grounds": ", ".join(words.choice(ground) for ground in one.grounds),
        "aimed_at": country,
    }


def _sides(found: Trail) -> list[tuple[str, str, list[str]]]:
    """What is done, by direction, so that strengthening stands beside protecting (R123)."""
    return [
        (direction, words.choice(direction), [one.text for one in found.limited_by if one.direction == direction])
        for direction in steps.DIRECTIONS
    ]


def _exported(found: Trail) -> dict[str, Any]:
    row, judged = found.row, found.judged
    same = ("key", "name_nl", "name_en", "kind", "item", "on_whom", "for_whom", "reason", "source")
    return {
        **{name: getattr(row, name) for name in same},
        "state": found.state,
        "substitutability": judged.substitutability if judged else "",
        "impact_days": judged.impact_days if judged else None,
        "marking": row.marking.value().words(),
    }


def _exported_steps(found: Trail) -> list[dict[str, Any]]:
    rows = [("dependencies", found.row), *(("judgements", one) for one in found.judgements)]
    rows += [*(("mitigations", one) for one in found.mitigations), *(("residuals", one) for one in found.residuals)]
    told = []
    for step, row in rows:
        names = [column.name for column in steps.of(step).columns]
        cells = {name: getattr(row, name) for name in names}
        texts = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in cells.items()}
        marked = {"marking": row.marking.value().words(), "withdrawn": row.withdrawn_reason}
        told.append({"step": step, "kept_by": row.kept_by, **marked, "told": texts})
    return told
