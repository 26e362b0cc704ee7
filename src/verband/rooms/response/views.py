"""Pages of response: what can we do, and who decides?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.errors import VerbandError
from verband.language.instruments import DIALOGUE, instrument
from verband.language.markings import Marking, highest
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports as tables
from verband.rooms.picture import services as picture
from verband.rooms.problems import rendered
from verband.rooms.response import (
    before,
    case_panels,
    exported,
    forms,
    keeping,
    lacking,
    legal,
    machine,
    moving,
    options,
    packages,
    words,
)
from verband.rooms.response import cases as casebook
from verband.rooms.response.cases import CaseView
from verband.rooms.response.form import Form, Problem, bound, language
from verband.rooms.response.options import OWN, OptionView
from verband.rooms.response.packages import PackageView
from verband.rooms.response.telling import told
from verband.rooms.risk import services as risk
from verband.rooms.risk.asking import known_on_of, reader_of

#: Days ahead that an indicator is first looked at, until somebody says otherwise: our own choice.
LOOK_DAYS = 30


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
        "name": subject.name(language()),
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
        "subject_name": view.subject.name(language()) if view.subject else "",
        "next": words.next_step(view, offered, held),
        "options": [_option(one, at, writes, who, problem) for one in offered],
        "by_type": options.by_type(offered),
        "by_goal": options.by_goal(offered),
        "has_dialogue": any(one.row.instrument == DIALOGUE for one in offered),
        "packages": [_package(request, one, offered, problem) for one in held],
        "permitted": [one.label(language()) for one in options.offered_instruments(who) if one.key in mild],
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
                found = tuple((one.key, _option_name(one)) for one in offered)
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
        rows_out = exported.trail(held, language())
        power = "export_audit" if who.may("export_audit") else "export"
        return tables.response(who, name=f"response-trail-{key}", form=form, rows=rows_out, power=power)
    rows: list[dict[str, Any]] = [
        {"package": one, "step": step, "text": packages.decision_text(step, language()) if step.outcome else ""}
        for one in held
        for step in one.steps
    ]
    rows.sort(key=lambda row: (row["step"].kept_at, row["step"].pk))
    return _page(request, "trail", {"view": view, "rows": rows}, _marks(view, held))


def _page(
    request: HttpRequest,
    name: str,
    shown: Mapping[str, Any],
    marked: Iterable[Marking],
    *,
    problem: Problem | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of that name, logged as read where something on it is marked."""
    every = list(marked)
    picture.note_reading(reader_of(request), f"response {name}", every)
    context = {**shown, "problem": problem, "marking_of_all": highest(every)}
    return rendered(request, f"response/{name}.html", context, problem=problem, status=status)


def _asked(request: HttpRequest) -> dict[str, Any]:
    return {"now": timezone.now(), "known_on": known_on_of(request)}


def _writes(request: HttpRequest) -> bool:
    """Whether the reader may prepare here; nobody writes into the past."""
    return reader_of(request).may(keeping.PREPARE) and known_on_of(request) is None


def _marks(view: CaseView, held: Sequence[PackageView]) -> list[Marking]:
    return [*view.markings, *(mark for one in held for mark in one.markings)]


def _word(name: str, key: str) -> str:
    return catalogue(name).get(key).label(language())


def _option_name(one: OptionView) -> str:
    return f"{one.name(language())}: {one.row.what[:60]} ({_word('response_gates', one.row.gate)})"


def _parties() -> tuple[tuple[str, str], ...]:
    words = language()
    return tuple((one.key, one.name_nl if words == "nl" else one.name_en) for one in people.organisations())


def _instruments(who: Reader) -> list[dict[str, str]]:
    words = language()
    return [{"key": one.key, "name": one.label(words)} for one in options.offered_instruments(who)]


def _facts(key: str) -> dict[str, str]:
    """What the catalogue says of an instrument in the language of the page; empty is to be shown as not known."""
    found, words = instrument(key), language()
    names = ("definition", "owner", "preconditions", "escalation", "investment_climate")
    return {name: found.text(name, words) for name in names}


def _option(one: OptionView, at: str, writes: bool, who: Reader, problem: Problem | None) -> dict[str, Any]:
    name = one.name(language())
    row: dict[str, Any] = {
        "view": one,
        "name": name,
        "key": one.row.instrument,
        "facts": _facts(one.instrument.key) if one.instrument else {},
        "basis": one.basis.title(language()) if one.basis else "",
        "coalition": one.coalition.title(language()) if one.coalition else "",
    }
    if writes:
        day = keeping.today(timezone.now()) + timedelta(days=LOOK_DAYS)
        found = (
            forms.indicator(at, one.row, day, name),
            forms.withdrawal("withdraw-option", at, one.key, name),
        )
        row["forms"] = [bound(form, problem) for form in found]
    return row


def _package(
    request: HttpRequest, one: PackageView, offered: Sequence[OptionView], problem: Problem | None
) -> dict[str, Any]:
    who, words_of = reader_of(request), language()
    now_only = known_on_of(request) is None
    return {
        "view": one,
        "options": [{"view": option, "name": option.name(words_of)} for option in one.options],
        "lacks": packages.lacks_in(one, words_of),
        "cautions": words.cautions(one),
        "decision_text": packages.decision_text(one.decision, words_of) if one.decision else "",
        "watched": [{"one": each, "name": each.option.name(words_of)} for each in one.watched],
        "forms": [bound(form, problem) for form in _moves(one, offered, who)] if now_only else [],
        "why_not": _why_not(one, who) if now_only and one.state in (machine.ADVISED, "deferred") else "",
    }


def _moves(one: PackageView, offered: Sequence[OptionView], who: Reader) -> list[Form]:
    at, number, title = one.case.key, one.key, one.row.title
    national = lacking.national_only([option.offered("en") for option in one.options])
    found = []
    for action in machine.open_moves(one.state, who.powers):
        if action == machine.DECIDE and _why_not(one, who):
            continue
        found.append(forms.move(action, at, number, title, national=national, single_area=one.case.single_area))
    if one.state == machine.PREPARED and who.may(keeping.PREPARE):
        held = {option.key for option in one.options}
        more = [option for option in offered if option.key not in held and option.row.gate == one.row.gate]
        if more:
            known = tuple((option.key, _option_name(option)) for option in more)
            found.append(forms.put_in(at, number, known, title))
        known = tuple((option.key, _option_name(option)) for option in one.options)
        if known:
            found.append(forms.take_out(at, number, known, title))
    after = (machine.DECIDED_YES, machine.EXECUTED, machine.FOLLOWED)
    if one.state in after and one.watched and who.may(keeping.OBSERVE):
        watched = [(each.indicator, each.option.name(language())) for each in one.watched]
        found.append(forms.effect(at, number, watched, keeping.today(timezone.now()), title))
    return found


def _why_not(one: PackageView, who: Reader) -> str:
    """Why this reader may not decide about the package, in words; empty where he may."""
    try:
        standing, actor = moving.standing_of(one.row), moving.actor_of(people.person(who.username))
        machine.through_gate(standing, actor=actor, day=keeping.today(timezone.now()))
    except VerbandError as error:
        return told(error).message(language())
    return ""
