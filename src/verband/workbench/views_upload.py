"""A file of incidents or things into the picture, read by the worker while the person goes on."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods
from django_tasks import TaskResultStatus
from django_tasks.base import TaskResult
from django_tasks.exceptions import TaskResultDoesNotExist, TaskResultMismatch

from verband.formats import FORMATS
from verband.language.errors import NotFoundError, StateError
from verband.language.markings import Marking
from verband.rooms.asking import page_language, reader_of
from verband.rooms.audit import services as audit
from verband.rooms.people.services import Reader, demand
from verband.rooms.picture import exports
from verband.rooms.picture import services as picture
from verband.rooms.picture.models import Document
from verband.workbench import workspace
from verband.workbench.tasks import ingest_upload, progress_of

_NAME = 120


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Which file shall come in?"""
    who = reader_of(request)
    shown: dict[str, Any] = {"formats": FORMATS, "format": request.POST.get("format", "")}
    if request.method == "POST":
        demand(who, "upload")
        given = request.FILES.get("file")
        if given is None:
            shown["error"] = gettext("Choose a file first.")
        elif not given.size:
            shown["error"] = gettext("This file is empty.")
        else:
            return redirect("workbench:upload_result", job=_enqueue(request, who, given))
    if form := exports.wanted(request):
        demand(who, "upload")
        return exports.response(who, name="documents", form=form, rows=[_as_row(one) for one in picture.documents(who)])
    if who.may("upload"):
        shown["amber"] = Marking("AMBER")
        shown["documents"] = picture.documents(who)[:20]
    return render(request, "workbench/upload.html", shown)


@require_GET
def result(request: HttpRequest, job: str) -> HttpResponse:
    """What became of my file?"""
    found = _job(reader_of(request), job)
    path = str(found.args[0])
    shown: dict[str, Any] = {"name": Path(path).name, "job": job, "status": found.status.value}
    if found.status == TaskResultStatus.SUCCESSFUL:
        value: Any = found.return_value
        shown["counts"] = value.get("counts")
        if not value["stored"]:
            shown["message"] = value["message"][page_language()]
            shown["hint"] = _web_hints().get(value.get("code", "")) or value["hint"][page_language()]
    elif not found.is_finished:
        done, total = progress_of(path)
        shown |= {"done": done, "total": total, "percent": 100 * done // total if total else None}
    return render(request, "workbench/upload_result.html", shown)


@require_GET
def rejects(request: HttpRequest, job: str) -> FileResponse:
    """What could not be read, with line, field and reason, for the person who uploaded it."""
    who = reader_of(request)
    found = _job(who, job)
    value: Any = found.return_value if found.status == TaskResultStatus.SUCCESSFUL else {}
    name = Path((value.get("counts") or {}).get("rejects_file") or "").name
    file = Path(settings.VERBAND_REJECTS) / name
    if not name or not file.is_file():
        raise NotFoundError("picture.no_thing", id=job)
    audit.note("exported", actor=who.signature, object=f"rejects {name}")
    return FileResponse(file.open("rb"), as_attachment=True, filename=name)


def _web_hints() -> dict[str, str]:
    """What to do on this page, where the error's own hint names an option of the command line."""
    return {
        "format.unknown": gettext("Choose its format in the form, or give a table with a header and a mapping."),
        "format.mapping_needed": gettext(
            "Give a mapping beside the file; it says which column is the key, the name and the date."
        ),
        "text.encoding": gettext('Save it as UTF-8, or say the encoding in the mapping: encoding = "cp1252".'),
        "format.name_unknown": gettext("Leave the format open: it is found by the content."),
    }


def _as_row(document: Document) -> dict[str, Any]:
    """A raw document as one row of an export; its bytes stay here."""
    return {
        "name": document.name,
        "format": document.format,
        "bytes": document.size,
        "sha256": document.sha256,
        "source": document.source.key,
        "received_at": f"{datetime.fromtimestamp(document.received_at, UTC):%Y-%m-%dT%H:%M:%SZ}",
        "received_by": document.received_by,
    }


def _enqueue(request: HttpRequest, who: Reader, given: UploadedFile[Any]) -> str:
    """Keep the file under the workspace and hand it to the worker; the job's id. Raises StateError("database.full")."""
    size = given.size or 0
    if workspace.free_bytes(settings.VERBAND_WORKSPACE) < 3 * size:
        raise StateError("database.full")
    folder = Path(settings.VERBAND_WORKSPACE) / "uploads" / secrets.token_hex(8)
    folder.mkdir(parents=True, mode=0o700)
    path = _keep(given, folder, "upload")
    mapping = request.FILES.get("mapping")
    kept_mapping = str(_keep(mapping, folder, "mapping.toml")) if mapping else ""
    form = request.POST.get("format", "")
    audit.note("file received", actor=who.signature, object=path.name, detail={"bytes": size})
    job = ingest_upload.enqueue(str(path), who.username, form if form in FORMATS else "", kept_mapping)
    return str(job.id)


def _keep(given: UploadedFile[Any], folder: Path, fallback: str) -> Path:
    name = Path(given.name or fallback).name[-_NAME:] or fallback
    path = folder / name
    if path.exists():  # a mapping that is called like its data
        path = folder / f"mapping-{name}"
    with path.open("wb") as stream:
        for chunk in given.chunks():
            stream.write(chunk)
    return path


def _job(who: Reader, job: str) -> TaskResult[Any]:
    """The person's own job; for everybody else there is none."""
    try:
        found = ingest_upload.get_result(job)
    except (TaskResultDoesNotExist, TaskResultMismatch, ValueError) as error:
        raise NotFoundError("picture.no_thing", id=job) from error
    if found.args[1] != who.username:
        raise NotFoundError("picture.no_thing", id=job)
    return found
