"""Pages of the reports: those that the reader may see, one to read, its files, and making a new one."""

from __future__ import annotations

from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from verband.language.errors import InputError, NotFoundError
from verband.language.time import parse_time
from verband.rooms.asking import page_language, reader_of
from verband.rooms.audit import services as audit
from verband.rooms.people.services import demand
from verband.rooms.picture import services as picture
from verband.rooms.reports import services
from verband.rooms.reports.rendering import html

_INLINE = ("html", "pdf")


@require_GET
def reports(request: HttpRequest) -> HttpResponse:
    """Which reports are there, and what may I make?"""
    return _list(request)


@require_POST
def make(request: HttpRequest) -> HttpResponse:
    """Make a report of the reader's own picture in every format, and open it."""
    who = reader_of(request)
    now = datetime.now(UTC)
    day = request.POST.get("known_on", "").strip()
    try:
        made = services.make(
            request.POST.get("kind", ""),
            who=who,
            now=now,
            language=request.POST.get("language", ""),
            known_on=parse_time(day).end - 1 if day else None,
            about=[key for key in request.POST.getlist("about") if key],
        )
    except (InputError, NotFoundError) as error:
        return _list(request, error=error)
    messages.success(request, gettext("The report was made."))
    return redirect("reports:report", number=made.pk)


@require_GET
def report(request: HttpRequest, number: int) -> HttpResponse:
    """One report, to read here, with its files."""
    who = reader_of(request)
    kept = services.kept(number, who, now=datetime.now(UTC))
    body = html.body(services.read(number, "html", who)) if "html" in kept.formats else ""
    picture.note_reading(who, f"report {number}", [kept.marking])
    shown = {
        "report": kept,
        "title": _names()[kept.kind],
        "body": mark_safe(body),  # noqa: S308 - written by our renderer, which escapes, and its digest was checked
        "may_export": who.may("export"),
    }
    return render(request, "reports/report.html", shown)


@require_GET
def download(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """One file of a report; it leaves the application, so it is an export."""
    who = reader_of(request)
    demand(who, "export")
    content = services.read(number, form, who)
    kept = services.kept(number, who, now=datetime.now(UTC))
    audit.note("exported", actor=who.signature, object=f"report {number}", detail={"format": form})
    kind = "inline" if form in _INLINE else "attachment"
    return HttpResponse(
        content,
        content_type=services.MEDIA[form],
        headers={"Content-Disposition": f'{kind}; filename="{kept.names[form]}"'},
    )


def _list(request: HttpRequest, *, error: InputError | NotFoundError | None = None) -> HttpResponse:
    who = reader_of(request)
    language = page_language()
    shown = {
        "reports": [(kept, _names()[kept.kind]) for kept in services.reports(who, now=datetime.now(UTC))],
        "kinds": _names(),
        "offered": {key: name for key, name in _names().items() if not services.KINDS[key].keyed},
        "languages": {"nl": "Nederlands", "en": "English"},
        "language": language,
        "may_make": who.may("write_report"),
        "may_export": who.may("export"),
        "entered": request.POST or request.GET,
        "error": f"{error.message(language)} {error.hint(language)}" if error else "",
    }
    return render(request, "reports/list.html", shown, status=error.status if error else 200)


def _names() -> dict[str, str]:
    return {
        "picture": gettext("Threat picture"),
        "midterm-review": gettext("Midterm review"),
        "threat-assessment-difference": gettext("What two assessments say"),
        "commitments-trace": gettext("Findings, measures and commitments"),
        "progress-letter": gettext("Progress letter to parliament"),
        "risk-analysis": gettext("Risk analysis"),
        "option-note": gettext("Option note"),
        "decision-note": gettext("Decision note"),
        "eu-nato-proposal": gettext("EU and NATO proposal"),
        "response-letter": gettext("Letter on a response"),
        "algorithm-cards": gettext("Algorithm cards"),
    }
