"""One page for every register: its rows, a form for a new one, a csv file, and taking a row back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from verband.language.catalogues import catalogue
from verband.language.errors import InputError, NotFoundError, VerbandError
from verband.language.markings import TLP
from verband.rooms.exposure import keeping, models, services, words
from verband.rooms.exposure.asking import known_on_of, page, reader_of
from verband.rooms.exposure.asking import now as moment
from verband.rooms.exposure.columns import Column
from verband.rooms.exposure.registers import Register
from verband.rooms.exposure.writing import Imported
from verband.rooms.people.services import Reader
from verband.rooms.picture import exports
from verband.rooms.problems import Problem

_REFERENCES = ("node", "members", "process", "supplier")
_LARGEST = 4_000_000


@dataclass(frozen=True)
class Field:
    """A field of the form. `kind` is `line`, `text`, `date`, `number` or `choice`; `listed` offers the known keys."""

    name: str
    label: str
    kind: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    value: str = ""
    error: str = ""
    listed: bool = False


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
            found = services.import_csv(
                register, _content(request), who=who, now=now, marking=posted.get("marking", "")
            )
            return _page(request, register, imported=found)
        else:
            raise NotFoundError("exposure.none")
    except VerbandError as error:
        if isinstance(error, NotFoundError) or error.code == "people.no_power":
            raise
        language = words.language()
        message = f"{error.message(language)} {error.hint(language)}"
        form = f"withdraw-{posted.get('number', '')}" if act == "withdraw" else act
        problem = Problem(form, str(error.params.get("field", "")), message, posted=posted)
        return _page(request, register, problem=problem, status=error.status)
    return redirect("exposure:register", register)


def _content(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise InputError("exposure.empty", field="file")
    if (file.size or 0) > _LARGEST:
        raise InputError("exposure.file", field="file", line=0, reason=f"> {_LARGEST} bytes")
    return bytes(file.read())


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
    language = words.language()
    writes = known_on is None and who.may(keeping.POWER)
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
            for row in rows
        ],
        "standing": sum(row.withdrawn_at is None for row in rows),
        "problem": problem,
        "imported": imported,
        "refused": [(one.line, one.field, one.reason(language)) for one in (imported.refused if imported else ())],
        "may_write": writes,
        "may_import": known_on is None and who.may("upload") and (writes or found.model is not models.CountryRule),
        "columns": ", ".join([*(column.name for column in found.columns), "marking"]),
        "markings": _markings(who),
    }
    if writes:
        shown["fields"] = _fields(found, who, problem)
        shown["keys"] = [node.key for node in services.network(who).nodes.values()]
    return page(request, "register", shown, [row.marking.value() for row in rows], status=status)


def _exported(found: Register, row: models.Kept) -> dict[str, Any]:
    cells = {column.name: getattr(row, column.name) for column in found.columns}
    told = {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in cells.items()}
    return {**told, "marking": row.marking.value().words(), "withdrawn": row.withdrawn_reason}


def _fields(found: Register, who: Reader, problem: Problem | None) -> list[Field]:
    mine = problem if problem is not None and problem.form == "add" else None
    names = [column.name for column in found.columns] + ["marking"]
    at = (mine.field if mine.field in names else names[0]) if mine else ""
    marking = Column("marking", "choice", words=_markings(who), required=True)
    return [_field(column, mine, at) for column in (*found.columns, marking)]


def _field(column: Column, problem: Problem | None, at: str) -> Field:
    kinds = {"text": "text", "day": "date", "number": "number", "whole": "number", "choice": "choice"}
    if column.of:
        options = tuple(catalogue(column.of).labels(words.language()).items())
    else:
        options = tuple((word, words.choice(word)) for word in column.words)
    return Field(
        name=column.name,
        label=words.label(column.name),
        kind=kinds.get(column.kind, "line"),
        required=column.required,
        options=(("", _("choose…")), *options) if column.kind == "choice" else (),
        value=problem.posted.get(column.name, "") if problem else "",
        error=problem.message if problem and column.name == at else "",
        listed=column.name in _REFERENCES,
    )


def _markings(who: Reader) -> tuple[str, ...]:
    return TLP[: TLP.index(who.ceiling.tlp) + 1]
