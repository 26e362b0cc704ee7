"""Pages of incident mode: what is going on, who does what under whose decision, and what is handed over?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.language.errors import VerbandError
from verband.language.markings import highest
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.forms import Options, bound
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports as tables
from verband.rooms.problems import Problem
from verband.rooms.response import keeping, machine, moving
from verband.rooms.response.incident_mode import exported, forms, handing_over, modes, ruling, showing, words
from verband.rooms.response.incident_mode.showing import ActionView, ModeView
from verband.rooms.response.models import Package
from verband.rooms.response.pages import Pages
from verband.rooms.response.telling import told
from verband.rooms.risk import services as risk

_page = Pages("response/mode", "response mode", {"post_to": "response:mode_act", "tab": "mode"}).show


@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """Which interventions are there, how long do they run, and what comes next?"""
    who, known_on = reader_of(request), known_on_of(request)
    found = showing.every(who, known_on=known_on)
    if form := tables.wanted(request):
        return tables.response(who, name="interventions", form=form, rows=exported.modes(found))
    now = timezone.now()
    rows = [{"view": view, "next": words.next_step(view), "clock": view.clock(now)} for view in found]
    shown = {"rows": rows, "running": sum(view.running for view in found)}
    return _page(request, "list", shown, [mark for view in found for mark in view.markings])


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    """Begin an intervention at an incident or a campaign: what does the alert say, and since when?"""
    return new_page(request, at=request.GET.get("origin", ""))


def new_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in the form where there is something."""
    who, known_on = reader_of(request), known_on_of(request)
    people.demand(who, keeping.PREPARE)
    subject = risk.scope_subject(at, who, known_on=known_on)
    scope = risk.scope_of(at, who, known_on=known_on)
    others = showing.about(at, who, known_on=known_on)
    shown = {
        "subject": subject,
        "name": subject.name(page_language()),
        "fits": subject.kind in ("incident", "campaign"),
        "form": bound(forms.begin(who, at, highest([subject.marking, scope.marking]).tlp), problem),
        "others": others,
    }
    marked = [subject.marking, scope.marking, *(one.marking.value() for one in others)]
    return _page(request, "new", shown, marked, problem=problem, status=status)


@require_GET
def mode(request: HttpRequest, key: str) -> HttpResponse:
    """What is known, who has which part, what is done in which track, who decides, and what comes next?"""
    if form := tables.wanted(request):
        who = reader_of(request)
        rows = exported.line(showing.mode(key, who, known_on=known_on_of(request)))
        return tables.response(who, name=f"intervention-{key}", form=form, rows=rows)
    return mode_page(request, at=key)


