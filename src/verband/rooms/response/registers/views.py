"""Pages of the registers: what do they hold, how does each entry stand, and what has to be looked at?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from verband.language.catalogues import catalogue
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.forms import bound
from verband.rooms.picture import exports as tables
from verband.rooms.problems import Problem
from verband.rooms.response import keeping
from verband.rooms.response.pages import Pages
from verband.rooms.response.registers import exported, figures, forms, importing, reading
from verband.rooms.response.registers.importing import Imported
from verband.rooms.response.registers.kinds import NOT_IN_SOURCES, Register, RegisterField, register, registers
from verband.rooms.response.registers.models import RegisterStep
from verband.rooms.response.registers.reading import EntryView, Reminder

_page = Pages("response/registers", "register").show


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Which registers are there, how much do they hold, and what has to be looked at?"""
    who, known_on, words = reader_of(request), known_on_of(request), page_language()
    held = {of.key: reading.standing(of.key, who, known_on=known_on) for of in registers()}
    day = keeping.today(timezone.now(), known_on)
    due = [one for views in held.values() for one in reading.reminders(views, day)]
    rows = [_summary(of, held[of.key], due, words) for of in registers()]
    if form := tables.wanted(request):
        return tables.response(who, name="registers", form=form, rows=[row["export"] for row in rows])
    every = [view for views in held.values() for view in views]
    shown = {
        "registers": _names(),
        "rows": rows,
        "reminders": [_reminder(one, words) for one in due],
        "figure": figures.timeline(every, words, by_register="register"),
        "entries": len(every),
    }
    return _page(request, "index", shown, [mark for view in every for mark in view.markings])


@require_GET
def shown_register(request: HttpRequest, register: str) -> HttpResponse:
    """What does this register hold, how does each entry stand, and what is missing?"""
    return register_page(request, register)


@require_GET
def shown_entry(request: HttpRequest, register: str, key: str) -> HttpResponse:
    """What happened with this entry, when, according to which source, and what comes next?"""
    return entry_page(request, register, key)


