"""One page for every register: its rows, a form for a new one, a csv file, and taking a row back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.formats import printable
from verband.language.errors import InputError, NotFoundError, VerbandError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.exposure import forms, keeping, models, services, words
from verband.rooms.exposure.asking import now as moment
from verband.rooms.exposure.asking import page
from verband.rooms.exposure.registers import Register
from verband.rooms.exposure.writing import Imported
from verband.rooms.picture import exports
from verband.rooms.problems import Problem

_LARGEST = 4 << 20
#: Rows on a page, the newest first; the file holds them all.
_ON_A_PAGE = 100


@require_GET
def register_page(request: HttpRequest, register: str) -> HttpResponse:
    """What does this register hold, from which source, and what was taken back?"""
    return _page(request, register)


@require_POST
def act(request: HttpRequest, register: str, act: str) -> HttpResponse:
    """Add a row, bring in a file, or take a row back."""
    who, now = reader_of(request), moment()
    posted = {name: str(request.POST.get(name, "")) for name in request.POST}
    try:
        if act == "add":
            services.add(register, posted, who=who, now=now)
            messages.success(request, _("Kept with your name; it can be withdrawn."))
        elif act == "withdraw":
            services.withdraw(register, posted.get("number", ""), reason=posted.get("reason", ""), who=who, now=now)
            messages.success(request, _("Withdrawn; it stays in the history."))
        elif act == "import":
            name, content = _content(request)
            found = services.import_csv(
                register, content, who=who, now=now, marking=posted.get("marking", ""), name=name
            )
            return _page(request, register, imported=found)
        else:
            raise NotFoundError("exposure.none")
    except VerbandError as error:
        form = f"withdraw-{posted.get('number', '')}" if act == "withdraw" else act
        return _page(request, register, problem=forms.problem(error, form, posted), status=error.status)
    return redirect("exposure:register", register)


def _content(request: HttpRequest) -> tuple[str, bytes]:
    """The name of the file that came along, and what is in it."""
    file = request.FILES.get("file")
    if file is None:
        raise InputError("exposure.empty", field="file")
    if (file.size or 0) > _LARGEST:
        raise InputError("file.too_large", field="file", file=printable(file.name or ""), limit_mib=_LARGEST >> 20)
    return file.name or "", bytes(file.read())


def _page(
    request: HttpRequest,
    key: str,
    *,
    status: int = 200,
    problem: Problem | None = None,
    imported: Imported | None = None,
) -> HttpResponse:
    who, known_on = reader_of(request), known_on_of(request)
    found = services.register(key)
    rows = services.rows(key, who, known_on=known_on)
    if form := exports.wanted(request):
        told = [_exported(found, row) for row in rows]
        return exports.response(who, name=f"register-{key}", form=form, rows=told)
    language = page_language()
    writes = known_on is None and who.may(keeping.POWER)
    here = Paginator(rows[::-1], _ON_A_PAGE).get_page(request.GET.get("page"))
    shown: dict[str, Any] = {
        "register": key,
        "title": words.titles()[key],
        "question": words.questions()[key],
        "head": [words.label(column.name) for column in found.columns],
        "rows": [
            {
                "row": row,
                "form": f"withdraw-{row.pk}",
                "cells": [
                    {
                        "text": words.shown(one, getattr(row, one.name)),
                        "language": getattr(row, f"{one.name}_language", ""),
                    }
                    for one in found.columns
                ],
            }
            for row in here
        ],
        "page": here,
        "standing": sum(row.withdrawn_at is None for row in rows),
        "problem": problem,
        "imported": imported,
        "refused": [(one.line, one.field, one.reason(language)) for one in (imported.refused if imported else ())],
        "may_write": writes,
        "may_import": known_on is None and who.may("upload") and (writes or found.model is not models.CountryRule),
        "columns": ", ".join([*(column.name for column in found.columns), "marking"]),
        "markings": forms.markings(who),
    }
    if found.model is models.Process:
        shown |= _reviews(services.cycle(who, day=keeping.today(moment(), known_on), known_on=known_on))
    if writes:
        shown["fields"] = forms.fields(found.columns, who, problem, form="add")
        shown["keys"] = services.known_keys(who)
    return page(request, "register", shown, [row.marking.value() for row in rows], status=status)


def _reviews(found: Sequence[services.Cycle]) -> dict[str, Any]:
    states = Counter(one.state for one in found)
    return {
        "overdue": services.overdue(found),
        "assessed": states[services.ASSESSED],
        "designated": states[services.DESIGNATED],
        "undated": sum(one.undated for one in found),
    }


def _exported(found: Register, row: models.Kept) -> dict[str, Any]:
    cells = {column.name: getattr(row, column.name) for column in found.columns}
    told = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in cells.items()}
    return {**told, "marking": row.marking.value().words(), "withdrawn": row.withdrawn_reason}