def mode_page(request: HttpRequest, *, at: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    """The page, with what is wrong in a form where there is something."""
    who, known_on = reader_of(request), known_on_of(request)
    view = showing.mode(at, who, known_on=known_on)
    now_only = known_on is None and view.running
    writes, notes = now_only and who.may(keeping.PREPARE), now_only and who.may(keeping.CARRY_OUT)
    shown: dict[str, Any] = {
        "mode": view,
        "name": view.subject.name(page_language()) if view.subject else "",
        "campaigns": [(row, row.title_nl if page_language() == "nl" else row.title_en) for row in view.campaigns],
        "clock": view.clock(timezone.now()),
        "next": words.next_step(view),
        "states": _states(view),
        "tracks": [_track(request, track, view, writes, problem) for track in view.tracks],
        "withdrawn_actions": [one for one in view.actions if one.state == "withdrawn"],
        "line": [(one, *words.moment_words(one)) for one in reversed(view.line())],
        "lacks": [one.words(page_language()) for one in _lacks(view, who)] if view.running else [],
        "parties": dict(parties()),
        "roles": [(one, _withdrawal(one, view, writes, problem)) for one in view.roles],
    }
    least = view.marking.tlp
    if notes:
        shown["line_form"] = bound(forms.line(who, at, least), problem)
    if writes:
        if view.state in (modes.COORDINATION, modes.ACTIONS):
            action = forms.action(who, at, least, parties=parties(), packages=_packages(who))
            shown["action_form"] = bound(action, problem)
        if going := forms.go_on(at, view.state):
            shown["go_on_form"] = bound(going, problem)
        if view.state == modes.ACTIONS:
            top = highest([view.marking, *(one.row.marking.value() for one in view.actions)]).tlp
            shown["hand_over_form"] = bound(forms.hand_over(who, view, top, parties()), problem)
            shown["close_form"] = bound(forms.close(at), problem)
        shown["role_form"] = bound(forms.role(at, parties()), problem)
        shown["withdraw_form"] = bound(forms.withdrawal("withdraw-mode", at, "", view.row.title), problem)
    return _page(request, "mode", shown, view.markings, problem=problem, status=status)


@require_GET
def hand_over(request: HttpRequest, key: str) -> HttpResponse:
    """The report of the hand-over: what happened, who decided what, what is open, and who goes on with it?"""
    who, known_on = reader_of(request), known_on_of(request)
    view = showing.mode(key, who, known_on=known_on)
    if form := tables.wanted(request):
        return tables.response(who, name=f"hand-over-{key}", form=form, rows=exported.hand_over(view))
    shown = {
        "mode": view,
        "name": view.subject.name(page_language()) if view.subject else "",
        "clock": view.clock(timezone.now()),
        "tracks": view.tracks,
        "decisions": [(one, step) for one in view.actions for step in one.steps if step.outcome],
        "passed_on": [one for one in view.actions if view.hand_over and one.row.key in view.hand_over.passed_on],
        "lacks": [one.words(page_language()) for one in _lacks(view, who)] if view.running else [],
        "line": [(one, *words.moment_words(one)) for one in view.line()],
        "parties": dict(parties()),
    }
    return _page(request, "hand_over", shown, view.markings)


def parties() -> Options:
    """The registered organisations by key and name."""
    dutch = page_language() == "nl"
    return tuple((one.key, one.name_nl if dutch else one.name_en) for one in people.organisations())


def _states(view: ModeView) -> list[dict[str, Any]]:
    at = modes.STATES.index(view.state)
    return [
        {"key": key, "here": key == view.state, "done": modes.STATES.index(key) < at, "step": step}
        for key in modes.STATES
        for step in [next((one for one in view.steps if one.state == key), None)]
    ]


def _lacks(view: ModeView, who: Reader) -> tuple[handing_over.Lack, ...]:
    return handing_over.lacks(view.row, who)


def _withdrawal(one: Any, view: ModeView, writes: bool, problem: Problem | None) -> Any:
    if not writes:
        return None
    return bound(forms.withdrawal("withdraw-role", view.key, str(one.pk), one.function), problem)


def _track(
    request: HttpRequest, track: showing.TrackView, view: ModeView, writes: bool, problem: Problem | None
) -> dict[str, Any]:
    name = catalogue("response_tracks").get(track.key).label(page_language())
    row: dict[str, Any] = {
        "view": track,
        "name": name,
        "actions": [_action(request, one, view, problem) for one in track.actions],
    }
    if writes and not track.actions and view.state != modes.CLOSED:
        row["form"] = bound(forms.empty_track(view.key, track.key, name), problem)
    return row


def _action(request: HttpRequest, one: ActionView, view: ModeView, problem: Problem | None) -> dict[str, Any]:
    who, now_only = reader_of(request), known_on_of(request) is None and view.running
    row: dict[str, Any] = {"view": one, "why_not": "", "forms": []}
    if not now_only:
        return row
    waits = one.row.gate == ruling.COMPETENT and one.state in ("advised", "deferred")
    row["why_not"] = _why_not(one, who) if waits else ""
    row["forms"] = [bound(forms.move(name, view.key, one), problem) for name in _moves(one, view, who, row["why_not"])]
    return row


def _moves(one: ActionView, view: ModeView, who: Reader, why_not: str) -> list[str]:
    """The moves that state, gate and powers allow; the authority's own rules come on top."""
    state = one.state
    if one.row.gate != ruling.COMPETENT and state == machine.PREPARED:
        open_ = ["execute"] if who.may(keeping.CARRY_OUT) else []
        open_ += ["withdraw"] if who.may(keeping.PREPARE) else []
    else:
        open_ = [name for name in machine.open_moves(state, who.powers) if name in ruling.MOVES[one.row.gate]]
    if why_not:
        open_ = [name for name in open_ if name != machine.DECIDE]
    if view.state == modes.COORDINATION:
        open_ = [name for name in open_ if name != machine.EXECUTE]
    return open_ if view.state in (modes.COORDINATION, modes.ACTIONS) else []


def _why_not(one: ActionView, who: Reader) -> str:
    """Why this reader may not decide about the action, in words; empty where he may."""
    try:
        actor = moving.actor_of(people.person(who.username))
        machine.through_gate(ruling.standing_of(one.row), actor=actor, day=keeping.today(timezone.now()))
    except VerbandError as error:
        return told(error).message(page_language())
    return ""


def _packages(who: Reader) -> Options:
    """The packages behind the political gate that did not end, by key and name."""
    found = keeping.standing(Package, who, gate=machine.POLITICAL)
    running = [one for one in found if moving.state_of(one) not in (machine.CLOSED, machine.WITHDRAWN)]
    states = catalogue("response_states").labels(page_language())
    return tuple((one.key, f"{one.case.title}: {one.title} ({states[moving.state_of(one)]})") for one in running)