def register_page(
    request: HttpRequest,
    key: str,
    *,
    problem: Problem | None = None,
    imported: Imported | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a register, with what is wrong in a form or with a file where there is something."""
    who, known_on, words = reader_of(request), known_on_of(request), page_language()
    of = register(key)
    views = reading.entries(key, who, known_on=known_on)
    live = [view for view in views if not view.withdrawn]
    if form := tables.wanted(request):
        return tables.response(who, name=f"register-{key}", form=form, rows=_exported(request, of, views, words))
    places = reading.slots(of, live) if of.slots else ()
    day = keeping.today(timezone.now(), known_on)
    shown: dict[str, Any] = {
        "registers": _names(),
        **_head(of, words),
        "rows": [_row(view, words) for view in views],
        "standing": len(live),
        "reminders": [_reminder(one, words) for one in reading.reminders(live, day)],
        "figure": figures.timeline(live, words),
        "slots": [_slot(of, one, words) for one in places],
        "empty_slots": sum(one.entry is None for one in places),
        "pairs": [_pair(one, words) for one in reading.pairs(live)] if of.view == "pairs" else [],
        "matrix": _matrix(of, live, words) if of.matrix else None,
        "imported": imported,
        "refused": [(each.line, each.field, each.reason(words)) for each in (imported.refused if imported else ())],
        "columns": ", ".join(importing.columns(of)),
    }
    if known_on is None and who.may(keeping.PREPARE):
        shown["add_form"] = bound(forms.add(who, of, places), problem)
        shown["file_form"] = bound(forms.file(who), problem)
        shown["file_problem"] = problem.message if problem and problem.form == "import" else ""
    shown["form_action"] = _actions(key)
    marks = [mark for view in views for mark in view.markings]
    return _page(request, "register", shown, marks, problem=problem, status=status)


def entry_page(
    request: HttpRequest, key: str, number: str, *, problem: Problem | None = None, status: int = 200
) -> HttpResponse:
    """The page of an entry, with what is wrong in a form where there is something."""
    who, known_on, words = reader_of(request), known_on_of(request), page_language()
    view = reading.entry(key, number, who, known_on=known_on)
    every = reading.history(view, who, known_on=known_on)
    if form := tables.wanted(request):
        rows = exported.steps([replace(view, steps=every)], words)
        return tables.response(who, name=f"register-{key}-{number}", form=form, rows=rows)
    day = keeping.today(timezone.now(), known_on)
    found = reading.pairs([view]) if view.of.view == "pairs" else ()
    shown: dict[str, Any] = {
        "registers": _names(),
        **_head(view.of, words),
        **_row(view, words),
        "facts": [(one.label(words), _shown(view, one, words), _spoken(view, one, words)) for one in view.of.field],
        "steps": [_step(view, one, words) for one in every],
        "reminders": [_reminder(one, words) for one in reading.reminders([view], day)],
        "pairs": [_pair(one, words) for one in found],
        "figure": figures.timeline([view], words),
    }
    if known_on is None and who.may(keeping.PREPARE) and not view.withdrawn:
        step_form = forms.step(who, view)
        shown["step_form"] = bound(step_form, problem) if step_form else None
        shown["withdraw_form"] = bound(forms.withdraw(view), problem)
        if view.steps:
            shown["undo_form"] = bound(forms.withdraw_step(view, view.steps[-1]), problem)
    shown["form_action"] = _actions(key)
    marks = [*view.markings, *(one.marking.value() for one in every)]
    return _page(request, "entry", shown, marks, problem=problem, status=status)


def _exported(request: HttpRequest, of: Register, views: Sequence[EntryView], words: str) -> list[dict[str, Any]]:
    """The table asked for: steps, or with `table=view` what the page lays out."""
    live = [view for view in views if not view.withdrawn]
    if request.GET.get("table") == "view":
        if of.slots:
            return exported.slots(of, reading.slots(of, live), words)
        if of.view == "pairs":
            return exported.pairs(reading.pairs(live), words)
        if of.matrix:
            return exported.matrix(of, reading.matrix(of, live, words), words)
    return exported.steps(views, words)


def _names() -> list[tuple[str, str]]:
    return [(of.key, of.text("", page_language())) for of in registers()]


def _actions(key: str) -> dict[str, str]:
    acts = ("add", "step", "withdraw", "withdraw-step", "import")
    return {act.replace("-", "_"): reverse("response:register_act", args=[key, act]) for act in acts}


def _head(of: Register, words: str) -> dict[str, Any]:
    return {
        "register": of.key,
        "view_as": of.view,
        "name": of.text("", words),
        "question": of.text("question", words),
        "first": of.text("first", words),
        "note": of.text("note", words),
        "until_name": of.text("until", words),
        "register_source": of.cited(words),
        "owner": of.owner,
    }


def _summary(of: Register, views: Sequence[EntryView], due: Sequence[Reminder], words: str) -> dict[str, Any]:
    waits = sum(one.entry.of.key == of.key for one in due)
    missing: int | None = None
    if of.slots:
        missing = sum(one.entry is None for one in reading.slots(of, views))
    if of.matrix:
        missing = len(reading.matrix(of, views, words).gaps)
    return {
        **_head(of, words),
        "entries": len(views),
        "ended": sum(view.ended for view in views),
        "due": waits,
        "missing": missing,
        "export": {
            "register": of.key,
            "name": of.text("", words),
            "owner": of.owner,
            "entries": len(views),
            "ended": sum(view.ended for view in views),
            "to_look_at": waits,
            "missing": missing,
            "source": of.cited(words),
        },
    }


def _row(view: EntryView, words: str) -> dict[str, Any]:
    newest = view.steps[-1] if view.steps else None
    return {
        "view": view,
        "entry": view.row,
        "title": view.title(words),
        "title_language": view.title_language(words),
        "state": view.of.state_words(view.state, words) if newest else "",
        "ended": view.ended,
        "newest": newest,
        "cells": [(text, _spoken(view, one, words)) for one in view.of.field if (text := _shown(view, one, words))],
        "source": reading.source_words(view.row, words),
    }


def _shown(view: EntryView, field: RegisterField, words: str) -> str:
    return field.shown(view.value(field.name), words)


def _spoken(view: EntryView, field: RegisterField, words: str) -> str:
    """The language of a stored value: that of the embedded tables for what was loaded from them, else the page's."""
    return "en" if view.row.place and field.kind in ("line", "text") else words


def _step(view: EntryView, step: RegisterStep, words: str) -> dict[str, Any]:
    own, other = (step.text_nl, step.text_en)[:: 1 if words == "nl" else -1]
    return {
        "row": step,
        "state": view.of.state_words(step.state, words),
        "text": own or other,
        "text_language": words if own or not other else ("en" if words == "nl" else "nl"),
        "source": reading.source_words(step, words),
        "newest": bool(view.steps) and view.steps[-1].pk == step.pk,
    }


def _reminder(found: Reminder, words: str) -> dict[str, Any]:
    view = found.entry
    return {
        "one": found,
        "late": -found.days,
        "name": view.of.text("", words),
        "until_name": view.of.text("until", words),
        "title": view.title(words),
        "title_language": view.title_language(words),
    }


def _pair(found: reading.Pair, words: str) -> dict[str, Any]:
    view = found.entry
    return {
        "pair": found,
        "title": view.title(words),
        "title_language": view.title_language(words),
        "step": _step(view, found.step, words),
        "reaction": _step(view, found.reaction, words) if found.reaction else None,
        "exact": found.fewest == found.most,
    }


def _slot(of: Register, found: reading.Slot, words: str) -> dict[str, Any]:
    view = found.entry
    return {
        "slot": found,
        "title": view.title(words) if view else "",
        "title_language": view.title_language(words) if view else words,
        "state": of.state_words(found.state, words),
        "missing": found.state == NOT_IN_SOURCES,
        "newest": view.steps[-1] if view and view.steps else None,
        "source": reading.source_words(view.row, words) if view else of.cited(words),
    }


def _matrix(of: Register, live: Sequence[EntryView], words: str) -> dict[str, Any]:
    found = reading.matrix(of, live, words)
    name = next(field.catalogue for field in of.field if of.matrix and field.name == of.matrix.down)
    labels = catalogue(name).labels(words)
    by_name = {field.name: field for field in of.field}
    return {
        "columns": found.columns,
        "without": found.without,
        "gaps": [labels[key] for key in found.gaps],
        "rows": [
            {
                "word": labels[row.key],
                "gap": row.gap,
                "cells": [
                    [
                        (view, view.title(words), by_name["function"].shown(view.value("function"), words))
                        for view in cell
                    ]
                    for cell in row.cells
                ],
            }
            for row in found.rows
        ],
    }
