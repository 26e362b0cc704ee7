"""What a person does in the registers: one address for each act, the page again with what is wrong in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from verband.language.errors import InputError
from verband.rooms.asking import page_language
from verband.rooms.doing import Act, Given
from verband.rooms.problems import Problem
from verband.rooms.response.doing import do
from verband.rooms.response.registers import importing, views, writing
from verband.rooms.response.registers.importing import Imported
from verband.rooms.response.registers.kinds import register as register_of
from verband.rooms.response.registers.models import RegisterEntry

#: A file of as many lines as a register takes is far smaller.
MOST_BYTES = 2_000_000
_KEPT = _("Kept with your name; it can be withdrawn.")
_TAKEN_BACK = _("Withdrawn; it stays in the history.")


@require_POST
def act(request: HttpRequest, register: str, act: str) -> HttpResponse:
    """Add an entry, note a step, bring in a file or take something back; or the page with the error in its place."""
    key = register_of(register).key
    return do(request, act, _acts(key), lambda given, made: _back(request, key, made))


def _acts(key: str) -> Mapping[str, Act]:
    def on_register(form: str) -> Callable[[HttpRequest, Given, Problem, int], HttpResponse]:
        def page(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
            # A number in this form is that of a slot, so it is no part of the form's id.
            return views.register_page(request, key, problem=replace(problem, form=form), status=status)

        return page

    def on_entry(request: HttpRequest, given: Given, problem: Problem, status: int) -> HttpResponse:
        return views.entry_page(request, key, given.at, problem=problem, status=status)

    def step(g: Given) -> RegisterEntry:
        return writing.step(key, g.number, g.values, language=page_language(), who=g.who, now=g.now).entry

    def withdraw_step(g: Given) -> RegisterEntry:
        return writing.withdraw_step(key, g.number, reason=g.text("reason"), who=g.who, now=g.now).entry

    return {
        "add": Act(
            lambda g: writing.add(key, g.values, language=page_language(), who=g.who, now=g.now),
            on_register("add"),
            _KEPT,
        ),
        "step": Act(step, on_entry, _KEPT),
        "withdraw": Act(
            lambda g: writing.withdraw(key, g.number, reason=g.text("reason"), who=g.who, now=g.now),
            on_entry,
            _TAKEN_BACK,
        ),
        "withdraw-step": Act(withdraw_step, on_entry, _TAKEN_BACK),
        "import": Act(lambda g: _import(key, g), on_register("import"), _counted),
    }


def _back(request: HttpRequest, key: str, made: object) -> HttpResponse:
    if isinstance(made, RegisterEntry):
        return redirect("response:register_entry", key, made.key)
    if isinstance(made, Imported) and made.refused:
        return views.register_page(request, key, imported=made, status=400)
    return redirect("response:register", key)


def _import(key: str, given: Given) -> Imported:
    file = given.files.get("file")
    if file is None:
        raise InputError("response.empty", field="file")
    if (file.size or 0) > MOST_BYTES:
        raise InputError("registers.large", field="file", most_mb=MOST_BYTES // 1_000_000)
    return importing.import_csv(
        key,
        bytes(file.read()),
        language=page_language(),
        who=given.who,
        now=given.now,
        marking=given.text("marking"),
        name=file.name or "",
    )


def _counted(found: Imported) -> str:
    """What came in; nothing is said of a file that was refused, whose page shows why."""
    if found.refused:
        return ""
    told = ngettext("%(n)s entry came in", "%(n)s entries came in", found.entries) % {"n": found.entries}
    more = gettext("%(s)s further steps, %(u)s lines were there already.") % {"s": found.steps, "u": found.unchanged}
    return f"{told}, {more}"
