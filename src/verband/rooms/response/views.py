"""Pages of response: what can we do, and who decides?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.instruments import DIALOGUE, instrument
from verband.language.markings import Marking, highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.forms import bound
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports as tables
from verband.rooms.problems import Problem
from verband.rooms.response import (
    before,
    case_panels,
    exported,
    forms,
    keeping,
    legal,
    machine,
    options,
    package_panels,
    packages,
    words,
)
from verband.rooms.response import cases as casebook
from verband.rooms.response.cases import CaseView
from verband.rooms.response.options import OWN, OptionView
from verband.rooms.response.packages import PackageView
from verband.rooms.response.pages import Pages
from verband.rooms.risk import services as risk

#: Days ahead that an indicator is first looked at, until somebody says otherwise: our own choice.
LOOK_DAYS = 30

_page = Pages("response", "response", {"post_to": "response:act"}).show


@require_GET
def cases(request: HttpRequest) -> HttpResponse:
    """Which questions of response are there, how do they stand, and what comes next?"""
    who, known_on = reader_of(request), known_on_of(request)
    found = [(view, packages.every(view, who, **_asked(request))) for view in casebook.cases(who, known_on=known_on)]
    if form := tables.wanted(request):
        return tables.response(who, name="response-cases", form=form, rows=exported.cases(found))
    rows: list[dict[str, Any]] = [
        {
            "view": view,
            "packages": held,
            "next": words.next_step(view, options.options(view.row, who, known_on=known_on), held),
            "due": casebook.due(view.row, keeping.today(timezone.now(), known_on)),
        }
        for view, held in found
    ]
    running = [row for row in rows if row["view"].row.withdrawn_at is None]
    waiting = sum(one.state == machine.ADVISED for _, held in found for one in held)
    shown = {"rows": rows, "running": len(running), "waiting": waiting, "may_open": _writes(request)}
    return _page(request, "list", shown, [mark for view, held in found for mark in _marks(view, held)])


@require_GET
def new_case(request: HttpRequest) -> HttpResponse:
    """Open a case about a campaign, an incident, a scenario or a gap: what is asked of us?"""
    return new_case_page(request, at=request.GET.get("origin", ""))


def new_case_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in the form where there is something."""
    who = reader_of(request)
    people.demand(who, keeping.PREPARE)
    subject = risk.scope_subject(at, who, known_on=known_on_of(request))
    scope = risk.scope_of(at, who, known_on=known_on_of(request))
    form = forms.case(who, at, highest([subject.marking, scope.marking]).tlp)
    shown = {
        "subject": subject,
        "name": subject.name(page_language()),
        "scope": scope,
        "form": bound(form, problem),
        "others": casebook.about(at, who, known_on=known_on_of(request)),
    }
    return _page(request, "new", shown, [subject.marking, scope.marking], problem=problem, status=status)


@require_GET
def case(request: HttpRequest, key: str) -> HttpResponse:
    """What is asked, is it in scope, who was asked, what could be done, what was decided, and what comes next?"""
    who, known_on = reader_of(request), known_on_of(request)
    if form := tables.wanted(request):
        view = casebook.case(key, who, known_on=known_on)
        offered = options.options(view.row, who, known_on=known_on)
        rows = exported.options(view, offered, before.like_cases(view, offered, who, known_on=known_on))
        return tables.response(who, name=f"response-options-{key}", form=form, rows=rows)
    return case_page(request, at=key)


def case_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, known_on = reader_of(request), known_on_of(request)
    view = casebook.case(at, who, known_on=known_on)
    offered = options.options(view.row, who, known_on=known_on)
    held = packages.every(view, who, **_asked(request))
    writes = _writes(request) and view.row.withdrawn_at is None and not view.closed
    mild = options.permitted(view.row.severity)
    like = before.like_cases(view, offered, who, known_on=known_on)
    boxes, of_boxes = case_panels.toolbox_panel(view, offered, who, known_on, writes=writes)
    shown: dict[str, Any] = {
        "view": view,
        "subject_name": view.subject.name(page_language()) if view.subject else "",
        "next": words.next_step(view, offered, held),
        "options": [_option(one, at, writes, who, problem) for one in offered],
        "by_type": options.by_type(offered),
        "by_goal": options.by_goal(offered),
        "has_dialogue": any(one.row.instrument == DIALOGUE for one in offered),
        "packages": [package_panels.package(request, one, offered, problem) for one in held],
        "permitted": [one.label(page_language()) for one in options.offered_instruments(who) if one.key in mild],
        "boxes": case_panels.pillar_forms(boxes, view, who, problem) if writes else boxes,
        "before": case_panels.before_panel(like, offered),
        "documents": who.may("write_report"),
        "writes": writes,
    }
    if writes:
        least = view.marking.tlp
        asked = tuple((one.area, _word("policy_areas", one.area)) for one in view.areas)
        shown["area_form"] = bound(forms.area(at, asked), problem)
        if not view.blocked:
            shown["instruments"] = _instruments(who)
            if offered:
                found = tuple((one.key, package_panels.option_name(one)) for one in offered)
                shown["package_form"] = bound(forms.package(who, at, least, found, _parties()), problem)
        shown["withdraw_form"] = bound(forms.withdrawal("withdraw-case", at, "", view.row.title), problem)
    marked = [*_marks(view, held), *(mark for one in offered for mark in one.markings), like.marking, *of_boxes]
    return _page(request, "case", shown, marked, problem=problem, status=status)


