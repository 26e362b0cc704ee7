"""What the page of a case shows of a package: how it stands, what it lacks, and what a reader may do with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from verband.language.catalogues import catalogue
from verband.language.errors import VerbandError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.forms import Form, bound
from verband.rooms.people import services as people
from verband.rooms.people.services import Reader
from verband.rooms.problems import Problem
from verband.rooms.response import forms, keeping, lacking, machine, moving, packages, words
from verband.rooms.response.options import OptionView
from verband.rooms.response.packages import PackageView
from verband.rooms.response.telling import told


def package(
    request: HttpRequest, one: PackageView, offered: Sequence[OptionView], problem: Problem | None
) -> dict[str, Any]:
    """A package in words with the forms of what this reader may do with it now."""
    who, words_of = reader_of(request), page_language()
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
            known = tuple((option.key, option_name(option)) for option in more)
            found.append(forms.put_in(at, number, known, title))
        known = tuple((option.key, option_name(option)) for option in one.options)
        if known:
            found.append(forms.take_out(at, number, known, title))
    after = (machine.DECIDED_YES, machine.EXECUTED, machine.FOLLOWED)
    if one.state in after and one.watched and who.may(keeping.OBSERVE):
        watched = [(each.indicator, each.option.name(page_language())) for each in one.watched]
        found.append(forms.effect(at, number, watched, keeping.today(timezone.now()), title))
    return found


def _why_not(one: PackageView, who: Reader) -> str:
    """Why this reader may not decide about the package, in words; empty where he may."""
    try:
        standing, actor = moving.standing_of(one.row), moving.actor_of(people.person(who.username))
        machine.through_gate(standing, actor=actor, day=keeping.today(timezone.now()))
    except VerbandError as error:
        return told(error).message(page_language())
    return ""


def option_name(one: OptionView) -> str:
    """An option in a choice: its instrument, the beginning of what it says, and its gate."""
    words_of = page_language()
    gate = catalogue("response_gates").get(one.row.gate).label(words_of)
    return f"{one.name(words_of)}: {one.row.what[:60]} ({gate})"
