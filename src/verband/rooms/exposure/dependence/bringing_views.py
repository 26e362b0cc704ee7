"""Editions of computed indicators: which there are, from where, and a table that the worker brings in."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_tasks import TaskResultStatus
from django_tasks.base import TaskResult
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch

from verband.language.errors import InputError, NotFoundError, StateError, VerbandError
from verband.rooms.asking import known_on_of, page_language, reader_of
from verband.rooms.audit import services as audit
from verband.rooms.exposure import keeping
from verband.rooms.exposure.asking import page
from verband.rooms.exposure.dependence import editions, reading, words
from verband.rooms.exposure.dependence.forms import Refused, markings, posted, refused
from verband.rooms.exposure.dependence.items import MATERIALS, TRADE
from verband.rooms.exposure.dependence.models import Edition
from verband.rooms.exposure.dependence.tasks import bring_in, read_so_far
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import exports

#: A larger file comes in from the command line, where it is read where it lies.
_LARGEST = 500_000_000
_ENDINGS = (".csv", ".parquet")
_TOLD = ("kind", "source", "marking", "members", "columns", "year", "scope")


@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Which editions are the figures computed from, by which method, from which source?"""
    return editions_page(request)


@require_POST
def bring(request: HttpRequest) -> HttpResponse:
    """Hand a table to the worker."""
    who, told = reader_of(request), posted(request)
    demand(who, "upload")
    try:
        checked = _checked(told)
        file = _file(request)
    except VerbandError as error:
        return editions_page(request, problem=refused("bring", error, told), status=error.status)
    return redirect("exposure:strategic_job", job=_enqueue(file, checked, who))


@require_GET
def job(request: HttpRequest, job: str) -> HttpResponse:
    """What became of my table?"""
    found = _job(reader_of(request), job)
    path = str(found.args[0])
    shown: dict[str, Any] = {"name": Path(path).name, "status": found.status.value, "tab": "strategic/job"}
    if found.status == TaskResultStatus.SUCCESSFUL:
        value: Any = found.return_value
        if value["stored"]:
            shown["result"] = value
        else:
            language = page_language()
            shown |= {"message": value["message"][language], "hint": value["hint"][language]}
    elif not found.is_finished:
        shown["done"] = read_so_far(path)
    return render(request, "exposure/strategic/job.html", shown)


def editions_page(request: HttpRequest, *, problem: Refused | None = None, status: int = 200) -> HttpResponse:
    """The editions, withdrawn ones too, and the form; with what was refused beside its field."""
    who, known_on = reader_of(request), known_on_of(request)
    found = keeping.rows(Edition, who, known_on=known_on)
    if form := exports.wanted(request):
        return exports.response(who, name="editions", form=form, rows=[_exported(row) for row in found])
    mine = problem.posted if problem and problem.form == "bring" else {}
    fields = ("kind", "file", "source", "marking", "members", "columns", "year", "scope")
    at = problem.field if problem and problem.form == "bring" and problem.field in fields else "file"
    shown = {
        "rows": [
            {"row": row, "kind": words.choice(row.kind), "scope": words.scope(row.kind, row.scope)}
            for row in found
        ],
        "standing": sum(row.withdrawn_at is None for row in found),
        "problem": problem,
        "wrong": {at: problem.message} if problem and problem.form == "bring" else {},
        "given": {"kind": TRADE, **mine},
        "kinds": [(kind, words.choice(kind)) for kind in (TRADE, MATERIALS)],
        "whose": [(scope, words.choice(scope)) for scope in editions.SCOPES],
        "markings": markings(who),
        "may_bring": known_on is None and who.may("upload"),
        "may_write": known_on is None and who.may(keeping.POWER),
    }  # fmt: skip
    return page(request, "strategic/editions", shown, [row.marking.value() for row in found], status=status)


def _checked(told: Mapping[str, str]) -> dict[str, str]:
    """What the form says, as far as it can be checked before the file is read."""
    given = {name: told.get(name, "").strip() for name in _TOLD}
    if given["kind"] not in (TRADE, MATERIALS):
        raise InputError("exposure.word", field="kind", word=given["kind"], known=f"{TRADE}, {MATERIALS}")
    editions.Said(given["source"], given["marking"]).checked()
    if given["kind"] == TRADE:
        if not reading.members_of(given["members"]):
            raise InputError("supply.no_members", field="members")
        try:
            reading.columns_of(given["columns"])
        except InputError as error:
            raise InputError(error.code, **{**error.params, "field": "columns"}) from error
    else:
        if given["scope"] not in editions.SCOPES:
            raise InputError("exposure.word", field="scope", word=given["scope"], known=", ".join(editions.SCOPES))
        if not given["year"].isdecimal() or len(given["year"]) != 4:
            raise InputError("exposure.number", field="year", value=given["year"])
    return given


def _file(request: HttpRequest) -> UploadedFile[Any]:
    given = request.FILES.get("file")
    if given is None:
        raise InputError("exposure.empty", field="file")
    if not given.size:
        raise InputError("file.empty", field="file", file=given.name)
    if given.size > _LARGEST:
        raise InputError("strategic.file", field="file", reason=f"> {_LARGEST // 1_000_000} MB")
    if Path(given.name or "").suffix.lower() not in _ENDINGS:
        raise InputError("strategic.file", field="file", reason=Path(given.name or "-").suffix or "-")
    return given


def _enqueue(given: UploadedFile[Any], told: dict[str, str], who: Reader) -> str:
    workspace = Path(settings.VERBAND_WORKSPACE)
    if shutil.disk_usage(workspace).free < 3 * (given.size or 0):
        raise StateError("database.full")
    folder = workspace / "uploads" / secrets.token_hex(8)
    folder.mkdir(parents=True, mode=0o700)
    path = folder / (Path(given.name or "table.csv").name[-120:] or "table.csv")
    with path.open("wb") as stream:
        for chunk in given.chunks():
            stream.write(chunk)
    audit.note("file received", actor=who.signature, object=path.name, detail={"bytes": given.size})
    return str(bring_in.enqueue(str(path), who.username, told).id)


def _job(who: Reader, job: str) -> TaskResult[Any]:
    """The person's own job; for everybody else there is none."""
    try:
        found = bring_in.get_result(job)
    except (TaskResultDoesNotExist, TaskResultMismatch, ValueError) as error:
        raise NotFoundError("strategic.no_job") from error
    if found.args[1] != who.username:
        raise NotFoundError("strategic.no_job")
    return found


def _exported(row: Edition) -> dict[str, Any]:
    same = ("kind", "year", "scope", "unit", "source", "method", "thresholds", "rejected", "kept_by")
    told = {name: getattr(row, name) for name in same}
    return {**told, "marking": row.marking.value().words(), "withdrawn": row.withdrawn_reason}