@require_GET
def new_option(request: HttpRequest, key: str) -> HttpResponse:
    """Write an option: what exactly, why should it work, what does it cost, and what would show that it works?"""
    return option_page(request, at=key, number=request.GET.get("instrument", ""))


@require_GET
def replace_option(request: HttpRequest, key: str, option: str) -> HttpResponse:
    """Write an option anew; the older one is withdrawn and stays in the history."""
    return option_page(request, at=key, number=option, replaces=True)


def option_page(
    request: HttpRequest,
    *,
    at: str,
    number: str,
    replaces: bool = False,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page for the instrument of that key, or for the option that is written anew."""
    who = reader_of(request)
    people.demand(who, keeping.PREPARE)
    view = casebook.case(at, who)
    casebook.demand_open(view.row, who)
    old = options.option(number, who) if replaces else None
    key = old.row.instrument if old else number or OWN
    sheet = None if key == OWN else legal.demand_offerable(key, who)
    chosen = sheet.instrument if sheet else None
    looked_up = sheet.markings if sheet else ()
    least = highest([view.marking, *looked_up, *((old.marking,) if old else ())]).tlp
    today = keeping.today(timezone.now())
    form = forms.option(who, at, least, chosen, today + timedelta(days=LOOK_DAYS), day_now=today)
    if old:
        form = forms.replacement(form, old.row)
    shown = {
        "view": view,
        "chosen": chosen,
        "given": sheet.given if sheet else (),
        "facts": _facts(chosen.key) if chosen else {},
        "old": old,
        "beyond": key not in options.permitted(view.row.severity),
        "form": bound(form, problem),
    }
    marked = [view.marking, *((old.marking,) if old else ()), *looked_up]
    return _page(request, "option", shown, marked, problem=problem, status=status)


@require_GET
def trail(request: HttpRequest, key: str) -> HttpResponse:
    """Who did what with the packages of this case, when, why, and under which mandate?"""
    who, known_on = reader_of(request), known_on_of(request)
    view = casebook.case(key, who, known_on=known_on)
    held = packages.every(view, who, **_asked(request))
    if form := tables.wanted(request):
        rows_out = exported.trail(held, page_language())
        power = "export_audit" if who.may("export_audit") else "export"
        return tables.response(who, name=f"response-trail-{key}", form=form, rows=rows_out, power=power)
    rows: list[dict[str, Any]] = [
        {"package": one, "step": step, "text": packages.decision_text(step, page_language()) if step.outcome else ""}
        for one in held
        for step in one.steps
    ]
    rows.sort(key=lambda row: (row["step"].kept_at, row["step"].pk))
    return _page(request, "trail", {"view": view, "rows": rows}, _marks(view, held))


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {"now": timezone.now(), "known_on": known_on_of(request)}


def _writes(request: HttpRequest) -> bool:
    """Whether the reader may prepare here; nobody writes into the past."""
    return reader_of(request).may(keeping.PREPARE) and known_on_of(request) is None


def _marks(view: CaseView, held: Sequence[PackageView]) -> list[Marking]:
    return [*view.markings, *(mark for one in held for mark in one.markings)]


def _word(name: str, key: str) -> str:
    return catalogue(name).get(key).label(page_language())


def _parties() -> tuple[tuple[str, str], ...]:
    words = page_language()
    return tuple((one.key, one.name_nl if words == "nl" else one.name_en) for one in people.organisations())


def _instruments(who: Reader) -> list[dict[str, str]]:
    words = page_language()
    return [{"key": one.key, "name": one.label(words)} for one in options.offered_instruments(who)]


def _facts(key: str) -> dict[str, str]:
    """What the catalogue says of an instrument in the language of the page; empty is to be shown as not known."""
    found, words = instrument(key), page_language()
    names = ("definition", "owner", "preconditions", "escalation", "investment_climate")
    return {name: found.text(name, words) for name in names}


def _option(one: OptionView, at: str, writes: bool, who: Reader, problem: Problem | None) -> dict[str, Any]:
    name = one.name(page_language())
    row: dict[str, Any] = {
        "view": one,
        "name": name,
        "key": one.row.instrument,
        "facts": _facts(one.instrument.key) if one.instrument else {},
        "basis": one.basis.title(page_language()) if one.basis else "",
        "coalition": one.coalition.title(page_language()) if one.coalition else "",
    }
    if writes:
        day = keeping.today(timezone.now()) + timedelta(days=LOOK_DAYS)
        found = (
            forms.indicator(at, one.row, day, name),
            forms.withdrawal("withdraw-option", at, one.key, name),
        )
        row["forms"] = [bound(form, problem) for form in found]
    return row
